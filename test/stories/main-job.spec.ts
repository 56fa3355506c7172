import { afterAll, beforeAll, expect } from '@jest/globals'
import type { BrowserContext, Page } from 'playwright-core'
import type { TestApp } from '../support/app.js'
import { browser, describeInBrowser } from '../support/browser.js'
import { startDemo } from '../support/demo.js'
import { askExplorer, fieldsShown, openExplorer } from '../support/explorer.js'
import { jsonEditor, jsonIn, writeJson } from '../support/json-text.js'
import { askIn, demoPassword, type Look, openContext, openPage, people, signInPage } from '../support/page.js'
import { chooseType } from '../support/screens.js'
import { story } from '../support/story.js'

/** What is added to the object that was made by clicking: with its name and these, eight fields and two relations. */
const moreFields = {
  code: { type: 'text', label: { en: 'Code', 'zh-CN': '编号' }, unique: true, maxLength: 20 },
  begins: { type: 'date', label: { en: 'Begins', 'zh-CN': '开课日期' } },
  level: {
    type: 'select',
    label: { en: 'Level', 'zh-CN': '级别' },
    options: [
      { value: 'basic', label: { en: 'Basic', 'zh-CN': '初级' }, color: 'green' },
      { value: 'advanced', label: { en: 'Advanced', 'zh-CN': '高级' }, color: 'purple' },
    ],
  },
  online: { type: 'boolean', label: { en: 'Online', 'zh-CN': '线上' } },
  notes: { type: 'longText', label: { en: 'Notes', 'zh-CN': '备注' } },
  product: { type: 'lookup', label: { en: 'Product', 'zh-CN': '产品' }, to: 'product', onDelete: 'setNull' },
}

const test = story()

