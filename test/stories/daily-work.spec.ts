import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import excel from 'exceljs'
import type { BrowserContext, Page } from 'playwright-core'
import { FirstAdmin } from '../../runtime/access/first-admin.js'
import { createApp, type RunningApp } from '../../runtime/main.js'
import type { TestApp } from '../support/app.js'
import { browser, describeInBrowser } from '../support/browser.js'
import { emptyDatabase, testConfig } from '../support/database.js'
import { startDemo } from '../support/demo.js'
import { askIn, demoPassword, type Look, openContext, openPage, people, signInPage } from '../support/page.js'

const contexts: BrowserContext[] = []

const newPage = async (look: Partial<Look> = {}): Promise<Page> => {
  if (!browser) throw new Error('There is no browser')
  const context = await openContext(browser, { language: 'en', mode: 'light', size: 'desk', ...look })
  contexts.push(context)
  return context.newPage()
}

/** A definition as the CRM ships it, changed. */
const shipped = (file: string, change: (text: string) => string = text => text): unknown =>
  JSON.parse(change(readFileSync(`metadata/crm/${file}.json`, 'utf8')))

const publish = (page: Page, put: readonly unknown[]) =>
  askIn(page, '/platform', `mutation Put($put: [JSON!], $confirm: [String!]) { publish(put: $put, confirm: $confirm) { version } }`, {
    put,
    confirm: ['objects/opportunity/fields/hopes'],
  })

