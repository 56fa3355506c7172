import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { dataOf, post, signInHeaders, startTestApp, type TestApp } from '../support/app.js'
import { upload } from '../support/files.js'
import { runImport } from '../support/imports.js'

const folder = new URL('../../../shared/data/sales-pipeline/', import.meta.url)
const isThere = existsSync(folder)
if (!isThere) process.stderr.write('SKIPPED: the real pipeline is not imported, because ../shared/data/sales-pipeline is not there\n')
const whenThere = isThere ? describe : describe.skip

const csv = (name: string) => readFileSync(new URL(name, folder))

/** What the admin adds to the objects as shipped, so that the file fits. */
const additions = (definition: Definition): Definition => {
  const { stage } = definition.fields
  const open = (value: string, label: string) => ({ value, label, color: 'blue', kind: 'open' })
  return {
    ...definition,
    fields: {
      ...definition.fields,
      key: { type: 'text', label: 'Key', unique: true, maxLength: 40 },
      product: { type: 'lookup', label: 'Product', to: 'product', inverse: 'opportunities', onDelete: 'restrict' },
      agent: { type: 'lookup', label: 'Agent', to: 'employee', inverse: 'opportunities', onDelete: 'restrict' },
      stage: { ...stage, options: [...(stage?.options ?? []), open('engaging', 'Engaging'), open('prospecting', 'Prospecting')] },
    },
  }
}

interface Definition {
  readonly fields: Readonly<Record<string, Record<string, unknown> & { readonly options?: readonly unknown[] }>>
}

