import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { BrowserContext, Page } from 'playwright-core'
import type { TestApp } from './app.js'
import { findingsInBothModes } from './axe.js'
import { deskStates, phoneStates } from './axe-states.js'
import { browser, describeInBrowser } from './browser.js'
import { startDemo } from './demo.js'
import { demoPassword, type Look, openContext, people, signInPage } from './page.js'

const states = { desk: deskStates, phone: phoneStates }

/**
 * Reaches every state of the product in a demo and measures it light and dark; nothing serious or critical may be found.
 * @param languages those of a desk and of a phone; the languages of a size are measured beside each other
 */
export function axeStory(languages: Readonly<Record<Look['size'], readonly Look['language'][]>>): void {
  let app: TestApp

  beforeAll(async () => {
    if (browser) app = await startDemo()
  })

  afterAll(async () => {
    await browser?.close()
    await app?.close()
  })

  describeInBrowser.each(['desk', 'phone'] as const)('axe finds nothing serious on a %s', size => {
    const contexts: BrowserContext[] = []
    const pages: Page[] = []

    beforeAll(async () => {
      for (const language of languages[size]) {
        if (!browser) continue
        const context = await openContext(browser, { size, language, mode: 'light' })
        contexts.push(context)
        pages.push(await context.newPage())
      }
    })

    afterAll(async () => {
      for (const context of contexts) await context.close()
    })

    test.each(states[size].map(state => [state[0], state] as const))('%s', async (name, [, reach, within]) => {
      if (name !== 'sign-in') await Promise.all(pages.map(page => signInOnce(page, app.url)))
      const measure = async (page: Page) => {
        await reach(page, app.url)
        return findingsInBothModes(page, within)
      }
      expect(await Promise.all(pages.map(measure))).toEqual(languages[size].map(() => []))
    })
  })
}

/** Signs the admin in when the page belongs to nobody yet. */
async function signInOnce(page: Page, url: string): Promise<void> {
  const cookies = await page.context().cookies(url)
  if (cookies.length === 0) await signInPage(page, url, people.admin, demoPassword)
}
