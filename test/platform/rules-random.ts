import fc from 'fast-check'
import { durationText } from '../../platform/rules/durations.js'
import type { Rule } from '../../platform/rules/rule.js'
import type { RuleType, ScalarType } from '../../platform/rules/types.js'

/** The fields that random rules read: two of each type, and lists. */
export const randomFields: Readonly<Record<string, RuleType>> = {
  name: 'text',
  city: 'text',
  count: 'integer',
  size: 'integer',
  amount: 'decimal',
  share: 'decimal',
  done: 'boolean',
  open: 'boolean',
  start: 'date',
  due: 'date',
  opens: 'time',
  closes: 'time',
  made: 'dateTime',
  sent: 'dateTime',
  spent: 'duration',
  left: 'duration',
  owner: 'id',
  other: 'id',
  tags: { list: 'text' },
  marks: { list: 'decimal' },
}

const ids = ['019a0000-0000-7000-8000-000000000001', '019a0000-0000-7000-8000-00000000000a', 'ffffffff-0000-4000-8000-000000000000']
const words = [
  '',
  ' ',
  'a',
  'A',
  'ab',
  'Straße',
  'ΑΣ',
  'İ',
  'ﬁ',
  '50%',
  'a_b',
  '\\',
  "it's",
  '商机',
  '\u{1f600}',
  '\uff5e',
  'e\u0301',
  'é',
  '$1',
  '0',
]
const isStorable = (text: string) => !/[\0\p{Surrogate}]/u.test(text)

const day = fc.oneof(
  fc.constantFrom('0001-01-01', '1969-12-31', '2024-02-29', '2025-12-31', '2026-01-01', '9999-12-31'),
  fc
    .date({ min: new Date('1990-01-01T00:00:00Z'), max: new Date('2040-12-31T00:00:00Z'), noInvalidDate: true })
    .map(date => date.toISOString().slice(0, 10)),
)
const decimal = fc.oneof(
  fc.constantFrom('0', '1', '-1', '0.5', '2.5', '-0.005', '0.1', '0.2', '0.3', '99999999999999.9999', '-99999999999999.9999', '0.0001'),
  fc.tuple(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.integer({ min: 0, max: 4 })).map(([units, scale]) => plain(units, scale)),
)

/** Whole units of a scale as a canonical decimal. */
function plain(units: number, scale: number): string {
  const digits = String(Math.abs(units)).padStart(scale + 1, '0')
  const fraction = scale === 0 ? '' : digits.slice(-scale).replace(/0+$/, '')
  const whole = scale === 0 ? digits : digits.slice(0, -scale)
  return `${units < 0 ? '-' : ''}${whole}${fraction && `.${fraction}`}`
}

/** Contract values of each type. */
const values: Readonly<Record<ScalarType, fc.Arbitrary<unknown>>> = {
  text: fc.oneof(fc.constantFrom(...words), fc.string({ unit: 'binary', maxLength: 6 }).filter(isStorable)),
  integer: fc.oneof(fc.constantFrom(0, 1, -1, 2_147_483_647, -2_147_483_648), fc.integer({ min: -100, max: 100 })),
  decimal,
  boolean: fc.boolean(),
  date: day,
  dateTime: fc.oneof(
    fc.constantFrom('1970-01-01T00:00:00.000Z', '2026-03-29T01:30:00.000Z', '2026-10-25T00:30:00.000Z', '2025-12-31T16:00:00.001Z'),
    fc
      .date({ min: new Date('1990-01-01T00:00:00Z'), max: new Date('2040-12-31T00:00:00Z'), noInvalidDate: true })
      .map(date => date.toISOString()),
  ),
  time: fc.oneof(
    fc.constantFrom('00:00:00', '23:59:59', '09:30:00'),
    fc.integer({ min: 0, max: 86_399 }).map(second => new Date(second * 1000).toISOString().slice(11, 19)),
  ),
  duration: fc.oneof(
    fc.constantFrom('PT0S', 'PT1H30M', '-PT1S', 'PT24H'),
    fc.integer({ min: -1_000_000, max: 1_000_000 }).map(durationText),
  ),
  id: fc.constantFrom(...ids),
}
const orNull = (value: fc.Arbitrary<unknown>) => fc.option(value, { nil: null, freq: 4 })

