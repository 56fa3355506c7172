import { describe, expect, it } from '@jest/globals'
import { readDefinitions } from '@tessera/platform/definitions/check.js'
import { compileModel } from '@tessera/platform/model/compile.js'
import { mentionsOf } from '@tessera/platform/model/mentions.js'

const text = { type: 'text', label: 'Text' }
const decimal = { type: 'decimal', label: 'Number' }
/** Fields that are called as sections, views, measures, reports, sets and states are. */
const definitions = [
  { optionSet: 'kind', label: 'Kind', options: [{ value: 'total' }, { value: 'kind' }] },
  { object: 'firm', plural: 'firms', label: 'Firm', title: 'name', fields: { name: text, total: decimal } },
  {
    object: 'deal',
    plural: 'deals',
    label: 'Deal',
    title: 'name',
    fields: {
      name: text,
      total: decimal,
      kind: { type: 'select', label: 'Kind', optionSet: 'kind', default: 'total' },
      firm: { type: 'lookup', label: 'Firm', to: 'firm', inverse: 'deals' },
      note: { ...text, default: 'total', requiredWhen: { '==': [{ var: 'kind' }, 'total'] } },
      data: { type: 'json', label: 'Data', schema: { properties: { values: { total: 1 }, where: { var: 'total' } } } },
      sum: { type: 'rollup', label: 'Sum', of: 'lines', function: 'sum', field: 'total', where: { '>': [{ var: 'total' }, 0] } },
      firmTotal: { type: 'lookupValue', label: 'Total of the firm', of: 'firm', field: 'total', mode: 'live' },
    },
    rules: [
      {
        rule: 'total',
        message: 'More than {total}.',
        must: { or: [{ '!': { changed: ['total', 'kind'] } }, { '==': [{ var: 'note' }, 'total'] }] },
      },
    ],
  },
  {
    object: 'line',
    plural: 'lines',
    label: 'Line',
    title: 'name',
    fields: { name: text, total: decimal, deal: { type: 'masterDetail', label: 'Deal', to: 'deal', inverse: 'lines' } },
  },
  { form: 'total', label: 'Total', object: 'deal', sections: [{ section: 'total', fields: ['name', { field: 'total', label: 'total' }] }] },
  { view: 'total', label: 'Total', object: 'deal', kind: 'list', columns: ['name', 'total'], where: { in: [{ var: 'kind' }, ['total']] } },
  {
    report: 'total',
    label: 'Total',
    object: 'deal',
    groupBy: [{ field: 'kind' }],
    measures: [
      { name: 'total', sum: 'total' },
      { name: 'name', count: 'id' },
    ],
    chart: { type: 'bar', x: 'kind', y: 'total' },
  },
  {
    page: 'firm',
    label: 'Firm',
    object: 'firm',
    side: [{ panel: 'total', show: 'report', report: 'total', by: 'firm' }],
  },
  {
    workflow: 'total',
    label: 'Total',
    on: { object: 'deal', event: 'updated', fields: ['total'] },
    steps: [{ do: 'create', object: 'firm', values: { name: { cat: ['total', { var: 'record.name' }] }, total: { var: 'total' } } }],
  },
  { navigation: 'total', label: 'Total', groups: [{ group: 'total', label: 'Total', items: [{ view: 'total' }, { report: 'total' }] }] },
]
const { elements, issues: read } = readDefinitions(definitions.map((json, index) => ({ source: `put/${index}`, json })))
const { model, issues } = compileModel(elements)
const mentions = (object: string, name: string) => {
  const field = model.objects[object]?.fields[name]
  return field ? mentionsOf([field], model).flatMap(({ at }) => at) : []
}

describe('what names a field that is called like other things', () => {
  it('is sound', () => expect([...read, ...issues]).toEqual([]))

  it('are the places of fields, and in rules what they read; no section, view, report, measure, constant or default', () =>
    expect(mentions('deal', 'total')).toEqual([
      'objects/deal/rules/0/message',
      'objects/deal/rules/0/must/or/0/!/changed/0',
      'forms/total/sections/0/fields/1/field',
      'views/total/columns/1',
      'reports/total/measures/0/sum',
      'workflows/total/on/fields/0',
      'workflows/total/steps/0/values/total/var',
    ]))

  it('are not the option set of a field, nor the object that it points at', () => {
    expect(mentions('deal', 'kind')).toEqual([
      'objects/deal/fields/note/requiredWhen/==/0/var',
      'objects/deal/rules/0/must/or/0/!/changed/1',
      'views/total/where/in/0/var',
      'reports/total/groupBy/0/field',
      'reports/total/chart/x',
    ])
    expect(mentions('deal', 'firm')).toEqual(['objects/deal/fields/firmTotal/of', 'pages/firm/side/0/by'])
  })

  it('are in a rollup names of the children, in a related value and in what a step writes names of that object', () => {
    expect(mentions('line', 'total')).toEqual(['objects/deal/fields/sum/field', 'objects/deal/fields/sum/where/>/0/var'])
    expect(mentions('firm', 'total')).toEqual(['objects/deal/fields/firmTotal/field', 'workflows/total/steps/0/values/total'])
    expect(mentions('deal', 'name')).toContain('workflows/total/steps/0/values/name/cat/1/var')
    expect(mentions('firm', 'name')).toEqual(['objects/firm/title', 'workflows/total/steps/0/values/name'])
  })
})
