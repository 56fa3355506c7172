import type { Database } from './database.js'
import { schemaOf } from './schema.js'
import { listWorkspaces } from './workspace.js'

/** So many workspaces are looked after in one round, so that thousands of them cost no more than a few. */
const mostAtOnce = 50

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
    const workspaces = await listWorkspaces(this.database)
    if (this.isStopped) return
    const count = Math.min(workspaces.length, mostAtOnce)
    for (let index = 0; index < count; index++) {
      const workspace = workspaces[(this.next + index) % workspaces.length]
      if (workspace) this.visit(schemaOf(workspace.slug))
    }
    this.next = workspaces.length === 0 ? 0 : (this.next + count) % workspaces.length
  }
}
