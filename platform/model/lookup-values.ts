import type { ObjectDefinition } from '../definitions/object.js'
import { type Issue, issue } from '../errors.js'
import type { FieldDefinition, OptionDefinition } from '../fields/definition.js'
import type { FieldType } from '../fields/field.js'
import { fieldTypes } from '../fields/index.js'
import { lookupValue } from '../fields/lookup-value.js'
import { lookup } from '../registry.js'
import { suggestion } from '../rules/suggestion.js'
import type { FieldModel } from './model.js'

/** What of the related field's definition decides how its values look. */
const shownProperties = ['scale', 'precision', 'unit', 'format', 'returns', 'max', 'multiple'] as const
const notValues: readonly string[] = ['manyToMany', 'rollup', 'autonumber']

/**
 * The same definitions, each value of a related record with what it is of. What cannot be one is told.
 * A definition that says already what it shows keeps that: whoever reads may not see the other object.
 */
export function withLookupValues(definitions: readonly ObjectDefinition[], issues: Issue[]): ObjectDefinition[] {
  const known = new Map(definitions.map(definition => [definition.object, definition]))
  return definitions.map(definition => {
    if (!Object.values(definition.fields).some(field => field.type === lookupValue.name)) return definition
    const fields = Object.entries(definition.fields).map(([name, field]) => [
      name,
      field.type === lookupValue.name && field.shows === undefined ? shown(definition, name, field, known, issues) : field,
    ])
    return { ...definition, fields: Object.fromEntries(fields) }
  })
}

function shown(
  { object, fields }: ObjectDefinition,
  name: string,
  field: FieldDefinition,
  known: ReadonlyMap<string, ObjectDefinition>,
  issues: Issue[],
): FieldDefinition {
  const path = `objects/${object}/fields/${name}`
  const relation = lookup(fields, field.of ?? '')
  const target = relation && pointsAt(relation, object, known)
  if (!target) {
    const candidates = Object.keys(fields).filter(other => fields[other] && pointsAt(fields[other], object, known))
    issues.push(issue('FIELD_UNKNOWN', `${path}/of`, { object, field: field.of ?? '', suggestion: suggestion(field.of ?? '', candidates) }))
    return field
  }
  const end = lookup(target.fields, field.field ?? '')
  if (!end) {
    const params = {
      object: target.object,
      field: field.field ?? '',
      suggestion: suggestion(field.field ?? '', Object.keys(target.fields)),
    }
    issues.push(issue('FIELD_UNKNOWN', `${path}/field`, params))
    return field
  }
  checkAt(fields, field, path, issues)
  const isLive = end.type === lookupValue.name && end.mode !== 'snapshot'
  if (isLive || notValues.includes(end.type) || lookup(fieldTypes, end.type)?.relation) {
    issues.push(issue('PROPERTY_UNFIT', `${path}/field`, { property: 'field', type: end.type }))
    return field
  }
  const properties = Object.fromEntries(shownProperties.flatMap(key => (end[key] === undefined ? [] : [[key, end[key]] as const])))
  const shows = end.type === 'formula' ? (end.returns ?? 'decimal') : (end.shows ?? end.type)
  const options = end.options ? { options: end.options.map(shownOption) } : {}
  return { ...properties, ...options, ...field, shows, ...(shows === 'money' ? { returns: 'money' as const } : {}) }
}

/** Of an option only what it looks like: when it can be chosen, and what holds while a record is in it, is a matter of the related record. */
const shownOption = ({
  of: _of,
  when: _when,
  editable: _editable,
  limit: _limit,
  enter: _enter,
  leave: _leave,
  ...shown
}: OptionDefinition) => shown

/** A copy is taken again at a transition of the record that holds it. */
function checkAt(fields: ObjectDefinition['fields'], { at }: FieldDefinition, path: string, issues: Issue[]): void {
  const names = Object.values(fields).flatMap(({ states }) => states?.transitions.map(({ transition }) => transition) ?? [])
  if (at !== undefined && !names.includes(at))
    issues.push(issue('TRANSITION_UNKNOWN', `${path}/at`, { transition: at, suggestion: suggestion(at, names) }))
}

function pointsAt(field: FieldDefinition, object: string, known: ReadonlyMap<string, ObjectDefinition>): ObjectDefinition | undefined {
  if (field.type === 'hierarchy') return known.get(object)
  return field.type === 'lookup' || field.type === 'masterDetail' ? known.get(field.to ?? '') : undefined
}

/** The type of a value of a related record: that of the value, but nobody writes it. */
export function typeOfLookupValue(field: FieldDefinition): FieldType {
  const of = lookup(fieldTypes, field.shows ?? 'text')
  if (!of) return lookupValue
  const { name, label, group, sample, options, converts, examples } = lookupValue
  return {
    ...of,
    name,
    label,
    group,
    sample,
    options,
    converts,
    examples,
    columns: definition => (definition.mode === 'snapshot' ? of.columns(withoutCurrency(definition)) : []),
    class: definition => of.class(withoutCurrency(definition)),
    writable: false,
    schema: () => ({ readOnly: true }),
  }
}

/** A copied amount stands in one column: its currency is where the definition says. */
const withoutCurrency = ({ currency: _, ...field }: FieldDefinition): FieldDefinition => field

/** Whether a field holds a copy that was taken of a related record. */
export const isSnapshot = (field: FieldModel): boolean => field.type.name === lookupValue.name && field.definition.mode === 'snapshot'
