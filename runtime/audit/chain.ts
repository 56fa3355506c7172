import { createHash } from 'node:crypto'
import { literal, name, param, type Sql, sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { PoolClient } from 'pg'
import type { Queryable } from '../database/queryable.js'
import { rowsIn } from '../database/rows-in.js'
import { addReader, lockReader, moveReader } from '../workflows/outbox.js'

const audit = workspaceTable('_audit')
const head = workspaceTable('_audit_head')
const history = workspaceTable('_history')
const outbox = workspaceTable('_outbox')

/** What follows the outbox under this name. */
export const auditReader = 'audit'
/** So many events, and so many entries between them, get their places in one transaction. */
const batch = 2_000

const instant = (column: Sql): Sql => sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** The digest of a row of history; it does not depend on any setting of the session. */
export const historyDigest = (h: string): Sql => {
  const c = (column: string) => name(h, column)
  return sql`sha256(convert_to(json_build_array(${c('id')}, ${c('object')}, ${c('record')}, ${c('version')}, ${instant(c('at'))}, ${c('actor')}, ${c('action')}, ${c('before')}::text, ${c('after')}::text, ${c('channel')}, ${c('cause')}::text)::text, 'UTF8'))`
}

/** The digest of an entry without its place; `content` is that of its row of history, or null. */
const entryDigest = (
  parts: Readonly<
    Record<'id' | 'at' | 'kind' | 'action' | 'actor' | 'object' | 'record' | 'channel' | 'address' | 'data' | 'content', Sql>
  >,
): Sql =>
  sql`sha256(convert_to(json_build_array(${parts.id}, ${instant(parts.at)}, ${parts.kind}, ${parts.action}, ${parts.actor}, ${parts.object}, ${parts.record}, ${parts.channel}, ${parts.address}, ${parts.data}, encode(${parts.content}, 'hex'))::text, 'UTF8'))`

/** The digest of an entry as it stands in the log. */
export const keptDigest = (a: string, content: Sql = name(a, 'content')): Sql => {
  const c = (column: string) => name(a, column)
  return entryDigest({
    id: c('id'),
    at: c('at'),
    kind: c('kind'),
    action: c('action'),
    actor: c('actor'),
    object: c('object'),
    record: c('record'),
    channel: c('channel'),
    address: c('address'),
    data: sql`${c('data')}::text`,
    content,
  })
}

/** The digest that the entry of a row of history will have; `h` has the row's own as `content`. */
const comingDigest = (h: string): Sql => {
  const c = (column: string) => name(h, column)
  return entryDigest({
    id: c('id'),
    at: c('at'),
    kind: sql`'record'`,
    action: c('action'),
    actor: c('actor'),
    object: c('object'),
    record: c('record'),
    channel: c('channel'),
    address: sql`null::text`,
    data: sql`null::text`,
    content: c('content'),
  })
}

/** The hash of an entry: of the one before it, its place, and its digest. */
export function linkHash(previous: Buffer, position: number, digest: Buffer): Buffer {
  const place = Buffer.alloc(8)
  place.writeBigUInt64BE(BigInt(position))
  return createHash('sha256').update(previous).update(place).update(digest).digest()
}

interface Coming {
  /** Of the entry; of what happened to a record also that of its row of history. */
  readonly id: string
  readonly at: Date
  readonly digest: Buffer
  readonly content: Buffer | null
}

interface Placed extends Coming {
  readonly position: number
  readonly hash: Buffer
}

/** The same question as a condition over the tables of a workspace. */
export const isComing: Sql = sql`exists(select from ${outbox} where position is null) or exists(select from ${audit} where position is null)
  or (select position from ${workspaceTable('_relay')} where id = 1) > coalesce((select position from ${workspaceTable('_reader')} where name = ${literal(auditReader)}), 0)`

/** Whether anything waits for its place in the chain: an event, or an entry. */
export async function hasComing(client: Queryable, schema: string): Promise<boolean> {
  const [row] = await rowsIn<{ has: boolean }>(client, schema, sql`select ${isComing} as has`)
  return row?.has ?? false
}

/**
 * Gives what waits its place in the chain, some of it: what happened to records in the order of the outbox, other entries between by time.
 * All or nothing, one at a time in a workspace: who finds another one at work leaves it to them.
 * @param client inside a transaction
 * @returns how many events and entries were looked at; none when there is nothing to do
 */
export async function chainSome(client: PoolClient, schema: string): Promise<number> {
  await addReader(client, schema, auditReader)
  const from = await lockReader(client, schema, auditReader)
  if (from === null) return 0
  const events = await comingEvents(client, schema, from)
  const entries = await comingEntries(client, schema)
  const last = events.at(-1)
  if (!last && entries.length === 0) return 0
  const [end] = await rowsIn<{ position: string; hash: Buffer }>(
    client,
    schema,
    sql`select position, hash from ${head} where id = 1 for update`,
  )
  if (!end) throw new Error('The audit log has lost its end')
  const records = events.flatMap(({ id, digest, ...event }) => (id && digest ? [{ ...event, id, digest }] : []))
  const placed = linked(inOrder(records, entries), Number(end.position), end.hash)
  await keep(client, schema, placed, new Set(entries.map(({ id }) => id)))
  const top = placed.at(-1)
  if (top) await rowsIn(client, schema, sql`update ${head} set position = ${top.position}, hash = ${top.hash}::bytea where id = 1`)
  if (last) await moveReader(client, schema, auditReader, last.position)
  return events.length + entries.length
}

interface ComingEvent {
  readonly position: number
  readonly id: string | null
  readonly at: Date
  readonly digest: Buffer | null
  readonly content: Buffer | null
}

/** The next events, with the rows of history of those that have one: what is only computed has none. */
async function comingEvents(client: Queryable, schema: string, from: number): Promise<ComingEvent[]> {
  return rowsIn<ComingEvent & { readonly [column: string]: unknown }>(
    client,
    schema,
    sql`select o.position::float8 as position, o.at, h.id, h.digest, h.content
      from (select * from ${outbox} where position > ${from} order by position limit ${batch}) o
      left join lateral (select k.id, k.content, ${comingDigest('k')} as digest from (
        select h.*, ${historyDigest('h')} as content from ${history} h
        where h.record = o.record and h.at = o.at and h.object = o.object and h.version = o.version and h.action = o.event limit 1) k) h on true
      order by o.position`,
  )
}

/** The entries that have no place yet; those of rows of history that no event tells of get their digests now. */
async function comingEntries(client: Queryable, schema: string): Promise<Coming[]> {
  return rowsIn<Coming & { readonly [column: string]: unknown }>(
    client,
    schema,
    sql`select a.id, a.at, ${keptDigest('a', sql`w.content`)} as digest, w.content from (select * from ${audit} where position is null order by at, id limit ${batch}) a
      left join lateral (select ${historyDigest('h')} as content from ${history} h where a.kind = 'record' and h.id = a.id) w on true order by a.at, a.id`,
  )
}

/** Records keep the order of the outbox; the others stand before the first of them that is later. */
function inOrder(records: readonly Coming[], entries: readonly Coming[]): Coming[] {
  const all: Coming[] = []
  let next = 0
  for (const record of records) {
    for (let entry = entries[next]; entry && entry.at < record.at; entry = entries[++next]) all.push(entry)
    all.push(record)
  }
  return [...all, ...entries.slice(next)]
}

function linked(coming: readonly Coming[], position: number, hash: Buffer): Placed[] {
  let [at, previous] = [position, hash]
  return coming.map(one => {
    at++
    previous = linkHash(previous, at, one.digest)
    return { ...one, position: at, hash: previous }
  })
}

/** Writes entries of rows of history anew, and stamps those that are there already. */
async function keep(client: Queryable, schema: string, placed: readonly Placed[], known: ReadonlySet<string>): Promise<void> {
  const rowsOf = (those: readonly Placed[]) =>
    sql`json_to_recordset(${JSON.stringify(those.map(({ id, position, hash, content }) => ({ id, position, hash: hash.toString('hex'), content: content?.toString('hex') ?? null })))}::json) as x(id uuid, position bigint, hash text, content text)`
  const [made, there] = [placed.filter(({ id }) => !known.has(id)), placed.filter(({ id }) => known.has(id))]
  if (made.length > 0)
    await rowsIn(
      client,
      schema,
      sql`insert into ${audit} (id, at, kind, action, actor, object, record, channel, content, position, hash)
        select h.id, h.at, 'record', h.action, h.actor, h.object, h.record, h.channel, decode(x.content, 'hex'), x.position, decode(x.hash, 'hex')
        from ${rowsOf(made)} join ${history} h on h.id = any(${param(made.map(({ id }) => id))}::uuid[]) and h.id = x.id`,
    )
  if (there.length > 0)
    await rowsIn(
      client,
      schema,
      sql`update ${audit} a set position = x.position, hash = decode(x.hash, 'hex'), content = decode(x.content, 'hex')
        from ${rowsOf(there)} where a.id = any(${param(there.map(({ id }) => id))}::uuid[]) and a.id = x.id`,
    )
}
