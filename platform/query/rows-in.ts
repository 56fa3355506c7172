import type { ObjectModel } from '../model/model.js'
import { columnType } from '../sql/column-type.js'
import { join, name, type Sql, sql, workspaceTable } from '../sql/sql.js'

/** The rows of an object's table; what of it is only a draft reads as empty. */
export function rowsIn({ table, unborn }: ObjectModel): Sql {
  if (!unborn) return sql`${workspaceTable(table)}`
  const empty = join(unborn.columns.map(column => sql`null::${columnType(column.type)} as ${name(column.name)}`))
  return unborn.table ? sql`(select ${empty} where false)` : sql`(select u.*, ${empty} from ${workspaceTable(table)} u)`
}
