import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { palettes } from '../../studio/ui/theme.js'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/**
 * Everything serious or critical on the page as it is drawn now, one line each, first light, then dark; left light.
 * GraphiQL's own markup is left out: it is a library's, whose labels and contrasts we cannot mend; its frame is ours and looked at.
 * @param within what is looked at, as a selector; the whole page unless said
 */
export async function findingsInBothModes(page: Page, within = 'html'): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source)
  const light = await findings(page, within)
  await drawIn(page, 'dark')
  const dark = await findings(page, within)
  await drawIn(page, 'light')
  return [...light.map(line => `light: ${line}`), ...dark.map(line => `dark: ${line}`)]
}

async function drawIn(page: Page, mode: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme: mode })
  await page.waitForFunction(
    background => getComputedStyle(document.documentElement).getPropertyValue('--bg').trim() === background,
    palettes[mode].bg,
  )
}

async function findings(page: Page, within: string): Promise<string[]> {
  const { violations } = await page.evaluate<AxeResults, readonly [string[], string]>(
    ([tags, include]) =>
      (window as unknown as { axe: { run: (context: unknown, options: unknown) => Promise<AxeResults> } }).axe.run(
        { include, exclude: ['.graphiql-container'] },
        { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] },
      ),
    [rules, within] as const,
  )
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, impact, nodes }) =>
      nodes.slice(0, 4).map(node => `${impact} ${id}: ${node.target.join(' ')} ${node.html.slice(0, 160)}`),
    )
}
