import { existsSync } from 'node:fs'
import { type Browser, chromium as playwright } from 'playwright-core'

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // pages of tests live too short for the optimising compiler to pay
  '--js-flags=--no-opt',
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

/** Starts Chromium: the program that `CHROMIUM` names, else Debian's, else the one that npm ships; null on a machine without one. */
export async function launchChromium(): Promise<Browser | null> {
  const executablePath = await findChromium()
  if (!executablePath) return null
  return playwright.launch({ executablePath, headless: true, args: flags }).catch((error: Error) => {
    process.stderr.write(`${error.message.split('\n')[0]}\n`)
    return null
  })
}
