import { afterAll, beforeAll, describe, expect } from '@jest/globals'
import type { BrowserContext, Page } from 'playwright-core'
import { startTestApp, type TestApp, testPassword } from '../support/app.js'
import { findingsInBothModes } from '../support/axe.js'
import { browser, describeInBrowser } from '../support/browser.js'
import { Hands, wordsOf } from '../support/hands.js'
import { askIn, openContext, openPage, signInPage } from '../support/page.js'
import { story } from '../support/story.js'

const slug = 'sixty-actions'
const [admin, rep] = [`admin@${slug}.test`, `rep@${slug}.test`]
const most = 60

/** What is built, in the words of whoever builds it. */
const built = {
  en: {
    object: 'Training class',
    board: 'By state',
    section: 'When it is called off',
    reason: 'Reason',
    seats: 'Seats',
    state: 'State',
    option: 'Option 2',
    message: 'A class has at most 30 seats.',
    role: 'Trainer',
    extra: 'Room',
    record: 'Gateway basics',
    name: /^Name/,
    is: /^is$/,
    atMost: /^≤$/,
  },
  'zh-CN': {
    object: '培训班',
    board: '按状态',
    section: '取消时填写',
    reason: '原因',
    seats: '名额',
    state: '状态',
    option: '选项 2',
    message: '每班最多 30 个名额。',
    role: '讲师',
    extra: '教室',
    record: '网关基础',
    name: /^名称/,
    is: /^等于$|^是$/,
    atMost: /^≤$/,
  },
} as const

