import { afterAll, beforeAll, expect } from '@jest/globals'
import type { BrowserContext, Locator, Page } from 'playwright-core'
import { post, signInHeaders, startTestApp, type TestApp, testPassword } from '../support/app.js'
import { browser, describeInBrowser } from '../support/browser.js'
import { upload } from '../support/files.js'
import { runImport } from '../support/imports.js'
import { openContext, openPage, settle, signInPage } from '../support/page.js'
import { chooseType } from '../support/screens.js'
import { story } from '../support/story.js'

const email = 'admin@rules-story.test'
const refusal = 'Budget is required.'
const test = story()

describeInBrowser('An admin makes a field required by a rule', () => {
  let app: TestApp
  let context: BrowserContext
  let page: Page
  let headers: Record<string, string>
  const panel = () => page.getByRole('complementary', { name: /^Properties of/ })

  beforeAll(async () => {
    if (!browser) return
    app = await startTestApp('rules-story', [{}])
    headers = await signInHeaders(app, email)
    context = await openContext(browser, { language: 'en', mode: 'light', size: 'desk' })
    page = await context.newPage()
    await signInPage(page, app.url, email, testPassword)
  })

  afterAll(async () => {
    await context?.close()
    await browser?.close()
    await app?.close()
  })

  const choose = async (select: Locator, option: string | RegExp) => {
    await select.click()
    await page
      .locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option')
      .filter({ hasText: option })
      .first()
      .click()
  }

  test('adds the field Budget', async () => {
    await openPage(page, `${app.url}/studio/objects/opportunity`)
    await page.getByRole('textbox', { name: 'Label of a new field' }).fill('Budget')
    await chooseType(page, 'money')
    await page.getByRole('button', { name: 'Add field' }).click()
    await page.getByRole('complementary', { name: 'Properties of Budget' }).waitFor()
  })

  test('says when it is required, in rows, without a word of JSON', async () => {
    const condition = panel().getByRole('group', { name: 'Required when' })
    await condition.getByRole('button', { name: 'Add condition' }).click()
    await choose(condition.getByRole('combobox', { name: 'Field' }), /^Amount$/)
    await choose(condition.getByRole('combobox', { name: 'Comparison' }), /^>$/)
    await condition.getByRole('textbox').or(condition.getByRole('spinbutton')).first().fill('100000')
    await condition.getByRole('button', { name: 'Edit as JSON' }).click()
    expect(JSON.parse(await condition.getByRole('textbox').inputValue())).toEqual({ '>': [{ var: 'amount' }, 100000] })
    await condition.getByRole('button', { name: 'Edit as rows' }).click()
  })

  test('adds a rule that only warns', async () => {
    await page.getByRole('tab', { name: /^Rules/ }).click()
    await page.getByRole('button', { name: 'Add rule' }).click()
    const rule = page.locator('.rule-box').last()
    await choose(rule.getByRole('combobox', { name: 'Field' }), /^Budget$/)
    await choose(rule.getByRole('combobox', { name: 'Comparison' }), /^<$/)
    await rule.getByRole('group', { name: 'Must hold' }).getByRole('textbox').or(rule.getByRole('spinbutton')).first().fill('500000')
    await rule.getByLabel('Message (English)').fill('A budget of {budget} is unusual.')
    await choose(rule.getByRole('combobox', { name: 'Weight' }), 'Warning')
  })

  test('publishes', async () => {
    await page.getByRole('region', { name: 'Draft' }).getByRole('link', { name: 'Check and publish' }).click()
    await page.getByRole('button', { name: /^Publish/ }).click()
    await page
      .getByText(/is live/)
      .first()
      .waitFor()
  })

  test('sees it in the form: the star, why, and what is missing', async () => {
    await openPage(page, `${app.url}/sales/opportunity/new`)
    const form = page.locator('.record-form')
    await form.getByLabel(/^Name/).first().fill('Big one')
    const type = async (amount: string) => {
      await form
        .getByLabel(/^Amount/)
        .first()
        .click()
      await page.keyboard.press('Control+a')
      await page.keyboard.type(amount)
    }
    const budget = page.locator('.form-field[data-path="budget"]')
    await type('100001')
    await page.keyboard.press('Tab')
    await budget.getByText(/because Amount is/).waitFor()
    expect(await budget.locator('.form-star').count()).toBe(1)
    await page.getByRole('button', { name: /^Create/ }).click()
    await budget.getByRole('alert').getByText(refusal).waitFor()
    await type('100000')
    await page.keyboard.press('Tab')
    await page.waitForFunction(() => !document.querySelector('.form-field[data-path="budget"] .form-star'))
  })

  test('is asked about a warning, and saves anyway', async () => {
    await page.locator('.form-field[data-path="budget"] input').fill('600000')
    await page.getByRole('button', { name: /^Create/ }).click()
    const question = page.getByRole('dialog')
    await question.getByText(/A budget of .*600,000.00 is unusual/).waitFor()
    await question.getByRole('button', { name: 'Save anyway' }).click()
    await settle(page)
    await page.getByRole('heading', { level: 1, name: 'Big one' }).waitFor()
  })

  test('the API and an import refuse with the same words', async () => {
    const document = 'mutation($data: OpportunityCreate!) { createOpportunity(data: $data) { id } }'
    const { body } = await post(`${app.url}/graphql`, document, { data: { name: 'By program', amount: '100001' } }, headers)
    expect(body.errors?.[0]?.extensions.issues).toMatchObject([{ code: 'VALUE_REQUIRED', path: 'budget', message: refusal }])
    const file = await upload(app.url, headers, 'deals.csv', Buffer.from('name,amount,budget\nFrom a file,100001,\nSmall,5,1'))
    const mapping = ['name', 'amount', 'budget'].map(field => ({ column: field, field }))
    const job = await runImport(app.url, headers, { object: 'opportunity', file, mapping })
    expect(job).toMatchObject({ state: 'done', result: { created: 1, refused: 1 }, reasons: [{ code: 'VALUE_REQUIRED', count: 1 }] })
    const refused = await (await fetch(`${app.url}/files/${job.errorsFile}`, { headers })).text()
    expect(refused).toContain(refusal)
  })
})
