import { Inject } from '@nestjs/common'
import { Args, Context, GraphQLISODateTime, ID, Mutation, Query, Resolver } from '@nestjs/graphql'
import type { Caller } from '../access/caller.js'
import { requireAdmin, requireCaller } from '../access/require.js'
import { WhoAsks } from '../access/who-asks.js'
import { noteBy } from '../audit/by.js'
import { Database } from '../database/database.js'
import { inTransaction } from '../database/transaction.js'
import { Models } from '../publishing/models.js'
import { assignRole, endAssignment, listAssignments } from './assignments.js'
import { listGroups, putGroup, removeGroup } from './groups.js'
import { AssignmentInfo, GroupInfo, GroupPut } from './rights.types.js'

/** Where members stand, and which roles they hold for a time. */
@Resolver()
export class DirectoryResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Models) private readonly models: Models,
    @Inject(WhoAsks) private readonly whoAsks: WhoAsks,
  ) {}

  @Query(() => [GroupInfo], { description: 'Positions, teams, queues and territories; for members, who share records with them.' })
  groups(@Context('caller') caller: Caller | null): Promise<GroupInfo[]> {
    return listGroups(this.database.pool, requireCaller(caller).workspace.schema)
  }

  @Mutation(() => GroupInfo, { description: 'Makes a group, or changes the one of this kind and name, with all its members; for admins.' })
  async putGroup(@Args('data') data: GroupPut, @Context('caller') caller: Caller | null): Promise<GroupInfo> {
    const admin = requireAdmin(caller)
    const { above = null, ...input } = data
    const group = await inTransaction(this.database.pool, async client => {
      const before = (await listGroups(client, admin.workspace.schema)).find(({ kind, name }) => kind === input.kind && name === input.name)
      const made = await putGroup(client, admin.workspace.schema, { ...input, above })
      const { members } = made
      const data = { kind: made.kind, name: made.name, above, members, membersBefore: before?.members ?? null }
      await noteBy(client, admin, { kind: 'rights', action: before ? 'groupChanged' : 'groupMade', data })
      return made
    })
    this.whoAsks.forget()
    return group
  }

  @Mutation(() => Boolean, { description: 'Removes a group and what was shared with it; for admins.' })
  async removeGroup(
    @Args('kind', { type: () => String }) kind: string,
    @Args('name', { type: () => String }) name: string,
    @Context('caller') caller: Caller | null,
  ): Promise<boolean> {
    const admin = requireAdmin(caller)
    const isGone = await inTransaction(this.database.pool, async client => {
      const removed = await removeGroup(client, admin.workspace.schema, kind, name)
      if (removed) await noteBy(client, admin, { kind: 'rights', action: 'groupRemoved', data: { kind, name } })
      return removed
    })
    this.whoAsks.forget()
    return isGone
  }

  @Query(() => [AssignmentInfo], { description: 'Roles that members hold for a time, those that ended too; for admins.' })
  assignments(
    @Args('member', { type: () => ID, nullable: true }) member: string | null,
    @Context('caller') caller: Caller | null,
  ): Promise<AssignmentInfo[]> {
    return listAssignments(this.database.pool, requireAdmin(caller).workspace.schema, member ?? null)
  }

  @Mutation(() => AssignmentInfo, { description: 'Gives a member a role for a time, by the clock of the database; for admins.' })
  async assignRole(
    @Args('member', { type: () => ID }) member: string,
    @Args('role', { type: () => String }) role: string,
    @Args('from', { type: () => GraphQLISODateTime, nullable: true }) from: Date | null,
    @Args('until', { type: () => GraphQLISODateTime, nullable: true }) until: Date | null,
    @Context('caller') asking: Caller | null,
  ): Promise<AssignmentInfo> {
    const caller = requireAdmin(asking)
    const { schema } = caller.workspace
    const { model } = await this.models.current(schema)
    const input = { member, role, from: from ?? null, until: until ?? null }
    const assignment = await inTransaction(this.database.pool, async client => {
      const made = await assignRole(client, schema, input, caller.member.id, model)
      await noteBy(client, caller, { kind: 'rights', action: 'roleGiven', data: { ...input, assignment: made.id } })
      return made
    })
    this.whoAsks.forget()
    return assignment
  }

  @Mutation(() => Boolean, { description: 'Ends a role of a member at once; for admins.' })
  async endAssignment(@Args('id', { type: () => ID }) id: string, @Context('caller') caller: Caller | null): Promise<boolean> {
    const admin = requireAdmin(caller)
    const isEnded = await inTransaction(this.database.pool, async client => {
      const ended = await endAssignment(client, admin.workspace.schema, id)
      if (ended) await noteBy(client, admin, { kind: 'rights', action: 'roleEnded', data: { assignment: id } })
      return ended
    })
    this.whoAsks.forget()
    return isEnded
  }
}
