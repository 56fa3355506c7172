import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { BrowserContext, CDPSession, Page } from 'playwright-core'
import type { TestApp } from '../support/app.js'
import { browser, describeInBrowser } from '../support/browser.js'
import { startDemo } from '../support/demo.js'
import { until } from '../support/follow-up.js'
import { askIn, demoPassword, type Look, openContext, openPage, people, signInPage } from '../support/page.js'

interface Nodes {
  records: { nodes: { id: string; name: string }[] }
}

/** One record of an object whose name can stand in a test. */
async function someRecord(page: Page, list: string, where: string): Promise<{ id: string; name: string }> {
  const { records } = await askIn<Nodes>(page, '/graphql', `{ records: ${list}(where: ${where}, first: 1) { nodes { id name } } }`)
  const [found] = records.nodes
  if (!found) throw new Error(`The demo has no such record: ${where}`)
  return found
}

describeInBrowser('Hands: keyboards with input methods, fingers, two people at once', () => {
  let app: TestApp
  const contexts: BrowserContext[] = []

  const pageOf = async (look: Partial<Look> = {}): Promise<Page> => {
    if (!browser) throw new Error('There is no browser')
    const context = await openContext(browser, { language: 'en', mode: 'light', size: 'desk', ...look })
    contexts.push(context)
    const page = await context.newPage()
    await signInPage(page, app.url, people.admin, demoPassword)
    return page
  }

  beforeAll(async () => {
    app = await startDemo()
  })

  afterAll(async () => {
    for (const context of contexts) await context.close()
    await browser?.close()
    await app?.close()
  })

  describe('an input method', () => {
    /** Presses Enter while a word is being composed, as an input method does to choose it. */
    const chooseWord = async (keys: CDPSession, letters: string, word: string) => {
      await keys.send('Input.imeSetComposition', { text: letters, selectionStart: letters.length, selectionEnd: letters.length })
      for (const type of ['rawKeyDown', 'keyUp'] as const)
        await keys.send('Input.dispatchKeyEvent', { type, key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13 })
      await keys.send('Input.insertText', { text: word })
    }

    test('only chooses the word with Enter while a value is edited in place', async () => {
      const page = await pageOf()
      const { id } = await someRecord(page, 'opportunities', '{ nextStep: { isNull: true }, stage: { eq: "negotiation" } }')
      await openPage(page, `${app.url}/sales/opportunity/${id}`)
      await page.getByRole('button', { name: /^Edit next step/ }).click()
      const input = page.getByRole('textbox', { name: 'Next step' })
      const keys = await page.context().newCDPSession(page)
      await chooseWord(keys, 'fasong', '发送合同')
      expect(await input.inputValue()).toBe('发送合同')
      await page.keyboard.press('Enter')
      await input.waitFor({ state: 'detached' })
      await page.getByRole('button', { name: 'Edit next step 发送合同' }).waitFor()
    })

    test('does not open what the command bar found', async () => {
      const page = await pageOf({ language: 'zh-CN' })
      await openPage(page, `${app.url}/sales`)
      await page.keyboard.press('Control+k')
      const input = page.getByRole('combobox').last()
      await input.waitFor()
      const before = page.url()
      await chooseWord(await page.context().newCDPSession(page), 'shang', '商机')
      expect(await input.inputValue()).toBe('商机')
      expect(page.url()).toBe(before)
      await page.getByRole('option').first().waitFor()
      await page.keyboard.press('Enter')
      await input.waitFor({ state: 'detached' })
    })
  })

  describe('the command bar', () => {
    test('goes through what it found, closes with Escape and leaves the page as it was', async () => {
      const page = await pageOf()
      await openPage(page, `${app.url}/sales/opportunity`)
      await page.keyboard.press('Control+k')
      const input = page.getByRole('combobox', { name: 'Search or run a command' })
      await input.waitFor()
      for (const key of ['ArrowDown', 'ArrowDown', 'Escape']) await page.keyboard.press(key)
      await input.waitFor({ state: 'detached' })
      await page.getByRole('heading', { level: 1, name: 'Opportunities' }).waitFor()
      expect(await page.getByRole('grid').isVisible()).toBe(true)
    })
  })

  describe('a finger on a phone', () => {
    const touch = async (hand: CDPSession, type: 'touchStart' | 'touchMove' | 'touchEnd', x = 0, y = 0) =>
      hand.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] })

    const openBoard = async () => {
      const page = await pageOf({ size: 'phone' })
      await openPage(page, `${app.url}/sales/opportunity?as=board`)
      const lane = page.getByRole('region', { name: 'New', exact: true })
      const card = lane.getByRole('group').and(page.locator('.card-handle')).first()
      await card.waitFor()
      const box = await card.boundingBox()
      if (!box) throw new Error('The card is not to be seen')
      return { page, name: (await card.getAttribute('aria-label')) ?? '', x: box.x + 60, y: box.y + box.height / 2 }
    }

    test('carries a card to the next column after a long press', async () => {
      const { page, name, x, y } = await openBoard()
      const hand = await page.context().newCDPSession(page)
      await touch(hand, 'touchStart', x, y)
      await page.locator('.board-card.lifted').waitFor()
      for (const to of [120, 220, 320, 380, 384]) await touch(hand, 'touchMove', to, y)
      // the board scrolls under a card that is held at its edge
      await page.locator('section.lane.over:not([aria-label="New"])').waitFor()
      await touch(hand, 'touchEnd')
      await page.getByText(/^Moved to /).waitFor()
      const { records } = await askIn<Nodes>(
        page,
        '/graphql',
        'query Moved($name: String!) { records: opportunities(where: { name: { eq: $name }, stage: { ne: "new" } }, first: 1) { nodes { id name } } }',
        { name },
      )
      expect(records.nodes).toHaveLength(1)
    })

    test('scrolls when it moves at once', async () => {
      const { page, x, y } = await openBoard()
      const hand = await page.context().newCDPSession(page)
      await touch(hand, 'touchStart', x, y)
      for (const by of [20, 40, 60, 80]) await touch(hand, 'touchMove', x, y - by)
      await page.waitForTimeout(400)
      expect(await page.locator('.board-card.lifted').count()).toBe(0)
      await touch(hand, 'touchEnd')
      expect(await page.locator('.toast').count()).toBe(0)
    })
  })

  test('two people change one record: the second chooses which value to keep, by name of who was first', async () => {
    const page = await pageOf()
    const other = await pageOf()
    const { id } = await someRecord(page, 'opportunities', '{ lines: { some: {} }, stage: { eq: "proposal" } }')
    await openPage(page, `${app.url}/sales/opportunity/${id}/edit`)
    await page.getByRole('textbox', { name: /^Name/ }).fill('Mine')
    const change = 'mutation Change($id: ID!, $name: String!) { updateOpportunity(id: $id, data: { name: $name }) { id } }'
    await askIn(other, '/graphql', change, { id, name: 'Theirs' })
    await page.getByRole('button', { name: /^Save/ }).click()
    const sheet = page.getByRole('dialog', { name: 'Not saved' })
    await sheet.getByText(/^林悦 changed this record just now\./).waitFor()
    await sheet.getByRole('button', { name: 'Keep editing' }).click()
    expect(await page.getByRole('textbox', { name: /^Name/ }).inputValue()).toBe('Mine')
    await page.getByRole('button', { name: /^Save/ }).click()
    await sheet.getByRole('radio').last().check()
    await sheet.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { level: 1, name: 'Theirs' }).waitFor()
  })

  test('what others do stands on the screen at once: in a row of a list, in what belongs to a record, beside a form', async () => {
    const [reader, other] = [await pageOf(), await pageOf({ size: 'phone' })]
    const { id, name } = await someRecord(reader, 'customers', '{ activities: { some: {} } }')
    await openPage(reader, `${app.url}/sales/customer/${id}`)
    const activities = reader.getByRole('region', { name: 'Activities' })
    await activities.waitFor()
    // two seconds are promised, and kept when nothing else keeps the machine busy (runtime/subscriptions/README.md)
    const log =
      'mutation Log($id: ID!) { createActivity(data: { subject: "Called about the pump", dueOn: "2099-12-31", customerId: $id }) { id } }'
    await askIn(other, '/graphql', log, { id })
    await activities.getByText('Called about the pump').waitFor()

    await openPage(reader, `${app.url}/sales/customer?q=${encodeURIComponent(name)}`)
    const row = reader.getByRole('row', { name: new RegExp(name) }).first()
    await row.waitFor()
    const change = 'mutation Change($id: ID!, $name: String!) { updateCustomer(id: $id, data: { name: $name }) { id } }'
    await askIn(other, '/graphql', change, { id, name: `${name} renamed` })
    await reader.getByRole('link', { name: `${name} renamed` }).waitFor()
    await reader.locator('.grid-cell.flash').waitFor({ state: 'attached' })

    await openPage(reader, `${app.url}/sales/customer/${id}/edit`)
    await reader.getByRole('textbox', { name: /^Name/ }).fill('Typed')
    await askIn(other, '/graphql', change, { id, name })
    await reader.getByText(/changed this record meanwhile/).waitFor()
    expect(await reader.getByRole('textbox', { name: /^Name/ }).inputValue()).toBe('Typed')
  })

  test('a record made beside another names what it belongs to, and is not lost by opening it as a page', async () => {
    const page = await pageOf()
    const { id, name } = await someRecord(page, 'customers', '{ activities: { some: {} } }')
    await openPage(page, `${app.url}/sales/customer/${id}`)
    await page.getByRole('region', { name: 'Activities' }).getByRole('button', { name: 'New activity' }).click()
    const sheet = page.getByRole('dialog', { name: 'New activity' })
    await sheet.getByText(name, { exact: true }).waitFor()
    await sheet.getByRole('textbox', { name: /^Subject/ }).fill('Half a thought')
    await sheet.getByRole('button', { name: 'Open as a page' }).click()
    await page.getByRole('heading', { level: 1, name: 'New activity' }).waitFor()
    await page.locator('.form-column').getByText(name, { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('dialog', { name: 'Leave without saving?' }).waitFor()
  })

  test('amounts of several currencies name theirs by code, those of one by symbol', async () => {
    const page = await pageOf()
    await openPage(page, `${app.url}/sales/opportunity`)
    await page
      .getByRole('gridcell', { name: /^CNY [\d,]+\.\d\d$/ })
      .first()
      .waitFor()
    await openPage(page, `${app.url}/sales/opportunity?f=${encodeURIComponent('currency.in.USD')}`)
    await page
      .getByRole('gridcell', { name: /^\$[\d,]+\.\d\d$/ })
      .first()
      .waitFor()
    expect(await page.getByRole('gridcell', { name: /^USD/ }).count()).toBe(0)
  })

  test('without motion nothing that was closed stays, and a button keeps its name', async () => {
    const page = await pageOf()
    await openPage(page, `${app.url}/sales/opportunity/new`)
    for (const name of [/^Type/, /^Source/]) {
      await page.getByRole('combobox', { name }).click()
      await page.getByRole('option').first().waitFor({ state: 'attached' })
      await page.keyboard.press('Escape')
    }
    await until(
      () => page.locator('.ant-select-dropdown:visible').count(),
      left => left === 0,
    )
    await page.getByRole('textbox', { name: /^Name/ }).fill('Still')
    await page.route('**/graphql', () => undefined)
    await page.getByRole('button', { name: /^Create/ }).click()
    await page.locator('.ant-btn-loading').waitFor()
    expect(await page.locator('.ant-btn-loading').ariaSnapshot()).toMatch(/^- button "Create/)
  })
})
