import type { Pool } from 'pg'

/** An index that no query has used since PostgreSQL began to count. */
export interface UnusedIndex {
  readonly table: string
  readonly index: string
  readonly bytes: number
}

const most = 20
const worthTelling = 1024 * 1024

/** The largest indexes of a workspace that only cost: those that keep nothing unique, are not small, and that no query has used. */
export async function unusedIndexes(pool: Pool, schema: string): Promise<UnusedIndex[]> {
  const { rows } = await pool.query<UnusedIndex>(
    `select s.relname as table, s.indexrelname as index, pg_relation_size(s.indexrelid)::float8 as bytes
     from pg_stat_user_indexes s join pg_index i on i.indexrelid = s.indexrelid
     where s.schemaname = $1 and s.idx_scan = 0 and not i.indisunique and s.relname not like '\\_%' and pg_relation_size(s.indexrelid) >= $2
     order by 3 desc, 2 limit $3`,
    [schema, worthTelling, most],
  )
  return rows
}