describeInBrowser('The main job: an admin reshapes the CRM while a sales representative works with it', () => {
  let app: TestApp
  let admin: Page
  let rep: Page
  const contexts: BrowserContext[] = []
  let forecasts = 0
  let qualified = 0

  const newPage = async (look: Look): Promise<Page> => {
    if (!browser) throw new Error('There is no browser')
    const context = await openContext(browser, look)
    contexts.push(context)
    return context.newPage()
  }

  beforeAll(async () => {
    app = await startDemo()
    admin = await newPage({ language: 'zh-CN', mode: 'light', size: 'desk' })
    rep = await newPage({ language: 'en', mode: 'dark', size: 'desk' })
    await signInPage(rep, app.url, people.rep, demoPassword)
    await openPage(rep, `${app.url}/sales/opportunity`)
  })

  afterAll(async () => {
    for (const context of contexts) await context.close()
    await browser?.close()
    await app?.close()
  })

  test('the admin signs in by the form', async () => {
    await openPage(admin, app.url)
    await admin.getByLabel('邮箱').fill(people.admin)
    await admin.getByLabel('密码').fill('not this one')
    await admin.getByRole('button', { name: '登录', exact: true }).click()
    await admin.getByRole('alert').waitFor()
    await admin.getByLabel('密码').fill(demoPassword)
    await admin.getByLabel('密码').press('Enter')
    await admin.getByRole('heading', { level: 1, name: '首页' }).waitFor()
  })

  test('the admin adds the field Budget', async () => {
    await openPage(admin, `${app.url}/studio/objects/opportunity`)
    await addField(admin, 'Budget', 'money')
    const panel = admin.getByRole('complementary', { name: /的属性$/ })
    await panel.getByLabel('名称（中文）').first().fill('预算')
    await panel.getByLabel('名称（英文）').first().fill('Budget')
    expect(await panel.getByLabel('API 名称').inputValue()).toBe('budget')
  })

  test('the admin adds the object Training class with eight fields and two relations', async () => {
    await openPage(admin, `${app.url}/studio/objects`)
    await admin.getByRole('button', { name: '新建对象' }).click()
    const panel = admin.getByRole('complementary', { name: '新建对象' })
    await panel.getByLabel('中文名称').fill('培训班')
    await panel.getByLabel('英文名称').fill('Training class')
    await admin.waitForFunction(() => document.querySelector<HTMLInputElement>('#new-name')?.value === 'trainingClass')
    await panel.getByRole('button', { name: '新建对象' }).click()
    await admin.getByRole('heading', { level: 1, name: '培训班' }).waitFor()
    await addField(admin, 'Seats', 'integer')
    await addField(admin, 'Fee', 'money')
    await addField(admin, 'Customer', 'lookup', '客户')
    await admin.getByRole('tab', { name: /^JSON/ }).click()
    await applyJson(admin, 'objects/trainingClass', definition => ({ ...definition, fields: { ...definition.fields, ...moreFields } }))
    await admin.getByRole('tab', { name: /^字段/ }).click()
    await admin.getByRole('link', { name: /^线上/ }).waitFor()
    await admin.getByRole('link', { name: /^Customer/ }).waitFor()
  })

  test('the admin checks and publishes', async () => {
    await admin.getByRole('region', { name: '草稿' }).getByRole('link', { name: '检查并发布' }).click()
    await admin.getByText('在「商机」中添加字段「预算」').waitFor()
    await admin.getByLabel('这个版本改了什么？').fill('预算和培训班')
    await publish(admin)
    await admin.getByRole('listitem').filter({ hasText: '预算和培训班' }).getByText('当前版本').waitFor()
  })

  test('the representative fills the generated form with Budget, without any restart', async () => {
    qualified = await countOfStage(rep, app.url, 'Qualified', 'CNY')
    await createOpportunity(rep, app.url, 'Budget story', '120k')
    await rep.getByText('¥120,000.00').first().waitFor()
  })

  test('the representative fills the form of the new object', async () => {
    await openPage(rep, `${app.url}/sales/trainingClass/new`)
    await rep.getByRole('textbox', { name: /^Name/ }).fill('Gateway basics')
    await rep.getByRole('button', { name: /^Create/ }).click()
    await rep.getByRole('heading', { level: 1, name: 'Gateway basics' }).waitFor()
  })

  test('the list is filtered by Budget', async () => {
    await openPage(rep, `${app.url}/sales/opportunity`)
    await filterByBudget(rep, '100,000')
    await rep.getByRole('grid').getByRole('link', { name: 'Budget story' }).waitFor()
    await rep.getByText('1 record', { exact: true }).first().waitFor()
    expect(rep.url()).toContain('budget')
  })

  test('a card is carried to the next column with the keyboard, and stays there', async () => {
    await openPage(rep, `${app.url}/sales/opportunity?as=board&q=Budget%20story`)
    const card = rep.getByRole('region', { name: 'New', exact: true }).getByRole('group', { name: 'Budget story' })
    await card.focus()
    await rep.keyboard.press('Space')
    await rep.getByText(/^(Lifted Budget story|New, column 1 of)/).waitFor({ state: 'attached' })
    await rep.keyboard.press('ArrowRight')
    await rep.getByText(/^Qualified, column 2 of/).waitFor({ state: 'attached' })
    await rep.keyboard.press('Space')
    await rep.getByText('Moved to Qualified').waitFor()
    await rep.reload()
    await rep.getByRole('region', { name: 'Qualified', exact: true }).getByRole('group', { name: 'Budget story' }).waitFor()
  })

  test('GraphiQL shows the field and the object', async () => {
    await openExplorer(rep, app.url)
    expect(await fieldsShown(rep, 'Opportunity')).toEqual(expect.arrayContaining(['budget', 'budgetCurrency']))
    const added = ['name', 'seats', 'fee', 'customerId', 'customer', 'productId', 'product', ...Object.keys(moreFields)]
    expect(await fieldsShown(rep, 'TrainingClass')).toEqual(expect.arrayContaining(added))
    expect(await fieldsShown(rep, 'Query')).toEqual(
      expect.arrayContaining(['trainingClass', 'trainingClasses', 'trainingClassesAggregate']),
    )
  })

  test('GraphiQL answers what is typed about both', async () => {
    const budgets = '{ opportunities(where: { budget: { gte: "100000" } }) { nodes { name budget budgetCurrency stage } } }'
    expect(await askExplorer(rep, budgets)).toEqual({
      opportunities: { nodes: [{ name: 'Budget story', budget: '120000', budgetCurrency: 'CNY', stage: 'qualified' }] },
    })
    const classes =
      '{ trainingClasses { totalCount nodes { name seats fee code begins level online notes customer { name } product { name } } } }'
    const empty = { seats: null, fee: null, code: null, begins: null, level: null, notes: null, customer: null, product: null }
    expect(await askExplorer(rep, classes)).toMatchObject({
      trainingClasses: { totalCount: 1, nodes: [{ name: 'Gateway basics', ...empty }] },
    })
  })

  test('the report follows', async () => {
    expect(await countOfStage(rep, app.url, 'Qualified', 'CNY')).toBe(qualified + 1)
  })

  test('a rename and a removal hurt nobody who is half through a form', async () => {
    await openPage(rep, `${app.url}/sales/opportunity/new`)
    await rep.getByRole('textbox', { name: /^Name/ }).fill('Half filled')
    await rep.getByRole('textbox', { name: /^Budget/ }).fill('50000')
    forecasts = await countOf(admin, '{ opportunities(where: { forecast: { isNull: false } }) { totalCount } }')

    await openPage(admin, `${app.url}/studio/objects/opportunity/fields/budget`)
    const panel = admin.getByRole('complementary', { name: /的属性$/ })
    await panel.getByLabel('名称（中文）').first().fill('计划预算')
    await panel.getByLabel('名称（英文）').first().fill('Planned budget')
    await panel.getByLabel('API 名称').fill('plannedBudget')
    await panel.getByLabel('API 名称').press('Enter')
    await admin.waitForURL(/fields\/plannedBudget$/)
    await admin.getByRole('link', { name: /^预测类别/ }).click()
    await admin.getByRole('complementary', { name: '「预测类别」的属性' }).getByRole('button', { name: '移除字段' }).click()
    await admin
      .getByRole('link', { name: /^检查并发布/ })
      .first()
      .click()
    await admin.getByRole('checkbox', { name: /预测类别/ }).check()
    await publish(admin)

    await rep.getByRole('button', { name: /^Create/ }).click()
    await rep.getByRole('heading', { level: 1, name: 'Half filled' }).waitFor()
    const query =
      '{ opportunities(where: { name: { in: ["Half filled", "Budget story"] } }, orderBy: [{ name: ASC }]) { nodes { name plannedBudget } } }'
    expect(await askIn(rep, '/graphql', query)).toEqual({
      opportunities: {
        nodes: [
          { name: 'Budget story', plannedBudget: '120000' },
          { name: 'Half filled', plannedBudget: '50000' },
        ],
      },
    })
  })

  test('on a phone the representative does the same', async () => {
    const phone = await newPage({ language: 'en', mode: 'light', size: 'phone' })
    await signInPage(phone, app.url, people.rep, demoPassword)
    await createOpportunity(phone, app.url, 'From the road', '75,000.50', 'Planned budget')
    await openPage(phone, `${app.url}/sales/opportunity`)
    await filterByBudget(phone, '60000', 'planned budget')
    await phone.getByRole('link', { name: /From the road/ }).waitFor()
    await phone.getByRole('link', { name: /Half filled/ }).waitFor({ state: 'detached' })
  })

  test('the admin goes back to the version before, and what was removed is there again', async () => {
    await openPage(admin, `${app.url}/studio/versions`)
    await admin
      .getByRole('listitem')
      .filter({ hasText: '预算和培训班' })
      .getByRole('link', { name: /^回到此版本/ })
      .click()
    await admin.getByRole('heading', { level: 1, name: /^回到版本/ }).waitFor()
    await admin.getByRole('heading', { level: 2, name: /^发布后会发生什么/ }).waitFor()
    for (const box of await admin.getByRole('checkbox').all()) await box.check()
    await admin.getByRole('button', { name: '回到此版本' }).click()
    await admin.getByRole('heading', { level: 1, name: '版本', exact: true }).waitFor()
    expect(await countOf(admin, '{ opportunities(where: { forecast: { isNull: false } }) { totalCount } }')).toBeGreaterThanOrEqual(
      forecasts,
    )
    expect(await countOf(admin, '{ opportunities(where: { budget: { isNull: false } }) { totalCount } }')).toBe(3)
  })
})

