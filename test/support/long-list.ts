import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { BrowserContext, Page } from 'playwright-core'
import { schemaOf } from '../../runtime/database/schema.js'
import { Publisher } from '../../runtime/publishing/publisher.js'
import { dataOf, post, signInHeaders, startTestApp, type TestApp, testPassword } from './app.js'
import { browser, describeInBrowser } from './browser.js'
import { until } from './follow-up.js'
import { askIn, type Look, openContext, openPage, signInPage } from './page.js'

const thing = {
  object: 'thing',
  plural: 'things',
  label: 'Thing',
  title: 'name',
  sort: [{ field: 'size' }],
  fields: {
    name: { type: 'text', label: 'Name' },
    size: { type: 'integer', label: 'Size', inList: true },
    note: { type: 'text', label: 'Note', inList: true, maxLength: 80 },
  },
}
const admin = {
  role: 'admin',
  label: 'Administrator',
  admin: true,
  grants: { '*': { actions: ['read', 'create', 'update', 'delete', 'export', 'bulk', 'seeAll', 'editAll'] } },
}
const perRequest = 5_000
const nameOf = (row: number) => `Thing ${row}`

/** Serves a workspace with so many records of one object, each named after its row. */
async function startThings(slug: string, count: number): Promise<TestApp> {
  const app = await startTestApp(slug, [{}], undefined, {}, 'bare')
  const change = { put: [thing, admin], remove: [], confirm: [], expectedVersion: null, message: null }
  await app.app.get(Publisher).publish(change, schemaOf(slug), null)
  const headers = await signInHeaders(app, `admin@${slug}.test`)
  const create = 'mutation($data: [ThingCreate!]!) { createThings(data: $data) { count } }'
  for (let from = 0; from < count; from += perRequest) {
    const data = Array.from({ length: Math.min(perRequest, count - from) }, (_, at) => ({
      name: nameOf(from + at + 1),
      size: from + at + 1,
    }))
    dataOf(await post(`${app.url}/graphql`, create, { data }, headers), 'createThings')
  }
  return app
}

interface Seen {
  /** The rows by their place, as they were drawn. */
  readonly names: Readonly<Record<number, string>>
  /** Rows that were drawn at a place where something else stood before. */
  readonly moved: readonly string[]
  readonly mostDrawn: number
}

/** Scrolls a list from where it stands to its end, a step at a time, and waits at each until what is in sight is there. */
const throughAll = (page: Page, step: number): Promise<Seen> =>
  page.evaluate(async height => {
    const grid = document.querySelector('[role=grid]')
    if (!grid) throw new Error('There is no grid')
    const frame = () => new Promise(done => requestAnimationFrame(done))
    const drawn = () => [...grid.querySelectorAll('.grid-row')]
    const isInSight = (row: Element) => {
      const [place, whole] = [row.getBoundingClientRect(), grid.getBoundingClientRect()]
      return place.bottom > whole.top && place.top < whole.bottom
    }
    const room = () => Math.floor((grid.clientHeight - 37) / (drawn()[0]?.getBoundingClientRect().height ?? 1))
    const isThere = () => {
      const inSight = drawn().filter(isInSight)
      return inSight.length >= room() && inSight.every(row => row.getAttribute('aria-busy') !== 'true')
    }
    const names: Record<number, string> = {}
    const moved: string[] = []
    let mostDrawn = 0
    const note = () => {
      mostDrawn = Math.max(mostDrawn, drawn().length)
      for (const row of drawn().filter(each => each.getAttribute('aria-busy') !== 'true')) {
        const at = Number(row.getAttribute('aria-rowindex')) - 1
        const name = row.querySelector('.title-link')?.textContent ?? ''
        if (names[at] !== undefined && names[at] !== name) moved.push(`${at}: ${names[at]}, then ${name}`)
        names[at] = name
      }
    }
    for (let atEnd = 0; atEnd < 5; ) {
      await frame()
      const end = Date.now() + 30_000
      while (!isThere() && Date.now() < end) await frame()
      note()
      atEnd = grid.scrollTop + grid.clientHeight >= grid.scrollHeight - 1 ? atEnd + 1 : 0
      grid.scrollTop += height
    }
    return { names, moved, mostDrawn }
  }, step)

