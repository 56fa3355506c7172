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
import { deletionEffects } from '../records/deletion-effects.js'
import { RequestError } from '../request-error.js'
import { DeletionEffectInfo } from './deleting.types.js'

/** As many as one write takes. */
const mostRecords = 10_000

@Resolver()
export class DeletingResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Models) private readonly models: Models,
  ) {}

  @Query(() => [DeletionEffectInfo], {
    description:
      'What deleting these records would do to others that the caller may see: first what keeps it from being done and what another record has to take over, then what goes along, then what is moved or emptied. Ids of no record do nothing.',
  })
  async deletionEffects(
    @Args('object', { type: () => String }) object: string,
    @Args('ids', { type: () => [ID] }) ids: readonly string[],
    @Context('caller') asking: Caller | null,
  ): Promise<DeletionEffectInfo[]> {
    const caller = requireCaller(asking)
    const live = await this.models.current(caller.workspace.schema)
    const profile = this.models.profile(live, caller.roles)
    const context = writeContext({ caller, live, profile }, new Date())
    const target = lookup(profile.model.objects, object) && lookup(live.model.objects, object)
    if (!target) throw new RequestError('NOT_FOUND', [issue('OBJECT_UNKNOWN', 'object', { object, suggestion: '' })])
    if (ids.length > mostRecords)
      throw new RequestError('TOO_COMPLEX', [
        issue('INPUT_INVALID', 'ids', {
          problem: { en: `At most ${mostRecords} records at once.`, 'zh-CN': `一次最多 ${mostRecords} 条记录。` },
        }),
      ])
    const found = await deletionEffects(this.database.pool, target, [...new Set(ids.filter(isId))], context)
    return found.map(({ rule, object: holder, field, count }) => ({ rule, object: holder.name, field: field.name, count }))
  }
}
