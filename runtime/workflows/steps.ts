import { Inject, Injectable } from '@nestjs/common'
import { dayOf } from '@tessera/platform/fields/zone.js'
import type { Moment } from '@tessera/platform/records/defaults.js'
import { param, sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import { advance } from '@tessera/platform/workflows/advance.js'
import type { Cause } from '@tessera/platform/workflows/event.js'
import type { EventPlace } from '@tessera/platform/workflows/judge.js'
import { match, watchedBy } from '@tessera/platform/workflows/match.js'
import { workflowPaths } from '@tessera/platform/workflows/paths.js'
import type { PoolClient } from 'pg'
import { Database } from '../database/database.js'
import type { Queryable } from '../database/queryable.js'
import { rowsIn } from '../database/rows-in.js'
import { inTransaction } from '../database/transaction.js'
import { workspaceIn } from '../database/workspace.js'
import { type LiveModel, Models } from '../publishing/models.js'
import { relatedIn } from '../records/related.js'
import { pathsOfRules } from '../records/rule-reads.js'
import type { WriteContext } from '../records/write-context.js'
import { Writer } from '../records/writer.js'
import { perform } from './effects/index.js'
import { lockReader, moveReader, nextPosition, type PlacedEvent, watchedEvents } from './outbox.js'
import { addRun, addStopped, failStep, type OpenRun, saveRun, takeRun } from './run-store.js'

/** The reader that starts runs. */
export const workflowReader = 'workflows'

const batchSize = 1_000
/** Pauses before a step that failed is tried again; then the run has failed. */
const pauses = [1_000, 5_000, 30_000, 120_000]

/** A workspace's model and settings, for a batch of work. */
export interface Ground {
  readonly schema: string
  readonly live: LiveModel
  readonly timeZone: string
  readonly currency: string
}

type Member = NonNullable<Moment['member']>

/** The two moves of workflows, each one transaction: read events and save the runs they start; take a run one step on. */
@Injectable()
export class WorkflowSteps {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Models) private readonly models: Models,
    @Inject(Writer) private readonly writer: Writer,
  ) {}

  /** What work in a workspace stands on now; null when there is no such workspace. */
  async ground(schema: string): Promise<Ground | null> {
    const workspace = await workspaceIn(this.database, schema)
    if (!workspace) return null
    return { schema, live: await this.models.current(schema), timeZone: workspace.timeZone, currency: workspace.currency }
  }

  /** Reads the next events, saves the runs that they start together with the reader's place; false when there is nothing more to read. */
  readEvents(ground: Ground): Promise<boolean> {
    const { schema, live } = ground
    return inTransaction(this.database.pool, async client => {
      const position = await lockReader(client, schema, workflowReader)
      if (position === null) return false
      const last = await nextPosition(client, schema, position, batchSize)
      if (last === null) return false
      for (const event of await watchedEvents(client, schema, { from: position, to: last }, watchedBy(live.model))) {
        const { start, stopped } = match(event, live.model, await this.placeOf(client, event, ground))
        for (const { workflow, cause } of start) await addRun(client, schema, { workflow, version: live.version, event, cause })
        for (const { workflow, reason } of stopped) await addStopped(client, schema, { workflow, version: live.version, event, reason })
      }
      await moveReader(client, schema, workflowReader, last)
      return true
    })
  }

  /**
   * Takes the next due run one step on: what the step does and where the run stands are kept together.
   * A step that fails leaves nothing behind and is tried again later. False when no run is due.
   */
  async takeStep(ground: Ground): Promise<boolean> {
    let taken: OpenRun | null = null
    try {
      return await inTransaction(this.database.pool, async client => {
        taken = await takeRun(client, ground.schema, new Date())
        if (!taken) return false
        await this.step(client, taken, ground)
        return true
      })
    } catch (error) {
      const run = taken as OpenRun | null
      if (!run) throw error
      const pause = pauses[run.attempts]
      await failStep(
        this.database.pool,
        ground.schema,
        run,
        error instanceof Error ? error.message : String(error),
        pause === undefined ? null : new Date(Date.now() + pause),
      )
      return true
    }
  }

  private async step(client: PoolClient, run: OpenRun, ground: Ground): Promise<void> {
    const { event, cause } = run.data
    const place = await this.placeOf(client, event, ground)
    const { run: next, effects } = advance(run, event, ground.live.model, place)
    const context = writing(ground, place.moment.member, new Date(), cause)
    for (const effect of effects) await perform(effect, { client, writer: this.writer, context })
    await saveRun(client, ground.schema, run.id, next)
  }

  private async placeOf(client: Queryable, event: PlacedEvent, ground: Ground): Promise<EventPlace> {
    const { model } = ground.live
    const object = model.objects[event.object]
    const context = writing(ground, await memberOf(client, ground.schema, event.actor), new Date(event.at), event.cause)
    if (!object) return { moment: context.moment, related: () => null }
    const related = relatedIn(client, context, new Map())
    const formulas = Object.values(object.fields).flatMap(field => (field.rule && field.columns.length === 0 ? [field.rule] : []))
    const relations = [...workflowPaths(object, model).map(path => path.slice(0, -1)), ...pathsOfRules(object, formulas, context)]
    await related.load(object, [event.after], relations, false)
    return { moment: context.moment, related: related.judged(object, event.before ?? null, event.after).related }
  }
}

async function memberOf(client: Queryable, schema: string, id: string | null): Promise<Member | null> {
  if (id === null) return null
  const [member] = await rowsIn<Member & { readonly [column: string]: unknown }>(
    client,
    schema,
    sql`select id, name, email from ${workspaceTable('_member')} where id = ${param(id)}`,
  )
  return member ?? null
}

/** A write of the product itself, in the name of whoever did what led to it. */
function writing({ schema, live, timeZone, currency }: Ground, member: Member | null, at: Date, cause: readonly Cause[]): WriteContext {
  const now = at.toISOString()
  return {
    schema,
    model: live.model,
    profile: null,
    channel: 'workflow',
    cause,
    currency,
    zone: timeZone,
    moment: { member, now, today: dayOf(now, timeZone), timeZone },
  }
}