/** Records, with empty fields and lists. */
export const randomRecord: fc.Arbitrary<Readonly<Record<string, unknown>>> = fc.record(
  Object.fromEntries(
    Object.entries(randomFields).map(([name, type]) => [
      name,
      orNull(typeof type === 'string' ? values[type] : fc.array(values[type.list], { maxLength: 3 })),
    ]),
  ),
)

const scalarTypes = Object.keys(values) as ScalarType[]
const fieldsOf = (type: ScalarType) => Object.keys(randomFields).filter(name => randomFields[name] === type)
const call = (name: string, ...args: fc.Arbitrary<unknown>[]): fc.Arbitrary<unknown> => fc.tuple(...args).map(given => ({ [name]: given }))
const many = (name: string, arg: fc.Arbitrary<unknown>, minLength = 1): fc.Arbitrary<unknown> =>
  fc.array(arg, { minLength, maxLength: 3 }).map(args => ({ [name]: args }))

type Grow = (type: ScalarType) => fc.Arbitrary<unknown>

const leafOf: Grow = type => {
  const fields = fieldsOf(type).map(name => ({ var: name }))
  return fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...fields) },
    { weight: 2, arbitrary: values[type] },
    { weight: 1, arbitrary: fc.constant(null) },
  )
}

/** A part that is not written out, so that the others of its group have a type to adapt to. */
const firmOf: Grow = type => fc.constantFrom(...fieldsOf(type).map(name => ({ var: name })))

const anyType = (build: (type: ScalarType) => fc.Arbitrary<unknown>, types: readonly ScalarType[] = scalarTypes) =>
  fc.constantFrom(...types).chain(build)
const ordered: readonly ScalarType[] = ['text', 'integer', 'decimal', 'date', 'time', 'dateTime', 'duration']
const time = (grow: Grow) => fc.oneof(firmOf('date'), grow('date'), firmOf('dateTime'))
const number = (grow: Grow) => fc.oneof(grow('decimal'), grow('decimal'), firmOf('integer'))

/** Lists of texts or of decimals: fields, written ones, and what is made of them. */
const list = (type: 'text' | 'decimal', grow: Grow): fc.Arbitrary<unknown> => {
  const field = fc.constant({ var: type === 'text' ? 'tags' : 'marks' })
  const firm = fc.oneof(field, fc.tuple(firmOf(type), grow(type)))
  const plain = type === 'text' ? fc.oneof(firm, call('split', grow('text'), fc.constantFrom('a', ' '))) : firm
  return fc.oneof(
    plain,
    ...['distinct', 'compact'].map(name => call(name, plain)),
    fc.array(plain, { minLength: 1, maxLength: 3 }).map(args => ({ merge: args })),
  )
}

const conditions = (grow: Grow): fc.Arbitrary<unknown> =>
  fc.oneof(
    many('and', grow('boolean')),
    many('or', grow('boolean')),
    call('!', grow('boolean')),
    call('!!', grow('boolean')),
    anyType(type => fc.oneof(...['==', '!='].map(name => call(name, firmOf(type), grow(type))))),
    anyType(type => fc.oneof(...['==', '!='].map(name => call(name, grow(type), firmOf(type))))),
    anyType(type => fc.oneof(...['<', '<=', '>', '>='].map(name => call(name, firmOf(type), grow(type)))), ordered),
    anyType(type => call('between', grow(type), firmOf(type), grow(type)), ordered),
    anyType(type => call('in', firmOf(type), fc.array(orNull(values[type]), { maxLength: 3 }))),
    anyType(type => call('in', grow(type), fc.tuple(firmOf(type), grow(type)))),
    call('in', grow('text'), fc.constant({ var: 'tags' })),
    call('in', firmOf('decimal'), fc.constant({ var: 'marks' })),
    anyType(type => call('isEmpty', fc.oneof(firmOf(type), grow(type)))),
    call('isEmpty', fc.constantFrom({ var: 'tags' }, { var: 'marks' })),
    ...['containsAny', 'containsAll'].map(name => call(name, list('text', grow), list('text', grow))),
    ...['containsAny', 'containsAll'].map(name => call(name, list('decimal', grow), list('decimal', grow))),
    ...['equalsCi', 'containsCi', 'startsWithCi', 'startsWith', 'endsWith', 'contains'].map(name => call(name, grow('text'), grow('text'))),
  )

