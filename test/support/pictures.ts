import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { adminScreens } from './admin-screens.js'
import { launchChromium } from './chromium.js'
import { demoPassword, type Look, openContext, people, signInPage } from './page.js'
import { rightsScreens } from './rights-screens.js'
import { sampleScreens } from './sample-screens.js'
import { screens } from './screens.js'
import { userScreens } from './user-screens.js'

/**
 * Takes pictures of a running demo: `tsx test/support/pictures.ts http://127.0.0.1:3000 folder [parts of the names]`.
 * Without a folder only those of the documentation are taken, into `docs/pictures`.
 */
const ofDocumentation = [
  'list-desk-zh-CN-light',
  'board-desk-en-dark',
  'record-desk-zh-CN-light',
  'form-desk-en-light',
  'publish-desk-zh-CN-light',
  'studio-object-desk-en-light',
  'studio-form-desk-en-light',
  'studio-view-desk-en-light',
  'studio-relations-desk-en-light',
  'list-phone-zh-CN-light',
  'record-phone-en-dark',
]

const all = { ...screens, ...userScreens, ...adminScreens, ...rightsScreens, ...sampleScreens }
/** What is looked at before anybody signs in. */
const outside = ['sign-in', 'sign-in-error', 'first-admin']

const looks: readonly Look[] = (['desk', 'phone'] as const).flatMap(size =>
  (['en', 'zh-CN'] as const).flatMap(language => (['light', 'dark'] as const).map(mode => ({ size, language, mode }))),
)

const nameOf = (screen: string, { size, language, mode }: Look) => `${screen}-${size}-${language}-${mode}`

async function takePictures(url: string, folder: string, isWanted: (name: string) => boolean): Promise<void> {
  const browser = await launchChromium()
  if (!browser) throw new Error('There is no browser')
  mkdirSync(folder, { recursive: true })
  for (const look of looks) {
    const wanted = Object.entries(all)
      .filter(([screen]) => isWanted(nameOf(screen, look)))
      .sort(([left], [right]) => Number(outside.includes(right)) - Number(outside.includes(left)))
    if (wanted.length === 0) continue
    const context = await openContext(browser, look)
    // some screens have on a phone no part of what a desk has, which is then not waited for long
    context.setDefaultTimeout(15_000)
    const page = await context.newPage()
    // a screen that failed half-way may have left another size
    const size = page.viewportSize()
    let isSignedIn = false
    for (const [screen, open] of wanted) {
      if (!outside.includes(screen) && !isSignedIn) {
        await signInPage(page, url, people.admin, demoPassword)
        isSignedIn = true
      }
      try {
        await context.setOffline(false)
        await page.unrouteAll({ behavior: 'ignoreErrors' })
        if (size) await page.setViewportSize(size)
        if (isSignedIn) await page.evaluate(() => localStorage.clear())
        await open(page, url)
        await page.screenshot({ path: join(folder, `${nameOf(screen, look)}.png`) })
      } catch (error) {
        process.stderr.write(`${nameOf(screen, look)}: ${error instanceof Error ? error.message : String(error)}\n`)
        await page.screenshot({ path: join(folder, `${nameOf(screen, look)}.failed.png`) })
      }
    }
    await context.close()
  }
  await browser.close()
}

const [url = 'http://127.0.0.1:3000', folder, part = ''] = process.argv.slice(2)
await takePictures(url, folder ?? join('docs', 'pictures'), name =>
  folder === undefined ? ofDocumentation.includes(name) : part.split(' ').every(each => name.includes(each)),
)
