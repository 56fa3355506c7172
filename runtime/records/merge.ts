import { type Issue, issue } from '@tessera/platform/errors.js'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { from } from '@tessera/platform/query/source.js'
import type { RowInput } from '@tessera/platform/records/input.js'
import type { Values } from '@tessera/platform/records/values.js'
import { sql } from '@tessera/platform/sql/sql.js'
import type { Queryable } from '../database/queryable.js'
import { marked } from './changes-of.js'
import { readAncestors, treeOf } from './check-links.js'
import type { Decided } from './complete.js'
import { uncovered } from './cover.js'
import { forbidden, type Prepared } from './decide.js'
import { readExisting, readPresent } from './gather.js'
import { giveFiles, keepFiles } from './merge-files.js'
import { moveToSurvivor } from './merge-moves.js'
import { type Given, keepMerge, type Move, noteMerge, readEnds } from './merged.js'
import { rowsOf } from './run.js'
import { lockTree } from './tree-rollups.js'
import type { Outcome, RowIssue, WriteContext } from './write-context.js'

/** So many records can be merged into another at once. */
export const mostMerged = 10

/** What is asked: records that go into another one of their object, and values that it gets. */
export interface MergeInput {
  readonly into: string
  readonly from: readonly string[]
  readonly data: Readonly<Record<string, unknown>>
  readonly version: number | null
}

/** What goes through the pipeline beside the rows of a request. */
export interface Beside {
  /** Records that the request deletes: what they hold is free for its rows. */
  readonly gone: readonly Prepared[]
  /** What follows from the decided rows. */
  readonly follow: (
    decided: readonly Decided[],
  ) => Promise<{ readonly prepared: readonly Prepared[]; readonly decided: readonly Decided[] }>
}

/** The steps of the write pipeline over rows and what goes beside them; gives the issues. */
export type Pipeline = (rows: readonly RowInput[], beside: Beside) => Promise<Pick<Outcome, 'issues'>>

/** What came of a merge: the version of the survivor then. */
export interface Merged {
  readonly issues: readonly RowIssue[]
  readonly version: number | null
}

/**
 * Merges records in the writer's transaction: the survivor gets its values, everything that points at the others points at it, they are
 * deleted, and it is kept where they went.
 * @returns the issues, with which nothing may be kept
 */
export async function mergeRecords(
  client: Queryable,
  object: ObjectModel,
  asked: MergeInput,
  context: WriteContext,
  pipeline: Pipeline,
): Promise<Merged> {
  const others = [...new Set(asked.from)]
  const tree = treeOf(object)
  if (tree) await lockTree(client, object, context)
  const { issues: found, present } = await checkChosen(client, object, { ...asked, from: others }, context)
  if (found.length > 0) return { issues: found.map(one => ({ row: 0, id: null, issue: one })), version: null }
  const gone = new Map(others.map(id => [id, present.get(id) ?? {}]))
  const before = present.get(asked.into) ?? {}
  const after: { values: Values; moves: readonly Move[] } = { values: before, moves: [] }
  await giveFiles(client, object, asked.into, asked.data, others, context)
  const deleted = others.map(id => goneDraft(object, id))
  const { issues } = await pipeline([{ action: 'update', id: asked.into, version: asked.version, data: asked.data }], {
    gone: deleted,
    follow: async decided => {
      after.values = decided.find(({ change }) => change.object === object && change.id === asked.into)?.change.after ?? before
      const own = deleted[0]?.issues ?? []
      if (tree) own.push(...(await cyclesIn(client, object, tree, asked.into, after.values, gone, context)))
      const moved = await moveToSurvivor(client, { object, survivor: asked.into, gone: new Set(others), decided }, own, context)
      after.moves = moved.moves
      const going = [...gone.values()].map(values => ({ change: { ...marked(object, values, 'deleted'), isMerged: true }, row: 0 }))
      return { prepared: [...deleted, ...moved.prepared], decided: [...going, ...moved.decided] }
    },
  })
  if (issues.length > 0) return { issues: await shownIssues(client, issues, issue('MERGE_HIDDEN', 'from'), context), version: null }
  await keepFiles(client, object, before, after.values, others, context)
  await keepMerge(
    client,
    object,
    { survivor: asked.into, gone: others, given: givenIn(object, before, after.values), moves: after.moves },
    context,
  )
  await rise(client, object, asked.into, gone, context)
  return { issues: [], version: await noteMerge(client, object, asked.into, 'merged', context) }
}

