import { describe, expect, it } from '@jest/globals'
import type { ObjectModel } from '../../platform/model/model.js'
import {
  atStart,
  fed,
  fedTwice,
  type ImportState,
  optionCalled,
  refined,
  replaced,
  replacementOf,
  taken,
  unfedOf,
} from '../../studio/views/import/import-state.js'

const state: ImportState = {
  ...atStart,
  columns: [{ name: 'day', samples: ['3/1/2017'], filled: 1, dateFormat: 'M/D/YYYY', field: 'opened', guess: 'name' }],
  mapping: [{ column: 'what', field: 'product' }],
  match: 'product',
  trial: 'tried',
}

const options = [
  { value: 'tech', label: { en: 'Technology', 'zh-CN': '科技' } },
  { value: 'old', label: 'Old', inactive: true },
]
const field = (name: string, definition: object) => ({ name, definition, writable: true, system: false })
const object = {
  fields: {
    name: field('name', { required: true }),
    stage: field('stage', { required: true, default: 'new' }),
    sector: field('sector', { options }),
    product: field('product', {}),
  },
} as unknown as ObjectModel

describe('the mapping of an import', () => {
  it('feeds a date as its column writes dates', () =>
    expect(fed(state, undefined, 'day', 'opened').mapping.at(-1)).toEqual({ column: 'day', field: 'opened', dateFormat: 'M/D/YYYY' }))

  it('lets one column feed two fields, and says when two columns feed one', () => {
    const two = fed(state, undefined, 'what', 'name')
    expect(two.mapping.map(entry => entry.field)).toEqual(['product', 'name'])
    expect(fedTwice(fed(two, undefined, 'other', 'name').mapping)).toEqual(['name'])
  })

  it('drops the match when its field is no longer fed, and a try that is out of date', () =>
    expect(fed(state, state.mapping[0], 'what', null)).toMatchObject({ mapping: [], match: null, trial: null }))

  it('says by what records are found', () => {
    const [entry] = state.mapping
    expect(entry && refined(state, entry, { by: 'code' }).mapping).toEqual([{ column: 'what', field: 'product', by: 'code' }])
  })

  it('reads one text in place of another, until it is taken back', () => {
    const place = { column: 'what', field: 'product', value: 'GTXPro' }
    const mapped = replaced(state, place, 'GTX Pro')
    expect(mapped.mapping[0]).toEqual({ column: 'what', field: 'product', values: { GTXPro: 'GTX Pro' } })
    expect(replacementOf(mapped, place)).toBe('GTX Pro')
    expect(replacementOf(replaced(mapped, place, ''), place)).toBe('')
  })

  it('keeps an option by its value, whatever the suggestion calls it', () => {
    const mapping = [
      { column: 'what', field: 'sector' },
      { column: 'what', field: 'product' },
    ]
    const both = taken({ ...state, mapping }, object, 'what', 'technolgy', '科技')
    expect(both.mapping.map(entry => entry.values)).toEqual([{ technolgy: 'tech' }, { technolgy: '科技' }])
    expect(taken({ ...state, mapping }, object, 'what', 'x', 'Nowhere').mapping[0]?.values).toBeUndefined()
  })

  it('does not offer an option that is no longer used', () => {
    expect(optionCalled(options, 'Technology')?.value).toBe('tech')
    expect(optionCalled(options, 'old')).toBeUndefined()
  })

  it('says which required fields no column feeds', () => {
    expect(unfedOf(state.mapping, object)).toEqual(['name'])
    expect(unfedOf([...state.mapping, { column: 'what', field: 'name' }], object)).toEqual([])
  })
})
