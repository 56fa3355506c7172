import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { BrowserContext, Locator, Page } from 'playwright-core'
import { dataOf, post, signInHeaders, startTestApp, type TestApp, testPassword } from '../support/app.js'
import { browser, describeInBrowser } from '../support/browser.js'
import { upload } from '../support/files.js'
import { runImport } from '../support/imports.js'
import { askIn, openContext, openPage, signInPage } from '../support/page.js'
import { publish } from '../support/publish.js'

const folder = new URL('../../../shared/data/sales-pipeline/', import.meta.url)
const isThere = existsSync(folder)
if (!isThere) process.stderr.write('SKIPPED: the real pipeline is not imported, because ../shared/data/sales-pipeline is not there\n')
const whenThere = isThere ? describeInBrowser : describe.skip

const pathOf = (name: string) => fileURLToPath(new URL(name, folder))
const email = 'admin@imports-story.test'

interface Definition {
  readonly object: string
  readonly fields: Readonly<Record<string, Record<string, unknown> & { readonly options?: readonly unknown[] }>>
}

/** What the admin adds to the objects as shipped, so that the file fits: a key, two relations and two stages. */
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

whenThere('A sales pipeline as it comes from elsewhere, through the import screen', () => {
  let app: TestApp
  let headers: Record<string, string>
  let context: BrowserContext
  let page: Page

  beforeAll(async () => {
    if (!browser) return
    app = await startTestApp('imports-story', [{}])
    headers = await signInHeaders(app, email)
    const answer = await post(`${app.url}/platform`, '{ definitions(kind: "object") }', {}, headers)
    const shipped = dataOf<Definition[]>(answer, 'definitions').find(({ object }) => object === 'opportunity')
    if (!shipped) throw new Error('The app has changed')
    await publish(app, headers, [additions(shipped)])
    const file = await upload(app.url, headers, 'sales_teams.csv', await readFile(pathOf('sales_teams.csv')))
    const teams = await runImport(app.url, headers, { object: 'employee', file, mapping: [{ column: 'sales_agent', field: 'name' }] })
    expect(teams).toMatchObject({ state: 'done', result: { created: 35, refused: 0 } })
    context = await openContext(browser, { language: 'en', mode: 'light', size: 'desk' })
    page = await context.newPage()
    await signInPage(page, app.url, email, testPassword)
  })

  afterAll(async () => {
    await context?.close()
    await browser?.close()
    await app?.close()
  })

  test('products go in with what is suggested', async () => {
    await chooseFile(page, app.url, 'product', 'products.csv')
    await page.getByText('products.csv · 7 rows').waitFor()
    await feeds(page, 'product', ['Name *', 'suggested'])
    await feeds(page, 'series', ['Series', 'suggested'])
    await feeds(page, 'sales_price', ['List price', 'suggested, check it'])
    await press(page, 'Continue')
    await page.getByText('All values are known.').waitFor()
    await press(page, 'Try the import')
    await press(page, 'Import 7 rows')
    await isDone(page, { New: '7', Updated: '0', Unchanged: '0', Refused: '0' })
  })

  test('customers go in after words of theirs were read as options', async () => {
    await chooseFile(page, app.url, 'customer', 'accounts.csv')
    await feed(page, 'account', 'Name')
    await feeds(page, 'account', ['Name *'])
    await feed(page, 'sector', 'Industry')
    await feed(page, 'subsidiary_of', 'Parent')
    await press(page, 'Continue')
    await press(page, 'Use “Technology”')
    await page.getByRole('row').filter({ hasText: 'technolgy' }).getByText('Technology', { exact: true }).first().waitFor()
    await press(page, 'Try the import')
    await page.getByRole('status').filter({ hasText: 'ready' }).waitFor()
    await press(page, 'Import 85 rows')
    await isDone(page, { New: '85', Updated: '0', Unchanged: '0', Refused: '0' })
  })

  test('the columns of 8,800 rows are recognised: relations by their records, dates by their order', async () => {
    await chooseFile(page, app.url, 'opportunity', 'sales_pipeline.csv')
    await page.getByText('sales_pipeline.csv · 8,800 rows').waitFor()
    for (const [column, field] of Object.entries({
      sales_agent: 'Agent',
      product: 'Product',
      account: 'Customer',
      deal_stage: 'Stage *',
    })) {
      await feeds(page, column, [field])
    }
    await feeds(page, 'close_date', ['Expected close', 'M/D/YYYY'])
    await feed(page, 'engage_date', 'Opened')
    await feeds(page, 'engage_date', ['Opened', 'M/D/YYYY'])
    await feed(page, 'close_value', 'Amount')
    await feed(page, 'opportunity_id', 'Name')
    await choose(page.getByRole('combobox', { name: 'Feed another field from opportunity_id' }), 'Key')
    await feeds(page, 'opportunity_id', ['Name *', 'Key'])
    await page.getByRole('combobox', { name: 'Rows that exist already' }).click()
    await page.getByTitle('Update the record with the same key', { exact: true }).click()
    await page.getByText('Update the record with the same key').filter({ visible: true }).first().waitFor()
    await press(page, 'Continue')
  })

  test('a try says that 7,320 rows are ready, and why 1,480 are not', async () => {
    await page.getByRole('button', { name: 'Use “GTX Pro”' }).waitFor()
    expect(await page.getByRole('table').getByRole('row').count()).toBe(2)
    await press(page, 'Try the import')
    const result = page.getByRole('status').filter({ hasText: 'refused' })
    await result.waitFor({ timeout: 60_000 })
    expect(await result.innerText()).toMatch(/^7,320 ready\s*1,480 refused$/)
    const reason = page.getByRole('region', { name: 'Why rows are refused' }).getByRole('row').filter({ hasText: 'GTXPro' })
    expect(await reason.innerText()).toMatch(/^product\s+GTXPro\s.*Did you mean “GTX Pro”\?.*\s1,480$/s)
    expect(await stages(page)).toEqual({})
  })

  test('good rows go in, and those refused are a file', async () => {
    await press(page, 'Import 7,320 rows')
    await page.getByRole('status').filter({ hasText: 'of 8,800 rows' }).waitFor()
    await isDone(page, { New: '7,320', Updated: '0', Unchanged: '0', Refused: '1,480' })
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download refused rows' }).click()])
    const lines = (await readFile(await download.path(), 'utf8')).trim().split('\n')
    expect(lines).toHaveLength(1481)
    expect(lines[1]).toContain('Z063OYW0,Darcel Schlecht,GTXPro,Isdom,Won,10/25/2016,3/11/2017,4514,3,product,GTXPro')
  })

  test('with the value mapped and the key a second run completes them, none twice', async () => {
    await press(page, 'Correct the mapping')
    await press(page, 'Continue')
    await press(page, 'Use “GTX Pro”')
    await press(page, 'Try the import')
    await page.getByText('1,480 new, 0 updated, 7,320 unchanged').waitFor({ timeout: 60_000 })
    await press(page, 'Import 8,800 rows')
    await isDone(page, { New: '1,480', Updated: '0', Unchanged: '7,320', Refused: '0' })
  })

  test('the list and the board show them all, as the API does', async () => {
    await press(page, 'Open opportunities')
    await page.getByRole('heading', { level: 1, name: 'Opportunities' }).waitFor()
    await page.getByText('8,800 records', { exact: true }).first().waitFor()
    await openPage(page, `${app.url}/sales/opportunity?view=wonOpportunities`)
    await page.getByText('4,238 records', { exact: true }).first().waitFor()
    await page.getByText('¥10,005,534.00').first().waitFor()
    await openPage(page, `${app.url}/sales/opportunity?as=board`)
    for (const [stage, count] of Object.entries({ Won: '4,238', Lost: '2,473', Engaging: '1,589', Prospecting: '500' })) {
      const lane = page.getByRole('region', { name: stage, exact: true })
      const rail = lane.getByRole('button', { expanded: false })
      if (await rail.count()) await rail.click()
      await lane.getByText(count, { exact: true }).waitFor()
    }
    await page.getByRole('region', { name: 'Won', exact: true }).getByText('¥10M', { exact: true }).waitFor()
    expect(await stages(page)).toEqual({ won: [4238, '10005534'], lost: [2473, '0'], engaging: [1589, null], prospecting: [500, null] })
  })
})

