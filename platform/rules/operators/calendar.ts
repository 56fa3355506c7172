import type { Decimal } from 'decimal.js'
import { literal, type Sql, sql } from '../../sql/sql.js'
import { type CalendarUnit, calendarUnits, dayIn, endOf as endOfUnit, monthsBetween, partOf, addMonths as shift } from '../days.js'
import { exact } from '../decimals.js'
import { once, onceBoth } from '../once.js'
import { always, at, exactly, type Operator, oneWordOf, takes, unlessNull, whenAny } from '../operator.js'
import type { Scalar } from '../types.js'
import { day, zoneOf } from './dates.js'

const time = takes(['date', 'dateTime'])
const number = takes(['decimal'])

/** A date later by whole months, at the end of the month where it has no such day; null outside of the years 1 to 9999. */
export const addMonths: Operator = {
  name: 'addMonths',
  takes: exactly(time, number),
  gives: 'date',
  isNullable: always,
  js: unlessNull<Scalar>(([value, months], context) => {
    const count = (months as Decimal).trunc()
    return count.abs().gt(200_000) ? null : shift(dayIn(String(value), zoneOf(context)), count.toNumber())
  }),
  sql: ([value = sql`null`, months = sql`null`], facts) =>
    onceBoth(day(value, facts.types[0], facts), sql`least(greatest(trunc(${months}), -200000), 200000)::integer`, (from, count) => {
      const index = sql`extract(year from ${from}) * 12 + extract(month from ${from}) - 1 + ${count}`
      return sql`case when ${index} between 12 and 119999 then (${from} + make_interval(months => ${count}))::date end`
    }),
  cases: [
    { args: ['2026-01-31', 1], as: ['date', 'integer'], gives: '2026-02-28' },
    { args: ['2024-01-31', '1.9'], as: ['date', 'decimal'], gives: '2024-02-29' },
    { args: ['2026-03-31', '-1'], as: ['date', 'decimal'], gives: '2026-02-28' },
    { args: ['2024-02-29', 12], as: ['date', 'integer'], gives: '2025-02-28' },
    { args: ['2026-01-31T23:00:00.000Z', 1], as: ['dateTime', 'integer'], gives: '2026-02-28' },
    { args: ['9999-12-01', 1], as: ['date', 'integer'], gives: null },
    { args: ['0001-01-31', -1], as: ['date', 'integer'], gives: null },
    { args: ['2026-01-01', '1000000000000000000000'], as: ['date', 'decimal'], gives: null },
    { args: ['2026-01-01', null], as: ['date', 'decimal'], gives: null },
  ],
}

/** The last day of the unit that a date lies in. */
export const endOf: Operator = {
  name: 'endOf',
  takes: exactly(time, oneWordOf(calendarUnits)),
  gives: 'date',
  isNullable: always,
  js: unlessNull<string>((args, context) => endOfUnit(dayIn(at(args, 0), zoneOf(context)), at(args, 1) as CalendarUnit)),
  sql: ([value = sql`null`], facts) => {
    const unit = String(facts.literals[1])
    const span = literal(unit === 'quarter' ? '3 months' : `1 ${unit}`)
    const ends = sql`(date_trunc(${literal(unit)}, ${day(value, facts.types[0], facts)}::timestamp) + interval ${span} - interval '1 day')::date`
    return once(ends, end => sql`case when ${end} <= date '9999-12-31' then ${end} end`)
  },
  cases: [
    { args: ['2026-08-19', 'day'], as: 'date', gives: '2026-08-19' },
    { args: ['2026-08-16', 'week'], as: 'date', gives: '2026-08-16' },
    { args: ['2024-02-03', 'month'], as: 'date', gives: '2024-02-29' },
    { args: ['2026-08-19', 'quarter'], as: 'date', gives: '2026-09-30' },
    { args: ['9999-12-31', 'year'], as: 'date', gives: '9999-12-31' },
    { args: ['9999-12-31', 'week'], as: 'date', gives: null },
    { args: [null, 'month'], as: 'date', gives: null },
  ],
}

/** A number that a date has in its calendar. */
const part = (name: 'dayOfWeek' | 'week' | 'quarter', field: Sql, gives: readonly [string, string]): Operator => ({
  name,
  takes: exactly(time),
  gives: 'decimal',
  isNullable: whenAny,
  js: unlessNull<string>((args, context) => exact(partOf(dayIn(at(args, 0), zoneOf(context)), name))),
  sql: ([value = sql`null`], facts) => sql`extract(${field} from ${day(value, facts.types[0], facts)})`,
  cases: [
    { args: ['2026-08-16'], as: 'date', gives: gives[0] },
    { args: ['2027-01-01'], as: 'date', gives: gives[1] },
    { args: ['2026-08-16T12:00:00.000Z'], as: 'dateTime', gives: gives[0] },
    { args: [null], as: 'date', gives: null },
  ],
})

export const dayOfWeek = part('dayOfWeek', sql`isodow`, ['7', '5'])
export const week = part('week', sql`week`, ['33', '53'])
export const quarter = part('quarter', sql`quarter`, ['3', '1'])

const monthsOf = (date: Sql): Sql => sql`extract(year from ${date}) * 12 + extract(month from ${date})`

/** Whole units of months from the first to the second: a unit is whole when the day of the month is reached. */
const difference = (name: 'diffMonths' | 'diffYears', months: number, gives: readonly [string, string, string]): Operator => ({
  name,
  takes: exactly(time, time),
  gives: 'decimal',
  isNullable: whenAny,
  js: unlessNull<string>((args, context) => {
    const between = monthsBetween(dayIn(at(args, 0), zoneOf(context)), dayIn(at(args, 1), zoneOf(context)))
    return exact(Math.trunc(between / months))
  }),
  sql: ([from = sql`null`, to = sql`null`], facts) =>
    onceBoth(day(from, facts.types[0], facts), day(to, facts.types[1], facts), (first, second) => {
      const days = sql`extract(day from ${second}) - extract(day from ${first})`
      const short = sql`case when ${second} >= ${first} and ${days} < 0 then -1 when ${second} < ${first} and ${days} > 0 then 1 else 0 end`
      return sql`div(${monthsOf(second)} - (${monthsOf(first)}) + ${short}, ${literal(String(months))}::numeric)`
    }),
  cases: [
    { args: ['2026-01-15', '2027-02-14'], as: 'date', gives: gives[0] },
    { args: ['2027-02-14', '2026-01-15'], as: 'date', gives: gives[1] },
    { args: ['2026-01-15', '2027-02-15'], as: 'date', gives: gives[2] },
    { args: ['2026-01-31', '2026-02-28'], as: 'date', gives: '0' },
    { args: ['2026-01-01', '2026-01-01T09:00:00.000Z'], as: ['date', 'dateTime'], gives: '0' },
    { args: ['2026-01-01', null], as: 'date', gives: null },
  ],
})

export const diffMonths = difference('diffMonths', 1, ['12', '-12', '13'])
export const diffYears = difference('diffYears', 12, ['1', '-1', '1'])
