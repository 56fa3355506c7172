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
]
/** Pages of tests live too short for the optimising compiler to pay. */
const unoptimised = '--js-flags=--no-opt'

const installed = '/usr/bin/chromium'

/**
 * Programs to try, in order: the one that `CHROMIUM` names alone, else the one that npm ships, a headless shell that takes half
 * the work of a whole browser, else Debian's.
 */
export async function chromiumPaths(): Promise<string[]> {
  if (process.env.CHROMIUM) return [process.env.CHROMIUM]
  const packed = await import('@sparticuz/chromium').then(({ default: chromium }) => chromium.executablePath()).catch(() => null)
  return [packed, installed].flatMap(path => (path && existsSync(path) ? [path] : []))
}

/**
 * Starts Chromium; null, and said why, on a machine where none starts.
 * @param isMeasured whether it runs as people run it, so that times mean something
 */
export async function launchChromium(isMeasured = false): Promise<Browser | null> {
  for (const executablePath of await chromiumPaths()) {
    try {
      return await playwright.launch({ executablePath, headless: true, args: isMeasured ? flags : [...flags, unoptimised] })
    } catch (error) {
      process.stderr.write(`${executablePath}: ${(error as Error).message.split('\n')[0]}\n`)
    }
  }
  return null
}
