import { Inject } from '@nestjs/common'
import { Args, Context, GraphQLISODateTime, ID, Int, Query, Resolver } from '@nestjs/graphql'
import { issue } from '@tessera/platform/errors.js'
import { lookup } from '@tessera/platform/registry.js'
import type { Caller } from '../access/caller.js'
import { requireCaller } from '../access/require.js'
import { Database } from '../database/database.js'
import { writeContext } from '../graphql/request-context.js'
import { Models } from '../publishing/models.js'
import { RequestError } from '../request-error.js'
import { AuditPage } from './audit.types.js'
import { searchEntries } from './search.js'
import { seeingOf } from './seen-data.js'
import { showEntries } from './shown.js'

@Resolver()
export class AuditResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Models) private readonly models: Models,
  ) {}

  @Query(() => AuditPage, { description: 'What was done by whom, the newest first; for admins and roles with `audit`.' })
  async auditLog(
    @Args('member', { type: () => ID, nullable: true }) member: string | null,
    @Args('record', { type: () => ID, nullable: true }) record: string | null,
    @Args('kinds', { type: () => [String], nullable: true }) kinds: string[] | null,
    @Args('from', { type: () => GraphQLISODateTime, nullable: true }) from: Date | null,
    @Args('until', { type: () => GraphQLISODateTime, nullable: true, description: 'Before this instant.' }) until: Date | null,
    @Args('first', { type: () => Int, defaultValue: 50 }) first: number,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
    @Context('caller') asking: Caller | null,
  ): Promise<AuditPage> {
    const caller = requireCaller(asking)
    if (!(await this.isAuditor(caller))) throw new RequestError('FORBIDDEN', [issue('AUDIT_NEEDED', '')])
    const search = {
      member: member ?? null,
      record: record ?? null,
      kinds: kinds ?? null,
      from: from ?? null,
      until: until ?? null,
      first,
      after: after ?? null,
    }
    const { entries, next } = await searchEntries(this.database.pool, caller.workspace.schema, search)
    const live = await this.models.current(caller.workspace.schema)
    const profile = this.models.profile(live, caller.roles)
    const context = { ...writeContext({ caller, live, profile }, new Date()), profile }
    const shown = await showEntries(this.database.pool, entries, context, seeingOf(live.elements, profile, caller.roles))
    // a hash says whether a guess of what one does not see is right
    return { entries: caller.isAdmin ? shown : shown.map(entry => ({ ...entry, hash: null })), next }
  }

  private async isAuditor({ isAdmin, roles, workspace }: Caller): Promise<boolean> {
    if (isAdmin) return true
    const { model } = await this.models.current(workspace.schema)
    return roles.some(role => lookup(model.roles, role)?.definition.audit === true)
  }
}
