import { afterAll, beforeAll, expect } from '@jest/globals'
import type { BrowserContext, Locator, Page } from 'playwright-core'
import type { TestApp } from '../support/app.js'
import { browser, describeInBrowser } from '../support/browser.js'
import { startDemo } from '../support/demo.js'
import { drag } from '../support/drag.js'
import { askIn, demoPassword, type Look, openContext, openPage, people, signInPage } from '../support/page.js'
import { story } from '../support/story.js'

const test = story()

describeInBrowser('Why? a required field, a refused drag, a computed amount', () => {
  let app: TestApp
  let rep: Page
  let lost = ''
  let empty = { id: '', name: '' }
  const contexts: BrowserContext[] = []

  const pageOf = async (look: Look, email = people.rep): Promise<Page> => {
    if (!browser) throw new Error('There is no browser')
    const context = await openContext(browser, look)
    contexts.push(context)
    const page = await context.newPage()
    await signInPage(page, app.url, email, demoPassword)
    return page
  }
  const make = async (data: Record<string, unknown>) =>
    (
      await askIn<{ record: { id: string; name: string } }>(
        rep,
        '/graphql',
        'mutation($data: OpportunityCreate!) { record: createOpportunity(data: $data) { id name } }',
        { data },
      )
    ).record

  beforeAll(async () => {
    app = await startDemo()
    rep = await pageOf({ language: 'en', mode: 'light', size: 'desk' })
    empty = await make({ name: 'Nothing agreed yet', amount: '0', probability: '0.4' })
    const other = await make({ name: 'Gone away', amount: '12000', probability: '0.25' })
    lost = other.id
    await askIn(
      rep,
      '/graphql',
      'mutation($id: ID!) { transitionOpportunity(id: $id, transition: "lose", data: { lostReason: "price" }) { id } }',
      { id: lost },
    )
  })

  afterAll(async () => {
    for (const context of contexts) await context.close()
    await browser?.close()
    await app?.close()
  })

  test('a required field tells its rule and what stands in it', async () => {
    await openPage(rep, `${app.url}/sales/opportunity/${lost}/edit`)
    await rep.getByRole('button', { name: 'Why? Lost because' }).click()
    const box = rep.getByRole('dialog', { name: 'Why? Lost because' })
    await box.getByRole('heading', { name: 'Lost because is required' }).waitFor()
    const required = box.getByRole('region', { name: 'Lost because is required' })
    await required.getByText('All of these').waitFor()
    expect(await linesOf(required)).toEqual([
      'All of these · holds',
      'Stage is Lost · holds',
      'Stage Lost',
      'not (A new record) · holds',
      'A new record no',
    ])
    await rep.keyboard.press('Escape')
    await box.waitFor({ state: 'hidden' })
    expect(await rep.getByRole('button', { name: 'Why? Lost because' }).evaluate(button => button === document.activeElement)).toBe(true)
  })

  test('a refused drag tells the guard and what it read', async () => {
    await openPage(rep, `${app.url}/sales/opportunity?as=board&q=${encodeURIComponent(empty.name)}`)
    const lane = (stage: string) => rep.getByRole('region', { name: stage, exact: true })
    const card = rep.getByRole('group', { name: empty.name, exact: true })
    await drag(rep, card, lane('Won'), async () => {
      await lane('Won').and(rep.locator('.refusing')).waitFor()
    })
    await rep.getByRole('status').getByText('A won opportunity needs an amount.').waitFor()
    await rep.getByRole('status').getByRole('button', { name: 'Why?' }).click()
    const sheet = rep.getByRole('dialog', { name: 'Why?' })
    expect(await linesOf(sheet.getByRole('region', { name: 'Mark as won' }))).toEqual(['Amount > ¥0.00 · does not hold', 'Amount ¥0.00'])
    await sheet.getByRole('button', { name: 'Close' }).click()
  })

  test('a computed amount tells its formula with the values, also by the keyboard', async () => {
    await openPage(rep, `${app.url}/sales/opportunity/${empty.id}`)
    await rep.getByRole('button', { name: 'Why? Weighted amount' }).first().focus()
    await rep.keyboard.press('Enter')
    const box = rep.getByRole('dialog', { name: 'Why? Weighted amount' })
    expect(await linesOf(box.getByRole('region', { name: 'Weighted amount is computed' }))).toEqual([
      'Deal value × Win rate, rounded to 2 decimals ¥0.00',
      'Deal value ¥0.00',
      'if Product lines > 0: Lines total; else Amount',
      'Product lines > 0 · does not hold',
      'Product lines 0',
      'Lines total ¥0.00',
      'Amount ¥0.00',
      'Win rate 40%',
    ])
  })

  test('on a phone it comes as a sheet from below, in Chinese', async () => {
    const phone = await pageOf({ language: 'zh-CN', mode: 'dark', size: 'phone' })
    await openPage(phone, `${app.url}/sales/opportunity/${empty.id}`)
    await phone.getByRole('button', { name: '为什么？ 加权金额' }).first().click()
    const box = phone.getByRole('dialog', { name: '为什么？ 加权金额' })
    expect(await linesOf(box.getByRole('region', { name: '加权金额由公式计算' }))).toEqual([
      '商机价值 × 赢率，保留 2 位小数 ¥0.00',
      '商机价值 ¥0.00',
      '如果明细行数 > 0，则 明细合计；否则 金额',
      '明细行数 > 0 · 不成立',
      '明细行数 0',
      '明细合计 ¥0.00',
      '金额 ¥0.00',
      '赢率 40%',
    ])
  })

  test('an admin sees the examples of a formula turn red while they type, and takes one from a record', async () => {
    const admin = await pageOf({ language: 'en', mode: 'light', size: 'desk' }, people.admin)
    await openPage(admin, `${app.url}/studio/objects/opportunity/fields/weighted`)
    const examples = admin.getByRole('group', { name: 'Examples' })
    const first = examples.getByRole('region', { name: 'Example 1' })
    await first.getByText('Comes out as expected.').waitFor()
    await first.getByRole('textbox', { name: 'Expected' }).fill('260')
    await first.getByText('Comes out as: 250.').waitFor()
    await first.getByRole('textbox', { name: 'Expected' }).fill('250')
    await first.getByText('Comes out as expected.').waitFor()
    await examples.getByRole('button', { name: 'Take from a record' }).click()
    await admin.getByTitle('Nothing agreed yet', { exact: true }).click()
    const taken = examples.getByRole('region', { name: 'Example 4' })
    await taken.getByText('Comes out as expected.').waitFor()
    expect(await taken.getByRole('textbox', { name: 'Win rate' }).inputValue()).toBe('0.4')
  })
})

/** The lines of an explanation as they are read out. */
async function linesOf(box: Locator): Promise<string[]> {
  await box.getByRole('listitem').first().waitFor()
  return (await box.getByRole('listitem').all()).reduce<Promise<string[]>>(
    async (before, line) => [...(await before), (await line.innerText()).replace(/\s+/g, ' ').trim()],
    Promise.resolve([]),
  )
}
