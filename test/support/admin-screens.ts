import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { jsonIn, writeJson } from './json-text.js'
import { askIn, openPage, settle } from './page.js'
import { both, chooseType } from './screens.js'

type Screen = (page: Page, url: string) => Promise<void>

/** What marks a version that was published for a picture. */
const forPictures = 'Pictures'
const pipeline = (name: string): string => fileURLToPath(new URL(`../../../shared/data/sales-pipeline/${name}`, import.meta.url))

/** The states that admins and developers see; those that publish something leave it to the next of them to go back. */
export const adminScreens: Readonly<Record<string, Screen>> = {
  'studio-home': at('/studio'),
  'studio-home-found': async (page, url) => {
    await fresh(page, url, '/studio')
    await page.getByRole('textbox', { name: both('Search all definitions and fields', '搜索所有定义和字段') }).fill('am')
  },
  'studio-audit': async (page, url) => {
    await fresh(page, url, '/studio/audit?kind=settings,export,signIn')
    for (const entry of (await page.locator('.audit-details > summary').all()).slice(0, 3)) await entry.click()
  },
  'recycle-bin': at('/-/bin?of=all'),
  'studio-objects': at('/studio/objects'),
  'studio-add-object': async (page, url) => {
    await fresh(page, url, '/studio/objects?add')
    await page
      .locator('#new-label-en')
      .fill('Training class')
      .catch(() => undefined)
  },
  'studio-object-menu': async (page, url) => {
    await fresh(page, url, '/studio/objects/opportunity')
    await page
      .getByRole('button', { name: /(^Actions for|的操作$)/ })
      .last()
      .click({ timeout: 3000 })
      .then(() => page.locator('.menu').waitFor())
      .catch(() => undefined)
  },
  'studio-object-settings': at('/studio/objects/opportunity?tab=settings'),
  'studio-object-uses': at('/studio/objects/opportunity?tab=uses'),
  'studio-object-json': at('/studio/objects/opportunity?tab=json'),
  'studio-field-money': at('/studio/objects/opportunity/fields/amount'),
  'studio-field-lookup': at('/studio/objects/opportunity/fields/customer'),
  'studio-field-formula': at('/studio/objects/opportunity/fields/weighted'),
  'studio-add-field': async (page, url) => {
    await fresh(page, url, '/studio/objects/opportunity')
    await page
      .locator('.add-field input')
      .first()
      .fill('预算')
      .catch(() => undefined)
    await chooseType(page, 'lookup').catch(() => undefined)
  },
  'studio-type-choice': async (page, url) => {
    await fresh(page, url, '/studio/objects/opportunity')
    await page
      .getByRole('combobox', { name: both('Type', '类型') })
      .first()
      .click({ timeout: 3000 })
      .then(() => page.locator('.ant-select-dropdown').waitFor())
      .catch(() => undefined)
  },
  ...Object.fromEntries(
    ['template', 'form', 'view', 'page', 'role', 'workflow', 'report', 'navigation'].map(kind => [
      `studio-kind-${kind}`,
      at(`/studio/definitions/${kind}`),
    ]),
  ),
  'studio-form': async (page, url) => {
    await fresh(page, url, '/studio/forms/opportunity')
    await page
      .getByRole('button', { name: both('Properties of Amount', '「金额」的属性') })
      .click({ timeout: 3000 })
      .then(() => page.locator('.designer-panel').waitFor())
      .catch(() => undefined)
  },
  'studio-form-settings': at('/studio/forms/opportunity?tab=settings'),
  'studio-element': at('/studio/definitions/report/pipelineByStage'),
  'studio-view': at('/studio/definitions/view/opportunities'),
  'studio-view-board': at('/studio/definitions/view/opportunityBoard'),
  'studio-navigation': at('/studio/definitions/navigation/sales'),
  'studio-page': at('/studio/definitions/page/customer?row=panel:opportunities'),
  'studio-relations': at('/studio/relations?object=opportunity'),
  'studio-option-set': at('/studio/definitions/optionSet/industry'),
  'studio-translations': at('/studio/translations?q=stage'),
  'studio-theme': at('/studio/definitions/app/crm'),
  'studio-element-broken': async (page, url) => {
    await fresh(page, url, '/studio/definitions/report/pipelineByStage')
    const text = page.locator('.json-editor .cm-content')
    await text
      .waitFor({ timeout: 5000 })
      .then(async () => writeJson(page, text, (await jsonIn(text)).replace('"groupBy"', '"groupWith"')))
      .catch(() => undefined)
    if ((await text.count()) === 0) return
    await page.getByRole('button', { name: both('Apply to draft', '应用到草稿') }).click()
    await page.getByRole('alert').first().waitFor()
  },
  'studio-problems': async (page, url) => {
    await drafted(page, url, () => removeField(page, url, 'probability'))
    await openPage(page, `${url}/studio`)
  },
  'studio-problems-object': async (page, url) => {
    await drafted(page, url, () => removeField(page, url, 'probability'))
    await openPage(page, `${url}/studio/objects/opportunity`)
  },
  'studio-members': at('/studio/members'),
  'studio-members-invite': async (page, url) => {
    await fresh(page, url, '/studio/members')
    await page
      .getByRole('button', { name: both('Invite', '邀请') })
      .first()
      .click()
    await page.locator('#invite-name').fill('Wang Fang')
  },
  'studio-keys': at('/studio/keys'),
  'studio-keys-new': async (page, url) => {
    await fresh(page, url, '/studio/keys')
    await page.getByRole('button', { name: both('New key', '新建密钥') }).click()
    await page.locator('#key-name').waitFor()
  },
  'studio-security': at('/studio/security'),
  account: at('/-/account'),
  'account-second-factor': async (page, url) => {
    await fresh(page, url, '/-/account')
    await page.getByRole('button', { name: both('Set up', '开始设置') }).click()
    await page.locator('#factor-password').fill('tessera-demo')
    await page.locator('#factor-password').press('Enter')
    await page.locator('.account-secret').waitFor()
  },
  'publish-empty': at('/studio/publish'),
  'publish-changes': async (page, url) => {
    await drafted(page, url, () => addField(page, url))
    await openCheck(page, url)
  },
  'publish-words': async (page, url) => {
    await drafted(page, url, async () => {
      await relabel(page, url, 'nextStep')
      await page.getByRole('checkbox', { name: both('Required', '必填') }).check()
      await openField(page, url, 'source')
      await page.getByRole('textbox', { name: both('Add option', '添加选项') }).fill(await inLanguage(page, 'Partner fair', '伙伴展会'))
      await page.keyboard.press('Enter')
      await openField(page, url, 'stage')
      await page.locator('.transition-face').first().click()
      await page
        .locator('.transition-details input')
        .first()
        .fill(await inLanguage(page, 'Look closer', '深入了解'))
    })
    await openCheck(page, url)
  },
  'publish-problems': async (page, url) => {
    await drafted(page, url, () => removeField(page, url, 'probability'))
    await openCheck(page, url)
  },
  'publish-losing': async (page, url) => {
    await drafted(page, url, async () => {
      await addField(page, url)
      await removeField(page, url, 'forecast')
      await relabel(page, url, 'nextStep')
    })
    await openCheck(page, url)
  },
  'publish-done': async (page, url) => {
    await drafted(page, url, () => addField(page, url))
    await openCheck(page, url)
    await page.locator('#publish-message').fill(forPictures)
    await page.getByRole('button', { name: both('Publish', '发布') }).click()
    await page.locator('.version-rows').waitFor()
    await settle(page)
  },
  'studio-versions': at('/studio/versions'),
  'studio-rates': async (page, url) => {
    await fresh(page, url, '/studio/rates')
    await page
      .getByRole('button', { name: /(earlier|更早)/ })
      .first()
      .click()
  },
  'studio-rates-paste': async (page, url) => {
    await fresh(page, url, '/studio/rates')
    await page.getByRole('button', { name: both('Paste several', '批量粘贴') }).click()
    await page.locator('#rate-lines').fill('EUR;2026-11-02;7,81\nEURO 2026-11-02 7.81\nUSD 2026-13-40 7.1')
    await page.locator('.rates-buttons .ant-btn-primary').click()
    await page.locator('.rates-wrong').waitFor()
  },
  rollback: async (page, url) => {
    await drafted(page, url, async () => {
      await addField(page, url)
      await removeField(page, url, 'forecast')
      await relabel(page, url, 'nextStep')
      await rename(page, url, 'source', 'origin')
    })
    await openCheck(page, url)
    await page.locator('#publish-message').fill(forPictures)
    for (const box of await page.getByRole('checkbox').all()) await box.check()
    await page.getByRole('button', { name: both('Publish', '发布') }).click()
    await page.locator('.version-rows').waitFor()
    await openPage(page, `${url}/studio/versions/1`)
    await page.locator('.steps').waitFor()
  },
  'import-file': (page, url) => importing(page, url, 'customer'),
  'import-columns': (page, url) => importing(page, url, 'customer', 'accounts.csv'),
  'import-values': async (page, url) => {
    await importing(page, url, 'customer', 'accounts.csv')
    await feed(page, 'account', 'Name', '客户名称')
    await feed(page, 'sector', 'Industry', '行业')
    await next(page)
    await page.locator('.import-table').waitFor()
  },
  'import-try': async (page, url) => {
    await importing(page, url, 'opportunity', 'sales_pipeline.csv')
    await feed(page, 'opportunity_id', 'Name', '商机名称')
    await next(page)
    await page.locator('.import-table').first().waitFor()
    await next(page)
    await page.locator('.import-numbers').waitFor({ timeout: 60_000 })
  },
  'import-done': async (page, url) => {
    await importing(page, url, 'product', 'products.csv')
    await feed(page, 'series', 'Code', '编码')
    await page.locator('#import-match').click()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await next(page)
    await page.getByRole('heading', { level: 2, name: both('What do these values mean\\?', '这些值是什么意思？') }).waitFor()
    await next(page)
    await page.locator('.import-numbers').waitFor()
    await next(page)
    await page.locator('.import-result').waitFor({ timeout: 60_000 })
  },
}

