import { integer, join, literal, type Sql, sql } from '../../sql/sql.js'
import { exact } from '../decimals.js'
import {
  at,
  atLeast,
  exactly,
  holds,
  never,
  type Operator,
  type Parameter,
  type SqlFacts,
  takes,
  unlessNull,
  whenAny,
} from '../operator.js'
import { type Scalar, scalarKinds, scalarOf, scalarTypes, textOf } from '../types.js'

const text: Parameter = takes(['text'])
const writable: Parameter = takes(scalarTypes)

/** Upper and lower case by the full tables of Unicode, which JavaScript and ICU share; the result compares by code point again. */
const cased = (shape: Sql, value: Sql): Sql => sql`${shape}(${value} collate "und-x-icu") collate "C"`

export const cat: Operator = {
  name: 'cat',
  takes: atLeast(1, writable),
  gives: 'text',
  isNullable: whenAny,
  js: unlessNull<Scalar>((args, _, { types }) => args.map((value, index) => textOf(value, types[index] ?? 'text')).join('')),
  sql: (args, { types }) =>
    sql`(${join(
      args.map((arg, index) => scalarKinds[scalarOf(types[index] ?? 'text')].toText(arg)),
      ' || ',
    )})`,
  cases: [
    { args: ['商', '机 ', '😀'], as: 'text', gives: '商机 😀' },
    { args: ['n=', '1.50'], as: ['text', 'decimal'], gives: 'n=1.5' },
    { args: ['n=', 7, ' ', true], as: ['text', 'integer', 'text', 'boolean'], gives: 'n=7 true' },
    {
      args: ['2026-01-31', ' ', '2026-01-31T10:00:00.050Z'],
      as: ['date', 'text', 'dateTime'],
      gives: '2026-01-31 2026-01-31T10:00:00.050Z',
    },
    { args: ['019a0000-0000-7000-8000-000000000001'], as: 'id', gives: '019a0000-0000-7000-8000-000000000001' },
    { args: ['09:05', ' ', 'PT90M'], as: ['time', 'text', 'duration'], gives: '09:05:00 PT1H30M', differs: 'knows no durations' },
    { args: ['P1D', '-PT61S', 'PT0S'], as: 'duration', gives: 'PT24H-PT1M1SPT0S', differs: 'knows no durations' },
    { args: ['a', null], as: 'text', gives: null, differs: 'null becomes an empty text' },
  ],
}

export const length: Operator = {
  name: 'length',
  takes: exactly(text),
  gives: 'decimal',
  isNullable: whenAny,
  js: unlessNull<string>(args => exact([...at(args, 0)].length)),
  sql: args => sql`length(${at(args, 0)})::numeric`,
  cases: [
    { args: ['商机😀'], as: 'text', gives: '3' },
    { args: [''], as: 'text', gives: '0' },
    { args: [null], as: 'text', gives: null },
  ],
}

export const lower: Operator = {
  name: 'lower',
  takes: exactly(text),
  gives: 'text',
  isNullable: whenAny,
  js: unlessNull<string>(args => at(args, 0).toLowerCase()),
  sql: args => cased(sql`lower`, at(args, 0)),
  cases: [
    { args: ['ÀÉ 商 ΣΑΣ İ'], as: 'text', gives: 'àé 商 σας i̇' },
    { args: [null], as: 'text', gives: null },
  ],
}

export const upper: Operator = {
  name: 'upper',
  takes: exactly(text),
  gives: 'text',
  isNullable: whenAny,
  js: unlessNull<string>(args => at(args, 0).toUpperCase()),
  sql: args => cased(sql`upper`, at(args, 0)),
  cases: [
    { args: ['straße ﬁ'], as: 'text', gives: 'STRASSE FI' },
    { args: [null], as: 'text', gives: null },
  ],
}

const condition = (bare: Sql, { place, nullable }: SqlFacts): Sql =>
  place === 'positive' || !nullable.some(Boolean) ? bare : sql`coalesce(${bare}, false)`

/** A text as a pattern of LIKE that means just itself. */
const escaped = (value: Sql): Sql => sql`replace(replace(replace(${value}, '\\', '\\\\'), '%', '\\%'), '_', '\\_')`

