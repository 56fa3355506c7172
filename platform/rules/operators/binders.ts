import { Decimal } from 'decimal.js'
import { DefinitionError, issue } from '../../errors.js'
import { type Sql, sql } from '../../sql/sql.js'
import type { Binder, BinderCase, Bound, BoundSql } from '../binder.js'
import { decimalToText, exact, quotient } from '../decimals.js'
import { condition, takes } from '../operator.js'
import { compare, isMembers, type Members, type Scalar, scalarOf, scalarTypes, type Value } from '../types.js'

const numbers = { list: 'decimal' } as const
const isPositive = { '>': [{ var: '' }, 0] }
const example = (list: readonly unknown[] | null, body: readonly unknown[], gives: unknown, type: BinderCase['type']): BinderCase => ({
  list,
  as: numbers,
  body,
  gives,
  type,
})

const holds = ({ value }: Bound): boolean => value() === true

/** A question whether rows with a property are there; an empty answer of the body counts as no. */
const question = (
  name: 'some' | 'every' | 'none',
  js: (bound: readonly Bound[]) => boolean,
  write: (exists: (test: Sql) => Sql, body: Sql) => Sql,
  gives: readonly [boolean, boolean, boolean, boolean],
): Binder => ({
  name,
  body: condition,
  place: name === 'every' ? 'negated' : 'positive',
  hasStart: false,
  isForLists: false,
  gives: 'boolean',
  isNullable: false,
  js,
  sql: ({ select, body }) => write(test => sql`exists (${select(sql``, test)})`, body),
  cases: [
    example(['1', '2'], [isPositive], gives[0], 'boolean'),
    example(['-1', '1'], [isPositive], gives[1], 'boolean'),
    example(['-1', null], [isPositive], gives[2], 'boolean'),
    example([], [isPositive], gives[3], 'boolean'),
    example(null, [isPositive], gives[3], 'boolean'),
  ],
})

export const some = question(
  'some',
  bound => bound.some(holds),
  (exists, body) => exists(body),
  [true, true, false, false],
)
export const every = question(
  'every',
  bound => bound.every(holds),
  (exists, body) => sql`(not ${exists(sql`not ${body}`)})`,
  [true, false, false, true],
)
export const none = question(
  'none',
  bound => !bound.some(holds),
  (exists, body) => sql`(not ${exists(body)})`,
  [false, false, true, true],
)

/** How many there are, or for how many the body holds. */
export const count: Binder = {
  name: 'count',
  body: condition,
  withoutBody: true,
  place: 'positive',
  hasStart: false,
  isForLists: false,
  gives: 'decimal',
  isNullable: false,
  js: bound => exact(bound.filter(holds).length),
  sql: ({ select, body }) => sql`(${select(sql`count(*)`, body)})::numeric`,
  cases: [
    example(['1', null, '1'], [], '3', 'decimal'),
    example(['1', null, '-1'], [isPositive], '1', 'decimal'),
    example(null, [], '0', 'decimal'),
  ],
}

const numbersOf = (bound: readonly Bound[]): Decimal[] => bound.map(({ value }) => value()).filter(value => value instanceof Decimal)
/** What the body gives, as rows of their own: an aggregate right over values of the record around would be one of its query. */
const bodies = ({ select, body }: BoundSql): Sql => sql`(${select(sql`${body} as v`)}) a`
const total = (values: readonly Decimal[]): Decimal => values.reduce((sum, next) => sum.plus(next), exact(0))
const itself = { var: '' }
const number = { body: takes(['decimal']), withoutBody: itself, place: 'value', hasStart: false, isForLists: false } as const

/** The sum of what the body gives; empty values are left out, of none it is 0. */
export const sum: Binder = {
  ...number,
  name: 'sum',
  gives: 'decimal',
  isNullable: false,
  js: bound => total(numbersOf(bound)),
  sql: bound => sql`(select coalesce(sum(a.v), 0) from ${bodies(bound)})`,
  cases: [
    example(['0.1', null, '0.2'], [], '0.3', 'decimal'),
    example(['1', '2'], [{ '*': [{ var: '' }, 10] }], '30', 'decimal'),
    example([], [], '0', 'decimal'),
    example(null, [], '0', 'decimal'),
  ],
}

