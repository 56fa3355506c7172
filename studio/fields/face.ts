import type { TextContext } from '@tessera/platform/fields/field.js'
import type { FilterOperator } from '@tessera/platform/fields/filters.js'
import type { FieldModel } from '@tessera/platform/model/model.js'
import { typeName } from '@tessera/platform/model/naming.js'
import type { LucideIcon } from 'lucide-react'
import type { ComponentType } from 'react'
import type { App } from '../api/app.js'
import type { Related } from '../api/records.js'
import { todayIn } from './today.js'

/** Where a value is drawn; the same type looks the same everywhere, only its size follows the place. */
export type Place = 'cell' | 'record' | 'card' | 'history'

/** The values of a record, stored or still in a form. */
export type Values = Readonly<Record<string, unknown>>

export interface DisplayProps {
  readonly field: FieldModel
  readonly record: Values
  readonly place: Place
}

export interface InputProps {
  readonly id: string
  readonly field: FieldModel
  readonly value: unknown
  /** The other values of the record: a related record's name, a currency. */
  readonly record: Values
  /** The new value in its contract form, or the text as typed when it is none; a related record comes with its name. */
  readonly onChange: (value: unknown, related?: Related | null) => void
  readonly onBlur?: (() => void) | undefined
  readonly invalid?: boolean | undefined
  readonly required?: boolean | undefined
  readonly disabled?: boolean | undefined
  readonly describedBy?: string | undefined
  readonly label?: string | undefined
  /** It edits one cell: the focus is taken at once and pickers open. */
  readonly inline?: boolean | undefined
}

export interface FilterValueProps {
  readonly id: string
  readonly field: FieldModel
  readonly operator: FilterOperator
  readonly value: unknown
  readonly onChange: (value: unknown) => void
}

/** How values of a field type are seen and typed. */
export interface FieldFace {
  readonly icon: LucideIcon
  /** Width of its column in pixels. */
  readonly width: number
  readonly align?: 'right'
  readonly Display: ComponentType<DisplayProps>
  readonly Input: ComponentType<InputProps>
  /** Conditions that are offered, the usual one first. */
  readonly filters: readonly FilterOperator[]
  readonly FilterValue: ComponentType<FilterValueProps>
  /** How it stands on a card; absent when it does not. */
  readonly card?: 'value' | 'line' | 'date' | 'tag' | 'person'
  /** What a condition's value is called in a chip, when the type's own format does not say it. */
  readonly valueText?: (value: unknown, field: FieldModel, app: App) => string | undefined
}

type Writing = Pick<App, 'locale' | 'timeZone' | 'currency' | 'mixedCurrencies'>

/** How texts of values are written for this member: money in the record's currency, else in the workspace's. */
export function textContext(app: Writing, field: FieldModel, record: Values): TextContext {
  const source = field.currency?.from === 'record' || field.currency?.from === 'own' ? record[field.currency.column.key] : undefined
  const own = source ?? record[`${field.name}Currency`]
  return {
    locale: app.locale,
    timeZone: app.timeZone,
    currency: typeof own === 'string' && own !== '' ? own : app.currency,
    mixedCurrencies: app.mixedCurrencies === true,
    today: todayIn(app.timeZone),
  }
}

/** Whether a field points at a record or a member, whose name comes with it. */
export const isPointing = (field: FieldModel): boolean => field.relation !== null || field.targets !== undefined

/** What is sent for a value: its key with it; of one of several objects the object around the id. */
export function writtenOf(field: FieldModel, value: unknown, related: Related | null): readonly [string, unknown] {
  if (!field.targets) return [field.key, value]
  return [field.name, typeof value === 'string' && related?.type ? { [related.type]: { id: value } } : null]
}

/** A record of one of several objects as the API gives it. */
function relatedAmong(field: FieldModel, value: object): Related | null {
  const { __typename: name, id, type, title } = value as Readonly<Record<string, string | undefined>>
  if (id === undefined) return null
  const object = type ?? field.targets?.find(target => typeName(target) === name)
  return {
    id,
    title: title ?? (value as Readonly<Record<string, string | null>>)[`title${name ?? ''}`] ?? null,
    ...(object ? { type: object } : {}),
  }
}

/** The related record of a value, when it came with its name. */
export function relatedOf(field: FieldModel, record: Values): Related | null {
  const related = record[field.name]
  if (field.targets && typeof related === 'object' && related !== null) return relatedAmong(field, related)
  return typeof related === 'object' && related !== null && 'id' in related ? (related as Related) : null
}

/** A value as people read it; empty when there is none. */
export function textOf(field: FieldModel, record: Values, app: App): string {
  if (isPointing(field)) return relatedOf(field, record)?.title ?? ''
  return field.type.format(record[field.key], field.definition, textContext(app, field, record))
}

/** Whether a record has no value here. */
export const isEmptyValue = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
