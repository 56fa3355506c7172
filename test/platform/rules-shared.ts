import fc from 'fast-check'
import type { Rule } from '../../platform/rules/rule.js'
import type { ScalarType } from '../../platform/rules/types.js'
import { call, firmOf, many, randomFields, randomRecord, type TypedRule } from './rules-random.js'
import { randomValues as values } from './rules-random-values.js'

const comparisons = ['==', '!=', '<', '<=', '>', '>=']
const rows = fc.constant({ var: 'lines' })
const member = fc.constant({ var: '' })
const small = fc.oneof(fc.integer({ min: -9, max: 9 }), fc.constantFrom('0.1', '0.25', '-1.5', '1000000.01'))

/** Conditions on a row and on a member of a list, which read nothing of the record around them. */
const ofRow = fc.oneof(
  fc.constantFrom(...comparisons).chain(name => call(name, fc.constant({ var: 'price' }), small)),
  fc.constantFrom('==', '!=', '<').chain(name => call(name, fc.constant({ var: 'label' }), values.text)),
  fc.constant({ var: 'paid' }),
)
const ofMember = fc.constantFrom(...comparisons).chain(name => call(name, member, small))

interface Parts {
  condition: unknown
  number: unknown
  text: unknown
  marks: unknown
}

/** Parts of rules made of the operators that json-logic-js shares. */
const parts = fc.letrec<Parts>(tie => ({
  marks: fc.oneof(
    { maxDepth: 3 },
    fc.constant({ var: 'marks' }),
    fc.tuple(firmOf('decimal'), tie('number')),
    call('merge', fc.constant({ var: 'marks' }), tie('marks')),
    call('filter', tie('marks'), ofMember),
    call('map', tie('marks'), call('*', member, small)),
    call('map', rows, fc.constant({ var: 'price' })),
  ),
  number: fc.oneof(
    { maxDepth: 4 },
    firmOf('decimal'),
    firmOf('integer'),
    call('+', firmOf('decimal'), small),
    ...['+', '*', 'min', 'max'].map(name => call(name, firmOf('decimal'), tie('number'))),
    ...['-', '/', '%'].map(name => call(name, tie('number'), fc.oneof(firmOf('integer'), small))),
    call('if', tie('condition'), firmOf('decimal'), tie('number')),
    call('reduce', tie('marks'), call('+', fc.constant({ var: 'accumulator' }), fc.constant({ var: 'current' })), fc.constant(0)),
    call('reduce', rows, call('+', fc.constant({ var: 'accumulator' }), fc.constant({ var: 'current.price' })), fc.constant(0)),
  ),
  text: fc.oneof(
    { maxDepth: 3 },
    firmOf('text'),
    call('cat', firmOf('text'), tie('text')),
    call('cat', firmOf('text'), firmOf('integer')),
    call('cat', fc.oneof(firmOf('date'), firmOf('dateTime'), firmOf('id'), firmOf('boolean')), values.text),
    call('substr', tie('text'), fc.integer({ min: -4, max: 4 })),
    call('substr', tie('text'), fc.integer({ min: -4, max: 4 }), fc.integer({ min: -3, max: 3 })),
    call('if', tie('condition'), firmOf('text'), tie('text')),
  ),
  condition: fc.oneof(
    { maxDepth: 4 },
    ...comparisons.flatMap(name => [
      call(name, firmOf('decimal'), tie('number')),
      call(name, firmOf('text'), tie('text')),
      call(name, firmOf('date'), values.date),
      call(name, firmOf('dateTime'), firmOf('dateTime')),
    ]),
    ...['==', '!='].map(name => call(name, firmOf('id'), fc.oneof(firmOf('id'), fc.constant(null)))),
    call('in', firmOf('text'), fc.array(values.text, { maxLength: 3 })),
    call('in', values.text, fc.constant({ var: 'tags' })),
    call('in', firmOf('decimal'), tie('marks')),
    ...['and', 'or'].map(name => many(name, tie('condition'))),
    call('!', tie('condition')),
    call('!!', tie('condition')),
    call('if', tie('condition'), tie('condition'), tie('condition')),
    ...['some', 'none', 'every', 'all'].flatMap(name => [call(name, rows, ofRow), call(name, tie('marks'), ofMember)]),
  ),
}))

/** Rules of the part that json-logic-js shares, half of them conditions. */
export const sharedRule: fc.Arbitrary<TypedRule> = fc.oneof(
  parts.condition.map(rule => ({ rule: rule as Rule, type: 'boolean' as const })),
  parts.number.map(rule => ({ rule: { '+': [rule, 0] } as Rule, type: 'decimal' as const })),
  parts.text.map(rule => ({ rule: { cat: [rule, ''] } as Rule, type: 'text' as const })),
)

const filled = Object.fromEntries(
  Object.entries(randomFields).map(([name, type]) => [
    name,
    typeof type === 'string' ? values[type] : fc.array(values[type.list], { minLength: 1, maxLength: 3 }),
  ]),
)
const filledRow = fc.record({ price: values.decimal, label: values.text, paid: values.boolean, day: values.date } satisfies Partial<
  Record<string, (typeof values)[ScalarType]>
>)

/** Records of which two in three have no empty field. */
export const sharedRecord: fc.Arbitrary<Readonly<Record<string, unknown>>> = fc.oneof(
  { weight: 1, arbitrary: randomRecord },
  { weight: 2, arbitrary: fc.record({ ...filled, lines: fc.array(filledRow, { minLength: 1, maxLength: 3 }) }) },
)
