import { Inject } from '@nestjs/common'
import { Args, Context, ID, Query, Resolver } from '@nestjs/graphql'
import type { Caller } from '../access/caller.js'
import { requireCaller } from '../access/require.js'
import { Database } from '../database/database.js'
import { writeContext } from '../graphql/request-context.js'
import { Models } from '../publishing/models.js'
import { Explanation } from './why.types.js'
import { whyField } from './why-field.js'

@Resolver()
export class WhyResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Models) private readonly models: Models,
  ) {}

  @Query(() => [Explanation], {
    description:
      'Why a field of a record has its value, and is shown, required or read-only as it is; empty where no rule speaks, and when there is no such record or field for the caller.',
  })
  async why(
    @Args('object', { type: () => String }) object: string,
    @Args('id', { type: () => ID }) id: string,
    @Args('field', { type: () => String }) field: string,
    @Context('caller') asking: Caller | null,
  ): Promise<Explanation[]> {
    const caller = requireCaller(asking)
    const live = await this.models.current(caller.workspace.schema)
    const context = writeContext({ caller, live, profile: this.models.profile(live, caller.roles) }, new Date())
    return whyField(this.database.pool, object, id, field, caller.language, context)
  }
}
