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

/** The day of the calendar that a zone has at an instant. */
export const dayOf = (instant: string, timeZone: string): string => dayAt(instant, timeZone)
