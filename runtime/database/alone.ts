import pg from 'pg'
import type { Database } from './database.js'

/**
 * Does work that only one node may do at a time; nothing when another one does it. The lock lies on a connection of its own, past the
 * pool: work that waits for one of the pool's connections never waits for itself, however many workspaces have something to do.
 * A process that dies gives it back at once.
 * @param name what the work is called, the same on all nodes
 */
export async function alone({ directUrl }: Pick<Database, 'directUrl'>, name: string, work: () => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: directUrl, application_name: `tessera ${name.split(' ')[0]}` })
  // a connection that breaks is told by the statement that runs on it
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ held: boolean }>('select pg_try_advisory_lock(hashtextextended($1, 0)) as held', [name])
    if (rows[0]?.held) await work()
  } finally {
    await client.end().catch(() => undefined)
  }
}
