import { join, sql } from '../../sql/sql.js'
import { once } from '../once.js'
import { always, at, atLeast, exactly, holds, never, type Operator, type Parameter, takes, unlessNull, whenAny } from '../operator.js'
import { isSame, type Members, scalarKinds, scalarOf, scalarTypes } from '../types.js'

const list: Parameter = takes(scalarTypes, { form: 'list', isGrouped: true })
const texts = { list: 'text' } as const
const numbers = { list: 'decimal' } as const

const has = (members: Members, value: Members[number]): boolean => value !== null && members.some(member => isSame(member, value))

/** Whether two lists have a member in common. */
export const containsAny: Operator = {
  name: 'containsAny',
  takes: exactly(list, list),
  gives: 'boolean',
  isNullable: never,
  js: holds<Members>(args => at(args, 0).some(member => has(at(args, 1), member))),
  sql: (args, { place, nullable }) => {
    const bare = sql`(${join(args, ' && ')})`
    return place === 'positive' || !nullable.some(Boolean) ? bare : sql`coalesce(${bare}, false)`
  },
  cases: [
    {
      args: [
        ['a', 'b'],
        ['b', 'c'],
      ],
      as: texts,
      gives: true,
    },
    { args: [['a'], ['b']], as: texts, gives: false },
    { args: [[], []], as: texts, gives: false },
    { args: [[null], [null]], as: texts, gives: false },
    { args: [null, ['a']], as: texts, gives: false },
    { args: [['1.50'], ['1.5']], as: numbers, gives: true },
  ],
}

/** Whether a list has every member of another; an empty member is never had. */
export const containsAll: Operator = {
  name: 'containsAll',
  takes: exactly(list, list),
  gives: 'boolean',
  isNullable: never,
  js: holds<Members>(args => at(args, 1).every(member => has(at(args, 0), member))),
  sql: (args, { place, nullable }) => {
    const bare = sql`(${join(args, ' @> ')})`
    return place === 'positive' || !nullable.some(Boolean) ? bare : sql`coalesce(${bare}, false)`
  },
  cases: [
    {
      args: [
        ['a', 'b', 'c'],
        ['c', 'a'],
      ],
      as: texts,
      gives: true,
    },
    { args: [['a'], ['a', 'b']], as: texts, gives: false },
    { args: [['a'], []], as: texts, gives: true },
    { args: [['a', null], [null]], as: texts, gives: false },
    { args: [['a'], null], as: texts, gives: false },
  ],
}

const end = (name: 'first' | 'last', gives: string): Operator => ({
  name,
  takes: exactly(list),
  gives: 'member',
  isNullable: always,
  js: unlessNull<Members>(args => at(args, 0).at(name === 'first' ? 0 : -1) ?? null),
  sql: args => (name === 'first' ? sql`(${at(args, 0)})[1]` : once(at(args, 0), value => sql`${value}[cardinality(${value})]`)),
  cases: [
    { args: [['a', 'b']], as: texts, gives },
    { args: [[]], as: texts, gives: null },
    { args: [[null]], as: texts, gives: null },
    { args: [null], as: texts, gives: null },
    { args: [['1.5']], as: numbers, gives: '1.5' },
  ],
})
export const first = end('first', 'a')
export const last = end('last', 'b')

/** The members of a list, each once, where it stands first. */
export const distinct: Operator = {
  name: 'distinct',
  takes: exactly(list),
  gives: 'group',
  isNullable: whenAny,
  js: unlessNull<Members>(args => {
    const members = at(args, 0)
    return members.filter((member, index) => members.findIndex(other => isSame(member, other)) === index)
  }),
  sql: args =>
    once(
      at(args, 0),
      value =>
        sql`case when ${value} is not null then array(select u.m from unnest(${value}) with ordinality u(m, n) group by u.m order by min(u.n)) end`,
    ),
  cases: [
    { args: [['b', 'a', 'b']], as: texts, gives: ['b', 'a'] },
    { args: [[null, 'a', null]], as: texts, gives: [null, 'a'] },
    { args: [[]], as: texts, gives: [] },
    { args: [null], as: texts, gives: null },
  ],
}

/** A list without its empty members. */
export const compact: Operator = {
  name: 'compact',
  takes: exactly(list),
  gives: 'group',
  isNullable: whenAny,
  js: unlessNull<Members>(args => at(args, 0).filter(member => member !== null)),
  sql: args => sql`array_remove(${at(args, 0)}, null)`,
  cases: [
    { args: [['a', null, 'b']], as: texts, gives: ['a', 'b'] },
    { args: [[null]], as: numbers, gives: [] },
    { args: [null], as: texts, gives: null },
  ],
}

/** Lists one after the other; an empty one adds nothing. */
export const merge: Operator = {
  name: 'merge',
  takes: atLeast(1, list),
  gives: 'group',
  isNullable: never,
  js: (args, context) => args.flatMap(read => (read(context) as Members | null) ?? []),
  sql: (args, { type }) => {
    const none = scalarKinds[scalarOf(type)].castList(sql`'{}'`)
    return sql`(${join(
      args.map(arg => sql`coalesce(${arg}, ${none})`),
      ' || ',
    )})`
  },
  cases: [
    { args: [['a'], ['b', 'a']], as: texts, gives: ['a', 'b', 'a'] },
    { args: [[], []], as: texts, gives: [] },
    { args: [['a'], null], as: texts, gives: ['a'], differs: 'null becomes a member' },
  ],
}
