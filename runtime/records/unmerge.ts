import { type Issue, issue } from '@tessera/platform/errors.js'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import type { Change } from '@tessera/platform/records/change.js'
import { isSame, type Values } from '@tessera/platform/records/values.js'
import { name, sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { Queryable } from '../database/queryable.js'
import { changeOf, followerOf, marked } from './changes-of.js'
import { checkLinks, reachesItself, readAncestors, treeOf } from './check-links.js'
import { complete, type Decided } from './complete.js'
import { forbidden, type Prepared } from './decide.js'
import { readExisting, readPresent } from './gather.js'
import { pointsAt } from './holders.js'
import { shownIssues } from './merge.js'
import { returnFiles } from './merge-files.js'
import { forgetMerge, type Given, type KeptMerge, keptDays, type Move, noteMerge, readMerge } from './merged.js'
import { backWithLines, keptLinks } from './restore.js'
import { rowsOf } from './run.js'
import { lockTree } from './tree-rollups.js'
import type { RowIssue, WriteContext } from './write-context.js'

/** What came of undoing a merge. */
export interface Undone {
  /** The records that came back. */
  readonly ids: readonly string[]
  /** What was changed since the merge, and stays. */
  readonly left: readonly RowIssue[]
  /** What keeps it from being done. */
  readonly issues: readonly RowIssue[]
}

/**
 * Undoes a merge in the writer's transaction: its records come back, what was moved and still points at the survivor points at them again,
 * and the survivor has its former values where it still has those that the merge gave.
 * @param id any of the merged records; all of its merge come back
 */
export async function unmergeRecords(
  client: Queryable,
  object: ObjectModel,
  id: string,
  context: WriteContext,
  folds: boolean,
): Promise<Undone> {
  const refused = (found: readonly Issue[]): Undone => ({ ids: [], left: [], issues: found.map(one => ({ row: 0, id, issue: one })) })
  const tree = treeOf(object)
  if (tree) await lockTree(client, object, context)
  const kept = await readMerge(client, object, id, context)
  const unknown = refused([issue('MERGE_UNKNOWN', 'id', { days: keptDays })])
  if (!kept) return unknown
  const { survivor, gone, issues } = await readSides(client, object, kept, context)
  if (!gone.some(values => values.id === id.toLowerCase())) return unknown
  if (issues.length > 0 || !survivor) return refused(issues)
  await forgetMerge(client, object, kept, context)
  const back = gone.map((values): Prepared => backDraft(object, values))
  const undoing = givenBack(object, survivor, kept.given)
  const own = ownDraft(object, survivor, undoing.values)
  await returnFiles(client, object, own.change.after, gone, context)
  await checkLinks(client, [...back, own.prepared], context)
  const restored = await backWithLines(
    client,
    object,
    gone.map(values => ({ change: marked(object, values, 'restored'), row: 0 })),
    context,
  )
  const moved = await moveBack(client, object, kept, context)
  if (tree) (back[0] ?? own.prepared).issues.push(...(await cyclesIn(client, object, tree, gone, moved.decided, context)))
  const prepared = [...back, own.prepared, ...moved.prepared]
  const changes = own.change.changed.length > 0 ? [{ change: own.change, row: 0 }] : []
  const { issues: found } = await complete(client, prepared, [...changes, ...restored, ...moved.decided], context, folds)
  if (found.length > 0) return { ids: [], left: [], issues: await shownIssues(client, found, issue('MERGE_HIDDEN', 'from'), context) }
  await noteMerge(client, object, kept.survivor, 'unmerged', context)
  const left = [...undoing.left.map(one => ({ row: 0, id: kept.survivor, issue: one })), ...moved.left]
  return { ids: gone.map(values => String(values.id)), left: await knownTo(client, object, left, moved.objects, context), issues: [] }
}

/** The survivor and the merged records, locked, as far as the writer may do this to them. */
async function readSides(client: Queryable, object: ObjectModel, { survivor: id, gone: ids }: KeptMerge, context: WriteContext) {
  const live = await readPresent(client, object, [id], 'update', context)
  const bin = await readPresent(client, object, ids, 'restore', context, 'ONLY')
  const survivor = live.get(id)
  const issues: Issue[] = []
  if (!survivor) issues.push(issue('MERGE_MOVED_ON', 'id'))
  else if (!survivor.isAllowed) issues.push(forbidden(object, 'update', 'id'))
  if (bin.size < ids.length || [...bin.values()].some(({ isAllowed }) => !isAllowed)) issues.push(forbidden(object, 'restore', 'id'))
  return { survivor: survivor?.values, gone: [...bin.values()].map(({ values }) => values), issues: issues.slice(0, 1) }
}

/** A record that comes back, with what has to hold for it again. */
const backDraft = (object: ObjectModel, values: Values): Prepared => ({
  draft: { object, action: 'update', id: String(values.id), given: {}, by: [], version: null, row: 0, path: '', parent: null },
  values: keptLinks(object, { values, isAllowed: true }),
  issues: [],
})

/** The survivor's former values where it still has what the merge gave it, and what was changed since. */
function givenBack(object: ObjectModel, present: Values, given: Given): { readonly values: Values; readonly left: readonly Issue[] } {
  const values: Record<string, unknown> = {}
  const left: Issue[] = []
  for (const field of Object.values(object.fields))
    for (const { key, name: column } of field.columns) {
      const one = Object.hasOwn(given, column) ? given[column] : undefined
      if (!one || isSame(present[key], one.before)) continue
      if (isSame(present[key], one.after)) values[key] = one.before
      else left.push(issue('MERGE_LEFT', key, { field: field.label }))
    }
  return { values, left }
}

function ownDraft(object: ObjectModel, present: Values, values: Values): { readonly change: Change; readonly prepared: Prepared } {
  const { isMoved: _, ...change } = changeOf(object, present, values)
  const prepared = backDraft(object, present)
  const unique = Object.keys(values).filter(key => Object.values(object.fields).some(field => field.key === key && field.definition.unique))
  return { change, prepared: { ...prepared, values: Object.fromEntries(unique.map(key => [key, values[key] ?? null])) } }
}

/** What goes back, and what does not. */
interface MovedBack {
  readonly prepared: readonly Prepared[]
  readonly decided: readonly Decided[]
  readonly left: readonly RowIssue[]
  /** The object of each record that is left. */
  readonly objects: ReadonlyMap<string, ObjectModel>
}

/** Points what still points at the survivor at its former record again; deleted records follow without a word. */
async function moveBack(client: Queryable, object: ObjectModel, { moves }: KeptMerge, context: WriteContext): Promise<MovedBack> {
  const decided: Decided[] = []
  const left: RowIssue[] = []
  const objects = new Map<string, ObjectModel>()
  for (const holder of Object.values(context.model.objects)) {
    const own = moves.filter(move => move.object === holder.table)
    if (own.length === 0) continue
    const byRecord = new Map<string, Move[]>()
    for (const move of own) byRecord.set(move.record, [...(byRecord.get(move.record) ?? []), move])
    const ids = [...byRecord.keys()]
    const present = await readPresent(client, holder, ids, 'update', { ...context, profile: null })
    await moveDeleted(
      client,
      holder,
      own.filter(({ record }) => !present.has(record)),
      context,
    )
    for (const id of ids) {
      const values = present.get(id)?.values
      if (!values) continue
      const { back, changed } = goingBack(holder, values, byRecord.get(id) ?? [], object)
      if (Object.keys(back).length > 0) decided.push({ change: changeOf(holder, values, back), row: 0 })
      if (changed.length > 0) objects.set(id, holder)
      left.push(
        ...changed.map(field => ({
          row: 0,
          id,
          issue: issue('MERGE_LEFT', `${holder.plural}/${id}/${field.key}`, { field: field.label }),
        })),
      )
    }
  }
  return { prepared: decided.map(({ change }) => followerOf(change)), decided, left, objects }
}

function goingBack(
  holder: ObjectModel,
  values: Values,
  moves: readonly Move[],
  object: ObjectModel,
): { readonly back: Values; readonly changed: readonly FieldModel[] } {
  const back: Record<string, unknown> = {}
  const changed: FieldModel[] = []
  for (const move of moves) {
    const field = Object.values(holder.fields).find(one => one.columns[0]?.name === move.field)
    if (!field) continue
    const isStill = (values[field.key] ?? null) === move.to && (move.to === null || pointsAt(field, holder, values, object))
    if (!isStill) {
      changed.push(field)
      continue
    }
    back[field.key] = move.from
    const type = Object.values(holder.fields).find(({ typeOf }) => typeOf === field.name)
    if (type && move.to === null) back[type.key] = object.name
  }
  return { back, changed }
}

/** Records that were deleted since point at their former record, too, should they be restored. */
async function moveDeleted(client: Queryable, holder: ObjectModel, moves: readonly Move[], context: WriteContext): Promise<void> {
  for (const field of new Set(moves.map(move => move.field))) {
    const rows = JSON.stringify(moves.filter(move => move.field === field).map(({ record, from: f, to }) => ({ id: record, f, t: to })))
    await rowsOf(
      client,
      sql`update ${workspaceTable(holder.table)} t set ${name(field)} = x.f from json_to_recordset(${rows}::json) as x(id uuid, f uuid, t uuid)
        where t.id = x.id and t.deleted_at is not null and ${name('t', field)} is not distinct from x.t`,
      context,
    )
  }
}

/** A record may not come back below itself, because of what was moved meanwhile. */
async function cyclesIn(
  client: Queryable,
  object: ObjectModel,
  tree: FieldModel,
  gone: readonly Values[],
  moved: readonly Decided[],
  context: WriteContext,
): Promise<Issue[]> {
  const hung = moved.filter(({ change }) => change.object === object).map(({ change }) => change)
  const starts = [...gone, ...hung.map(({ after }) => after)].map(values => String(values.id))
  const parents = await readAncestors(client, object, tree, starts, context)
  for (const { id, after } of hung) {
    const above = after[tree.key]
    if (typeof above === 'string') parents.set(id, above)
  }
  // what stands above the places that branches go back to
  for (const [id, above] of await readAncestors(client, object, tree, [...parents.values()], context))
    if (!parents.has(id)) parents.set(id, above)
  return gone.some(values => reachesItself(String(values.id), parents)) ? [issue('HIERARCHY_CYCLE', tree.key, { field: tree.label })] : []
}

/** What is left of records that the writer may see; others are left without a word. */
async function knownTo(
  client: Queryable,
  object: ObjectModel,
  left: readonly RowIssue[],
  objects: ReadonlyMap<string, ObjectModel>,
  context: WriteContext,
): Promise<readonly RowIssue[]> {
  const wanted = new Map<string, Set<string>>()
  const nameOf = ({ id }: RowIssue) => (objects.get(id ?? '') ?? object).name
  for (const one of left) wanted.set(nameOf(one), (wanted.get(nameOf(one)) ?? new Set()).add(one.id ?? ''))
  const existing = await readExisting(client, wanted, context)
  return left.filter(one => existing.has(`${nameOf(one)} ${one.id}`))
}