/** A test for a part of a text: by LIKE, which indexes of patterns and of trigrams serve. */
const partTest = (
  name: string,
  test: (whole: string, part: string) => boolean,
  before: string,
  after: string,
  given: readonly [boolean, boolean, boolean],
): Operator => ({
  name,
  takes: exactly(text, text),
  gives: 'boolean',
  isNullable: never,
  js: holds<string>(args => test(at(args, 0), at(args, 1))),
  sql: ([whole = sql`null`, part = sql`null`], facts) => {
    const written = facts.literals[1]
    if (typeof written === 'string')
      return condition(sql`(${whole} like ${before + written.replace(/[\\%_]/g, '\\$&') + after}::text)`, facts)
    const pieces = [before && literal(before), escaped(part), after && literal(after)].filter(piece => piece !== '')
    return condition(sql`(${whole} collate "C" like ${join(pieces, ' || ')})`, facts)
  },
  cases: [
    { args: ['50%_\\off', '50%_\\off'], as: 'text', gives: true },
    { args: ['abc', 'a'], as: 'text', gives: given[0] },
    { args: ['abc', 'b'], as: 'text', gives: given[1] },
    { args: ['abc', 'c'], as: 'text', gives: given[2] },
    { args: ['abc', '_b%'], as: 'text', gives: false },
    { args: ['abc', ''], as: 'text', gives: true },
    { args: [null, ''], as: 'text', gives: false },
    { args: ['a', null], as: 'text', gives: false },
  ],
})

export const startsWith = partTest('startsWith', (whole, part) => whole.startsWith(part), '', '%', [true, false, false])
export const endsWith = partTest('endsWith', (whole, part) => whole.endsWith(part), '%', '', [false, false, true])
export const contains = partTest('contains', (whole, part) => whole.includes(part), '%', '%', [true, true, true])

const written: Parameter = takes(['integer'], {
  literal: {
    accepts: value => Number.isInteger(value) && Math.abs(Number(value)) <= 100_000,
    expects: { en: 'a whole number', 'zh-CN': '整数' },
  },
})

/** Part of a text by code points: from `start` (negative: from the end), `size` of them (negative: leave so many off at the end). */
/** Where a text begins within another, counted from 0 as `substr` counts; -1 where it does not stand in it. */
export const indexOf: Operator = {
  name: 'indexOf',
  takes: exactly(text, text),
  gives: 'decimal',
  isNullable: whenAny,
  js: unlessNull<string>(args => {
    const place = at(args, 0).indexOf(at(args, 1))
    return exact(place < 0 ? -1 : [...at(args, 0).slice(0, place)].length)
  }),
  sql: args => sql`(strpos(${at(args, 0)} collate "C", ${at(args, 1)}) - 1)::numeric`,
  cases: [
    { args: ['商😀机', '机'], as: 'text', gives: '2' },
    { args: ['abcabc', 'bc'], as: 'text', gives: '1' },
    { args: ['abc', 'B'], as: 'text', gives: '-1' },
    { args: ['abc', ''], as: 'text', gives: '0' },
    { args: ['', 'a'], as: 'text', gives: '-1' },
    { args: [null, 'a'], as: 'text', gives: null },
    { args: ['a', null], as: 'text', gives: null },
  ],
}

export const substr: Operator = {
  name: 'substr',
  gives: 'text',
  isNullable: ([value = true]) => value,
  takes: { arity: '2–3', parameters: count => (count === 2 ? [text, written] : count === 3 ? [text, written, written] : null) },
  js: unlessNull<Scalar>(([value, start, size]) => {
    const points = [...String(value)]
    const rest = points.slice(Number(start))
    return (
      size === undefined ? rest : Number(size) < 0 ? rest.slice(0, Math.max(0, rest.length + Number(size))) : rest.slice(0, Number(size))
    ).join('')
  }),
  sql: ([value = sql`null`], { literals }) => {
    const start = Number(literals[1] ?? 0)
    const rest = start < 0 ? sql`right(${value}, ${integer(-start)})` : sql`substr(${value}, ${integer(start + 1)})`
    return literals[2] === undefined ? rest : sql`left(${rest}, ${integer(Number(literals[2]))})`
  },
  cases: [
    { args: ['jsonlogic', 4], as: 'text', gives: 'logic' },
    { args: ['jsonlogic', -5], as: 'text', gives: 'logic' },
    { args: ['jsonlogic', 1, 3], as: 'text', gives: 'son' },
    { args: ['jsonlogic', 4, -2], as: 'text', gives: 'log' },
    { args: ['ab', 1, -5], as: 'text', gives: '' },
    { args: ['ab', -5, 0], as: 'text', gives: '' },
    { args: ['商😀机', 1, 1], as: 'text', gives: '😀', differs: 'counts UTF-16 units' },
    { args: [null, 0], as: 'text', gives: null, differs: 'null becomes the text "null"' },
  ],
}
