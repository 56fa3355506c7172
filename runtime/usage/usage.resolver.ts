import { Inject } from '@nestjs/common'
import { Args, Context, Query, Resolver } from '@nestjs/graphql'
import type { Caller } from '../access/caller.js'
import { requireAdmin } from '../access/require.js'
import { Database } from '../database/database.js'
import { fieldUses } from './field-use-store.js'
import { keyNames } from './key-names.js'
import { FieldUseInfo } from './usage.types.js'

@Resolver()
export class UsageResolver {
  constructor(@Inject(Database) private readonly database: Database) {}

  @Query(() => [FieldUseInfo], {
    description: 'Which API keys read and wrote fields in the last 30 days, the most frequent use first. For admins.',
  })
  async fieldUse(
    @Args('object', { type: () => String, nullable: true }) object: string | null,
    @Args('field', { type: () => String, nullable: true }) field: string | null,
    @Context('caller') asking: Caller | null,
  ): Promise<FieldUseInfo[]> {
    const { workspace } = requireAdmin(asking)
    const uses = await fieldUses(this.database.pool, workspace.schema, { object: object ?? null, field: field ?? null }, new Date())
    const names = await keyNames(this.database, workspace.id)
    return uses.map(use => ({ ...use, name: names.get(use.key) ?? null }))
  }
}
