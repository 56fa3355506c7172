import { type Sql, integer, join, name, nothing, sql, workspaceTable } from '../sql/sql.js'
import { type Alteration, primaryKeyName } from './diff.js'
import type { ColumnShape, IndexShape, TableShape } from './tables.js'

/** The statements of one alteration, each to be run by itself, in order. What is only hidden needs none. */
export function ddl(alteration: Alteration): readonly Sql[] {
  switch (alteration.do) {
    case 'createTable': return createTable(alteration.table)
    case 'addColumn': return [sql`alter table ${workspaceTable(alteration.table)} add column if not exists ${columnDefinition(alteration.column)}`]
    case 'addConstraint': return [sql`alter table ${workspaceTable(alteration.table)} add constraint ${name(alteration.constraint.name)} ${alteration.constraint.definition} not valid`]
    case 'validateConstraint': return [sql`alter table ${workspaceTable(alteration.table)} validate constraint ${name(alteration.name)}`]
    case 'createIndex': return [...(alteration.replacesInvalid ? [dropIndex(alteration.index.name)] : []), createIndex(alteration.table, alteration.index, sql`concurrently if not exists`)]
    case 'dropIndex': return [dropIndex(alteration.name)]
    case 'hideColumn':
    case 'hideTable': return []
  }
}

function createTable(table: TableShape): Sql[] {
  const columns = [...table.columns.map(columnDefinition), sql`constraint ${name(primaryKeyName(table.name))} primary key (id)`]
  return [sql`create table ${workspaceTable(table.name)} (${join(columns)})`, ...table.indexes.map(index => createIndex(table.name, index, nothing))]
}

const columnDefinition = (column: ColumnShape): Sql => sql`${name(column.name)} ${typeOf(column.type)}${column.nullable ? nothing : sql` not null`}`

const createIndex = (table: string, index: IndexShape, how: Sql): Sql =>
  sql`create ${index.unique ? sql`unique ` : nothing}index ${how} ${name(index.name)} on ${workspaceTable(table)} ${index.on}`

const dropIndex = (index: string): Sql => sql`drop index concurrently if exists ${workspaceTable(index)}`

// the types of columns come from the field register, never from outside; this keeps it so
function typeOf(type: string): Sql {
  const known = types.get(type)
  if (known) return known
  const numeric = /^numeric\((\d{1,2}),(\d{1,2})\)$/.exec(type)
  if (!numeric) throw new Error(`Unknown column type ${type}`)
  return sql`numeric(${integer(Number(numeric[1]))},${integer(Number(numeric[2]))})`
}

const types = new Map<string, Sql>([
  ['text', sql`text`], ['uuid', sql`uuid`], ['integer', sql`integer`], ['boolean', sql`boolean`], ['date', sql`date`], ['timestamptz(3)', sql`timestamptz(3)`], ['text[]', sql`text[]`],
])