/** What computes a value of each type. */
const computed: Readonly<Record<ScalarType, (grow: Grow) => fc.Arbitrary<unknown>>> = {
  boolean: conditions,
  decimal: grow =>
    fc.oneof(
      ...['+', '*'].map(name => many(name, number(grow))),
      call('-', number(grow), number(grow)),
      call('-', number(grow)),
      call('/', number(grow), number(grow)),
      call('%', number(grow), number(grow)),
      call('abs', number(grow)),
      call('round', number(grow), fc.integer({ min: 0, max: 6 })),
      call('min', firmOf('decimal'), number(grow)),
      call('max', number(grow), firmOf('decimal')),
      call('length', grow('text')),
      call('diffDays', time(grow), time(grow)),
      ...['year', 'month', 'day', 'dayOfWeek', 'week', 'quarter'].map(name => call(name, time(grow))),
      ...['diffMonths', 'diffYears'].map(name => call(name, time(grow), time(grow))),
      ...['ceil', 'floor'].map(name => call(name, number(grow))),
      call('power', number(grow), fc.integer({ min: 0, max: 5 })),
      call('number', grow('text')),
      call('number', call('text', grow('decimal'))),
      call('seconds', grow('duration')),
      ...['hour', 'minute'].map(name => call(name, fc.oneof(firmOf('time'), firmOf('dateTime'), grow('dateTime')))),
      ...['diffSeconds', 'diffHours'].map(name => call(name, grow('dateTime'), grow('dateTime'))),
      ...['first', 'last'].map(name => call(name, list('decimal', grow))),
    ),
  integer: grow => fc.oneof(call('min', firmOf('integer'), grow('integer')), call('coalesce', grow('integer'), firmOf('integer'))),
  text: grow =>
    fc.oneof(
      fc
        .tuple(
          grow('text'),
          anyType(type => fc.oneof(firmOf(type), grow(type))),
        )
        .map(args => ({ cat: args })),
      call('lower', grow('text')),
      call('upper', grow('text')),
      call('substr', grow('text'), fc.integer({ min: -4, max: 4 })),
      call('substr', grow('text'), fc.integer({ min: -4, max: 4 }), fc.integer({ min: -3, max: 3 })),
      call('trim', grow('text')),
      call('replace', grow('text'), fc.constantFrom('a', ' ', 'ß', '😀', '%', '\\'), fc.constantFrom('', 'aa', '$&', '商')),
      call('padStart', grow('text'), fc.integer({ min: 1, max: 5 }), fc.constantFrom('0', '商', '\u{1f600}')),
      anyType(type => call('text', firmOf(type))),
      call('join', list('text', grow), fc.constantFrom('', ', ')),
      ...['first', 'last'].map(name => call(name, list('text', grow))),
    ),
  date: grow =>
    fc.oneof(
      call('addDays', time(grow), fc.oneof(number(grow), fc.integer({ min: -400, max: 400 }))),
      call('startOf', time(grow), fc.constantFrom('day', 'week', 'month', 'quarter', 'year')),
      call('endOf', time(grow), fc.constantFrom('day', 'week', 'month', 'quarter', 'year')),
      call('addMonths', time(grow), fc.oneof(number(grow), fc.integer({ min: -40, max: 40 }))),
      call('addYears', time(grow), number(grow)),
      call('dateOf', time(grow)),
      call('max', firmOf('date'), grow('date')),
    ),
  dateTime: grow =>
    fc.oneof(
      call('addDuration', grow('dateTime'), grow('duration')),
      call('dateTime', grow('date'), grow('time')),
      call('min', firmOf('dateTime'), grow('dateTime')),
      call('coalesce', firmOf('dateTime'), grow('dateTime')),
    ),
  time: grow => fc.oneof(call('coalesce', grow('time'), firmOf('time')), call('timeOf', grow('dateTime'))),
  duration: grow =>
    fc.oneof(
      call('elapsed', grow('dateTime'), grow('dateTime')),
      call('duration', number(grow)),
      call('max', firmOf('duration'), grow('duration')),
      call('coalesce', firmOf('duration'), grow('duration')),
    ),
  id: grow => call('coalesce', firmOf('id'), grow('id')),
}