/** Opens the import of an object and gives it a file. */
async function chooseFile(page: Page, url: string, object: string, name: string): Promise<void> {
  await openPage(page, `${url}/sales/${object}/import`)
  await page.getByLabel('Choose file').first().setInputFiles(pathOf(name))
  await page.getByRole('heading', { name: 'Which column feeds which field?' }).waitFor()
}

const press = (place: Page | Locator, name: string) => place.getByRole('button', { name, exact: true }).click()

/** Chooses what a box offers, by typing it. */
async function choose(box: Locator, text: string): Promise<void> {
  await box.click()
  await box.fill(text)
  await box.press('Enter')
}

const feed = (page: Page, column: string, field: string) =>
  choose(page.getByRole('combobox', { name: `Field for column ${column}`, exact: true }), field)

/** Waits until the row of a column shows these words. */
async function feeds(page: Page, column: string, words: readonly string[]): Promise<void> {
  const box = page.getByRole('combobox', { name: `Field for column ${column}`, exact: true })
  const row = page.getByRole('listitem').filter({ has: box })
  for (const word of words) await row.getByText(word, { exact: true }).first().waitFor()
}

/** Waits for the end of an import and compares its numbers. */
async function isDone(page: Page, numbers: Readonly<Record<string, string>>): Promise<void> {
  await page.getByRole('heading', { name: 'The import is done' }).waitFor({ timeout: 60_000 })
  const names = await page.getByRole('term').allInnerTexts()
  const counts = await page.getByRole('definition').allInnerTexts()
  expect(Object.fromEntries(names.map((name, index) => [name, counts[index]]))).toEqual(numbers)
}

/** How many opportunities stand in each stage, and their sum, as the API tells it. */
async function stages(page: Page): Promise<Record<string, readonly [number, string | null]>> {
  const query = '{ opportunitiesAggregate(groupBy: [{ stage: {} }, { amountCurrency: {} }]) { keys count sum { amount } } }'
  const { opportunitiesAggregate: groups } = await askIn<{
    opportunitiesAggregate: { keys: [string, string]; count: number; sum: { amount: string | null } }[]
  }>(page, '/graphql', query)
  return Object.fromEntries(groups.map(({ keys, count, sum }) => [keys[0], [count, sum.amount]]))
}
