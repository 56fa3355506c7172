import pg, { type ClientConfig } from 'pg'
import type { StatementNames } from './statement-names.js'

type Query = (text: unknown, values?: unknown, ...more: unknown[]) => unknown

/** So many statements a connection keeps prepared: each takes some 30 to 100 kB in PostgreSQL, and every workspace has its own. */
const mostPrepared = 500

/** What pg keeps of a connection beyond its declared type: which names it has prepared, and how to take one back. */
interface Preparing {
  readonly parsedStatements: Record<string, string>
  close(of: { readonly type: 'S'; readonly name: string }): void
}

/**
 * The kind of connection that sends statements which come again under a name; what has one, or no values, goes as it is.
 * Of names it keeps those used last; the others are closed, so that a connection which serves thousands of workspaces stays small.
 */
export const namingClient = (names: StatementNames, most = mostPrepared): typeof pg.Client =>
  class extends pg.Client {
    private readonly prepared = new Set<string>()

    constructor(config?: string | ClientConfig) {
      super(config)
      const send = this.query.bind(this) as Query
      const query: Query = (text, values, ...more) => {
        const name = typeof text === 'string' && Array.isArray(values) && values.length > 0 ? names.of(text) : nameIn(text)
        if (name !== undefined) this.use(name)
        return name === undefined || typeof text !== 'string' ? send(text, values, ...more) : send({ name, text, values }, ...more)
      }
      this.query = query as typeof this.query
    }

    private use(name: string): void {
      this.prepared.delete(name)
      this.prepared.add(name)
      const [oldest] = this.prepared
      if (this.prepared.size <= most || oldest === undefined) return
      this.prepared.delete(oldest)
      const { connection } = this as unknown as { readonly connection: Preparing }
      if (connection.parsedStatements[oldest] === undefined) return
      // no error even in a transaction that failed, unlike a statement that says the same
      delete connection.parsedStatements[oldest]
      connection.close({ type: 'S', name: oldest })
    }
  }

const nameIn = (query: unknown): string | undefined => {
  const name = typeof query === 'object' && query !== null ? (query as { readonly name?: unknown }).name : undefined
  return typeof name === 'string' ? name : undefined
}
