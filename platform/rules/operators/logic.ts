import { join, sql } from '../../sql/sql.js'
import { at, atLeast, condition, exactly, never, type Operator, type Parameter, type Place, type Signature, takes } from '../operator.js'
import { scalarTypes } from '../types.js'

const same = (own: Place): Place => own
const branch: Parameter = takes(scalarTypes, {
  form: 'either',
  isGrouped: true,
  place: same,
})
const test: Parameter = takes(['boolean'], { place: () => 'positive' })
const denied: Parameter = takes(['boolean'], { place: () => 'negated' })

/** Conditions and branches in turn, then what holds otherwise: empty when it is left out. */
const branches: Signature = {
  arity: '2+',
  parameters: count =>
    count < 2 ? null : Array.from({ length: count }, (_, index) => (index % 2 === 0 && index + 1 < count ? test : branch)),
}

export const and: Operator = {
  name: 'and',
  takes: atLeast(1, condition),
  gives: 'boolean',
  isNullable: never,
  js: (args, context) => args.every(read => read(context) === true),
  sql: args => sql`(${join(args, ' and ')})`,
  cases: [
    { args: [true, true], as: 'boolean', gives: true },
    { args: [true, false], as: 'boolean', gives: false },
    { args: [true, null], as: 'boolean', gives: false, differs: 'gives the deciding argument itself, here null' },
    { args: [false], as: 'boolean', gives: false },
  ],
}

export const or: Operator = {
  name: 'or',
  takes: atLeast(1, condition),
  gives: 'boolean',
  isNullable: never,
  js: (args, context) => args.some(read => read(context) === true),
  sql: args => sql`(${join(args, ' or ')})`,
  cases: [
    { args: [false, true], as: 'boolean', gives: true },
    { args: [null, true], as: 'boolean', gives: true },
    { args: [false, null], as: 'boolean', gives: false, differs: 'gives the deciding argument itself, here null' },
  ],
}

export const not: Operator = {
  name: '!',
  takes: exactly(denied),
  gives: 'boolean',
  isNullable: never,
  js: (args, context) => at(args, 0)(context) !== true,
  sql: args => sql`(not ${at(args, 0)})`,
  cases: [
    { args: [true], as: 'boolean', gives: false },
    { args: [false], as: 'boolean', gives: true },
    { args: [null], as: 'boolean', gives: true },
  ],
}

export const holdsTrue: Operator = {
  name: '!!',
  takes: exactly(condition),
  gives: 'boolean',
  isNullable: never,
  js: (args, context) => at(args, 0)(context) === true,
  sql: args => at(args, 0),
  cases: [
    { args: [true], as: 'boolean', gives: true },
    { args: [null], as: 'boolean', gives: false },
  ],
}

export const choose: Operator = {
  name: 'if',
  takes: branches,
  gives: 'group',
  isNullable: nullable =>
    nullable.length % 2 === 0 || nullable.some((is, index) => is && (index % 2 === 1 || index === nullable.length - 1)),
  js: (args, context) => {
    for (let index = 0; index + 1 < args.length; index += 2) if (at(args, index)(context) === true) return at(args, index + 1)(context)
    return args.length % 2 === 1 ? at(args, args.length - 1)(context) : null
  },
  sql: args => {
    const whens = Array.from(
      { length: Math.floor(args.length / 2) },
      (_, pair) => sql`when ${at(args, 2 * pair)} then ${at(args, 2 * pair + 1)}`,
    )
    return args.length % 2 === 1
      ? sql`(case ${join(whens, ' ')} else ${at(args, args.length - 1)} end)`
      : sql`(case ${join(whens, ' ')} end)`
  },
  cases: [
    { args: [true, 'a', 'b'], as: ['boolean', 'text', 'text'], gives: 'a' },
    { args: [null, 'a', 'b'], as: ['boolean', 'text', 'text'], gives: 'b' },
    { args: [false, '1', true, '2', '3'], as: ['boolean', 'decimal', 'boolean', 'decimal', 'decimal'], gives: '2' },
    { args: [false, '2026-01-01'], as: ['boolean', 'date'], gives: null },
    { args: [true, null, true], as: ['boolean', 'boolean', 'boolean'], gives: null },
  ],
}
