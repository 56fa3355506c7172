import { afterAll, beforeAll, expect } from '@jest/globals'
import type { BrowserContext, Page } from 'playwright-core'
import { dataOf, post, signInHeaders, startTestApp, type TestApp, testPassword } from '../support/app.js'
import { browser, describeInBrowser } from '../support/browser.js'
import { until } from '../support/follow-up.js'
import { openContext, openPage, settle, signInPage } from '../support/page.js'
import { story } from '../support/story.js'

const [first, second] = ['admin@drafts-story.test', 'second@drafts-story.test']
const test = story()

describeInBrowser('Two admins build one draft', () => {
  let app: TestApp
  let headers: Record<string, string>
  const contexts: BrowserContext[] = []
  let ana: Page
  let ben: Page

  const opened = async (email: string): Promise<Page> => {
    if (!browser) throw new Error('no browser')
    const context = await openContext(browser, { language: 'en', mode: 'light', size: 'desk' })
    contexts.push(context)
    const page = await context.newPage()
    await signInPage(page, app.url, email, testPassword)
    return page
  }
  const line = (page: Page) => page.getByRole('region', { name: 'Draft' })
  const saved = (page: Page) => line(page).getByText('Saved', { exact: true }).waitFor()
  const settingsOf = async (page: Page, object: string) => {
    await openPage(page, `${app.url}/studio/objects/${object}?tab=settings`)
    return page.getByRole('textbox', { name: /^Label.*English/ }).first()
  }
  const relabel = async (page: Page, object: string, label: string) => {
    await (await settingsOf(page, object)).fill(label)
    await saved(page)
  }
  const labelOf = async (page: Page, object: string) => (await settingsOf(page, object)).inputValue()
  const drafts = async () =>
    dataOf<{ name: string; count: number }[]>(await post(`${app.url}/platform`, '{ drafts { name count } }', {}, headers), 'drafts')

  beforeAll(async () => {
    if (!browser) return
    app = await startTestApp('drafts-story', [{}, { email: second, name: 'Ben Second', roles: ['admin'], locale: 'en' }])
    headers = await signInHeaders(app, first)
    ana = await opened(first)
    ben = await opened(second)
  })

  afterAll(async () => {
    for (const context of contexts) await context.close()
    await browser?.close()
    await app?.close()
  })

  test('what one of them changes is saved by itself, and found on another device', async () => {
    await relabel(ana, 'lead', 'Prospect')
    expect(await drafts()).toEqual([{ name: 'My changes', count: 1 }])
    const elsewhere = await opened(first)
    expect(await labelOf(elsewhere, 'lead')).toBe('Prospect')
    await contexts.pop()?.close()
  })

  test('nobody else sees it, until they are let in', async () => {
    expect(await labelOf(ben, 'lead')).toBe('Lead')
    expect(await line(ben).count()).toBe(0)
    await line(ana).getByRole('button', { name: 'My changes' }).click()
    await ana.getByRole('menuitem', { name: 'Name and people' }).click()
    const sheet = ana.getByRole('dialog')
    await sheet.getByRole('textbox', { name: 'Name' }).fill('Autumn')
    await sheet.getByRole('combobox', { name: 'Who works on it too' }).click()
    await ana.locator('.ant-select-item-option').filter({ hasText: 'Ben Second' }).click()
    await sheet.getByRole('button', { name: 'Save' }).click()
    await line(ana).getByRole('button', { name: 'Autumn' }).waitFor()
    await line(ana).getByRole('img', { name: 'Together with Ben Second' }).waitFor()
  })

  test('both edit it at once, and each sees what the other one did', async () => {
    await ben.reload()
    await settle(ben)
    await line(ben).getByRole('button', { name: 'New draft' }).click()
    await ben.getByRole('menuitemradio', { name: /^Autumn/ }).click()
    await line(ben).getByRole('button', { name: 'Autumn' }).waitFor()
    expect(await labelOf(ben, 'lead')).toBe('Prospect')
    await relabel(ben, 'contact', 'Person')
    await relabel(ana, 'product', 'Article')
    await until(
      async () => (await drafts())[0]?.count ?? 0,
      count => count === 3,
    )
    await until(
      () => line(ben).locator('.num').first().textContent(),
      text => text === 'Draft · 4 changes',
    )
    expect(await labelOf(ben, 'product')).toBe('Article')
    expect(await labelOf(ana, 'contact')).toBe('Person')
  })

  test('taking an edit back leaves what the other one did', async () => {
    await line(ana).getByRole('button', { name: 'Undo' }).click()
    await until(
      async () => (await drafts())[0]?.count ?? 0,
      count => count === 2,
    )
    expect(await labelOf(ana, 'contact')).toBe('Person')
    expect(await labelOf(ana, 'product')).toBe('Product')
  })

  test('what somebody publishes meanwhile is brought together, and only what both changed is asked', async () => {
    const lead = dataOf<{ object: string; label: unknown; icon: string }[]>(
      await post(`${app.url}/platform`, '{ definitions(kind: "object") }', {}, headers),
      'definitions',
    ).find(({ object }) => object === 'lead')
    const put = [{ ...lead, label: { en: 'Suspect', 'zh-CN': '线索' }, icon: 'star' }]
    dataOf(await post(`${app.url}/platform`, 'mutation($put: [JSON!]) { publish(put: $put) { version } }', { put }, headers), 'publish')
    await openPage(ana, `${app.url}/studio`)
    await ana.getByRole('link', { name: 'Settle 1 conflict' }).click()
    await ana.getByRole('heading', { name: /Lead|Prospect|Suspect/, level: 3 }).waitFor()
    await ana.getByRole('radio', { name: /^Theirs:/ }).check()
    await ana.getByRole('button', { name: 'Keep these' }).click()
    expect(await labelOf(ana, 'lead')).toBe('Suspect')
    expect(await labelOf(ana, 'contact')).toBe('Person')
    await saved(ana)
  })

  test('once published, the draft is gone for both, also where the list of drafts comes late', async () => {
    await ana.route('**/platform', async route => {
      if (route.request().postData()?.includes('query Drafts')) await new Promise(done => setTimeout(done, 2_000))
      return route.fallback()
    })
    await openPage(ana, `${app.url}/studio/publish`)
    await ana.getByRole('button', { name: 'Publish', exact: true }).click()
    await ana.waitForURL(/\/studio\/versions$/)
    await until(drafts, list => list.length === 0)
    await ana.unroute('**/platform')
    await openPage(ben, `${app.url}/studio`)
    expect(await labelOf(ben, 'contact')).toBe('Person')
  })

  test('an edit whose saving was never answered is taken back like any other', async () => {
    await relabel(ana, 'lead', 'One')
    let isLost = false
    await ana.route('**/platform', async route => {
      if (isLost || !route.request().postData()?.includes('saveDraft')) return route.fallback()
      await route.fetch()
      isLost = true
      return route.abort()
    })
    await (await settingsOf(ana, 'lead')).fill('Two')
    await until(
      () => Promise.resolve(isLost),
      lost => lost,
    )
    await ana.unroute('**/platform')
    await (await settingsOf(ana, 'lead')).fill('One')
    await saved(ana)
    const elsewhere = await opened(first)
    await until(
      () => labelOf(elsewhere, 'lead'),
      label => label === 'One',
    )
    expect(await labelOf(ana, 'lead')).toBe('One')
  })

  test('an object is saved as a template', async () => {
    await openPage(ana, `${app.url}/studio/objects/order`)
    await ana.getByRole('button', { name: 'Save as template' }).click()
    await ana.waitForURL(/\/studio\/definitions\/template\/order$/)
    await saved(ana)
  })

  test('a template brings an object with its form and views; one undo takes all of it back', async () => {
    const count = async () => (await drafts())[0]?.count ?? 0
    const before = await count()
    await openPage(ana, `${app.url}/studio/objects?add`)
    const panel = ana.getByRole('complementary', { name: 'Add object' })
    await panel.getByRole('combobox', { name: 'Begin with' }).click()
    const offers = ana.locator('.ant-select-item-option').filter({ hasText: 'Template' })
    await offers.filter({ hasText: /^Order/ }).waitFor()
    await offers.filter({ hasText: 'Support ticket' }).click()
    await until(
      () => panel.getByRole('textbox', { name: 'API plural' }).inputValue(),
      plural => plural === 'tickets',
    )
    await panel.getByRole('textbox', { name: /English/ }).fill('Case')
    await panel.getByRole('button', { name: 'Add object' }).click()
    await ana.getByRole('heading', { level: 1, name: 'Case' }).waitFor()
    await ana.getByRole('link', { name: /^Solution/ }).waitFor()
    await until(count, now => now > before + 4)
    await line(ana).getByRole('button', { name: 'Undo' }).click()
    await until(count, now => now === before)
    expect(await ana.locator('.problems-panel').count()).toBe(0)
  })
})
