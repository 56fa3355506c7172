import { name, type Sql, sql, workspaceTable } from '../sql/sql.js'
import type { PresentTable } from './diff.js'
import type { TableShape } from './tables.js'

/** Something that no version in use needs any more. */
export type Leftover =
  | { readonly do: 'dropTable'; readonly table: string }
  | { readonly do: 'dropColumn'; readonly table: string; readonly column: string }

/**
 * What can go for good.
 * @param has the object tables of a workspace as they are
 * @param used the tables of each version that may still be gone back to
 */
export function leftovers(has: readonly PresentTable[], used: readonly (readonly TableShape[])[]): Leftover[] {
  const columns = new Map<string, Set<string>>()
  for (const table of used.flat()) {
    const known = columns.get(table.name) ?? new Set<string>()
    for (const column of table.columns) known.add(column.name)
    columns.set(table.name, known)
  }
  return has.flatMap((table): Leftover[] => {
    const known = columns.get(table.name)
    if (!known) return [{ do: 'dropTable', table: table.name }]
    return table.columns
      .filter(column => !known.has(column.name))
      .map(column => ({ do: 'dropColumn', table: table.name, column: column.name }))
  })
}

/** The statement that drops a leftover, with the keys and indexes that hang on it. */
export const dropLeftover = (leftover: Leftover): Sql =>
  leftover.do === 'dropTable'
    ? sql`drop table if exists ${workspaceTable(leftover.table)} cascade`
    : sql`alter table ${workspaceTable(leftover.table)} drop column if exists ${name(leftover.column)} cascade`