describeInBrowser('Daily work: what goes wrong can be mended', () => {
  afterAll(async () => {
    for (const context of contexts) await context.close()
    await browser?.close()
  })

  describe('in the demo', () => {
    let app: TestApp
    let page: Page

    beforeAll(async () => {
      app = await startDemo()
      page = await newPage()
      await signInPage(page, app.url, people.admin, demoPassword)
    })

    afterAll(async () => app?.close())

    const count = async (where = ''): Promise<number> => {
      const answer = await askIn<{ all: { totalCount: number } }>(page, '/graphql', `{ all: opportunities${where} { totalCount } }`)
      return answer.all.totalCount
    }
    const adminId = async () => (await askIn<{ me: { id: string } }>(page, '/platform', '{ me { id } }')).me.id
    const choose = async (rows: number) => {
      await openPage(page, `${app.url}/sales/opportunity`)
      for (let row = 1; row <= rows; row++) await page.locator('.check-cell input').nth(row).click()
      return page.locator('.selection-bar')
    }

    test('a deletion of several says how many and what goes with them, and can be undone', async () => {
      const bar = await choose(3)
      const before = await count()
      await bar.getByRole('button', { name: 'Delete' }).click()
      const question = page.getByRole('dialog', { name: 'Delete 3 opportunities?' })
      await question.getByText('They can be restored for 30 days.').waitFor()
      await question.getByRole('button', { name: 'Delete 3' }).click()
      await page.getByText('Deleted 3 opportunities').waitFor()
      expect(await count()).toBe(before - 3)
      let restored = 0
      page.on('response', response => {
        if (response.request().postData()?.includes('mutation Restore')) restored++
      })
      await page.getByRole('button', { name: 'Undo' }).click()
      while (restored < 3) await page.waitForEvent('response')
      expect(await count()).toBe(before)
    })

    test('one value is written to several records at once', async () => {
      const mine = `(where: { ownerId: { eq: "${await adminId()}" } })`
      const before = await count(mine)
      const bar = await choose(2)
      await bar.getByRole('button', { name: 'Assign' }).click()
      const input = page.locator('.bulk-field input')
      await input.fill('林悦')
      await page.locator('.ant-select-item-option').filter({ hasText: '林悦' }).click()
      await page.getByText('Changed owner of 2 opportunities').waitFor()
      expect(await count(mine)).toBe(before + 2)
    })

    test('a list is saved as a workbook with the columns, filter and order that are shown', async () => {
      await openPage(page, `${app.url}/sales/opportunity?f=stage.in.negotiation&sort=amount:desc`)
      const heads = await page.getByRole('columnheader').allInnerTexts()
      const coming = page.waitForEvent('download')
      await page.getByRole('button', { name: 'Export' }).click()
      await page.getByRole('menuitem', { name: 'Excel (XLSX)' }).click()
      const file = await coming
      expect(file.suggestedFilename()).toMatch(/^Opportunities \d{4}-\d{2}-\d{2}\.xlsx$/)
      const book = new excel.Workbook()
      await book.xlsx.readFile(await file.path())
      const sheet = book.worksheets[0]
      const texts = (row: number) => ((sheet?.getRow(row).values ?? []) as unknown[]).slice(1)
      expect(texts(1).filter(text => !heads.some(head => head.includes(String(text))))).toEqual([])
      const amounts = (sheet?.getColumn(texts(1).indexOf('Amount') + 1).values ?? []).filter(value => typeof value === 'number')
      expect(amounts.length).toBe(await count('(where: { stage: { eq: "negotiation" } })'))
      expect(amounts).toEqual([...amounts].sort((left, right) => right - left))
      await page.getByText(`Saved ${file.suggestedFilename()}`).waitFor()
    })

    test('a filtered list is saved as a view for everybody, who find it among theirs', async () => {
      await openPage(page, `${app.url}/sales/opportunity?f=stage.in.negotiation`)
      await page.getByRole('button', { name: 'Save view' }).click()
      const form = page.locator('form.save-view')
      await form.getByRole('textbox', { name: 'Name of the view' }).fill('In negotiation')
      await form.getByRole('checkbox', { name: 'Share with everybody' }).check()
      await form.getByRole('button', { name: 'Save' }).click()
      await page.getByRole('tab', { name: /^In negotiation/, selected: true }).waitFor()
      const colleague = await newPage()
      await signInPage(colleague, app.url, people.manager, demoPassword)
      await openPage(colleague, `${app.url}/sales/opportunity`)
      await colleague.getByRole('tab', { name: /^In negotiation/ }).click()
      await colleague.getByRole('button', { name: /^Stage is/ }).waitFor()
      expect(await colleague.getByRole('button', { name: 'Change view' }).count()).toBe(0)
      await page.getByRole('button', { name: 'Remove view' }).click()
      await page
        .getByRole('dialog', { name: 'Remove “In negotiation” for everybody?' })
        .getByRole('button', { name: 'Remove view' })
        .click()
      await page.getByText('Removed view In negotiation').waitFor()
    })

    test('without the server the page says so, keeps what is typed, and saves when it is back', async () => {
      await openPage(page, `${app.url}/sales/opportunity/new`)
      const name = page.getByRole('textbox', { name: /^Name/ })
      await name.fill('From a train')
      await page.context().setOffline(true)
      const banner = page.getByRole('status').filter({ hasText: 'The server cannot be reached.' })
      await banner.waitFor()
      await page.getByRole('button', { name: /^Create opp|^Create$|^Save/ }).click()
      await page.locator('.toast').filter({ hasText: 'The server cannot be reached.' }).or(page.getByRole('alert')).first().waitFor()
      expect(await name.inputValue()).toBe('From a train')
      await page.context().setOffline(false)
      await banner.waitFor({ state: 'detached' })
      await page.getByRole('button', { name: /^Create opp|^Create$|^Save/ }).click()
      await page.getByRole('heading', { level: 1, name: 'From a train' }).waitFor()
    })

    test('a page whose files do not come says so, leaves the rest standing, and comes when it is asked for again', async () => {
      const visitor = await newPage()
      await signInPage(visitor, app.url, people.admin, demoPassword)
      const files = /\/assets\/import-page/
      await visitor.route(files, route => route.abort())
      await visitor.goto(`${app.url}/sales/opportunity/import`)
      await visitor.getByText('This page broke').waitFor()
      expect(await visitor.getByRole('navigation').first().isVisible()).toBe(true)
      await visitor.unroute(files)
      await visitor.getByRole('button', { name: 'Load again' }).click()
      await visitor.locator('input[type=file]').waitFor({ state: 'attached' })
    })

    test('who typed into a field that was removed meanwhile is told what has no place any more', async () => {
      const hopes = (text: string) => text.replace('"fields": {', '"fields": { "hopes": { "type": "text", "label": "Hopes" },')
      const placed = (text: string) => text.replace('"contact", "stage"', '"contact", "hopes", "stage"')
      await publish(page, [shipped('objects/opportunity', hopes), shipped('forms/opportunity', placed)])
      await openPage(page, `${app.url}/sales/opportunity/new`)
      await page.getByRole('textbox', { name: /^Name/ }).fill('Typed across a publish')
      await page.getByRole('textbox', { name: 'Hopes' }).fill('high')
      await publish(page, [shipped('objects/opportunity'), shipped('forms/opportunity')])
      await page.getByRole('button', { name: /^Create opp|^Create$|^Save/ }).click()
      await page.getByRole('heading', { level: 1, name: 'Typed across a publish' }).waitFor()
      const notice = page.getByRole('dialog', { name: 'Saved, but not all of it' })
      await notice.getByText(/Hopes.*high/).waitFor()
    })
  })

  describe('on an empty installation', () => {
    let running: RunningApp
    let drop: () => Promise<void>

    beforeAll(async () => {
      const empty = await emptyDatabase()
      drop = empty.drop
      running = await createApp(testConfig(empty.url))
    })

    afterAll(async () => {
      await running?.close()
      await drop?.()
    })

    test('the first admin is made on a phone with the code of the log, and stands in a workspace', async () => {
      const code = (await running.app.get(FirstAdmin).issueCode()) ?? ''
      const page = await newPage({ size: 'phone', language: 'zh-CN' })
      await page.goto(running.url)
      await page.locator('#code').fill('AAAA-BBBB-CCCC')
      for (const [id, text] of Object.entries({
        name: '示例公司',
        adminName: '王芳',
        email: 'fang@example.test',
        password: 'a long password',
      }))
        await page.locator(`#${id}`).fill(text)
      const submit = page.locator('button[type=submit]')
      await submit.click()
      await page.getByRole('alert').first().waitFor()
      await page.locator('#code').fill(code)
      await submit.click()
      await page.locator('#code').waitFor({ state: 'detached' })
      await page.getByRole('heading', { level: 1 }).first().waitFor()
      const { me } = await askIn<{ me: { name: string; admin: boolean } }>(page, '/platform', '{ me { name admin } }')
      expect(me).toEqual({ name: '王芳', admin: true })
    })
  })
})
