import { type Issue, issue } from '@tessera/platform/errors.js'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { column, from, queryContext, shown, visible } from '@tessera/platform/query/source.js'
import { lookup } from '@tessera/platform/registry.js'
import { param, sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { Queryable } from '../database/queryable.js'
import { rowsIn } from '../database/rows-in.js'
import { readHolders } from '../records/gather.js'
import { refusal } from '../records/refusal.js'
import { rowsOf } from '../records/run.js'
import type { RowIssue } from '../records/write-context.js'
import type { Writer } from '../records/writer.js'
import { RequestError } from '../request-error.js'
import { type BinContext, type Deletion, rootsOf } from './deletions.js'

/** Why a record cannot come back as it was. */
export interface RestoreConflict {
  readonly object: string
  readonly id: string | null
  readonly title: string | null
  readonly issue: Issue
  /** The record that has its value now, or that it hangs on; null where the caller may not see it. */
  readonly other: { readonly object: string; readonly id: string; readonly title: string | null } | null
}

/** What came back. */
export interface Restored {
  readonly object: string
  readonly ids: readonly string[]
}

/** What keeps a deletion from being undone, all at once; nothing is changed. Throws `FORBIDDEN` for who may not restore. */
export async function conflictsOf(client: Queryable, deletion: Deletion, context: BinContext, writer: Writer): Promise<RestoreConflict[]> {
  const groups = await groupsOf(client, deletion, context)
  const found = await writer.restoreAll(groups, context, { validateOnly: true })
  const objects = await objectsOf(client, deletion.id, context)
  const conflicts: RestoreConflict[] = []
  for (const { object, issue: row } of found) {
    const own = objects.get(row.id ?? '') ?? object
    const isSeen = lookup(context.profile.model.objects, own.name) !== undefined
    // of an object that they do not see nobody learns more than that something is in the way
    conflicts.push(await (isSeen ? conflictOf(client, own, row, context) : conflictOf(client, object, { ...row, id: null }, context)))
  }
  return conflicts
}

/** Undoes a deletion: every record that the caller may see of it comes back, or none. Throws with all issues. */
export async function restoreDeletion(client: Queryable, deletion: Deletion, context: BinContext, writer: Writer): Promise<Restored[]> {
  const groups = await groupsOf(client, deletion, context)
  const found = await writer.restoreAll(groups, context)
  if (found.length > 0)
    throw refusal(
      found.map(({ issue: row }) => row),
      false,
    )
  return groups.map(({ object, ids }) => ({ object: object.name, ids }))
}

async function groupsOf(client: Queryable, { id, deleted }: Deletion, context: BinContext) {
  const groups: { object: ObjectModel; ids: string[] }[] = []
  for (const { object, count } of deleted) {
    const ids = count > 0 ? await rootsOf(client, id, object, context) : []
    if (ids.length > 0) groups.push({ object, ids })
  }
  // somebody was faster
  if (groups.length === 0) throw new RequestError('NOT_FOUND', [issue('RECORD_NOT_FOUND', 'deletion')])
  return groups
}

/** The object of each record of a deletion. */
async function objectsOf(client: Queryable, bin: string, { schema, model }: BinContext): Promise<ReadonlyMap<string, ObjectModel>> {
  const rows = await rowsIn<{ record: string; object: string }>(
    client,
    schema,
    sql`select record, object from ${workspaceTable('_bin_record')} where bin = ${bin}::uuid`,
  )
  const byTable = new Map(Object.values(model.objects).map(object => [object.table, object]))
  return new Map(
    rows.flatMap(({ record, object }) => {
      const known = byTable.get(object)
      return known ? [[record, known] as const] : []
    }),
  )
}

async function conflictOf(
  client: Queryable,
  object: ObjectModel,
  { id, issue: found }: RowIssue,
  context: BinContext,
): Promise<RestoreConflict> {
  const title = id === null ? null : ((await titled(client, object, id, context))?.title ?? null)
  const base = { object: object.name, id, title }
  const field = Object.values(object.fields).find(({ key }) => key === found.path.split('/').at(-1))
  if (field && found.code === 'VALUE_DUPLICATE') return { ...base, ...(await takenBy(client, object, field, found, context)) }
  if (field?.relation?.to && id !== null && found.code === 'RECORD_UNKNOWN')
    return { ...base, ...(await hangingOn(client, object, field, id, context)) }
  return { ...base, issue: found, other: null }
}

/** The record that has a unique value now. */
async function takenBy(client: Queryable, object: ObjectModel, field: FieldModel, found: Issue, context: BinContext) {
  const value = String(found.params.value)
  const holder = (await readHolders(client, object, field, [value], context)).get(value)
  const seen = holder === undefined ? null : await titled(client, object, holder, context, 'NO')
  if (!seen || holder === undefined) return { issue: found, other: null }
  const other = { object: object.name, id: holder, title: seen.title }
  return { issue: issue('RESTORE_TAKEN', found.path, { field: field.label, value, by: seen.title ?? '' }), other }
}

/** The record that one cannot be without, which is in the bin itself or gone for good. */
async function hangingOn(client: Queryable, object: ObjectModel, field: FieldModel, id: string, context: BinContext) {
  const target = context.model.objects[field.relation?.to ?? '']
  const [row] = await rowsOf<{ id: string | null }>(
    client,
    sql`select ${column(field, 't')} as id from ${from(object, 't')} where t.id = ${id}::uuid`,
    context,
  )
  const seen = target && row?.id ? await titled(client, target, row.id, context) : null
  const other = target && seen && row?.id ? { object: target.name, id: row.id, title: seen.title } : null
  const told = other
    ? issue('RESTORE_PARENT', field.key, { field: field.label, title: other.title ?? '' })
    : issue('RESTORE_GONE', field.key, { field: field.label })
  return { issue: told, other }
}

/** The title of a record that the caller may see, deleted or not; null for others. */
async function titled(client: Queryable, object: ObjectModel, id: string, context: BinContext, deleted: 'NO' | 'WITH' = 'WITH') {
  const shownObject = lookup(context.profile.model.objects, object.name)
  if (!shownObject) return null
  const query = queryContext(context.model, context.profile.conditions, context.profile.model)
  const title = shownObject.fields[object.title]
  const [row] = await rowsOf<{ title: string | null }>(
    client,
    sql`select ${title ? sql`(${shown(title, 't', query)})::text` : sql`null::text`} as title from ${from(object, 't')}
      where t.id = any(${param([id])}::uuid[]) and ${visible(object, 't', query, deleted)}`,
    context,
  )
  return row ?? null
}
