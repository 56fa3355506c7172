import { setTimeout as pause } from 'node:timers/promises'
import type { Database } from './database.js'
import { listSchemas } from './schemas.js'

/** So many workspaces are looked after in one round, so that thousands of them cost no more than a few. */
const mostAtOnce = 50
/** Milliseconds between two of them, so that requests are not kept waiting by a whole round. */
const between = 20

/** Looks after all workspaces of the database in rounds, some in each, beginning at once. */
export class Rounds {
  private timer: NodeJS.Timeout | null = null
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
    const count = Math.min(schemas.length, mostAtOnce)
    for (let index = 0; index < count; index++) {
      const schema = schemas[(this.next + index) % schemas.length]
      if (schema !== undefined && !this.isStopped) this.visit(schema)
      await pause(between)
    }
    this.next = schemas.length === 0 ? 0 : (this.next + count) % schemas.length
  }
}
