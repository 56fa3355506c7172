import type { Element } from '@tessera/platform/definitions/index.js'
import { elementOf } from '@tessera/platform/definitions/index.js'
import { compileModel } from '@tessera/platform/model/compile.js'

const definitions = [
  {
    object: 'deal',
    plural: 'deals',
    label: 'Deal',
    title: 'name',
    fields: {
      name: { type: 'text', label: 'Name', required: true },
      party: { type: 'lookup', label: 'Party', to: 'party', required: true },
      stage: {
        type: 'select',
        label: 'Stage',
        options: [
          { value: 'open', label: 'Open', kind: 'open' },
          { value: 'won', label: 'Won', kind: 'won' },
        ],
      },
      amount: { type: 'money', label: 'Amount', currency: 'record', inList: true },
      currency: { type: 'currency', label: 'Currency' },
      notes: { type: 'longText', label: 'Notes', inList: true },
    },
    rules: [
      {
        rule: 'wonNeedsAmount',
        at: ['amount'],
        message: 'Amount?',
        must: { or: [{ '!=': [{ var: 'stage' }, 'won'] }, { '>': [{ var: 'amount' }, 0] }] },
      },
    ],
  },
  { object: 'party', plural: 'parties', label: 'Party', title: 'name', fields: { name: { type: 'text', label: 'Name' } } },
  {
    object: 'line',
    plural: 'lineItems',
    label: 'Line',
    fields: {
      deal: { type: 'masterDetail', label: 'Deal', to: 'deal', inverse: 'lines' },
      what: { type: 'text', label: 'What', required: true },
    },
  },
  {
    form: 'dealForm',
    label: 'Deal',
    object: 'deal',
    sections: [
      { section: 'main', label: 'Main', fields: [{ field: 'name', width: 'full' }, 'party', 'stage'] },
      { section: 'more', label: 'More', columns: 1, fields: ['notes', 'lines'] },
    ],
    quick: ['name', 'stage'],
  },
]

/** Deals of parties with lines, and a form for them. */
export const { model, issues } = compileModel(definitions.map(elementOf).filter((element): element is Element => element !== null))
if (issues.length > 0 || !model.objects.deal) throw new Error(JSON.stringify(issues))
export const deal = model.objects.deal