/** Whether a list has heard how many records it has, beyond those that came first. */
const knowsItsLength = (): boolean => {
  const told = document.querySelector('.grid')?.getAttribute('aria-rowcount') ?? document.querySelector('.card-place')?.ariaSetSize
  return Number(told) > 1000
}

const title = (page: Page, row: number) => page.getByRole('link', { name: nameOf(row), exact: true })
const cell = (page: Page, row: number, column = 1) => page.locator(`[data-cell="${row - 1}:${column}"]`)
/** The cell of a row that has the focus. */
const focused = (page: Page, row: number) => page.locator(`[data-cell^="${row - 1}:"]:focus`)
/** Which column a field stands in. */
const columnOf = async (page: Page, field: string) =>
  Number(await page.getByRole('columnheader', { name: field }).getAttribute('aria-colindex')) - 1
const check = (page: Page, row: number) => page.getByRole('checkbox', { name: `Select ${nameOf(row)}`, exact: true })

/** Puts a row in sight by the scroll bar alone. */
const scrollTo = (page: Page, row: number) =>
  page.locator('[role=grid]').evaluate((grid, place) => grid.scrollTo({ top: (place - 1) * 40 }), row)

/** Lets the scroll bar go at a row until that row is drawn: where the planner thought of fewer rows, the first jump counts them, and the bar reaches further. */
const reach = (page: Page, row: number) =>
  until(
    () => scrollTo(page, row).then(() => title(page, row).count()),
    found => found > 0,
    60_000,
  )

