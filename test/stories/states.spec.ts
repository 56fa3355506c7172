import { afterAll, beforeAll, expect } from '@jest/globals'
import type { BrowserContext, Locator, Page } from 'playwright-core'
import type { TestApp } from '../support/app.js'
import { browser, describeInBrowser } from '../support/browser.js'
import { startDemo } from '../support/demo.js'
import { drag } from '../support/drag.js'
import { askIn, demoPassword, type Look, openContext, openPage, people, signInPage } from '../support/page.js'
import { story } from '../support/story.js'

const test = story()

interface Deal {
  readonly id: string
  readonly name: string
  readonly stage: string
  readonly lostReason: string | null
  readonly closeDate: string | null
}

describeInBrowser('Stages with rules: drags that ask, drags that are refused', () => {
  let app: TestApp
  let rep: Page
  let deals: readonly Deal[]
  const contexts: BrowserContext[] = []

  const pageOf = async (look: Look, email: string): Promise<Page> => {
    if (!browser) throw new Error('There is no browser')
    const context = await openContext(browser, look)
    contexts.push(context)
    const page = await context.newPage()
    await signInPage(page, app.url, email, demoPassword)
    return page
  }
  const deal = async (page: Page, id: string): Promise<Deal> =>
    (
      await askIn<{ record: Deal }>(
        page,
        '/graphql',
        'query($id: ID!) { record: opportunity(id: $id) { id name stage lostReason closeDate } }',
        { id },
      )
    ).record
  const dealAt = (index: number): Deal => {
    const found = deals[index]
    if (!found) throw new Error('There are too few opportunities in negotiation')
    return found
  }

  beforeAll(async () => {
    app = await startDemo()
    rep = await pageOf({ language: 'en', mode: 'light', size: 'desk' }, people.rep)
    const query = `{ records: opportunities(where: { stage: { eq: "negotiation" }, amount: { gt: "0" } }, orderBy: [{ name: ASC }], first: 50) {
      nodes { id name stage lostReason closeDate } } }`
    const { records } = await askIn<{ records: { nodes: Deal[] } }>(rep, '/graphql', query)
    deals = records.nodes.filter(one => records.nodes.filter(other => other.name.includes(one.name)).length === 1)
  })

  afterAll(async () => {
    for (const context of contexts) await context.close()
    await browser?.close()
    await app?.close()
  })

  const openBoard = async (page: Page, name: string) => {
    await openPage(page, `${app.url}/sales/opportunity?as=board&q=${encodeURIComponent(name)}`)
    return {
      lane: (stage: string) => page.getByRole('region', { name: stage, exact: true }),
      card: page.getByRole('group', { name, exact: true }),
    }
  }

  test('a card that is dropped on Lost asks why; cancel puts it back', async () => {
    const { name, id } = dealAt(0)
    const { lane, card } = await openBoard(rep, name)
    await drag(rep, card, lane('Lost'))
    const sheet = rep.getByRole('dialog', { name: 'Mark as lost' })
    await sheet.getByRole('combobox', { name: /^Lost because/ }).waitFor()
    await sheet.getByRole('button', { name: 'Cancel' }).click()
    await lane('Negotiation').getByRole('group', { name, exact: true }).waitFor()
    expect(await deal(rep, id)).toMatchObject({ stage: 'negotiation', lostReason: null })
  })

  test('the form of the transition tells what is missing at its field, and moves the card', async () => {
    const { name, id } = dealAt(0)
    const { lane, card } = await openBoard(rep, name)
    await drag(rep, card, lane('Lost'))
    const sheet = rep.getByRole('dialog', { name: 'Mark as lost' })
    await sheet.getByRole('button', { name: /^Mark as lost/ }).click()
    await sheet.getByRole('alert').filter({ hasText: 'Lost because is required.' }).waitFor()
    await fillReason(sheet, 'Price')
    await sheet.getByRole('button', { name: /^Mark as lost/ }).click()
    await rep.getByText('Moved to Lost').waitFor()
    expect(await deal(rep, id)).toMatchObject({ stage: 'lost', lostReason: 'price', closeDate: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) })
  })

  test('a column that a card may not go to dims and says why; dropped there, the card stays', async () => {
    const query = '{ records: leads(where: { status: { eq: "new" } }, first: 1) { nodes { id name } } }'
    const { records } = await askIn<{ records: { nodes: Deal[] } }>(rep, '/graphql', query)
    const [lead] = records.nodes
    if (!lead) throw new Error('There is no new lead')
    await openPage(rep, `${app.url}/sales/lead?as=board&q=${encodeURIComponent(lead.name)}`)
    const lane = (name: string) => rep.getByRole('region', { name, exact: true })
    const why = 'Status cannot change from “New” to “Qualified”.'
    await drag(rep, lane('New').getByRole('group').and(rep.locator('.card-handle')).first(), lane('Qualified'), async () => {
      await lane('Qualified').getByText(why).waitFor()
    })
    await rep.getByRole('status').getByText(why).waitFor()
    const { record } = await askIn<{ record: { status: string } }>(
      rep,
      '/graphql',
      'query($id: ID!) { record: lead(id: $id) { status } }',
      { id: lead.id },
    )
    expect(record.status).toBe('new')
  })

  test('a board follows what others do: a card moves, leaves and comes back, but nothing moves while one is carried', async () => {
    const { name, id } = dealAt(3)
    const { lane, card } = await openBoard(rep, name)
    const cardIn = (stage: string) => lane(stage).getByRole('group', { name, exact: true })
    const change = (data: object) =>
      askIn(rep, '/graphql', 'mutation($id: ID!, $data: OpportunityUpdate!) { updateOpportunity(id: $id, data: $data) { id } }', {
        id,
        data,
      })
    await cardIn('Negotiation').waitFor()
    await change({ stage: 'proposal' })
    await cardIn('Proposal').waitFor()
    await lane('Proposal').locator('.lane-head').getByText('1', { exact: true }).waitFor()
    await drag(rep, card, lane('Qualified'), async () => {
      await change({ stage: 'negotiation' })
      await rep.waitForTimeout(1_500)
      expect(await Promise.all([cardIn('Proposal').count(), cardIn('Negotiation').count()])).toEqual([1, 0])
      await rep.keyboard.press('Escape')
    })
    await cardIn('Negotiation').waitFor()
    await change({ name: 'Gone from here' })
    await card.waitFor({ state: 'detached' })
    await change({ name })
    await cardIn('Negotiation').waitFor()
  })

  test('the page of a record follows its links, and who is linked', async () => {
    const { id } = dealAt(3)
    const { records } = await askIn<{ records: { nodes: Deal[] } }>(
      rep,
      '/graphql',
      'query($id: ID!) { records: competitors(where: { not: { opportunities: { some: { id: { eq: $id } } } } }, first: 1) { nodes { id name } } }',
      { id },
    )
    const [competitor] = records.nodes
    if (!competitor) throw new Error('There is no competitor to link')
    await openPage(rep, `${app.url}/sales/opportunity/${id}`)
    const relink = (competitors: object) =>
      askIn(rep, '/graphql', 'mutation($id: ID!, $data: OpportunityUpdate!) { updateOpportunity(id: $id, data: $data) { id } }', {
        id,
        data: { competitors },
      })
    const linked = rep.getByRole('region', { name: 'Competitors' }).getByText(competitor.name, { exact: true })
    await relink({ link: [{ id: competitor.id }] })
    await linked.waitFor()
    await relink({ unlink: [competitor.id] })
    await linked.waitFor({ state: 'detached' })
  })

  test('who may not reopen is told so; who may says why, and history keeps it', async () => {
    const { id } = dealAt(0)
    await openPage(rep, `${app.url}/sales/opportunity/${id}`)
    await rep.getByRole('button', { name: 'More', exact: true }).last().click()
    await rep
      .getByRole('menuitem', { name: /Reopen/ })
      .getByText('“Reopen” is for Sales manager only.')
      .waitFor()
    const manager = await pageOf({ language: 'en', mode: 'dark', size: 'desk' }, people.manager)
    await openPage(manager, `${app.url}/sales/opportunity/${id}`)
    await manager.getByRole('button', { name: 'Reopen', exact: true }).click()
    const sheet = manager.getByRole('dialog', { name: 'Reopen' })
    await sheet.getByRole('button', { name: /^Reopen/ }).click()
    await sheet.getByRole('alert').filter({ hasText: 'Write a comment.' }).waitFor()
    await sheet.getByRole('textbox', { name: /^Comment/ }).fill('They found the budget')
    await sheet.getByRole('button', { name: /^Reopen/ }).click()
    await manager.getByText('Moved to Negotiation').waitFor()
    await manager.getByText('They found the budget').first().waitFor()
    expect(await deal(manager, id)).toMatchObject({ stage: 'negotiation', lostReason: null })
  })

  test('on a phone the menu of a card leads to the same form', async () => {
    const { name, id } = dealAt(1)
    const phone = await pageOf({ language: 'zh-CN', mode: 'light', size: 'phone' }, people.rep)
    await openPage(phone, `${app.url}/sales/opportunity?as=board&q=${encodeURIComponent(name)}`)
    await phone.getByRole('button', { name: `${name}的操作` }).click()
    await phone.getByRole('menuitem', { name: '输单' }).click()
    const sheet = phone.getByRole('dialog', { name: '输单' })
    await sheet.getByRole('combobox', { name: /^输单原因/ }).waitFor()
    await sheet.getByRole('button', { name: '输单', exact: true }).click()
    await sheet.getByRole('alert').first().waitFor()
    await fillReason(sheet, '价格', /^输单原因/)
    await sheet.getByRole('button', { name: '输单', exact: true }).click()
    await sheet.waitFor({ state: 'hidden' })
    expect(await deal(phone, id)).toMatchObject({ stage: 'lost', lostReason: 'price' })
  })

  test('an admin asks for a comment too, and the form does', async () => {
    const admin = await pageOf({ language: 'en', mode: 'light', size: 'desk' }, people.admin)
    await openPage(admin, `${app.url}/studio/objects/opportunity/fields/stage`)
    const panel = admin.getByRole('complementary', { name: /^Properties of/ })
    await panel.getByRole('button', { name: 'Draw' }).click()
    await admin
      .getByRole('dialog', { name: 'States and transitions' })
      .getByRole('button', { name: 'Mark as won: from New, Qualified, Proposal, Negotiation to Won' })
      .click()
    const guard = panel.getByRole('group', { name: 'Only when' })
    await guard.getByText('Amount', { exact: true }).waitFor()
    await panel.getByText('Comes out as expected.').first().waitFor()
    await guard.getByRole('button', { name: 'Remove condition' }).click()
    await panel.getByRole('button', { name: 'Remove 3 examples of the former condition' }).waitFor()
    await admin.getByRole('button', { name: 'Undo' }).first().click()
    await guard.getByText('Amount', { exact: true }).waitFor()
    await panel.getByRole('button', { name: 'Move Mark as lost' }).press('Space')
    await admin.getByText(/Mark as lost, place 5 of 9/).waitFor({ state: 'attached' })
    await admin.keyboard.press('ArrowUp')
    await admin.getByText('Mark as lost, place 4 of 9').waitFor({ state: 'attached' })
    await admin.keyboard.press('Space')
    await panel.getByRole('list', { name: 'Transitions' }).getByRole('listitem').nth(3).getByText('Mark as lost', { exact: true }).waitFor()
    await panel.getByRole('button', { name: /^Mark as lost/ }).click()
    await panel.getByRole('combobox', { name: 'Comment' }).click()
    await admin.getByTitle('Must be given', { exact: true }).click()
    await admin
      .getByRole('link', { name: /^Check and publish/ })
      .first()
      .click()
    await admin.getByRole('button', { name: 'Publish', exact: true }).click()
    await admin.getByText(/^Version \d+ is live$/).waitFor()
    const { name } = dealAt(2)
    const { lane, card } = await openBoard(rep, name)
    await drag(rep, card, lane('Lost'))
    await rep
      .getByRole('dialog', { name: 'Mark as lost' })
      .getByRole('textbox', { name: /^Comment/ })
      .waitFor()
  })
})

/** Chooses a reason in the form of a transition. */
async function fillReason(sheet: Locator, reason: string, label: RegExp = /^Lost because/): Promise<void> {
  const choice = sheet.getByRole('combobox', { name: label })
  await choice.fill(reason)
  await choice.press('Enter')
}
