import type { Decimal } from 'decimal.js'
import { literal, type Sql, sql } from '../../sql/sql.js'
import { exact } from '../decimals.js'
import { longestDuration } from '../durations.js'
import { addSeconds, instantAt, secondsBetween, timeIn } from '../instants.js'
import { once, onceBoth } from '../once.js'
import { always, at, exactly, type Operator, takes, unlessNull, whenAny } from '../operator.js'
import type { Scalar } from '../types.js'
import { zoneOf } from './dates.js'

const instant = takes(['dateTime'])
const duration = takes(['duration'])

const inYears = (epoch: Sql): Sql => sql`${epoch} between -62135596800 and 253402300799.999`

/** An instant later by a duration; null outside of the years 1 to 9999. */
export const addDuration: Operator = {
  name: 'addDuration',
  takes: exactly(instant, duration),
  gives: 'dateTime',
  isNullable: always,
  js: unlessNull<Scalar>(([value, span]) => addSeconds(String(value), (span as Decimal).toNumber())),
  sql: ([value = sql`null`, span = sql`null`]) =>
    onceBoth(
      value,
      span,
      (from, seconds) =>
        sql`case when ${inYears(sql`extract(epoch from ${from}) + ${seconds}`)} then ${from} + make_interval(secs => ${seconds}) end`,
    ),
  cases: [
    { args: ['2026-01-01T23:30:00.500Z', 'PT45M'], as: ['dateTime', 'duration'], gives: '2026-01-02T00:15:00.500Z' },
    { args: ['2026-01-01T00:00:00.000Z', '-PT1S'], as: ['dateTime', 'duration'], gives: '2025-12-31T23:59:59.000Z' },
    { args: ['9999-12-31T23:59:59.000Z', 'PT1S'], as: ['dateTime', 'duration'], gives: null },
    { args: ['0001-01-01T00:00:00.000Z', '-PT200000000H'], as: ['dateTime', 'duration'], gives: null },
    { args: ['2026-01-01T00:00:00.000Z', null], as: ['dateTime', 'duration'], gives: null },
  ],
}

/** The duration from the first instant to the second, in whole seconds. */
export const elapsed: Operator = {
  name: 'elapsed',
  takes: exactly(instant, instant),
  gives: 'duration',
  isNullable: whenAny,
  js: unlessNull<string>(args => exact(secondsBetween(at(args, 0), at(args, 1)))),
  sql: ([from = sql`null`, to = sql`null`]) => sql`trunc(extract(epoch from ${to} - ${from}))::bigint`,
  cases: [
    { args: ['2026-01-01T00:00:00.000Z', '2026-01-02T01:00:00.999Z'], as: 'dateTime', gives: 'PT25H' },
    { args: ['2026-01-01T00:00:01.500Z', '2026-01-01T00:00:00.000Z'], as: 'dateTime', gives: '-PT1S' },
    { args: [null, '2026-01-01T00:00:00.000Z'], as: 'dateTime', gives: null },
  ],
}

/** The seconds of a duration. */
export const seconds: Operator = {
  name: 'seconds',
  takes: exactly(duration),
  gives: 'decimal',
  isNullable: whenAny,
  js: unlessNull<Scalar>(args => at(args, 0)),
  sql: args => sql`(${at(args, 0)})::numeric`,
  cases: [
    { args: ['-PT1H1S'], as: 'duration', gives: '-3601' },
    { args: [null], as: 'duration', gives: null },
  ],
}

/** The duration of so many seconds, a part of one cut off; null where it would be longer than a duration may be. */
export const ofSeconds: Operator = {
  name: 'duration',
  takes: exactly(takes(['decimal'])),
  gives: 'duration',
  isNullable: always,
  js: unlessNull<Decimal>(args => (at(args, 0).trunc().abs().gt(longestDuration) ? null : at(args, 0).trunc())),
  sql: args =>
    once(
      sql`trunc(${at(args, 0)})`,
      value => sql`case when abs(${value}) <= ${literal(String(longestDuration))} then ${value}::bigint end`,
    ),
  cases: [
    { args: ['5400.9'], as: 'decimal', gives: 'PT1H30M' },
    { args: ['-0.5'], as: 'decimal', gives: 'PT0S' },
    { args: ['1000000000000'], as: 'decimal', gives: null },
    { args: [null], as: 'decimal', gives: null },
  ],
}

/** The time of day of an instant, in the zone of whoever asks. */
export const timeOf: Operator = {
  name: 'timeOf',
  takes: exactly(instant),
  gives: 'time',
  isNullable: whenAny,
  js: unlessNull<string>((args, context) => timeIn(at(args, 0), zoneOf(context))),
  sql: (args, { timeZone }) => sql`date_trunc('second', ${at(args, 0)} at time zone ${timeZone})::time`,
  cases: [
    { args: ['2026-01-01T23:59:59.999Z'], as: 'dateTime', gives: '23:59:59' },
    { args: [null], as: 'dateTime', gives: null },
  ],
}

/** The instant of a date and a time of day, in the zone of whoever asks; null outside of the years 1 to 9999. */
export const instantOf: Operator = {
  name: 'dateTime',
  takes: exactly(takes(['date']), takes(['time'])),
  gives: 'dateTime',
  isNullable: always,
  js: unlessNull<string>((args, context) => instantAt(at(args, 0), at(args, 1), zoneOf(context))),
  sql: ([date = sql`null`, time = sql`null`], { timeZone }) =>
    once(
      sql`((${date} + ${time}) at time zone ${timeZone})`,
      value => sql`case when ${inYears(sql`extract(epoch from ${value})`)} then ${value} end`,
    ),
  cases: [
    { args: ['2026-01-31', '09:30'], as: ['date', 'time'], gives: '2026-01-31T09:30:00.000Z' },
    { args: ['2026-01-31', null], as: ['date', 'time'], gives: null },
  ],
}

const clockPart = (name: 'hour' | 'minute', field: Sql, place: readonly [number, number], gives: string): Operator => ({
  name,
  takes: exactly(takes(['time', 'dateTime'])),
  gives: 'decimal',
  isNullable: whenAny,
  js: unlessNull<string>((args, context) => {
    const value = at(args, 0)
    return exact(Number((value.length === 8 ? value : timeIn(value, zoneOf(context))).slice(...place)))
  }),
  sql: ([value = sql`null`], { types, timeZone }) =>
    sql`extract(${field} from ${types[0] === 'dateTime' ? sql`${value} at time zone ${timeZone}` : value})`,
  cases: [
    { args: ['09:05:59'], as: 'time', gives },
    { args: ['2026-01-31T09:05:59.999Z'], as: 'dateTime', gives },
    { args: [null], as: 'dateTime', gives: null },
  ],
})

export const hour = clockPart('hour', sql`hour`, [0, 2], '9')
export const minute = clockPart('minute', sql`minute`, [3, 5], '5')
