import { afterAll, beforeAll, expect } from '@jest/globals'
import type { BrowserContext, Page } from 'playwright-core'
import { dataOf, post, signInHeaders, startTestApp, type TestApp, testPassword } from '../support/app.js'
import { findingsInBothModes } from '../support/axe.js'
import { browser, describeInBrowser } from '../support/browser.js'
import { openContext, openPage, settle, signInPage } from '../support/page.js'
import { story } from '../support/story.js'

const [admin, rep] = ['admin@preview-story.test', 'rep@preview-story.test']
const test = story()

describeInBrowser('Somebody is shown a draft before it is live', () => {
  let app: TestApp
  const contexts: BrowserContext[] = []
  let ada: Page
  let rita: Page
  let link = ''

  const opened = async (email: string): Promise<Page> => {
    if (!browser) throw new Error('no browser')
    const context = await openContext(browser, { language: 'en', mode: 'light', size: 'desk' })
    contexts.push(context)
    const page = await context.newPage()
    await signInPage(page, app.url, email, testPassword)
    return page
  }
  const bar = () => rita.getByRole('region', { name: 'Preview of a draft' })

  beforeAll(async () => {
    if (!browser) return
    app = await startTestApp('preview-story', [{}, { email: rep, name: 'Rita Rep', roles: ['salesRep'], locale: 'en' }])
    const headers = await signInHeaders(app, admin)
    const present = async <T>(kind: string, name: string) => {
      const query = 'query($kind: String) { definitions(kind: $kind) }'
      const all = dataOf<T[]>(await post(`${app.url}/platform`, query, { kind }, headers), 'definitions')
      return all.find(one => (one as Record<string, unknown>)[kind] === name) as T
    }
    const lead = await present<{ fields: object }>('object', 'lead')
    const form = await present<{ sections: { fields: unknown[] }[] }>('form', 'lead')
    const [section, ...sections] = form.sections
    const entries = [
      { kind: 'object', before: lead, after: { ...lead, fields: { ...lead.fields, shoeSize: { type: 'integer', label: 'Shoe size' } } } },
      {
        kind: 'form',
        before: form,
        after: { ...form, sections: [{ ...section, fields: ['shoeSize', ...(section?.fields ?? [])] }, ...sections] },
      },
    ].map(entry => ({ ...entry, name: 'lead' }))
    const begin = 'mutation($entries: [JSON!]!) { beginDraft(name: "Shoes", entries: $entries) { id } }'
    dataOf(await post(`${app.url}/platform`, begin, { entries }, headers), 'beginDraft')
    const create = 'mutation { createLead(data: { name: "Imelda", status: "new" }) { id } }'
    await post(`${app.url}/graphql`, create, {}, await signInHeaders(app, rep))
    ada = await opened(admin)
    rita = await opened(rep)
  })

  afterAll(async () => {
    for (const context of contexts) await context.close()
    await browser?.close()
    await app?.close()
  })

  test('an admin chooses who may look, and gives them the link', async () => {
    await openPage(ada, `${app.url}/studio/objects/lead`)
    const line = ada.getByRole('region', { name: 'Draft' })
    await line.getByRole('button', { name: 'Shoes' }).click()
    await ada.getByRole('menuitem', { name: 'Preview in a new tab' }).waitFor()
    await ada.getByRole('menuitem', { name: 'Name and people' }).click()
    const sheet = ada.getByRole('dialog')
    await sheet.getByRole('combobox', { name: 'Who may look at the preview' }).click()
    await ada.locator('.ant-select-item-option').filter({ hasText: 'Rita Rep' }).click()
    link = await sheet.getByRole('textbox', { name: 'Link to the preview' }).inputValue()
    await sheet.getByRole('button', { name: 'Save' }).click()
    await sheet.waitFor({ state: 'hidden' })
    expect(link).toContain('/?preview=')
  })

  test('they see the app as the draft has it, over the records as they are, and are told so', async () => {
    await openPage(rita, link)
    await bar().getByText('You see the draft “Shoes” over the records as they are').waitFor()
    await openPage(rita, `${app.url}/sales/lead/new`)
    await rita.getByLabel('Shoe size').waitFor()
    expect(await findingsInBothModes(rita)).toEqual([])
  })

  test('they leave it by one click, and everything is as it is', async () => {
    await bar().getByRole('button', { name: 'Leave' }).click()
    await bar().waitFor({ state: 'detached' })
    await openPage(rita, `${app.url}/sales/lead/new`)
    await settle(rita)
    expect(await rita.getByLabel('Shoe size').count()).toBe(0)
  })
})
