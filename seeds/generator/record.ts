/** A value of a seed record: plain, or one of the forms that the README describes. */
export type Value =
  | string
  | number
  | boolean
  | null
  | readonly string[]
  | Days
  | Month
  | Reference
  | Member
  | SeedRecord
  | readonly SeedRecord[]
export interface Days {
  readonly $days: number
  readonly time?: string
}
export interface Month {
  readonly $month: number
  readonly day?: number
  readonly text?: string
}
export interface Reference {
  readonly $ref: string
}
export interface Member {
  readonly $member: string
}

/** One record; what is empty is left out. */
export interface SeedRecord {
  readonly [field: string]: Value
}

/** The records of every object, in the order in which they can be loaded. */
export type Seeds = Readonly<Record<string, readonly SeedRecord[]>>

/** A day counted from the day of loading; with a time, that instant in the workspace's zone. */
export const days = (count: number, time?: string): Days => (time === undefined ? { $days: count } : { $days: count, time })

/** A day of a month counted from the month of loading: its first, or the one given. */
export const month = (count: number, day?: number): Month => (day === undefined ? { $month: count } : { $month: count, day })

/** A text that names a month counted from the month of loading, as `{YYYY}` and `{MM}`. */
export const monthText = (count: number, text: string): Month => ({ $month: count, text })

/** The instant since when something is as it is, on a day before the one of loading; of today, nothing is said. */
export const since = (day: number): Days | undefined => (day < 0 ? days(day, '10:15') : undefined)

export const ref = (object: string, key: string): Reference => ({ $ref: `${object}:${key}` })
export const member = (email: string): Member => ({ $member: email })

/** `cust-007`. */
export const keyOf = (prefix: string, number: number, width = 3): string => `${prefix}-${String(number).padStart(width, '0')}`

/** A record without its empty values. */
export const record = (values: Readonly<Record<string, Value | undefined>>): SeedRecord =>
  Object.fromEntries(Object.entries(values).filter((entry): entry is [string, Value] => entry[1] !== undefined && entry[1] !== null))

/** An amount of whole cents as the canonical decimal: `1250` is `12.5`. */
export function money(cents: number): string {
  const [whole, part] = [Math.floor(Math.abs(cents) / 100), Math.abs(cents) % 100]
  const decimals = part === 0 ? '' : `.${String(part).padStart(2, '0').replace(/0$/, '')}`
  return `${cents < 0 ? '-' : ''}${whole}${decimals}`
}

/** A clock time in office hours. */
export const officeTime = (hour: number, quarter: number): string =>
  `${String(hour).padStart(2, '0')}:${String(quarter * 15).padStart(2, '0')}`
