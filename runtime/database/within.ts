import pg, { type Pool, type PoolClient, type QueryConfig, type QueryResult } from 'pg'
import { sqlState } from './transaction.js'

/**
 * Sends a statement that PostgreSQL is told to give up after a while: it then fails with the state of a cancelled one (57014). That costs
 * nothing beside the statement, neither a transaction nor a setting of the session, and goes through poolers.
 * @param budget milliseconds
 */
export async function queryWithin(pool: Pool, statement: QueryConfig, budget: number): Promise<QueryResult<Record<string, unknown>>> {
  const client = await pool.connect()
  let isBroken = false
  const timer = setTimeout(() => {
    // the connection is not used again: a cancellation that comes late hits nobody's next statement
    isBroken = true
    cancel(client)
  }, budget)
  try {
    return await client.query<Record<string, unknown>>(statement)
  } catch (error) {
    isBroken ||= sqlState(error).length !== 5
    throw error
  } finally {
    clearTimeout(timer)
    client.release(isBroken)
  }
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
