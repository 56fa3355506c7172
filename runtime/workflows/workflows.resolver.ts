import { Inject } from '@nestjs/common'
import { Args, Context, ID, Int, Query, Resolver } from '@nestjs/graphql'
import { type Issue, issue, localizeIssue } from '@tessera/platform/errors.js'
import { isId } from '@tessera/platform/fields/id-text.js'
import { dayOf } from '@tessera/platform/fields/zone.js'
import { longestChain, type Stop } from '@tessera/platform/workflows/match.js'
import type { Caller } from '../access/caller.js'
import { requireAdmin, requireCaller } from '../access/require.js'
import { Database } from '../database/database.js'
import { Models } from '../publishing/models.js'
import { readHistory } from './history.js'
import { listRuns } from './run-store.js'
import { HistoryEntry, RunInfo } from './workflows.types.js'

const most = 200

@Resolver()
export class WorkflowsResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Models) private readonly models: Models,
  ) {}

  @Query(() => [RunInfo], { description: 'The newest runs of workflows, of an object or a record when they are named; for admins.' })
  async runs(
    @Args('object', { type: () => String, nullable: true }) object: string | null,
    @Args('record', { type: () => ID, nullable: true }) record: string | null,
    @Args('first', { type: () => Int, defaultValue: 50 }) first: number,
    @Context('caller') caller: Caller | null,
  ): Promise<RunInfo[]> {
    const { workspace, language } = requireAdmin(caller)
    if (record && !isId(record)) return []
    const runs = await listRuns(this.database.pool, workspace.schema, object ?? null, record ?? null, limited(first))
    return runs.map(({ stop, ...run }) => ({ ...run, error: run.error ?? (stop && localizeIssue(stopIssue(stop), language).message) }))
  }

  @Query(() => [HistoryEntry], {
    description: 'What was done to a record, newest first; empty when there is no such record for the caller.',
  })
  async history(
    @Args('object', { type: () => String }) object: string,
    @Args('id', { type: () => ID }) id: string,
    @Args('first', { type: () => Int, defaultValue: 50 }) first: number,
    @Context('caller') asking: Caller | null,
  ): Promise<HistoryEntry[]> {
    const { member, reach, roles, workspace, timeZone } = requireCaller(asking)
    if (!isId(id)) return []
    const live = await this.models.current(workspace.schema)
    const now = new Date().toISOString()
    const moment = { member, now, today: dayOf(now, timeZone), timeZone }
    const { schema, currency } = workspace
    return readHistory(this.database.pool, object, id, limited(first), {
      schema,
      currency,
      model: live.model,
      profile: this.models.profile(live, roles),
      moment,
      reach,
    })
  }
}

const stopIssue = (stop: Stop): Issue =>
  stop === 'chainTooLong' ? issue('CHAIN_TOO_LONG', '', { limit: longestChain }) : issue('CHAIN_REPEATED', '')

const limited = (first: number): number => Math.min(Math.max(Math.trunc(first), 0), most)
