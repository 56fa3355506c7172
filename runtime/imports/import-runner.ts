import { setTimeout as pause } from 'node:timers/promises'
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common'
import { alone } from '../database/alone.js'
import { BackgroundWork } from '../database/background-work.js'
import { Database } from '../database/database.js'
import { endImport, importsWait, nextImport } from './import-store.js'
import { Importer } from './importer.js'

/** Pauses before what failed for no known reason is tried again; then it is given up. */
const pauses = [500, 2_000, 5_000]

/** Sees to it that every import comes to its end, one at a time in each workspace, whichever node began it. */
@Injectable()
export class ImportRunner implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly background: BackgroundWork

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Importer) private readonly importer: Importer,
  ) {
    // what fails for no known reason is found again by the watch
    this.background = new BackgroundWork(
      database,
      { waits: importsWait },
      schema => this.work(schema),
      () => undefined,
    )
  }

  /** What a stopped process left is taken up again. */
  onApplicationBootstrap(): void {
    this.background.start()
  }

  /** Waits for batches under way; the rest is left to the next process. */
  onModuleDestroy(): Promise<void> {
    return this.background.stop()
  }

  /** Begins to work on the imports of a workspace. */
  kick(schema: string): void {
    this.background.kick(schema)
  }

  private async work(schema: string): Promise<void> {
    if (!(await nextImport(this.database.pool, schema))) return
    await alone(this.database, `import ${schema}`, () => this.runAll(schema))
  }

  private async runAll(schema: string): Promise<void> {
    for (let failures = 0; !this.background.signal.aborted; ) {
      const job = await nextImport(this.database.pool, schema)
      if (!job) return
      try {
        await this.importer.run(schema, job, this.background.signal)
        failures = 0
      } catch (error) {
        const wait = pauses[failures++]
        if (wait !== undefined) await pause(wait, undefined, { signal: this.background.signal })
        else
          await endImport(this.database.pool, schema, job.id, {
            errorsFile: null,
            error: error instanceof Error ? error.message : String(error),
          })
      }
    }
  }
}
