import { type Sql, sql } from '../../sql/sql.js'
import { at, type CallFacts, exactly, holds, never, type Operator, type Parameter, type SqlFacts, takes } from '../operator.js'
import { compare, isMembers, isSame, orderedTypes, type Scalar, scalarKinds, scalarOf, scalarTypes, toParameter } from '../types.js'

const anything: Parameter = takes(scalarTypes, { form: 'either', isGrouped: true })
const single: Parameter = takes(scalarTypes, { isGrouped: true })
const members: Parameter = takes(scalarTypes, { form: 'list', isGrouped: true })
const ordered: Parameter = takes(orderedTypes, { isGrouped: true })

/** A comparison that is null when a side is: bare in a positive place, so that indexes serve, else never null. */
const twoValued = (bare: Sql, { place, nullable }: SqlFacts): Sql =>
  place === 'positive' || !nullable.some(Boolean) ? bare : sql`coalesce(${bare}, false)`

const isLiteral = (facts: CallFacts, index: number): boolean => facts.literals[index] !== undefined
const isNull = (facts: CallFacts, index: number): boolean => facts.literals[index] === null

/** The left side of an equality: two columns of text may have unlike collations; beside a literal the column's own serves its index. */
const comparable = (side: Sql, facts: CallFacts): Sql =>
  facts.types[0] === 'text' && !isLiteral(facts, 0) && !isLiteral(facts, 1) ? sql`${side} collate "C"` : side

const byCodePoint = (side: Sql, facts: CallFacts): Sql => (facts.types[0] === 'text' ? sql`${side} collate "C"` : side)

const equalCases = [
  { args: ['a', 'a'], as: 'text', gives: true },
  { args: ['a', 'A'], as: 'text', gives: false },
  { args: ['', null], as: 'text', gives: false },
  { args: [null, null], as: 'text', gives: true },
  { args: ['1.50', '1.5'], as: 'decimal', gives: true },
  { args: ['0.3', '0.30000000000000004'], as: 'decimal', gives: false, differs: 'keeps fewer digits' },
  { args: [5, 5], as: ['integer', 'decimal'], gives: true },
  { args: [null, '0'], as: 'decimal', gives: false },
  { args: [false, null], as: 'boolean', gives: false },
  { args: ['2026-02-28', '2026-02-28'], as: 'date', gives: true },
  { args: ['2026-02-28T10:00:00.000Z', '2026-02-28T10:00:00.001Z'], as: 'dateTime', gives: false },
  { args: ['09:30', '09:30:00'], as: 'time', gives: true, differs: 'compares texts' },
  { args: ['PT90M', 'PT1H30M'], as: 'duration', gives: true, differs: 'compares texts' },
  { args: ['P1D', 'PT24H'], as: 'duration', gives: true, differs: 'compares texts' },
  { args: ['019a0000-0000-7000-8000-000000000001', '019a0000-0000-7000-8000-000000000001'], as: 'id', gives: true },
] as const

export const equal: Operator = {
  name: '==',
  takes: exactly(anything, anything),
  gives: 'boolean',
  isNullable: never,
  js: (args, context) => isSame(at(args, 0)(context), at(args, 1)(context)),
  sql: ([left = sql`null`, right = sql`null`], facts) => {
    if (isNull(facts, 1)) return sql`(${left} is null)`
    if (isNull(facts, 0)) return sql`(${right} is null)`
    const [first, second] = facts.nullable
    const isPlain = (!first && !second) || (facts.place === 'positive' && !(first && second))
    return isPlain ? sql`(${comparable(left, facts)} = ${right})` : sql`(${comparable(left, facts)} is not distinct from ${right})`
  },
  cases: equalCases,
}

export const unequal: Operator = {
  name: '!=',
  takes: exactly(anything, anything),
  gives: 'boolean',
  isNullable: never,
  js: (args, context) => !isSame(at(args, 0)(context), at(args, 1)(context)),
  sql: ([left = sql`null`, right = sql`null`], facts) => {
    if (isNull(facts, 1)) return sql`(${left} is not null)`
    if (isNull(facts, 0)) return sql`(${right} is not null)`
    return facts.nullable.some(Boolean)
      ? sql`(${comparable(left, facts)} is distinct from ${right})`
      : sql`(${comparable(left, facts)} <> ${right})`
  },
  cases: equalCases.map(({ gives, ...example }) => ({ ...example, gives: !gives })),
}

