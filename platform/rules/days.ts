import { dateOfNumber, dayNumber, numberOfDay, shiftMonths, weekdayOf, weekOfYear } from './day-numbers.js'
import { dayAt } from './zone-clock.js'

/** Parts of the calendar that a date can be taken back to the start of; a week starts on Monday. */
export const calendarUnits = ['day', 'week', 'month', 'quarter', 'year'] as const
export type CalendarUnit = (typeof calendarUnits)[number]

/** The span of days that dates have, counted from the first, 0001-01-01. */
export const lastDay = 3_652_058
const first = dayNumber('0001-01-01')

/** The day of the calendar: of an instant, in a zone; of a date, itself. */
export const dayIn = (value: string, timeZone: string): string => (value.length === 10 ? value : dayAt(value, timeZone))

/** Days from one date to another. */
export const daysBetween = (from: string, to: string): number => dayNumber(to) - dayNumber(from)

/** The date so many days later; null outside of the years 1 to 9999. */
export function addDays(date: string, days: number): string | null {
  const count = dayNumber(date) - first + days
  return count < 0 || count > lastDay ? null : dateOfNumber(first + count)
}

/** The first day of the week, month, quarter or year that a date lies in. */
export function startOf(date: string, unit: CalendarUnit): string {
  const day = dayNumber(date)
  const [year, month] = [Number(date.slice(0, 4)), Number(date.slice(5, 7))]
  if (unit === 'week') return dateOfNumber(day - weekdayOf(day) + 1)
  if (unit === 'month') return dateOfNumber(numberOfDay(year, month, 1))
  if (unit === 'quarter') return dateOfNumber(numberOfDay(year, month - ((month - 1) % 3), 1))
  return unit === 'year' ? dateOfNumber(numberOfDay(year, 1, 1)) : date
}

const monthIndex = (date: string): number => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1

/** The date so many months later, at the end of the month where it has no such day; null outside of the years 1 to 9999. */
export function addMonths(date: string, months: number): string | null {
  const index = monthIndex(date) + months
  return index < 12 || index > 119_999 ? null : shiftMonths(date, months)
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
  return dateOfNumber(numberOfDay(Number(start.slice(0, 4)), Number(start.slice(5, 7)) + months, 1) - 1)
}

/** What number a date has: its day of the week (Monday is 1), its ISO week, its quarter. */
export function partOf(date: string, part: 'dayOfWeek' | 'week' | 'quarter'): number {
  const day = dayNumber(date)
  if (part === 'dayOfWeek') return weekdayOf(day)
  return part === 'quarter' ? Math.ceil(Number(date.slice(5, 7)) / 3) : weekOfYear(day)
}
