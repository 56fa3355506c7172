import { parseArgs } from 'node:util'
import { dayOf } from '@tessera/platform/fields/zone.js'
import { compileModel } from '@tessera/platform/model/compile.js'
import { emptyStorage, withStorage } from '@tessera/platform/tables/storage.js'
import type { Database } from '../database/database.js'
import type { Workspace } from '../database/entities/workspace.js'
import { schemaOf } from '../database/schema.js'
import { readVersion } from '../publishing/version-store.js'
import { verifyComputed } from '../records/verify.js'
import { type Command, say } from './command.js'
import { chooseWorkspace, withDatabase } from './database-of.js'

const mostShown = 20

/** Computes every stored formula and rollup anew and tells which kept values differ; one moment is looked at, nothing is changed. */
export const verify: Command = {
  name: 'verify',
  usage: 'verify [--workspace W]',
  summary: 'compute every stored formula and rollup anew and tell which kept values differ',
  run: args => {
    const { values } = parseArgs({ args: [...args], options: { workspace: { type: 'string' } } })
    return withDatabase(async database => verifyWorkspace(database, await chooseWorkspace(database, values.workspace)))
  },
}

async function verifyWorkspace(database: Database, { slug, timeZone, currency }: Workspace): Promise<number> {
  const schema = schemaOf(slug)
  const now = new Date().toISOString()
  const moment = { member: null, now, today: dayOf(now, timeZone), timeZone }
  const client = await database.pool.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    const stored = await readVersion(client, schema)
    const model = withStorage(compileModel(stored?.elements ?? []).model, stored?.storage ?? emptyStorage)
    let differing = 0
    const seen = await verifyComputed(client, { schema, model, moment, currency }, ({ object, field, id }) => {
      differing++
      if (differing <= mostShown) say(`${object} ${id}: ${field} differs`)
    })
    say(`${slug}: ${seen} computed values looked at, ${differing} differ.`)
    return differing === 0 ? 0 : 1
  } finally {
    await client.query('rollback').catch(() => undefined)
    client.release()
  }
}