/** Adds a field below the others: its label, its type, for a relation what it points at. */
async function addField(page: Page, label: string, type: string, to?: string): Promise<void> {
  const group = page.getByRole('group', { name: '添加字段' })
  await group.getByRole('textbox', { name: '新字段的名称' }).fill(label)
  await chooseType(group, type)
  if (to !== undefined) {
    await group.getByRole('combobox', { name: '指向对象' }).fill(to)
    await group.getByRole('combobox', { name: '指向对象' }).press('Enter')
  }
  await group.getByText(/^API 名称：/).waitFor()
  await group.getByRole('button', { name: '添加字段' }).click()
  await page.getByRole('complementary', { name: `「${label}」的属性` }).waitFor()
}

interface Definition {
  readonly fields: Record<string, unknown>
}

/** Changes a definition in the editor of its JSON. */
async function applyJson(page: Page, path: string, change: (definition: Definition) => unknown): Promise<void> {
  const editor = jsonEditor(page, path)
  const definition = JSON.parse(await jsonIn(editor)) as Definition
  await writeJson(page, editor, JSON.stringify(change(definition), null, 2))
  await page.getByRole('button', { name: '应用到草稿' }).click()
  await page.getByText('这是它的文件内容').waitFor()
}

async function publish(page: Page): Promise<void> {
  await page.getByRole('button', { name: '发布', exact: true }).click()
  await page.getByText(/^版本 \d+ 已生效/).waitFor()
  await page.getByRole('heading', { level: 1, name: '版本', exact: true }).waitFor()
}

