import { columnType } from '../sql/column-type.js'
import { join, name, nothing, type Sql, sql, workspaceTable } from '../sql/sql.js'
import { type Alteration, primaryKeyName } from './diff.js'
import type { ColumnShape, IndexShape, TableShape } from './tables.js'

/** The statements of one alteration, each to be run by itself, in order. What is only hidden needs none. */
export function ddl(alteration: Alteration): readonly Sql[] {
  switch (alteration.do) {
    case 'createTable':
      return createTable(alteration.table)
    case 'addColumn':
      return [sql`alter table ${workspaceTable(alteration.table)} add column if not exists ${columnDefinition(alteration.column)}`]
    case 'addConstraint':
      return [
        sql`alter table ${workspaceTable(alteration.table)} add constraint ${name(alteration.constraint.name)} ${alteration.constraint.definition} not valid`,
      ]
    case 'validateConstraint':
      return [sql`alter table ${workspaceTable(alteration.table)} validate constraint ${name(alteration.name)}`]
    case 'createIndex':
      return [
        ...(alteration.replacesInvalid ? [dropIndex(alteration.index.name)] : []),
        createIndex(alteration.table, alteration.index, sql`concurrently if not exists`),
      ]
    case 'dropIndex':
      return [dropIndex(alteration.name)]
    case 'hideColumn':
    case 'hideTable':
      return []
  }
}

/** The statements that make tables where there are none yet: nobody waits for them, and no row has to be checked afterwards. */
export const newTables = (shapes: readonly TableShape[]): readonly Sql[] => [
  ...shapes.flatMap(createTable),
  ...shapes.flatMap(table =>
    table.constraints.map(
      constraint => sql`alter table ${workspaceTable(table.name)} add constraint ${name(constraint.name)} ${constraint.definition}`,
    ),
  ),
]

function createTable(table: TableShape): Sql[] {
  const columns = [...table.columns.map(columnDefinition), sql`constraint ${name(primaryKeyName(table.name))} primary key (id)`]
  return [
    sql`create table ${workspaceTable(table.name)} (${join(columns)})`,
    ...table.indexes.map(index => createIndex(table.name, index, nothing)),
  ]
}

const columnDefinition = (column: ColumnShape): Sql =>
  sql`${name(column.name)} ${columnType(column.type)}${column.nullable ? nothing : sql` not null`}`

const createIndex = (table: string, index: IndexShape, how: Sql): Sql =>
  sql`create ${index.unique ? sql`unique ` : nothing}index ${how} ${name(index.name)} on ${workspaceTable(table)} ${index.on}`

const dropIndex = (index: string): Sql => sql`drop index concurrently if exists ${workspaceTable(index)}`
