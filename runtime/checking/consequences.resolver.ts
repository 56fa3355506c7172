import { Inject } from '@nestjs/common'
import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql'
import type { Caller } from '../access/caller.js'
import { Directory } from '../access/directory.js'
import { requireAdmin } from '../access/require.js'
import { Database } from '../database/database.js'
import type { RequestContext } from '../graphql/request-context.js'
import { Json } from '../publishing/json.js'
import { Models } from '../publishing/models.js'
import type { Decided } from '../publishing/publisher.js'
import { CheckInfo } from '../publishing/publishing.types.js'
import { costsBy } from './costs.js'
import { writtenSince } from './meanwhile.js'
import { sightsBy } from './sights.js'
import { thingsTouched } from './touched.js'
import { unkeptBy } from './unkept.js'

/** What a publish means for people, programs and records: each part is worked out only when it is asked for. */
@Resolver(() => CheckInfo)
export class ConsequencesResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Models) private readonly models: Models,
    @Inject(Directory) private readonly directory: Directory,
  ) {}

  @ResolveField(() => Json, {
    description:
      'What changes so that others may notice, and what uses it: a list of { do, kind, path, title, mentions: [{ kind, name, label, at, package }], views: { shared, others }, clients: [{ key, name, object, field, access, count, lastAt }] }.',
  })
  async touched(@Parent() { decided }: CheckInfo, @Context('caller') asking: Caller | null): Promise<unknown> {
    const caller = requireAdmin(asking)
    return decided ? thingsTouched(decided, this.database, caller) : []
  }

  @ResolveField(() => Json, {
    description:
      'Records that do not keep to what is asked of them, as far as the caller sees them: a list of { kind, path, object, title, bound, isWarning, count, isMore, looked, unchecked, rule, examples: [{ id, title, value }] }. Counted up to 10,000 and for some seconds.',
  })
  data(@Parent() { decided }: CheckInfo, @Context('caller') asking: Caller | null): Promise<unknown> {
    return this.look(decided, asking, (found, context) => unkeptBy(found, this.database, context))
  }

  @ResolveField(() => Json, {
    description:
      'Who gains or loses sight of what: a list of { role, label, members, object, title, read, actionsGained, actionsLost, fieldsGained, fieldsLost, people: [{ name, gained, lost, looked, unchecked }] }.',
  })
  access(@Parent() { decided }: CheckInfo, @Context('caller') asking: Caller | null): Promise<unknown> {
    return this.look(decided, asking, (found, context) => sightsBy(found, this.database, this.directory, context))
  }

  @ResolveField(() => Json, {
    description: 'What each step is reckoned to take: a list of { do, table, title, name, rows, seconds, waits, isBehind }.',
  })
  async cost(@Parent() { decided }: CheckInfo, @Context('caller') asking: Caller | null): Promise<unknown> {
    const { workspace } = requireAdmin(asking)
    return decided ? costsBy(decided, this.database, workspace.schema) : []
  }

  @ResolveField(() => Json, {
    description:
      'Of going back: what was written since, a list of { kind, path, object, title, count, isMore, unchecked, examples: [{ id, title, at }] }.',
  })
  meanwhile(@Parent() { decided }: CheckInfo, @Context('caller') asking: Caller | null): Promise<unknown> {
    return this.look(decided, asking, async (found, context) =>
      found.back === null ? [] : writtenSince(found.back, found, this.database, context),
    )
  }

  /** Looks at records in the name of the caller, who sees no more of them here than anywhere. */
  private async look(
    decided: Decided | null | undefined,
    asking: Caller | null,
    find: (decided: Decided, context: RequestContext) => Promise<readonly unknown[]>,
  ): Promise<readonly unknown[]> {
    const caller = requireAdmin(asking)
    if (!decided) return []
    const live = await this.models.current(caller.workspace.schema)
    return find(decided, { caller, live, profile: this.models.profile(live, caller.roles) })
  }
}
