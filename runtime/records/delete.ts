import { issue } from '@tessera/platform/errors.js'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { column, from } from '@tessera/platform/query/source.js'
import type { Change, Deed } from '@tessera/platform/records/change.js'
import type { Draft } from '@tessera/platform/records/input.js'
import type { Values } from '@tessera/platform/records/values.js'
import { param, sql } from '@tessera/platform/sql/sql.js'
import type { PoolClient } from 'pg'
import { checkLinks } from './check-links.js'
import { complete, type Decided } from './complete.js'
import { type Prepared, presentOf } from './decide.js'
import { type Present, readPresent, withEdits } from './gather.js'
import { relationsTo } from './holders.js'
import { followedLinks, refuseMerged } from './merged.js'
import { rowsOf } from './run.js'
import type { Outcome, WriteContext } from './write-context.js'

/** Deletes or restores records with their lines, in the writer's transaction; with issues nothing may be kept. */
export async function removeRecords(
  client: PoolClient,
  object: ObjectModel,
  records: readonly { readonly id: string; readonly version: number | null }[],
  context: WriteContext,
  action: 'delete' | 'restore',
  folds: boolean,
): Promise<Outcome> {
  const drafts = records.map(
    (record, row): Draft => ({
      object,
      action: 'delete',
      id: record.id,
      given: {},
      by: [],
      version: record.version,
      row,
      path: '',
      parent: null,
    }),
  )
  const prepared = drafts.map((draft): Prepared => ({ draft, values: {}, issues: [] }))
  const decided =
    action === 'delete' ? await deleteDrafts(client, object, prepared, context) : await restoreDrafts(client, object, prepared, context)
  const { issues, versionOf } = await complete(client, prepared, decided, context, folds)
  return { ids: records.map(({ id }) => id), versions: records.map(({ id }) => versionOf(object, id)), issues }
}

/** The deletions of records and of everything that goes with them. */
export async function deleteDrafts(
  client: PoolClient,
  object: ObjectModel,
  prepared: readonly Prepared[],
  context: WriteContext,
): Promise<Decided[]> {
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
  return all
}

/** The records that drafts are about, locked, with the versions of their last edits. */
async function readAsked(
  client: PoolClient,
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

async function restoreDrafts(
  client: PoolClient,
  object: ObjectModel,
  prepared: readonly Prepared[],
  context: WriteContext,
): Promise<Decided[]> {
  const present = await readAsked(client, object, prepared, 'restore', context)
  // whose record is not there for the writer is told nothing about it
  const found = prepared.filter(({ draft }) => present.has(draft.id))
  await refuseMerged(client, object, found, context)
  const decided = prepared.flatMap(entry => {
    const one = presentOf(entry, present, 'restore')
    return one ? [{ change: marked(object, one.values, 'restored'), row: entry.draft.row }] : []
  })
  const again = found.map(
    (entry): Prepared => ({
      draft: { ...entry.draft, action: 'update' },
      values: keptLinks(object, present.get(entry.draft.id)),
      issues: entry.issues,
    }),
  )
  await checkLinks(client, again, context)
  return backWithLines(client, object, decided, context)
}

/** Restored records with the lines that went with them; what they point at and was merged meanwhile is what it went into. */
export async function backWithLines(
  client: PoolClient,
  object: ObjectModel,
  decided: readonly Decided[],
  context: WriteContext,
): Promise<Decided[]> {
  const all = [...decided]
  for (const one of decided) all.push(...(await linesOf(client, object, [one], context, String(one.change.before?.deletedAt))))
  const back: Decided[] = []
  for (const target of new Set(all.map(({ change }) => change.object))) {
    const those = all.filter(({ change }) => change.object === target)
    const followed = await followedLinks(
      client,
      target,
      those.map(({ change }) => change.after),
      context,
    )
    back.push(...those.map(one => ({ ...one, change: pointedAt(one.change, followed.get(one.change.id)) })))
  }
  return back
}

const pointedAt = (change: Change, values: Values | undefined): Change =>
  values ? { ...change, after: { ...change.after, ...values }, changed: Object.keys(values) } : change

/** What has to hold again for a record to come back: its unique values and its parent. */
export const keptLinks = (object: ObjectModel, present: Present | undefined): Record<string, unknown> =>
  Object.fromEntries(
    Object.values(object.fields)
      .filter(field => field.definition.unique || field.type.name === 'autonumber' || field.relation?.kind === 'masterDetail')
      .map(field => [field.key, present?.values[field.key] ?? null]),
  )

/** A deed that changes no value of a record. */
export const marked = (object: ObjectModel, values: Values, deed: Deed): Change => ({
  object,
  deed,
  id: String(values.id),
  before: values,
  after: values,
  changed: [],
  version: Number(values.version) + 1,
})

/** The lines of records, at any depth: live ones, or those that were deleted at the same moment. What is there already, by whichever way, is there once. */
async function linesOf(
  client: PoolClient,
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
  client: PoolClient,
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
  client: PoolClient,
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
