import fc from 'fast-check'
import type { Rule } from '../../platform/rules/rule.js'
import type { RuleType, ScalarType } from '../../platform/rules/types.js'
import { orNull, randomValues as values } from './rules-random-values.js'
import type { Types } from './rules-scope.js'

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

/** The rows that random rules look at, and what they have. */
export const randomRows: Readonly<Record<string, Types>> = { lines: { price: 'decimal', label: 'text', paid: 'boolean', day: 'date' } }

const recordOf = (types: Types): Record<string, fc.Arbitrary<unknown>> =>
  Object.fromEntries(
    Object.entries(types).map(([name, type]) => [
      name,
      orNull(typeof type === 'string' ? values[type] : fc.array(orNull(values[type.list]), { maxLength: 3 })),
    ]),
  )

/** Records, with empty fields, lists with empty members, and rows. */
export const randomRecord: fc.Arbitrary<Readonly<Record<string, unknown>>> = fc.record({
  ...recordOf(randomFields),
  ...Object.fromEntries(Object.entries(randomRows).map(([name, types]) => [name, fc.array(fc.record(recordOf(types)), { maxLength: 3 })])),
})

const scalarTypes = Object.keys(values) as ScalarType[]
const fieldsOf = (type: ScalarType) => Object.keys(randomFields).filter(name => randomFields[name] === type)
export const call = (name: string, ...args: fc.Arbitrary<unknown>[]): fc.Arbitrary<unknown> =>
  fc.tuple(...args).map(given => ({ [name]: given }))
export const many = (name: string, arg: fc.Arbitrary<unknown>, minLength = 1): fc.Arbitrary<unknown> =>
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
export const firmOf: Grow = type => fc.constantFrom(...fieldsOf(type).map(name => ({ var: name })))

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
    call('filter', plain, ofMembers(type, grow)),
    call('map', lines, ofRow(type)),
    type === 'text' ? call('map', plain, call('cat', member, grow('text'))) : call('map', plain, call('+', member, number(grow))),
  )
}

const member = fc.constant({ var: '' })
const lines = fc.constant({ var: 'lines' })
const rowNames: Partial<Record<ScalarType, string>> = { decimal: 'price', text: 'label', boolean: 'paid', date: 'day' }

/** What stands in a row, or a field of the record around it. */
const ofRow = (type: 'decimal' | 'text' | 'date') =>
  fc.oneof(fc.constant({ var: rowNames[type] }), fc.constantFrom(...fieldsOf(type).map(name => ({ var: `parent.${name}` }))))

/** Conditions on a row, and on a member of a list; names of the record around a list need no `parent`. */
const ofRows = fc.oneof(
  fc.constantFrom('decimal' as const, 'text' as const, 'date' as const).chain(type => {
    const row = fc.constant({ var: rowNames[type] })
    return fc.oneof(...['<', '>=', '==', '!='].map(name => call(name, row, fc.oneof(ofRow(type), values[type]))))
  }),
  fc.constant({ var: 'paid' }),
  call('!', fc.constant({ var: 'paid' })),
  call('isEmpty', fc.constantFrom({ var: 'label' }, { var: 'day' })),
)
const ofMembers = (type: 'text' | 'decimal', grow: Grow) =>
  fc.oneof(...['<', '>=', '==', '!='].map(name => call(name, member, grow(type))), call('isEmpty', member), grow('boolean'))

const questions = (grow: Grow) =>
  fc
    .constantFrom('some', 'every', 'all', 'none')
    .chain(name =>
      fc.oneof(
        call(name, lines, ofRows),
        ...(['text', 'decimal'] as const).map(type => call(name, list(type, grow), ofMembers(type, grow))),
      ),
    )

/** Numbers that are gathered over rows and lists. */
const gathered = (grow: Grow) =>
  fc.oneof(
    call('count', fc.oneof(lines, list('text', grow))),
    call('count', lines, ofRows),
    call('count', list('decimal', grow), ofMembers('decimal', grow)),
    fc
      .constantFrom('sum', 'avg', 'minOf', 'maxOf')
      .chain(name =>
        fc.oneof(
          call(name, list('decimal', grow)),
          call(name, lines, fc.oneof(ofRow('decimal'), call('*', ofRow('decimal'), ofRow('decimal')))),
        ),
      ),
  )

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
    questions(grow),
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
      gathered(grow),
      call('round', number(grow), fc.integer({ min: 0, max: 6 })),
      call('min', firmOf('decimal'), number(grow)),
      call('max', number(grow), firmOf('decimal')),
      call('length', grow('text')),
      call('indexOf', grow('text'), grow('text')),
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
