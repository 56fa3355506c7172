import { integer, join, literal, name, param, type Sql, sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { PoolClient } from 'pg'
import type { Queryable } from '../database/queryable.js'
import { rowsIn } from '../database/rows-in.js'
import { addReader, lockReader, moveReader, nextPosition } from '../workflows/outbox.js'

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
export const linkHash = (previous: Sql, position: Sql, digest: Sql): Sql => sql`sha256(${previous} || int8send(${position}) || ${digest})`

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
  const last = await nextPosition(client, schema, from, batch)
  // which entries come is settled here: all statements have to link the same ones, whatever else is written meanwhile
  const entries = await rowsIn<{ id: string }>(
    client,
    schema,
    sql`select id from ${audit} where position is null order by at, id limit ${integer(batch)}`,
  )
  if (last === null && entries.length === 0) return 0
  const [end] = await rowsIn(client, schema, sql`select id from ${head} where id = 1 for update`)
  if (!end) throw new Error('The audit log has lost its end')
  const chain = chainBehind(
    from,
    last ?? from,
    entries.map(({ id }) => id),
  )
  if (last !== null) await rowsIn(client, schema, made(chain))
  if (entries.length > 0) await rowsIn(client, schema, stamped(chain))
  await rowsIn(client, schema, ended)
  if (last !== null) await moveReader(client, schema, auditReader, last)
  return (last ?? from) - from + entries.length
}

/**
 * Everything that comes behind the end of the chain, linked where it lies, so that nothing of it has to be sent anywhere: `placed` with
 * its number, `links` with the hashes. Records keep the order of the outbox, the others stand before the first of them that is later.
 * Digests and hashes go from step to step as one row of bytes: a recursion over rows would read all of them at every step.
 */
const chainBehind = (
  from: number,
  to: number,
  ids: readonly string[],
): Sql => sql`with recursive records as materialized (${comingRecords(from, to)}),
  entries as materialized (${comingEntries(ids)}),
  placed as materialized (select *, row_number() over (order by place, is_new, at, id) as n from (
    select true as is_new, r.* from records r
    union all select false, (select min(r.place) from records r where r.at > e.at), e.* from entries e) coming),
  digests as materialized (select string_agg(digest, ''::bytea order by n) as those, count(*) as count from placed),
  linked as (
    select 0::bigint as n, position, hash from ${head} where id = 1
    union all select n + 1, position + 1, ${linkHash(sql`hash`, sql`position + 1`, nth(sql`(select those from digests)`, sql`n + 1`))}
    from linked where n < (select count from digests)),
  links as materialized (select min(position) as start, string_agg(hash, ''::bytea order by n) filter (where n > 0) as those from linked)`

/** Writes the entries of rows of history. */
const made = (chain: Sql): Sql => sql`insert into ${audit} (id, at, kind, action, actor, object, record, channel, content, position, hash)
  ${chain} select p.id, p.at, 'record', p.action, p.actor, p.object, p.record, p.channel, p.content, l.start + p.n, ${nth(sql`l.those`, sql`p.n`)}
  from placed p cross join links l where p.is_new`

/** Gives the entries that are there already their places. */
const stamped = (
  chain: Sql,
): Sql => sql`${chain} update ${audit} a set position = l.start + p.n, hash = ${nth(sql`l.those`, sql`p.n`)}, content = p.content
  from placed p cross join links l where not p.is_new and a.id = p.id and a.id = any(array(select id from entries)) returning a.id`

/** The chain ends with the entry that got the last place. */
const ended: Sql = sql`update ${head} set position = a.position, hash = a.hash
  from (select position, hash from ${audit} where position is not null order by position desc limit 1) a where id = 1`

/** The n-th, from one on, of digests that stand one behind the other. */
const nth = (digests: Sql, n: Sql): Sql => sql`substring(${digests} from ((${n} - 1) * 32 + 1)::integer for 32)`

/** What an entry of the log and a row of history have in common. */
const told = (of: string): Sql => join(['id', 'at', 'action', 'actor', 'object', 'record', 'channel'].map(column => name(of, column)))

/** The rows of history of the next events; what is only computed has none. */
const comingRecords = (from: number, to: number): Sql => sql`select o.position as place, h.*
  from (select position, at, record, object, version, event from ${outbox} where position > ${from} and position <= ${to}) o
  join lateral (select ${told('k')}, k.content, ${comingDigest('k')} as digest from (
    select h.*, ${historyDigest('h')} as content from ${history} h
    where h.record = o.record and h.at = o.at and h.object = o.object and h.version = o.version and h.action = o.event limit 1) k) h on true`

/** The entries that have no place yet; those of rows of history that no event tells of get their digests now. */
const comingEntries = (ids: readonly string[]): Sql => sql`select ${told('a')}, w.content, ${keptDigest('a', sql`w.content`)} as digest
  from ${audit} a
  left join lateral (select ${historyDigest('h')} as content from ${history} h where a.kind = 'record' and h.id = a.id) w on true where a.id = any(${param(ids)}::uuid[])`
