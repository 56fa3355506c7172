import type { ObjectModel } from '../model/model.js'
import { join, literal, nothing, type Sql, sql, workspaceTable } from '../sql/sql.js'

/** Where an id leads: that of a record which was merged, to the one that it went into. */
export function endOf(id: Sql, [first, ...others]: readonly ObjectModel[]): Sql {
  if (!first) return id
  const table = sql`m.object = ${literal(first.table)}`
  const tables = others.length === 0 ? table : sql`m.object in (${join([first, ...others].map(({ table: one }) => literal(one)))})`
  return sql`coalesce((select m.ends_at from ${workspaceTable('_merged')} m where m.record = ${id} and ${tables}${others.length === 0 ? nothing : sql` limit 1`}), ${id})`
}
