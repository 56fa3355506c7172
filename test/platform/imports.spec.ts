import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import type { Element } from '@tessera/platform/definitions/index.js'
import { compileModel } from '@tessera/platform/model/compile.js'
import { guessFields } from '@tessera/platform/records/import-guess.js'
import { linkMapping } from '@tessera/platform/records/import-mapping.js'
import { matchesNone, readRow } from '@tessera/platform/records/import-row.js'

const definitions = [
  {
    object: 'deal',
    plural: 'deals',
    label: { en: 'Deal', 'zh-CN': '商机' },
    title: 'name',
    fields: {
      name: { type: 'text', label: { en: 'Name', 'zh-CN': '名称' } },
      key: { type: 'text', label: 'Key', unique: true },
      stage: {
        type: 'select',
        label: { en: 'Stage', 'zh-CN': '阶段' },
        options: [{ value: 'won', label: { en: 'Won', 'zh-CN': '赢单' } }, { value: 'lost' }],
      },
      closedOn: { type: 'date', label: 'Closed', was: ['finished'] },
      amount: { type: 'money', label: 'Amount' },
      product: { type: 'lookup', label: 'Product', to: 'product' },
      weighted: { type: 'formula', label: 'Weighted', returns: 'money', rule: { var: 'amount' } },
    },
  },
  {
    object: 'product',
    plural: 'products',
    label: 'Product',
    title: 'name',
    fields: { name: { type: 'text', label: 'Name' }, code: { type: 'text', label: 'Code', unique: true } },
  },
]
const { model } = compileModel(
  definitions.map(definition => ({ kind: 'object', name: definition.object, definition })) as unknown as Element[],
)
const deal = model.objects.deal
if (!deal) throw new Error('The example is broken')
const mayWrite = (field: { writable: boolean }) => field.writable
const guess = (...columns: string[]) => guessFields(columns, deal, mayWrite).map(found => found && `${found.field} ${found.by}`)
const link = (mapping: Parameters<typeof linkMapping>[0], match: string | null = null, columns = ['a', 'b']) =>
  linkMapping(mapping, match, { object: deal, model, columns, mayWrite })
const context = { locale: 'en', timeZone: 'UTC' } as const

describe('guessing what columns mean', () => {
  it('knows names, keys, labels in both languages and former names, whatever their case and signs', () => {
    expect(guess('NAME', '阶段', 'Finished', 'product_id', 'k-e-y')).toEqual([
      'name name',
      'stage name',
      'closedOn name',
      'product name',
      'key name',
    ])
  })

  it('knows a name within a name, the object for its title, and small mistakes', () => {
    expect(guess('deal_stage', 'Deal', 'amont', 'closingDate')).toEqual(['stage near', 'name name', 'amount near', null])
  })

  it('guesses no field twice and none that cannot be written', () => {
    expect(guess('stage', 'Stage', 'weighted', 'account', 'version')).toEqual(['stage name', null, null, null, null])
  })
})

describe('guessing what the columns of a real export mean', () => {
  const folder = 'metadata/crm/objects'
  const shipped = readdirSync(folder).map(file => JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as { object: string })
  const app = compileModel(shipped.map(definition => ({ kind: 'object', name: definition.object, definition })) as Element[]).model
  const guessed = (object: string, header: string) => {
    const target = app.objects[object]
    const columns = header.split(',')
    const found = target ? guessFields(columns, target, mayWrite) : []
    return Object.fromEntries(columns.flatMap((column, index) => (found[index] ? [[column, found[index]?.field]] : [])))
  }

  it('takes no id for a name, and no name for another that is written alike', () => {
    const pipeline = 'opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value'
    expect(guessed('opportunity', pipeline)).toEqual({ deal_stage: 'stage', close_date: 'closeDate' })
    expect(guess('deal_id', 'Deal-ID', 'account', 'state', 'name_id')).toEqual([null, null, null, null, null])
  })

  it('finds what has a word more or less', () => {
    const accounts = 'account,sector,year_established,revenue,employees,office_location,subsidiary_of'
    expect(guessed('customer', accounts)).toEqual({ revenue: 'annualRevenue', employees: 'employees' })
    expect(guessed('employee', accounts)).toEqual({ office_location: 'office' })
    expect(guessed('product', 'product,series,sales_price')).toEqual({ product: 'name', series: 'series', sales_price: 'price' })
    expect(guessed('employee', 'sales_agent,manager,regional_office')).toEqual({ manager: 'manager', regional_office: 'office' })
  })
})

