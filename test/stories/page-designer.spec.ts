import { afterAll, beforeAll, expect } from '@jest/globals'
import type { BrowserContext, Locator, Page } from 'playwright-core'
import { startTestApp, type TestApp, testPassword } from '../support/app.js'
import { findingsInBothModes } from '../support/axe.js'
import { browser, describeInBrowser } from '../support/browser.js'
import { until } from '../support/follow-up.js'
import { askIn, openContext, openPage, signInPage } from '../support/page.js'
import { story } from '../support/story.js'

const test = story()
const slug = 'page-designer-story'
const [admin, rep] = [`admin@${slug}.test`, `rep@${slug}.test`]

describeInBrowser('An admin designs the page of a record and the look of the app', () => {
  let app: TestApp
  const contexts: BrowserContext[] = []
  let page: Page
  let other: Page
  let product = ''

  const opened = async (email: string, language: 'en' | 'zh-CN'): Promise<Page> => {
    if (!browser) throw new Error('no browser')
    const context = await openContext(browser, { language, mode: 'light', size: 'desk' })
    contexts.push(context)
    const tab = await context.newPage()
    await signInPage(tab, app.url, email, testPassword)
    return tab
  }
  const find = async (select: Locator, option: string) => {
    await select.click()
    await select.fill(option)
    await page
      .locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option')
      .filter({ hasText: option })
      .first()
      .click()
  }
  const saved = () => page.getByRole('region', { name: 'Draft' }).getByText('Saved', { exact: true }).waitFor()
  const live = () => page.getByRole('region', { name: 'What people will see' })
  const row = (name: string) => page.getByRole('list', { name: 'Tabs and panels' }).getByRole('button', { name, exact: true })
  const menu = async (name: string, entry: string) => {
    await page
      .getByRole('button', { name: `Actions for ${name}` })
      .first()
      .click()
    await page.getByRole('menuitem', { name: entry }).click()
  }
  const accent = (on: Page) => on.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--accent').trim())
  const isClean = async (on: Page) => expect(await findingsInBothModes(on)).toEqual([])

  beforeAll(async () => {
    if (!browser) return
    app = await startTestApp(slug, [{}, { email: rep, name: 'Rita Rep', roles: ['salesRep'], locale: 'zh-CN' }])
    page = await opened(admin, 'en')
    other = await opened(rep, 'zh-CN')
    const make = async (object: string, data: object) =>
      (
        await askIn<{ made: { id: string } }>(
          page,
          '/graphql',
          `mutation($data: ${object}Create!) { made: create${object}(data: $data) { id } }`,
          {
            data,
          },
        )
      ).made.id
    const category = await make('ProductCategory', { name: 'Pumps', code: 'PU' })
    product = await make('Product', { name: 'Northern pump', code: 'P-1', price: '100', categoryId: category })
    await make('Product', { name: 'Southern pump', code: 'P-2', price: '300', categoryId: category })
  })

  afterAll(async () => {
    for (const context of contexts) await context.close()
    await browser?.close()
    await app?.close()
  })

  test('begins with the page as it is', async () => {
    await openPage(page, `${app.url}/studio/definitions/page`)
    await find(page.getByRole('combobox', { name: 'New record page for' }), 'Product category')
    await page.getByRole('button', { name: 'Add record page' }).click()
    await live().getByRole('heading', { name: 'Pumps' }).waitFor()
    await live().getByText('Northern pump').first().waitFor({ state: 'attached' })
    await isClean(page)
  })

  test('moves a list into a tab of its own, with columns and an order', async () => {
    await page.getByRole('button', { name: 'Add tab' }).click()
    await menu('Products', 'Move to “New tab”')
    await row('New tab tab').click()
    await page.getByRole('group', { name: 'Properties of New tab' }).waitFor()
    await page.getByRole('textbox', { name: 'Label (English)' }).fill('Catalogue')
    await page.getByRole('textbox', { name: 'Label (Chinese)' }).fill('目录')
    await row('Products').click()
    await page.getByRole('group', { name: 'Properties of Products' }).waitFor()
    const columns = page.getByRole('list', { name: 'Columns' })
    await find(page.getByRole('combobox', { name: 'Add column' }), 'Code')
    await columns.getByText('Code').waitFor()
    await find(page.getByRole('combobox', { name: 'Add order' }), 'List price')
    await page.getByRole('radiogroup', { name: 'Direction of List price: ascending or descending' }).getByText('↓').click()
    await live().getByRole('tab', { name: 'Catalogue', selected: true }).waitFor()
    await until(
      () => live().locator('.lines .title-link').allTextContents(),
      list => list.join() === 'Southern pump,Northern pump',
    )
    await isClean(page)
  })

  test('takes a panel away and brings it back', async () => {
    await menu('History', 'Remove')
    await until(
      () => page.getByRole('list', { name: 'Tabs and panels' }).getByRole('button', { name: 'History', exact: true }).count(),
      count => count === 1,
    )
    await page.getByRole('region', { name: 'Draft' }).getByRole('button', { name: 'Undo' }).click()
    await until(
      () => page.getByRole('list', { name: 'Tabs and panels' }).getByRole('button', { name: 'History', exact: true }).count(),
      count => count === 2,
    )
  })

  test('gives the app another accent', async () => {
    await saved()
    await openPage(page, `${app.url}/studio/definitions/app/crm`)
    await page.getByRole('radio', { name: 'Teal' }).check()
    await isClean(page)
    await saved()
    await openPage(page, `${app.url}/studio/publish`)
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    await page.waitForURL(/\/studio\/versions$/)
  })

  test('and everybody has the page and the accent, with what they may see', async () => {
    await openPage(other, `${app.url}/sales/productCategory`)
    await other.getByRole('link', { name: 'Pumps' }).click()
    await other.getByRole('tab', { name: '目录 2' }).click()
    await until(
      () => other.locator('.lines .title-link').allTextContents(),
      list => list.join() === 'Southern pump,Northern pump',
    )
    expect(await accent(other)).toBe('#0f6e74')
    await isClean(other)
    await other.getByRole('link', { name: 'Northern pump' }).click()
    await other.waitForURL(new RegExp(product))
    await isClean(other)
  })
})
