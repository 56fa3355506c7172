import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/**
 * Everything serious or critical on the page as it is drawn now, one line each.
 * GraphiQL's own markup is left out: it is a library's, whose labels and contrasts we cannot mend; its frame is ours and looked at.
 * @param within what is looked at, as a selector; the whole page unless said
 */
export async function findings(page: Page, within = 'html'): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source)
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