whenThere('a sales pipeline as it comes from elsewhere', () => {
  let app: TestApp
  let headers: Record<string, string>
  const mapping = [
    { column: 'opportunity_id', field: 'key' },
    { column: 'opportunity_id', field: 'name' },
    { column: 'sales_agent', field: 'agent', by: 'name' },
    { column: 'product', field: 'product', by: 'name' },
    { column: 'account', field: 'customer', by: 'name' },
    { column: 'deal_stage', field: 'stage', values: { Won: 'won', Lost: 'lost', Engaging: 'engaging', Prospecting: 'prospecting' } },
    { column: 'engage_date', field: 'openedOn', dateFormat: 'M/D/YYYY' },
    { column: 'close_date', field: 'closeDate', dateFormat: 'M/D/YYYY' },
    { column: 'close_value', field: 'amount' },
  ]
  const withProduct = mapping.map(column => (column.field === 'product' ? { ...column, values: { GTXPro: 'GTX Pro' } } : column))
  let file = ''

  const ask = (query: string, variables = {}) => post(`${app.url}/platform`, query, variables, headers)
  const take = async (object: string, name: string, columns: unknown) =>
    runImport(app.url, headers, { object, file: await upload(app.url, headers, name, csv(name)), mapping: columns })
  const counted = async (query: string) =>
    dataOf<{ keys: string[]; count: number; sum: { amount: string | null } }[]>(
      await post(`${app.url}/graphql`, query, {}, headers),
      'opportunitiesAggregate',
    )

  beforeAll(async () => {
    app = await startTestApp('imports-pipeline', [{}])
    headers = await signInHeaders(app, 'admin@imports-pipeline.test')
    const [definition] = dataOf<(Definition & { object: string })[]>(await ask('{ definitions(kind: "object") }'), 'definitions').filter(
      ({ object }) => object === 'opportunity',
    )
    if (!definition) throw new Error('The app has changed')
    dataOf(await ask('mutation($put: [JSON!]) { publish(put: $put) { version } }', { put: [additions(definition)] }), 'publish')
    file = await upload(app.url, headers, 'sales_pipeline.csv', csv('sales_pipeline.csv'))
  })
  afterAll(() => app.close())

  it('takes customers, products and employees first', async () => {
    const accounts = [
      { column: 'account', field: 'name' },
      { column: 'year_established', field: 'foundedYear' },
      { column: 'employees', field: 'employees' },
      { column: 'subsidiary_of', field: 'parent', by: 'name' },
    ]
    expect(await take('customer', 'accounts.csv', accounts)).toMatchObject({ state: 'done', result: { created: 85, refused: 0 } })
    expect(
      await take('product', 'products.csv', [
        { column: 'product', field: 'name' },
        { column: 'series', field: 'series' },
        { column: 'sales_price', field: 'price' },
      ]),
    ).toMatchObject({ result: { created: 7, refused: 0 } })
    expect(await take('employee', 'sales_teams.csv', [{ column: 'sales_agent', field: 'name' }])).toMatchObject({
      result: { created: 35, refused: 0 },
    })
  })

  it('sees what the columns mean, dates by their order and products by their nearest names', async () => {
    const found = dataOf<{ rows: number; columns: { name: string; dateFormat: string | null; field: string | null }[]; values: unknown[] }>(
      await ask(
        'query($file: ID!) { inspectImport(file: $file, object: "opportunity") { rows columns { name dateFormat field guess samples } mapping values { column field value count suggestion } } }',
        { file },
      ),
      'inspectImport',
    )
    expect(found.rows).toBe(8800)
    expect(found.columns.map(({ name, dateFormat, field }) => [name, field, dateFormat])).toEqual([
      ['opportunity_id', null, null],
      ['sales_agent', 'agent', null],
      ['product', 'product', null],
      ['account', 'customer', null],
      ['deal_stage', 'stage', null],
      ['engage_date', null, 'M/D/YYYY'],
      ['close_date', 'closeDate', 'M/D/YYYY'],
      ['close_value', null, null],
    ])
    expect(found.values).toContainEqual({ column: 'product', field: 'product', value: 'GTXPro', count: 1480, suggestion: 'GTX Pro' })
  })

  it('tells in a dry run what would happen, and writes nothing', async () => {
    expect(await runImport(app.url, headers, { object: 'opportunity', file, mapping, match: 'key', dryRun: true })).toMatchObject({
      result: { created: 7320, updated: 0, unchanged: 0, refused: 1480 },
    })
    expect(await counted('{ opportunitiesAggregate { count } }')).toEqual([{ count: 0 }])
  })

  it('lets good rows in and refuses 1,480 with line, column, value and hint', async () => {
    const job = await runImport(app.url, headers, { object: 'opportunity', file, mapping, match: 'key' })
    expect(job).toMatchObject({ state: 'done', progress: { done: 8800, total: 8800 }, result: { created: 7320, refused: 1480 } })
    expect(job.reasons).toEqual([
      { code: 'MATCH_NONE', column: 'product', value: 'GTXPro', hint: 'Did you mean “GTX Pro”?', suggestion: 'GTX Pro', count: 1480 },
    ])
    const refused = await (await fetch(`${app.url}/files/${job.errorsFile}`, { headers })).text()
    const lines = refused.trim().split('\n')
    expect(lines).toHaveLength(1481)
    expect(lines[1]).toBe(
      'Z063OYW0,Darcel Schlecht,GTXPro,Isdom,Won,10/25/2016,3/11/2017,4514,3,product,GTXPro,MATCH_NONE,Product: nothing is called “GTXPro”.,Did you mean “GTX Pro”?',
    )
  })

  it('takes all 8,800 after a second run with the value mapped, none twice', async () => {
    const job = await runImport(app.url, headers, { object: 'opportunity', file, mapping: withProduct, match: 'key' })
    expect(job).toMatchObject({
      state: 'done',
      result: { created: 1480, updated: 0, unchanged: 7320, refused: 0 },
      reasons: [],
      errorsFile: null,
    })
    const stages = await counted(
      '{ opportunitiesAggregate(groupBy: [{ stage: {} }, { amountCurrency: {} }]) { keys count sum { amount } } }',
    )
    expect(Object.fromEntries(stages.map(({ keys, count }) => [keys[0], count]))).toEqual({
      won: 4238,
      lost: 2473,
      engaging: 1589,
      prospecting: 500,
    })
    expect(stages.find(({ keys }) => keys[0] === 'won')?.sum.amount).toBe('10005534')
    expect(await counted('{ opportunitiesAggregate(where: { customerId: { isNull: true } }) { count } }')).toEqual([{ count: 1425 }])
  })
})
