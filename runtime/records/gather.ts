import type { ActionName } from '@tessera/platform/definitions/role.js'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { castList } from '@tessera/platform/query/filter.js'
import { column, from, type QueryContext, queryContext, unrestricted } from '@tessera/platform/query/source.js'
import { storedValue, type Values } from '@tessera/platform/records/values.js'
import { columnType } from '@tessera/platform/sql/column-type.js'
import { join, name, nothing, param, type Sql, sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { Queryable } from '../database/queryable.js'
import { isCovered, isSeen } from './coverage.js'
import { readingOf, rowsOf } from './run.js'
import { NeedsTransaction, readerOf, Unlocked } from './unlocked.js'
import type { WriteContext } from './write-context.js'

/** A record as it stands before a write, and whether the writer's grants cover the deed. */
export interface Present {
  readonly values: Values
  readonly isAllowed: boolean
  /** The version that the last edit made, where later ones were only computed. */
  readonly edited?: number
}

/** The further condition that records, as `t`, are there for the caller. */
export const andSeen = (object: ObjectModel, context: WriteContext): Sql =>
  context.profile ? sql` and ${isSeen(object, context)}` : nothing

/**
 * Locks and reads records in the order of their ids; those that the writer may not read are absent.
 * @param locks false when nothing is going to be written
 */
export async function readPresent(
  client: Queryable,
  object: ObjectModel,
  ids: readonly string[],
  action: ActionName,
  context: WriteContext,
  deleted: 'NO' | 'ONLY' | 'WITH' = 'NO',
  locks = true,
): Promise<Map<string, Present>> {
  const { columns, valuesOf } = readingOf(object, 't')
  const isUnlocked = client instanceof Unlocked
  const lock = !locks || isUnlocked ? nothing : action === 'update' ? sql`for no key update of t` : sql`for update of t`
  const rows = await rowsOf<Record<string, unknown>>(
    readerOf(client),
    sql`select ${columns}, ${isCovered(object, action, context)} as allowed from ${from(object, 't')} where ${isOneOf('t', ids)} and ${isSeen(object, context, deleted)} order by t.id ${lock}`,
    context,
  )
  // what is not there could come meanwhile
  if (isUnlocked && locks && rows.length < ids.length) throw new NeedsTransaction(true)
  const found = new Map(rows.map(row => [String(row.c0), { values: valuesOf(row), isAllowed: row.allowed === true }]))
  if (isUnlocked && locks) for (const [id, { values }] of found) client.reads({ object, id, version: Number(values.version) })
  return found
}

/** The condition that a row has one of some ids; a single one is asked for by itself, for which PostgreSQL keeps a plan sooner. */
export const isOneOf = (alias: string, ids: readonly string[]): Sql =>
  ids.length === 1 ? sql`${name(alias, 'id')} = ${ids[0]}::uuid` : sql`${name(alias, 'id')} = any(${param(ids)}::uuid[])`

/** The present records with the versions of their last edits, for those that somebody has read in an older version. */
export async function withEdits(
  client: Queryable,
  present: ReadonlyMap<string, Present>,
  read: ReadonlyMap<string, number>,
  context: WriteContext,
): Promise<ReadonlyMap<string, Present>> {
  const older = [...read].filter(([id, version]) => version < Number(present.get(id)?.values.version ?? 0)).map(([id]) => id)
  if (older.length === 0) return present
  const rows = await rowsOf<{ record: string; edited: number }>(
    readerOf(client),
    sql`select record, max(version) as edited from ${workspaceTable('_history')} where record = any(${param(older)}::uuid[]) group by record`,
    context,
  )
  const edits = new Map(rows.map(row => [row.record, row.edited]))
  return new Map([...present].map(([id, one]) => [id, { ...one, ...(edits.has(id) ? { edited: Number(edits.get(id)) } : {}) }]))
}

/** The ids of records that a filter chooses, for bulk writes; at most one more than `limit`. */
export async function readIds(
  client: Queryable,
  object: ObjectModel,
  condition: (query: QueryContext) => Sql,
  limit: number,
  context: WriteContext,
): Promise<string[]> {
  const { model, profile } = context
  const query = queryContext(model, profile?.conditions ?? unrestricted, profile?.model ?? model)
  const rows = await rowsOf<{ id: string }>(
    client,
    sql`select t.id from ${from(object, 't')} where ${condition(query)} order by t.id limit ${limit + 1}`,
    context,
  )
  return rows.map(row => row.id)
}

/**
 * Those of the ids whose records exist for the writer, by object; the empty name stands for members.
 * @param held further ids, whose records are to stay until the transaction ends: nobody deletes or merges them meanwhile
 */
export async function readExisting(
  client: Queryable,
  wanted: ReadonlyMap<string, ReadonlySet<string>>,
  context: WriteContext,
  held: ReadonlyMap<string, ReadonlySet<string>> = new Map(),
): Promise<ReadonlySet<string>> {
  const all = [...[...wanted].map(one => [...one, false] as const), ...[...held].map(one => [...one, true] as const)]
  const parts = all
    .filter(([, ids]) => ids.size > 0)
    .flatMap(([target, ids, locks]): Sql[] => {
      if (target === '')
        return [sql`select '' as o, m.id::text as id from ${workspaceTable('_member')} m where m.id = any(${param([...ids])}::uuid[])`]
      const object = context.model.objects[target]
      const lock = locks ? sql` order by t.id for key share of t` : nothing
      return object
        ? [
            sql`select ${target}::text as o, t.id::text as id from ${from(object, 't')} where ${isOneOf('t', [...ids])} and ${isSeen(object, context)}${lock}`,
          ]
        : []
    })
  if (parts.length === 0) return new Set()
  // rows of a union cannot be locked, those of its parts can
  const named = parts.map((part, at) => sql`${name(`p${at}`)} as (${part})`)
  const united = parts.map((_, at) => sql`select * from ${name(`p${at}`)}`)
  const rows = await rowsOf<{ o: string; id: string }>(client, sql`with ${join(named)} ${join(united, ' union all ')}`, context)
  return new Set(rows.map(row => `${row.o} ${row.id}`))
}

/** The ids of records named by unique fields: `field key value` to id; several mean none. */
export async function readByKey(
  client: Queryable,
  target: ObjectModel,
  key: FieldModel,
  values: readonly unknown[],
  context: WriteContext,
): Promise<Map<string, string[]>> {
  const rows = await rowsOf<{ id: string; k: string }>(
    client,
    sql`select t.id, (${key.class.read(column(key, 't'))})::text as k from ${from(target, 't')} where ${column(key, 't')} = any(${castList(key.class.sqlType, values)}) and ${isSeen(target, context)}`,
    context,
  )
  const found = new Map<string, string[]>()
  for (const row of rows) found.set(row.k, [...(found.get(row.k) ?? []), row.id])
  return found
}

/** The records that the writer may see by the values of fields that are unique together, in contract form as texts. */
export async function readBySet(
  client: Queryable,
  object: ObjectModel,
  fields: readonly FieldModel[],
  wanted: readonly (readonly string[])[],
  context: WriteContext,
): Promise<{ id: string; values: string[] }[]> {
  const values = JSON.stringify(
    wanted.map(row => Object.fromEntries(fields.map((field, at) => [`v${at}`, storedValue(field, field.key, row[at])]))),
  )
  const types = fields.map((field, at) => sql`${name(`v${at}`)} ${columnType(field.columns[0]?.type ?? 'text')}`)
  const same = fields.map((field, at) => sql`${column(field, 't')} = ${name('x', `v${at}`)}`)
  const read = fields.map(field => sql`(${field.class.read(column(field, 't'))})::text`)
  const rows = await rowsOf<{ id: string; values: string[] }>(
    client,
    sql`select t.id, array[${join(read)}] as values from json_to_recordset(${values}::json) as x(${join(types)})
      join ${from(object, 't')} on ${join(same, ' and ')} where ${isSeen(object, context)}`,
    context,
  )
  return rows
}

/** The live records whose unique field has one of the values: value to id. */
export async function readHolders(
  client: Queryable,
  object: ObjectModel,
  field: FieldModel,
  values: readonly unknown[],
  context: WriteContext,
): Promise<Map<string, string>> {
  const rows = await rowsOf<{ id: string; k: string }>(
    readerOf(client),
    sql`select t.id, (${field.class.read(column(field, 't'))})::text as k from ${from(object, 't')} where ${column(field, 't')} = any(${castList(field.class.sqlType, values)}) and t.deleted_at is null`,
    context,
  )
  return new Map(rows.map(row => [row.k, row.id]))
}

/** The live lines of parents: parent to ids. */
export async function readLines(
  client: Queryable,
  child: ObjectModel,
  field: FieldModel,
  parents: readonly string[],
  context: WriteContext,
): Promise<Map<string, string[]>> {
  const rows = await rowsOf<{ id: string; p: string }>(
    client,
    sql`select t.id, ${column(field, 't')} as p from ${from(child, 't')} where ${column(field, 't')} = any(${param(parents)}::uuid[]) and t.deleted_at is null order by t.id`,
    context,
  )
  const found = new Map<string, string[]>()
  for (const row of rows) found.set(row.p, [...(found.get(row.p) ?? []), row.id])
  return found
}
