import { clockOf, timeAt } from './zone-clock.js'

const earliest = Date.parse('0001-01-01T00:00:00.000Z')
const latest = Date.parse('9999-12-31T23:59:59.999Z')

/** The contract form of an instant in milliseconds; null outside of the years 1 to 9999. */
const instantText = (time: number): string | null => (time < earliest || time > latest ? null : new Date(time).toISOString())

/** The instant so many seconds later; null outside of the years 1 to 9999. */
export const addSeconds = (instant: string, seconds: number): string | null => instantText(Date.parse(instant) + seconds * 1000)

/** Whole seconds from one instant to another. */
export const secondsBetween = (from: string, to: string): number => Math.trunc((Date.parse(to) - Date.parse(from)) / 1000)

/** The time of day of an instant in a zone, to the second. */
export const timeIn = (instant: string, timeZone: string): string => clockOf(instant, timeZone)

/**
 * The instant of a date and a time of day in a zone; null outside of the years 1 to 9999. What a change of the clock
 * skips is taken by the clock before it, what it repeats by the clock after it, as PostgreSQL does.
 */
export function instantAt(date: string, time: string, timeZone: string): string | null {
  const sinceMidnight = Date.parse(`1970-01-01T${time}Z`)
  if (Number.isNaN(sinceMidnight)) throw new RangeError(`${JSON.stringify(time)} is no time of day`)
  return instantText(timeAt(date, sinceMidnight, timeZone, 'second'))
}
