import { describe, expect, it } from '@jest/globals'
import { elementOf } from '@tessera/platform/definitions/index.js'
import { compileModel } from '@tessera/platform/model/compile.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { checkForm } from '@tessera/platform/records/check-form.js'
import { isWishedKind } from '../../studio/fields/selection.js'

const definitions = [
  {
    object: 'tour',
    plural: 'tours',
    label: 'Tour',
    title: 'name',
    fields: {
      name: { type: 'text', required: true },
      most: { type: 'integer' },
      nights: { type: 'rollup', of: 'stops', function: 'sum', field: 'nights' },
    },
    rules: [
      { rule: 'enough', message: 'Too many nights.', must: { '<=': [{ var: 'nights' }, { var: 'most' }] } },
      { rule: 'some', message: 'At least one.', must: { '!=': [{ var: 'most' }, 0] } },
    ],
  },
  {
    object: 'stop',
    plural: 'stops',
    label: 'Stop',
    title: 'place',
    fields: {
      tour: { type: 'masterDetail', to: 'tour', inverse: 'stops' },
      place: { type: 'text', required: true },
      guide: { type: 'lookup', to: 'tour' },
      nights: { type: 'integer', required: true, min: 0 },
      price: { type: 'money' },
      cost: { type: 'formula', returns: 'money', rule: { '*': [{ var: 'price' }, { var: 'nights' }] } },
    },
  },
]
const { model } = compileModel(definitions.map(elementOf).filter(element => element !== null))
const moment = { member: { id: '', name: '' }, now: '2026-11-22T06:05:00.000Z', today: '2026-11-22', timeZone: 'UTC' }
const given = { model, object: model.objects.tour as ObjectModel, before: null, moment, locale: 'en' } as unknown as Parameters<
  typeof checkForm
>[0]

/** A line as the server answers with it: beside what can be written its version, computed values, names of related records. */
const read = {
  id: '1',
  version: 3,
  place: 'Guilin',
  nights: 2,
  price: '120',
  priceCurrency: 'CNY',
  cost: '240',
  costCurrency: 'CNY',
  guideId: null,
  guide: null,
}

describe('the check of a form with lines', () => {
  it('finds nothing wrong with lines as they were read', () => expect(checkForm(given, { name: 'South', stops: [read] })).toEqual([]))

  it('tells what is wrong with a line at its place', () =>
    expect(checkForm(given, { name: 'South', stops: [read, { ...read, nights: null }] })).toMatchObject([{ path: 'stops/1/nights' }]))
})

describe('the ends of a path', () => {
  it.each([
    ['won', true],
    ['done', true],
    ['converted', true],
    ['lost', false],
    ['cancelled', false],
    ['inactive', false],
    ['open', false],
    [undefined, false],
  ])('%s is wished for: %s', (kind, isWished) => expect(isWishedKind(kind)).toBe(isWished))
})

describe('the rules of a form', () => {
  const messages = (values: Record<string, unknown>) => checkForm(given, values).map(({ message }) => message)

  it('are judged where the form knows what they read', () => expect(messages({ name: 'A', most: 0 })).toEqual(['At least one.']))

  it('leave to the server what is kept of other records', () => expect(messages({ name: 'A', most: 3 })).toEqual([]))
})
