import { Decimal } from 'decimal.js'
import { integer, literal, sql } from '../../sql/sql.js'
import { once } from '../once.js'
import { always, at, exactly, type Operator, oneOf, plainText, takes, unlessNull, whenAny, wholeNumber } from '../operator.js'
import { isMembers, type Scalar, scalarKinds, scalarOf, scalarTypes, textOf, type Value } from '../types.js'

const text = takes(['text'])

/** What stands around words and is no part of them: the white space of Unicode. */
const blanks =
  '\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff'

export const trim: Operator = {
  name: 'trim',
  takes: exactly(text),
  gives: 'text',
  isNullable: whenAny,
  js: unlessNull<string>(args => at(args, 0).trim()),
  sql: args => sql`btrim(${at(args, 0)}, ${literal(blanks)})`,
  cases: [
    { args: [' \u3000 商机 \t\n'], as: 'text', gives: '商机' },
    { args: [' '], as: 'text', gives: '' },
    { args: [null], as: 'text', gives: null },
  ],
}

/** Texts that are made may have so many characters; a longer one is empty. */
const longestText = 100_000

/** Every occurrence of one written text replaced by another. */
export const replace: Operator = {
  name: 'replace',
  takes: exactly(text, plainText(1, 100), plainText(0, 100)),
  gives: 'text',
  isNullable: always,
  js: unlessNull<string>(args => {
    const made = at(args, 0).split(at(args, 1)).join(at(args, 2))
    return made.length > 2 * longestText || [...made].length > longestText ? null : made
  }),
  sql: ([whole = sql`null`, from = sql`null`, to = sql`null`]) =>
    once(sql`replace(${whole}, ${from}, ${to})`, made => sql`case when length(${made}) <= ${integer(longestText)} then ${made} end`),
  cases: [
    { args: ['a-b-c', '-', '$&'], as: 'text', gives: 'a$&b$&c' },
    { args: ['aaa', 'aa', ''], as: 'text', gives: 'a' },
    { args: ['商机', '机', '😀'], as: 'text', gives: '商😀' },
    { args: [null, 'a', 'b'], as: 'text', gives: null },
  ],
}

/** The parts of a text between a written separator; an empty text has none. */
export const split: Operator = {
  name: 'split',
  takes: exactly(text, plainText(1, 100)),
  gives: { list: 'text' },
  isNullable: whenAny,
  js: unlessNull<string>(args => (at(args, 0) === '' ? [] : at(args, 0).split(at(args, 1)))),
  sql: ([whole = sql`null`, separator = sql`null`]) => sql`string_to_array(${whole}, ${separator})`,
  cases: [
    { args: ['a,b,,c', ','], as: 'text', gives: ['a', 'b', '', 'c'] },
    { args: ['', ','], as: 'text', gives: [] },
    { args: [null, ','], as: 'text', gives: null },
  ],
}

/** The members of a list with a written text between them; empty ones are left out. */
export const joined: Operator = {
  name: 'join',
  takes: exactly(takes(['text'], { form: 'list' }), plainText(0, 100)),
  gives: 'text',
  isNullable: whenAny,
  js: unlessNull<Value>(([list, separator]) =>
    list !== undefined && isMembers(list) ? list.filter(member => member !== null).join(String(separator)) : null,
  ),
  sql: ([list = sql`null`, separator = sql`null`]) => sql`array_to_string(${list}, ${separator})`,
  cases: [
    { args: [['a', 'b'], ', '], as: [{ list: 'text' }, 'text'], gives: 'a, b' },
    { args: [['a', null, 'b'], ''], as: [{ list: 'text' }, 'text'], gives: 'ab' },
    { args: [[], ','], as: [{ list: 'text' }, 'text'], gives: '' },
    { args: [null, ','], as: [{ list: 'text' }, 'text'], gives: null },
  ],
}

/** A text filled up at its start to so many characters; by blanks unless a character is written. */
export const padStart: Operator = {
  name: 'padStart',
  takes: oneOf(exactly(text, wholeNumber(1, 100)), exactly(text, wholeNumber(1, 100), plainText(1, 1))),
  gives: 'text',
  isNullable: ([value = true]) => value,
  js: unlessNull<Scalar>(
    ([value, size, fill = ' ']) =>
      String(fill).repeat(Math.max(0, (size instanceof Decimal ? size.toNumber() : 0) - [...String(value)].length)) + String(value),
  ),
  sql: ([whole = sql`null`, , fill = literal(' ')], { literals }) =>
    once(whole, value => sql`repeat(${fill}, ${integer(Number(literals[1] ?? 0))} - length(${value})) || ${value}`),
  cases: [
    { args: ['7', 3, '0'], as: 'text', gives: '007' },
    { args: ['12345', 3, '0'], as: 'text', gives: '12345' },
    { args: ['😀', 2], as: 'text', gives: ' 😀' },
    { args: [null, 3], as: 'text', gives: null },
  ],
}

/** A value as text, in its contract form. */
export const asText: Operator = {
  name: 'text',
  takes: exactly(takes(scalarTypes)),
  gives: 'text',
  isNullable: whenAny,
  js: unlessNull<Scalar>((args, _, { types }) => textOf(at(args, 0), types[0] ?? 'text')),
  sql: (args, { types }) => scalarKinds[scalarOf(types[0] ?? 'text')].toText(at(args, 0)),
  cases: [
    { args: ['1.50'], as: 'decimal', gives: '1.5' },
    { args: [7], as: 'integer', gives: '7' },
    { args: [true], as: 'boolean', gives: 'true' },
    { args: ['2026-01-31T10:00:00Z'], as: 'dateTime', gives: '2026-01-31T10:00:00.000Z' },
    { args: ['P1DT1S'], as: 'duration', gives: 'PT24H1S' },
    { args: [null], as: 'date', gives: null },
  ],
}
