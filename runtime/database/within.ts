import pg, { type Pool, type PoolClient, type QueryConfig, type QueryResult } from 'pg'
import { sqlState } from './transaction.js'

/**
 * Sends a statement that PostgreSQL is told to give up after a while: it then fails with the state of a cancelled one (57014). That costs
 * nothing beside the statement, neither a transaction nor a setting of the session, and goes through poolers.
 * @param budget milliseconds
 */
export function queryWithin(pool: Pool, statement: QueryConfig, budget: number): Promise<QueryResult<Record<string, unknown>>> {
  // callbacks: every read comes through here, and of promises the driver makes six for one answer
  return new Promise((resolve, reject) => {
    pool.connect((failed, client) => {
      if (failed || !client) return reject(failed)
      let isBroken = false
      const timer = setTimeout(() => {
        // the connection is not used again: a cancellation that comes late hits nobody's next statement
        isBroken = true
        cancel(client)
      }, budget)
      client.query<Record<string, unknown>>(statement, (error: Error | null, result) => {
        clearTimeout(timer)
        client.release(isBroken || (error !== null && sqlState(error).length !== 5))
        if (error) reject(error)
        else resolve(result)
      })
    })
  })
}

/** What the driver keeps of a connection, and the messages of its protocol, beyond their published types. */
interface Cancelled {
  readonly host: string
  readonly port: number
  readonly processID: number
  readonly secretKey: number
}
interface Cancelling {
  connect(port: number | string, host?: string): void
  cancel(processID: number, secretKey: number): void
  end(): void
  on(event: string, heard: () => void): void
}

/** Asks the server, over another connection, to give up what this one is doing (PostgreSQL's protocol, "Canceling Requests in Progress"). */
function cancel(client: PoolClient): void {
  const { host, port, processID, secretKey } = client as unknown as Cancelled
  const asking = new pg.Connection() as unknown as Cancelling
  asking.on('error', () => undefined)
  asking.on('connect', () => asking.cancel(processID, secretKey))
  if (host.startsWith('/')) asking.connect(`${host}/.s.PGSQL.${port}`)
  else asking.connect(port, host)
}
