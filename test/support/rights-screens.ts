import type { Page } from 'playwright-core'
import { askIn, openPage, settle } from './page.js'
import { both } from './screens.js'

type Open = (page: Page, url: string) => Promise<void>

const at =
  (path: string): Open =>
  (page, url) =>
    openPage(page, `${url}${path}`)

/** A lead of the demo: one that stands in the pool, or one that somebody owns. */
async function lead(page: Page, isInPool: boolean): Promise<string> {
  const where = `{ ownerId: { isNull: ${isInPool} } }`
  const query = `{ leads(where: ${where}, orderBy: [{ number: ASC }], first: 1) { nodes { id } } }`
  const { leads } = await askIn<{ leads: { nodes: { id: string }[] } }>(page, '/graphql', query)
  return leads.nodes[0]?.id ?? ''
}

const why = /^(Why can I see this\?|为什么我能看到？)$/

/** Opens a lead that somebody owns and chooses an entry of its menu. */
const fromMenu =
  (entry: RegExp): Open =>
  async (page, url) => {
    await openPage(page, `${url}/sales/lead/${await lead(page, false)}`)
    await page
      .getByRole('button', { name: both('More', '更多') })
      .last()
      .click()
    await page.getByRole('menuitem', { name: entry }).click()
    await page.getByRole('dialog').waitFor()
    await settle(page)
  }

/** Opens the sheet that stands behind the first button of a page that adds something. */
const adding =
  (path: string, name: RegExp): Open =>
  async (page, url) => {
    await openPage(page, `${url}${path}`)
    await page.getByRole('button', { name }).first().click()
    await page.getByRole('dialog').waitFor()
  }

/** Opens a page while leads go back to the pool by the day they came in, which those of the demo do not. */
const recycling =
  (path: (id: string) => string): Open =>
  async (page, url) => {
    const id = await lead(page, false)
    const soon = [id, '01900000-0000-7000-8000-000000000001'].map(one => ({ id: one, at: '2026-11-24T08:00:00.000Z' }))
    await page.route('**/platform', async (route, request) => {
      if (request.postData()?.includes('query Soon')) return route.fulfill({ json: { data: { recycledSoon: soon } } })
      const response = await route.fetch()
      const recycle = '"pool":{"recycle":{"since":"receivedAt","days":400,"warn":1}}'
      return route.fulfill({ response, body: (await response.text()).replace('"pool":{}', recycle) })
    })
    await openPage(page, `${url}${path(id)}`)
    await page.locator('.recalculating').first().waitFor()
    await page.unroute('**/platform')
  }

/** States of the screens about who may see and do what. */
export const rightsScreens: Readonly<Record<string, Open>> = {
  'studio-role': at('/studio/definitions/role/salesRep'),
  'studio-role-object': at('/studio/definitions/role/finance?object=contact'),
  'studio-role-settings': at('/studio/definitions/role/salesRep?tab=settings'),
  'studio-object-access': at('/studio/objects/lead?tab=access'),
  'studio-matrix': at('/studio/matrix'),
  'studio-groups': at('/studio/groups'),
  'studio-groups-add': adding('/studio/groups', /^(Add position|添加岗位)$/),
  'studio-assignments': at('/studio/assignments'),
  'studio-assignments-add': adding('/studio/assignments', /^(Give a role|授予角色)$/),
  'studio-members-leave': async (page, url) => {
    await openPage(page, `${url}/studio/members`)
    await page
      .getByRole('button', { name: /(^Actions for Amelia|^Amelia.*的操作$)/ })
      .first()
      .click()
    await page.getByRole('menuitem', { name: both('Let out', '停用成员') }).click()
    await page.getByRole('button', { name: both('Add rule', '添加规则') }).click()
    await page.locator('.leave-owned').waitFor()
  },
  'record-access': fromMenu(why),
  'record-access-of': async (page, url) => {
    const { members } = await askIn<{ members: { id: string; email: string }[] }>(page, '/platform', '{ members { id email } }')
    const owner = members.find(({ email }) => email.startsWith('rep.east'))?.id
    const query = 'query($owner: ID!) { opportunities(where: { ownerId: { eq: $owner } }, first: 1) { nodes { id } } }'
    const { opportunities } = await askIn<{ opportunities: { nodes: { id: string }[] } }>(page, '/graphql', query, { owner })
    await openPage(page, `${url}/sales/opportunity/${opportunities.nodes[0]?.id ?? ''}`)
    await page
      .getByRole('button', { name: both('More', '更多') })
      .last()
      .click()
    await page.getByRole('menuitem', { name: why }).click()
    await page.getByRole('combobox', { name: both('Of whom', '成员') }).click()
    await page.locator('.ant-select-item-option').filter({ hasText: 'rep.east@' }).click()
    await page.locator('.why-lines').first().waitFor()
    await settle(page)
  },
  'record-share': fromMenu(/^(Share…|共享…)$/),
  'record-pool': async (page, url) => openPage(page, `${url}/sales/lead/${await lead(page, true)}`),
  'list-pool-soon': recycling(() => '/sales/lead'),
  'record-pool-soon': recycling(id => `/sales/lead/${id}`),
  view: async (page, url) => {
    const { members } = await askIn<{ members: { id: string; email: string }[] }>(page, '/platform', '{ members { id email } }')
    const member = members.find(({ email }) => email.startsWith('finance'))?.id
    await askIn(page, '/platform', 'mutation($member: ID!) { beginView(member: $member) }', { member })
    const { contacts } = await askIn<{ contacts: { nodes: { id: string }[] } }>(page, '/graphql', '{ contacts(first: 1) { nodes { id } } }')
    await openPage(page, `${url}/sales/contact/${contacts.nodes[0]?.id ?? ''}`)
    // the page is drawn; whoever comes next is the admin again
    await askIn(page, '/platform', 'mutation { endView }')
  },
}
