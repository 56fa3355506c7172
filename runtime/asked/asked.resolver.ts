import { Inject } from '@nestjs/common'
import { Args, Context, Query, Resolver } from '@nestjs/graphql'
import type { Caller } from '../access/caller.js'
import { requireAdmin } from '../access/require.js'
import { Database } from '../database/database.js'
import { AskedList } from './asked.types.js'
import { askedShapes } from './asked-store.js'

@Resolver()
export class AskedResolver {
  constructor(@Inject(Database) private readonly database: Database) {}

  @Query(() => [AskedList], { description: 'What requests asked of the lists of an object, the most frequent first. For admins.' })
  async askedLists(
    @Args('object', { type: () => String, nullable: true }) object: string | null,
    @Context('caller') caller: Caller | null,
  ): Promise<AskedList[]> {
    const shapes = await askedShapes(this.database.pool, requireAdmin(caller).workspace.schema, new Date())
    return shapes
      .filter(shape => (object ?? shape.object) === shape.object)
      .map(({ filters, order, ...shape }) => ({
        ...shape,
        filters: filters.map(([field, operator]) => ({ field, operator })),
        order: order.map(([field, direction]) => ({ field, direction })),
      }))
  }
}
