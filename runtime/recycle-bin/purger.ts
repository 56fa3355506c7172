import { Inject, Injectable } from '@nestjs/common'
import { BackgroundWorker } from '../database/background-worker.js'
import { Database } from '../database/database.js'
import { schemaOf } from '../database/schema.js'
import { inTransaction } from '../database/transaction.js'
import { listWorkspaces } from '../database/workspace.js'
import { Models } from '../publishing/models.js'
import { dueDeletion, forgetEmpty, purgeSome } from './purge.js'

/** The bin keeps things for days, so a look every few minutes is soon enough. */
const every = 300_000

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
    const workspace = (await listWorkspaces(this.database)).find(({ slug }) => schemaOf(slug) === schema)
    if (!workspace) return 0
    const { binDays } = workspace
    const { model } = await this.models.current(schema)
    const { pool } = this.database
    const passed: string[] = []
    let total = 0
    while (!this.background.isStopping) {
      const bin = await dueDeletion(pool, schema, binDays, passed)
      if (bin === null) break
      const count = await inTransaction(pool, client => purgeSome(client, schema, model, bin)).catch((error: unknown) => this.told(error))
      total += count
      // another node is at it, or it cannot go yet: the others do not wait for it
      if (count === 0) passed.push(bin)
    }
    await forgetEmpty(pool, schema, binDays)
    return total
  }

  private told(error: unknown): number {
    this.log.error(error)
    return 0
  }
}
