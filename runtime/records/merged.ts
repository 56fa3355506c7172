import { issue } from '@tessera/platform/errors.js'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { from } from '@tessera/platform/query/source.js'
import type { Values } from '@tessera/platform/records/values.js'
import { param, sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import { noteHistory } from '../audit/entry.js'
import { newId } from '../database/id.js'
import type { Queryable } from '../database/queryable.js'
import type { Prepared } from './decide.js'
import { rowsOf } from './run.js'
import type { WriteContext } from './write-context.js'

/** So many days a merge can be undone. */
export const keptDays = 90

const merges = workspaceTable('_merge')
const merged = workspaceTable('_merged')
const moves = workspaceTable('_merge_move')

/** A relation that was moved from a merged record, by table and column; `to` is null where it would have pointed at its own record. */
export interface Move {
  readonly object: string
  readonly record: string
  readonly field: string
  readonly from: string
  readonly to: string | null
}

/** Values of the survivor by column: what they were, and what the merge gave. */
export type Given = Readonly<Record<string, { readonly before: unknown; readonly after: unknown }>>

/** A merge as it is kept. */
export interface KeptMerge {
  readonly id: string
  readonly survivor: string
  readonly gone: readonly string[]
  readonly given: Given
  readonly moves: readonly Move[]
}

/** Where merged records went in the end: `object id` to the id of the survivor. */
export async function readEnds(client: Queryable, ids: readonly string[], context: WriteContext): Promise<ReadonlyMap<string, string>> {
  const rows = await rowsOf<{ object: string; record: string; ends_at: string }>(
    client,
    sql`select object, record, ends_at from ${merged} where record = any(${param([...new Set(ids)])}::uuid[])`,
    context,
  )
  const names = new Map(Object.values(context.model.objects).map(({ name, table }) => [table, name]))
  return new Map(rows.map(row => [`${names.get(row.object) ?? ''} ${row.record}`, row.ends_at]))
}

/** Keeps a merge so that it can be undone; merges that are too old for that are forgotten, but not where their records went. */
export async function keepMerge(
  client: Queryable,
  object: ObjectModel,
  { survivor, gone, given, moves: moved }: Omit<KeptMerge, 'id'>,
  context: WriteContext,
): Promise<void> {
  const { now, member } = context.moment
  const id = newId()
  const run = (piece: ReturnType<typeof sql>) => rowsOf(client, piece, context)
  await run(
    sql`with old as (delete from ${merges} where at < ${now}::timestamptz - make_interval(days => ${keptDays}::int) returning id)
      delete from ${moves} m using old where m.merge = old.id`,
  )
  await run(sql`insert into ${merges} (id, object, survivor, at, actor, given)
    values (${id}::uuid, ${object.table}, ${survivor}::uuid, ${now}::timestamptz, ${member?.id ?? null}::uuid, ${JSON.stringify(given)}::json)`)
  await run(sql`update ${merged} set ends_at = ${survivor}::uuid where ends_at = any(${param(gone)}::uuid[]) and object = ${object.table}`)
  await run(sql`insert into ${merged} (object, record, merge, into_id, ends_at)
    select ${object.table}, x.id, ${id}::uuid, ${survivor}::uuid, ${survivor}::uuid from unnest(${param(gone)}::uuid[]) as x(id)`)
  if (moved.length === 0) return
  const rows = JSON.stringify(moved.map(move => ({ ...move, from_id: move.from, to_id: move.to })))
  await run(sql`insert into ${moves} (merge, object, record, field, from_id, to_id)
    select ${id}::uuid, x.object, x.record, x.field, x.from_id, x.to_id
    from json_to_recordset(${rows}::json) as x(object text, record uuid, field text, from_id uuid, to_id uuid)`)
}

/**
 * Keeps in the history of the survivor that records went into it, or came out again; whose they were is not said there.
 * @returns the version that it has then
 */
export async function noteMerge(
  client: Queryable,
  object: ObjectModel,
  survivor: string,
  action: 'merged' | 'unmerged',
  context: WriteContext,
): Promise<number | null> {
  const { now, member } = context.moment
  const id = newId()
  const [row] = await rowsOf<{ version: number }>(
    client,
    sql`insert into ${workspaceTable('_history')} (id, object, record, version, at, actor, action, before, after, channel, cause)
      select ${id}::uuid, ${object.name}, t.id, t.version, ${now}::timestamptz, ${member?.id ?? null}::uuid, ${action}, null, null, ${context.channel}, ${JSON.stringify(context.cause)}::json
      from ${from(object, 't')} where t.id = ${survivor}::uuid returning version`,
    context,
  )
  await noteHistory(client, context.schema, id)
  return row ? Number(row.version) : null
}

/** The merge in which a record went and that can still be undone, locked; null when there is none. */
export async function readMerge(client: Queryable, object: ObjectModel, record: string, context: WriteContext): Promise<KeptMerge | null> {
  const [found] = await rowsOf<{ id: string; survivor: string; given: Given }>(
    client,
    sql`select m.id, m.survivor, m.given from ${merges} m join ${merged} d on d.merge = m.id and d.object = m.object where d.record = ${record}::uuid and m.object = ${object.table}
      and m.at >= ${context.moment.now}::timestamptz - make_interval(days => ${keptDays}::int) for update of m, d`,
    context,
  )
  if (!found) return null
  const gone = await rowsOf<{ record: string }>(
    client,
    sql`select record from ${merged} where merge = ${found.id}::uuid order by record`,
    context,
  )
  const moved = await rowsOf<{ object: string; record: string; field: string; from_id: string; to_id: string | null }>(
    client,
    sql`select object, record, field, from_id, to_id from ${moves} where merge = ${found.id}::uuid order by object, record, field`,
    context,
  )
  return {
    ...found,
    gone: gone.map(row => row.record),
    moves: moved.map(({ from_id: from, to_id: to, ...move }) => ({ ...move, from, to })),
  }
}

/** Forgets a merge that was undone. */
export async function forgetMerge(client: Queryable, object: ObjectModel, { id, gone }: KeptMerge, context: WriteContext): Promise<void> {
  await release(client, object, gone, context)
  await rowsOf(client, sql`delete from ${moves} where merge = ${id}::uuid`, context)
  await rowsOf(client, sql`delete from ${merges} where id = ${id}::uuid`, context)
}

/** Records are themselves again, and so is where older merges into them end. */
async function release(client: Queryable, { table }: ObjectModel, ids: readonly string[], context: WriteContext): Promise<void> {
  await rowsOf(client, sql`delete from ${merged} where record = any(${param(ids)}::uuid[]) and object = ${table}`, context)
  await rowsOf(
    client,
    sql`with recursive below (record, top) as (
      select record, into_id from ${merged} where into_id = any(${param(ids)}::uuid[]) and object = ${table}
      union select m.record, b.top from ${merged} m join below b on m.into_id = b.record and m.object = ${table})
    update ${merged} m set ends_at = below.top from below where m.record = below.record and m.object = ${table}`,
    context,
  )
}

/** A merged record does not come back beside the one that it went into, unless its merge is too old to be undone; then it is itself again. */
export async function refuseMerged(
  client: Queryable,
  object: ObjectModel,
  prepared: readonly Prepared[],
  context: WriteContext,
): Promise<void> {
  const ids = prepared.map(({ draft }) => draft.id)
  const rows = await rowsOf<{ record: string; kept: boolean }>(
    client,
    sql`select d.record, m.id is not null as kept from ${merged} d left join ${merges} m
      on m.id = d.merge and m.at >= ${context.moment.now}::timestamptz - make_interval(days => ${keptDays}::int)
      where d.record = any(${param(ids)}::uuid[]) and d.object = ${object.table}`,
    context,
  )
  if (rows.length === 0) return
  const kept = new Set(rows.filter(row => row.kept).map(row => row.record))
  for (const { draft, issues } of prepared) if (kept.has(draft.id)) issues.push(issue('RECORD_MERGED', ''))
  const free = rows.filter(row => !row.kept).map(row => row.record)
  if (free.length > 0) await release(client, object, free, context)
}

/**
 * What a restored record points at, where that was merged meanwhile: the keys with what they went into.
 * @returns by record the values that differ
 */
export async function followedLinks(
  client: Queryable,
  object: ObjectModel,
  records: readonly Values[],
  context: WriteContext,
): Promise<ReadonlyMap<string, Values>> {
  const fields = Object.values(object.fields).filter(
    field => field.columns.length > 0 && (field.targets || (field.relation !== null && field.relation.to !== null)),
  )
  const typeOf = (field: FieldModel) => Object.values(object.fields).find(one => one.typeOf === field.name)?.key ?? ''
  const ids = records.flatMap(values => fields.map(({ key }) => values[key]).filter(id => typeof id === 'string'))
  const ends = ids.length === 0 ? new Map<string, string>() : await readEnds(client, ids, context)
  const found = new Map<string, Values>()
  for (const values of ends.size === 0 ? [] : records) {
    const changed = fields.flatMap(field => {
      const to = field.targets ? String(values[typeOf(field)]) : (field.relation?.to ?? '')
      const end = ends.get(`${to} ${String(values[field.key])}`)
      return end === undefined || end === values.id ? [] : [[field.key, end] as const]
    })
    if (changed.length > 0) found.set(String(values.id), Object.fromEntries(changed))
  }
  return found
}
