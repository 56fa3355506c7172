import type { ObjectModel } from '@tessera/platform/model/model.js'
import { column, from, queryContext, unrestricted, visible } from '@tessera/platform/query/source.js'
import { lookup } from '@tessera/platform/registry.js'
import { join, param, type Sql, sql } from '@tessera/platform/sql/sql.js'
import type { Queryable } from '../database/queryable.js'
import { readExisting } from './gather.js'
import { pointingAt } from './merge-moves.js'
import { rowsOf } from './run.js'
import type { WriteContext } from './write-context.js'

/** How many records of an object would point at the survivor of a merge then. */
export interface MergeEffect {
  readonly object: string
  readonly count: number
}

/**
 * What a merge of records would move, by object, as far as the caller may see it; nothing of records that are not there for them.
 * @param ids the records that would go
 */
export async function mergeEffects(
  client: Queryable,
  object: ObjectModel,
  ids: readonly string[],
  context: WriteContext,
): Promise<readonly MergeEffect[]> {
  const { profile, model } = context
  const existing = await readExisting(client, new Map([[object.name, new Set(ids)]]), context)
  const known = ids.filter(id => existing.has(`${object.name} ${id}`))
  if (known.length === 0) return []
  const query = queryContext(model, profile?.conditions ?? unrestricted, profile?.model ?? model)
  const parts = pointingAt(object, context).flatMap(({ holder, fields }): Sql[] => {
    const shown = lookup((profile?.model ?? model).objects, holder.name)
    const any = fields
      .filter(field => shown && Object.hasOwn(shown.fields, field.name))
      .map(field => sql`${column(field, 't')} = any(${param(known)}::uuid[])`)
    if (any.length === 0) return []
    const own = holder === object ? sql` and t.id <> all(${param(known)}::uuid[])` : sql``
    return [
      sql`select ${holder.name}::text as object, count(*)::int as count from ${from(holder, 't')} where (${join(any, ' or ')}) and ${visible(holder, 't', query)}${own}`,
    ]
  })
  if (parts.length === 0) return []
  const rows = await rowsOf<{ object: string; count: number }>(client, join(parts, ' union all '), context)
  return rows.filter(({ count }) => count > 0)
}