const known = new Map<string, fc.Arbitrary<unknown>>()

/** Parts of a depth, made once for each type: they hold one another, so anew each time they would be millions. */
const grown =
  (depth: number): Grow =>
  type =>
    remembered(`part of ${type} ${depth}`, () => (depth === 0 ? leafOf(type) : partOf(type, depth)))
const computedAt = (type: ScalarType, depth: number) => remembered(`computed ${type} ${depth}`, () => computed[type](grown(depth)))

function remembered(key: string, make: () => fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const made = known.get(key) ?? make()
  known.set(key, made)
  return made
}

function partOf(type: ScalarType, depth: number): fc.Arbitrary<unknown> {
  const grow = grown(depth - 1)
  const chosen = call('if', grow('boolean'), firmOf(type), grow(type))
  return fc.oneof(
    { weight: 2, arbitrary: leafOf(type) },
    { weight: 5, arbitrary: computedAt(type, depth - 1) },
    { weight: 1, arbitrary: chosen },
    { weight: 1, arbitrary: call('coalesce', grow(type), firmOf(type)) },
  )
}

export interface TypedRule {
  readonly rule: Rule
  readonly type: ScalarType
}

/** Typed random rules, half of them conditions. */
export const randomRule: fc.Arbitrary<TypedRule> = fc
  .oneof(fc.constant<ScalarType>('boolean'), fc.constantFrom(...scalarTypes.filter(type => type !== 'integer')))
  .chain(type => fc.oneof(...[0, 1, 2, 3].map(depth => computedAt(type, depth))).map(rule => ({ rule: rule as Rule, type })))

/** Rules that json-logic-js reads with the same meaning: conditions over fields that are not empty, in whole numbers and plain texts. */
export const sharedRule: fc.Arbitrary<Rule> = fc.letrec<{ condition: unknown }>(tie => {
  const small = fc.oneof(firmOf('integer'), fc.integer({ min: -3, max: 3 }))
  const sum = fc.oneof(
    small,
    fc.constantFrom('+', '*', 'max', 'min').chain(name => call(name, firmOf('integer'), small)),
    call('-', small, small),
  )
  const word = fc.constantFrom('a', 'b', 'ab')
  return {
    condition: fc.oneof(
      { maxDepth: 4 },
      ...['==', '!=', '<', '<=', '>', '>='].map(name => call(name, sum, sum)),
      call('==', firmOf('text'), word),
      call('in', firmOf('text'), fc.array(word, { maxLength: 3 })),
      call('in', word, fc.constant({ var: 'tags' })),
      call('==', call('cat', firmOf('text'), word), word),
      call('==', call('substr', firmOf('text'), fc.integer({ min: -2, max: 2 })), word),
      many('and', tie('condition')),
      many('or', tie('condition')),
      call('!', tie('condition')),
      call('!!', tie('condition')),
      call('if', tie('condition'), tie('condition'), tie('condition')),
    ),
  }
}).condition as fc.Arbitrary<Rule>

/** Records for `sharedRule`. */
export const sharedRecord = fc.record({
  count: fc.integer({ min: -3, max: 3 }),
  size: fc.integer({ min: -3, max: 3 }),
  name: fc.constantFrom('a', 'b', 'ab'),
  city: fc.constantFrom('a', 'b', 'ab'),
  tags: fc.array(fc.constantFrom('a', 'b'), { maxLength: 2 }),
})
