import { instantOf } from '../fields/zone.js'
import { dateOfNumber, dayNumber, numberOfDay, shiftMonths, weekdayOf } from '../rules/day-numbers.js'
import { type Env, Slot } from '../sql/sql.js'

/** A span of days seen from today: the last or next so many units, or a whole unit. */
export interface DateSpan {
  readonly last?: SpanLength
  readonly next?: SpanLength
  readonly this?: SpanUnit
  readonly previous?: SpanUnit
}
export interface SpanLength {
  readonly count: number
  readonly unit: SpanUnit
}
export type SpanUnit = 'DAY' | 'WEEK' | 'MONTH' | 'QUARTER' | 'YEAR'

/**
 * The first day of a span and the day after its last.
 * `last` ends today, `next` begins tomorrow; `this` and `previous` are whole units of the calendar.
 * @param today `YYYY-MM-DD` in the member's zone
 * @param firstWeekday 1 Monday … 7 Sunday (ISO 8601)
 */
export function spanDays(span: DateSpan, today: string, firstWeekday: number): readonly [string, string] {
  const tomorrow = dateOfNumber(dayNumber(today) + 1)
  if (span.last) return [shift(tomorrow, span.last, -1), tomorrow]
  if (span.next) return [tomorrow, shift(tomorrow, span.next, 1)]
  const unit = span.this ?? span.previous ?? 'DAY'
  const start = startOf(today, unit, firstWeekday)
  const length = { count: 1, unit }
  return span.previous ? [shift(start, length, -1), start] : [start, shift(start, length, 1)]
}

/** Both bounds of a span as slots; for instants they are the beginnings of the days in the member's zone. */
export function spanBounds(span: unknown, isInstant: boolean): readonly [Slot, Slot] {
  const read = (index: 0 | 1) => new Slot(env => bound(span instanceof Slot ? span.read(env) : span, env, index, isInstant))
  return [read(0), read(1)]
}

function bound(span: unknown, env: Env, index: 0 | 1, isInstant: boolean): string {
  const day = spanDays(span as DateSpan, String(env.context.today), Number(env.context.firstWeekday ?? 1))[index]
  return isInstant ? instantOf(day, { hour: 0, minute: 0 }, String(env.context.timeZone)) : day
}

const days: Partial<Record<SpanUnit, number>> = { DAY: 1, WEEK: 7 }
const months: Partial<Record<SpanUnit, number>> = { MONTH: 1, QUARTER: 3, YEAR: 12 }

function shift(date: string, { count, unit }: SpanLength, direction: 1 | -1): string {
  const whole = months[unit]
  if (whole !== undefined) return shiftMonths(date, direction * count * whole)
  return dateOfNumber(dayNumber(date) + direction * count * (days[unit] ?? 1))
}

function startOf(date: string, unit: SpanUnit, firstWeekday: number): string {
  if (unit === 'DAY') return date
  const day = dayNumber(date)
  if (unit === 'WEEK') return dateOfNumber(day - ((weekdayOf(day) - firstWeekday + 7) % 7))
  const [year, month] = [Number(date.slice(0, 4)), Number(date.slice(5, 7))]
  if (unit === 'MONTH') return dateOfNumber(numberOfDay(year, month, 1))
  return dateOfNumber(numberOfDay(year, unit === 'QUARTER' ? Math.floor((month - 1) / 3) * 3 + 1 : 1, 1))
}
