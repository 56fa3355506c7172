import type { Locator, Page } from 'playwright-core'
import { askIn, openPage, settle } from './page.js'

/** What a reader of either language calls a thing. */
export const both = (english: string, chinese: string): RegExp => new RegExp(`^(${english}|${chinese})( \\S{1,7})?$`)

/** The states of the product that are looked at as a whole: how each is reached. Somebody who may do everything is signed in, but for the first. */
export const screens: Readonly<Record<string, (page: Page, url: string) => Promise<void>>> = {
  'sign-in': (page, url) => openPage(page, `${url}/`),
  home: (page, url) => openPage(page, `${url}/sales`),
  list: (page, url) => openPage(page, `${url}/sales/opportunity`),
  board: async (page, url) => {
    await openPage(page, `${url}/sales/opportunity?as=board`)
    await page.locator('article').first().waitFor()
    await settle(page)
  },
  record: async (page, url) => openPage(page, `${url}/sales/opportunity/${await richest(page)}`),
  form: (page, url) => openPage(page, `${url}/sales/opportunity/new`),
  import: (page, url) => openPage(page, `${url}/sales/opportunity/import`),
  report: async (page, url) => {
    await openPage(page, `${url}/sales/-/reports/pipelineByStage`)
    await page.locator('.chart').first().waitFor()
  },
  'studio-object': (page, url) => openPage(page, `${url}/studio/objects/opportunity`),
  'studio-field': (page, url) => openPage(page, `${url}/studio/objects/opportunity/fields/stage`),
  publish: draftAndCheck,
  versions: (page, url) => openPage(page, `${url}/studio/versions`),
  explorer: async (page, url) => {
    await openPage(page, `${url}/explorer`)
    await page.locator('.graphiql-container .view-line').first().waitFor()
  },
}

const worthSeeing = `{ opportunities(
  where: { stage: { eq: "negotiation" }, lines: { some: {} }, activities: { some: {} } }, orderBy: [{ amount: DESC }], first: 1
) { nodes { id } } }`

/** A negotiated opportunity of the demo with lines: a record with something on its page. */
async function richest(page: Page): Promise<string> {
  const { opportunities } = await askIn<{ opportunities: { nodes: { id: string }[] } }>(page, '/graphql', worthSeeing)
  return opportunities.nodes[0]?.id ?? ''
}

/** Adds one field and removes another in the draft, which a desk is needed for, then opens what publishing it will do. */
async function draftAndCheck(page: Page, url: string): Promise<void> {
  const size = page.viewportSize()
  await page.setViewportSize({ width: 1440, height: 900 })
  await startDraft(page)
  await openPage(page, `${url}/studio/objects/opportunity`)
  const language = await page.evaluate(() => document.documentElement.lang)
  await page.getByRole('textbox', { name: both('Label of a new field', '新字段的名称') }).fill(language === 'en' ? 'Budget' : '预算')
  await chooseType(page, 'money')
  await page.getByRole('button', { name: both('Add field', '添加字段') }).click()
  await page.goto(`${url}/studio/objects/opportunity/fields/forecast`)
  await page.getByRole('button', { name: both('Remove field', '移除字段') }).click()
  if (size) await page.setViewportSize(size)
  await page.goto(`${url}/studio/publish`)
  await page.getByRole('heading', { name: /^(Confirm what is lost|请确认会丢失的数据)/ }).waitFor()
}

/** Begins a draft for this browser alone, whatever else whoever is signed in keeps elsewhere. */
async function startDraft(page: Page): Promise<void> {
  const { me, versions } = await askIn<{ me: { id: string; workspace: { slug: string } }; versions: { number: number }[] }>(
    page,
    '/platform',
    '{ me { id workspace { slug } } versions { number } }',
  )
  const { beginDraft } = await askIn<{ beginDraft: { id: string } }>(page, '/platform', 'mutation { beginDraft(name: "Screens") { id } }')
  const kept = { id: beginDraft.id, revision: 1, entries: {} }
  const draft = { base: versions[0]?.number ?? 0, entries: {}, past: [], future: [], last: null, kept }
  await page.evaluate(([place, text]) => localStorage.setItem(place, text), [
    `tessera.studio.draft.${me.workspace.slug}.${me.id}`,
    JSON.stringify(draft),
  ] as const)
}

/** Chooses the type of a field by typing its name. */
export async function chooseType(page: Page | Locator, type: string): Promise<void> {
  const input = page.getByRole('combobox', { name: both('Type', '类型') }).first()
  await input.click()
  await input.fill(type)
  await input.press('Enter')
}
