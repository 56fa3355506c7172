import type { Pool } from 'pg'
import type { Queryable } from './queryable.js'

/**
 * Reads in one moment of the database: all statements of the work see what the first of them saw, whatever others write meanwhile.
 * It holds a connection and keeps PostgreSQL from clearing away old rows, so work that may take long bounds itself.
 */
export async function inSnapshot<T>(pool: Pool, work: (client: Queryable) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let isBroken = false
  try {
    await client.query('begin isolation level repeatable read read only')
    return await work(client)
  } finally {
    isBroken = await client.query('rollback').then(
      () => false,
      () => true,
    )
    client.release(isBroken)
  }
}
