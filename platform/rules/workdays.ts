import { addDays, daysBetween, partOf } from './days.js'
import type { WorkCalendar } from './operator.js'

/** Monday to Friday, where nothing else is said. */
const usual: WorkCalendar = { weekdays: [1, 2, 3, 4, 5], holidays: [], workdays: [] }

/** The farthest workday that is looked for, in days of the calendar. */
const farthest = 20_000

/** Whether people work on a day: days worked in place of others come first, then days off, then the day of the week. */
export const isWorkday = (date: string, calendar: WorkCalendar = usual): boolean =>
  calendar.workdays.includes(date) || (!calendar.holidays.includes(date) && calendar.weekdays.includes(partOf(date, 'dayOfWeek')))

/** Workdays from a date up to, and without, another; below zero when that is earlier. */
export function workdaysBetween(from: string, to: string, calendar: WorkCalendar = usual): number {
  if (to < from) return -workdaysBetween(to, from, calendar)
  const span = daysBetween(from, to)
  const first = partOf(from, 'dayOfWeek')
  const regular = new Set(calendar.weekdays)
  const rest = Array.from({ length: span % 7 }, (_, index) => ((first - 1 + index) % 7) + 1).filter(weekday => regular.has(weekday)).length
  const isInside = (date: string) => date >= from && date < to
  const isRegular = (date: string) => regular.has(partOf(date, 'dayOfWeek'))
  const added = new Set(calendar.workdays)
  const more = [...added].filter(date => isInside(date) && !isRegular(date)).length
  const fewer = [...new Set(calendar.holidays)].filter(date => isInside(date) && isRegular(date) && !added.has(date)).length
  return Math.floor(span / 7) * regular.size + rest + more - fewer
}

/** The day so many workdays later (or earlier); null when there is none within some 50 years or the years 1 to 9999. */
export function addWorkdays(date: string, count: number, calendar: WorkCalendar = usual): string | null {
  const step = count < 0 ? -1 : 1
  let left = Math.abs(count)
  let day: string | null = date
  for (let looked = 0; left > 0 && day !== null; looked++) {
    if (looked === farthest) return null
    day = addDays(day, step)
    if (day !== null && isWorkday(day, calendar)) left--
  }
  return day
}
