import { describe, expect, it } from '@jest/globals'
import { readDefinitions } from '@tessera/platform/definitions/check.js'
import { compileModel } from '@tessera/platform/model/compile.js'
import { differing, isUsable, mergedData, winnerOf } from '../../studio/views/merge/merge-choice.js'

const { model, issues } = compileModel(
  readDefinitions([
    {
      source: 'firm',
      json: {
        object: 'firm',
        plural: 'firms',
        label: 'Firm',
        title: 'name',
        fields: {
          name: { type: 'text', label: 'Name' },
          city: { type: 'text', label: 'City' },
          price: { type: 'money', label: 'Price', currency: 'own' },
          above: { type: 'hierarchy', label: 'Above', inverse: 'below' },
          double: { type: 'formula', label: 'Double', returns: 'text', rule: { cat: [{ var: 'name' }, { var: 'name' }] } },
          state: {
            type: 'select',
            label: 'State',
            options: [{ value: 'open' }, { value: 'done' }],
            states: { initial: ['open'], transitions: [{ transition: 'finish', label: 'Finish', from: ['open'], to: 'done' }] },
          },
        },
      },
    },
  ]).elements,
)
const { firm } = model.objects
if (!firm) throw new Error(JSON.stringify(issues))
const one = {
  id: 'one',
  version: 1,
  name: 'Acme',
  city: null,
  price: '5',
  priceCurrency: 'EUR',
  aboveId: null,
  double: 'AcmeAcme',
  state: 'open',
}
const two = {
  id: 'two',
  version: 1,
  name: 'Acme',
  city: 'Bonn',
  price: '7',
  priceCurrency: 'USD',
  aboveId: 'one',
  double: 'x',
  state: 'done',
}
const records = [one, two]
const field = (name: string) => {
  const found = firm.fields[name]
  if (!found) throw new Error(name)
  return found
}

describe('records side by side', () => {
  it('show the fields that differ and can be chosen: neither computed ones nor states', () => {
    expect(differing(firm, records, () => true).map(({ name }) => name)).toEqual(['city', 'price', 'above'])
    expect(differing(firm, records, name => name !== 'price').map(({ name }) => name)).toEqual(['city', 'above'])
  })

  it('prefer what the survivor has, else what there is; a choice wins, as long as its record is there', () => {
    expect(winnerOf(field('price'), records, 'one', undefined)).toBe('one')
    expect(winnerOf(field('city'), records, 'one', undefined)).toBe('two')
    expect(winnerOf(field('price'), records, 'one', 'two')).toBe('two')
    expect(winnerOf(field('price'), records, 'one', 'gone')).toBe('one')
  })

  it('never offer a record of the merge itself as what the survivor points at', () => {
    expect(isUsable(field('above'), two, records)).toBe(false)
    expect(mergedData([field('above')], records, 'two', new Map())).toEqual({ aboveId: null })
    expect(mergedData([field('above')], records, 'one', new Map())).toEqual({})
  })

  it('give only what comes of others, an amount with its currency', () => {
    expect(mergedData([field('city'), field('price')], records, 'one', new Map([['price', 'two']]))).toEqual({
      city: 'Bonn',
      price: '7',
      priceCurrency: 'USD',
    })
  })
})
