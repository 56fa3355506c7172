import { Inject, Injectable } from '@nestjs/common'
import { dayOf } from '@tessera/platform/fields/zone.js'
import { alone } from '../database/alone.js'
import { BackgroundWorker } from '../database/background-worker.js'
import { Database } from '../database/database.js'
import { inSnapshot } from '../database/snapshot.js'
import { workspaceIn } from '../database/workspace.js'
import { Models } from '../publishing/models.js'
import { ownContext } from '../publishing/own-context.js'
import { openRecomputes } from '../records/recompute-jobs.js'
import { beforeAll, type Drift, verifiedAtOnce, verifyBatch } from '../records/verify.js'
import type { WriteContext } from '../records/write-context.js'
import { keepCheck, listChecks, type NightlyCheck } from './kept-checks.js'

/** How often it is looked whether a night has come, in milliseconds. */
const every = 600_000
/** A night's check is made once the clocks of the workspace show this hour. */
const hour = 3
/** Of what differs, so many values are named. */
const mostNamed = 100

/**
 * Each night computes a sample of what is kept anew, a thousand records of each stored formula and rollup, and tells what differs.
 * A night goes on where the one before ended, and at the end begins anew, so that in time every record is looked at.
 */
@Injectable()
export class DriftWatch extends BackgroundWorker {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Models) private readonly models: Models,
  ) {
    super(database, 'drift', every)
  }

  /** Checks a workspace when its night has come and nobody has done so. */
  override async work(schema: string, at = new Date()): Promise<void> {
    if (!(await this.isDue(schema, at))) return
    await alone(this.database, `verify ${schema}`, async () => {
      if (await this.isDue(schema, at)) await this.check(schema, at)
    })
  }

  private async isDue(schema: string, at: Date): Promise<boolean> {
    const workspace = await workspaceIn(this.database, schema)
    if (!workspace) return false
    const [last] = await listChecks(this.database.pool, schema, 1)
    const day = nightOf(at, workspace.timeZone)
    // what waits for a job differs rightly: the next look comes soon
    return (
      day > (last?.day ?? nightOf(workspace.createdAt, workspace.timeZone)) &&
      (await openRecomputes(this.database.pool, schema)).length === 0
    )
  }

  private async check(schema: string, at: Date): Promise<void> {
    const context = await ownContext(this.database, this.models, schema)
    if (!context) return
    const [before] = await listChecks(this.database.pool, schema, 1)
    const found = await this.sample(context, before?.last ?? {})
    if (found.differing > 0)
      this.log.error(
        `${schema}: ${found.differing} of ${found.seen} kept values differ from what they are computed of, first ${found.drifts
          .slice(0, 3)
          .map(({ object, field, id }) => `${object}.${field} of ${id}`)
          .join(', ')}. "tessera verify" names all.`,
      )
    if (!this.background.isStopping) await keepCheck(this.database.pool, schema, { ...found, day: nightOf(at, context.zone) })
  }

  private async sample(context: WriteContext, before: Readonly<Record<string, string>>): Promise<Omit<NightlyCheck, 'day'>> {
    const drifts: Drift[] = []
    const last: Record<string, string> = {}
    let seen = 0
    for (const computed of context.model.computed) {
      if (this.background.isStopping) break
      const { object, field } = computed
      const name = `${object}.${field}`
      const { ids, drifted } = await inSnapshot(this.database.pool, client =>
        verifyBatch(client, computed, before[name] ?? beforeAll, context),
      )
      seen += ids.length
      last[name] = ids.length < verifiedAtOnce ? beforeAll : (ids.at(-1) ?? beforeAll)
      drifts.push(...drifted.map(id => ({ object, field, id })))
    }
    return { seen, differing: drifts.length, drifts: drifts.slice(0, mostNamed), last }
  }
}

/** The day whose night an instant belongs to: a day begins when its check may be made. */
const nightOf = (at: Date, timeZone: string): string => dayOf(new Date(at.getTime() - hour * 3_600_000).toISOString(), timeZone)