/** A comparison by order, false when a side is null. */
const ordering = (
  name: '<' | '<=' | '>' | '>=',
  sign: Sql,
  test: (order: number) => boolean,
  gives: readonly [boolean, boolean, boolean],
): Operator => ({
  name,
  takes: exactly(ordered, ordered),
  gives: 'boolean',
  isNullable: never,
  js: holds<Scalar>(args => test(compare(at(args, 0), at(args, 1)))),
  sql: ([left = sql`null`, right = sql`null`], facts) => twoValued(sql`(${byCodePoint(left, facts)} ${sign} ${right})`, facts),
  cases: [
    { args: ['9', '10'], as: 'decimal', gives: gives[0] },
    { args: ['10', '10.0'], as: 'decimal', gives: gives[1] },
    { args: [11, 10], as: 'integer', gives: gives[2] },
    { args: [null, '1'], as: 'decimal', gives: false, ...(gives[0] ? { differs: 'null counts as 0' } : {}) },
    { args: [null, null], as: 'text', gives: false, ...(gives[1] ? { differs: 'null counts as 0' } : {}) },
    { args: ['B', 'a'], as: 'text', gives: gives[0] },
    { args: ['\uff5e', '\u{1f600}'], as: 'text', gives: gives[0], differs: 'compares UTF-16 units, not code points' },
    { args: ['2026-02-01', '2026-01-31'], as: 'date', gives: gives[2] },
    { args: ['2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.001Z'], as: 'dateTime', gives: gives[0] },
    { args: ['09:30:00', '10:00:00'], as: 'time', gives: gives[0] },
    { args: ['PT9M', 'PT10M'], as: 'duration', gives: gives[0], differs: 'compares texts' },
  ],
})

export const less = ordering('<', sql`<`, order => order < 0, [true, false, false])
export const lessOrEqual = ordering('<=', sql`<=`, order => order <= 0, [true, true, false])
export const greater = ordering('>', sql`>`, order => order > 0, [false, false, true])
export const greaterOrEqual = ordering('>=', sql`>=`, order => order >= 0, [false, true, true])

export const between: Operator = {
  name: 'between',
  takes: exactly(ordered, ordered, ordered),
  gives: 'boolean',
  isNullable: never,
  js: holds<Scalar>(args => compare(at(args, 0), at(args, 1)) >= 0 && compare(at(args, 0), at(args, 2)) <= 0),
  sql: ([value = sql`null`, from = sql`null`, to = sql`null`], facts) =>
    twoValued(sql`(${byCodePoint(value, facts)} between ${from} and ${to})`, facts),
  cases: [
    { args: ['1', '1', '2'], as: 'decimal', gives: true },
    { args: ['2', '1', '2'], as: 'decimal', gives: true },
    { args: ['2.01', '1', '2'], as: 'decimal', gives: false },
    { args: [null, '1', '2'], as: 'decimal', gives: false },
    { args: ['1', '2', null], as: 'decimal', gives: false },
    { args: ['2026-03-01', '2026-02-28', '2026-03-31'], as: 'date', gives: true },
    { args: ['b', 'B', 'a'], as: 'text', gives: false },
  ],
}

/** Whether a value is one of a list; null is one only where null stands in the list. */
export const isIn: Operator = {
  name: 'in',
  takes: exactly(single, members),
  gives: 'boolean',
  isNullable: never,
  js: (args, context) => {
    const list = at(args, 1)(context)
    const value = at(args, 0)(context)
    return isMembers(list) && list.some(member => isSame(member, value))
  },
  sql: ([value = sql`null`, list = sql`null`], facts) => {
    const written = facts.literals[1]
    if (written === undefined) return isInList(value, list, facts)
    if (written === null || !isMembers(written)) return sql`false`
    const present = written.filter(member => member !== null)
    if (present.length === 0) return written.length > 0 ? sql`(${value} is null)` : sql`false`
    const isOne = sql`(${value} = any(${scalarKinds[scalarOf(facts.types[0] ?? 'text')].castList(present.map(toParameter))}))`
    return present.length < written.length
      ? sql`coalesce(${isOne}, true)`
      : twoValued(isOne, { ...facts, nullable: facts.nullable.slice(0, 1) })
  },
  cases: [
    { args: ['b', ['a', 'b']], as: ['text', { list: 'text' }], gives: true },
    { args: ['c', ['a', 'b']], as: ['text', { list: 'text' }], gives: false },
    { args: ['c', []], as: ['text', { list: 'text' }], gives: false },
    { args: [null, ['a']], as: ['text', { list: 'text' }], gives: false },
    { args: [null, ['a', null]], as: ['text', { list: 'text' }], gives: true },
    { args: [null, [null]], as: ['text', { list: 'text' }], gives: true },
    { args: ['a', null], as: ['text', { list: 'text' }], gives: false },
    { args: ['2.50', ['1', '2.5']], as: ['decimal', { list: 'decimal' }], gives: true },
    { args: ['2026-01-01', ['2026-01-01']], as: ['date', { list: 'date' }], gives: true },
  ],
}

/** Membership in a list column (whose index serves `@>`) or in a list with computed members, which may hold null. */
const isInList = (value: Sql, list: Sql, facts: SqlFacts): Sql => {
  if (isLiteral(facts, 0) && !isNull(facts, 0)) return twoValued(sql`(${list} @> array[${value}])`, facts)
  return sql`(array_position(${list}, ${byCodePoint(value, facts)}) is not null)`
}
