import { createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import type { Held } from '../backup/backup-file.js'
import { writeBackup } from '../backup/write-backup.js'
import type { Command } from './command.js'
import { withServer } from './database-of.js'

/** Writes everything, as it is at one moment, into one file, while people keep working. */
export const backup: Command = {
  name: 'backup',
  usage: 'backup FILE|-',
  summary: 'write everything, as it is at one moment, into a file (or to standard output)',
  run: async args => {
    const { positionals } = parseArgs({ args: [...args], allowPositionals: true })
    const [file] = positionals
    if (!file || positionals.length > 1) throw new Error('Say where to: tessera backup FILE, or - for standard output.')
    const held = await withServer(url => (file === '-' ? writeBackup(url, process.stdout, progress) : toFile(url, file)))
    const rows = held.reduce((sum, table) => sum + table.rows, 0)
    process.stderr.write(`${held.length} tables with ${rows.toLocaleString('en')} rows are in ${file === '-' ? 'the backup' : file}.\n`)
    return 0
  },
}

/** The file is filled only when it is whole and on the disk; only its owner may read it. A name that is taken is refused before anything is read. */
async function toFile(url: string, file: string): Promise<Held[]> {
  await (await open(file, 'wx', 0o600).catch(explained)).close()
  const unfinished = `${file}.unfinished`
  try {
    const held = await writeBackup(url, createWriteStream(unfinished, { mode: 0o600, flush: true }), progress)
    await rename(unfinished, file)
    await sync(dirname(file))
    return held
  } catch (error) {
    await Promise.all([file, unfinished].map(left => rm(left, { force: true })))
    throw error
  }
}

function explained(error: NodeJS.ErrnoException): never {
  throw error.code === 'EEXIST' ? new Error(`${error.path} is there already; a backup replaces no file.`) : error
}

async function sync(directory: string): Promise<void> {
  const handle = await open(directory, 'r')
  await handle.sync().catch(() => undefined)
  await handle.close()
}

/** One line that grows on a terminal; silent elsewhere. */
export function progress(done: number, of: number, { table, rows }: Held): void {
  if (process.stderr.isTTY)
    process.stderr.write(`\r\x1b[K${done} of ${of}: ${table}, ${rows.toLocaleString('en')} rows${done === of ? '\n' : ''}`)
}
