import type { Page } from 'playwright-core'
import { askIn, openPage, settle } from './page.js'
import { both } from './screens.js'

type Open = (page: Page, url: string) => Promise<void>

const isDesk = (page: Page): boolean => (page.viewportSize()?.width ?? 0) >= 720

/** The id of one record that fits a question for its object's `nodes`. */
async function idOf(page: Page, list: string, where = '', order = ''): Promise<string> {
  const given = [where && `where: ${where}`, order && `orderBy: [${order}]`, 'first: 1'].filter(part => part !== '').join(', ')
  const answer = await askIn<Record<string, { nodes: { id: string }[] }>>(page, '/graphql', `{ ${list}(${given}) { nodes { id } } }`)
  return answer[list]?.nodes[0]?.id ?? ''
}

const record =
  (object: string, list: string, where = '', order = ''): Open =>
  async (page, url) =>
    openPage(page, `${url}/sales/${object}/${await idOf(page, list, where, order)}`)

const filtered = 'stage.in.proposal,negotiation;amount.gte.5000'

const noRecords = { page: { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } } }

/** States of the pages of end users, beside those that everybody sees first; how each is reached by somebody who may do everything. */
export const userScreens: Readonly<Record<string, Open>> = {
  'first-admin': async (page, url) => {
    await page.goto(url)
    await page.locator('#code').waitFor()
    await page.locator('button[type=submit]').click()
  },
  'sign-in-error': async (page, url) => {
    await openPage(page, `${url}/`)
    await page.locator('#email').fill('somebody@demo.test')
    await page.locator('#password').fill('not this one')
    await page.locator('button[type=submit]').click()
    await page.getByRole('alert').waitFor()
  },
  'list-filtered': (page, url) => openPage(page, `${url}/sales/opportunity?f=${filtered}`),
  'list-filter-editor': async (page, url) => {
    await openPage(page, `${url}/sales/opportunity?f=${filtered}`)
    await page.locator('.chip button').first().click()
    await page.locator('.condition-editor').waitFor()
  },
  'list-filter-fields': async (page, url) => {
    await openPage(page, `${url}/sales/opportunity`)
    await page.locator('.toolbar-filters .tool').last().click()
    await page.locator('.field-picker').waitFor()
  },
  'list-columns': async (page, url) => {
    await openPage(page, `${url}/sales/opportunity`)
    if (!isDesk(page)) return
    await page.getByRole('button', { name: both('Columns', '列') }).click()
    await page.locator('.column-list').waitFor()
  },
  'list-none': (page, url) => openPage(page, `${url}/sales/opportunity?q=zzzzzz`),
  'list-empty': async (page, url) => {
    await page.route('**/graphql', (route, request) => {
      const asked = request.postData() ?? ''
      if (asked.includes('query List')) return route.fulfill({ json: { data: noRecords } })
      if (asked.includes('query Counts')) return route.fulfill({ json: { data: {} } })
      return asked.includes('query Totals') ? route.fulfill({ json: { data: { groups: [{ keys: [], count: 0 }] } } }) : route.continue()
    })
    await openPage(page, `${url}/sales/opportunity`)
    await page.unroute('**/graphql')
  },
  'list-loading': async (page, url) => {
    await page.route('**/graphql', () => undefined)
    await page.goto(`${url}/sales/opportunity`)
    await page.locator('.grid-skeleton, .cards-skeleton').first().waitFor()
  },
  'list-selected': async (page, url) => {
    await openPage(page, `${url}/sales/opportunity`)
    if (isDesk(page)) await chooseRows(page, 3)
  },
  'list-delete': async (page, url) => {
    await openPage(page, `${url}/sales/opportunity`)
    if (isDesk(page)) {
      await chooseRows(page, 3)
      await page
        .locator('.selection-bar')
        .getByRole('button', { name: both('Delete', '删除') })
        .click()
    } else {
      await openPage(page, `${url}/sales/opportunity/${await idOf(page, 'opportunities')}`)
      await page
        .getByRole('button', { name: both('More', '更多') })
        .last()
        .click()
      await page.getByRole('menuitem', { name: both('Delete', '删除') }).click()
    }
    await page.getByRole('dialog').waitFor()
  },
  'list-merge': async (page, url) => {
    await openPage(page, `${url}/sales/employee`)
    if (!isDesk(page)) return
    await chooseRows(page, 2)
    await page
      .locator('.selection-bar')
      .getByRole('button', { name: both('Merge', '合并') })
      .click()
    await page
      .getByRole('dialog')
      .getByText(/90 (days|天)/)
      .waitFor()
  },
  'list-filter-links': async (page, url) => {
    await openPage(page, `${url}/sales/opportunity`)
    await page.locator('.toolbar-filters .tool').last().click()
    await page.locator('.field-picker input').fill(await wordIn(page, 'Competitors', '竞争对手'))
    await page.keyboard.press('Enter')
    await page.locator('.condition-editor').waitFor()
    await page.waitForTimeout(250)
  },
  'list-saved-view': async (page, url) => {
    const name = await wordIn(page, 'Late proposals', '逾期的报价')
    const view = {
      id: '01900000-0000-7000-8000-000000000001',
      query: 'f=stage.in.proposal',
      columns: null,
      isShared: false,
      isMine: true,
      owner: null,
    }
    await page.route('**/platform', (route, request) =>
      (request.postData() ?? '').includes('SavedViews')
        ? route.fulfill({ json: { data: { savedViews: [{ ...view, name }] } } })
        : route.continue(),
    )
    await openPage(page, `${url}/sales/opportunity`)
    await page.getByRole('tab', { name: new RegExp(`^${name}`) }).click()
    await page.waitForTimeout(500)
    await settle(page)
    await page.unroute('**/platform')
  },
  'list-failed': async (page, url) => {
    await page.route('**/graphql', route => route.fulfill({ status: 500, json: { errors: [{ message: 'Internal error' }] } }))
    await page.goto(`${url}/sales/opportunity`)
    await page.getByRole('button', { name: both('Try again', '再试一次') }).waitFor()
    await page.unroute('**/graphql')
  },
  'list-cell': async (page, url) => {
    await openPage(page, `${url}/sales/opportunity`)
    if (!isDesk(page)) return
    await page.locator('[data-cell="3:2"]').dblclick()
    await page.waitForTimeout(300)
  },
  'board-wide': async (page, url) => {
    await openPage(page, `${url}/sales/opportunity?as=board`)
    await page.locator('article').first().waitFor()
    await page.keyboard.press('[')
    await settle(page)
  },
  'board-moved': async (page, url) => {
    await openPage(page, `${url}/sales/opportunity?as=board`)
    await page.locator('.card-menu').first().focus()
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem').first().click()
    await page.locator('.toast').waitFor()
  },
  'record-customer': record('customer', 'customers', '{ contacts: { some: {} }, opportunities: { some: {} }, orders: { some: {} } }'),
  'record-order': record('order', 'orders', '{ lines: { some: {} } }', '{ createdAt: DESC }'),
  'record-category': record('productCategory', 'productCategories', '{ parent: { name: { isNull: false } } }'),
  'record-employee': record('employee', 'employees'),
  'record-why': async (page, url) => {
    await openPage(page, `${url}/sales/opportunity/${await idOf(page, 'opportunities', '{ stage: { eq: "proposal" } }')}`)
    await page
      .getByRole('button', { name: /^(Why\?|为什么？) ?(Weighted amount|加权金额)$/ })
      .first()
      .click()
    await page.getByRole('dialog').getByRole('region').first().waitFor()
  },
  'record-delete': async (page, url) => {
    await record('customer', 'customers', '{ contacts: { some: {} }, opportunities: { some: {} } }')(page, url)
    await page
      .getByRole('button', { name: both('More', '更多') })
      .last()
      .click()
    await page.getByRole('menuitem', { name: both('Delete', '删除') }).click()
    await page.getByRole('dialog').waitFor()
    await page.waitForTimeout(250)
  },
  'record-links': async (page, url) => {
    await record('opportunity', 'opportunities', '{ competitors: { some: {} }, stage: { eq: "negotiation" } }')(page, url)
    if (!isDesk(page)) await page.getByRole('tab', { name: /^(Competitors|竞争对手)/ }).click()
    await page
      .getByRole('region', { name: both('Competitors', '竞争对手') })
      .getByRole('button')
      .first()
      .click()
    await page.locator('#link-competitors').click()
    await page.waitForTimeout(800)
  },
  'record-gone': (page, url) => openPage(page, `${url}/sales/opportunity/01900000-0000-7000-8000-000000000000`),
  'page-unknown': (page, url) => openPage(page, `${url}/sales/nothing`),
  'page-broken': async (page, url) => {
    const script = /assets\/versions-page[^/]*\.js/
    await page.route(script, route => route.abort())
    await page.goto(`${url}/studio/versions`)
    await page.getByRole('button', { name: both('Load again', '重新加载') }).waitFor()
    await page.unroute(script)
  },
  'no-access': async (page, url) => {
    await page.route('**/platform', async route => {
      const response = await route.fetch()
      await route.fulfill({ response, body: (await response.text()).replaceAll('"admin":true', '"admin":false') })
    })
    await openPage(page, `${url}/studio`)
    await page.unroute('**/platform')
  },
  'record-history': async (page, url) => openPage(page, `${url}/sales/customer/${await idOf(page, 'customers')}/history`),
  'list-customers': (page, url) => openPage(page, `${url}/sales/customer`),
  'list-categories': (page, url) => openPage(page, `${url}/sales/productCategory`),
  'list-orders': (page, url) => openPage(page, `${url}/sales/order`),
  'form-errors': async (page, url) => {
    await openPage(page, `${url}/sales/opportunity/new`)
    await page.locator('.form-foot button.ant-btn-primary').click()
    await page.getByRole('alert').first().waitFor()
  },
  'form-edit': async (page, url) =>
    openPage(page, `${url}/sales/opportunity/${await idOf(page, 'opportunities', '{ lines: { some: {} } }')}/edit`),
  'form-leave': async (page, url) => {
    await openPage(page, `${url}/sales/opportunity/new`)
    await page.locator('.form-column input').first().fill('Half a thought')
    await page.locator('.page-head .icon-button').last().click()
    await page.getByRole('dialog').waitFor()
    await page.waitForTimeout(250)
  },
  'quick-create': async (page, url) => {
    await openPage(page, `${url}/sales/customer/${await idOf(page, 'customers')}`)
    if (!isDesk(page)) await page.getByRole('tab').nth(1).click()
    await page.locator('.card-head button, .related button, .record-related button').first().click()
    await page.locator('.quick-foot').waitFor()
    await page.waitForTimeout(250)
  },
  palette: async (page, url) => {
    await openPage(page, `${url}/sales/opportunity`)
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').last().fill('an')
    await page.waitForTimeout(1200)
  },
  'member-menu': async (page, url) => {
    await openPage(page, `${url}/sales`)
    if (isDesk(page)) await page.locator('.rail button').last().click()
    else await page.locator('.phone-bar button').last().click()
    await page.getByRole('menu').waitFor()
    await page.waitForTimeout(250)
  },
  keys: async (page, url) => {
    await openPage(page, `${url}/sales/opportunity`)
    await page.keyboard.press('?')
    await page.waitForTimeout(400)
  },
  conflict: async (page, url) => {
    const id = await idOf(page, 'opportunities', '{ stage: { eq: "proposal" } }')
    await openPage(page, `${url}/sales/opportunity/${id}/edit`)
    const name = page.locator('.form-column input').first()
    await name.fill(`${await name.inputValue()} *`)
    const query = 'mutation Change($id: ID!, $name: String!) { updateOpportunity(id: $id, data: { name: $name }) { id } }'
    await askIn(page, '/graphql', query, { id, name: `Renewal ${String(Date.now()).slice(-4)}` })
    await page.locator('.form-foot button.ant-btn-primary').click()
    await page.locator('.conflict').waitFor()
    await page.waitForTimeout(250)
  },
  offline: async (page, url) => {
    await openPage(page, `${url}/sales/opportunity`)
    await page.context().setOffline(true)
    await page.locator('.banner').waitFor()
  },
}

/** A word in the language of the browser. */
const wordIn = (page: Page, english: string, chinese: string): Promise<string> =>
  page.evaluate(
    ([en, zh]) =>
      (String(JSON.parse(localStorage.getItem('tessera.preferences') ?? '{}').language ?? navigator.language) === 'en' ? en : zh) ?? '',
    [english, chinese] as const,
  )

async function chooseRows(page: Page, count: number): Promise<void> {
  for (let row = 0; row < count; row++)
    await page
      .locator('.check-cell input')
      .nth(row + 1)
      .click()
  await page.locator('.selection-bar').waitFor()
}
