import { dayAt, timeAt } from '../rules/zone-clock.js'

/** A time of day on the clock of some zone. */
export interface ClockTime {
  readonly hour: number
  readonly minute: number
  readonly second?: number
}

/**
 * The instant at which the clocks of a zone show a day and time, as `YYYY-MM-DDTHH:MM:SS.sssZ`.
 * A time that a change of clocks leaves out is taken later by the gap, one that comes twice is its first.
 */
export const instantOf = (day: string, { hour, minute, second = 0 }: ClockTime, timeZone: string): string =>
  new Date(timeAt(day, ((hour * 60 + minute) * 60 + second) * 1000, timeZone, 'first')).toISOString()

/** Days by zone and quarter of an hour: since 1973 no zone begins a day between two of them, and reckoning with zones is dear. */
const days = new Map<string, string>()
const quarter = 900_000
const wholeQuartersSince = Date.UTC(1973, 0, 1)
const mostDays = 1_000

/** The day of the calendar that a zone has at an instant. */
export function dayOf(instant: string, timeZone: string): string {
  const time = Date.parse(instant)
  if (!(time >= wholeQuartersSince)) return dayAt(instant, timeZone)
  const key = `${timeZone} ${Math.floor(time / quarter)}`
  const known = days.get(key)
  if (known !== undefined) return known
  const day = dayAt(instant, timeZone)
  if (days.size >= mostDays) days.clear()
  days.set(key, day)
  return day
}
