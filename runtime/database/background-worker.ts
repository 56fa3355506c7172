import { Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common'
import { BackgroundWork, type Looking } from './background-work.js'
import type { Database } from './database.js'

/** What works behind the requests from the start of the application to its end, and logs what fails. */
export abstract class BackgroundWorker implements OnApplicationBootstrap, OnModuleDestroy {
  protected readonly log: Logger
  protected readonly background: BackgroundWork

  /**
   * @param name what the work is called in the log
   * @param looking when to look for it besides
   */
  protected constructor(database: Database, name: string, looking: Looking) {
    const log = new Logger(name)
    this.log = log
    this.background = new BackgroundWork(
      database,
      looking,
      schema => this.work(schema),
      error => log.error(error),
    )
  }

  onApplicationBootstrap(): void {
    this.background.start()
  }

  /** Waits for what is under way; the rest is left to the next process. */
  onModuleDestroy(): Promise<void> {
    return this.background.stop()
  }

  /** Does what waits in the workspace of a schema; gives up at its next pause when the application stops. */
  abstract work(schema: string): Promise<unknown>
}
