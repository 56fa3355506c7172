import { describe, expect, it } from '@jest/globals'
import { readDefinitions } from '@tessera/platform/definitions/check.js'
import { changesOf } from '@tessera/platform/model/changes.js'
import { compileModel } from '@tessera/platform/model/compile.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { typeScope } from '@tessera/platform/model/scope.js'
import { inLiveNames, type Stricter, stricterIn } from '@tessera/platform/records/stricter.js'
import { checkRule } from '@tessera/platform/rules/check.js'
import { compileRule } from '@tessera/platform/rules/javascript.js'
import { assignStorage, emptyStorage, withStorage } from '@tessera/platform/tables/storage.js'
import fc from 'fast-check'

type Fields = Readonly<Record<string, Readonly<Record<string, unknown>>>>
type Values = Readonly<Record<string, unknown>>

const modelOf = (fields: Fields, rules: readonly unknown[] = []) => {
  const json = { object: 'thing', plural: 'things', label: 'Thing', title: 'text', fields, rules }
  const { elements, issues } = readDefinitions([{ source: 'thing', json }])
  const compiled = compileModel(elements)
  expect([...issues, ...compiled.issues]).toEqual([])
  return compiled.model
}

/** What a change of the fields asks more, and the object as it is. */
function stricter(before: Fields, after: Fields, rules: readonly unknown[] = []): { found: Stricter[]; object: ObjectModel } {
  const storage = assignStorage(modelOf(before), [emptyStorage])
  const had = withStorage(modelOf(before), storage)
  const model = modelOf(after, rules)
  const has = withStorage(model, assignStorage(model, [storage]))
  const object = had.objects.thing
  if (!object) throw new Error('No thing')
  return { found: stricterIn(changesOf(had, has), had, has), object }
}

/** Whether a rule holds for a record as it is. */
function holds(rule: unknown, values: Values, object: ObjectModel): boolean {
  const { checked, issues } = checkRule(rule, typeScope(object, { thing: object }, { before: false, rows: true }), 'boolean', '', {
    isForSql: true,
  })
  expect(issues).toEqual([])
  const read = (path: readonly string[]) => values[path[path.length - 1] ?? ''] ?? null
  return checked !== undefined && compileRule(checked)({ read, timeZone: 'UTC' }) === true
}

/** Whether a record would be taken with these fields. */
const isTaken = (object: ObjectModel, values: Values): boolean =>
  Object.values(object.fields)
    .filter(({ system }) => !system)
    .every(({ name, type, definition }) => {
      const value = values[name] ?? null
      return value === null ? definition.required !== true : 'value' in type.parse(value, definition)
    })

const letters = ['a', 'b', 'c', 'd']
const bound = (low: number, high: number) => fc.option(fc.integer({ min: low, max: high }), { nil: undefined })
const defined = (definition: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(definition).filter(([, value]) => value !== undefined))
const required = fc.option(fc.constant(true), { nil: undefined })
const options = fc.subarray(letters, { minLength: 1 }).map(values => values.map(value => ({ value })))
const fields = fc.record({
  text: fc
    .record({ maxLength: bound(3, 8), minLength: bound(1, 3), required })
    .map(made => defined({ type: 'text', label: 'Text', ...made })),
  number: fc.record({ min: bound(-5, 0), max: bound(1, 6), required }).map(made => defined({ type: 'integer', label: 'Number', ...made })),
  share: fc
    .record({ min: bound(-5, 0), max: bound(1, 6) })
    .map(({ min, max }) =>
      defined({ type: 'decimal', label: 'Share', min: min === undefined ? min : String(min), max: max === undefined ? max : String(max) }),
    ),
  choice: fc.record({ options, required }).map(made => defined({ type: 'select', label: 'Choice', ...made })),
  tags: options.map(made => ({ type: 'multiSelect', label: 'Tags', options: made })),
})
const orNull = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null })
const record = fc.record({
  text: orNull(fc.string({ minLength: 1, maxLength: 9, unit: fc.constantFrom(...letters) })),
  number: orNull(fc.integer({ min: -8, max: 8 })),
  share: orNull(fc.integer({ min: -8, max: 8 }).map(String)),
  choice: orNull(fc.constantFrom(...letters)),
  tags: orNull(fc.subarray(letters, { minLength: 1 })),
})

describe('what a publish asks more of records', () => {
  it('holds exactly for those that were taken before and are not any more', () =>
    fc.assert(
      fc.property(fields, fields, fc.array(record, { minLength: 1, maxLength: 8 }), fc.boolean(), (before, after, records, isRenamed) => {
        const { number, ...others } = after
        const next: Fields = isRenamed ? { ...others, size: { ...number, was: ['number'] } } : after
        const { found, object } = stricter(before, next)
        const target = modelOf(next).objects.thing
        for (const values of records.filter(each => isTaken(object, each))) {
          const renamed = isRenamed ? { ...values, size: values.number } : values
          const isRefused = found.some(({ rule }) => rule !== null && holds(rule, values, object))
          expect(isRefused).toBe(target !== undefined && !isTaken(target, renamed))
        }
      }),
      { numRuns: 150 },
    ))

  const plain: Fields = { text: { type: 'text', label: 'Text' }, number: { type: 'integer', label: 'Number' } }
  const told = (after: Fields, rules: readonly unknown[] = []) =>
    stricter(plain, after, rules).found.map(({ kind, path, field, rule }) => [kind, path, field, rule])

  it('says of a new field only when it is needed', () => {
    const when = { '>': [{ var: 'number' }, 5] }
    expect(told({ ...plain, extra: { type: 'text', label: 'Extra', required: true } })).toEqual([
      ['required', 'objects/thing/fields/extra/required', null, true],
    ])
    expect(told({ ...plain, extra: { type: 'text', label: 'Extra', requiredWhen: when } })).toEqual([
      ['required', 'objects/thing/fields/extra/requiredWhen', null, when],
    ])
    expect(told({ ...plain, extra: { type: 'text', label: 'Extra' } })).toEqual([])
  })

  it('reads a rule under the names of now, and what is not there yet as empty', () => {
    const names = new Map([
      ['size', 'number'],
      ['extra', null],
    ])
    const rule = { and: [{ '>': [{ var: 'record.size' }, { var: 'text' }] }, { '==': [{ var: ['extra'] }, 1] }, { var: 'size.name' }] }
    expect(inLiveNames(rule, names)).toEqual({
      and: [{ '>': [{ var: 'record.number' }, { var: 'text' }] }, { '==': [null, 1] }, { var: 'number.name' }],
    })
  })

  it('asks of values one by one what no rule says, and nothing of what is wider', () => {
    expect(told({ ...plain, text: { type: 'text', label: 'Text', pattern: '[a-z]+' } })).toEqual([
      ['values', 'objects/thing/fields/text/pattern', 'text', null],
    ])
    const narrow: Fields = { ...plain, text: { type: 'text', label: 'Text', maxLength: 5, required: true } }
    expect(stricter(narrow, plain).found).toEqual([])
  })
})
