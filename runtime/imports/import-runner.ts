import { setTimeout as pause } from 'node:timers/promises'
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common'
import { alone } from '../database/alone.js'
import { Database } from '../database/database.js'
import { Rounds } from '../database/rounds.js'
import { endImport, nextImport } from './import-store.js'
import { Importer } from './importer.js'

const every = 5_000
/** Pauses before what failed for no known reason is tried again; then it is given up. */
const pauses = [500, 2_000, 5_000]

/** Sees to it that every import comes to its end, one at a time in each workspace, whichever node began it. */
@Injectable()
export class ImportRunner implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly running = new Map<string, Promise<void>>()
  private readonly again = new Set<string>()
  private readonly stopping = new AbortController()
  private readonly rounds: Rounds

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Importer) private readonly importer: Importer,
  ) {
    this.rounds = new Rounds(database, every, schema => this.kick(schema))
  }

  /** What a stopped process left is taken up again. */
  onApplicationBootstrap(): void {
    this.rounds.start()
  }

  /** Waits for batches under way; the rest is left to the next process. */
  async onModuleDestroy(): Promise<void> {
    this.rounds.stop()
    this.stopping.abort()
    await Promise.allSettled(this.running.values())
  }

  /** Begins to work on the imports of a workspace; where that is under way on this node, it looks once more at its end. */
  kick(schema: string): void {
    if (this.stopping.signal.aborted) return
    if (this.running.has(schema)) {
      this.again.add(schema)
      return
    }
    const run = this.work(schema)
      .catch(() => undefined)
      .finally(() => {
        this.running.delete(schema)
        if (this.again.delete(schema)) this.kick(schema)
      })
    this.running.set(schema, run)
  }

  private async work(schema: string): Promise<void> {
    if (!(await nextImport(this.database.pool, schema))) return
    await alone(this.database, `import ${schema}`, () => this.runAll(schema))
  }

  private async runAll(schema: string): Promise<void> {
    for (let failures = 0; !this.stopping.signal.aborted; ) {
      const job = await nextImport(this.database.pool, schema)
      if (!job) return
      try {
        await this.importer.run(schema, job, this.stopping.signal)
        failures = 0
      } catch (error) {
        const wait = pauses[failures++]
        if (wait !== undefined) await pause(wait, undefined, { signal: this.stopping.signal })
        else
          await endImport(this.database.pool, schema, job.id, {
            errorsFile: null,
            error: error instanceof Error ? error.message : String(error),
          })
      }
    }
  }
}
