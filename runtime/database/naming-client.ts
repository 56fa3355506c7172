import type pg from 'pg'
import type { ClientConfig } from 'pg'
import type { StatementNames } from './statement-names.js'
import { SteadyClient } from './steady-client.js'

type Query = (text: unknown, values?: unknown, ...more: unknown[]) => unknown

/** The kind of connection that sends statements which come again under a name; what has one, or no values, goes as it is. */
export const namingClient = (names: StatementNames): typeof pg.Client =>
  class extends SteadyClient {
    constructor(config?: string | ClientConfig) {
      super(config)
      const send = this.query.bind(this) as Query
      const query: Query = (text, values, ...more) => {
        const name = typeof text === 'string' && Array.isArray(values) && values.length > 0 ? names.of(text) : undefined
        return name === undefined ? send(text, values, ...more) : send({ name, text, values }, ...more)
      }
      this.query = query as typeof this.query
    }
  }
