import { parseArgs } from 'node:util'
import { type Anchor, type Break, walk } from '../audit/walk.js'
import type { Database } from '../database/database.js'
import { schemaOf } from '../database/schema.js'
import { listWorkspaces } from '../database/workspace.js'
import { type Command, say } from './command.js'
import { chooseWorkspace, withDatabase } from './database-of.js'

/** Walks through the audit logs and tells the first break of each; 1 when there is one. */
export const audit: Command = {
  name: 'audit',
  usage: 'audit verify [--workspace W] [--anchor N:HASH]',
  summary: 'walk through the chain of the audit log and tell the first break',
  run: args => {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { workspace: { type: 'string' }, anchor: { type: 'string' } },
      allowPositionals: true,
    })
    if (positionals.length !== 1 || positionals[0] !== 'verify') throw new Error('Say what to do with the audit log: tessera audit verify')
    const anchor = values.anchor === undefined ? null : anchorOf(values.anchor)
    return withDatabase(async database => {
      const slugs = await slugsOf(database, values.workspace, anchor !== null)
      let broken = 0
      for (const slug of slugs) if (!(await verifyLog(database, slug, anchor))) broken++
      return broken === 0 ? 0 : 1
    })
  },
}

/** One workspace when it is named or an anchor belongs to it, else all. */
async function slugsOf(database: Database, named: string | undefined, isOne: boolean): Promise<string[]> {
  if (named !== undefined || isOne) return [(await chooseWorkspace(database, named)).slug]
  return (await listWorkspaces(database)).map(({ slug }) => slug)
}

function anchorOf(text: string): Anchor {
  const [, position, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text.trim()) ?? []
  if (!position || !hash) throw new Error('An anchor is a place and a hash, as this command wrote them: 120:9f86d0…')
  return { position: Number(position), hash }
}

async function verifyLog(database: Database, slug: string, anchor: Anchor | null): Promise<boolean> {
  const client = await database.pool.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    const { entries, waiting, end, broken } = await walk(client, schemaOf(slug), anchor)
    if (broken) say(`${slug}: ${sentences[broken.what](broken)}`)
    const whole = `${slug}: ${entries} entries, unbroken.${waiting > 0 ? ` ${waiting} more wait for their place.` : ''}`
    if (!broken) say(end.position === 0 ? whole : `${whole} Keep this elsewhere: ${end.position}:${end.hash}`)
    return broken === null
  } finally {
    await client.query('rollback').catch(() => undefined)
    client.release()
  }
}

const sentences: Readonly<Record<Break['what'], (found: Break) => string>> = {
  guard: () => 'the triggers that keep the log from being changed are missing or off.',
  missing: ({ position }) => `entry ${position} is missing.`,
  altered: ({ position, id }) => `entry ${position} (${id}) was altered.`,
  historyChanged: ({ position, id }) => `the row of history ${id}, of which entry ${position} tells, was changed.`,
  historyMissing: ({ position, id }) => `the row of history ${id}, of which entry ${position} tells, is missing.`,
  end: ({ position }) => `the log does not end where it did: what stood at entry ${position} or behind it is missing or was added.`,
  anchor: ({ position }) => `entry ${position} is not the one of the anchor: the log was written anew.`,
  unlogged: ({ id }) => `the row of history ${id} stands in no entry: somebody added it.`,
}
