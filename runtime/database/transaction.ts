import type { Pool, PoolClient } from 'pg'

/** Serialization failure, deadlock: the same work may succeed when done again. */
const retried = new Set(['40001', '40P01'])
const attempts = 4

/**
 * Does the work in one transaction of a pool's client and gives its result; any throw rolls back and is thrown on.
 * Work that lost against another transaction (deadlock, serialization) is done again from its beginning, up to four times.
 */
export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(pool, work)
    } catch (error) {
      if (attempt >= attempts || !isRetried(error)) throw error
    }
  }
}

/** Whether work failed only because it lost against another transaction. */
export const isRetried = (error: unknown): boolean => retried.has(sqlState(error))

async function once<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let isBroken = false
  try {
    await client.query('begin')
    const result = await work(client)
    await client.query('commit')
    return result
  } catch (error) {
    isBroken = await client.query('rollback').then(
      () => false,
      () => true,
    )
    throw error
  } finally {
    client.release(isBroken)
  }
}

/** The SQLSTATE of an error from PostgreSQL, else an empty text. */
export function sqlState(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}
