import { setTimeout as pause } from 'node:timers/promises'
import type { Database } from './database.js'
import { listSchemas } from './schemas.js'

/** So many workspaces are looked after in one round, so that thousands of them cost no more than a few. */
const mostAtOnce = 50
/** Milliseconds between two of them, so that requests are not kept waiting by a whole round. */
const between = 20

/**
 * Looks after all workspaces of the database in rounds, some in each, beginning at once. The first round begins at any of them: where nodes
 * live shorter than it takes to come around, those at the end of the list have their turn too.
 */
export class Rounds {
  private timer: NodeJS.Timeout | null = null
  private last: string | null = null
  private next = 0
  private isStopped = false

  /**
   * @param every milliseconds between two rounds
   * @param visit told the schema of a workspace; must not throw
   */
  constructor(
    private readonly database: Database,
    private readonly every: number,
    private readonly visit: (schema: string) => void,
  ) {}

  start(): void {
    this.round()
      .catch(() => undefined)
      .finally(() => {
        if (!this.isStopped) this.timer = setTimeout(() => this.start(), this.every)
      })
  }

  stop(): void {
    this.isStopped = true
    if (this.timer) clearTimeout(this.timer)
  }

  private async round(): Promise<void> {
    const schemas = await listSchemas(this.database.pool)
    if (this.isStopped) return
    // behind the last one, wherever it stands now that others came and went
    const first = this.last === null ? Math.floor(Math.random() * schemas.length) : schemas.indexOf(this.last) + 1 || this.next
    const chosen = inTurn(schemas, first)
    for (const schema of chosen) {
      if (!this.isStopped) this.visit(schema)
      await pause(between)
    }
    this.last = chosen.at(-1) ?? null
    this.next = schemas.length === 0 ? 0 : (first + chosen.length - 1) % schemas.length
  }
}

/** As many as a round takes, from a place on and around the end; none twice. */
export const inTurn = (schemas: readonly string[], first: number): string[] =>
  Array.from({ length: Math.min(schemas.length, mostAtOnce) }, (_, index) => schemas[(first + index) % schemas.length] ?? '')
