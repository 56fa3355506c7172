import type { Profile } from '@tessera/platform/access/profile.js'
import { may } from '@tessera/platform/access/profile.js'
import { issue } from '@tessera/platform/errors.js'
import { isId } from '@tessera/platform/fields/id-text.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { from, queryContext, shown, visible } from '@tessera/platform/query/source.js'
import type { BinCounts } from '@tessera/platform/records/bin.js'
import { all, param, sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { Queryable } from '../database/queryable.js'
import { rowsIn } from '../database/rows-in.js'
import { rowsOf } from '../records/run.js'
import type { WriteContext } from '../records/write-context.js'
import { RequestError } from '../request-error.js'

/** Who asks for the bin: always a person with rights. */
export type BinContext = WriteContext & { readonly profile: Profile }

/** Records of one object in a deletion, as far as somebody may see them. */
export interface DeletedRecords {
  readonly object: ObjectModel
  /** Those that were asked for, and those that went along; counted up to `mostCounted`. */
  readonly count: number
  readonly along: number
  /** The first ones that were asked for. */
  readonly records: readonly { readonly id: string; readonly title: string | null }[]
  readonly restorable: boolean
}

/** What one write deleted. */
export interface Deletion {
  readonly id: string
  readonly at: Date
  readonly actor: { readonly id: string; readonly name: string } | null
  readonly channel: string
  readonly deleted: readonly DeletedRecords[]
}

/** A page of the bin, the newest deletion first. */
export interface FoundDeletions {
  readonly deletions: readonly Deletion[]
  readonly next: string | null
}

interface BinRow {
  readonly id: string
  readonly at: Date
  readonly actor: string | null
  readonly actor_name: string | null
  readonly channel: string
  readonly counts: BinCounts
  readonly [column: string]: unknown
}

/** More records of a deletion are not counted one by one. */
export const mostCounted = 1_000
const mostShown = 3
const mostAsked = 100
/** So many deletions are looked at for one page: who sees few of them gets a short page and asks on. */
const mostLooked = 200
const chunk = 50

/**
 * The deletions in the bin of which the caller may see something.
 * Throws `BAD_REQUEST` for a cursor that is none.
 * @param mine only what the caller deleted
 */
export async function listDeletions(
  client: Queryable,
  asked: { readonly mine: boolean; readonly first: number; readonly after: string | null },
  context: BinContext,
): Promise<FoundDeletions> {
  const first = Math.min(Math.max(Math.trunc(asked.first), 1), mostAsked)
  const found: Deletion[] = []
  let after = asked.after === null ? null : readCursor(asked.after)
  for (let looked = 0; looked < mostLooked; looked += chunk) {
    const rows = await binRows(client, asked.mine, after, context)
    for (const deletion of await shownOf(client, rows, context)) {
      found.push(deletion)
      if (found.length === first) return { deletions: found, next: cursorOf(deletion) }
    }
    const last = rows.at(-1)
    if (!last || rows.length < chunk) return { deletions: found, next: null }
    after = { at: last.at.toISOString(), id: last.id }
  }
  return { deletions: found, next: after && cursorOf({ at: new Date(after.at), id: after.id }) }
}

/** One deletion as the caller may see it; throws `NOT_FOUND` when there is nothing of it for them. */
export async function readDeletion(client: Queryable, id: string, context: BinContext): Promise<Deletion> {
  const rows = isId(id) ? await rowsIn<BinRow>(client, context.schema, sql`${selected} where b.id = ${id}::uuid`) : []
  const [deletion] = await shownOf(client, rows, context)
  if (!deletion) throw new RequestError('NOT_FOUND', [issue('RECORD_NOT_FOUND', 'id')])
  return deletion
}

/** The ids of the records of a deletion that were asked for and that the caller may see. */
export async function rootsOf(client: Queryable, id: string, object: ObjectModel, context: BinContext): Promise<string[]> {
  const query = queryContext(context.model, context.profile.conditions, context.profile.model)
  const rows = await rowsOf<{ id: string }>(
    client,
    sql`select t.id from ${workspaceTable('_bin_record')} x join ${from(object, 't')} on t.id = x.record
      where x.bin = ${id}::uuid and x.object = ${object.table} and x.root and ${visible(object, 't', query, 'ONLY')} order by t.id`,
    context,
  )
  return rows.map(row => row.id)
}

const selected = sql`select b.id, b.at, b.actor, m.name as actor_name, b.channel, b.counts from ${workspaceTable('_bin')} b left join ${workspaceTable('_member')} m on m.id = b.actor`

interface Place {
  readonly at: string
  readonly id: string
}

function binRows(client: Queryable, mine: boolean, after: Place | null, { schema, moment }: BinContext): Promise<BinRow[]> {
  const narrowed = all([
    ...(mine ? [sql`b.actor = ${moment.member?.id ?? null}::uuid`] : []),
    ...(after ? [sql`(b.at, b.id) < (${after.at}::timestamptz, ${after.id}::uuid)`] : []),
  ])
  return rowsIn<BinRow>(client, schema, sql`${selected} where ${narrowed} order by b.at desc, b.id desc limit ${chunk}`)
}

async function shownOf(client: Queryable, rows: readonly BinRow[], context: BinContext): Promise<Deletion[]> {
  const tables = new Set(rows.flatMap(({ counts }) => Object.keys(counts)))
  const objects = Object.values(context.profile.model.objects).filter(({ table }) => tables.has(table))
  const seen = new Map<string, DeletedRecords[]>()
  for (const object of objects) {
    const bins = rows.filter(({ counts }) => Object.hasOwn(counts, object.table)).map(({ id }) => id)
    for (const { bin, ...records } of await seenOf(client, object, bins, context)) seen.set(bin, [...(seen.get(bin) ?? []), records])
  }
  return rows.flatMap(({ id, at, actor, actor_name: name, channel }): Deletion[] => {
    const deleted = [...(seen.get(id) ?? [])].sort(
      (left, right) => right.count - left.count || (left.object.name < right.object.name ? -1 : 1),
    )
    if (!deleted.some(({ count }) => count > 0)) return []
    return [{ id, at, actor: actor === null ? null : { id: actor, name: name ?? '' }, channel, deleted }]
  })
}

interface SeenRow {
  readonly bin: string
  readonly count: number
  readonly along: number
  readonly ids: readonly string[] | null
  readonly titles: readonly (string | null)[] | null
  readonly [column: string]: unknown
}

/** How many records of an object each deletion holds that the caller may see. */
async function seenOf(client: Queryable, shownObject: ObjectModel, bins: readonly string[], context: BinContext) {
  const object = context.model.objects[shownObject.name] ?? shownObject
  const query = queryContext(context.model, context.profile.conditions, context.profile.model)
  const title = shownObject.fields[object.title]
  const read = title ? sql`(${shown(title, 't', query)})::text` : sql`null::text`
  const there = (isRoot: boolean) =>
    sql`${workspaceTable('_bin_record')} x join ${from(object, 't')} on t.id = x.record where x.bin = b.id and x.object = ${object.table} and x.root = ${isRoot}::boolean and ${visible(object, 't', query, 'ONLY')}`
  const rows = await rowsOf<SeenRow>(
    client,
    sql`select b.id as bin, r.count, a.count as along, r.ids[1:${mostShown}] as ids, r.titles[1:${mostShown}] as titles from unnest(${param(bins)}::uuid[]) b(id)
      cross join lateral (select count(*)::int as count, array_agg(s.id) as ids, array_agg(s.title) as titles from (select t.id, ${read} as title from ${there(true)} order by t.id limit ${mostCounted}) s) r
      cross join lateral (select count(*)::int as count from (select 1 from ${there(false)} limit ${mostCounted}) s) a where r.count + a.count > 0`,
    context,
  )
  const restorable = may(context.profile, 'restore', object.name)
  return rows.map(({ bin, count, along, ids, titles }) => ({
    ...{ bin, object, count, along, restorable },
    records: (ids ?? []).map((id, index) => ({ id, title: titles?.[index] ?? null })),
  }))
}

const cursorOf = ({ at, id }: Pick<Deletion, 'at' | 'id'>): string => Buffer.from(`${at.toISOString()} ${id}`).toString('base64url')

function readCursor(cursor: string): Place {
  const [at = '', id = ''] = Buffer.from(cursor, 'base64url').toString().split(' ')
  if (isId(id) && /^\d{4}-\d\d-\d\dT[\d:.]{12}Z$/.test(at) && !Number.isNaN(Date.parse(at))) return { at, id }
  throw new RequestError('BAD_REQUEST', [
    issue('INPUT_INVALID', 'after', { problem: { en: 'This is no cursor.', 'zh-CN': '不是有效的游标。' } }),
  ])
}
