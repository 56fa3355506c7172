import type { Page } from 'playwright-core'
import { adminScreens } from './admin-screens.js'
import { openPage } from './page.js'
import { rightsScreens } from './rights-screens.js'
import { sampleScreens } from './sample-screens.js'
import { both, screens } from './screens.js'
import { userScreens } from './user-screens.js'

/** A state of the product to be measured; it may build on the state before it. What lies over a measured page is measured alone. */
export type State = readonly [name: string, reach: (page: Page, url: string) => Promise<void>, within?: string]

const button = (page: Page, english: string, chinese: string) => page.getByRole('button', { name: both(english, chinese) }).first()
const dialog = (page: Page) => page.getByRole('dialog').last()

const drawn = { ...screens, ...userScreens, ...adminScreens, ...rightsScreens, ...sampleScreens }

/** A screen that is also taken in pictures, and what of it is measured. */
const reach = (name: string, within?: string): State => {
  const open = drawn[name]
  if (!open) throw new Error(`There is no screen ${name}`)
  return within === undefined ? [name, open] : [name, open, within]
}

const file = ['title,worth,phase', 'Pumps for the north,"12,000",New', 'Pumps for the south,"8,500",Neww', ',"7,000",New'].join('\n')

/** The five steps of an import: one row is good, one value is unknown, one row has no name. */
const importing: readonly State[] = [
  ['import: file', (page, url) => openPage(page, `${url}/sales/opportunity/import`)],
  [
    'import: columns',
    async page => {
      await page.locator('input[type=file]').setInputFiles({ name: 'pumps.csv', mimeType: 'text/csv', buffer: Buffer.from(file) })
      await page.getByText(/^pumps\.csv · 3/).waitFor()
      await feed(page, 'title', ['Name', '商机名称'])
      await feed(page, 'phase', ['Stage', '阶段'])
    },
  ],
  [
    'import: values',
    async page => {
      await button(page, 'Continue', '下一步').click()
      await page.getByRole('heading', { name: /^(What do these values mean|这些值是什么意思)/ }).waitFor()
    },
  ],
  [
    'import: try',
    async page => {
      await button(page, 'Try the import', '试导入').click()
      await page.getByRole('region', { name: /^(Why rows are refused|拒绝原因)$/ }).waitFor()
    },
  ],
  [
    'import: done',
    async page => {
      await page.getByRole('button', { name: /^(Import \d+ rows?|导入 \d+ 行)$/ }).click()
      await page.getByRole('heading', { name: /^(The import is done|导入完成)$/ }).waitFor()
    },
  ],
]

/** Feeds a field from a column, by typing what it is called in the language of the page. */
async function feed(page: Page, column: string, [english, chinese]: readonly [string, string]): Promise<void> {
  const box = page.getByRole('combobox', { name: new RegExp(`(column ${column}|「${column}」列对应的字段)$`) })
  await box.click()
  await box.fill((await page.evaluate(() => document.documentElement.lang)) === 'en' ? english : chinese)
  await box.press('Enter')
}

const filtering: readonly State[] = [
  [
    'list: fields to filter by',
    async page => {
      await button(page, 'Add filter', '加条件').click()
      await page.getByRole('textbox', { name: both('Find a field', '查找字段') }).waitFor()
    },
  ],
  [
    'list: filter builder',
    async page => {
      await page.getByRole('textbox', { name: both('Find a field', '查找字段') }).press('Enter')
      await page.getByRole('form').waitFor()
    },
    'form',
  ],
]

const deleting: readonly State[] = [
  [
    'record: menu',
    async page => {
      await button(page, 'More', '更多').click()
      await page.getByRole('menuitem').last().waitFor()
    },
    '[role=menu]',
  ],
  [
    'record: delete confirmation',
    async page => {
      await page.getByRole('menuitem', { name: both('Delete', '删除') }).click()
      await dialog(page).waitFor()
    },
    '[role=dialog]',
  ],
]

const refusedForm: State = [
  'form: what needs attention',
  async page => {
    await page.keyboard.press('Control+Enter')
    await page.getByRole('alert').first().waitFor()
  },
]

const report: State = [
  'report',
  async (page, url) => {
    await openPage(page, `${url}/sales/-/reports/pipelineByStage`)
    await page.locator('.chart svg').first().waitFor({ state: 'attached' })
  },
]

