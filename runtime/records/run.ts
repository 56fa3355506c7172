import { render, type Sql, valuesOf } from '@tessera/platform/sql/sql.js'
import type { QueryResultRow } from 'pg'
import type { Queryable } from '../database/queryable.js'
import { slotContext, type WriteContext } from './write-context.js'

/** Runs one piece of SQL in the context's workspace and gives its rows. */
export async function rowsOf<T extends QueryResultRow>(
  client: Queryable,
  piece: Sql,
  context: Pick<WriteContext, 'schema' | 'moment' | 'currency'>,
): Promise<T[]> {
  const statement = render(piece, context.schema)
  const { rows } = await client.query(statement.text, valuesOf(statement, { variables: {}, context: slotContext(context) }))
  return rows as unknown as T[]
}
