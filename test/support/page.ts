import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'

/** How a page is looked at. */
export interface Look {
  readonly language: 'en' | 'zh-CN'
  readonly mode: 'light' | 'dark'
  readonly size: 'desk' | 'phone'
}

/** The people of the demo that stories are told with, and the password of them all. */
export const people = { admin: 'admin@demo.test', manager: 'manager@demo.test', rep: 'rep.west@demo.test' }
export const demoPassword = 'tessera-demo'

const sizes = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } }

const open = new Set<BrowserContext>()

/** Takes a picture of every page that is open now, to see what stood there when something failed; gives the files. */
export async function pictureAll(name: string): Promise<string[]> {
  const pages = [...open].flatMap(context => context.pages())
  const files = pages.map((_, index) => join('.cache', 'failed', `${name.replace(/\W+/g, '-')}-${index}.png`))
  await Promise.allSettled(pages.map((page, index) => page.screenshot({ path: files[index] ?? '', timeout: 5_000 })))
  return files
}

/** A browser of one person: their own cookies, drafts and preferences. Close it when they are done. */
export async function openContext(browser: Browser, look: Look): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: sizes[look.size],
    deviceScaleFactor: 1,
    hasTouch: look.size === 'phone',
    isMobile: look.size === 'phone',
    colorScheme: look.mode,
    locale: look.language,
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
  })
  // only what never comes takes so long; a busy machine takes several times as long as a quiet one
  context.setDefaultTimeout(60_000)
  open.add(context)
  context.on('close', () => open.delete(context))
  if (process.env.TESSERA_TEST_NETWORK === 'slow') await slowDown(context)
  await context.addInitScript(language => {
    const place = 'tessera.preferences'
    if (!localStorage.getItem(place)) localStorage.setItem(place, JSON.stringify({ language }))
  }, look.language)
  return context
}

/** Holds each answer of the APIs back for up to half a second, so that what takes an old answer for the new one is found. */
const slowDown = (context: BrowserContext): Promise<unknown> =>
  context.route(/\/(graphql|platform)$/, async route => {
    await new Promise(done => setTimeout(done, Math.random() * 500))
    // whoever asked may be gone
    await route.continue().catch(() => undefined)
  })

/** Asks an API from inside of the page, as whoever it belongs to. Throws the first error of the answer. */
export async function askIn<T>(
  page: Page,
  path: '/graphql' | '/platform',
  query: string,
  variables: Record<string, unknown> = {},
): Promise<T> {
  const { data, errors } = await page.evaluate(
    async ([address, body]) => {
      const response = await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
      return (await response.json()) as { data: unknown; errors?: { message: string }[] }
    },
    [path, JSON.stringify({ query, variables })] as const,
  )
  if (errors?.[0]) throw new Error(errors[0].message)
  return data as T
}

/** Signs a member in without the form: the page asks the API itself, so the cookie is the browser's. */
export async function signInPage(page: Page, url: string, email: string, password: string): Promise<void> {
  await page.goto(`${url}/mark.svg`)
  const query = 'mutation SignIn($email: String!, $password: String!) { signIn(email: $email, password: $password) { token } }'
  await askIn(page, '/platform', query, { email, password })
}

/** Opens an address and waits until the page draws its own content: no skeleton is left and nothing is under way. */
export async function openPage(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await settle(page)
}

/** Waits until a page is drawn whole: a heading or a form stands, and nothing is busy any more. */
export async function settle(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor({ state: 'attached' })
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"], .skeleton, .ant-spin-spinning, .frame-skeleton'))
}
