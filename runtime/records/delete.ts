import { issue } from '@tessera/platform/errors.js'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { column, from } from '@tessera/platform/query/source.js'
import type { Change } from '@tessera/platform/records/change.js'
import { param, sql } from '@tessera/platform/sql/sql.js'
import type { Queryable } from '../database/queryable.js'
import { marked } from './changes-of.js'
import { treeOf } from './check-links.js'
import { type Decided } from './complete.js'
import { type Prepared, presentOf } from './decide.js'
import { type Present, readPresent, withEdits } from './gather.js'
import { type HandedOver, handOver } from './hand-over.js'
import { relationsTo } from './holders.js'
import { rowsOf } from './run.js'
import { lockTree } from './tree-rollups.js'
import type { WriteContext } from './write-context.js'

/**
 * The deletions of records and of everything that goes with them, and what follows for those that pointed there.
 * @param successor the record that takes over what is handed over, if one was named
 */
export async function deleteDrafts(
  client: Queryable,
  object: ObjectModel,
  prepared: readonly Prepared[],
  context: WriteContext,
  successor: string | null = null,
): Promise<HandedOver> {
  if (treeOf(object)?.relation?.onDelete === 'lift') await lockTree(client, object, context)
  const present = await readAsked(client, object, prepared, 'delete', context)
  const decided = prepared.flatMap(entry => {
    const found = presentOf(entry, present, 'delete')
    return found ? [{ change: marked(object, found.values, 'deleted'), row: entry.draft.row }] : []
  })
  const all = [...decided, ...(await linesOf(client, object, decided, context))]
  await checkHolders(
    client,
    all.map(({ change }) => change),
    prepared,
    context,
  )
  const following = await handOver(client, { object, decided: all, successor, asked: prepared }, context)
  return { prepared: following.prepared, decided: [...all, ...following.decided] }
}

/** The records that drafts are about, locked, with the versions of their last edits. */
export async function readAsked(
  client: Queryable,
  object: ObjectModel,
  prepared: readonly Prepared[],
  action: 'delete' | 'restore',
  context: WriteContext,
): Promise<ReadonlyMap<string, Present>> {
  const ids = prepared.map(entry => entry.draft.id)
  const versions = new Map(prepared.flatMap(({ draft }) => (draft.version === null ? [] : [[draft.id, draft.version] as const])))
  const present = await readPresent(client, object, ids, action, context, action === 'restore' ? 'ONLY' : 'NO')
  return withEdits(client, present, versions, context)
}

/** The lines of records, at any depth: live ones, or those that were deleted at the same moment. What is there already, by whichever way, is there once. */
export async function linesOf(
  client: Queryable,
  object: ObjectModel,
  parents: readonly Decided[],
  context: WriteContext,
  deletedAt?: string,
  known = new Set(parents.map(({ change }) => change.id)),
): Promise<Decided[]> {
  const found: Decided[] = []
  const rowOf = new Map(parents.map(({ change, row }) => [change.id, row]))
  if (parents.length === 0) return found
  for (const { holder: target, field } of relationsTo(new Set([object.name]), 'cascade', context)) {
    const when = deletedAt === undefined ? sql`t.deleted_at is null` : sql`t.deleted_at = ${deletedAt}::timestamptz`
    if (deletedAt !== undefined) await leaveWithOther(client, target, field, [...rowOf.keys()], deletedAt, context)
    const rows = await rowsOf<{ id: string }>(
      client,
      sql`select t.id from ${from(target, 't')} where ${column(field, 't')} = any(${param([...rowOf.keys()])}::uuid[]) and ${when} and t.id <> all(${param([...known])}::uuid[]) order by t.id`,
      context,
    )
    for (const { id } of rows) known.add(id)
    const present = await readPresent(
      client,
      target,
      rows.map(row => row.id),
      'delete',
      { ...context, profile: null },
      'WITH',
    )
    const lines = [...present.values()].map(({ values }) => ({
      change: marked(target, values, deletedAt === undefined ? 'deleted' : 'restored'),
      row: rowOf.get(String(values[field.key])) ?? 0,
    }))
    found.push(...lines, ...(await linesOf(client, target, lines, context, deletedAt, known)))
  }
  return found
}

/** Links whose other end is deleted too stay with that: they come back when it does. */
async function leaveWithOther(
  client: Queryable,
  link: ObjectModel,
  own: FieldModel,
  ids: readonly string[],
  deletedAt: string,
  context: WriteContext,
): Promise<void> {
  const { near = '', far = '' } = link.junction ?? {}
  const other = link.fields[own.name === near ? far : near]
  const target = context.model.objects[other?.relation?.to ?? '']
  if (!link.junction || !other || !target) return
  await rowsOf(
    client,
    sql`update ${from(link, 't')} set deleted_at = o.deleted_at from ${from(target, 'o')} where o.id = ${column(other, 't')} and o.deleted_at is not null and ${column(own, 't')} = any(${param(ids)}::uuid[]) and t.deleted_at = ${deletedAt}::timestamptz`,
    context,
  )
}

/** Refuses while live records that are not deleted too hold on to a record by a relation that restricts. */
async function checkHolders(
  client: Queryable,
  changes: readonly Change[],
  prepared: readonly Prepared[],
  context: WriteContext,
): Promise<void> {
  const gone = changes.map(change => change.id)
  for (const { holder, field } of relationsTo(new Set(changes.map(change => change.object.name)), 'restrict', context)) {
    const rows = await rowsOf<{ target: string; n: number }>(
      client,
      sql`select ${column(field, 't')} as target, count(*)::int as n from ${from(holder, 't')} where ${column(field, 't')} = any(${param(gone)}::uuid[]) and t.deleted_at is null and t.id <> all(${param(gone)}::uuid[]) group by 1`,
      context,
    )
    for (const row of rows) {
      const entry = prepared.find(candidate => candidate.draft.id === row.target) ?? prepared[0]
      entry?.issues.push(issue('DELETE_RESTRICTED', '', { count: row.n, objects: holder.pluralLabel }))
    }
  }
}
