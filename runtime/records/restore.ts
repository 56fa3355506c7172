import { issue } from '@tessera/platform/errors.js'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import type { Change } from '@tessera/platform/records/change.js'
import type { Draft } from '@tessera/platform/records/input.js'
import type { Values } from '@tessera/platform/records/values.js'
import { lookup } from '@tessera/platform/registry.js'
import type { Queryable } from '../database/queryable.js'
import { marked } from './changes-of.js'
import { checkLinks } from './check-links.js'
import { type Decided } from './complete.js'
import { type Prepared, presentOf } from './decide.js'
import { linesOf, readAsked } from './delete.js'
import { type Present } from './gather.js'
import type { HandedOver } from './hand-over.js'
import { followedLinks, refuseMerged } from './merged.js'
import type { RowIssue, WriteContext } from './write-context.js'

/** What keeps a record from coming back, without telling values of it that the restorer does not see, or sees a part of. */
export function unseenHeld(
  issues: readonly RowIssue[],
  decided: readonly Decided[],
  root: ObjectModel,
  { profile }: WriteContext,
): RowIssue[] {
  const objects = new Map(decided.map(({ change }) => [change.id, change.object]))
  return issues.map(row => {
    const object = objects.get(row.id ?? '') ?? root
    const field = Object.values(object.fields).find(({ key }) => key === row.issue.path.split('/').at(-1))
    const seen = profile === null || !field ? field : lookup(lookup(profile.model.objects, object.name)?.fields ?? {}, field.name)
    const isObjectSeen = profile === null || lookup(profile.model.objects, object.name) !== undefined
    if (isObjectSeen && (!field || (seen && !seen.masked))) return row
    return { ...row, issue: issue('RESTORE_HELD', seen ? row.issue.path : '') }
  })
}

/** The restorations of records and of the lines that went with them, and what is wrong with those lines. */
export async function restoreDrafts(
  client: Queryable,
  object: ObjectModel,
  prepared: readonly Prepared[],
  context: WriteContext,
): Promise<HandedOver> {
  const present = await readAsked(client, object, prepared, 'restore', context)
  // whose record is not there for the writer is told nothing about it
  const found = prepared.filter(({ draft }) => present.has(draft.id))
  await refuseMerged(client, object, found, context)
  const decided = prepared.flatMap(entry => {
    const one = presentOf(entry, present, 'restore')
    return one ? [{ change: marked(object, one.values, 'restored'), row: entry.draft.row }] : []
  })
  const again = found.map(entry => checkedAs(entry, keptLinks(object, present.get(entry.draft.id))))
  await checkLinks(client, again, context)
  const all = await backWithLines(client, object, decided, context)
  await checkNeeded(client, prepared, all, context)
  return { decided: all, prepared: await checkLines(client, object, all, new Set(prepared.map(({ draft }) => draft.id)), context) }
}

/** A record does not come back without a record that it must point at; the restorer need not see that one. */
async function checkNeeded(
  client: Queryable,
  prepared: readonly Prepared[],
  all: readonly Decided[],
  context: WriteContext,
): Promise<void> {
  const after = new Map(all.map(({ change }) => [change.id, change.after]))
  const needed = prepared.flatMap(entry => {
    const values = after.get(entry.draft.id)
    return values ? [checkedAs(entry, neededLinks(entry.draft.object, values, after))] : []
  })
  await checkLinks(client, needed, { ...context, profile: null })
}

/**
 * Lines come back as their parents do, and have to fit as those do.
 * @returns what is wrong with them; as drafts of the root's object, since nobody asked for the lines themselves
 */
async function checkLines(
  client: Queryable,
  root: ObjectModel,
  all: readonly Decided[],
  roots: ReadonlySet<string>,
  context: WriteContext,
): Promise<readonly Prepared[]> {
  const back = new Map(all.map(({ change }) => [change.id, change.after]))
  const checked = all
    .filter(({ change }) => !roots.has(change.id))
    .map(({ change: { object, id, after }, row }): Prepared => {
      const unique = uniqueFields(object).map(({ key }) => [key, after[key] ?? null] as const)
      const draft: Draft = { object, action: 'update', id, given: {}, by: [], version: null, row, path: '', parent: null }
      return { draft, values: { ...Object.fromEntries(unique), ...neededLinks(object, after, back) }, issues: [] }
    })
  await checkLinks(client, checked, { ...context, profile: null })
  return checked
    .filter(({ issues }) => issues.length > 0)
    .map(({ draft, issues }) => ({ draft: { ...draft, action: 'delete', object: root }, values: {}, issues }))
}

/** A draft of a restored record as it is checked: as if it got some of its values again. */
const checkedAs = ({ draft, issues }: Prepared, values: Values): Prepared => ({
  draft: { ...draft, action: 'update' },
  values: { ...values },
  issues,
})

const uniqueFields = (object: ObjectModel): FieldModel[] =>
  Object.values(object.fields).filter(field => field.definition.unique || field.type.name === 'autonumber')

/** The records that a record must point at, but for those that come back with it. */
const neededLinks = (object: ObjectModel, values: Values, back: ReadonlyMap<string, unknown>): Values =>
  Object.fromEntries(
    Object.values(object.fields)
      .filter(field => field.definition.required === true && field.relation?.kind === 'lookup' && field.relation.to !== null)
      .map(field => [field.key, back.has(String(values[field.key])) ? null : (values[field.key] ?? null)]),
  )

/** Restored records with the lines that went with them; what they point at and was merged meanwhile is what it went into. */
export async function backWithLines(
  client: Queryable,
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
    [...uniqueFields(object), ...Object.values(object.fields).filter(field => field.relation?.kind === 'masterDetail')].map(field => [
      field.key,
      present?.values[field.key] ?? null,
    ]),
  )
