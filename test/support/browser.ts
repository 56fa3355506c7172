import { existsSync } from 'node:fs'
import { describe } from '@jest/globals'
import { type Browser, chromium as playwright } from 'playwright-core'

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

async function findChromium(): Promise<string | null> {
  if (process.env.CHROMIUM) return process.env.CHROMIUM
  if (existsSync('/usr/bin/chromium')) return '/usr/bin/chromium'
  try {
    const { default: packed } = await import('@sparticuz/chromium')
    return await packed.executablePath()
  } catch {
    return null
  }
}

async function launch(): Promise<Browser | null> {
  const executablePath = await findChromium()
  if (!executablePath) return null
  return playwright.launch({ executablePath, headless: true, args: flags }).catch((error: Error) => {
    process.stderr.write(`${error.message.split('\n')[0]}\n`)
    return null
  })
}

/**
 * The browser of a spec file, or null on a machine without one. `CHROMIUM` names a program, else Debian's is taken,
 * else the one that npm ships. Close it in `afterAll`.
 */
export const browser: Browser | null = await launch()
if (!browser)
  process.stderr.write('\n!!! NO BROWSER: the browser tests of this file are skipped. Install chromium or set CHROMIUM. !!!\n\n')

/** A `describe` for tests that need the browser: skipped, loudly, on a machine without one. */
export const describeInBrowser: typeof describe | typeof describe.skip = browser ? describe : describe.skip