/** A page without a draft, as it was shipped. */
function at(path: string): Screen {
  return (page, url) => fresh(page, url, path)
}

async function fresh(page: Page, url: string, path: string): Promise<void> {
  await asShipped(page, url)
  await openPage(page, `${url}${path}`)
}

/** Throws away the drafts that whoever is signed in keeps on the server; nothing for who may not build. */
export async function discardDrafts(page: Page): Promise<void> {
  const kept = await askIn<{ drafts: { id: string }[] }>(page, '/platform', '{ drafts { id } }').catch(() => ({ drafts: [] }))
  // another page of the same person may throw one away at the same moment
  for (const { id } of kept.drafts)
    await askIn(page, '/platform', 'mutation($id: ID!) { discardDraft(id: $id) }', { id }).catch((error: Error) => {
      if (!error.message.includes('does not exist') && !error.message.includes('不存在')) throw error
    })
}

/** Forgets the drafts and imports of whoever is signed in, speaks its language, and goes back when the latest version was made for a picture. */
async function asShipped(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/mark.svg`)
  await discardDrafts(page)
  await page.evaluate(() => {
    for (const key of Object.keys(localStorage)) if (key.startsWith('tessera.studio.draft')) localStorage.removeItem(key)
    for (const key of Object.keys(sessionStorage)) if (key.startsWith('tessera.import')) sessionStorage.removeItem(key)
  })
  const locale = await page.evaluate(() => String(JSON.parse(localStorage.getItem('tessera.preferences') ?? '{}').language ?? 'en'))
  await askIn(page, '/platform', 'mutation Speak($locale: String) { updateProfile(locale: $locale) { id } }', { locale })
  const { versions } = await askIn<{ versions: { message: string | null }[] }>(page, '/platform', '{ versions { message } }')
  if (versions[0]?.message === forPictures) await askIn(page, '/platform', 'mutation { rollback(to: 1) { version } }')
}

const inLanguage = (page: Page, english: string, chinese: string): Promise<string> =>
  page.evaluate(([en, zh]) => (document.documentElement.lang === 'en' ? en : zh) ?? '', [english, chinese] as const)

/** A draft of these edits, for which a desk is needed; the size is as before when they are made. */
async function drafted(page: Page, url: string, edit: () => Promise<void>): Promise<void> {
  await asShipped(page, url)
  const size = page.viewportSize()
  await page.setViewportSize({ width: 1440, height: 900 })
  try {
    await edit()
  } finally {
    if (size) await page.setViewportSize(size)
  }
}

const openField = (page: Page, url: string, field: string) => openPage(page, `${url}/studio/objects/opportunity/fields/${field}`)

async function addField(page: Page, url: string): Promise<void> {
  await openPage(page, `${url}/studio/objects/opportunity`)
  await page
    .locator('.add-field input')
    .first()
    .fill(await inLanguage(page, 'Budget', '预算'))
  await chooseType(page, 'money')
  await page.getByRole('button', { name: both('Add field', '添加字段') }).click()
  await page.waitForURL(/fields\/\w+$/)
}

async function removeField(page: Page, url: string, field: string): Promise<void> {
  await openField(page, url, field)
  await page.getByRole('button', { name: both('Remove field', '移除字段') }).click()
}

async function relabel(page: Page, url: string, field: string): Promise<void> {
  await openField(page, url, field)
  await page
    .locator('.designer-panel input')
    .first()
    .fill(await inLanguage(page, 'What comes next', '下一步行动'))
}

async function rename(page: Page, url: string, field: string, name: string): Promise<void> {
  await openField(page, url, field)
  await page.locator('#field-name').fill(name)
  await page.locator('#field-name').press('Enter')
  await page.waitForURL(new RegExp(`fields/${name}$`))
}

async function openCheck(page: Page, url: string): Promise<void> {
  await openPage(page, `${url}/studio/publish`)
  await page.locator('.steps').waitFor()
}

/** The import of an object, after its file was taken when one is named. */
async function importing(page: Page, url: string, object: string, file?: string): Promise<void> {
  await asShipped(page, url)
  await openPage(page, `${url}/sales/${object}/import`)
  if (file === undefined) return
  await page.locator('input[type=file]').setInputFiles(pipeline(file))
  await page.locator('.column-rows').waitFor()
}

/** Lets a column of the file feed a field. */
async function feed(page: Page, column: string, english: string, chinese: string): Promise<void> {
  await page
    .locator('.column-row')
    .filter({ has: page.getByText(column, { exact: true }) })
    .locator('.feed-field')
    .first()
    .click()
  await page.keyboard.type(await inLanguage(page, english, chinese))
  await page.keyboard.press('Enter')
}

/** Presses the one filled button of a step. */
const next = (page: Page) => page.locator('.import-foot .ant-btn-primary').click()
