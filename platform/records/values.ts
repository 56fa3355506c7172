import { decimalText } from '../fields/reading.js'
import type { FieldModel, ObjectModel } from '../model/model.js'
import { onceFor } from '../once-for.js'
import type { Sql } from '../sql/sql.js'

/** The values of a record by key (`amount`, `partnerId`), in contract form; empty is null. */
export type Values = Readonly<Record<string, unknown>>

/**
 * Values with others laid over them. By assignment, because a spread that brings new keys makes a hidden class of the engine for each of
 * them again and again: thirty times as slow for a record of twenty fields.
 */
export const overlaid = (values: Values, ...over: readonly Values[]): Record<string, unknown> => Object.assign({}, values, ...over)

/** A column of an object with the field that it belongs to. */
export interface StoredColumn {
  readonly key: string
  readonly name: string
  readonly type: string
  readonly field: FieldModel
}

/** The value of a column in contract form: by the field's class, or for what stands beside the field's own value by its type. */
export const readColumn = ({ key, type, field }: StoredColumn, column: Sql): Sql =>
  key === field.key ? field.class.read(column) : type === 'numeric' ? decimalText(column) : column

/** What is sent to a column for a value in contract form. */
export const storedValue = (field: FieldModel, key: string, value: unknown): unknown =>
  value === null || value === undefined ? null : key === field.key && field.class.stored ? field.class.stored(value) : value

/** The fields of an object that stand in columns, one entry for each column: its key, name and type. */
export const storedColumns: (object: ObjectModel) => readonly StoredColumn[] = onceFor(object =>
  Object.values(object.fields)
    .filter(field => field.currencyOf === null)
    .flatMap(field => field.columns.map(column => ({ key: column.key, name: column.name, type: column.type, field }))),
)

/** The field of a key: its own, or the amount's for `<money>Currency`. */
export function fieldOfKey(object: ObjectModel, key: string): FieldModel | undefined {
  const own = Object.hasOwn(object.fields, key) ? object.fields[key] : undefined
  if (own && own.key === key) return own
  return key.endsWith('Id') ? byKey(object).get(key) : undefined
}

const byKey = onceFor((object: ObjectModel) => new Map(Object.values(object.fields).map(field => [field.key, field])))

/** Whether two values in contract form are the same; keys of objects have no order. */
export function isSame(left: unknown, right: unknown): boolean {
  if (left === right || (left ?? null) === (right ?? null)) return true
  if (Array.isArray(left) || Array.isArray(right))
    return (
      Array.isArray(left) && Array.isArray(right) && left.length === right.length && left.every((item, index) => isSame(item, right[index]))
    )
  if (!isObject(left) || !isObject(right)) return false
  const keys = Object.keys(left)
  return keys.length === Object.keys(right).length && keys.every(key => Object.hasOwn(right, key) && isSame(left[key], right[key]))
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null

/** The values of a record as a row of its table: by the names of columns, in the form that PostgreSQL takes from JSON. */
export const storedRow = (object: ObjectModel, values: Values): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    storedColumns(object)
      .filter(({ key }) => Object.hasOwn(values, key))
      .map(({ key, name, field }) => [name, storedValue(field, key, values[key])]),
  )
