import type { Decimal } from 'decimal.js'
import { dayIn } from '../days.js'
import { exact } from '../decimals.js'
import { always, at, exactly, never, type Operator, type RuleContext, takes, unlessNull, whenAny } from '../operator.js'
import type { Scalar } from '../types.js'
import { workdaysBetween as count, addWorkdays as shift, isWorkday as test } from '../workdays.js'
import { zoneOf } from './dates.js'

const time = takes(['date', 'dateTime'])
const dayOf = (value: Scalar | undefined, context: RuleContext): string => dayIn(String(value), zoneOf(context))

/** Whether people work on a day, by the calendar of the context; false when there is no day. */
export const isWorkday: Operator = {
  name: 'isWorkday',
  takes: exactly(time),
  gives: 'boolean',
  isNullable: never,
  js: (args, context) => {
    const value = at(args, 0)(context)
    return value !== null && test(dayOf(value as Scalar, context), context.calendar)
  },
  sql: null,
  cases: [
    { args: ['2026-08-14'], as: 'date', gives: true },
    { args: ['2026-08-15T12:00:00.000Z'], as: 'dateTime', gives: false },
    { args: [null], as: 'date', gives: false },
  ],
}

/** Workdays from the first day up to, and without, the second. */
export const workdaysBetween: Operator = {
  name: 'workdaysBetween',
  takes: exactly(time, time),
  gives: 'decimal',
  isNullable: whenAny,
  js: unlessNull<string>((args, context) => exact(count(dayOf(at(args, 0), context), dayOf(at(args, 1), context), context.calendar))),
  sql: null,
  cases: [
    { args: ['2026-08-14', '2026-08-17'], as: 'date', gives: '1' },
    { args: ['2026-08-17', '2026-08-14'], as: 'date', gives: '-1' },
    { args: ['2026-01-01', '2027-01-01'], as: 'date', gives: '261' },
    { args: ['2026-08-15', '2026-08-15'], as: 'date', gives: '0' },
    { args: ['2026-08-15', null], as: 'date', gives: null },
  ],
}

/** The day so many workdays later; null when there is none within some 50 years. */
export const addWorkdays: Operator = {
  name: 'addWorkdays',
  takes: exactly(time, takes(['decimal'])),
  gives: 'date',
  isNullable: always,
  js: unlessNull<Scalar>(([value, days], context) => {
    const whole = (days as Decimal).trunc()
    return whole.abs().gt(20_000) ? null : shift(dayOf(value, context), whole.toNumber(), context.calendar)
  }),
  sql: null,
  cases: [
    { args: ['2026-08-14', 1], as: ['date', 'integer'], gives: '2026-08-17' },
    { args: ['2026-08-17', -1], as: ['date', 'integer'], gives: '2026-08-14' },
    { args: ['2026-08-15', '0.9'], as: ['date', 'decimal'], gives: '2026-08-15' },
    { args: ['2026-08-15', '1000000'], as: ['date', 'decimal'], gives: null },
    { args: ['9999-12-31', 1], as: ['date', 'integer'], gives: null },
    { args: [null, '1'], as: ['date', 'decimal'], gives: null },
  ],
}