describe('linking a mapping', () => {
  it('takes the title for the key of a relation unless another unique field is named', () => {
    const keyOf = (by?: string) => {
      const [column] = link([{ column: 'a', field: 'product', ...(by ? { by } : {}) }]).plan.columns
      return column?.key?.of === 'record' ? column.key.field.name : column?.key?.of
    }
    expect([keyOf(), keyOf('code'), keyOf('id')]).toEqual(['name', 'code', 'id'])
  })

  it('finds everything that is wrong at once', () => {
    const mapping = [
      { column: 'c', field: 'name' },
      { column: 'a', field: 'stag' },
      { column: 'a', field: 'weighted' },
      { column: 'b', field: 'product', by: 'owner' },
      { column: 'a', field: 'name' },
      { column: 'b', field: 'name' },
    ]
    expect(link(mapping, 'amount').issues.map(({ code, path, hint }) => [code, path, hint])).toEqual([
      ['COLUMN_UNKNOWN', 'mapping/0/column', 'Did you mean “a”?'],
      ['FIELD_UNKNOWN', 'mapping/1/field', 'Did you mean “stage”?'],
      ['FIELD_NOT_WRITABLE', 'mapping/2/field', 'Leave it out.'],
      ['KEY_UNFIT', 'mapping/3/by', 'Use id or a unique field.'],
      ['FIELD_FED_TWICE', 'mapping/5/field', 'Keep one of them.'],
      ['KEY_UNFIT', 'match', 'Use id or a unique field.'],
    ])
    expect(link([]).issues.map(({ code }) => code)).toEqual(['MAPPING_EMPTY'])
    expect(link([{ column: 'a', field: 'name' }], 'key').issues.map(({ code }) => code)).toEqual(['MATCH_NOT_FED'])
  })
})

describe('reading a row', () => {
  const { plan } = link(
    [
      { column: 'a', field: 'key' },
      { column: 'a', field: 'name' },
      { column: 'b', field: 'stage', values: { Closed: 'won', '-': '' } },
      { column: 'c', field: 'closedOn', dateFormat: 'D/M/YYYY' },
      { column: 'd', field: 'product' },
      { column: 'e', field: 'amount' },
    ],
    null,
    ['a', 'b', 'c', 'd', 'e'],
  )

  it('gives values by key, with mapped values, and cells that name records', () => {
    const { values, links, problems } = readRow([' K1 ', 'Closed', '3/2/2020', 'GTXPro', '1,200.50'], plan, context)
    expect(values).toEqual({ key: 'K1', name: 'K1', stage: 'won', closedOn: '2020-02-03', amount: '1200.5' })
    expect(links.map(({ column, value }) => [column.field.name, value])).toEqual([['product', 'GTXPro']])
    expect(problems).toEqual([])
  })

  it('takes empty and missing cells, and values mapped to nothing, for empty', () => {
    expect(readRow(['K1', '-'], plan, context)).toEqual({
      values: { key: 'K1', name: 'K1', stage: null, closedOn: null, productId: null, amount: null },
      links: [],
      problems: [],
    })
  })

  it('tells what it cannot read, at the column of the file, with the nearest option or name', () => {
    const { problems, links } = readRow(['K1', 'Wonn', '2/13/2020', 'GTXPro', 'much'], plan, context)
    expect(problems.map(({ column, value, issue, suggestion }) => [column, value, issue.code, suggestion])).toEqual([
      ['b', 'Wonn', 'OPTION_UNKNOWN', 'won'],
      ['c', '2/13/2020', 'VALUE_TYPE', null],
      ['e', 'much', 'VALUE_TYPE', null],
    ])
    const [product] = links
    expect(product && matchesNone(product, 'GTX Pro')).toMatchObject({
      column: 'd',
      value: 'GTXPro',
      suggestion: 'GTX Pro',
      issue: { code: 'MATCH_NONE', hint: 'Did you mean “GTX Pro”?' },
    })
  })
})