/** The average of what the body gives, as a quotient; empty values are left out, of none it is empty. */
export const avg: Binder = {
  ...number,
  name: 'avg',
  gives: 'decimal',
  isNullable: true,
  js: bound => {
    const values = numbersOf(bound)
    return quotient(total(values), exact(values.length))
  },
  sql: bound => sql`(select round(div(sum(a.v) * 1e17, nullif(count(a.v), 0)::numeric) * 1e-17, 16) from ${bodies(bound)})`,
  cases: [
    example(['1', null, '2'], [], '1.5', 'decimal'),
    example(['1', '1', '0'], [], '0.6666666666666667', 'decimal'),
    example([null], [], null, 'decimal'),
  ],
}

/** The least or greatest of what the body gives; empty values are left out, of none it is empty. */
const extreme = (name: 'minOf' | 'maxOf', aggregate: Sql, wins: (order: number) => boolean, gives: readonly [string, string]): Binder => ({
  name,
  body: takes(['integer', 'decimal', 'date', 'time', 'dateTime', 'duration']),
  withoutBody: itself,
  place: 'value',
  hasStart: false,
  isForLists: false,
  gives: 'body',
  isNullable: true,
  js: bound =>
    bound
      .map(({ value }) => value())
      .filter((value): value is Scalar => value !== null && !isMembers(value))
      .reduce<Scalar | null>((best, next) => (best === null || wins(compare(next, best)) ? next : best), null),
  sql: bound => sql`(select ${aggregate}(a.v) from ${bodies(bound)})`,
  cases: [
    example(['2', null, '10'], [], gives[0], 'decimal'),
    { list: ['2026-02-01', '2026-01-31'], as: { list: 'date' }, body: [], gives: gives[1], type: 'date' },
    example([], [], null, 'decimal'),
  ],
})

export const minOf = extreme('minOf', sql`min`, order => order < 0, ['2', '2026-01-31'])
export const maxOf = extreme('maxOf', sql`max`, order => order > 0, ['10', '2026-02-01'])

/** What the body gives for each, in order. */
export const map: Binder = {
  name: 'map',
  body: takes(scalarTypes),
  place: 'value',
  hasStart: false,
  isForLists: false,
  gives: 'bodies',
  isNullable: false,
  js: bound => bound.map(({ value }) => value()) as Members,
  sql: ({ select, body, order }) => sql`array(${select(body)} order by ${order})`,
  cases: [
    example(['1', null, '2'], [{ '+': [{ var: '' }, 1] }], ['2', null, '3'], numbers),
    example([], [{ var: '' }], [], numbers),
    example(null, [{ var: '' }], [], numbers),
  ],
}

/** The members of a list for which the body holds, in order. */
export const filter: Binder = {
  name: 'filter',
  body: condition,
  place: 'positive',
  hasStart: false,
  isForLists: true,
  gives: 'list',
  isNullable: false,
  js: bound => bound.filter(holds).map(({ own }) => own) as Members,
  sql: ({ select, body, own, order }) => sql`array(${select(own, body)} order by ${order})`,
  cases: [example(['1', '-1', null, '2'], [isPositive], ['1', '2'], numbers), example(null, [isPositive], [], numbers)],
}

/** What is gathered may be so long; a longer one is an error, not a wait. */
const longestGathered = 10_000

const bounded = (value: Value): Value => {
  const size = value instanceof Decimal ? decimalToText(value).length : typeof value === 'string' ? value.length : 0
  if (size > longestGathered) throw new DefinitionError([issue('RULE_TOO_LONG', '')])
  return value
}

/** A value gathered from one to the next: the body sees `current` and `accumulator`, which begins as the start. */
export const reduce: Binder = {
  name: 'reduce',
  body: takes(scalarTypes),
  place: 'value',
  hasStart: true,
  isForLists: false,
  gives: 'body',
  isNullable: true,
  js: (bound, start) => bound.reduce<Value>((gathered, { value }) => bounded(value(gathered)), start),
  sql: null,
  cases: [
    example(['1', '2', '3'], [{ '*': [{ var: 'accumulator' }, { var: 'current' }] }, 2], '12', 'decimal'),
    example([], [{ '+': [{ var: 'accumulator' }, { var: 'current' }] }, 7], '7', 'decimal'),
    {
      list: ['a', 'b'],
      as: { list: 'text' },
      body: [{ cat: [{ var: 'current' }, { var: 'accumulator' }] }, ''],
      gives: 'ba',
      type: 'text',
    },
  ],
}

/** The type of what a binder gives. */
export const typeOfBound = ({ gives }: Binder, body: BinderCase['type'], list: BinderCase['type'] | null): BinderCase['type'] =>
  gives === 'body' ? body : gives === 'bodies' ? { list: scalarOf(body) } : gives === 'list' ? (list ?? body) : gives
