import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { issue } from '@tessera/platform/errors.js'
import type { Pool, PoolClient } from 'pg'
import { inTransaction, sqlState } from '../database/transaction.js'
import { RequestError } from '../request-error.js'

const lockNotAvailable = '55P03'
const attempts = 20

/**
 * Does work that alters tables in one transaction, under the workspace's lock. It waits for no table longer than a moment,
 * so that nobody waits behind it, and is done again from its beginning when a table was busy.
 * Throws `CONFLICT` when the tables stay busy.
 */
export async function expand<T>(pool: Pool, schema: string, work: (client: PoolClient) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await inTransaction(pool, async client => {
        await client.query("set local citus.propagate_set_commands = 'local'")
        await client.query('select pg_advisory_xact_lock($1)', [lockOf(schema)])
        await client.query("set local lock_timeout = '30ms'")
        return work(client)
      })
    } catch (error) {
      if (sqlState(error) !== lockNotAvailable) throw error
      if (attempt >= attempts) throw new RequestError('CONFLICT', [issue('STORAGE_BUSY', '')])
      await pause(Math.min(20 * attempt, 250))
    }
  }
}

/** The number of a workspace's lock among PostgreSQL's advisory locks. */
export const lockOf = (text: string): string => createHash('sha256').update(`tessera ${text}`).digest().readBigInt64BE(0).toString()
