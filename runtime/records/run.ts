import type { ObjectModel } from '@tessera/platform/model/model.js'
import { readColumn, storedColumns, type Values } from '@tessera/platform/records/values.js'
import { join, name, render, type Sql, sql, valuesOf } from '@tessera/platform/sql/sql.js'
import type { QueryResultRow } from 'pg'
import type { Queryable } from '../database/queryable.js'
import { slotContext, type WriteContext } from './write-context.js'

/** Runs one piece of SQL in the context's workspace and gives its rows. */
export async function rowsOf<T extends QueryResultRow>(
  client: Queryable,
  piece: Sql,
  context: Pick<WriteContext, 'schema' | 'moment' | 'currency' | 'reach'>,
): Promise<T[]> {
  const statement = render(piece, context.schema)
  const { rows } = await client.query(statement.text, valuesOf(statement, { variables: {}, context: slotContext(context) }))
  return rows as unknown as T[]
}

/** The columns of whole records behind `select`, and how a row of them becomes the values of a record. */
export function readingOf(
  object: ObjectModel,
  alias: string,
): { readonly columns: Sql; readonly valuesOf: (row: QueryResultRow) => Values } {
  const columns = storedColumns(object)
  return {
    columns: join(columns.map((stored, index) => sql`${readColumn(stored, name(alias, stored.name))} as ${name(`c${index}`)}`)),
    valuesOf: row => Object.fromEntries(columns.map((stored, index) => [stored.key, row[`c${index}`] ?? null])),
  }
}
