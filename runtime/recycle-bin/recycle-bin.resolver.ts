import { Inject } from '@nestjs/common'
import { Args, Context, GraphQLISODateTime, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql'
import { issue, localizeIssue } from '@tessera/platform/errors.js'
import type { Caller } from '../access/caller.js'
import { requireAdmin, requireCaller } from '../access/require.js'
import { Database } from '../database/database.js'
import { Workspace } from '../database/entities/workspace.js'
import { writeContext } from '../graphql/request-context.js'
import { Models } from '../publishing/models.js'
import { Writer } from '../records/writer.js'
import { RequestError } from '../request-error.js'
import { type BinContext, listDeletions, readDeletion } from './deletions.js'
import { type Purged, Purger } from './purger.js'
import { DeletionPage, PurgedInfo, RestoreConflictInfo, RestoredInfo } from './recycle-bin.types.js'
import { conflictsOf, restoreDeletion } from './restoring.js'

const day = 86_400_000
/** So many milliseconds one request purges; who asks for more asks again. */
const patience = 5_000

/** What was deleted, as far as the caller may see it, and the way back. */
@Resolver()
export class RecycleBinResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Models) private readonly models: Models,
    @Inject(Writer) private readonly writer: Writer,
    @Inject(Purger) private readonly purger: Purger,
  ) {}

  @Query(() => DeletionPage, { description: 'The deletions of which you may see something, the newest first.' })
  async deletions(
    @Args('mine', { type: () => Boolean, defaultValue: false, description: 'Only your own.' }) mine: boolean,
    @Args('first', { type: () => Int, defaultValue: 20 }) first: number,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
    @Context('caller') asking: Caller | null,
  ): Promise<DeletionPage> {
    const caller = requireCaller(asking)
    const context = await this.contextOf(caller)
    const { deletions, next } = await listDeletions(this.database.pool, { mine, first, after: after ?? null }, context)
    const { binDays } = await this.database.source.getRepository(Workspace).findOneByOrFail({ id: caller.workspace.id })
    const shown = deletions.map(({ deleted, ...deletion }) => ({
      ...deletion,
      until: new Date(deletion.at.getTime() + binDays * day),
      deleted: deleted.map(one => ({ ...one, object: one.object.name })),
    }))
    return { deletions: shown, next, days: binDays }
  }

  @Query(() => [RestoreConflictInfo], {
    description: 'What keeps a deletion from being restored, all at once; none when it can be. Nothing is changed.',
  })
  async restoreConflicts(
    @Args('deletion', { type: () => ID }) id: string,
    @Context('caller') asking: Caller | null,
  ): Promise<RestoreConflictInfo[]> {
    const caller = requireCaller(asking)
    const context = await this.contextOf(caller)
    const deletion = await readDeletion(this.database.pool, id, context)
    const conflicts = await conflictsOf(this.database.pool, deletion, context, this.writer)
    return conflicts.map(({ issue: found, ...conflict }) => {
      const { code, path, message, hint } = localizeIssue(found, caller.language)
      return { ...conflict, code, path, message, hint }
    })
  }

  @Mutation(() => [RestoredInfo], {
    description:
      'Brings everything back that a deletion took and that you may see, or nothing; gives the records that were asked for once.',
  })
  async restoreDeletion(
    @Args('deletion', { type: () => ID }) id: string,
    @Context('caller') asking: Caller | null,
  ): Promise<RestoredInfo[]> {
    const context = await this.contextOf(requireCaller(asking))
    const deletion = await readDeletion(this.database.pool, id, context)
    return restoreDeletion(this.database.pool, deletion, context, this.writer)
  }

  @Mutation(() => PurgedInfo, {
    description: 'Deletes for good what a deletion took, all of it; for admins. Nothing brings it back.',
  })
  async purgeDeletion(@Args('deletion', { type: () => ID }) id: string, @Context('caller') asking: Caller | null): Promise<Purged> {
    const caller = requireAdmin(asking)
    const deletion = await readDeletion(this.database.pool, id, await this.contextOf(caller))
    return this.purger.purge(caller.workspace.schema, { deletion: deletion.id }, purgedBy(caller), patience)
  }

  @Mutation(() => PurgedInfo, {
    description: 'Deletes for good all that was deleted until an instant; for admins. Nothing brings it back.',
  })
  async emptyBin(
    @Args('until', { type: () => GraphQLISODateTime }) until: Date,
    @Context('caller') asking: Caller | null,
  ): Promise<Purged> {
    const caller = requireAdmin(asking)
    const problem = { en: 'This is no instant.', 'zh-CN': '不是有效的时间。' }
    if (Number.isNaN(until.getTime())) throw new RequestError('BAD_REQUEST', [issue('INPUT_INVALID', 'until', { problem })])
    return this.purger.purge(caller.workspace.schema, { until }, purgedBy(caller), patience)
  }

  private async contextOf(caller: Caller): Promise<BinContext> {
    const live = await this.models.current(caller.workspace.schema)
    const profile = this.models.profile(live, caller.roles)
    return { ...writeContext({ caller, live, profile }, new Date()), profile }
  }
}

const purgedBy = ({ member, channel }: Caller) => ({ actor: member.id, channel })
