import { type Sql, sql } from '../sql/sql.js'

/** The longest span that a duration may have either way, in seconds: some 31,000 years, and exact in a float. */
export const longestDuration = 999_999_999_999

const written = /^([+-]?)P(?:(\d{1,10})W)?(?:(\d{1,11})D)?(?:T(?:(\d{1,12})H)?(?:(\d{1,12})M)?(?:(\d{1,12})S)?)?$/

/**
 * The whole seconds of an ISO 8601 duration in weeks, days (of 24 hours), hours, minutes and seconds: `PT1H30M` is 5400.
 * @returns null for anything else: years and months have no length, and a span beyond `longestDuration` is none
 */
export function secondsOf(text: string): number | null {
  const found = written.exec(text)
  if (!found || text.endsWith('P') || text.endsWith('T')) return null
  const [, sign = '', ...parts] = found
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts.map(part => Number(part ?? 0))
  const total = weeks * 604_800 + days * 86_400 + hours * 3600 + minutes * 60 + seconds
  return total > longestDuration ? null : sign === '-' && total > 0 ? -total : total
}

/** The contract form of whole seconds: hours, minutes and seconds as far as there are any, `PT0S` for none. */
export function durationText(seconds: number): string {
  const span = Math.abs(seconds)
  const parts = [
    [Math.floor(span / 3600), 'H'],
    [Math.floor(span / 60) % 60, 'M'],
    [span % 60, 'S'],
  ] as const
  const text = parts.map(([count, unit]) => (count > 0 ? `${count}${unit}` : '')).join('')
  return text === '' ? 'PT0S' : `${seconds < 0 ? '-' : ''}PT${text}`
}

/** The contract form of whole seconds as PostgreSQL writes it; the value is written once. */
export const durationSql = (seconds: Sql): Sql =>
  sql`(select case when d.s = 0 then 'PT0S' when d.s <> 0 then concat(case when d.s < 0 then '-' end, 'PT', nullif(abs(d.s) / 3600, 0) || 'H', nullif(abs(d.s) / 60 % 60, 0) || 'M', nullif(abs(d.s) % 60, 0) || 'S') end from (select (${seconds})::bigint as s offset 0) d)`

const clock = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/

/** A time of day in the contract form `HH:MM:SS`; seconds may be left out. Null when the clock has no such time. */
export function timeOfDay(text: string): string | null {
  const found = clock.exec(text)
  return found ? `${found[1]}:${found[2]}:${found[3] ?? '00'}` : null
}

/** The contract form of a time of day as PostgreSQL writes it. */
export const timeSql = (value: Sql): Sql => sql`to_char(${value}, 'HH24:MI:SS')`
