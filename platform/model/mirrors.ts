import type { ObjectDefinition } from '../definitions/object.js'
import type { FieldDefinition } from '../fields/definition.js'
import { lookup } from '../registry.js'
import type { Junction } from './junctions.js'
import { returnsOfField } from './returns.js'

/** The field of a junction that holds a value of the record at one of its ends; `$` is in no name that people give. */
export const mirrorName = (side: string, field: string): string => `${side}$${field}`

/** The field of a junction that says whether a link counts for a rollup. */
export const countsName = (object: string, rollup: string): string => `${object}$where$${rollup}`

const needsNoField: readonly unknown[] = ['count', 'exists', undefined]
const ordered: readonly unknown[] = ['first', 'last', 'concat']

/**
 * The junctions with what rollups over their links read at the other end: stored formulas, so that a change there reaches
 * the links, and over them the rollups, like any other computed value.
 */
export function withMirrors(junctions: readonly Junction[], definitions: ReadonlyMap<string, ObjectDefinition>): Junction[] {
  return junctions.map(junction => {
    const { near, far, object, field, inverse } = junction.model
    const target = definitions.get(object)?.fields[field]?.to ?? ''
    const fields = {
      ...mirrorsOf(definitions.get(object), field, far, definitions.get(target)),
      ...(inverse === null ? {} : mirrorsOf(definitions.get(target), inverse, near, definitions.get(object))),
    }
    const mirrors = Object.keys(fields)
    if (mirrors.length === 0) return junction
    return {
      definition: { ...junction.definition, fields: { ...junction.definition.fields, ...fields } },
      model: { ...junction.model, mirrors },
    }
  })
}

/** What the rollups of one end need of the other. */
function mirrorsOf(
  own: ObjectDefinition | undefined,
  name: string,
  side: string,
  target: ObjectDefinition | undefined,
): Record<string, FieldDefinition> {
  const fields: Record<string, FieldDefinition> = {}
  if (!own || !target) return fields
  const mirror = (field: string | undefined) => {
    const returns = field === undefined ? undefined : returnsOfField(target, field)
    if (field !== undefined && returns !== undefined)
      fields[mirrorName(side, field)] = kept(returns === 'money' ? 'decimal' : returns, { var: `${side}.${field}` })
  }
  for (const [rollup, definition] of Object.entries(own.fields)) {
    if (definition.type !== 'rollup' || definition.of !== name) continue
    if (!needsNoField.includes(definition.function)) mirror(definition.field)
    if (ordered.includes(definition.function)) mirror(definition.by ?? 'createdAt')
    if (definition.field !== undefined && returnsOfField(target, definition.field) === 'money') {
      mirror(definition.rateDate ?? 'createdAt')
      fields[mirrorName(side, `${definition.field}Currency`)] = kept('text', { var: `${side}.${definition.field}Currency` })
    }
    if (definition.where !== undefined) fields[countsName(own.object, rollup)] = kept('boolean', behind(definition.where, side))
  }
  return fields
}

const kept = (returns: NonNullable<FieldDefinition['returns']>, rule: unknown): FieldDefinition => ({
  type: 'formula',
  returns,
  stored: true,
  hidden: true,
  rule,
})

/** A rule over a record as a rule over what points at it: its names behind the relation. */
function behind(rule: unknown, side: string): unknown {
  if (Array.isArray(rule)) return rule.map(part => behind(part, side))
  if (typeof rule !== 'object' || rule === null) return rule
  return Object.fromEntries(
    Object.entries(rule).map(([operator, args]) => {
      if (operator !== 'var') return [operator, behind(args, side)]
      const [path, ...rest] = (Array.isArray(args) ? args : [args]) as readonly unknown[]
      const named = typeof path === 'string' ? `${side}.${path.replace(/^record\./, '')}` : path
      return [operator, rest.length > 0 ? [named, ...rest] : named]
    }),
  )
}

/** A field of a junction by the name that the other end gives it. */
export const mirrored = <T>(fields: Readonly<Record<string, T>>, side: string, field: string): T | undefined =>
  lookup(fields, mirrorName(side, field))
