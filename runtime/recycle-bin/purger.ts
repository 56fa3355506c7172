import { Inject, Injectable } from '@nestjs/common'
import { BackgroundWorker } from '../database/background-worker.js'
import { Database } from '../database/database.js'
import { inTransaction } from '../database/transaction.js'
import { workspaceIn } from '../database/workspace.js'
import { Models } from '../publishing/models.js'
import { type Due, dueDeletion, forgetEmpty, type PurgedBy, purgeSome } from './purge.js'

/** The bin keeps things for days, so a look every few minutes is soon enough. */
const every = 300_000

/** What a purge came to. */
export interface Purged {
  readonly records: number
  readonly isDone: boolean
}

/** Deletes for good what has been in the bin for as long as the workspace says. */
@Injectable()
export class Purger extends BackgroundWorker {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Models) private readonly models: Models,
  ) {
    super(database, 'bin', every)
  }

  /** Purges all that is due in a workspace; gives how many records went. */
  override async work(schema: string): Promise<number> {
    const workspace = await workspaceIn(this.database, schema)
    if (!workspace) return 0
    return (await this.purge(schema, { days: workspace.binDays }, { actor: null })).records
  }

  /**
   * Deletes for good what is due, batch by batch.
   * @param patience milliseconds after which no further batch is begun
   * @returns how many records went, and whether all that could go went
   */
  async purge(schema: string, due: Due, by: PurgedBy, patience = Number.POSITIVE_INFINITY): Promise<Purged> {
    const { model } = await this.models.current(schema)
    const { pool } = this.database
    const end = Date.now() + patience
    const passed: string[] = []
    let records = 0
    let isDone = false
    while (!isDone && !this.background.isStopping && Date.now() < end) {
      const bin = await dueDeletion(pool, schema, due, passed)
      isDone = bin === null
      if (bin === null) break
      const count = await inTransaction(pool, client => purgeSome(client, schema, model, bin, by)).catch((error: unknown) =>
        this.told(error),
      )
      records += count
      // another node is at it, or it cannot go yet: the others do not wait for it
      if (count === 0) passed.push(bin)
    }
    await forgetEmpty(pool, schema, due)
    return { records, isDone }
  }

  private told(error: unknown): number {
    this.log.error(error)
    return 0
  }
}
