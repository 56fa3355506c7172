import type { FilterOperator } from '@tessera/platform/fields/filters.js'
import { filters } from '@tessera/platform/fields/filters.js'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import type { TFunction } from 'i18next'
import type { App } from '../api/app.js'
import { type Condition, conditionField, linksWhere } from './condition-fields.js'
import { isEmptyValue, textContext } from './face.js'
import { faceOf } from './index.js'
import { spanInput, spanText } from './spans.js'

export type { Condition } from './condition-fields.js'

const isOperator = (name: string): name is FilterOperator => Object.hasOwn(filters, name)

function writeValue(value: unknown): string {
  if (Array.isArray(value)) return value.map(each => encodeURIComponent(String(each ?? ''))).join(',')
  return encodeURIComponent(String(value ?? ''))
}

function readValue(text: string, operator: FilterOperator): unknown {
  const input = filters[operator].input
  if (input === 'flag') return text === 'true'
  if (input === 'one') return text === 'true' || text === 'false' ? text === 'true' : decodeURIComponent(text)
  if (input === 'span' || input === 'near') return decodeURIComponent(text)
  const parts = text === '' ? [] : text.split(',').map(decodeURIComponent)
  return input === 'pair' ? [parts[0] || null, parts[1] || null] : parts
}

/** Conditions as they stand in the address: `stage.in.new,won;amount.gte.5000`. */
export const writeConditions = (conditions: readonly Condition[]): string =>
  conditions.map(({ field, operator, value }) => `${field}.${operator}.${writeValue(value)}`).join(';')

/** Conditions out of an address; what names no field or operator is left out. */
export function readConditions(text: string | null, object: ObjectModel): Condition[] {
  if (!text) return []
  return text.split(';').flatMap(part => {
    const [field = '', operator = '', ...rest] = part.split('.')
    if (!conditionField(object, field) || !isOperator(operator)) return []
    try {
      return [{ field, operator, value: readValue(rest.join('.'), operator) }]
    } catch {
      return []
    }
  })
}

/** Whether a condition says enough to filter by. */
export function isComplete({ operator, value }: Condition): boolean {
  if (filters[operator].input === 'pair') return Array.isArray(value) && value.length === 2 && value.every(each => !isEmptyValue(each))
  return typeof value === 'boolean' || !isEmptyValue(value)
}

function operand(field: FieldModel, { operator, value }: Condition): unknown {
  const input = filters[operator].input
  if (input === 'span') return spanInput(String(value))
  if (input === 'near') {
    const [latitude, longitude, meters] = String(value).split(' ')
    return { latitude, longitude, meters: Number(meters) }
  }
  if (field.class.name === 'integer')
    return input === 'pair' && Array.isArray(value) ? value.map(Number) : input === 'one' ? Number(value) : value
  return value
}

/** The conditions as the API's `where`; undefined when there are none. */
export function whereOf(
  object: ObjectModel,
  conditions: readonly Condition[],
  rules: readonly unknown[] = [],
): Readonly<Record<string, unknown>> | undefined {
  const parts: Record<string, unknown>[] = rules.filter(rule => rule !== undefined && rule !== null).map(rule => ({ rule }))
  for (const condition of conditions) {
    const field = conditionField(object, condition.field)
    if (field && isComplete(condition)) parts.push(...partsOf(field, condition))
  }
  return parts.length === 0 ? undefined : parts.length === 1 ? parts[0] : { and: parts }
}

function partsOf(field: FieldModel, condition: Condition): Record<string, unknown>[] {
  const { operator, value } = condition
  if (field.class.name !== 'links') return [{ [field.key]: { [operator]: operand(field, condition) } }]
  // each of them is linked, by whichever link
  const all = operator === 'hasAll' && Array.isArray(value) ? value.map((one): Condition => ({ ...condition, value: [one] })) : [condition]
  return all.map(one => ({ [field.key]: linksWhere(one) }))
}

/** Conditions that can be laid on a field, the usual one first. */
export const operatorsOf = (field: FieldModel): FilterOperator[] =>
  faceOf(field).filters.filter(operator => field.class.operators.includes(operator))

function valueText(field: FieldModel, { operator, value }: Condition, app: App, t: TFunction): string {
  if (operator === 'within') return spanText(String(value), t)
  // an amount is compared as a number, in whichever currency a record has it
  const isOfAny = field.currency !== null && field.currency.from !== 'workspace'
  const context = isOfAny ? { locale: app.locale, timeZone: app.timeZone } : textContext(app, field, {})
  const special = faceOf(field).valueText?.(value, field, app)
  if (special !== undefined) return special
  const one = (each: unknown) => (field.relation ? '' : field.type.format(each, field.definition, context) || String(each ?? ''))
  if (operator === 'between' && Array.isArray(value)) return `${one(value[0])} – ${one(value[1])}`
  if (Array.isArray(value))
    return value.length > 2 || field.relation ? t('filter.several', { count: value.length }) : value.map(one).join(', ')
  return one(value)
}

/** A condition in words, without its field: `≥ ¥5,000.00`. */
export function conditionText(field: FieldModel, condition: Condition, app: App, t: TFunction): string {
  if (condition.operator === 'isNull') return t(condition.value === true ? 'filter.empty' : 'filter.notEmpty')
  const several = Array.isArray(condition.value) && condition.value.length > 2
  if (several && (condition.operator === 'in' || condition.operator === 'notIn'))
    return t(`filter.${condition.operator}Several`, { count: (condition.value as unknown[]).length })
  return t(`filter.chip.${condition.operator}`, { value: valueText(field, condition, app, t) })
}
