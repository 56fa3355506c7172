import { join, sql } from '../../sql/sql.js'
import { at, atLeast, exactly, never, type Operator, type Parameter, takes } from '../operator.js'
import { isList, isMembers, scalarTypes } from '../types.js'

const grouped: Parameter = takes(scalarTypes, { form: 'either', isGrouped: true })
const anything: Parameter = takes(scalarTypes, { form: 'either' })

/** The first value that is not null. */
export const coalesce: Operator = {
  name: 'coalesce',
  takes: atLeast(1, grouped),
  gives: 'group',
  isNullable: nullable => nullable.every(Boolean),
  js: (args, context) => {
    for (const read of args) {
      const value = read(context)
      if (value !== null) return value
    }
    return null
  },
  sql: args => sql`coalesce(${join(args)})`,
  cases: [
    { args: [null, 'a', 'b'], as: 'text', gives: 'a' },
    { args: [null, '0'], as: 'decimal', gives: '0' },
    { args: [null, null], as: 'date', gives: null },
    { args: [null, false], as: 'boolean', gives: false },
    { args: ['', 'a'], as: 'text', gives: '' },
  ],
}

/** Whether there is nothing: null, an empty text, a list without members. */
export const isEmpty: Operator = {
  name: 'isEmpty',
  takes: exactly(anything),
  gives: 'boolean',
  isNullable: never,
  js: (args, context) => {
    const value = at(args, 0)(context)
    return value === null || value === '' || (isMembers(value) && value.length === 0)
  },
  sql: ([value = sql`null`], { types: [type = 'text'] }) => {
    if (isList(type)) return sql`(coalesce(cardinality(${value}), 0) = 0)`
    return type === 'text' ? sql`(coalesce(${value}, '') = '')` : sql`(${value} is null)`
  },
  cases: [
    { args: [null], as: 'decimal', gives: true },
    { args: ['0'], as: 'decimal', gives: false },
    { args: [''], as: 'text', gives: true },
    { args: [' '], as: 'text', gives: false },
    { args: [false], as: 'boolean', gives: false },
    { args: [[]], as: { list: 'text' }, gives: true },
    { args: [['a']], as: { list: 'text' }, gives: false },
    { args: [null], as: { list: 'text' }, gives: true },
  ],
}
