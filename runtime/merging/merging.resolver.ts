import { Inject } from '@nestjs/common'
import { Args, Context, ID, Query, Resolver } from '@nestjs/graphql'
import { issue } from '@tessera/platform/errors.js'
import { isId } from '@tessera/platform/fields/id-text.js'
import { lookup } from '@tessera/platform/registry.js'
import type { Caller } from '../access/caller.js'
import { requireCaller } from '../access/require.js'
import { Database } from '../database/database.js'
import { writeContext } from '../graphql/request-context.js'
import { Models } from '../publishing/models.js'
import { mostMerged } from '../records/merge.js'
import { mergeEffects } from '../records/merge-effects.js'
import { RequestError } from '../request-error.js'
import { MergeEffect } from './merging.types.js'

@Resolver()
export class MergingResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Models) private readonly models: Models,
  ) {}

  @Query(() => [MergeEffect], {
    description: 'What merging records into another one would move to it, by object. Ids of no record move nothing.',
  })
  async mergeEffects(
    @Args('object', { type: () => String }) object: string,
    @Args('from', { type: () => [ID] }) from: string[],
    @Context('caller') asking: Caller | null,
  ): Promise<readonly MergeEffect[]> {
    const caller = requireCaller(asking)
    const live = await this.models.current(caller.workspace.schema)
    const profile = this.models.profile(live, caller.roles)
    const target = lookup(profile.model.objects, object) && lookup(live.model.objects, object)
    if (!target) throw new RequestError('NOT_FOUND', [issue('OBJECT_UNKNOWN', 'object', { object, suggestion: '' })])
    if (from.length > mostMerged) throw new RequestError('TOO_COMPLEX', [issue('MERGE_COUNT', 'from', { max: mostMerged })])
    return mergeEffects(this.database.pool, target, [...new Set(from.filter(isId))], writeContext({ caller, live, profile }, new Date()))
  }
}
