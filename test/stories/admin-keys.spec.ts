import { afterAll, beforeAll, expect } from '@jest/globals'
import type { BrowserContext, Locator, Page } from 'playwright-core'
import { signInHeaders, startTestApp, type TestApp, testPassword } from '../support/app.js'
import { browser, describeInBrowser } from '../support/browser.js'
import { openContext, openPage, settle, signInPage } from '../support/page.js'
import { story } from '../support/story.js'

const email = 'admin@keys-story.test'
const test = story()

describeInBrowser('An admin without a mouse', () => {
  let app: TestApp
  let context: BrowserContext
  let page: Page

  beforeAll(async () => {
    if (!browser) return
    app = await startTestApp('keys-story', [{}])
    await signInHeaders(app, email)
    context = await openContext(browser, { language: 'en', mode: 'light', size: 'desk' })
    page = await context.newPage()
    await signInPage(page, app.url, email, testPassword)
  })

  afterAll(async () => {
    await context?.close()
    await browser?.close()
    await app?.close()
  })

  const press = (...keys: string[]) => keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve())

  /** Goes on with Tab, or back with Shift Tab, until the focus is there; fails when it never comes. */
  const tabTo = async (target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab') => {
    await target.waitFor()
    for (let count = 0; count < 150; count++) {
      if (await target.evaluate(element => element === document.activeElement)) return
      await press(key)
    }
    throw new Error(`The focus never came to ${target.toString()}`)
  }

  const enter = async (target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab') => {
    await tabTo(target, key)
    await press('Enter')
  }

  test('opens an object from the studio', async () => {
    await openPage(page, `${app.url}/studio/objects`)
    await tabTo(page.getByRole('textbox', { name: 'Find an object' }))
    await page.keyboard.type('opportunity')
    await enter(page.getByRole('link', { name: /^Opportunity opportunity/ }))
    await page.getByRole('heading', { level: 1, name: 'Opportunity' }).waitFor()
  })

  test('adds a field with its type', async () => {
    await tabTo(page.getByRole('textbox', { name: 'Label of a new field' }), 'Shift+Tab')
    await page.keyboard.type('Budget')
    await tabTo(page.getByRole('combobox', { name: 'Type' }).first())
    await page.keyboard.type('money')
    await page.locator('.ant-select-item-option-active').filter({ hasText: 'Money' }).waitFor()
    await press('Enter')
    await enter(page.getByRole('button', { name: 'Add field' }))
    await page.getByRole('complementary', { name: 'Properties of Budget' }).waitFor()
  })

  test('changes it, and takes a change back', async () => {
    const panel = page.getByRole('complementary', { name: /^Properties of/ })
    await tabTo(panel.getByLabel('Label (English)'))
    await press('Control+a')
    await page.keyboard.type('Planned budget')
    await page.getByRole('link', { name: /^Planned budget budget/ }).waitFor()
    await tabTo(panel.getByRole('checkbox', { name: 'Required' }))
    await press('Space')
    await panel.getByRole('checkbox', { name: 'Required', checked: true }).waitFor()
    await press('Control+z')
    await page.waitForFunction(() => !document.querySelector('.field-row.chosen .mark'))
  })

  test('moves it with the menu of its row', async () => {
    await enter(page.getByRole('button', { name: 'Actions for Planned budget' }), 'Shift+Tab')
    const menu = page.getByRole('menu', { name: 'Actions for Planned budget' })
    await menu.waitFor()
    const [box, size] = [await menu.boundingBox(), page.viewportSize()]
    expect(box && size && box.y >= 0 && box.y + box.height <= size.height && box.x + box.width <= size.width).toBe(true)
    await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'menuitem')
    await press('ArrowDown', 'Enter')
    const rows = page.getByRole('list', { name: 'Fields' }).getByRole('listitem')
    await rows
      .nth((await rows.count()) - 2)
      .filter({ hasText: 'Planned budget' })
      .waitFor()
  })

  test('checks and publishes', async () => {
    await enter(page.getByRole('region', { name: 'Draft' }).getByRole('link', { name: 'Check and publish' }), 'Shift+Tab')
    await page.getByText('New field “Planned budget” in Opportunity').waitFor()
    await enter(page.getByRole('button', { name: 'Publish', exact: true }))
    await page.getByRole('listitem').filter({ hasText: /^2/ }).getByText('Live').waitFor()
  })

  test('goes back', async () => {
    await settle(page)
    await enter(page.getByRole('link', { name: 'Roll back 1' }))
    await page.getByText('Field “Planned budget” is removed from Opportunity').first().waitFor()
    await enter(page.getByRole('button', { name: 'Roll back', exact: true }))
    await page.getByText('Back to version 1').first().waitFor()
    await page.getByRole('listitem').filter({ hasText: /^3/ }).getByText('Live').waitFor()
  })
})
