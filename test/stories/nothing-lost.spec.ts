import { afterAll, beforeAll, expect } from '@jest/globals'
import type { BrowserContext, Page } from 'playwright-core'
import type { TestApp } from '../support/app.js'
import { browser, describeInBrowser } from '../support/browser.js'
import { startDemo } from '../support/demo.js'
import { until } from '../support/follow-up.js'
import { demoPassword, openContext, openPage, people, settle, signInPage } from '../support/page.js'
import { story } from '../support/story.js'

const test = story()

describeInBrowser('What is typed into a form is not lost', () => {
  let app: TestApp
  let context: BrowserContext
  let page: Page
  const name = () => page.getByRole('textbox', { name: /^Name/ })

  beforeAll(async () => {
    if (!browser) return
    app = await startDemo()
    context = await openContext(browser, { language: 'en', mode: 'light', size: 'desk' })
    page = await context.newPage()
    await signInPage(page, app.url, people.rep, demoPassword)
  })

  afterAll(async () => {
    await context?.close()
    await browser?.close()
    await app?.close()
  })

  test('Escape closes nothing that holds input', async () => {
    await openPage(page, `${app.url}/sales/opportunity`)
    await openPage(page, `${app.url}/sales/opportunity/new`)
    await name().fill('Long thought about')
    await page.keyboard.press('Escape')
    expect(await name().inputValue()).toBe('Long thought about')
    await page.getByText('Unsaved changes').waitFor()
  })

  test('after a reload the draft is offered back', async () => {
    await page.reload()
    await settle(page)
    await page.getByText('You typed something here before').waitFor()
    await page.getByRole('button', { name: 'Restore' }).click()
    await until(
      () => name().inputValue(),
      typed => typed === 'Long thought about',
    )
  })

  test('leaving asks first, and staying keeps what is typed', async () => {
    await page.getByRole('button', { name: 'Cancel' }).click()
    const question = page.getByRole('dialog', { name: 'Leave without saving?' })
    await question.getByRole('button', { name: 'Stay' }).click()
    await question.waitFor({ state: 'detached' })
    expect(await name().inputValue()).toBe('Long thought about')
  })

  test('going back and coming again offers the draft', async () => {
    await page.goto(`${app.url}/sales`)
    await openPage(page, `${app.url}/sales/opportunity/new`)
    await page.getByRole('button', { name: 'Restore' }).click()
    await until(
      () => name().inputValue(),
      typed => typed === 'Long thought about',
    )
  })

  test('a click outside does not close quick create while something is typed', async () => {
    await page.evaluate(() => localStorage.removeItem('tessera.draft.opportunity.new'))
    await openPage(page, `${app.url}/sales/opportunity`)
    await page.getByRole('button', { name: /^New opportunity/ }).click()
    const sheet = page.getByRole('dialog')
    await sheet.getByRole('textbox', { name: /^Name/ }).fill('In the drawer')
    await page.mouse.click(300, 500)
    expect(await sheet.getByRole('textbox', { name: /^Name/ }).inputValue()).toBe('In the drawer')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').filter({ hasText: 'Discard what you typed?' }).getByRole('button', { name: 'Cancel' }).last().click()
    expect(await sheet.getByRole('textbox', { name: /^Name/ }).inputValue()).toBe('In the drawer')
  })

  test('a save clears the draft', async () => {
    await openPage(page, `${app.url}/sales/opportunity/new`)
    await name().fill('Saved at last')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { level: 1, name: 'Saved at last' }).waitFor()
    await openPage(page, `${app.url}/sales/opportunity/new`)
    await name().waitFor()
    expect(await page.getByText('You typed something here before').count()).toBe(0)
  })
})
