import type pg from 'pg'
import type { ClientConfig } from 'pg'
import { NamedQuery, type Preparing, type Readings, type Told } from './named-query.js'
import type { StatementNames } from './statement-names.js'
import { SteadyClient } from './steady-client.js'

type Query = (text: unknown, values?: unknown, ...more: unknown[]) => unknown

/** So many statements a connection keeps prepared: each takes some 30 to 100 kB in PostgreSQL, and every workspace has its own. */
const mostPrepared = 500

/** A statement as it is sent under a name. */
interface Named {
  readonly name: string
  readonly text: string
  readonly values: unknown
}

/**
 * The kind of connection that sends statements which come again under a name; what has one, or no values, goes as it is.
 * Of names it keeps those used last; the others are closed, so that a connection which serves thousands of workspaces stays small.
 */
export const namingClient = (names: StatementNames, most = mostPrepared): typeof pg.Client =>
  class extends SteadyClient {
    private readonly prepared = new Set<string>()
    private readonly readings: Readings = new Map()

    constructor(config?: string | ClientConfig) {
      super(config)
      const send = this.query.bind(this) as Query
      const query: Query = (text, values, ...more) => {
        const named = namedOf(text, values, names)
        if (!named) return send(text, values, ...more)
        this.use(named.name)
        const sent = new NamedQuery(named.name, named.text, named.values, this.readings)
        const told = typeof values === 'function' ? values : more[0]
        if (typeof told === 'function') {
          sent.callback = told as Told
          return send(sent)
        }
        return answerOf(sent, send)
      }
      this.query = query as typeof this.query
    }

    private use(name: string): void {
      this.prepared.delete(name)
      this.prepared.add(name)
      const [oldest] = this.prepared
      if (this.prepared.size <= most || oldest === undefined) return
      this.prepared.delete(oldest)
      this.readings.delete(oldest)
      const { connection } = this as unknown as { readonly connection: Preparing }
      if (connection.parsedStatements[oldest] === undefined) return
      // no error even in a transaction that failed, unlike a statement that says the same
      delete connection.parsedStatements[oldest]
      connection.close({ type: 'S', name: oldest })
    }
  }

/** What is sent under a name: a statement that comes again, or one that has a name; null for any other. */
function namedOf(query: unknown, values: unknown, names: StatementNames): Named | null {
  if (typeof query === 'string') {
    const name = Array.isArray(values) && values.length > 0 ? names.of(query) : undefined
    return name === undefined ? null : { name, text: query, values }
  }
  const { name, text, values: own } = (query ?? {}) as Partial<Named>
  return typeof name === 'string' && typeof text === 'string' ? { name, text, values: own ?? (Array.isArray(values) ? values : []) } : null
}

/** The answer of a query as a promise; an error tells who asked, as those of pg do, and not where the answer came in. */
const answerOf = (sent: NamedQuery, send: Query): Promise<unknown> =>
  new Promise((resolve, reject) => {
    sent.callback = (error, result) => (error ? reject(error) : resolve(result))
    send(sent)
  }).catch((error: unknown) => {
    if (error instanceof Error) Error.captureStackTrace(error)
    throw error
  })
