import type { Database } from './database.js'
import { Rounds } from './rounds.js'
import type { Watched } from './watch.js'

/** When to look for work in all workspaces: every so many milliseconds, a part of them each time, or by a condition over the tables of each. */
export type Looking = number | Pick<Watched, 'waits' | 'due'>

/** Work that goes on behind the requests, in each workspace: looked for in all of them and on a kick, once at a time on this node. */
export class BackgroundWork {
  private readonly running = new Map<string, Promise<void>>()
  private readonly again = new Set<string>()
  private readonly look: () => () => void
  private endLook: () => void = () => undefined
  private readonly stopping = new AbortController()

  /**
   * @param looking when to look for it besides
   * @param work does what waits in the workspace of a schema; gives up at its next pause when `isStopping`
   * @param report told what work failed with; it is tried again when it is next found
   */
  constructor(
    database: Database,
    looking: Looking,
    private readonly work: (schema: string) => Promise<unknown>,
    private readonly report: (error: unknown) => void,
  ) {
    const begin = (schema: string) => this.kick(schema)
    this.look = () => {
      if (typeof looking !== 'number') return database.watch.add({ ...looking, begin })
      const rounds = new Rounds(database, looking, begin)
      rounds.start()
      return () => rounds.stop()
    }
  }

  get isStopping(): boolean {
    return this.stopping.signal.aborted
  }

  /** Aborted when the work is to give up at its next pause. */
  get signal(): AbortSignal {
    return this.stopping.signal
  }

  /** Begins to look at once: what a stopped process left is taken up again. */
  start(): void {
    this.endLook = this.look()
  }

  /** Waits for what is under way; the rest is left to the next process. */
  async stop(): Promise<void> {
    this.endLook()
    this.stopping.abort()
    await Promise.allSettled(this.running.values())
  }

  /** Begins to work in a workspace; where that is under way on this node, it looks once more at its end, so that no kick is lost. */
  kick(schema: string): void {
    if (this.isStopping) return
    if (this.running.has(schema)) {
      this.again.add(schema)
      return
    }
    const run = this.work(schema)
      .then(() => undefined, this.report)
      .finally(() => {
        this.running.delete(schema)
        if (this.again.delete(schema)) this.kick(schema)
      })
    this.running.set(schema, run)
  }
}
