import { Temporal } from 'temporal-polyfill'
import { instantOf } from '../fields/zone.js'
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
  const day = Temporal.PlainDate.from(today)
  if (span.last) return [day.add({ days: 1 }).subtract(lengthOf(span.last)).toString(), day.add({ days: 1 }).toString()]
  if (span.next) return [day.add({ days: 1 }).toString(), day.add({ days: 1 }).add(lengthOf(span.next)).toString()]
  const unit = span.this ?? span.previous ?? 'DAY'
  const start = startOf(day, unit, firstWeekday)
  const length = lengthOf({ count: 1, unit })
  return span.previous ? [start.subtract(length).toString(), start.toString()] : [start.toString(), start.add(length).toString()]
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

const lengthOf = ({ count, unit }: SpanLength): Temporal.DurationLike =>
  unit === 'DAY'
    ? { days: count }
    : unit === 'WEEK'
      ? { weeks: count }
      : unit === 'MONTH'
        ? { months: count }
        : unit === 'QUARTER'
          ? { months: 3 * count }
          : { years: count }

function startOf(day: Temporal.PlainDate, unit: SpanUnit, firstWeekday: number): Temporal.PlainDate {
  if (unit === 'DAY') return day
  if (unit === 'WEEK') return day.subtract({ days: (day.dayOfWeek - firstWeekday + 7) % 7 })
  if (unit === 'MONTH') return day.with({ day: 1 })
  return unit === 'QUARTER' ? day.with({ day: 1, month: Math.floor((day.month - 1) / 3) * 3 + 1 }) : day.with({ day: 1, month: 1 })
}
