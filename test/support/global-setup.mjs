import { chmodSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tsImport } from 'tsx/esm/api'
import { buildWhenStale } from '../../runtime/bin/build.js'
import { startInstalled } from './installed-postgres.mjs'

const needsServer = /serve|stories|many-workspaces/
const needsStudio = /studio|stories/

/**
 * One PostgreSQL for the whole run; each worker makes its own database in it. What the chosen tests start as a program
 * or open in a browser is built first, when it is older than its sources.
 */
export default async function setUp({ nonFlagArgs }) {
  const isChosen = pattern => nonFlagArgs.length === 0 || nonFlagArgs.some(name => pattern.test(name))
  buildWhenStale([...(isChosen(needsServer) || isChosen(needsStudio) ? ['server'] : []), ...(isChosen(needsStudio) ? ['studio'] : [])])
  // unpacked once, before two workers would at the same time; without it another browser is tried
  if (isChosen(needsStudio))
    await import('@sparticuz/chromium').then(({ default: chromium }) => chromium.executablePath()).catch(() => undefined)
  const directory = mkdtempSync(join(tmpdir(), 'tessera-test-'))
  chmodSync(directory, 0o755)
  const database = await startDatabase(directory)
  process.env.TESSERA_TEST_DATABASE = database.url
  globalThis.__tesseraTest = { database, directory }
}

async function startDatabase(directory) {
  const programs = process.env.TESSERA_TEST_POSTGRES
  if (programs) return startInstalled(programs, directory)
  const { startEmbedded } = await tsImport('../../runtime/database/embedded.ts', import.meta.url)
  return startEmbedded({ directory, durable: false })
}
