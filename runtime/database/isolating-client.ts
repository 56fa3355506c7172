import type pg from 'pg'
import type { ClientConfig } from 'pg'
import { quoted } from './roles.js'
import { type Home, homeOf } from './statement-home.js'
import { SteadyClient } from './steady-client.js'

type Query = (...sent: unknown[]) => unknown

interface Text {
  readonly text?: string
}

/**
 * The kind of connection on which each statement runs as the role of the schema that it names, which may use no other one: a statement
 * on two schemas is refused by PostgreSQL (42501). The role is changed only when it is another one than before.
 * @param base what it does besides
 */
export const isolatingClient = (base: typeof pg.Client): typeof pg.Client =>
  class extends base {
    /** Null: not known, since the end of a transaction may have taken back what was set in it. */
    private role: string | null = null
    private roleAtBegin: string | null = null

    constructor(config?: string | ClientConfig) {
      super(config)
      const send = this.query.bind(this) as Query
      const query: Query = (...sent) => {
        const text = typeof sent[0] === 'string' ? sent[0] : ((sent[0] as Text | undefined)?.text ?? '')
        const change = this.changeFor(homeOf(text))
        if (/^\s*(begin|start)\b/i.test(text)) this.roleAtBegin = this.role
        else if (/^\s*(commit|end|rollback|abort)\b/i.test(text) && this.role !== this.roleAtBegin) this.role = null
        if (!change) return send(...sent)
        const told = sent.at(-1)
        const become = new Promise<void>((done, fail) => send(change, (error: Error | null) => (error ? fail(error) : done())))
        const kept = become.then(
          () => undefined,
          (error: unknown) => {
            // what follows asks again
            this.role = null
            throw error
          },
        )
        if (typeof told !== 'function') return kept.then(() => send(...sent))
        kept.then(
          () => send(...sent),
          (error: unknown) => told(error),
        )
      }
      this.query = query as typeof this.query
    }

    /** What makes the role of this connection the one of a statement's home; null when it is. */
    private changeFor(home: Home): string | null {
      const change = home === 'any' ? null : home === 'all' ? 'reset role' : `set role ${quoted(home.role)}`
      if (change === this.role) return null
      this.role = change ?? this.role
      return change
    }
  }

/** The kind of connection for what a node says of its database. */
export const clientKind = (isolates: boolean, base: typeof pg.Client = SteadyClient): typeof pg.Client =>
  isolates ? isolatingClient(base) : base
