import { Decimal } from 'decimal.js'
import type { Label } from '../label.js'
import { type Sql, sql } from '../sql/sql.js'
import { decimalOf, decimalToText, exact } from './decimals.js'
import { durationSql, durationText, longestDuration, secondsOf, timeOfDay, timeSql } from './durations.js'

/** A type of single values. `integer` is kept apart from `decimal` only so that comparisons meet integer columns as they are indexed. */
export type ScalarType = 'text' | 'integer' | 'decimal' | 'boolean' | 'date' | 'time' | 'dateTime' | 'duration' | 'id'

/** The type of a rule's value. */
export type RuleType = ScalarType | { readonly list: ScalarType }

/** A single value while a rule is evaluated: numbers are exact decimals, durations their seconds, everything else stands in its contract form. */
export type Scalar = string | boolean | Decimal

/** A value while a rule is evaluated. */
export type Value = Scalar | null | Members

/** A list; a literal one and one with computed members can hold null. */
export type Members = readonly (Scalar | null)[]

/** What one type of single values is, in JavaScript and in PostgreSQL. */
export interface ScalarKind {
  readonly label: Label
  /** From the contract form; what is not of the type is null. */
  readonly fromContract: (value: unknown) => Scalar | null
  /** From a literal of a rule; undefined when it does not fit. */
  readonly fromLiteral: (literal: unknown) => Scalar | undefined
  /** Order; absent where there is none. */
  readonly isOrdered: boolean
  readonly cast: (value: Sql | unknown) => Sql
  readonly castList: (value: Sql | unknown) => Sql
  /** The value as text for people's sentences, in both readings. */
  readonly toText: (value: Sql) => Sql
  /** The contract form of a number; absent where it is a decimal string. */
  readonly writeNumber?: (value: Decimal) => unknown
}

const day = /^\d{4}-\d{2}-\d{2}$/
const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

const textFrom = (value: unknown): string | null => (typeof value === 'string' ? value : null)
const isStorable = (text: string): boolean => !/[\0\p{Surrogate}]/u.test(text)

/** The instant in the contract form (milliseconds, Z), or undefined when the calendar has no such time. */
const instantFrom = (literal: unknown): string | undefined => {
  if (typeof literal !== 'string' || !instant.test(literal) || literal < '0001') return undefined
  const time = new Date(literal)
  return Number.isNaN(time.getTime()) || time.toISOString().slice(0, 10) !== literal.slice(0, 10) ? undefined : time.toISOString()
}

const dayFrom = (literal: unknown): string | undefined =>
  typeof literal === 'string' && day.test(literal) && instantFrom(`${literal}T00:00:00Z`) !== undefined ? literal : undefined

const integerFrom = (literal: unknown): Decimal | undefined => {
  const value = decimalOf(literal)
  return value?.isInteger() && value.abs().lt('9e18') ? value : undefined
}

/** Whole seconds, from an ISO 8601 text. */
const durationFrom = (value: unknown): Decimal | undefined => {
  const seconds = typeof value === 'string' ? secondsOf(value) : null
  return seconds === null ? undefined : exact(seconds)
}

const timeFrom = (value: unknown): string | undefined => (typeof value === 'string' ? (timeOfDay(value) ?? undefined) : undefined)

const numberToText = (value: Sql): Sql => sql`trim_scale((${value})::numeric)::text`

