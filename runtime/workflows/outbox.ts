import type { ObjectModel } from '@tessera/platform/model/model.js'
import { param, sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { RecordEvent } from '@tessera/platform/workflows/event.js'
import type { Watched } from '@tessera/platform/workflows/match.js'
import type { Pool, PoolClient } from 'pg'
import { newId } from '../database/id.js'
import type { Queryable } from '../database/queryable.js'
import { rowsIn } from '../database/rows-in.js'
import { inTransaction } from '../database/transaction.js'

const outbox = workspaceTable('_outbox')
const relay = workspaceTable('_relay')
const readers = workspaceTable('_reader')

/** So many events get their positions in one transaction. */
const mostStamped = 5_000

/** What happens to who sees a record, not to the record itself: nobody but those who follow records is told. */
export type ShareEvent = 'shared' | 'unshared'

/** A share that was given or taken back. */
export interface ShareTold {
  readonly share: string
  readonly grantee: string
  readonly level: string
}

/** Tells of shares of records that were given or taken back, in the transaction that does so. */
export async function addShareEvents(
  client: Queryable,
  schema: string,
  event: ShareEvent,
  shares: readonly (ShareTold & { readonly object: ObjectModel; readonly record: string })[],
): Promise<void> {
  for (const { object, record, ...told } of shares)
    await rowsIn(
      client,
      schema,
      sql`insert into ${outbox} (id, object, record, version, event, before, at)
        select ${newId()}::uuid, ${object.name}, id, version, ${event}, ${JSON.stringify(told)}::json, now() from ${workspaceTable(object.table)} where id = ${record}::uuid`,
    )
}

/** An event in its place. */
export interface PlacedEvent extends RecordEvent {
  readonly position: number
  readonly actor: string | null
}

/**
 * Gives every committed event without a position the next ones. One at a time in a workspace, under the lock of the relay's row:
 * so positions are commit order, whoever reads up to one has missed nothing, and the events of a record keep their order.
 * @returns how many were stamped
 */
export async function relayEvents(pool: Pool, schema: string): Promise<number> {
  for (let total = 0; ; ) {
    const stamped = await inTransaction(pool, client => stamp(client, schema))
    total += stamped
    if (stamped < mostStamped) return total
  }
}

async function stamp(client: PoolClient, schema: string): Promise<number> {
  // a statement of its own: the next one sees all that was committed before the lock was given
  const [held] = await rowsIn<{ position: string }>(client, schema, sql`select position from ${relay} where id = 1 for update`)
  const position = Number(held?.position ?? 0)
  const rows = await rowsIn(
    client,
    schema,
    sql`with next as (
      select id, row_number() over (order by version, id) as n from (
        select id, version from ${outbox} where position is null order by version, id limit ${mostStamped}) waiting)
    update ${outbox} o set position = ${position}::bigint + next.n from next where o.id = next.id returning o.id`,
  )
  if (rows.length > 0) await rowsIn(client, schema, sql`update ${relay} set position = ${position + rows.length} where id = 1`)
  return rows.length
}

/** The position up to which the next events behind another one go, so many at most; null when there are none. */
export async function nextPosition(client: Queryable, schema: string, position: number, limit: number): Promise<number | null> {
  const [row] = await rowsIn<{ last: number | null }>(
    client,
    schema,
    sql`select max(position)::float8 as last from (select position from ${outbox} where position > ${position} order by position limit ${limit}) next`,
  )
  return row?.last ?? null
}

/** The events behind a position, up to another one, that somebody watches; in order. What nobody watches is not even read. */
export async function watchedEvents(
  client: Queryable,
  schema: string,
  { from, to }: { readonly from: number; readonly to: number },
  watched: readonly Watched[],
): Promise<PlacedEvent[]> {
  if (watched.length === 0) return []
  const rows = await rowsIn<PlacedEvent & { readonly [column: string]: unknown }>(
    client,
    schema,
    sql`
    select id, object, record, version, event, coalesce(fields, '{}') as fields, before, coalesce(after, '{}'::json) as after, actor, coalesce(channel, 'api') as channel, cause,
      to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, position::float8 as position
    from ${outbox} o where position > ${from} and position <= ${to}
      and exists (select from json_to_recordset(${JSON.stringify(watched)}::json) as w(object text, event text, fields text[])
        where w.object = o.object and w.event = o.event and (w.fields = '{}' or w.fields && o.fields))
    order by position`,
  )
  return rows.map(row => ({ ...row, cause: row.cause ?? [] }))
}

/** Makes sure that a reader has its row; it begins with the first event. */
export async function addReader(client: Queryable, schema: string, reader: string): Promise<void> {
  await rowsIn(client, schema, sql`insert into ${readers} (name, position) values (${reader}, 0) on conflict do nothing`)
}

/** Locks a reader until the transaction ends and gives its position; null while somebody else reads. */
export async function lockReader(client: Queryable, schema: string, reader: string): Promise<number | null> {
  const [row] = await rowsIn<{ position: string }>(
    client,
    schema,
    sql`select position from ${readers} where name = ${reader} for update skip locked`,
  )
  return row ? Number(row.position) : null
}

/** Writes down that a reader is through with everything up to a position. */
export async function moveReader(client: Queryable, schema: string, reader: string, position: number): Promise<void> {
  await rowsIn(client, schema, sql`update ${readers} set position = ${position} where name = ${reader}`)
}

/** An event as those see it who follow records. */
export interface FollowedEvent {
  readonly id: string
  readonly object: string
  readonly record: string
  readonly event: RecordEvent['event'] | ShareEvent
  /** The record as it was; of a share, the share. */
  readonly before: RecordEvent['before']
  /** Of links only: what the others became is read as it is now. */
  readonly after: RecordEvent['before']
  readonly position: number
}

/**
 * The events of some objects behind a position, up to the last one that has a position now; `end` is how far one has read with them.
 * @param links those of the objects that hold links
 */
export async function followedAfter(
  client: Queryable,
  schema: string,
  position: number,
  { objects, links }: { readonly objects: readonly string[]; readonly links: readonly string[] },
  limit: number,
): Promise<{ readonly events: readonly FollowedEvent[]; readonly end: number }> {
  const end = await lastPosition(client, schema)
  if (end <= position) return { events: [], end: position }
  const events = await rowsIn<FollowedEvent & { readonly [column: string]: unknown }>(
    client,
    schema,
    sql`select id, object, record, event, before, case when object = any(${param(links)}::text[]) then after end as after, position::float8 as position from ${outbox}
      where position > ${position} and position <= ${end} and object = any(${param(objects)}::text[]) order by position limit ${limit}`,
  )
  return { events, end: events.length < limit ? end : (events.at(-1)?.position ?? end) }
}

/** The position that was given last. */
export async function lastPosition(client: Queryable, schema: string): Promise<number> {
  const [row] = await rowsIn<{ position: string }>(client, schema, sql`select position from ${relay} where id = 1`)
  return Number(row?.position ?? 0)
}

/** Whether events behind a position, or without one yet, wait to be read. */
export async function hasEventsAfter(client: Queryable, schema: string, position: number): Promise<boolean> {
  const [row] = await rowsIn<{ waits: boolean }>(
    client,
    schema,
    sql`select (select position from ${relay} where id = 1) > ${position}::bigint or exists (select from ${outbox} where position is null) as waits`,
  )
  return row?.waits === true
}

/** The position before the events of the last seconds; of those without a position yet, all come later. */
export async function positionSecondsAgo(client: Queryable, schema: string, seconds: number): Promise<number> {
  const [row] = await rowsIn<{ position: string }>(
    client,
    schema,
    sql`select coalesce(min(position) - 1, (select position from ${relay} where id = 1)) as position
      from (select position, at from ${outbox} where position is not null order by position desc limit 500) last
      where at > now() - ${seconds}::integer * interval '1 second'`,
  )
  return Number(row?.position ?? 0)
}

/** The position of an event; null when there is no such event with one. */
export async function positionOf(client: Queryable, schema: string, event: string): Promise<number | null> {
  const [row] = await rowsIn<{ position: string | null }>(client, schema, sql`select position from ${outbox} where id = ${event}::uuid`)
  return row?.position == null ? null : Number(row.position)
}
