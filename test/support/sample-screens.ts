import type { Page } from 'playwright-core'
import { sampleRecord } from './every-input.js'
import { openPage } from './page.js'
import { both } from './screens.js'

type Open = (page: Page, url: string) => Promise<void>
type State = Parameters<typeof sampleRecord>[1]

const isDesk = (page: Page): boolean => (page.viewportSize()?.width ?? 0) >= 720

const sample =
  (state: State, place = ''): Open =>
  async (page, url) =>
    openPage(page, `${url}/sales/sampleUnit/${await sampleRecord(page, state)}${place}`)

const samples =
  (place: string): Open =>
  async (page, url) => {
    await sampleRecord(page, 'sold')
    await sampleRecord(page, 'rented')
    await sampleRecord(page)
    await openPage(page, `${url}${place}`)
  }

/** The end of a form is seen, too: a picture shows one screen of it. */
const down =
  (open: Open): Open =>
  async (page, url) => {
    await open(page, url)
    await page
      .locator('.form-scroll')
      .first()
      .evaluate(part => part.scrollTo(0, part.scrollHeight))
    await page.waitForTimeout(200)
  }

/** Brings the first of some parts of a page to its top. */
const shown = (page: Page, part: string) =>
  page
    .locator(part)
    .first()
    .evaluate(found => found.scrollIntoView({ block: 'start' }))

const save = (page: Page) => page.locator('.form-foot button.ant-btn-primary').click()

const inStudio = (place: string): Open => samples(`/studio/objects/sampleUnit${place}`)

/** An object with every way to give a value, as nobody designed it: forms, records, lists and what the builder shows of it. */
export const sampleScreens: Readonly<Record<string, Open>> = {
  'sample-form-empty': samples('/sales/sampleUnit/new'),
  'sample-form-bottom': down(samples('/sales/sampleUnit/new')),
  'sample-form-errors': async (page, url) => {
    await samples('/sales/sampleUnit/new')(page, url)
    await save(page)
    await page.getByRole('alert').first().waitFor()
  },
  'sample-edit': sample('ready', '/edit'),
  'sample-edit-bottom': down(sample('ready', '/edit')),
  'sample-edit-locked': sample('sold', '/edit'),
  'sample-edit-rule': sample('rented', '/edit'),
  'sample-record': sample('ready'),
  'sample-record-locked': sample('sold'),
  'sample-list': samples('/sales/sampleUnit'),
  'sample-quick': async (page, url) => {
    await samples('/sales/sampleUnit')(page, url)
    if (!isDesk(page)) return
    await page.keyboard.press('n')
    await page.locator('.quick-foot').waitFor()
    await page.waitForTimeout(250)
  },
  'sample-transition': async (page, url) => {
    await sample('ready')(page, url)
    await page
      .getByRole('button', { name: both('More', '更多') })
      .last()
      .click()
    const lend = page.getByRole('menuitem', { name: both('Lend', '借出') })
    if ((await lend.count()) > 0) await lend.click()
    else {
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: both('Lend', '借出') }).click()
    }
    await page.getByRole('dialog').last().waitFor()
    await page.waitForTimeout(400)
  },
  'sample-warning': async (page, url) => {
    await sample('ready', '/edit')(page, url)
    const discount = page.locator('[data-path=discount] input')
    await discount.fill((await discount.inputValue()) === '45' ? '46' : '45')
    await save(page)
    await page.getByRole('dialog').last().waitFor()
    await page.waitForTimeout(250)
  },
  'list-save-view': async (page, url) => {
    await openPage(page, `${url}/sales/opportunity?f=stage.in.proposal,negotiation`)
    await page
      .getByRole('button', { name: both('Save view', '保存视图') })
      .first()
      .click()
    await page.waitForTimeout(400)
  },
  'list-export': async (page, url) => {
    await openPage(page, `${url}/sales/opportunity`)
    if (!isDesk(page)) return
    await page
      .getByRole('button', { name: both('Export', '导出') })
      .first()
      .click()
    await page.waitForTimeout(300)
  },
  'sample-import': samples('/sales/sampleUnit/import'),
  'studio-sample': inStudio(''),
  'studio-sample-rules': inStudio('?tab=rules'),
  'studio-sample-states': inStudio('/fields/phase'),
  'studio-sample-transition': async (page, url) => {
    await inStudio('/fields/phase')(page, url)
    if (!isDesk(page)) return
    await page.locator('.transition-face').first().click()
    await shown(page, '.transition-details .condition')
  },
  'studio-sample-diagram': async (page, url) => {
    await inStudio('/fields/phase')(page, url)
    if (!isDesk(page)) return
    await page.getByRole('button', { name: both('Draw', '画出流转图') }).click()
    await page.locator('.state-diagram').waitFor()
    await page.waitForTimeout(250)
  },
  'studio-sample-rule': async (page, url) => {
    await inStudio('?tab=rules')(page, url)
    if (!isDesk(page)) return
    await page.locator('.rule-head').first().click()
    await page.locator('.rule-body').waitFor()
  },
  'studio-sample-examples': async (page, url) => {
    await openPage(page, `${url}/studio/objects/opportunity/fields/weighted`)
    if (!isDesk(page)) return
    await shown(page, '.examples')
  },
  'studio-sample-conditions': async (page, url) => {
    await inStudio('/fields/backOn')(page, url)
    if (isDesk(page)) await shown(page, '.designer-panel .condition')
  },
  'studio-sample-richtext': inStudio('/fields/about'),
  'studio-sample-files': inStudio('/fields/photos'),
  'studio-sample-cascade': inStudio('/fields/city'),
  'studio-sample-candidates': async (page, url) => {
    await inStudio('/fields/contact')(page, url)
    if (isDesk(page)) await shown(page, '.designer-panel .condition')
  },
  'studio-sample-number': inStudio('/fields/trial'),
}