/** Every type of single values. */
export const scalarKinds: Readonly<Record<ScalarType, ScalarKind>> = Object.freeze({
  text: {
    label: { en: 'a text', 'zh-CN': '文本' },
    isOrdered: true,
    fromContract: textFrom,
    fromLiteral: literal => (typeof literal === 'string' && isStorable(literal) ? literal : undefined),
    cast: value => sql`${value}::text`,
    castList: value => sql`${value}::text[]`,
    toText: value => value,
  },
  integer: {
    label: { en: 'a whole number', 'zh-CN': '整数' },
    isOrdered: true,
    fromContract: decimalOf,
    fromLiteral: integerFrom,
    cast: value => sql`${value}::bigint`,
    castList: value => sql`${value}::bigint[]`,
    toText: numberToText,
    writeNumber: value => value.toNumber(),
  },
  decimal: {
    label: { en: 'a number', 'zh-CN': '数值' },
    isOrdered: true,
    fromContract: decimalOf,
    fromLiteral: literal => decimalOf(literal) ?? undefined,
    cast: value => sql`${value}::numeric`,
    castList: value => sql`${value}::numeric[]`,
    toText: numberToText,
  },
  boolean: {
    label: { en: 'a condition', 'zh-CN': '条件' },
    isOrdered: false,
    fromContract: value => (typeof value === 'boolean' ? value : null),
    fromLiteral: literal => (typeof literal === 'boolean' ? literal : undefined),
    cast: value => sql`${value}::boolean`,
    castList: value => sql`${value}::boolean[]`,
    toText: value => sql`(${value})::text`,
  },
  date: {
    label: { en: 'a date', 'zh-CN': '日期' },
    isOrdered: true,
    fromContract: value => dayFrom(value) ?? null,
    fromLiteral: dayFrom,
    cast: value => sql`${value}::date`,
    castList: value => sql`${value}::date[]`,
    toText: value => sql`to_char(${value}, 'YYYY-MM-DD')`,
  },
  time: {
    label: { en: 'a time of day', 'zh-CN': '时间' },
    isOrdered: true,
    fromContract: value => timeFrom(value) ?? null,
    fromLiteral: timeFrom,
    cast: value => sql`${value}::time`,
    castList: value => sql`${value}::time[]`,
    toText: timeSql,
  },
  dateTime: {
    label: { en: 'a date with time', 'zh-CN': '日期时间' },
    isOrdered: true,
    fromContract: value => instantFrom(value) ?? null,
    fromLiteral: instantFrom,
    cast: value => sql`${value}::timestamptz`,
    castList: value => sql`${value}::timestamptz[]`,
    toText: value => sql`to_char(${value} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
  },
  duration: {
    label: { en: 'a duration', 'zh-CN': '时长' },
    isOrdered: true,
    fromContract: value => durationFrom(value) ?? null,
    fromLiteral: durationFrom,
    cast: value => sql`${value}::bigint`,
    castList: value => sql`${value}::bigint[]`,
    toText: durationSql,
    writeNumber: value => (value.abs().gt(longestDuration) ? null : durationText(value.toNumber())),
  },
  id: {
    label: { en: 'an id', 'zh-CN': '标识' },
    isOrdered: false,
    fromContract: textFrom,
    fromLiteral: literal => (typeof literal === 'string' && uuid.test(literal) ? literal.toLowerCase() : undefined),
    cast: value => sql`${value}::uuid`,
    castList: value => sql`${value}::uuid[]`,
    toText: value => sql`(${value})::text`,
  },
})

/** The names of all types of single values, and of those that have an order. */
export const scalarTypes = Object.keys(scalarKinds) as readonly ScalarType[]
export const orderedTypes: readonly ScalarType[] = scalarTypes.filter(type => scalarKinds[type].isOrdered)

/** The type of single values in a type: its own, or that of a list's members. */
export const scalarOf = (type: RuleType): ScalarType => (typeof type === 'string' ? type : type.list)

export const isList = (type: RuleType): type is { readonly list: ScalarType } => typeof type !== 'string'

export const isSameType = (left: RuleType, right: RuleType): boolean => isList(left) === isList(right) && scalarOf(left) === scalarOf(right)

/** The type in people's words. */
export function typeLabel(type: RuleType): Label {
  const label = scalarKinds[scalarOf(type)].label
  if (!isList(type) || typeof label === 'string') return label
  return { en: `a list (each ${label.en})`, 'zh-CN': `${label['zh-CN']}列表` }
}

/** A contract value for evaluation; null when it is empty or not of the type. */
export function fromContract(value: unknown, type: RuleType): Value {
  if (value === null || value === undefined) return null
  const kind = scalarKinds[scalarOf(type)]
  if (!isList(type)) return kind.fromContract(value)
  return Array.isArray(value) ? value.map(kind.fromContract) : null
}

/** The contract form of a value: decimals as canonical strings, whole numbers of type integer as numbers. */
export function toContract(value: Value, type: RuleType): unknown {
  if (value === null) return null
  if (isMembers(value)) return value.map(member => toContract(member, scalarOf(type)))
  if (!(value instanceof Decimal)) return value
  const { writeNumber = decimalToText } = scalarKinds[scalarOf(type)]
  return writeNumber(value)
}

/** A single value as text, as `toText` of its kind writes it in PostgreSQL. */
export const textOf = (value: Scalar, type: RuleType): string =>
  String(value instanceof Decimal && type === 'integer' ? decimalToText(value) : toContract(value, type))

/** A single value as the parameter of a statement. */
export const toParameter = (value: Scalar | null): string | boolean | null => (value instanceof Decimal ? decimalToText(value) : value)

/** Whether a value is a list. */
export const isMembers = (value: Value): value is Members => Array.isArray(value)

/** Whether two values are the same; null is the same as null. */
export function isSame(left: Value, right: Value): boolean {
  if (left === null || right === null) return left === right
  if (isMembers(left) || isMembers(right)) {
    return (
      isMembers(left) &&
      isMembers(right) &&
      left.length === right.length &&
      left.every((member, index) => isSame(member, right[index] ?? null))
    )
  }
  return left instanceof Decimal && right instanceof Decimal ? left.eq(right) : left === right
}

/** Order of two single values of one type: numbers by size, all else by code point (dates and instants are texts that sort). */
export function compare(left: Scalar, right: Scalar): number {
  if (left instanceof Decimal && right instanceof Decimal) return left.cmp(right)
  return compareTexts(String(left), String(right))
}

/** Order by code point. UTF-16 sorts surrogates below U+E000–U+FFFF, so these are lifted above them where two texts first differ. */
function compareTexts(left: string, right: string): number {
  const length = Math.min(left.length, right.length)
  for (let index = 0; index < length; index++) {
    const a = left.charCodeAt(index)
    const b = right.charCodeAt(index)
    if (a !== b) return rank(a) - rank(b)
  }
  return left.length - right.length
}

const rank = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit)
