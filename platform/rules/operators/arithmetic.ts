import { Decimal } from 'decimal.js'
import { integer, join, type Sql, sql } from '../../sql/sql.js'
import { quotient, rounded } from '../decimals.js'
import { always, at, atLeast, exactly, type Operator, oneOf, type Parameter, takes, unlessNull, whenAny, wholeNumber } from '../operator.js'
import { compare, type Scalar, type Value } from '../types.js'

const number: Parameter = takes(['decimal'])
const sortable: Parameter = takes(['integer', 'decimal', 'date', 'dateTime', 'duration'], { isGrouped: true })
const places = wholeNumber(0, 16)

export const add: Operator = {
  name: '+',
  takes: atLeast(1, number),
  gives: 'decimal',
  isNullable: whenAny,
  js: unlessNull<Decimal>(args => args.reduce((sum, next) => sum.plus(next))),
  sql: args => sql`(${join(args, ' + ')})`,
  cases: [
    { args: ['0.1', '0.2'], as: 'decimal', gives: '0.3', differs: 'works in floats' },
    { args: [1, '2.5', '-4'], as: ['integer', 'decimal', 'decimal'], gives: '-0.5' },
    { args: ['99999999999999999999.0001', '0.0001'], as: 'decimal', gives: '99999999999999999999.0002', differs: 'works in floats' },
    { args: ['1', null], as: 'decimal', gives: null, differs: 'null becomes NaN' },
    { args: ['3'], as: 'decimal', gives: '3' },
  ],
}

export const subtract: Operator = {
  name: '-',
  takes: oneOf(exactly(number), exactly(number, number)),
  gives: 'decimal',
  isNullable: whenAny,
  js: unlessNull<Decimal>(args => (args.length === 1 ? at(args, 0).neg() : at(args, 0).minus(at(args, 1)))),
  sql: args => (args.length === 1 ? sql`(- ${at(args, 0)})` : sql`(${join(args, ' - ')})`),
  cases: [
    { args: ['1', '0.9'], as: 'decimal', gives: '0.1', differs: 'works in floats' },
    { args: ['2'], as: 'decimal', gives: '-2' },
    { args: ['0'], as: 'decimal', gives: '0' },
    { args: [null, '1'], as: 'decimal', gives: null, differs: 'null counts as 0' },
  ],
}

export const multiply: Operator = {
  name: '*',
  takes: atLeast(1, number),
  gives: 'decimal',
  isNullable: whenAny,
  js: unlessNull<Decimal>(args => args.reduce((product, next) => product.times(next))),
  sql: args => sql`(${join(args, ' * ')})`,
  cases: [
    { args: ['1.1', '1.1'], as: 'decimal', gives: '1.21', differs: 'works in floats' },
    { args: [3, 4, '0.5'], as: ['integer', 'integer', 'decimal'], gives: '6' },
    { args: ['-1', '0'], as: 'decimal', gives: '0' },
    { args: ['2', null], as: 'decimal', gives: null, differs: 'null becomes NaN' },
  ],
}

const isByZero = ([, divisor]: readonly Value[]): 'divisionByZero' | null =>
  divisor instanceof Decimal && divisor.isZero() ? 'divisionByZero' : null

export const divide: Operator = {
  name: '/',
  takes: exactly(number, number),
  gives: 'decimal',
  isNullable: always,
  remark: isByZero,
  js: unlessNull<Decimal>(args => quotient(at(args, 0), at(args, 1))),
  sql: ([left = sql`null`, right = sql`null`]) => sql`round(div(${left} * 1e17, nullif(${right}, 0)) * 1e-17, 16)`,
  cases: [
    { args: ['1', '4'], as: 'decimal', gives: '0.25' },
    { args: ['2', '3'], as: 'decimal', gives: '0.6666666666666667' },
    { args: ['-2', '3'], as: 'decimal', gives: '-0.6666666666666667' },
    { args: ['1', '20000000000000000'], as: 'decimal', gives: '0.0000000000000001', differs: 'keeps more decimals' },
    { args: ['1', '20000000000000001'], as: 'decimal', gives: '0', differs: 'keeps more decimals' },
    { args: ['1', '0'], as: 'decimal', gives: null, differs: 'gives Infinity' },
    { args: [null, '0'], as: 'decimal', gives: null, differs: 'gives NaN' },
  ],
}