/** What a list of so many records does in a browser. */
export function longListSuite(slug: string, count: number): void {
  describeInBrowser(`A list of ${count} records`, () => {
    let app: TestApp
    const contexts: BrowserContext[] = []

    const pageOf = async (look: Partial<Look> = {}): Promise<Page> => {
      if (!browser) throw new Error('There is no browser')
      const context = await openContext(browser, { language: 'en', mode: 'light', size: 'desk', ...look })
      contexts.push(context)
      const page = await context.newPage()
      await signInPage(page, app.url, `admin@${slug}.test`, testPassword)
      await openPage(page, `${app.url}/app/thing`)
      await page.waitForFunction(knowsItsLength)
      return page
    }

    beforeAll(async () => {
      app = await startThings(slug, count)
    }, 600_000)

    afterAll(async () => {
      for (const context of contexts) await context.close()
      await browser?.close()
      await app?.close()
    })

    test('is as long as it has records from the start', async () => {
      const page = await pageOf()
      const grid = page.getByRole('grid')
      const rows = Number(await grid.getAttribute('aria-rowcount')) - 1
      // the planner tells about how many there are, where they are many
      if (count <= 10_000) expect(rows).toBe(count)
      else expect(rows).toBeGreaterThan(10_000)
      const height = await grid.evaluate(element => element.scrollHeight)
      expect(Math.round(height / 40)).toBe(rows + 1)
    })

    test('leads to its last row and back to the first by the keyboard, and the focus goes along', async () => {
      const page = await pageOf()
      await cell(page, 1).focus()
      await page.keyboard.press('Control+End')
      await title(page, count).waitFor()
      expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe(String(count + 1))
      await focused(page, count).waitFor()
      await page.keyboard.press('ArrowUp')
      await focused(page, count - 1).waitFor()
      await page.keyboard.press('PageUp')
      await title(page, count - 25).waitFor()
      await page.keyboard.press('Control+Home')
      await title(page, 1).waitFor()
      await focused(page, 1).waitFor()
    })

    test('is read where the scroll bar is let go, and nothing in between', async () => {
      const page = await pageOf()
      const asked: string[] = []
      page.on('request', request => request.url().endsWith('/graphql') && asked.push(request.postData() ?? ''))
      const middle = Math.floor(count / 2)
      await reach(page, middle)
      await title(page, middle + 10).waitFor()
      expect(asked.filter(body => body.includes('query List')).length).toBeLessThan(12)
    })

    test('keeps what is chosen while it goes out of sight and is let go of, and chooses a range across', async () => {
      const page = await pageOf()
      await check(page, 2).check()
      await reach(page, count - 100)
      await title(page, count - 95).waitFor()
      const bar = page.getByRole('toolbar', { name: 'Actions for the selection' })
      await bar.getByText('1 selected').waitFor()
      await check(page, count - 95).click({ modifiers: ['Shift'] })
      const chosen = Math.min(10_000, count - 96)
      await bar.getByText(`${chosen.toLocaleString('en')} selected`).waitFor()
      await scrollTo(page, 1)
      await title(page, 1).waitFor()
      expect(await check(page, 1).isChecked()).toBe(false)
      expect(await check(page, 2).isChecked()).toBe(true)
      expect(await check(page, 3).isChecked()).toBe(true)
    })

    test('stands where it stood for whoever comes back from a record, who can go on from there to the next', async () => {
      const page = await pageOf()
      const row = count - 500
      await reach(page, row)
      await title(page, row + 3).click()
      await page.getByRole('heading', { level: 1, name: nameOf(row + 3) }).waitFor()
      await page.getByText(new RegExp(`^${row + 3} / `)).waitFor()
      await page.goBack()
      await title(page, row).waitFor()
      const first = await page.locator('.grid').evaluate(grid => Math.round(grid.scrollTop / 40) + 1)
      expect(first).toBe(row)
    })

    test('changes a value far down in its place, and draws there what somebody else changed', async () => {
      const page = await pageOf()
      const row = count - 300
      await reach(page, row)
      await title(page, row + 2).waitFor()
      const note = await columnOf(page, 'Note')
      await cell(page, row + 2, note).dblclick()
      await page.getByRole('textbox', { name: 'Note' }).fill('mended')
      await page.keyboard.press('Enter')
      await cell(page, row + 2, note)
        .getByText('mended')
        .waitFor()
      const { things } = await askIn<{ things: { nodes: { id: string }[] } }>(
        page,
        '/graphql',
        `{ things(where: { size: { eq: ${row + 4} } }) { nodes { id } } }`,
      )
      const write = 'mutation($id: ID!) { updateThing(id: $id, data: { note: "from elsewhere" }) { id } }'
      await askIn(page, '/graphql', write, { id: things.nodes[0]?.id })
      await cell(page, row + 4, note)
        .getByText('from elsewhere')
        .waitFor()
      expect(await page.locator('.grid').evaluate(grid => Math.round(grid.scrollTop / 40) + 1)).toBe(row)
    })

    test('shows cards on a phone, down to the last', async () => {
      const page = await pageOf({ size: 'phone' })
      await page.locator('.cards').evaluate(cards => cards.scrollTo({ top: cards.scrollHeight / 2 }))
      await page.locator('.card-place[aria-posinset]').first().waitFor()
      const cards = page.locator('.cards')
      await until(
        () =>
          cards
            .evaluate(place => place.scrollTo({ top: place.scrollHeight }))
            .then(() => page.locator('.record-card').getByText(nameOf(count), { exact: true }).count()),
        found => found > 0,
        60_000,
      )
      expect(await page.locator('.card-place').count()).toBeLessThan(40)
    })

    test('shows every record once and in order when it is scrolled through, and draws few of them at a time', async () => {
      const page = await pageOf()
      await page.setViewportSize({ width: 1440, height: 2200 })
      const { names, moved, mostDrawn } = await throughAll(page, 1_900)
      expect(moved).toEqual([])
      expect(Object.keys(names).length).toBe(count)
      expect(Object.entries(names).filter(([at, name]) => name !== nameOf(Number(at)))).toEqual([])
      expect(mostDrawn).toBeLessThan(90)
    }, 1_200_000)
  })
}