const listMenus: readonly State[] = [
  [
    'list: selection',
    async (page, url) => {
      await openPage(page, `${url}/sales/employee`)
      await page.getByRole('grid').getByRole('checkbox').nth(1).check()
      await page.getByRole('toolbar', { name: both('Actions for the selection', '对所选记录的操作') }).waitFor()
    },
    '[role=toolbar]',
  ],
  [
    'list: merge',
    async page => {
      await page.getByRole('grid').getByRole('checkbox').nth(2).check()
      await button(page, 'Merge', '合并').click()
      await dialog(page)
        .getByText(/90 (days|天)/)
        .waitFor()
    },
    '[role=dialog]',
  ],
  [
    'list: quick create',
    async (page, url) => {
      await openPage(page, `${url}/sales/employee`)
      await page.keyboard.press('n')
      await dialog(page).getByRole('textbox').first().waitFor()
    },
    '[role=dialog]',
  ],
  [
    'command bar',
    async (page, url) => {
      await openPage(page, `${url}/sales`)
      await page.keyboard.press('Control+k')
      await dialog(page).waitFor()
    },
    '[role=dialog]',
  ],
]

const transition: State = [
  'board: form of a transition',
  async (page, url) => {
    await openPage(page, `${url}/sales/lead?as=board`)
    await page.locator('.card-slot').first().hover()
    await page.locator('.card-menu').first().click()
    await page.getByRole('menuitem', { name: both('Invalid', '无效') }).click()
    await dialog(page)
      .getByRole('button', { name: /^(Mark as invalid|标记为无效)/ })
      .click()
    await dialog(page).getByRole('alert').first().waitFor()
  },
  '[role=dialog]',
]

/** A form with every way to give a value, and the same of a record whose state locks it. */
const everyInput: readonly State[] = [reach('sample-edit'), reach('sample-edit-locked')]

const board = reach('board')
const record = reach('record')

/** The screens about who may see and do what, on a desk and on a phone. */
const rights: readonly State[] = [
  reach('studio-role-object'),
  reach('studio-form-settings'),
  reach('studio-object-access'),
  reach('studio-matrix'),
  reach('studio-groups'),
  reach('studio-groups-add', '[role=dialog]'),
  reach('studio-assignments-add', '[role=dialog]'),
  reach('studio-members-leave', '[role=dialog]'),
  reach('record-access', '[role=dialog]'),
  reach('record-share', '[role=dialog]'),
  reach('record-pool'),
  reach('studio-audit'),
  reach('recycle-bin'),
]

/** What is measured on a desk, in an order in which little is loaded twice. */
export const deskStates: readonly State[] = [
  reach('sign-in'),
  reach('home'),
  reach('list'),
  ...filtering,
  ...listMenus,
  reach('list-filter-links', 'form'),
  reach('list-delete', '[role=dialog]'),
  board,
  record,
  ...deleting,
  reach('record-why', '[role=dialog]'),
  transition,
  reach('form'),
  refusedForm,
  ...everyInput,
  ...importing,
  report,
  ['studio: home', (page, url) => openPage(page, `${url}/studio`)],
  reach('studio-object'),
  reach('studio-field'),
  reach('studio-view'),
  reach('studio-navigation'),
  reach('studio-page'),
  reach('studio-theme'),
  reach('studio-sample-candidates'),
  reach('publish'),
  reach('versions'),
  reach('studio-rates'),
  ...rights,
  reach('explorer'),
]

/** The pages that people are on most, on a desk and on a phone. */
export const pages: readonly State[] = [
  reach('sign-in'),
  reach('home'),
  reach('list'),
  ...filtering,
  board,
  record,
  ...deleting,
  reach('form'),
  refusedForm,
  ...everyInput,
  ...importing,
  reach('studio-object'),
  reach('publish'),
]

/** Every state that a phone has: those of a desk without what only a desk has. */
export const phoneStates: readonly State[] = [
  reach('sign-in'),
  reach('home'),
  reach('list'),
  ...filtering,
  board,
  record,
  ...deleting,
  reach('record-why', '[role=dialog]'),
  transition,
  reach('form'),
  refusedForm,
  ...everyInput,
  ...importing,
  report,
  reach('studio-object'),
  reach('publish'),
  reach('versions'),
  ...rights,
]
