import { afterAll, beforeAll, expect } from '@jest/globals'
import type { BrowserContext, Page } from 'playwright-core'
import { FieldUses } from '../../runtime/usage/field-uses.js'
import { dataOf, post, signInHeaders, startTestApp, type TestApp, testPassword } from '../support/app.js'
import { findingsInBothModes } from '../support/axe.js'
import { browser, describeInBrowser } from '../support/browser.js'
import { type Look, openContext, openPage, settle, signInPage } from '../support/page.js'
import { publish } from '../support/publish.js'
import { story } from '../support/story.js'

const slug = 'check-story'
const email = `admin@${slug}.test`
const test = story()

type Definition = Record<string, unknown> & { fields: Record<string, Record<string, unknown>> }

describeInBrowser('An admin reads what a publish will do', () => {
  let app: TestApp
  let headers: Record<string, string>
  let desk: BrowserContext
  let page: Page
  const region = (name: string) => page.getByRole('region', { name })
  const ask = async <T>(query: string, variables: Record<string, unknown>, field: string) =>
    dataOf<T>(await post(`${app.url}/platform`, query, variables, headers), field)
  const definition = async (kind: string, name: string) =>
    (await ask<Definition[]>('query($kind: String) { definitions(kind: $kind) }', { kind }, 'definitions')).find(one => one[kind] === name)

  const opened = async (look: Look) => {
    if (!browser) throw new Error('no browser')
    const context = await openContext(browser, look)
    const opening = await context.newPage()
    await signInPage(opening, app.url, email, testPassword)
    return { context, page: opening }
  }

  beforeAll(async () => {
    if (!browser) return
    app = await startTestApp(slug, [{ locale: 'en' }, { email: `rep@${slug}.test`, name: 'Rita Rep', roles: ['salesRep'] }])
    headers = await signInHeaders(app, email)
    const create = 'mutation($data: [OpportunityCreate!]!) { createOpportunities(data: $data) { count } }'
    const data = [
      { name: 'Small one', amount: '900', nextStep: 'Call' },
      { name: 'Huge one', amount: '750000', nextStep: 'Visit' },
      { name: 'Forgotten one', amount: '60000' },
    ]
    dataOf(await post(`${app.url}/graphql`, create, { data }, headers), 'createOpportunities')
    const key = await ask<string>('mutation { createApiKey(name: "Website") }', {}, 'createApiKey')
    const program = { authorization: `Bearer ${key}`, 'x-workspace': slug }
    for (const _ of [1, 2, 3]) await post(`${app.url}/graphql`, '{ opportunities { nodes { amount } } }', {}, program)
    await app.app.get(FieldUses).keep()
    const saved = 'mutation { saveView(object: "opportunity", name: "Big ones", query: "f=amount.gte.5000", isShared: true) { id } }'
    await ask(saved, {}, 'saveView')
    await begin()
    ;({ context: desk, page } = await opened({ language: 'en', mode: 'light', size: 'desk' }))
  })

  afterAll(async () => {
    await desk?.close()
    await browser?.close()
    await app?.close()
  })

  /** A draft that narrows, requires and rules, lets a role see more, and orders a view anew. */
  async function begin() {
    const [deal, role, view] = [
      await definition('object', 'opportunity'),
      await definition('role', 'salesRep'),
      await definition('view', 'wonOpportunities'),
    ]
    if (!deal || !role) throw new Error('The CRM has other names')
    const fields = {
      ...deal.fields,
      amount: { ...deal.fields.amount, max: '500000' },
      nextStep: { ...deal.fields.nextStep, required: true },
      budget: { type: 'money', label: 'Budget', requiredWhen: { '>': [{ var: 'amount' }, 50000] } },
    }
    const grants = role.grants as Record<string, object>
    const seller = { ...role, grants: { ...grants, opportunity: { ...grants.opportunity, fields: { nextStep: 'hidden' } } } }
    const first =
      view ??
      (await ask<Definition[]>('{ definitions(kind: "view") }', {}, 'definitions')).find(
        ({ object, kind }) => object === 'opportunity' && kind === 'list',
      )
    if (!first) throw new Error('There is no list of opportunities')
    const entries = [
      { kind: 'object', name: 'opportunity', before: deal, after: { ...deal, fields } },
      { kind: 'role', name: 'salesRep', before: role, after: seller },
      {
        kind: 'view',
        name: String(first.view),
        before: first,
        after: { ...first, sort: [{ field: 'updatedAt' }], where: { '==': [{ var: 'source' }, 'web'] } },
      },
    ]
    await ask('mutation($entries: [JSON!]!) { beginDraft(name: "Autumn", entries: $entries) { id } }', { entries }, 'beginDraft')
  }

  test('finds the records that do not fit, and goes to them', async () => {
    await openPage(page, `${app.url}/studio/publish`)
    const data = region('Records that do not fit')
    await data.getByText('1 record of Opportunity has a “Amount” above 500,000').waitFor()
    await data.getByText('2 records of Opportunity have no “Budget”').waitFor()
    await data.getByText('1 record of Opportunity has no “Next step”').waitFor()
    await data.getByRole('link', { name: 'Huge one' }).first().waitFor()
    await data.getByRole('link', { name: 'See them Amount' }).press('Enter')
    await page.getByRole('link', { name: 'Huge one' }).first().waitFor()
    await page.getByRole('toolbar').getByText('found by the check').waitFor()
    expect(await page.getByRole('link', { name: 'Small one' }).count()).toBe(0)
    await page.goBack()
    await settle(page)
  })

  test('sees which definitions, saved views, programs and people it touches', async () => {
    const impact = region('Impact')
    await impact.getByText('Field “Amount” in Opportunity changes').waitFor()
    await impact.getByRole('link', { name: 'Pipeline by stage' }).first().waitFor()
    await impact.getByRole('link', { name: 'Deal value' }).waitFor()
    await impact.getByRole('link', { name: 'Big ones' }).waitFor()
    await region('API clients')
      .getByText(/read Amount of Opportunity 3 times, last on/)
      .waitFor()
    const access = region('Access')
    await access.getByRole('link', { name: 'Sales representative' }).waitFor()
    await access.getByText('Sees less of Opportunity: “Next step”').waitFor()
    await region('Time and locks').getByText('Live after a moment').waitFor()
  })

  test('adds the index that a new order asks for, and finds it in the SQL', async () => {
    await page.getByRole('button', { name: 'Add index' }).first().click()
    await page.getByText(/index.* over several fields: new/).waitFor()
    expect(await page.getByRole('button', { name: 'Add index' }).count()).toBe(0)
    await settle(page)
    await page.getByRole('button', { name: 'SQL' }).click()
    await page.getByText(/create index concurrently/).waitFor()
    expect(await findingsInBothModes(page)).toEqual([])
  })

  test('reads the same on a phone, in Chinese, and publishes there', async () => {
    const phone = await opened({ language: 'zh-CN', mode: 'dark', size: 'phone' })
    await openPage(phone.page, `${app.url}/studio/publish`)
    await phone.page.getByText('商机有 1 条记录的「金额」大于 500,000').waitFor()
    await phone.page.getByRole('heading', { name: '访问范围' }).waitFor()
    expect(await findingsInBothModes(phone.page)).toEqual([])
    const isWide = await phone.page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
    expect(isWide).toBe(false)
    await phone.page.getByRole('button', { name: '发布', exact: true }).click()
    await phone.page
      .getByText(/版本 2 已生效/)
      .first()
      .waitFor()
    await phone.context.close()
  })

  test('reads in words what a version changed, and compares any two', async () => {
    const deal = await definition('object', 'opportunity')
    if (!deal) throw new Error('No opportunity')
    const budget = { ...deal.fields.budget, requiredWhen: { '>': [{ var: 'amount' }, 20000] } }
    await publish(app, headers, [{ ...deal, fields: { ...deal.fields, budget } }])
    await openPage(page, `${app.url}/studio/versions`)
    await page.getByRole('link', { name: 'What changed 3' }).click()
    await page.getByRole('heading', { name: 'From version 2 to 3' }).waitFor()
    const difference = region('Object Opportunity')
    await difference.getByText('Field Budget').waitFor()
    await difference.getByText(/^required when: Amount > \$50,000.00 → Amount > \$20,000.00$/).waitFor()
    expect(await findingsInBothModes(page)).toEqual([])
    await page.getByRole('combobox', { name: 'From version' }).click()
    await page.locator('.ant-select-item-option').filter({ hasText: /^1/ }).click()
    await page.getByRole('heading', { name: 'From version 1 to 3' }).waitFor()
    await difference.getByText('required: no → yes').waitFor()
  })

  test('is led from a problem to the property that is wrong', async () => {
    const deal = await definition('object', 'opportunity')
    const after = { ...deal, fields: { ...deal?.fields, name: { ...deal?.fields.name, maxLength: 0 } } }
    const entries = [{ kind: 'object', name: 'opportunity', before: deal, after }]
    await ask('mutation($entries: [JSON!]!) { beginDraft(name: "Broken", entries: $entries) { id } }', { entries }, 'beginDraft')
    const elsewhere = await opened({ language: 'en', mode: 'light', size: 'desk' })
    await openPage(elsewhere.page, `${app.url}/studio/publish`)
    const solve = elsewhere.page.getByRole('region', { name: /^Solve first/ })
    await solve.getByRole('link', { name: 'Go to' }).first().press('Enter')
    await elsewhere.page.waitForFunction(() => document.activeElement?.id === 'property-maxLength')
    await elsewhere.context.close()
  })

  test('reads before going back what was written meanwhile, and goes back', async () => {
    const update = 'mutation($where: OpportunityWhere!) { updateOpportunities(where: $where, data: { budget: "1000" }) { count } }'
    dataOf(await post(`${app.url}/graphql`, update, { where: { name: { eq: 'Small one' } } }, headers), 'updateOpportunities')
    await openPage(page, `${app.url}/studio/versions/1`)
    const written = region('Written meanwhile')
    await written.getByText('1 record has “Budget” in Opportunity from this time').waitFor()
    await written.getByRole('link', { name: 'Small one' }).waitFor()
    expect(await findingsInBothModes(page)).toEqual([])
    for (const box of await page.getByRole('checkbox').all()) await box.check()
    await page.getByRole('button', { name: 'Roll back' }).click()
    await page.getByText('Version 4 is live').first().waitFor()
  })

  test('never sees the list of before a publish, however slow the network is', async () => {
    await page.route('**/platform', async route => {
      if (/versions|definitions/i.test(route.request().postData() ?? '')) await new Promise(done => setTimeout(done, 700))
      await route.continue()
    })
    await page.getByRole('link', { name: 'Roll back 3' }).click()
    await page.getByRole('button', { name: 'Roll back' }).click()
    await page.waitForURL(/\/studio\/versions$/)
    await page
      .getByRole('link', { name: /^Roll back/ })
      .first()
      .waitFor()
    expect(
      await page
        .getByRole('link', { name: /^Roll back/ })
        .first()
        .textContent(),
    ).toBe('Roll back 4')
  })
})
