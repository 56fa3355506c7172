import { afterAll, beforeAll, expect, test } from '@jest/globals'
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

describeInBrowser('axe finds nothing serious, light and dark', () => {
  let app: TestApp

  beforeAll(async () => {
    app = await startDemo()
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await app?.close()
  })

  test.each(sizes)(
    'on a %s, in both languages',
    async (size, states) => {
      const found = await Promise.all(languages.map(language => measure(app.url, { size, language, mode: 'light' }, states)))
      expect(found).toEqual(languages.map(() => Object.fromEntries(states.map(([name]) => [name, []]))))
    },
    240_000,
  )
})

/** Goes through all states as one admin and measures each; a state that cannot be reached counts as a finding, and the next is tried. */
async function measure(url: string, look: Look, states: readonly State[]): Promise<Record<string, string[]>> {
  if (!browser) return {}
  const context = await openContext(browser, look)
  const page = await context.newPage()
  const found: Record<string, string[]> = {}
  for (const [name, reach, within] of states) {
    try {
      await reach(page, url)
      found[name] = await findingsInBothModes(page, within)
    } catch (error) {
      found[name] = [`${look.language} ${name} cannot be measured: ${error instanceof Error ? error.message : String(error)}`]
    }
    if (name === 'sign-in') await signInPage(page, url, people.admin, demoPassword)
  }
  await context.close()
  return found
}
