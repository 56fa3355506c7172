import { render, type Sql } from '@tessera/platform/sql/sql.js'
import type { QueryResultRow } from 'pg'
import type { Queryable } from './queryable.js'

/** Runs one statement on the tables of a workspace's schema and gives its rows; every value stands in it already. */
export async function rowsIn<T extends QueryResultRow = QueryResultRow>(client: Queryable, schema: string, statement: Sql): Promise<T[]> {
  const { text, values } = render(statement, schema)
  const { rows } = await client.query(text, [...values])
  return rows as unknown as T[]
}
