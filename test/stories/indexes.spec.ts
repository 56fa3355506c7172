import { afterAll, beforeAll, expect } from '@jest/globals'
import type { BrowserContext, Page } from 'playwright-core'
import { AskedLists } from '../../runtime/asked/asked-lists.js'
import { dataOf, post, signInHeaders, startTestApp, type TestApp, testPassword } from '../support/app.js'
import { browser, describeInBrowser } from '../support/browser.js'
import { openContext, openPage, signInPage } from '../support/page.js'
import { story } from '../support/story.js'

const test = story()
const email = 'admin@indexes-story.test'
const list = 'query($stage: String) { opportunities(where: { stage: { eq: $stage } }, orderBy: [{ amount: DESC }]) { nodes { id } } }'

describeInBrowser('Faster lists', () => {
  let app: TestApp
  const contexts: BrowserContext[] = []

  beforeAll(async () => {
    if (!browser) return
    app = await startTestApp('indexes-story', [{}])
    const headers = await signInHeaders(app, email)
    for (let n = 0; n < 40; n++) dataOf(await post(`${app.url}/graphql`, list, { stage: `s${n % 3}` }, headers), 'opportunities')
    await app.app.get(AskedLists).keep()
  })

  afterAll(async () => {
    for (const context of contexts) await context.close()
    await browser?.close()
    await app?.close()
  })

  const settings = async (language: 'en' | 'zh-CN'): Promise<Page> => {
    if (!browser) throw new Error('There is no browser')
    const context = await openContext(browser, { language, mode: 'light', size: 'desk' })
    contexts.push(context)
    const page = await context.newPage()
    await signInPage(page, app.url, email, testPassword)
    await openPage(page, `${app.url}/studio/objects/opportunity?tab=settings`)
    return page
  }

  test('tell in Chinese how often requests would have used an index', async () => {
    const page = await settings('zh-CN')
    await page.getByRole('region', { name: '加快列表' }).getByText('最近 30 天查询 40 次：').waitFor()
  })

  test('tell so in English, and take it into the draft', async () => {
    const page = await settings('en')
    const panel = page.getByRole('region', { name: 'Faster lists' })
    const proposed = panel.getByRole('listitem').filter({ hasText: 'asked 40 times in the last 30 days: Stage, Amount ↓' })
    expect(await proposed.first().textContent()).toContain('Stage · Amount ↓')
    await proposed.first().getByRole('button', { name: 'Create' }).click()
    await panel.getByRole('button', { name: 'Remove the index byStageAndAmount' }).waitFor()
    await proposed.waitFor({ state: 'detached' })
  })
})
