import { afterAll, beforeAll, expect } from '@jest/globals'
import type { BrowserContext, Page } from 'playwright-core'
import type { TestApp } from '../support/app.js'
import { findingsInBothModes } from '../support/axe.js'
import { browser, describeInBrowser } from '../support/browser.js'
import { startDemo } from '../support/demo.js'
import { askIn, demoPassword, openContext, openPage, people, settle, signInPage } from '../support/page.js'
import { story } from '../support/story.js'

const test = story()

describeInBrowser('Two customers that are one', () => {
  let app: TestApp
  let page: Page
  let context: BrowserContext
  let ids: readonly string[] = []
  const phones = async () => {
    const query = 'query($ids: [ID!]!) { customers(where: { id: { in: $ids } }) { nodes { id phone contacts { totalCount } } } }'
    const { customers } = await askIn<{ customers: { nodes: { id: string; phone: string; contacts: { totalCount: number } }[] } }>(
      page,
      '/graphql',
      query,
      { ids },
    )
    return customers.nodes.map(({ id, phone, contacts }) => [ids.indexOf(id), phone, contacts.totalCount]).sort()
  }

  beforeAll(async () => {
    if (!browser) return
    app = await startDemo()
    context = await openContext(browser, { language: 'en', mode: 'light', size: 'desk' })
    page = await context.newPage()
    await signInPage(page, app.url, people.admin, demoPassword)
    const create = 'mutation($data: [CustomerCreate!]!) { createCustomers(data: $data) { nodes { id } } }'
    const data = [
      { name: 'Twin One', phone: '13800138001' },
      { name: 'Twin Two', phone: '13800138002' },
    ]
    const { createCustomers } = await askIn<{ createCustomers: { nodes: { id: string }[] } }>(page, '/graphql', create, { data })
    ids = createCustomers.nodes.map(({ id }) => id)
    await askIn(page, '/graphql', 'mutation($id: ID!) { createContact(data: { name: "Tilda", customerId: $id }) { id } }', { id: ids[1] })
  })

  afterAll(async () => {
    await context?.close()
    await browser?.close()
    await app?.close()
  })

  test('they are chosen in the list, put side by side and merged by the keyboard alone', async () => {
    await openPage(page, `${app.url}/sales/customer?q=Twin`)
    const boxes = page.getByRole('grid').getByRole('checkbox')
    await boxes.nth(1).check()
    await boxes.nth(2).check()
    await page.getByRole('button', { name: 'Merge', exact: true }).press('Enter')
    const sheet = page.getByRole('dialog', { name: 'Merge 2 customers' })
    await sheet.getByText('These move to the one that stays: 1 contact.').or(sheet.getByText('Nothing else points')).waitFor()
    await sheet.getByRole('group', { name: 'Which one stays' }).getByRole('radio').first().focus()
    if (!(await sheet.getByRole('radio', { name: 'Twin One' }).first().isChecked())) await page.keyboard.press('ArrowDown')
    await sheet.getByRole('group', { name: 'Phone' }).getByRole('radio').nth(1).focus()
    await page.keyboard.press('Space')
    expect(await findingsInBothModes(page, '[role=dialog]')).toEqual([])
    await sheet.getByRole('button', { name: 'Merge 2' }).press('Enter')
    await page.getByText('Merged 2 customers into “Twin One”').waitFor()
    expect(await phones()).toEqual([[0, expect.stringContaining('13800138002'), 1]])
  })

  test('the address of the one that is gone leads to the other, says so, and takes it back', async () => {
    await openPage(page, `${app.url}/sales/customer/${ids[1]}`)
    await page.getByText('The record that you opened was merged into this one.').waitFor()
    expect(page.url()).toContain(ids[0])
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('Twin One')
    await page.getByRole('button', { name: 'Undo the merge' }).click()
    await page.getByText('Merge undone: 1 record is back').waitFor()
    await page.waitForURL(url => url.pathname.endsWith(`/${ids[1]}`))
    await settle(page)
    expect(await phones()).toEqual([
      [0, expect.stringContaining('13800138001'), 0],
      [1, expect.stringContaining('13800138002'), 1],
    ])
  })

  test('what pointed at a deleted record goes over to the one that is chosen, and what stood below it moves up', async () => {
    type Made = { id: string }
    const make = 'mutation($data: [ProductCategoryCreate!]!) { made: createProductCategories(data: $data) { nodes { id } } }'
    const categories = async (...data: object[]) =>
      (await askIn<{ made: { nodes: Made[] } }>(page, '/graphql', make, { data })).made.nodes.map(({ id }) => id)
    const [above, taking] = await categories({ name: 'Above', code: 'ABOVE' }, { name: 'Taking over', code: 'TAKING' })
    const [leaving] = await categories({ name: 'Leaving', code: 'LEAVING', parentId: above })
    const [below] = await categories({ name: 'Below', code: 'BELOW', parentId: leaving })
    const product = 'mutation($id: ID!) { made: createProduct(data: { name: "Handed over", code: "HAND-1", categoryId: $id }) { id } }'
    const { made } = await askIn<{ made: Made }>(page, '/graphql', product, { id: leaving })
    await openPage(page, `${app.url}/sales/productCategory/${leaving}`)
    await page.getByRole('button', { name: 'More', exact: true }).last().click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    const box = page.getByRole('dialog', { name: 'Delete this product category?' })
    await box.getByText('1 product goes over to the record that you choose. 1 product category below moves up one level.').waitFor()
    expect(await box.getByRole('button', { name: 'Delete' }).isEnabled()).toBe(false)
    await box.getByRole('combobox', { name: 'Product category that takes over' }).fill('Taking')
    await page.locator('.ant-select-item-option').filter({ hasText: 'Taking over' }).click()
    expect(await findingsInBothModes(page, '[role=dialog]')).toEqual([])
    await box.getByRole('button', { name: 'Delete' }).click()
    await page.getByText('Deleted product category').waitFor()
    const read = 'query($product: ID!, $below: ID!) { product(id: $product) { categoryId } productCategory(id: $below) { parentId } }'
    expect(await askIn(page, '/graphql', read, { product: made.id, below })).toEqual({
      product: { categoryId: taking },
      productCategory: { parentId: above },
    })
  })
})
