import { Temporal } from 'temporal-polyfill'

/** A time of day on the clock of some zone. */
export interface ClockTime {
  readonly hour: number
  readonly minute: number
  readonly second?: number
}

/**
 * The instant at which the clocks of a zone show a day and time, as `YYYY-MM-DDTHH:MM:SS.sssZ`.
 * A time that a change of clocks leaves out is taken later by the gap, one that comes twice is its first (Temporal's "compatible").
 */
export const instantOf = (day: string, time: ClockTime, timeZone: string): string =>
  asText(
    Temporal.PlainDate.from(day)
      .toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from({ second: 0, ...time }) })
      .toInstant(),
  )

/** The day of the calendar that a zone has at an instant. */
export const dayOf = (instant: string, timeZone: string): string =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString()

const asText = (instant: Temporal.Instant): string => instant.toString({ fractionalSecondDigits: 3 })
