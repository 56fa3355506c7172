import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { BrowserContext, Page } from 'playwright-core'
import type { TestApp } from '../support/app.js'
import { findingsInBothModes } from '../support/axe.js'
import { deskStates, phoneStates, type State } from '../support/axe-states.js'
import { browser, describeInBrowser } from '../support/browser.js'
import { startDemo } from '../support/demo.js'
import { demoPassword, type Look, openContext, people, signInPage } from '../support/page.js'

const languages = ['en', 'zh-CN'] as const
const sizes: readonly [Look['size'], readonly State[]][] = [
  ['desk', deskStates],
  ['phone', phoneStates],
]

let app: TestApp

beforeAll(async () => {
  if (browser) app = await startDemo()
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await app?.close()
})

describeInBrowser.each(sizes)('axe finds nothing serious on a %s, in both languages, light and dark', (size, states) => {
  const contexts: BrowserContext[] = []
  const pages: Page[] = []

  beforeAll(async () => {
    for (const language of languages) {
      if (!browser) continue
      const context = await openContext(browser, { size, language, mode: 'light' })
      contexts.push(context)
      pages.push(await context.newPage())
    }
  })

  afterAll(async () => {
    for (const context of contexts) await context.close()
  })

  test.each(states.map(state => [state[0], state] as const))('%s', async (name, [, reach, within]) => {
    if (name !== 'sign-in') await Promise.all(pages.map(page => signInOnce(page, app.url)))
    const measure = async (page: Page) => {
      await reach(page, app.url)
      return findingsInBothModes(page, within)
    }
    expect(await Promise.all(pages.map(measure))).toEqual(languages.map(() => []))
  })
})

/** Signs the admin in when the page belongs to nobody yet. */
async function signInOnce(page: Page, url: string): Promise<void> {
  const cookies = await page.context().cookies(url)
  if (cookies.length === 0) await signInPage(page, url, people.admin, demoPassword)
}
