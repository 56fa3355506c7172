import type { Decimal } from 'decimal.js'
import { integer, join, type Sql, sql } from '../../sql/sql.js'
import { decimalOf, decimalToText, exact } from '../decimals.js'
import { once } from '../once.js'
import { always, at, exactly, type Operator, takes, unlessNull, whenAny, wholeNumber } from '../operator.js'

const number = takes(['decimal'])

const toWhole = (name: string, js: (value: Decimal) => Decimal, sqlName: Sql, gives: readonly [string, string]): Operator => ({
  name,
  takes: exactly(number),
  gives: 'decimal',
  isNullable: whenAny,
  js: unlessNull<Decimal>(args => js(at(args, 0))),
  sql: args => sql`${sqlName}(${at(args, 0)})`,
  cases: [
    { args: ['1.2'], as: 'decimal', gives: gives[0] },
    { args: ['-1.7'], as: 'decimal', gives: gives[1] },
    { args: ['-0'], as: 'decimal', gives: '0' },
    { args: [3], as: 'integer', gives: '3' },
    { args: [null], as: 'decimal', gives: null },
  ],
})

export const ceil = toWhole('ceil', value => value.ceil(), sql`ceil`, ['2', '-1'])
export const floor = toWhole('floor', value => value.floor(), sql`floor`, ['1', '-2'])

/** A power may have so many digits; one with more is empty. */
const longestPower = 300

const digitsOf = (value: Decimal): number => decimalToText(value.abs()).replace('.', '').length

/** A whole power, exact; null where it would have over 300 digits. */
export const power: Operator = {
  name: 'power',
  takes: exactly(number, wholeNumber(0, 20)),
  gives: 'decimal',
  isNullable: always,
  js: unlessNull<Decimal>(args => {
    const [base, exponent] = [at(args, 0), at(args, 1).toNumber()]
    if (digitsOf(base) * exponent > longestPower) return null
    return Array.from({ length: exponent }, () => base).reduce((product, factor) => product.times(factor), exact(1))
  }),
  sql: ([base = sql`null`], { literals }) => {
    const exponent = Number(literals[1] ?? 0)
    return once(base, value => {
      const digits = sql`length(replace(trim_scale(abs(${value}))::text, '.', '')) * ${integer(exponent)}`
      const product = join([sql`1::numeric`, ...Array.from({ length: exponent }, () => value)], ' * ')
      return sql`case when ${digits} <= ${integer(longestPower)} then ${product} end`
    })
  },
  cases: [
    { args: ['1.1', 3], as: 'decimal', gives: '1.331' },
    { args: ['-2', 3], as: 'decimal', gives: '-8' },
    { args: ['0', 0], as: 'decimal', gives: '1' },
    { args: ['12345678901234567890', 20], as: 'decimal', gives: null },
    { args: [null, 2], as: 'decimal', gives: null },
  ],
}

/** The number that a text writes (digits, a point, a minus); null when it writes none. */
export const numberOf: Operator = {
  name: 'number',
  takes: exactly(takes(['text'])),
  gives: 'decimal',
  isNullable: always,
  js: unlessNull<string>(args => decimalOf(at(args, 0))),
  sql: args => once(at(args, 0), text => sql`case when ${text} ~ '^-?[0-9]{1,60}([.][0-9]{1,60})?$' then ${text}::numeric end`),
  cases: [
    { args: ['-12.50'], as: 'text', gives: '-12.5' },
    { args: ['1,000'], as: 'text', gives: null },
    { args: [''], as: 'text', gives: null },
    { args: ['1\n'], as: 'text', gives: null },
    { args: ['٣'], as: 'text', gives: null },
    { args: [null], as: 'text', gives: null },
  ],
}