/** The survivor's version becomes higher than any of the others was: who has read one of those has not read the survivor. */
async function rise(client: Queryable, object: ObjectModel, survivor: string, gone: ReadonlyMap<string, Values>, context: WriteContext) {
  const read = Math.max(...[...gone.values()].map(values => Number(values.version)))
  await rowsOf(
    client,
    sql`update ${from(object, 't')} set version = ${read + 1}::integer where t.id = ${survivor}::uuid and t.version <= ${read}::integer`,
    context,
  )
}

/** A record that goes, as a draft; its problems stand at `from`. */
const goneDraft = (object: ObjectModel, id: string): Prepared => ({
  draft: { object, action: 'delete', id, given: {}, by: [], version: null, row: 0, path: 'from', parent: null },
  values: {},
  issues: [],
})

/** Locks the records and says what is wrong with the choice. */
async function checkChosen(
  client: Queryable,
  object: ObjectModel,
  { into, from }: MergeInput,
  context: WriteContext,
): Promise<{ readonly issues: readonly Issue[]; readonly present: ReadonlyMap<string, Values> }> {
  const present = new Map<string, Values>()
  if (from.length === 0 || from.length > mostMerged) return { issues: [issue('MERGE_COUNT', 'from', { max: mostMerged })], present }
  const all = [into, ...from]
  const found = await readPresent(client, object, all, 'delete', context)
  if (from.includes(into) && found.has(into)) return { issues: [issue('MERGE_SELF', `from/${from.indexOf(into)}`)], present }
  const refused = await uncovered(client, object, [...found.keys()], 'merge', 'delete', context)
  const missing = all.filter(id => !found.has(id))
  const hidden = missing.length === 0 ? new Map() : await readPresent(client, object, missing, 'delete', context, 'ONLY', false)
  const merged = missing.length === 0 ? new Map() : await readEnds(client, missing, context)
  const issues = all.flatMap((id, at): Issue[] => {
    const path = at === 0 ? 'into' : `from/${at - 1}`
    const one = found.get(id)
    if (!one) return [issue(hidden.has(id) && merged.has(`${object.name} ${id}`) ? 'RECORD_MERGED' : 'RECORD_NOT_FOUND', path)]
    present.set(id, one.values)
    if (refused.has(id)) return [forbidden(object, 'merge', path)]
    return at === 0 || one.isAllowed ? [] : [forbidden(object, 'delete', path)]
  })
  return { issues, present }
}

/** A survivor may not stand below a record that goes into it: it would come to stand below itself. */
async function cyclesIn(
  client: Queryable,
  object: ObjectModel,
  tree: FieldModel,
  survivor: string,
  values: Values,
  gone: ReadonlyMap<string, Values>,
  context: WriteContext,
): Promise<Issue[]> {
  const above = values[tree.key]
  if (typeof above !== 'string') return []
  const parents = await readAncestors(client, object, tree, [above], context)
  const seen = new Set<string>()
  for (let at: string | undefined = above; at !== undefined && !seen.has(at); at = parents.get(at)) {
    if (at === survivor || gone.has(at)) return [issue('HIERARCHY_CYCLE', tree.key, { field: tree.label })]
    seen.add(at)
  }
  return []
}

/** The values that the merge gave to the survivor, by column; a state does not go back by itself. */
const givenIn = (object: ObjectModel, before: Values, after: Values): Given =>
  Object.fromEntries(
    Object.values(object.fields)
      .filter(field => field.writable && !field.system && !field.states && !field.sinceOf)
      .flatMap(field => field.columns)
      .filter(({ key }) => JSON.stringify(before[key] ?? null) !== JSON.stringify(after[key] ?? null))
      .map(({ key, name }) => [name, { before: before[key] ?? null, after: after[key] ?? null }]),
  )

/** Problems of records that the writer may not see say so, and no more. */
export async function shownIssues(
  client: Queryable,
  issues: readonly RowIssue[],
  hidden: Issue,
  context: WriteContext,
): Promise<readonly RowIssue[]> {
  const objects = Object.values(context.model.objects)
  const placeOf = ({ issue: { path } }: RowIssue) => {
    const [plural = '', id = ''] = path.split('/')
    const object = /^[0-9a-f-]{36}$/.test(id) ? objects.find(one => one.plural === plural) : undefined
    return object ? { object: object.name, id } : null
  }
  const wanted = new Map<string, Set<string>>()
  for (const place of issues.map(placeOf)) if (place) wanted.set(place.object, (wanted.get(place.object) ?? new Set()).add(place.id))
  const existing = await readExisting(client, wanted, context)
  const isShown = (one: RowIssue) => {
    const place = placeOf(one)
    return place === null || existing.has(`${place.object} ${place.id}`)
  }
  const shown = issues.filter(isShown)
  return shown.length === issues.length ? issues : [...shown, { row: 0, id: null, issue: hidden }]
}
