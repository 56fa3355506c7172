import type { ObjectModel } from '@tessera/platform/model/model.js'
import { column, from } from '@tessera/platform/query/source.js'
import { name, type Sql, sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { PoolClient } from 'pg'
import type { Queryable } from '../database/queryable.js'
import { rowsOf } from '../records/run.js'
import type { WriteContext } from '../records/write-context.js'
import type { Writer } from '../records/writer.js'
import { endClaims, own } from './claims.js'

/** So many records go back to the pool in one transaction. */
const batch = 100

/** A record that goes back to the pool soon. */
export interface Recycled {
  readonly id: string
  /** When it goes. */
  readonly at: Date
  readonly [column: string]: unknown
}

/** What recycling asks of a record: an owner, a beginning, and that many days since. */
interface Due {
  readonly owner: Sql
  readonly since: Sql
  readonly days: number
  readonly warn: number
  readonly protect: number
}

function dueOf(object: ObjectModel): Due | null {
  const recycle = object.definition.access?.pool?.recycle
  const since = recycle && object.fields[recycle.since]
  const owner = object.fields.owner
  if (!recycle || !since || !owner) return null
  const { days, warn = days, protect = 0 } = recycle
  return { owner: column(owner, 't'), since: sql`${column(since, 't')}::timestamptz`, days, warn, protect }
}

/** When a record goes: so many days after its beginning, but not while it is protected. */
const goesAt = (object: ObjectModel, { since, days, protect }: Due): Sql =>
  sql`greatest(${since} + ${days} * interval '1 day', (select max(c.claimed_at) + ${protect} * interval '1 day' from ${workspaceTable('_claim')} c where c.object = ${object.table} and c.record = t.id and c.ended_at is null))`

/** The records of a member that go back to the pool and of which they are warned, the next one first. */
export async function warnings(client: Queryable, object: ObjectModel, member: string, context: WriteContext): Promise<Recycled[]> {
  const due = dueOf(object)
  if (!due) return []
  return rowsOf<Recycled>(
    client,
    sql`select t.id, ${goesAt(object, due)} as at from ${from(object, 't')}
      where ${due.owner} = ${member}::uuid and t.deleted_at is null and ${due.since} <= now() - ${due.warn} * interval '1 day' order by 2, 1 limit 200`,
    context,
  )
}

/**
 * Sends one batch of records back to the pool. Who works on one at this moment keeps it for now, and so does one that a rule holds back.
 * @param after the id behind which the batch begins
 * @returns how many went, and the last id that was looked at; null when there is none left
 */
export async function recycle(
  client: PoolClient,
  object: ObjectModel,
  after: string,
  context: WriteContext,
  writer: Writer,
): Promise<{ readonly went: number; readonly last: string | null }> {
  const due = dueOf(object)
  if (!due) return { went: 0, last: null }
  const rows = await rowsOf<{ id: string; owner: string }>(
    client,
    sql`select t.id, ${due.owner} as owner from ${from(object, 't')} where ${due.owner} is not null and ${name('t', 'deleted_at')} is null and t.id > ${after}::uuid
      and ${due.since} <= now() - ${due.days} * interval '1 day' and ${goesAt(object, due)} <= now() order by t.id limit ${batch} for no key update of t skip locked`,
    context,
  )
  const ids = rows.map(({ id }) => id)
  const went = new Set(ids.length === 0 ? [] : await own(client, object, ids, null, context, writer, false))
  await endClaims(
    client,
    object,
    rows.filter(({ id }) => went.has(id)),
    'recycled',
    context,
  )
  return { went: went.size, last: ids.at(-1) ?? null }
}
