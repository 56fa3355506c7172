import { Inject, Injectable } from '@nestjs/common'
import { alone } from '../database/alone.js'
import { BackgroundWorker } from '../database/background-worker.js'
import { Database } from '../database/database.js'
import { inTransaction } from '../database/transaction.js'
import { Models } from '../publishing/models.js'
import { ownContext } from '../publishing/own-context.js'
import { OutboxSignal } from '../records/outbox-signal.js'
import { computeAnew } from '../records/propagate.js'
import { countReaching, readReaching } from '../records/reaching.js'
import {
  beginRecompute,
  endRecompute,
  leaveToJobs,
  openRecomputes,
  type RecomputeJob,
  recomputesWait,
  tellRecompute,
} from '../records/recompute-jobs.js'
import { store } from '../records/store.js'

const batch = 500
const first = '00000000-0000-0000-0000-000000000000'

/** Computes what changes left for later: fields of so many records that the writer did not wait for them. */
@Injectable()
export class Recomputer extends BackgroundWorker {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Models) private readonly models: Models,
    @Inject(OutboxSignal) private readonly signal: OutboxSignal,
  ) {
    super(database, 'recomputing', { waits: recomputesWait })
  }

  /** One node at a time works in a workspace. */
  override async work(schema: string): Promise<void> {
    if ((await openRecomputes(this.database.pool, schema)).length === 0) return
    await alone(this.database, `recompute ${schema}`, async () => {
      while (!this.background.isStopping && (await this.next(schema)));
    })
  }

  private async next(schema: string): Promise<boolean> {
    const job = await beginRecompute(this.database.pool, schema, new Date().toISOString())
    if (!job) return false
    const error = await this.perform(schema, job).then(
      () => null,
      (problem: unknown) => (problem instanceof Error ? problem.message : String(problem)),
    )
    if (this.background.isStopping) return false
    await endRecompute(this.database.pool, schema, job, error)
    return true
  }

  /** Goes on behind the last record that was written; a field or relation that is gone needs nothing. */
  private async perform(schema: string, job: RecomputeJob): Promise<void> {
    const context = await ownContext(this.database, this.models, schema)
    const computed = context?.model.computed.find(({ object, field }) => object === job.object && field === job.field)
    if (!context || !computed?.inputs.some(({ path }) => path?.join('.') === job.path.join('.'))) return
    const total = job.progress?.total ?? (await countReaching(this.database.pool, job, context))
    let { done = 0, last = first } = job.progress ?? {}
    while (!this.background.isStopping) {
      const ids = await readReaching(this.database.pool, job, { after: last, limit: batch }, context)
      if (ids.length === 0) return
      done += ids.length
      last = ids.at(-1) ?? last
      await inTransaction(this.database.pool, async client => {
        const { changes, left } = await computeAnew(client, computed, ids, context)
        await store(client, changes, context, this.database.folds)
        await leaveToJobs(client, schema, left, context.moment.now)
        await tellRecompute(client, schema, job.id, { done, total: Math.max(total, done), last })
      })
      this.signal.wrote(schema)
    }
  }
}
