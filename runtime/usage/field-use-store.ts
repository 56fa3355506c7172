import { sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { Queryable } from '../database/queryable.js'
import { rowsIn } from '../database/rows-in.js'

const table = workspaceTable('_field_use')
/** Days that are kept, and how many fields of how many keys on one of them. */
const days = 30
const mostKept = 20_000

/** Whether a field was shown, filtered, ordered or grouped by, or written. */
export type FieldAccess = 'read' | 'write'

/** How often an API key used a field. */
export interface FieldUse {
  readonly key: string
  readonly object: string
  readonly field: string
  readonly access: FieldAccess
  readonly count: number
}

const dayOf = (now: Date): string => now.toISOString().slice(0, 10)

/** Adds to what is kept of a workspace, all in one statement, and forgets what is old; beyond a bound nothing new is kept of a day. */
export async function keepFieldUses(client: Queryable, schema: string, uses: readonly FieldUse[], now: Date): Promise<void> {
  const day = dayOf(now)
  // in the order of the primary key, so that nodes that keep the same never wait for each other in a circle
  await rowsIn(
    client,
    schema,
    sql`insert into ${table} as kept (key, object, field, access, day, count, last_at)
      select key, object, field, access, ${day}::date, count, ${now.toISOString()}::timestamptz
      from json_to_recordset(${JSON.stringify(uses)}::json) as u(key uuid, object text, field text, access text, count bigint)
      where (select count(*) from ${table} k where k.day = ${day}::date) < ${mostKept}::integer
      order by key, object, field, access
      on conflict (key, object, field, access, day) do update set count = kept.count + excluded.count, last_at = greatest(kept.last_at, excluded.last_at)`,
  )
  await rowsIn(client, schema, sql`delete from ${table} where day <= ${day}::date - ${days}::integer`)
}

/** How often an API key used a field in the days that are kept, and when it last did. */
export interface KeptUse extends FieldUse {
  readonly lastAt: Date
}

/**
 * Which API keys used fields in the days that are kept, the most frequent use first.
 * @param object of one object alone; null is all
 * @param field of one field alone; null is all
 */
export async function fieldUses(
  client: Queryable,
  schema: string,
  { object = null, field = null }: { readonly object?: string | null; readonly field?: string | null },
  now: Date,
): Promise<KeptUse[]> {
  const rows = await rowsIn<Omit<KeptUse, 'lastAt'> & { last_at: Date }>(
    client,
    schema,
    sql`select key, object, field, access, sum(count)::float8 as count, max(last_at) as last_at from ${table}
      where day > ${dayOf(now)}::date - ${days}::integer and (${object}::text is null or object = ${object}::text) and (${field}::text is null or field = ${field}::text)
      group by key, object, field, access order by 5 desc, 1, 2, 3, 4 limit 5000`,
  )
  return rows.map(({ last_at: lastAt, ...use }) => ({ ...use, lastAt }))
}