export const remainder: Operator = {
  name: '%',
  takes: exactly(number, number),
  gives: 'decimal',
  isNullable: always,
  remark: isByZero,
  js: unlessNull<Decimal>(args => (at(args, 1).isZero() ? null : at(args, 0).mod(at(args, 1)))),
  sql: ([left = sql`null`, right = sql`null`]) => sql`(${left} % nullif(${right}, 0))`,
  cases: [
    { args: ['7', '3'], as: 'decimal', gives: '1' },
    { args: ['-7', '3'], as: 'decimal', gives: '-1' },
    { args: ['5.5', '0.3'], as: 'decimal', gives: '0.1', differs: 'works in floats' },
    { args: ['1', '0'], as: 'decimal', gives: null, differs: 'gives NaN' },
  ],
}

/** The least or greatest of values, null when one is null: the null takes the end of the line that wins, and is taken back. */
const extreme = (
  name: 'min' | 'max',
  pick: Sql,
  end: Readonly<Record<'number' | 'time', Sql>>,
  wins: (order: number) => boolean,
  gives: readonly [string, string],
): Operator => ({
  name,
  takes: atLeast(1, sortable),
  gives: 'group',
  isNullable: whenAny,
  js: unlessNull<Scalar>(args => args.reduce((best, next) => (wins(compare(next, best)) ? next : best))),
  sql: (args, { type, nullable }) => {
    if (!nullable.some(Boolean)) return sql`${pick}(${join(args)})`
    const edge = type === 'date' || type === 'dateTime' ? end.time : end.number
    const isWhole = type === 'integer' || type === 'duration'
    const ended = args.map((arg, index) => (nullable[index] ? sql`coalesce(${isWhole ? sql`(${arg})::numeric` : arg}, ${edge})` : arg))
    const picked = sql`nullif(${pick}(${join(ended)}), ${edge})`
    return isWhole ? sql`${picked}::bigint` : picked
  },
  cases: [
    { args: ['3', '-1', '2.5'], as: 'decimal', gives: gives[0] },
    { args: ['3', null], as: 'decimal', gives: null, differs: 'null counts as 0' },
    { args: ['2026-01-02', '2026-01-01'], as: 'date', gives: gives[1], differs: 'compares numbers only' },
    { args: ['2026-01-02', null], as: 'date', gives: null, differs: 'compares numbers only' },
    { args: [null, 4], as: 'integer', gives: null, differs: 'null counts as 0' },
    { args: ['PT1H', null], as: 'duration', gives: null, differs: 'compares numbers only' },
    { args: ['PT1H', 'PT60M'], as: 'duration', gives: 'PT1H', differs: 'compares numbers only' },
    { args: [4, 4], as: 'integer', gives: 4 },
  ],
})

export const min = extreme('min', sql`least`, { number: sql`'-Infinity'`, time: sql`'-infinity'` }, order => order < 0, [
  '-1',
  '2026-01-01',
])
export const max = extreme('max', sql`greatest`, { number: sql`'Infinity'`, time: sql`'infinity'` }, order => order > 0, [
  '3',
  '2026-01-02',
])

export const round: Operator = {
  name: 'round',
  takes: oneOf(exactly(number), exactly(number, places)),
  gives: 'decimal',
  isNullable: ([value = true]) => value,
  js: unlessNull<Decimal>(([value, digits]) => (value === undefined ? null : rounded(value, digits?.toNumber() ?? 0))),
  sql: ([value = sql`null`], { literals }) => sql`round(${value}, ${integer(Number(literals[1] ?? 0))})`,
  cases: [
    { args: ['2.5'], as: 'decimal', gives: '3' },
    { args: ['-2.5'], as: 'decimal', gives: '-3' },
    { args: ['1.005', 2], as: 'decimal', gives: '1.01' },
    { args: ['-0.4', 0], as: 'decimal', gives: '0' },
    { args: [null, 2], as: 'decimal', gives: null },
  ],
}

export const abs: Operator = {
  name: 'abs',
  takes: exactly(number),
  gives: 'decimal',
  isNullable: whenAny,
  js: unlessNull<Decimal>(args => at(args, 0).abs()),
  sql: args => sql`abs(${at(args, 0)})`,
  cases: [
    { args: ['-1.5'], as: 'decimal', gives: '1.5' },
    { args: [null], as: 'decimal', gives: null },
  ],
}
