const dayLength = 86_400_000

/**
 * The number of a date `YYYY-MM-DD`: days since 1970-01-01, in the Gregorian calendar carried back before its beginning.
 * Throws a RangeError for what is no date.
 */
export function dayNumber(date: string): number {
  const time = date.length === 10 ? Date.parse(`${date}T00:00:00Z`) : Number.NaN
  // 2026-02-30 would be read as the second of March
  if (Number.isNaN(time) || dateText(time) !== date) throw new RangeError(`${JSON.stringify(date)} is no date`)
  return time / dayLength
}

/** The date `YYYY-MM-DD` of a day's number. */
export const dateOfNumber = (day: number): string => dateText(day * dayLength)

/** The date of a time in milliseconds, as a clock at Greenwich shows it. */
export const dateText = (time: number): string => new Date(time).toISOString().split('T')[0] ?? ''

/** The day of the week of a day's number: Monday is 1, Sunday 7. */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1

/** The number of a day of a month, which may lie outside of 1 to 12: month 13 is January of the next year. */
export function numberOfDay(year: number, month: number, day: number): number {
  const time = new Date(0)
  time.setUTCFullYear(year, month - 1, day)
  return time.getTime() / dayLength
}

/** How many days a month has; the month may lie outside of 1 to 12. */
export const daysInMonth = (year: number, month: number): number => numberOfDay(year, month + 1, 1) - numberOfDay(year, month, 1)

/** The date so many months later, at the end of the month where it has no such day. */
export function shiftMonths(date: string, months: number): string {
  dayNumber(date)
  const year = Number(date.slice(0, 4))
  const month = Number(date.slice(5, 7)) + months
  return dateOfNumber(numberOfDay(year, month, Math.min(Number(date.slice(8)), daysInMonth(year, month))))
}

/** The week of the year in which a day lies, as ISO 8601 counts: the first has the year's first Thursday. */
export function weekOfYear(day: number): number {
  const thursday = day + 4 - weekdayOf(day)
  const year = Number(dateOfNumber(thursday).slice(0, -6))
  return Math.floor((thursday - numberOfDay(year, 1, 1)) / 7) + 1
}
