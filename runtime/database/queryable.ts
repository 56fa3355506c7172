import type { QueryResult } from 'pg'

/** What statements can be sent to: a pool, or one client of it inside a transaction. */
export interface Queryable {
  query(text: string, values?: unknown[]): Promise<QueryResult<Record<string, unknown>>>
  query(statement: { name?: string; text: string; values?: unknown[] }): Promise<QueryResult<Record<string, unknown>>>
}
