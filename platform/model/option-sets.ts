import type { Element } from '../definitions/index.js'
import type { ObjectDefinition } from '../definitions/object.js'
import type { OptionSetDefinition } from '../definitions/option-set.js'
import { type Issue, issue } from '../errors.js'
import type { FieldDefinition } from '../fields/definition.js'
import { suggestion } from '../rules/suggestion.js'

/**
 * The same definitions, each choice that takes its options from a set with the options of that set. A set that is not there, an
 * option that stands twice in one, and a choice with both are told.
 * A definition whose set is not among the elements but that has options already keeps those: whoever reads may see objects alone.
 */
export function withOptionSets(
  definitions: readonly ObjectDefinition[],
  elements: readonly Element[],
  issues: Issue[],
): ObjectDefinition[] {
  const sets = new Map(
    elements.filter(({ kind }) => kind === 'optionSet').map(({ name, definition }) => [name, definition as unknown as OptionSetDefinition]),
  )
  for (const set of sets.values()) checkSet(set, issues)
  const given = (field: FieldDefinition, path: string): FieldDefinition => {
    const inner = field.attributes as Readonly<Record<string, FieldDefinition>> | undefined
    const own = inner ? { ...field, attributes: withEach(inner, (one, name) => given(one, `${path}/attributes/${name}`)) as never } : field
    return own.optionSet === undefined ? own : { ...own, options: optionsOf(own, own.optionSet, path, sets, issues) }
  }
  return definitions.map(definition =>
    usesSets(definition.fields)
      ? { ...definition, fields: withEach(definition.fields, (field, name) => given(field, `objects/${definition.object}/fields/${name}`)) }
      : definition,
  )
}

const usesSets = (fields: Readonly<Record<string, FieldDefinition>>): boolean =>
  Object.values(fields).some(
    field => field.optionSet !== undefined || usesSets((field.attributes ?? {}) as Readonly<Record<string, FieldDefinition>>),
  )

const withEach = <V, R>(record: Readonly<Record<string, V>>, change: (value: V, key: string) => R): Record<string, R> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]))

function optionsOf(
  field: FieldDefinition,
  set: string,
  path: string,
  sets: ReadonlyMap<string, OptionSetDefinition>,
  issues: Issue[],
): FieldDefinition['options'] {
  const found = sets.get(set)
  if (!found) {
    issues.push(issue('OPTION_SET_UNKNOWN', `${path}/optionSet`, { set, suggestion: suggestion(set, [...sets.keys()]) }))
    return field.options ?? [{ value: set }]
  }
  if (field.options) issues.push(issue('OPTIONS_TWICE', `${path}/options`, { set }))
  return [...new Map(found.options.map(option => [option.value, option])).values()]
}

function checkSet({ optionSet, options }: OptionSetDefinition, issues: Issue[]): void {
  const seen = new Set<string>()
  options.forEach(({ value }, index) => {
    if (seen.has(value)) issues.push(issue('OPTION_DOUBLE', `optionSets/${optionSet}/options/${index}`, { value }))
    seen.add(value)
  })
}
