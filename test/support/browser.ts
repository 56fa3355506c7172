import { describe } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { launchChromium } from './chromium.js'

/** The browser of a spec file, or null on a machine without one. `CHROMIUM` names a program. Close it in `afterAll`. */
export const browser: Browser | null = await launchChromium()
if (!browser)
  process.stderr.write('\n!!! NO BROWSER: the browser tests of this file are skipped. Install chromium or set CHROMIUM. !!!\n\n')

/** A `describe` for tests that need the browser: skipped, loudly, on a machine without one. */
export const describeInBrowser: typeof describe | typeof describe.skip = browser ? describe : describe.skip
