import { Inject } from '@nestjs/common'
import { Args, Context, Field, ID, Int, ObjectType, Query, Resolver } from '@nestjs/graphql'
import { lookup } from '@tessera/platform/registry.js'
import type { Caller } from '../access/caller.js'
import { requireAdmin, requireCaller } from '../access/require.js'
import { Database } from '../database/database.js'
import { Models } from '../publishing/models.js'
import { openRecomputes } from '../records/recompute-jobs.js'
import { listChecks } from './kept-checks.js'

@ObjectType({ description: 'A kept field of which many values are being computed anew; until then they are those from before.' })
export class Recalculating {
  @Field(() => String)
  object!: string

  @Field(() => String)
  field!: string

  @Field(() => Int)
  done!: number

  @Field(() => Int, { nullable: true, description: 'Null until the records are counted.' })
  total!: number | null
}

@ObjectType({ description: 'A kept value that is not what computing it anew gives.' })
export class KeptDrift {
  @Field(() => String)
  object!: string

  @Field(() => String)
  field!: string

  @Field(() => ID)
  id!: string
}

@ObjectType({ description: 'A nightly check: a sample of the kept values, computed anew.' })
export class KeptCheck {
  @Field(() => String, { description: 'The day of the workspace, as YYYY-MM-DD.' })
  day!: string

  @Field(() => Int, { description: 'How many values were looked at.' })
  seen!: number

  @Field(() => Int, { description: 'How many of them differed.' })
  differing!: number

  @Field(() => [KeptDrift], { description: 'The first hundred of those that differed.' })
  drifts!: readonly KeptDrift[]
}

@Resolver()
export class RecomputingResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Models) private readonly models: Models,
  ) {}

  @Query(() => [Recalculating], { description: 'The fields that you may see whose values are being computed anew.' })
  async recalculating(
    @Args('object', { type: () => String, nullable: true }) object: string | null,
    @Context('caller') asking: Caller | null,
  ): Promise<Recalculating[]> {
    const { workspace, roles } = requireCaller(asking)
    const { model } = this.models.profile(await this.models.current(workspace.schema), roles)
    const open = await openRecomputes(this.database.pool, workspace.schema)
    const seen = open.filter(
      job => (object ?? job.object) === job.object && lookup(lookup(model.objects, job.object)?.fields ?? {}, job.field),
    )
    const byField = new Map<string, Recalculating>()
    for (const job of seen) {
      const key = `${job.object} ${job.field}`
      const known = byField.get(key) ?? { object: job.object, field: job.field, done: 0, total: 0 }
      const total = known.total === null || job.progress === null ? null : known.total + job.progress.total
      byField.set(key, { ...known, done: known.done + (job.progress?.done ?? 0), total })
    }
    return [...byField.values()]
  }

  @Query(() => [KeptCheck], { description: 'The nightly checks of what is kept, the last one first. For admins.' })
  async keptChecks(
    @Args('first', { type: () => Int, defaultValue: 7 }) first: number,
    @Context('caller') asking: Caller | null,
  ): Promise<readonly KeptCheck[]> {
    const { workspace } = requireAdmin(asking)
    return listChecks(this.database.pool, workspace.schema, Math.min(Math.max(first, 0), 30))
  }
}
