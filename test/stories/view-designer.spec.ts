import { afterAll, beforeAll, expect } from '@jest/globals'
import type { BrowserContext, Locator, Page } from 'playwright-core'
import { startTestApp, type TestApp, testPassword } from '../support/app.js'
import { findingsInBothModes } from '../support/axe.js'
import { browser, describeInBrowser } from '../support/browser.js'
import { until } from '../support/follow-up.js'
import { jsonIn } from '../support/json-text.js'
import { askIn, openContext, openPage, signInPage } from '../support/page.js'
import { story } from '../support/story.js'

const test = story()
const slug = 'view-designer-story'
const [admin, rep] = [`admin@${slug}.test`, `rep@${slug}.test`]

describeInBrowser('An admin designs views and the navigation', () => {
  let app: TestApp
  const contexts: BrowserContext[] = []
  let page: Page
  let other: Page

  const opened = async (email: string, language: 'en' | 'zh-CN', size: 'desk' | 'phone' = 'desk'): Promise<Page> => {
    if (!browser) throw new Error('no browser')
    const context = await openContext(browser, { language, mode: 'light', size })
    contexts.push(context)
    const tab = await context.newPage()
    await signInPage(tab, app.url, email, testPassword)
    return tab
  }
  const offered = (option: string) =>
    page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option').filter({ hasText: option }).first()
  const pick = async (select: Locator, option: string) => {
    await select.click()
    await offered(option).click()
  }
  const choose = async (select: Locator, option: string) => {
    await select.click()
    await select.fill(option)
    await offered(option).click()
  }
  const saved = () => page.getByRole('region', { name: 'Draft' }).getByText('Saved', { exact: true }).waitFor()
  const live = () => page.getByRole('region', { name: 'What people will see' })
  const heads = () => live().getByRole('columnheader').allTextContents()
  const titles = () => live().locator('.layout-title').allTextContents()
  const menu = async (row: string, entry: string) => {
    await page
      .getByRole('button', { name: `Actions for ${row}` })
      .first()
      .click()
    await page.getByRole('menuitem', { name: entry }).click()
  }
  const definition = async (kind: string, name: string) => {
    const { definitions } = await askIn<{ definitions: Record<string, unknown>[] }>(page, '/platform', `{ definitions(kind: "${kind}") }`)
    return definitions.find(each => each[kind] === name)
  }
  const isClean = async (on: Page) => expect(await findingsInBothModes(on)).toEqual([])

  beforeAll(async () => {
    if (!browser) return
    app = await startTestApp(slug, [{}, { email: rep, name: 'Rita Rep', roles: ['salesRep'], locale: 'zh-CN' }])
    page = await opened(admin, 'en')
    other = await opened(rep, 'zh-CN')
    const data = ['Northern pumps', 'Southern pumps', 'Lathe'].map((name, at) => ({ name, code: `D-${at}`, price: `${at + 1}00` }))
    await askIn(page, '/graphql', 'mutation($data: [ProductCreate!]!) { createProducts(data: $data) { count } }', { data })
  })

  afterAll(async () => {
    for (const context of contexts) await context.close()
    await browser?.close()
    await app?.close()
  })

  test('adds a view of an object, and sees its records at once', async () => {
    await openPage(page, `${app.url}/studio/definitions/view`)
    await page.getByRole('textbox', { name: 'New view' }).fill('Pumps')
    await choose(page.getByRole('combobox', { name: 'Object' }), 'Product')
    await page.getByRole('button', { name: 'Add view' }).click()
    await live().getByText('3 records').waitFor()
    expect((await titles()).sort()).toEqual(['Lathe', 'Northern pumps', 'Southern pumps'])
  })

  test('takes a column away, adds one, and puts them in order by the keyboard', async () => {
    await menu('Status', 'Remove')
    await choose(page.getByRole('combobox', { name: 'Add column' }), 'Created')
    expect((await heads()).at(-1)).toMatch(/Created/)
    const handle = page
      .getByRole('list', { name: 'Columns' })
      .getByRole('button', { name: /^Move / })
      .last()
    const count = await page.getByRole('list', { name: 'Columns' }).getByRole('listitem').count()
    const said = (at: number) =>
      page
        .getByText(new RegExp(`Created, place ${at} of ${count}$`))
        .first()
        .waitFor({ state: 'attached' })
    await handle.focus()
    await page.keyboard.press('Space')
    await said(count)
    await page.keyboard.press('ArrowUp')
    await said(count - 1)
    await page.keyboard.press('Space')
    await until(heads, list => /Created/.test(list.at(-2) ?? ''))
    await menu('Created', 'Move up')
    await until(heads, list => /Created/.test(list.at(-3) ?? ''))
  })

  test('narrows and orders the view, and the result follows', async () => {
    await page.getByRole('button', { name: 'Add condition' }).click()
    const condition = page.getByRole('group', { name: 'Only records where' })
    await pick(condition.getByRole('combobox', { name: 'Comparison' }), 'contains')
    await condition.getByRole('textbox', { name: 'Value' }).fill('pumps')
    await live().getByText('2 records').waitFor()
    await choose(page.getByRole('combobox', { name: 'Add order' }), 'Name')
    await until(titles, list => list.join() === 'Northern pumps,Southern pumps')
    await page.getByRole('radiogroup', { name: 'Direction of Name: ascending or descending' }).getByText('↓').click()
    await until(titles, list => list.join() === 'Southern pumps,Northern pumps')
    await isClean(page)
  })

  test('takes back an edit, and sees the JSON beside it', async () => {
    await page.getByRole('region', { name: 'Draft' }).getByRole('button', { name: 'Undo' }).click()
    await until(titles, list => list.join() === 'Northern pumps,Southern pumps')
    await page.getByRole('tab', { name: 'JSON' }).click()
    expect(await jsonIn(page.locator('.json-editor .cm-content'))).toContain('"sort": [{ "field": "name", "direction": "asc" }]')
    await page.getByRole('tab', { name: 'Design' }).click()
  })

  test('puts the view before the others', async () => {
    const names = page.getByRole('list', { name: 'Order of the views' }).locator('.layout-name')
    await names.first().waitFor()
    const place = async () => (await names.allTextContents()).indexOf('Pumps')
    for (let at = await place(); at > 0; at--) {
      await menu('Pumps', 'Move up')
      await until(place, now => now === at - 1)
    }
  })

  test('turns it into a board and back', async () => {
    await page.getByRole('radiogroup', { name: 'Shape' }).getByText('Board').click()
    await live().locator('.board-card').first().waitFor()
    await isClean(page)
    await page.getByRole('radiogroup', { name: 'Shape' }).getByText('List').click()
    await live().getByText('2 records').waitFor()
  })

  test('leads to it from the navigation, and sees the panel as a role does', async () => {
    await saved()
    await openPage(page, `${app.url}/studio/definitions/navigation/sales`)
    await page.getByRole('button', { name: 'Catalogue', exact: true }).click()
    await choose(page.getByRole('combobox', { name: 'Add to “Catalogue”' }), 'Pumps')
    const entries = page.getByRole('list', { name: 'Groups and entries' })
    await entries.getByRole('button', { name: 'Pumps View' }).click()
    await page.getByRole('complementary', { name: 'Properties of Pumps' }).waitFor()
    await page.getByRole('textbox', { name: 'Label (English)' }).fill('Our pumps')
    await page.getByRole('textbox', { name: 'Label (Chinese)' }).fill('水泵')
    const picture = page.getByRole('complementary', { name: 'What people will see' })
    await picture.getByText('Our pumps').waitFor()
    await choose(picture.getByRole('combobox'), 'People team')
    await picture.getByText('Our pumps').waitFor({ state: 'detached' })
    await choose(picture.getByRole('combobox'), 'Sales representative')
    await picture.getByText('Our pumps').waitFor()
    await isClean(page)
  })

  test('moves an entry to another group, and a group before the others', async () => {
    await menu('Our pumps', 'Move to “Sales”')
    await menu('Insight', 'Move up')
    const groups = page.getByRole('list', { name: 'Groups and entries' }).locator('.heading .layout-name')
    await until(
      () => groups.allTextContents(),
      list => list.map(text => text.trim()).join() === 'Sales,Catalogue,Insight,People',
    )
  })

  test('adds a navigation for a role, before the others', async () => {
    await saved()
    await openPage(page, `${app.url}/studio/definitions/navigation`)
    await page.getByRole('textbox', { name: 'New navigation' }).fill('Stock')
    await page.getByRole('button', { name: 'Add navigation' }).click()
    await choose(page.getByRole('combobox', { name: 'Add to “Stock”' }), 'Product categories')
    await choose(page.getByRole('combobox', { name: 'Who gets it' }), 'Sales representative')
    await page.keyboard.press('Escape')
    const order = page.getByRole('list', { name: 'Order of the navigations' })
    await order.getByRole('button', { name: 'Actions for Stock' }).click()
    await page.getByRole('menuitem', { name: 'Move up' }).click()
    await until(
      () => order.locator('.cut').allTextContents(),
      names => names.join() === 'Stock,Sales',
    )
    const picture = page.getByRole('complementary', { name: 'What people will see' })
    await picture.getByText('Product categories').waitFor()
    await choose(picture.getByRole('combobox'), 'Finance')
    await picture.getByText('It is not for this role.').waitFor()
    await isClean(page)
  })

  test('publishes, and everybody finds the view where it was put', async () => {
    await saved()
    await openPage(page, `${app.url}/studio/publish`)
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    await page.waitForURL(/\/studio\/versions$/)
    expect(await definition('view', 'pumps')).toMatchObject({
      object: 'product',
      kind: 'list',
      sort: [{ field: 'name', direction: 'asc' }],
    })
    await openPage(other, `${app.url}/sales`)
    await other.getByRole('link', { name: '水泵' }).first().click()
    await other.getByRole('tab', { name: /^Pumps/, selected: true }).waitFor()
    await until(
      () => other.locator('.title-link').allTextContents(),
      list => list.join() === 'Northern pumps,Southern pumps',
    )
  })

  test('and whom the new navigation is for begin in it', async () => {
    await openPage(other, `${app.url}/`)
    await other.waitForURL(/\/stock$/)
    const apps = (on: Page) => on.locator('.rail-link[href="/stock"], .rail-link[href="/sales"]').count()
    expect([await apps(other), await apps(page)]).toEqual([2, 0])
  })

  test('removes a view alone, and its entry where the problem is told; or both in one step', async () => {
    const remove = async () => {
      await openPage(page, `${app.url}/studio/definitions/view/pumps`)
      await page.getByRole('button', { name: 'Remove', exact: true }).click()
      return page.getByRole('dialog', { name: 'Remove “Pumps”?' })
    }
    const alone = await remove()
    await alone.getByText('Navigation “Sales”: 1 entry').waitFor()
    await isClean(page)
    await alone.getByRole('checkbox', { name: 'Take this entry out too' }).uncheck()
    await alone.getByRole('button', { name: 'Remove' }).click()
    await page.getByRole('button', { name: '1 problem' }).click()
    await page.getByRole('button', { name: 'Remove this entry' }).click()
    const draft = page.getByRole('region', { name: 'Draft' })
    await draft.getByText('2 changes').waitFor()
    await page.getByRole('button', { name: '1 problem' }).waitFor({ state: 'detached' })
    for (let step = 0; step < 2; step++) await draft.getByRole('button', { name: 'Undo' }).click()
    await draft.getByText('nothing changed').waitFor()
    await (await remove()).getByRole('button', { name: 'Remove' }).click()
    await draft.getByText('2 changes').waitFor()
    expect(await page.getByRole('button', { name: '1 problem' }).count()).toBe(0)
    await draft.getByRole('button', { name: 'Undo' }).click()
    await draft.getByText('nothing changed').waitFor()
  })

  test('and finds a board with its own filter among those of an object', async () => {
    const { me, members } = await askIn<{ me: { id: string }; members: { id: string }[] }>(
      page,
      '/platform',
      '{ me { id } members { id } }',
    )
    const theirs = members.find(({ id }) => id !== me.id)?.id
    const make = async (type: string, data: object) => {
      const query = `mutation($data: ${type}Create!) { made: create${type}(data: $data) { id } }`
      return (await askIn<{ made: { id: string } }>(page, '/graphql', query, { data })).made.id
    }
    const customerId = await make('Customer', { name: 'Juniper' })
    const deal = { customerId, closeDate: '2030-01-31', currency: 'CNY' }
    await make('Opportunity', { ...deal, name: 'Mine' })
    await make('Opportunity', { ...deal, name: 'Theirs', ownerId: theirs })
    await openPage(page, `${app.url}/sales/opportunity?as=board`)
    const cards = () => page.locator('.board-card-title').allTextContents()
    await until(cards, list => list.length === 2)
    await page.getByRole('button', { name: 'Pipeline', exact: true }).click()
    await page.getByRole('menuitemradio', { name: 'My pipeline' }).click()
    await until(cards, list => list.join() === 'Mine')
    expect(new URL(page.url()).searchParams.get('board')).toBe('myOpportunityBoard')
  })

  test('reads on a phone that designing needs a larger screen', async () => {
    const phone = await opened(admin, 'zh-CN', 'phone')
    for (const path of ['view/pumps', 'navigation/sales']) {
      await openPage(phone, `${app.url}/studio/definitions/${path}`)
      await phone.getByRole('heading', { name: '请在更大的屏幕上打开' }).waitFor()
    }
    await isClean(phone)
  })
})