describeInBrowser('An admin who has never seen it builds an object with all that belongs to it', () => {
  let app: TestApp
  const contexts: BrowserContext[] = []

  beforeAll(async () => {
    if (browser) app = await startTestApp(slug, [{}, { email: rep, name: 'Rita Rep', roles: ['salesRep'] }])
  })
  afterAll(async () => {
    for (const context of contexts) await context.close()
    await browser?.close()
    await app?.close()
  })

  const opened = async (email: string, language: 'en' | 'zh-CN'): Promise<Page> => {
    if (!browser) throw new Error('There is no browser')
    const context = await openContext(browser, { language, mode: 'light', size: 'desk' })
    contexts.push(context)
    const page = await context.newPage()
    await signInPage(page, app.url, email, testPassword)
    return page
  }

  describe.each(['en', 'zh-CN'] as const)('in %s', language => {
    const test = story()
    const say = wordsOf(language)
    const own = built[language]
    let page: Page
    let user: Page
    let hands: Hands
    const button = (key: string, values?: Record<string, string>) => page.getByRole('button', { name: say(key, values), exact: true })
    const way = (key: string) => page.getByRole('navigation').getByRole('link', { name: say(key), exact: true })
    const panel = (name: string) => page.getByRole('complementary', { name: say('field.panel', { name }) })
    const isClean = async () => expect(await findingsInBothModes(page)).toEqual([])
    const addField = async (label: string, type: string) => {
      const group = page.getByRole('group', { name: say('field.add') })
      await hands.type(group.getByRole('textbox', { name: say('field.addLabel') }), label)
      await hands.type(group.getByRole('combobox', { name: say('type') }), type)
      await hands.press('Enter')
      await hands.click(group.getByRole('button', { name: say('field.add') }))
      await panel(label).waitFor()
    }
    const publish = async () => {
      await hands.click(page.getByRole('region', { name: say('draft') }).getByRole('link', { name: say('publish.check') }))
      await hands.click(button('publish'))
      await page.waitForURL(/\/studio\/versions$/)
    }

    test('adds an object; it has a form and a list at once', async () => {
      page = await opened(admin, language)
      user = await opened(rep, language)
      hands = new Hands(page)
      await openPage(page, `${app.url}/studio`)
      await hands.click(way('studio.objects'))
      await hands.click(button('object.add'))
      await hands.type(page.locator(`#new-label-${language}`), own.object)
      await page.waitForFunction(() => document.querySelector<HTMLInputElement>('#new-name')?.value !== '')
      await hands.click(page.getByRole('complementary').getByRole('button', { name: say('object.add') }))
      await page.getByRole('heading', { level: 1, name: own.object }).waitFor()
    })

    test('gives it fields: a number, a choice, a text', async () => {
      await addField(own.seats, 'integer')
      await addField(own.reason, 'longText')
      await addField(own.state, 'select')
      await isClean()
    })

    test('puts the reason into a section of the form that shows when the choice says so', async () => {
      await hands.click(page.getByRole('tab', { name: new RegExp(`^${say('kind.form')}[ \\d]*$`) }))
      await hands.click(page.locator('.studio-rows').getByRole('link').first())
      await page.locator('.form-frame').first().waitFor()
      await hands.click(button('formDesigner.addPart', { name: say('formDesigner.newSection') }))
      await hands.type(
        page.getByRole('textbox', { name: new RegExp(say('formDesigner.sectionTitle', { name: '.*' })) }).last(),
        own.section,
      )
      const condition = page.getByRole('complementary').getByRole('group', { name: say('property.visibleWhen') })
      await hands.click(condition.getByRole('button', { name: say('condition.add') }))
      await hands.choose(condition.getByRole('combobox', { name: say('condition.field') }), new RegExp(`^${own.state}$`))
      await hands.choose(condition.getByRole('combobox').last(), new RegExp(`^${own.option}$`))
      await hands.click(page.getByRole('button', { name: say('formDesigner.fieldMenu', { name: own.reason }), exact: true }))
      await hands.click(page.getByRole('menuitem', { name: own.section, exact: true }))
      await page.getByRole('region', { name: own.section, exact: true }).getByLabel(own.reason).first().waitFor()
      await isClean()
    })

    test('adds a board by the choice', async () => {
      await hands.click(way('studio.views'))
      await hands.type(page.getByRole('textbox', { name: say('viewDesigner.new') }), own.board)
      await hands.type(page.locator('#new-view-object'), own.object)
      await hands.press('Enter')
      await hands.click(page.locator('#new-view-kind').getByText(say('list.board')))
      await hands.click(button('viewDesigner.add'))
      await page.getByRole('heading', { level: 1, name: own.board }).waitFor()
      await isClean()
    })

    test('says with a rule how many seats there may be', async () => {
      await hands.click(way('studio.objects'))
      await hands.click(page.getByRole('link', { name: new RegExp(`^${own.object}`) }))
      await hands.click(page.getByRole('tab', { name: new RegExp(`^${say('tab.rules')}`) }))
      await hands.click(button('rules.add'))
      const must = page.getByRole('group', { name: say('rules.must') })
      await hands.choose(must.getByRole('combobox', { name: say('condition.field') }), new RegExp(`^${own.seats}$`))
      await hands.choose(must.getByRole('combobox', { name: say('condition.operator') }), own.atMost)
      await hands.type(must.getByRole('textbox').or(must.getByRole('spinbutton')).first(), '30')
      await hands.type(page.locator(`.rule-body [lang="${language}"]`).first(), own.message)
      await isClean()
    })

    test('makes a role that may see and make them', async () => {
      await hands.click(way('studio.roles'))
      await hands.type(page.getByLabel(say('role.addLabel')), own.role)
      await hands.click(button('role.add'))
      await page.getByRole('heading', { level: 1, name: own.role }).waitFor()
      for (const action of ['action.read', 'action.create'])
        await hands.click(page.getByRole('checkbox', { name: new RegExp(`^${say(action)}[,，、] ?${own.object}`) }))
      await isClean()
    })

    test('checks and publishes', async () => {
      await hands.click(page.getByRole('region', { name: say('draft') }).getByRole('link', { name: say('publish.check') }))
      await page.getByText(own.object).first().waitFor()
      await isClean()
      await hands.click(button('publish'))
      await page.waitForURL(/\/studio\/versions$/)
    })

    test('sees somebody use it', async () => {
      await openPage(user, app.url)
      await user
        .getByRole('navigation')
        .getByRole('link', { name: new RegExp(`^${own.object}`) })
        .first()
        .click()
      await user.getByRole('heading', { level: 1, name: new RegExp(own.object) }).waitFor()
      await openPage(user, `${user.url().split('?')[0]}/new`)
      const form = user.locator('.record-form')
      const create = user.getByRole('button', { name: new RegExp(`^${say('create')}`) })
      await form.getByLabel(own.name).first().fill(own.record)
      await form
        .getByLabel(new RegExp(`^${own.seats}`))
        .first()
        .fill('31')
      expect(await form.getByLabel(new RegExp(`^${own.reason}`)).count()).toBe(0)
      await form.getByRole('combobox', { name: new RegExp(`^${own.state}`) }).click()
      await user.locator('.ant-select-item-option').filter({ hasText: own.option }).first().click()
      await form
        .getByLabel(new RegExp(`^${own.reason}`))
        .first()
        .fill('—')
      await create.click()
      await form.getByText(own.message).first().waitFor()
      await form
        .getByLabel(new RegExp(`^${own.seats}`))
        .first()
        .fill('12')
      await create.click()
      await user.getByRole('heading', { level: 1, name: own.record }).waitFor()
      expect(await findingsInBothModes(user)).toEqual([])
    })

    test('adds one field too many, and goes back', async () => {
      await hands.click(way('studio.objects'))
      await hands.click(page.getByRole('link', { name: new RegExp(`^${own.object}`) }))
      await addField(own.extra, 'text')
      await publish()
      await hands.click(page.getByRole('link', { name: new RegExp(`^${say('versions.rollBack')}`) }).first())
      await page.getByText(own.extra).first().waitFor()
      for (const box of await page.getByRole('checkbox').all()) await hands.click(box)
      await isClean()
      await hands.click(button('versions.rollBack'))
      await page.waitForURL(/\/studio\/versions$/)
      const { definitions } = await askIn<{ definitions: { label: unknown; fields: object }[] }>(
        page,
        '/platform',
        '{ definitions(kind: "object") }',
      )
      const back = definitions.find(({ label }) => JSON.stringify(label).includes(own.object))
      expect(Object.keys(back?.fields ?? {})).toHaveLength(4)
    })

    test('has done it in at most sixty actions', () => {
      process.stdout.write(`${hands.count} actions in ${language}\n`)
      expect(hands.count).toBeLessThanOrEqual(most)
      return Promise.resolve()
    })
  })
})
