import { afterAll, beforeAll, expect } from '@jest/globals'
import type { BrowserContext, Page } from 'playwright-core'
import { startTestApp, type TestApp, testPassword } from '../support/app.js'
import { findingsInBothModes } from '../support/axe.js'
import { browser, describeInBrowser } from '../support/browser.js'
import { openContext, openPage, signInPage } from '../support/page.js'
import { story } from '../support/story.js'

const email = 'admin@packages-story.test'
const test = story()

describeInBrowser('An admin puts a package in and takes it away', () => {
  let app: TestApp
  let context: BrowserContext
  let page: Page
  const row = (name: string) => page.getByRole('listitem').filter({ hasText: name })

  beforeAll(async () => {
    if (!browser) return
    app = await startTestApp('packages-story', [{}])
    context = await openContext(browser, { language: 'en', mode: 'light', size: 'desk' })
    page = await context.newPage()
    await signInPage(page, app.url, email, testPassword)
  })

  afterAll(async () => {
    await context?.close()
    await browser?.close()
    await app?.close()
  })

  test('finds it in the studio, reads what it will do, and puts it in', async () => {
    await openPage(page, `${app.url}/studio`)
    await page.getByRole('main').getByRole('link', { name: 'Packages' }).click()
    await row('CRM').getByText('Base · 0.1.0').waitFor()
    expect(await findingsInBothModes(page)).toEqual([])
    await row('Supplier management').getByRole('link', { name: 'Install' }).click()
    await page.getByRole('heading', { name: 'Install Supplier management' }).waitFor()
    await page.getByText('Object “Supplier”').first().waitFor()
    await page.getByRole('button', { name: 'Install' }).click()
    await row('Supplier management').getByText('Installed · 1.0.0').waitFor()
  })

  test('works with it at once', async () => {
    await openPage(page, `${app.url}/sales/supplier/new`)
    await page.getByRole('textbox', { name: /^Name/ }).fill('Steel & Co')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { level: 1, name: 'Steel & Co' }).waitFor()
    await page.getByRole('link', { name: 'Purchase orders' }).first().waitFor()
  })

  test('takes it away, knowing what goes, and can take that back', async () => {
    await openPage(page, `${app.url}/studio/packages`)
    await row('Supplier management').getByRole('link', { name: 'Remove' }).click()
    await page.getByRole('heading', { name: 'Remove Supplier management' }).waitFor()
    await page.getByRole('checkbox').first().waitFor()
    for (const box of await page.getByRole('checkbox').all()) await box.check()
    expect(await findingsInBothModes(page)).toEqual([])
    await page.getByRole('button', { name: 'Remove' }).click()
    await row('Supplier management').getByText('Not installed').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await row('Supplier management').getByText('Installed · 1.0.0').waitFor()
    await openPage(page, `${app.url}/sales/supplier`)
    await page.getByText('Steel & Co').first().waitFor()
  })
})
