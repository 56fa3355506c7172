import { Inject, Injectable } from '@nestjs/common'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { BackgroundWorker } from '../database/background-worker.js'
import { Database } from '../database/database.js'
import { inTransaction } from '../database/transaction.js'
import { Models } from '../publishing/models.js'
import { ownContext } from '../publishing/own-context.js'
import { OutboxSignal } from '../records/outbox-signal.js'
import type { WriteContext } from '../records/write-context.js'
import { Writer } from '../records/writer.js'
import { recycle } from './recycling.js'

/** Records are counted in days, so a look every few minutes is soon enough. */
const every = 300_000
const beforeAll = '00000000-0000-0000-0000-000000000000'

/** Sends records back to their pool when nothing happened to them for as long as their object says. */
@Injectable()
export class Recycler extends BackgroundWorker {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Models) private readonly models: Models,
    @Inject(Writer) private readonly writer: Writer,
    @Inject(OutboxSignal) private readonly signal: OutboxSignal,
  ) {
    super(database, 'recycling', every)
  }

  /** Recycles all that is due in a workspace; gives how many records went. */
  override async work(schema: string): Promise<number> {
    const { model } = await this.models.current(schema)
    const pooled = Object.values(model.objects).filter(object => object.definition.access?.pool?.recycle)
    const context = pooled.length > 0 ? await ownContext(this.database, this.models, schema) : null
    let count = 0
    for (const object of context ? pooled : []) if (context) count += await this.ofObject(object, context)
    return count
  }

  private async ofObject(object: ObjectModel, context: WriteContext): Promise<number> {
    let count = 0
    for (let after: string | null = beforeAll; after !== null && !this.background.isStopping; ) {
      const from: string = after
      const { went, last } = await inTransaction(this.database.pool, client => recycle(client, object, from, context, this.writer))
      count += went
      after = last
    }
    if (count > 0) this.signal.wrote(context.schema)
    return count
  }
}
