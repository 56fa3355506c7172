import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import type { TestApp } from '../support/app.js'
import { browser, describeInBrowser } from '../support/browser.js'
import { startDemo } from '../support/demo.js'
import { demoPassword, type Look, openContext, people, signInPage } from '../support/page.js'
import { screens } from '../support/screens.js'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** Everything serious or critical on the page, one line each; GraphiQL's own markup is not ours. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(source)
  const { violations } = await page.evaluate<AxeResults, string[]>(
    tags =>
      (window as unknown as { axe: { run: (context: unknown, options: unknown) => Promise<AxeResults> } }).axe.run(
        { exclude: ['.graphiql-container'] },
        { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] },
      ),
    rules,
  )
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, impact, nodes }) =>
      nodes.slice(0, 4).map(node => `${impact} ${id}: ${node.target.join(' ')} ${node.html.slice(0, 160)}`),
    )
}

const desk = Object.keys(screens)
const phone = ['sign-in', 'list', 'board', 'record', 'form']
const looks: readonly [string, Look, readonly string[]][] = [
  ['desk, light, English', { size: 'desk', mode: 'light', language: 'en' }, desk],
  ['desk, dark, Chinese', { size: 'desk', mode: 'dark', language: 'zh-CN' }, desk],
  ['phone, light, Chinese', { size: 'phone', mode: 'light', language: 'zh-CN' }, phone],
  ['phone, dark, English', { size: 'phone', mode: 'dark', language: 'en' }, phone],
]

describeInBrowser('axe finds nothing serious', () => {
  let app: TestApp

  beforeAll(async () => {
    app = await startDemo()
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await app?.close()
  })

  test.each(looks)('%s', async (_name, look, names) => {
    if (!browser) return
    const context = await openContext(browser, look)
    const found: Record<string, string[]> = {}
    const page = await context.newPage()
    for (const name of names) {
      if (name !== 'sign-in') await signInOnce(page, app.url)
      await screens[name]?.(page, app.url)
      found[name] = await findings(page)
    }
    await context.close()
    expect(found).toEqual(Object.fromEntries(names.map(name => [name, []])))
  })
})

/** Signs the admin in when the page belongs to nobody yet. */
async function signInOnce(page: Page, url: string): Promise<void> {
  const cookies = await page.context().cookies(url)
  if (cookies.length === 0) await signInPage(page, url, people.admin, demoPassword)
}
