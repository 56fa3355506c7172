import { Inject } from '@nestjs/common'
import { Args, Context, GraphQLISODateTime, ID, Mutation, Query, Resolver } from '@nestjs/graphql'
import { issue } from '@tessera/platform/errors.js'
import { isId } from '@tessera/platform/fields/id-text.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import type { PoolClient } from 'pg'
import type { Caller } from '../access/caller.js'
import { requireAdmin, requireCaller } from '../access/require.js'
import { Database } from '../database/database.js'
import { inTransaction } from '../database/transaction.js'
import { Models } from '../publishing/models.js'
import { OutboxSignal } from '../records/outbox-signal.js'
import type { WriteContext } from '../records/write-context.js'
import { Writer } from '../records/writer.js'
import { RequestError } from '../request-error.js'
import { contextOf, notFound, objectIn, requireRecord } from './asking.js'
import { claimRecord, releaseRecord } from './claims.js'
import { explainAccess } from './explain-access.js'
import { InNameOf } from './in-name-of.js'
import { warnings } from './recycling.js'
import { listReveals, reveal } from './reveal.js'
import { ExplainedActionInfo, RecycledInfo, RevealInfo, ShareInfo } from './rights.types.js'
import { listShares, shareRecord, unshareRecord } from './shares.js'
import { tellAccess } from './told-access.js'

const objectArg = { type: () => String } as const

/** Rights on single records: shares, masked values, claims, and why. */
@Resolver()
export class RecordRightsResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Models) private readonly models: Models,
    @Inject(Writer) private readonly writer: Writer,
    @Inject(OutboxSignal) private readonly signal: OutboxSignal,
    @Inject(InNameOf) private readonly names: InNameOf,
  ) {}

  @Query(() => [ShareInfo], { description: 'With whom a record is shared; for those who may share it.' })
  async shares(
    @Args('object', objectArg) object: string,
    @Args('id', { type: () => ID }) id: string,
    @Context('caller') caller: Caller | null,
  ): Promise<ShareInfo[]> {
    const context = await contextOf(requireCaller(caller), this.models)
    return listShares(this.database.pool, objectIn(context, object), id, context)
  }

  @Mutation(() => ShareInfo, { description: 'Shares a record with a member or a group; again, to change the level or the end.' })
  shareRecord(
    @Args('object', objectArg) object: string,
    @Args('id', { type: () => ID }) id: string,
    @Args('with', { type: () => ID }) grantee: string,
    @Args('level', { type: () => String, defaultValue: 'read' }) level: string,
    @Args('until', { type: () => GraphQLISODateTime, nullable: true }) until: Date | null,
    @Context('caller') caller: Caller | null,
  ): Promise<ShareInfo> {
    if (level !== 'read' && level !== 'edit')
      throw new RequestError('BAD_REQUEST', [issue('SETTING_INVALID', 'level', { value: level, expected: 'read, edit' })])
    const share = { id, grantee, level, until: until ?? null } as const
    return this.within(caller, object, (client, target, context) => shareRecord(client, target, share, context), true)
  }

  @Mutation(() => Boolean, { description: 'Ends a share; gives whether there was one.' })
  unshareRecord(
    @Args('object', objectArg) object: string,
    @Args('id', { type: () => ID }) id: string,
    @Args('with', { type: () => ID }) grantee: string,
    @Context('caller') caller: Caller | null,
  ): Promise<boolean> {
    return this.within(caller, object, (client, target, context) => unshareRecord(client, target, id, grantee, context), true)
  }

  @Mutation(() => String, { nullable: true, description: 'Shows a masked value whole; who saw it is kept.' })
  reveal(
    @Args('object', objectArg) object: string,
    @Args('id', { type: () => ID }) id: string,
    @Args('field', { type: () => String }) field: string,
    @Context('caller') caller: Caller | null,
  ): Promise<string | null> {
    return this.within(caller, object, (client, target, context) => reveal(client, target, id, field, context))
  }

  @Query(() => [RevealInfo], { description: 'Who saw masked values whole, newest first; for admins.' })
  reveals(
    @Args('object', objectArg) object: string,
    @Args('id', { type: () => ID, nullable: true }) id: string | null,
    @Context('caller') caller: Caller | null,
  ): Promise<RevealInfo[]> {
    return this.within(requireAdmin(caller), object, (client, target, context) =>
      listReveals(client, target, id?.toLowerCase() ?? null, context),
    )
  }

  @Mutation(() => Boolean, {
    description: 'Makes the caller the owner of a record of the pool or of their queue; of several at once one wins.',
  })
  async claimRecord(
    @Args('object', objectArg) object: string,
    @Args('id', { type: () => ID }) id: string,
    @Context('caller') caller: Caller | null,
  ): Promise<boolean> {
    await this.within(caller, object, (client, target, context) => claimRecord(client, target, id, context, this.writer), true)
    return true
  }

  @Mutation(() => Boolean, { description: 'Gives a record of the caller back to the pool or the queue.' })
  async releaseRecord(
    @Args('object', objectArg) object: string,
    @Args('id', { type: () => ID }) id: string,
    @Context('caller') caller: Caller | null,
  ): Promise<boolean> {
    await this.within(caller, object, (client, target, context) => releaseRecord(client, target, id, context, this.writer), true)
    return true
  }

  @Query(() => [RecycledInfo], { description: 'The caller’s records that go back to the pool soon, the next one first.' })
  recycledSoon(@Args('object', objectArg) object: string, @Context('caller') caller: Caller | null): Promise<RecycledInfo[]> {
    const asking = requireCaller(caller)
    return this.within(asking, object, (client, target, context) => warnings(client, target, asking.member.id, context))
  }

  @Query(() => [ExplainedActionInfo], {
    description:
      'What a member may do with a record and by which rules; of others than oneself for admins. Without a member, of the caller.',
  })
  explainAccess(
    @Args('object', objectArg) object: string,
    @Args('id', { type: () => ID }) id: string,
    @Args('member', { type: () => ID, nullable: true }) member: string | null,
    @Context('caller') asking: Caller | null,
  ): Promise<ExplainedActionInfo[]> {
    const caller = requireCaller(asking)
    const other = member !== null && member !== undefined && member !== caller.member.id ? member : null
    if (other !== null) requireAdmin(caller)
    return this.within(caller, object, async (client, target, context) => {
      if (!isId(id)) throw notFound()
      await requireRecord(client, target, id, 'read', context)
      const asked = other === null ? context : await this.names.of(client, other, context)
      const found = await explainAccess(client, target, id, asked)
      if (!found) throw notFound()
      return tellAccess(client, target, found, { asker: context, of: asked, locale: caller.language })
    })
  }

  /** Does work on an object that the caller sees, in one transaction; what it wrote is told after the commit. */
  private async within<T>(
    caller: Caller | null,
    name: string,
    work: (client: PoolClient, object: ObjectModel, context: WriteContext) => Promise<T>,
    writes = false,
  ): Promise<T> {
    const context = await contextOf(requireCaller(caller), this.models)
    const object = objectIn(context, name)
    const result = await inTransaction(this.database.pool, client => work(client, object, context))
    if (writes) this.signal.wrote(context.schema)
    return result
  }
}
