import { createReadStream } from 'node:fs'
import { parseArgs } from 'node:util'
import { restoreBackup } from '../backup/restore-backup.js'
import { tesseraMigrationNames } from '../database/data-source.js'
import { workspaceMigrationNames } from '../database/workspace-migrations.js'
import { progress } from './backup.js'
import { type Command, say } from './command.js'
import { withDatabase, withServer } from './database-of.js'

/** Brings a backup into an empty database, compares what came out with what went in, and brings it up to date. */
export const restore: Command = {
  name: 'restore',
  usage: 'restore FILE|-',
  summary: 'bring a backup into an empty database (DATABASE_URL, or a new TESSERA_DATA), all or nothing',
  run: async args => {
    const { positionals } = parseArgs({ args: [...args], allowPositionals: true })
    const [file] = positionals
    if (!file || positionals.length > 1) throw new Error('Say what from: tessera restore FILE, or - for standard input.')
    const input = file === '-' ? process.stdin : createReadStream(file)
    const known = [...tesseraMigrationNames, ...workspaceMigrationNames]
    const { header, tables } = await withServer(url => restoreBackup(url, input, known, progress))
    const rows = tables.reduce((sum, table) => sum + table.rows, 0)
    say(`${tables.length} tables with ${rows.toLocaleString('en')} rows are as they were at ${header.madeAt}; counts and checksums agree.`)
    await withDatabase(async () => undefined)
    return 0
  },
}
