import { afterAll, beforeAll, expect } from '@jest/globals'
import type { BrowserContext, Locator, Page } from 'playwright-core'
import { startTestApp, type TestApp, testPassword } from '../support/app.js'
import { findingsInBothModes } from '../support/axe.js'
import { browser, describeInBrowser } from '../support/browser.js'
import { until } from '../support/follow-up.js'
import { askIn, openContext, openPage, settle, signInPage } from '../support/page.js'
import { story } from '../support/story.js'

const admin = 'admin@form-designer.test'
const test = story()

describeInBrowser('An admin designs a form', () => {
  let app: TestApp
  const contexts: BrowserContext[] = []
  let page: Page
  const place = () => `${app.url}/studio/forms/opportunity`
  const part = (name: string) => page.getByRole('region', { name, exact: true })
  const panel = (name: string) => page.getByRole('complementary', { name: `Properties of ${name}` })
  const fieldsIn = (name: string) =>
    part(name)
      .locator('.form-frame-cover')
      .evaluateAll(covers => covers.map(cover => (cover.getAttribute('aria-label') ?? '').replace('Properties of ', '')))
  const draw = async () => {
    await page.locator('.form-frame').first().waitFor()
    await settle(page)
  }
  const fromMenu = async (menu: string, entry: string) => {
    await page.getByRole('button', { name: menu, exact: true }).click()
    await page.getByRole('menuitem', { name: entry, exact: true }).click()
  }
  const choose = async (select: Locator, option: RegExp) => {
    await select.click()
    await page
      .locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option')
      .filter({ hasText: option })
      .first()
      .click()
  }
  const opened = async (language: 'en' | 'zh-CN', size: 'desk' | 'phone') => {
    if (!browser) throw new Error('no browser')
    const context = await openContext(browser, { language, mode: 'light', size })
    contexts.push(context)
    const found = await context.newPage()
    await signInPage(found, app.url, admin, testPassword)
    return found
  }

  beforeAll(async () => {
    if (!browser) return
    app = await startTestApp('form-designer', [{}])
    page = await opened('en', 'desk')
  })

  afterAll(async () => {
    for (const context of contexts) await context.close()
    await browser?.close()
    await app?.close()
  })

  test('comes from the object to its form, which stands there as people see it', async () => {
    await openPage(page, `${app.url}/studio/objects/opportunity?tab=forms`)
    await page
      .locator('.studio-rows')
      .getByRole('link', { name: /^Opportunity/ })
      .click()
    await page.waitForURL(place())
    await draw()
    expect(await fieldsIn('Basics')).toEqual(['Name', 'Customer', 'Decision maker', 'Stage', 'Owner', 'Type', 'Source', 'Campaign'])
    expect(await findingsInBothModes(page)).toEqual([])
  })

  test('places what the form lacks by a click, and moves it by its menu', async () => {
    await page.getByRole('button', { name: 'Add Number', exact: true }).click()
    await panel('Number').waitFor()
    expect(await fieldsIn('Outcome')).toContain('Number')
    await fromMenu('Actions for Number', 'Basics')
    await until(
      () => fieldsIn('Basics'),
      names => names.at(-1) === 'Number',
    )
    await fromMenu('Actions for Number', 'Move up')
    await until(
      () => fieldsIn('Basics'),
      names => names.at(-2) === 'Number',
    )
  })

  test('drags a field with the mouse, and takes it back', async () => {
    const before = await fieldsIn('Basics')
    const [from, to] = [
      await page.getByLabel('Properties of Source').boundingBox(),
      await page.getByLabel('Properties of Customer').boundingBox(),
    ]
    if (!from || !to) throw new Error('The fields are not to be seen')
    await page.mouse.move(from.x + 40, from.y + 30)
    await page.mouse.down()
    await page.mouse.move(from.x + 60, from.y + 20, { steps: 4 })
    await page.mouse.move(to.x + 40, to.y + 30, { steps: 10 })
    await page.mouse.up()
    await until(
      () => fieldsIn('Basics'),
      names => names[1] === 'Source',
    )
    expect((await fieldsIn('Basics')).toSorted()).toEqual(before.toSorted())
    await page.getByRole('region', { name: 'Draft' }).getByRole('button', { name: 'Undo' }).click()
    await until(
      () => fieldsIn('Basics'),
      names => names.join() === before.join(),
    )
  })

  test('lifts one by the keyboard, hears where it goes, and drops it', async () => {
    const spoken = page.locator('[id^="DndLiveRegion"]')
    await page.getByRole('button', { name: 'Move Owner', exact: true }).focus()
    await page.keyboard.press('Space')
    await spoken.getByText('Lifted Owner').waitFor()
    await page.keyboard.press('ArrowDown')
    await spoken.getByText('in Basics, at Type, place 6 of 9').waitFor()
    await page.keyboard.press('Space')
    await spoken.getByText(/^Owner is now in Basics/).waitFor()
    await until(
      () => fieldsIn('Basics'),
      names => names.indexOf('Owner') === names.indexOf('Type') + 1,
    )
  })

  test('makes a tab, names it, and gives it a field', async () => {
    await page.getByRole('button', { name: 'Add Tab', exact: true }).click()
    await panel('New tab').getByLabel('Label (English)').fill('After the deal')
    await panel('After the deal').getByLabel('Label (Chinese)').fill('成交之后')
    const title = page.getByRole('textbox', { name: /^Title of the section/ })
    await title.fill('Stays')
    await page.getByRole('button', { name: 'Add Days in stage', exact: true }).click()
    expect(await fieldsIn('Stays')).toEqual(['Days in stage'])
    await page.getByRole('button', { name: 'General', exact: true }).click()
    await fromMenu('Actions for the section Next', 'After the deal')
    await part('Next').waitFor()
    expect(await fieldsIn('Next')).toEqual(['Next step', 'Competitors', 'Description'])
    expect(await findingsInBothModes(page)).toEqual([])
  })

  test('folds a section', async () => {
    await page.getByRole('button', { name: 'General', exact: true }).click()
    await page.getByRole('button', { name: 'Properties Products' }).click()
    await panel('Products').getByRole('checkbox', { name: 'Folded at first' }).check()
    await page.getByRole('button', { name: 'After the deal', exact: true }).click()
  })

  test('says when the form requires a field', async () => {
    await page.getByLabel('Properties of Description').click()
    const condition = panel('Description').getByRole('group', { name: 'Required when' })
    await condition.getByRole('button', { name: 'Add condition' }).click()
    await choose(condition.getByRole('combobox', { name: 'Field' }), /^Name$/)
    await choose(condition.getByRole('combobox', { name: 'Comparison' }), /^is not empty$/)
    await panel('Description').getByLabel('Label in this form (English)').fill('The story of it')
    await page.getByRole('button', { name: 'Properties of The story of it' }).waitFor()
  })

  test('tries it: the rule at work, the tab that needs attention marked, nothing saved', async () => {
    await page.getByText('Try', { exact: true }).click()
    await page.getByRole('tab', { name: /^After the deal/ }).waitFor()
    await page.getByRole('textbox', { name: /^Name/ }).fill('Mill')
    await page.getByRole('button', { name: 'Check as on save' }).click()
    await page.getByRole('tab', { name: /^After the deal/, selected: true }).waitFor()
    await page.getByText('The story of it is required.').waitFor()
    expect(await findingsInBothModes(page)).toEqual([])
    const { opportunities } = await askIn<{ opportunities: { totalCount: number } }>(page, '/graphql', '{ opportunities { totalCount } }')
    expect(opportunities.totalCount).toBe(0)
  })

  test('looks at it in the other language, on a phone, and as a role that sees less', async () => {
    await page.getByText('中文', { exact: true }).click()
    await page.getByRole('tab', { name: /^成交之后/ }).waitFor()
    await page.getByText('EN', { exact: true }).click()
    await page.getByRole('img', { name: 'Phone' }).click()
    await page.locator('.form-sheet.phone').waitFor()
    await page.getByRole('img', { name: 'Desk' }).click()
    await choose(page.getByRole('combobox', { name: 'Look at it as' }), /^Finance$/)
    await page.getByText('Arrange', { exact: true }).click()
    await draw()
  })

  test('publishes, and people get the tabs', async () => {
    await page.getByRole('region', { name: 'Draft' }).getByRole('link', { name: 'Check and publish' }).click()
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    await page.waitForURL(/\/studio\/versions$/)
    await openPage(page, `${app.url}/sales/opportunity/new`)
    await page.getByRole('textbox', { name: /^Name/ }).fill('Mill')
    const fold = page.getByRole('button', { name: 'Products', exact: true })
    expect(await fold.getAttribute('aria-expanded')).toBe('false')
    await fold.click()
    await page.getByRole('region', { name: 'Products' }).getByRole('button', { name: 'Add' }).waitFor()
    await page.getByRole('button', { name: /^Create/ }).click()
    await page.getByText('The story of it is required.').waitFor()
    expect(await page.getByRole('tab', { selected: true }).textContent()).toContain('After the deal')
    expect(await findingsInBothModes(page)).toEqual([])
    await page.getByRole('textbox', { name: /^The story of it/ }).fill('Nothing yet')
    await page.getByRole('button', { name: /^Create/ }).click()
    await page.getByRole('heading', { level: 1, name: 'Mill' }).waitFor()
  })

  test('makes the rule one of the object, adds a form for phones, and removes it', async () => {
    await openPage(page, place())
    await draw()
    await page.getByRole('button', { name: 'After the deal', exact: true }).click()
    await page.getByRole('button', { name: 'Properties of The story of it' }).click()
    await page.getByRole('button', { name: 'Make it a rule of the object' }).click()
    await page.getByRole('region', { name: 'Draft' }).getByText('Draft · 2 changes').waitFor()
    await openPage(page, `${app.url}/studio/objects/opportunity?tab=forms`)
    await page.getByRole('button', { name: 'New form' }).click()
    await page.waitForURL(/\/studio\/forms\/opportunity2$/)
    await draw()
    await page.getByRole('tab', { name: 'Settings' }).click()
    await page.locator('#form-device').getByText('Phone').click()
    const tried = page.getByRole('region', { name: 'The forms of this object, as they are tried' })
    expect(await tried.getByRole('listitem').count()).toBe(2)
    await page.getByRole('button', { name: 'Remove form' }).click()
    await page.waitForURL(/\/studio\/definitions\/form$/)
    expect(await page.getByText('opportunity2').count()).toBe(0)
  })

  test('finds the same in Chinese, and on a phone the word to open it on a larger screen', async () => {
    page = await opened('zh-CN', 'desk')
    await openPage(page, place())
    await draw()
    await page.getByRole('button', { name: '成交之后', exact: true }).click()
    await page.getByRole('complementary', { name: '「成交之后」的属性' }).waitFor()
    expect(await findingsInBothModes(page)).toEqual([])
    for (const tab of ['settings', 'quick']) {
      await openPage(page, `${place()}?tab=${tab}`)
      expect(await findingsInBothModes(page)).toEqual([])
    }
    page = await opened('en', 'phone')
    await openPage(page, place())
    await page.getByRole('heading', { name: 'Open this on a larger screen' }).waitFor()
    await page.getByText('After the deal › Next').waitFor()
    expect(await findingsInBothModes(page)).toEqual([])
  })
})
