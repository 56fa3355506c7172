import { describe, expect, it } from '@jest/globals'
import type { Element } from '@tessera/platform/definitions/index.js'
import { compileModel } from '@tessera/platform/model/compile.js'
import { carryOver } from '@tessera/platform/records/carry-over.js'

const text = { type: 'text', label: 'Text' }
const deal = {
  object: 'deal',
  plural: 'deals',
  label: 'Deal',
  title: 'name',
  fields: {
    name: text,
    budget: { type: 'integer', label: { en: 'Budget', 'zh-CN': '预算' } },
    party: { type: 'lookup', label: 'Party', to: 'party' },
  },
}
const line = {
  object: 'line',
  plural: 'lines',
  label: 'Line',
  fields: {
    deal: { type: 'masterDetail', label: 'Deal', to: 'deal', inverse: 'lines' },
    what: text,
    rebate: { type: 'percent', label: 'Rebate' },
  },
}
const party = { object: 'party', plural: 'parties', label: 'Party', fields: { name: text } }

const modelOf = (...objects: readonly ({ readonly object: string } & Record<string, unknown>)[]) => {
  const elements = objects.map(definition => ({ kind: 'object', name: definition.object, definition })) as unknown as Element[]
  const { model, issues } = compileModel(elements)
  expect(issues).toEqual([])
  return model
}
const before = modelOf(deal, line, party)
const carried = (data: Record<string, unknown>, ...after: readonly ({ readonly object: string } & Record<string, unknown>)[]) => {
  const object = before.objects.deal
  const result = object && carryOver(data, object, before, modelOf(...after))
  return result && { to: result.object.name, data: result.data, dropped: result.dropped.map(({ label, value }) => [label, value]) }
}
const typed = {
  name: 'Mill',
  budget: 5,
  partyId: 'p',
  lines: {
    create: [{ what: 'A', rebate: '0.1' }],
    update: [
      { id: '1', version: 3, data: { what: 'B' } },
      { id: '2', version: 1, data: { rebate: '0.2' } },
    ],
    delete: ['4'],
  },
}

describe('a write that outlives a publish', () => {
  it('is none of ours when neither the object nor its lines changed, or the object is gone', () => {
    expect(carried(typed, deal, line, { ...party, label: 'Company' })).toBeNull()
    expect(carried(typed, party)).toBeNull()
  })

  it('finds renamed objects, fields, relations and fields inside lines', () => {
    const { name, budget, party: customer } = deal.fields
    const sale = {
      ...deal,
      object: 'sale',
      plural: 'sales',
      was: ['deal'],
      title: 'title',
      fields: { title: { ...name, was: ['name'] }, limit: { ...budget, was: ['budget'] }, customer: { ...customer, was: ['party'] } },
    }
    const item = {
      ...line,
      object: 'item',
      plural: 'items',
      was: ['line'],
      fields: {
        sale: { ...line.fields.deal, to: 'sale', inverse: 'items', was: ['deal'] },
        text: { ...text, was: ['what'] },
        discount: { ...line.fields.rebate, was: ['rebate'] },
      },
    }
    expect(carried(typed, sale, item, party)).toEqual({
      to: 'sale',
      data: {
        title: 'Mill',
        limit: 5,
        customerId: 'p',
        items: {
          create: [{ text: 'A', discount: '0.1' }],
          update: [
            { id: '1', version: 3, data: { text: 'B' } },
            { id: '2', version: 1, data: { discount: '0.2' } },
          ],
          delete: ['4'],
        },
      },
      dropped: [],
    })
  })

  it('tells what was typed into removed fields, of lines too, and says nothing of empty ones', () => {
    const { budget: _, ...fields } = deal.fields
    const { rebate: __, ...ofLine } = line.fields
    expect(carried(typed, { ...deal, fields }, { ...line, fields: ofLine }, party)).toMatchObject({
      data: { name: 'Mill', lines: { create: [{ what: 'A' }], update: [{ data: { what: 'B' } }, { data: {} }] } },
      dropped: [
        [{ en: 'Budget', 'zh-CN': '预算' }, 5],
        [{ en: 'Line – Rebate', 'zh-CN': 'Line – Rebate' }, '0.1'],
        [{ en: 'Line – Rebate', 'zh-CN': 'Line – Rebate' }, '0.2'],
      ],
    })
    expect(carried({ name: 'Mill', budget: null }, { ...deal, fields }, line, party)?.dropped).toEqual([])
  })

  it('drops lines as a whole when they are no lines any more', () => {
    const result = carried(typed, { ...deal, label: 'Sale' }, party)
    expect(result?.data).toEqual({ name: 'Mill', budget: 5, partyId: 'p' })
    expect(result?.dropped.map(([, value]) => value)).toEqual(['A', '0.1', 'B', '0.2'])
  })
})
