import { Inject, Injectable } from '@nestjs/common'
import { BackgroundWorker } from '../database/background-worker.js'
import { Database } from '../database/database.js'
import { inTransaction } from '../database/transaction.js'
import { relayEvents } from '../workflows/outbox.js'
import { chainSome, hasComing, isComing } from './chain.js'

/** Gives what happened its place in the chain of the log, behind the requests; any node may, one at a time in a workspace. */
@Injectable()
export class AuditFollower extends BackgroundWorker {
  constructor(@Inject(Database) private readonly database: Database) {
    super(database, 'audit', { waits: isComing })
  }

  /** Works in a workspace until nothing waits; gives how many events and entries it looked at. */
  override async work(schema: string): Promise<number> {
    const { pool } = this.database
    if (!(await hasComing(pool, schema))) return 0
    await relayEvents(pool, schema)
    let total = 0
    while (!this.background.isStopping) {
      const count = await inTransaction(pool, client => chainSome(client, schema))
      total += count
      if (count === 0) break
    }
    return total
  }
}
