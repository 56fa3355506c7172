import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { palettes } from '../../studio/ui/theme.js'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const everything = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }

/** What depends on colours alone; markup is the same light and dark. */
const colours = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }

/**
 * Everything serious or critical on the page, one line each: as it is drawn now, light, and what its colours do in the dark; left light.
 * GraphiQL's own markup is left out: it is a library's, whose labels and contrasts we cannot mend; its frame is ours and looked at.
 * @param within what is looked at, as a selector; the whole page unless said
 */
export async function findingsInBothModes(page: Page, within = 'html'): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source)
  const light = await findings(page, within, everything)
  await drawIn(page, 'dark')
  const dark = await findings(page, within, colours)
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

async function findings(page: Page, within: string, runOnly: typeof everything): Promise<string[]> {
  const { violations } = await page.evaluate<AxeResults, readonly [typeof everything, string]>(
    ([only, include]) =>
      (window as unknown as { axe: { run: (context: unknown, options: unknown) => Promise<AxeResults> } }).axe.run(
        { include, exclude: ['.graphiql-container'] },
        { runOnly: only, resultTypes: ['violations'] },
      ),
    [runOnly, within] as const,
  )
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, impact, nodes }) =>
      nodes.slice(0, 4).map(node => `${impact} ${id}: ${node.target.join(' ')} ${node.html.slice(0, 160)}`),
    )
}
