import { sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { AskedShape, ListShape } from '@tessera/platform/tables/list-shape.js'
import type { Queryable } from '../database/queryable.js'
import { rowsIn } from '../database/rows-in.js'

const table = workspaceTable('_asked')
/** Days that are kept, and how many shapes of a workspace. */
const days = 30
const mostKept = 200

/** A shape as its row has it. */
interface Shaped {
  readonly filters: ListShape['filters']
  readonly order: ListShape['order']
}

/** What was asked since it was last kept: shapes of one workspace with how often. */
export type Asked = readonly { readonly shape: ListShape; readonly count: number }[]

const dayOf = (now: Date): string => now.toISOString().slice(0, 10)

/** Adds to what is kept of a workspace, all in one statement, and forgets what is old or was asked least. */
export async function keepAsked(client: Queryable, schema: string, asked: Asked, now: Date): Promise<void> {
  const rows = asked.map(({ shape: { object, filters, order }, count }) => ({ object, shape: JSON.stringify({ filters, order }), count }))
  const day = dayOf(now)
  // in the order of the key, so that nodes that keep the same never wait for each other in a circle
  await rowsIn(
    client,
    schema,
    sql`insert into ${table} as kept (object, shape, day, count, last_at)
      select object, shape, ${day}::date, count, ${now.toISOString()}::timestamptz
      from json_to_recordset(${JSON.stringify(rows)}::json) as r(object text, shape text, count bigint) order by object, shape
      on conflict (object, shape, day) do update set count = kept.count + excluded.count, last_at = greatest(kept.last_at, excluded.last_at)`,
  )
  const first = sql`${day}::date - ${days}::integer`
  await rowsIn(
    client,
    schema,
    sql`delete from ${table} where day <= ${first} or (object, shape) in (
      select object, shape from ${table} where day > ${first} group by object, shape order by sum(count) desc, max(last_at) desc, object, shape offset ${mostKept}::integer)`,
  )
}

/** A shape that was asked for, with when it last was. */
export interface KeptShape extends AskedShape {
  readonly lastAt: Date
}

/** What was asked of the lists of a workspace in the days that are kept, the most frequent first. */
export async function askedShapes(client: Queryable, schema: string, now: Date): Promise<KeptShape[]> {
  const rows = await rowsIn<{ object: string; shape: string; count: number; last_at: Date }>(
    client,
    schema,
    sql`select object, shape, sum(count)::float8 as count, max(last_at) as last_at from ${table}
      where day > ${dayOf(now)}::date - ${days}::integer group by object, shape order by 3 desc, 1, 2`,
  )
  return rows.map(({ object, shape, count, last_at: lastAt }) => {
    const { filters, order } = JSON.parse(shape) as Shaped
    return { object, filters, order, count, lastAt }
  })
}
