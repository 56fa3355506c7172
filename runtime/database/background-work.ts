import type { Database } from './database.js'
import { Rounds } from './rounds.js'

/** Work that goes on behind the requests, in each workspace: looked for in rounds and on a kick, once at a time on this node. */
export class BackgroundWork {
  private readonly running = new Map<string, Promise<void>>()
  private readonly again = new Set<string>()
  private readonly rounds: Rounds
  private readonly stopping = new AbortController()

  /**
   * @param every milliseconds between two rounds
   * @param work does what waits in the workspace of a schema; gives up at its next pause when `isStopping`
   * @param report told what work failed with; it is tried again in the next round
   */
  constructor(
    database: Database,
    every: number,
    private readonly work: (schema: string) => Promise<unknown>,
    private readonly report: (error: unknown) => void,
  ) {
    this.rounds = new Rounds(database, every, schema => this.kick(schema))
  }

  get isStopping(): boolean {
    return this.stopping.signal.aborted
  }

  /** Aborted when the work is to give up at its next pause. */
  get signal(): AbortSignal {
    return this.stopping.signal
  }

  /** Begins with the first round at once: what a stopped process left is taken up again. */
  start(): void {
    this.rounds.start()
  }

  /** Waits for what is under way; the rest is left to the next process. */
  async stop(): Promise<void> {
    this.rounds.stop()
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
