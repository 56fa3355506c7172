import { Decimal } from 'decimal.js'
import { literal, type Sql, sql } from '../../sql/sql.js'
import { type CalendarUnit, calendarUnits, dayIn, daysBetween, lastDay, addDays as shift, startOf as startOfUnit } from '../days.js'
import { exact } from '../decimals.js'
import { always, at, exactly, type Operator, oneWordOf, type Parameter, type SqlFacts, takes, unlessNull, whenAny } from '../operator.js'
import type { RuleType, Scalar } from '../types.js'

const time: Parameter = takes(['date', 'dateTime'])
const number: Parameter = takes(['decimal'])
const unit = oneWordOf(calendarUnits)

/** The argument as a day: an instant has one in the zone of whoever asks. */
export const day = (value: Sql, type: RuleType | undefined, { timeZone }: SqlFacts): Sql =>
  type === 'dateTime' ? sql`(${value} at time zone ${timeZone})::date` : value

/** The zone of whoever asks. */
export const zoneOf = ({ timeZone = 'UTC' }: { readonly timeZone?: string }): string => timeZone

/** A date later by whole days (a part of a day is cut off); null outside of the years 1 to 9999. */
export const addDays: Operator = {
  name: 'addDays',
  takes: exactly(time, number),
  gives: 'date',
  isNullable: always,
  js: unlessNull<Scalar>(([value, days], context) =>
    shift(dayIn(String(value), zoneOf(context)), days instanceof Decimal ? days.trunc().toNumber() : 0),
  ),
  sql: ([value = sql`null`, days = sql`null`], facts) => {
    const count = sql`coalesce((${day(value, facts.types[0], facts)} - date '0001-01-01') + trunc(${days}), -1)`
    const clamped = sql`least(greatest(${count}, -1), ${literal(String(lastDay + 1))}::numeric)`
    return sql`(date '0001-01-01' + nullif(nullif(${clamped}, -1), ${literal(String(lastDay + 1))}::numeric)::integer)`
  },
  cases: [
    { args: ['2026-02-27', 2], as: ['date', 'integer'], gives: '2026-03-01' },
    { args: ['2024-02-28', '1.9'], as: ['date', 'decimal'], gives: '2024-02-29' },
    { args: ['2026-01-01', '-1.9'], as: ['date', 'decimal'], gives: '2025-12-31' },
    { args: ['2026-01-01T23:30:00.000Z', 0], as: ['dateTime', 'integer'], gives: '2026-01-01' },
    { args: ['9999-12-31', 1], as: ['date', 'integer'], gives: null },
    { args: ['0001-01-01', -1], as: ['date', 'integer'], gives: null },
    { args: ['0001-01-01', lastDay], as: ['date', 'integer'], gives: '9999-12-31' },
    { args: ['2026-01-01', '1000000000000000000000'], as: ['date', 'decimal'], gives: null },
    { args: ['2026-01-01', null], as: ['date', 'decimal'], gives: null },
    { args: [null, '1'], as: ['date', 'decimal'], gives: null },
  ],
}

/** Days from the first to the second. */
export const diffDays: Operator = {
  name: 'diffDays',
  takes: exactly(time, time),
  gives: 'decimal',
  isNullable: whenAny,
  js: unlessNull<string>((args, context) => exact(daysBetween(dayIn(at(args, 0), zoneOf(context)), dayIn(at(args, 1), zoneOf(context))))),
  sql: ([from = sql`null`, to = sql`null`], facts) =>
    sql`(${day(to, facts.types[1], facts)} - ${day(from, facts.types[0], facts)})::numeric`,
  cases: [
    { args: ['2026-01-01', '2026-03-01'], as: 'date', gives: '59' },
    { args: ['2026-03-01', '2026-01-01'], as: 'date', gives: '-59' },
    { args: ['0001-01-01', '9999-12-31'], as: 'date', gives: '3652058' },
    { args: ['2026-01-01', '2026-01-02T00:00:00.000Z'], as: ['date', 'dateTime'], gives: '1' },
    { args: [null, '2026-01-01'], as: 'date', gives: null },
  ],
}

/** A number of a date. */
const part = (name: string, place: readonly [number, number], field: Sql, gives: string): Operator => ({
  name,
  takes: exactly(time),
  gives: 'decimal',
  isNullable: whenAny,
  js: unlessNull<string>((args, context) => exact(Number(dayIn(at(args, 0), zoneOf(context)).slice(...place)))),
  sql: ([value = sql`null`], facts) => sql`extract(${field} from ${day(value, facts.types[0], facts)})`,
  cases: [
    { args: ['2026-03-09'], as: 'date', gives },
    { args: ['2026-03-09T12:00:00.000Z'], as: 'dateTime', gives },
    { args: [null], as: 'date', gives: null },
  ],
})

export const year = part('year', [0, 4], sql`year`, '2026')
export const month = part('month', [5, 7], sql`month`, '3')
export const dayOfMonth = part('day', [8, 10], sql`day`, '9')

/** The first day of the unit that a date lies in; with `day`, the day of an instant. */
export const startOf: Operator = {
  name: 'startOf',
  takes: exactly(time, unit),
  gives: 'date',
  isNullable: ([value = true]) => value,
  js: unlessNull<string>((args, context) => startOfUnit(dayIn(at(args, 0), zoneOf(context)), at(args, 1) as CalendarUnit)),
  sql: ([value = sql`null`], facts) =>
    sql`date_trunc(${literal(String(facts.literals[1]))}, ${day(value, facts.types[0], facts)}::timestamp)::date`,
  cases: [
    { args: ['2026-08-19', 'day'], as: 'date', gives: '2026-08-19' },
    { args: ['2026-08-16', 'week'], as: 'date', gives: '2026-08-10' },
    { args: ['2026-08-19', 'month'], as: 'date', gives: '2026-08-01' },
    { args: ['2026-08-19', 'quarter'], as: 'date', gives: '2026-07-01' },
    { args: ['2026-08-19', 'year'], as: 'date', gives: '2026-01-01' },
    { args: ['2026-08-19T08:00:00.000Z', 'month'], as: 'dateTime', gives: '2026-08-01' },
    { args: [null, 'month'], as: 'date', gives: null },
  ],
}
