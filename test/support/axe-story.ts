import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { BrowserContext, Page } from 'playwright-core'
import type { TestApp } from './app.js'
import { findingsInBothModes } from './axe.js'
import type { State } from './axe-states.js'
import { browser, describeInBrowser } from './browser.js'
import { startDemo } from './demo.js'
import { demoPassword, type Look, openContext, people, signInPage } from './page.js'

/** What is measured on a size, and in which languages; they are measured beside each other. */
export interface Measured {
  readonly states: readonly State[]
  readonly languages: readonly Look['language'][]
}

/** Reaches states of the product in a demo and measures each light and dark; nothing serious or critical may be found. */
export function axeStory(measured: Readonly<Record<Look['size'], Measured>>): void {
  let app: TestApp

  beforeAll(async () => {
    if (browser) app = await startDemo()
  })

  afterAll(async () => {
    await browser?.close()
    await app?.close()
  })

  describeInBrowser.each(['desk', 'phone'] as const)('axe finds nothing serious on a %s', size => {
    const { states, languages } = measured[size]
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
}

/** Signs the admin in when the page belongs to nobody yet. */
async function signInOnce(page: Page, url: string): Promise<void> {
  const cookies = await page.context().cookies(url)
  if (cookies.length === 0) await signInPage(page, url, people.admin, demoPassword)
}
