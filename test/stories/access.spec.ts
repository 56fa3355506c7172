import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect } from '@jest/globals'
import type { BrowserContext, Locator, Page } from 'playwright-core'
import { startTestApp, type TestApp, testPassword } from '../support/app.js'
import { findingsInBothModes } from '../support/axe.js'
import { browser, describeInBrowser } from '../support/browser.js'
import { jsonEditor, jsonIn } from '../support/json-text.js'
import { askIn, openContext, openPage, settle, signInPage } from '../support/page.js'
import { story } from '../support/story.js'

const test = story()
const slug = 'access-story'
const names = ['admin', 'head', 'east', 'west', 'iris'] as const
type Name = (typeof names)[number]
const members = [
  { name: 'Ada Admin', roles: ['admin'] },
  { email: `head@${slug}.test`, name: 'Hedda Head', roles: ['salesRep'] },
  { email: `east@${slug}.test`, name: 'Eva East', roles: ['salesRep'] },
  { email: `west@${slug}.test`, name: 'Wim West', roles: ['salesRep'] },
  { email: `iris@${slug}.test`, name: 'Iris Inspector', roles: ['employee'] },
]

describeInBrowser('Who may see and do what', () => {
  let app: TestApp
  const contexts: BrowserContext[] = []
  const pages = {} as Record<Name, Page>
  const ids = {} as Record<Name, string>

  beforeAll(async () => {
    if (!browser) return
    app = await startTestApp(slug, members)
    for (const name of names) {
      const context = await openContext(browser, { language: 'en', mode: 'light', size: name === 'west' ? 'phone' : 'desk' })
      contexts.push(context)
      pages[name] = await context.newPage()
      await signInPage(pages[name], app.url, `${name}@${slug}.test`, testPassword)
      ids[name] = (await askIn<{ me: { id: string } }>(pages[name], '/platform', '{ me { id } }')).me.id
    }
  })

  afterAll(async () => {
    for (const context of contexts) await context.close()
    await browser?.close()
    await app?.close()
  })

  const choose = async (page: Page, select: Locator, option: string | RegExp) => {
    await select.click()
    await page
      .locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option')
      .filter({ hasText: option })
      .first()
      .click()
  }
  const make = async (object: string, data: object): Promise<string> => {
    const type = `${object.charAt(0).toUpperCase()}${object.slice(1)}`
    const query = `mutation($data: ${type}Create!) { made: create${type}(data: $data) { id } }`
    return (await askIn<{ made: { id: string } }>(pages.admin, '/graphql', query, { data })).made.id
  }
  const isClean = async (page: Page, within?: string) => expect(await findingsInBothModes(page, within)).toEqual([])
  const more = async (page: Page, entry: string) => {
    await page.getByRole('button', { name: 'More', exact: true }).last().click()
    await page.getByRole('menuitem', { name: entry }).click()
  }

  test('an admin makes a role in the studio: an action, a rule for its records, a masked field', async () => {
    const page = pages.admin
    await openPage(page, `${app.url}/studio/definitions/role`)
    await page.getByLabel('Label of a new role').fill('Auditor')
    await page.getByRole('button', { name: 'Add role' }).click()
    await page.getByRole('heading', { level: 1, name: 'Auditor' }).waitFor()
    await page.getByRole('checkbox', { name: 'See, Customers' }).click()
    await page.getByRole('button', { name: 'Customers' }).click()
    const panel = page.getByRole('complementary', { name: 'Rights on Customers' })
    const records = panel.getByRole('group', { name: 'Covers records where' })
    await records.getByRole('button', { name: 'Add condition' }).click()
    await choose(page, records.getByRole('combobox', { name: 'Field' }), /^City$/)
    await records.getByRole('textbox').last().fill('Harbour')
    await choose(page, panel.getByRole('combobox', { name: 'Phone is' }), 'Masked, shown on demand')
    await panel.getByText('138****1234').waitFor()
    await panel.getByText('Field limits').click()
    await choose(page, panel.getByRole('combobox', { name: 'Registered name is at most' }), 'Hidden')
    await panel.getByText('At most “Hidden” for holders of this role').waitFor()
    await page.getByRole('checkbox', { name: 'See, Customers, on records that meet a rule' }).waitFor()
    await isClean(page)
  })

  test('walks through the grid with the arrows and gives an action with Space', async () => {
    const page = pages.admin
    await page.getByRole('checkbox', { name: 'See, Customers, on records that meet a rule' }).focus()
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowLeft', 'Space']) await page.keyboard.press(key)
    const create = (checked: boolean) => page.getByRole('checkbox', { name: /^Create, Customers/, checked })
    await create(true).waitFor()
    await page.keyboard.press('Space')
    await create(false).waitFor()
  })

  test('says who reaches the records of an object: private, with a pool', async () => {
    const page = pages.admin
    await openPage(page, `${app.url}/studio/objects/campaign?tab=access`)
    await choose(page, page.getByRole('combobox', { name: 'Records of others' }), /^Private$/)
    await page.getByRole('checkbox', { name: 'Records without an owner stand in a public pool' }).check()
    await page.getByRole('spinbutton', { name: 'Most records of one owner' }).fill('5')
    await isClean(page)
    await page.getByRole('tab', { name: 'JSON' }).click()
    const json = await jsonIn(jsonEditor(page, 'objects/campaign'))
    expect(JSON.parse(json)).toMatchObject({ access: { default: 'private', pool: { limit: 5 } } })
    for (let step = 0; step < 3; step++) await page.getByRole('button', { name: 'Undo' }).first().click()
  })

  test('publishes it and gives it to a member for a time', async () => {
    const page = pages.admin
    await page.getByRole('region', { name: 'Draft' }).getByRole('link', { name: 'Check and publish' }).click()
    await page.getByRole('button', { name: /^Publish/ }).click()
    await page
      .getByText(/is live/)
      .first()
      .waitFor()
    await openPage(page, `${app.url}/studio/assignments`)
    await page.getByRole('button', { name: 'Give a role' }).click()
    const sheet = page.getByRole('dialog')
    await choose(page, sheet.getByRole('combobox', { name: 'Member' }), 'Iris Inspector')
    await choose(page, sheet.getByRole('combobox', { name: 'Role' }), 'Auditor')
    await sheet.getByRole('button', { name: 'Give' }).click()
    await page.getByText('Iris Inspector · Auditor').waitFor()
    await isClean(page)
  })

  test('sees the app as that member does, and that nothing can be changed', async () => {
    const page = pages.admin
    await make('customer', { name: 'Harbour Mills', city: 'Harbour', phone: '+442079460018' })
    await make('customer', { name: 'Valley Mills', city: 'Valley' })
    await openPage(page, `${app.url}/studio/matrix`)
    await page.getByRole('button', { name: 'Customers' }).click()
    await page.getByText('Masked, shown on demand').first().waitFor()
    await isClean(page)
    await choose(page, page.getByRole('combobox', { name: 'View as a member' }), 'Iris Inspector')
    await page.getByRole('button', { name: 'View', exact: true }).click()
    await page.getByRole('region', { name: 'Looking as a member' }).getByText('You see Tessera as Iris Inspector does').waitFor()
    await openPage(page, `${app.url}/sales/customer`)
    await page.getByRole('link', { name: 'Harbour Mills' }).waitFor()
    expect(await page.getByText('Valley Mills').count()).toBe(0)
    const write = askIn(page, '/graphql', 'mutation { createLead(data: { name: "No" }) { id } }')
    await expect(write).rejects.toThrow('through the eyes')
  })

  test('reads why the member sees a record, and goes on as themselves', async () => {
    const page = pages.admin
    await page.getByRole('link', { name: 'Harbour Mills' }).click()
    await page.getByRole('heading', { level: 1, name: 'Harbour Mills' }).waitFor()
    await settle(page)
    await more(page, 'Why can I see this?')
    const sheet = page.getByRole('dialog', { name: 'Why can I see this?' })
    const seen = sheet.getByRole('region', { name: 'See' })
    await seen.getByText('The role Auditor gives it on records that meet its rule.').waitFor()
    await seen.getByText('City is Harbour · holds').waitFor()
    await sheet.getByRole('region', { name: 'Delete' }).waitFor()
    await isClean(page)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'End view' }).click()
    await page.waitForFunction(() => !document.querySelector('.view-bar'))
    await openPage(page, `${app.url}/sales/customer`)
    await page.getByRole('link', { name: 'Valley Mills' }).waitFor()
  })

  test('the member sees a masked value whole, which is kept', async () => {
    const page = pages.iris
    await openPage(page, `${app.url}/sales/customer`)
    await page.getByRole('link', { name: 'Harbour Mills' }).click()
    await page.getByRole('button', { name: 'Show Phone whole; that is kept' }).click()
    await page.getByRole('status', { name: 'Phone, whole' }).getByText('+442079460018').waitFor()
    const { reveals } = await askIn<{ reveals: { member: string; field: string }[] }>(
      pages.admin,
      '/platform',
      '{ reveals(object: "customer") { member field } }',
    )
    expect(reveals).toEqual([{ member: ids.iris, field: 'phone' }])
  })

  test('a position above shows the records of the team', async () => {
    const page = pages.admin
    await make('lead', { name: 'Lead of East', ownerId: ids.east })
    await openPage(pages.head, `${app.url}/sales/lead`)
    expect(await pages.head.getByText('Lead of East').count()).toBe(0)
    const add = async (label: string, above: string | null, who: readonly string[]) => {
      await openPage(page, `${app.url}/studio/groups`)
      await page.getByRole('button', { name: 'Add position' }).first().click()
      const sheet = page.getByRole('dialog')
      await sheet.getByLabel('Label').fill(label)
      if (above) await choose(page, sheet.getByRole('combobox', { name: 'Below' }), above)
      for (const name of who) await choose(page, sheet.getByRole('combobox', { name: 'Members' }), name)
      await page.keyboard.press('Escape')
      await sheet.getByRole('button', { name: 'Save' }).click()
      await page.getByRole('button', { name: `Actions for ${label}` }).waitFor()
    }
    await add('Sales head', null, ['Hedda Head'])
    await add('Sales reps', 'Sales head', ['Eva East', 'Wim West'])
    await settle(page)
    await isClean(page)
    await openPage(pages.head, `${app.url}/sales/lead`)
    await pages.head.getByRole('link', { name: 'Lead of East' }).click()
    await pages.head.getByRole('heading', { level: 1, name: 'Lead of East' }).waitFor()
    await settle(pages.head)
    await more(pages.head, 'Why can I see this?')
    await pages.head
      .getByRole('region', { name: 'See' })
      .getByText(/positions below: Eva East owns this one and has the position “Sales reps”, below “Sales head”/)
      .waitFor()
  })

  test('of two reps who claim from the pool one wins, and the other reads why not', async () => {
    const id = await make('lead', { name: 'Nobody’s lead', ownerId: null })
    for (const page of [pages.east, pages.west]) {
      await openPage(page, `${app.url}/sales/lead/${id}`)
      await page.getByRole('button', { name: 'Claim' }).waitFor()
    }
    await isClean(pages.west)
    // neither goes out before both were pressed: the page of who comes later would show by itself that the record is gone
    const waiting: (() => void)[] = []
    const bothPressed = () =>
      new Promise<void>(resolve => {
        if (waiting.push(resolve) === 2) for (const go of waiting) go()
      })
    for (const page of [pages.east, pages.west])
      await page.route('**/platform', async route => {
        if (route.request().postData()?.includes('claimRecord')) await bothPressed()
        await route.continue()
      })
    await Promise.all([pages.east, pages.west].map(page => page.getByRole('button', { name: 'Claim' }).click()))
    const told = async (page: Page) => {
      const toast = page.locator('.toast')
      await toast.waitFor()
      return (await toast.textContent()) ?? ''
    }
    const texts = (await Promise.all([pages.east, pages.west].map(told))).map(text => text.replace(/(now\.?).*$/, '$1')).sort()
    expect(texts).toEqual(['It is yours now', 'Somebody else has this record now.'])
    for (const page of [pages.east, pages.west]) await page.unroute('**/platform')
  })

  test('claims several of the pool from the list', async () => {
    const page = pages.east
    for (const name of ['Pool one', 'Pool two']) await make('lead', { name, ownerId: null })
    await openPage(page, `${app.url}/sales/lead?f=owner.isNull.true`)
    await page.getByRole('link', { name: 'Pool two' }).waitFor()
    await page.getByRole('grid').getByRole('checkbox').nth(1).check()
    await page.getByRole('grid').getByRole('checkbox').nth(2).check()
    const bar = page.getByRole('toolbar', { name: 'Actions for the selection' })
    await bar.getByRole('button', { name: 'Claim' }).click()
    await page.locator('.toast').getByText('2 records are yours now').waitFor()
    await page.waitForFunction(() => !document.body.textContent?.includes('Pool one'))
  })

  test('says which records go back to the pool soon, leads to them, and not any more once somebody works on them', async () => {
    const page = pages.east
    const lead = JSON.parse(readFileSync('metadata/crm/objects/lead.json', 'utf8')) as { access: { pool: object } }
    lead.access.pool = { ...lead.access.pool, recycle: { since: 'receivedAt', days: 60, warn: 30 } }
    await askIn(pages.admin, '/platform', 'mutation($put: [JSON!]) { publish(put: $put) { version } }', { put: [lead] })
    const before = new Date(Date.now() - 40 * 86_400_000).toISOString()
    const id = await make('lead', { name: 'Getting cold', ownerId: ids.east, receivedAt: before })
    await openPage(page, `${app.url}/sales/lead`)
    const note = page.getByRole('status').filter({ hasText: '1 record of yours goes back to the pool soon, on ' })
    await note.waitFor()
    await page.getByRole('link', { name: 'Lead of East' }).waitFor()
    await note.getByRole('button', { name: 'Show' }).click()
    await page.getByRole('link', { name: 'Lead of East' }).waitFor({ state: 'detached' })
    await isClean(page)
    await page.getByRole('link', { name: 'Getting cold' }).click()
    const hint = page.getByRole('status').filter({ hasText: /^Goes back to the pool on .*, unless “Received” is newer by then\.$/ })
    await hint.waitFor()
    const touch = 'mutation($id: ID!, $data: LeadUpdate!) { updateLead(id: $id, data: $data) { id } }'
    await askIn(pages.admin, '/graphql', touch, { id, data: { receivedAt: new Date().toISOString() } })
    await hint.waitFor({ state: 'detached' })
  })

  test('shares a record with somebody, and takes it back', async () => {
    const page = pages.east
    const id = await make('lead', { name: 'To be shared', ownerId: ids.east })
    await openPage(page, `${app.url}/sales/lead/${id}`)
    await more(page, 'Share…')
    const sheet = page.getByRole('dialog', { name: 'Share To be shared' })
    await choose(page, sheet.getByRole('combobox', { name: 'With' }), 'Wim West')
    await sheet.getByRole('button', { name: 'Share', exact: true }).click()
    await sheet.getByRole('button', { name: /^Take back from Wim West/ }).waitFor()
    await isClean(page)
    await openPage(pages.west, `${app.url}/sales/lead/${id}`)
    await pages.west.getByRole('heading', { level: 1, name: 'To be shared' }).waitFor()
    await sheet.getByRole('button', { name: /^Take back from Wim West/ }).click()
    await sheet.getByText('With nobody yet.').waitFor()
    await openPage(pages.west, `${app.url}/sales/lead/${id}`)
    expect(await pages.west.getByRole('heading', { level: 1 }).textContent()).not.toBe('To be shared')
  })

  test('finds in the audit log what somebody did to a record today, and what the record was before', async () => {
    const id = await make('lead', { name: 'Traced lead', ownerId: ids.west })
    const rename = 'mutation($id: ID!, $name: String!) { updateLead(id: $id, data: { name: $name }) { id } }'
    await askIn(pages.west, '/graphql', rename, { id, name: 'Traced and renamed' })
    const page = pages.admin
    await openPage(page, `${app.url}/studio/audit`)
    await choose(page, page.getByRole('combobox', { name: 'Person' }), 'Wim West')
    await choose(page, page.getByRole('combobox', { name: 'What' }), 'Changes of records')
    await page.keyboard.press('Escape')
    const day = page.getByRole('textbox', { name: 'From' })
    await day.fill(new Date(Date.now() - 86_400_000).toISOString().slice(0, 10))
    await day.press('Enter')
    const found = page.getByRole('listitem').filter({ hasText: 'Traced and renamed' })
    await found.getByText('Wim West').waitFor()
    await page.getByRole('listitem').filter({ hasText: 'Ada Admin' }).first().waitFor({ state: 'detached' })
    await found.getByText('Details').click()
    await found.getByText('Traced lead', { exact: true }).waitFor()
    await isClean(page)
    await found.getByRole('button', { name: 'Only this record' }).click()
    await page.getByText(`…${id.slice(-8)}`).waitFor()
    await page.getByRole('button', { name: 'Reset' }).click()
    await page.getByText(`…${id.slice(-8)}`).waitFor({ state: 'detached' })
    await choose(page, page.getByRole('combobox', { name: 'What' }), 'Definitions')
    await page.getByRole('listitem').filter({ hasText: 'Published version' }).first().getByText('Details').click()
    await page.getByRole('term').filter({ hasText: 'Made or changed' }).first().waitFor()
  })

  test('finds a deletion in the bin with what went along, is told what is in the way, brings it back, deletes for good', async () => {
    const page = pages.admin
    const remove = (object: string, id: string) => askIn(page, '/graphql', `mutation($id: ID!) { delete${object}(id: $id) { id } }`, { id })
    const lines = { create: [1, 2].map(quantity => ({ quantity: `${quantity}`, price: '10' })) }
    await remove('Opportunity', await make('opportunity', { name: 'Binned deal', lines }))
    await remove('Product', await make('product', { name: 'Old lamp', code: 'LAMP-1' }))
    await make('product', { name: 'New lamp', code: 'LAMP-1' })
    await openPage(page, `${app.url}/-/bin`)
    const row = (name: string) => page.getByRole('listitem').filter({ hasText: name }).first()
    await row('Binned deal')
      .getByText(/^with 2 /)
      .waitFor()
    await row('Old lamp').getByRole('button', { name: 'Restore Old lamp' }).click()
    await page.getByRole('alert').getByText('now belongs to').waitFor()
    await isClean(page)
    await page.getByRole('button', { name: 'Restore Binned deal' }).click()
    await page.locator('.toast').getByText('Binned deal restored').waitFor()
    await page.waitForFunction(() => !document.querySelector('.bin-row')?.textContent?.includes('Binned deal'))
    await page.getByRole('button', { name: 'Delete for good: Old lamp' }).click()
    const question = page.getByRole('dialog', { name: 'Delete Old lamp for good?' })
    await isClean(page)
    await question.getByRole('button', { name: 'Delete for good' }).click()
    await page.locator('.toast').getByText('1 record deleted for good').waitFor()
    await page.getByText('You have deleted nothing lately.').waitFor()
    await remove('Lead', await make('lead', { name: 'Last one' }))
    await openPage(page, `${app.url}/-/bin?of=all`)
    await page.getByRole('button', { name: 'Empty bin' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Empty bin' }).click()
    await page.getByText('The bin is empty.').waitFor()
  })

  test('the work of who leaves moves by rule', async () => {
    const page = pages.admin
    const hot = await make('lead', { name: 'Hot lead', ownerId: ids.east, grade: 'a' })
    const cold = await make('lead', { name: 'Cold lead', ownerId: ids.east, grade: 'c' })
    await openPage(page, `${app.url}/studio/members`)
    await page.getByRole('button', { name: 'Actions for Eva East' }).click()
    await page.getByRole('menuitem', { name: 'Let out' }).click()
    const sheet = page.getByRole('dialog', { name: 'Let Eva East out?' })
    await sheet.getByText('Owns now:').waitFor()
    await sheet.getByRole('button', { name: 'Add rule' }).click()
    const rule = sheet.getByRole('group', { name: 'Rule 1' })
    await choose(page, rule.getByRole('combobox', { name: 'Records of' }), /^Leads$/)
    await rule.getByRole('button', { name: 'Add condition' }).click()
    await choose(page, rule.getByRole('combobox', { name: 'Field' }), /^Grade$/)
    await choose(page, rule.locator('.condition-value .ant-select').first(), /^A/)
    await choose(page, rule.getByRole('combobox', { name: 'Go to' }), 'Wim West')
    await choose(page, sheet.getByRole('combobox', { name: 'Who gets the rest' }), 'Hedda Head')
    await isClean(page)
    await sheet.getByRole('button', { name: 'Let out' }).click()
    await page.getByText(/records? moved/).waitFor()
    const owners = await askIn<Record<string, { ownerId: string }>>(
      page,
      '/graphql',
      'query($hot: ID!, $cold: ID!) { hot: lead(id: $hot) { ownerId } cold: lead(id: $cold) { ownerId } }',
      { hot, cold },
    )
    expect(owners).toEqual({ hot: { ownerId: ids.west }, cold: { ownerId: ids.head } })
  })
})
