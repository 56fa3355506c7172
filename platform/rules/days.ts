import { Temporal } from 'temporal-polyfill'

/** Parts of the calendar that a date can be taken back to the start of; a week starts on Monday. */
export const calendarUnits = ['day', 'week', 'month', 'quarter', 'year'] as const
export type CalendarUnit = (typeof calendarUnits)[number]

/** The span of days that dates have, counted from the first, 0001-01-01. */
export const lastDay = 3_652_058
const first = Temporal.PlainDate.from('0001-01-01')

/** The day of the calendar: of an instant, in a zone; of a date, itself. */
export const dayIn = (value: string, timeZone: string): string =>
  value.length === 10 ? value : Temporal.Instant.from(value).toZonedDateTimeISO(timeZone).toPlainDate().toString()

/** Days from one date to another. */
export const daysBetween = (from: string, to: string): number => Temporal.PlainDate.from(from).until(to, { largestUnit: 'day' }).days

/** The date so many days later; null outside of the years 1 to 9999. */
export function addDays(date: string, days: number): string | null {
  const count = first.until(date, { largestUnit: 'day' }).days + days
  return count < 0 || count > lastDay ? null : first.add({ days: count }).toString()
}

/** The first day of the week, month, quarter or year that a date lies in. */
export function startOf(date: string, unit: CalendarUnit): string {
  const day = Temporal.PlainDate.from(date)
  if (unit === 'week') return day.subtract({ days: day.dayOfWeek - 1 }).toString()
  if (unit === 'month') return day.with({ day: 1 }).toString()
  if (unit === 'quarter') return day.with({ month: day.month - ((day.month - 1) % 3), day: 1 }).toString()
  return unit === 'year' ? day.with({ month: 1, day: 1 }).toString() : date
}

const monthIndex = (date: string): number => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1

/** The date so many months later, at the end of the month where it has no such day; null outside of the years 1 to 9999. */
export function addMonths(date: string, months: number): string | null {
  const index = monthIndex(date) + months
  return index < 12 || index > 119_999 ? null : Temporal.PlainDate.from(date).add({ months }).toString()
}

/** Whole months from one date to another: a month is whole when the day of the month is reached. */
export function monthsBetween(from: string, to: string): number {
  const months = monthIndex(to) - monthIndex(from)
  const days = Number(to.slice(8)) - Number(from.slice(8))
  if (to >= from) return days < 0 ? months - 1 : months
  return days > 0 ? months + 1 : months
}

const unitMonths: Partial<Record<CalendarUnit, number>> = { month: 1, quarter: 3, year: 12 }

/** The last day of the week, month, quarter or year that a date lies in; null behind the year 9999. */
export function endOf(date: string, unit: CalendarUnit): string | null {
  const start = startOf(date, unit)
  const months = unitMonths[unit]
  if (months === undefined) return addDays(start, unit === 'week' ? 6 : 0)
  return Temporal.PlainDate.from(start).add({ months }).subtract({ days: 1 }).toString()
}

/** What number a date has: its day of the week (Monday is 1), its ISO week, its quarter. */
export function partOf(date: string, part: 'dayOfWeek' | 'week' | 'quarter'): number {
  const day = Temporal.PlainDate.from(date)
  if (part === 'dayOfWeek') return day.dayOfWeek
  return part === 'quarter' ? Math.ceil(day.month / 3) : (day.weekOfYear ?? 0)
}