async function createOpportunity(page: Page, url: string, name: string, budget: string, label = 'Budget'): Promise<void> {
  await openPage(page, `${url}/sales/opportunity/new`)
  await page.getByRole('textbox', { name: /^Name/ }).fill(name)
  await page.getByRole('textbox', { name: label }).fill(budget)
  await page.getByRole('button', { name: /^Create/ }).click()
  await page.getByRole('heading', { level: 1, name }).waitFor()
}

/** Lays the condition that a budget is at least so much. */
async function filterByBudget(page: Page, least: string, label = 'budget'): Promise<void> {
  await page.getByRole('button', { name: 'Add filter' }).click()
  await page.getByRole('textbox', { name: 'Find a field' }).fill(label)
  await page.getByRole('textbox', { name: 'Find a field' }).press('Enter')
  const editor = page.getByRole('form', { name: new RegExp(label, 'i') })
  await editor.getByRole('combobox', { name: 'Comparison' }).click()
  await page.getByTitle('≥', { exact: true }).click()
  await editor.getByRole('textbox').fill(least)
  await editor.getByRole('button', { name: 'Apply' }).click()
}

/** How many records the report of the pipeline counts in a stage and currency. */
async function countOfStage(page: Page, url: string, stage: string, currency: string): Promise<number> {
  await openPage(page, `${url}/sales/-/reports/pipelineByStage`)
  await page.getByRole('table').waitFor()
  const row = page.getByRole('row').filter({ hasText: stage }).filter({ hasText: currency })
  return (await row.count()) === 0 ? 0 : Number(await row.getByRole('cell').last().textContent())
}

const countOf = async (page: Page, query: string): Promise<number> =>
  (await askIn<{ opportunities: { totalCount: number } }>(page, '/graphql', query)).opportunities.totalCount
