import { issue, joinPath, nearest } from '@tessera/platform/errors.js'
import { isId } from '@tessera/platform/fields/id-text.js'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { onceFor } from '@tessera/platform/once-for.js'
import { column, from } from '@tessera/platform/query/source.js'
import { isEmpty } from '@tessera/platform/records/check.js'
import { param, sql } from '@tessera/platform/sql/sql.js'
import type { Queryable } from '../database/queryable.js'
import type { Prepared } from './decide.js'
import { fillDefaults } from './fill-defaults.js'
import { readByKey, readExisting, readHolders } from './gather.js'
import { holdFiles } from './hold-files.js'
import { isGathered } from './hold-parents.js'
import { readEnds } from './merged.js'
import { rowsOf } from './run.js'
import { lockTree } from './tree-rollups.js'
import { NeedsTransaction, Unlocked } from './unlocked.js'
import type { WriteContext } from './write-context.js'

/** Everything about drafts that only the database knows: records named by keys, records pointed at, values that must be unique, circles in trees. */
export async function checkLinks(client: Queryable, prepared: readonly Prepared[], context: WriteContext): Promise<void> {
  await resolveKeys(client, prepared, context)
  await fillDefaults(client, prepared, context)
  await checkReferences(client, prepared, context)
  await checkUnique(client, prepared, context)
  await checkTrees(client, prepared, context)
  await holdFiles(client, prepared, context)
}

interface Wanted {
  readonly entry: Prepared
  readonly field: FieldModel
  readonly value: unknown
}

async function resolveKeys(client: Queryable, prepared: readonly Prepared[], context: WriteContext): Promise<void> {
  const wanted = new Map<string, Wanted[]>()
  for (const entry of prepared)
    for (const { field, key, value } of entry.draft.by) push(wanted, `${field.relation?.to ?? ''} ${key}`, { entry, field, value })
  for (const [place, list] of wanted) {
    const [objectName = '', key = ''] = place.split(' ')
    const target = context.model.objects[objectName]
    const keyField = target?.fields[key]
    if (!target || !keyField) continue
    const found = await readByKey(
      client,
      target,
      keyField,
      [...new Set(list.map(link => link.value).filter(value => !isEmpty(value)))],
      context,
    )
    for (const { entry, field, value } of list) {
      const ids = found.get(String(value)) ?? []
      const path = joinPath(entry.draft.path, field.name)
      if (ids.length === 1) entry.values[field.key] = ids[0]
      else if (ids.length > 1) entry.issues.push(issue('MATCH_SEVERAL', path, { field: field.label, value: String(value) }))
      else
        entry.issues.push(
          issue('MATCH_NONE', path, {
            field: field.label,
            value: String(value),
            suggestion: nearest(String(value), [...found.keys()]) ?? '',
          }),
        )
    }
  }
}

async function checkReferences(client: Queryable, prepared: readonly Prepared[], context: WriteContext): Promise<void> {
  const made = new Set(
    prepared.filter(entry => entry.draft.action === 'create').map(entry => `${entry.draft.object.name} ${entry.draft.id}`),
  )
  const wanted = new Map<string, Set<string>>()
  const held = new Map<string, Set<string>>()
  const uses: Wanted[] = []
  for (const entry of prepared.filter(candidate => candidate.draft.action !== 'delete')) {
    for (const field of pointing(entry.draft.object)) {
      const value = entry.values[field.key]
      if (typeof value !== 'string') continue
      const target = targetOf(field, entry)
      if (made.has(`${target} ${value}`)) continue
      uses.push({ entry, field, value })
      const ids = isGathered(field, context) ? wanted : held
      ids.set(target, (ids.get(target) ?? new Set()).add(value))
    }
  }
  if (uses.length === 0) return
  if (client instanceof Unlocked) return nameAll(client, wanted, held, context)
  const existing = new Set(await readExisting(client, wanted, context, held))
  await followMerges(client, uses, existing, context)
  for (const { entry, field } of uses) {
    const value = entry.values[field.key]
    if (!existing.has(`${targetOf(field, entry)} ${String(value)}`))
      entry.issues.push(issue('RECORD_UNKNOWN', joinPath(entry.draft.path, field.key), { field: field.label }))
  }
}

/** Has the statement of the write itself look whether the records are there. */
function nameAll(
  client: Unlocked,
  wanted: ReadonlyMap<string, ReadonlySet<string>>,
  held: ReadonlyMap<string, ReadonlySet<string>>,
  { model, moment }: WriteContext,
): void {
  for (const all of [wanted, held])
    for (const [target, ids] of all)
      for (const id of ids) {
        const object = target === '' ? null : model.objects[target]
        if (object === undefined || !isId(id)) throw new NeedsTransaction(false)
        // who writes is there
        if (object !== null || id !== moment.member?.id) client.names({ object, id, isHeld: all === held })
      }
}

/** Whoever names a record that was merged means the one that it went into. */
async function followMerges(client: Queryable, uses: readonly Wanted[], existing: Set<string>, context: WriteContext): Promise<void> {
  const missing = uses.filter(({ entry, field, value }) => !existing.has(`${targetOf(field, entry)} ${String(value)}`))
  const ends =
    missing.length === 0
      ? new Map<string, string>()
      : await readEnds(
          client,
          missing.map(({ value }) => String(value)),
          context,
        )
  const wanted = new Map<string, Set<string>>()
  for (const { entry, field, value } of missing) {
    const end = ends.get(`${targetOf(field, entry)} ${String(value)}`)
    if (end === undefined) continue
    const target = targetOf(field, entry)
    entry.values[field.key] = end
    wanted.set(target, (wanted.get(target) ?? new Set()).add(end))
  }
  if (wanted.size > 0) for (const one of await readExisting(client, new Map(), context, wanted)) existing.add(one)
}

/** The object that a relation of a draft points at; empty is a member. */
function targetOf(field: FieldModel, { draft, values }: Prepared): string {
  if (!field.targets) return field.relation?.to ?? ''
  const type = Object.values(draft.object.fields).find(({ typeOf }) => typeOf === field.name)
  return String(values[type?.key ?? ''] ?? 'nothing')
}

const pointing = onceFor((object: ObjectModel) => Object.values(object.fields).filter(field => field.relation || field.targets))
const uniqueFields = onceFor((object: ObjectModel) =>
  Object.values(object.fields).filter(field => field.definition.unique || field.type.name === 'autonumber'),
)

async function checkUnique(client: Queryable, prepared: readonly Prepared[], context: WriteContext): Promise<void> {
  const wanted = new Map<string, { field: FieldModel; object: ObjectModel; list: Prepared[] }>()
  for (const entry of prepared.filter(candidate => candidate.draft.action !== 'delete')) {
    for (const field of uniqueFields(entry.draft.object)) {
      if (isEmpty(entry.values[field.key])) continue
      const key = `${field.object} ${field.name}`
      const known = wanted.get(key) ?? { field, object: entry.draft.object, list: [] }
      known.list.push(entry)
      wanted.set(key, known)
    }
  }
  for (const { field, object, list } of wanted.values()) {
    const freed = freedIn(prepared, object, field)
    const holders = await readHolders(client, object, field, [...new Set(list.map(entry => entry.values[field.key]))], context)
    const seen = new Map<string, string>()
    for (const entry of list) {
      const value = String(entry.values[field.key])
      const present = holders.get(value)
      const holder = (present !== undefined && freed.has(present) ? undefined : present) ?? seen.get(value)
      if (holder !== undefined && holder !== entry.draft.id)
        entry.issues.push(issue('VALUE_DUPLICATE', joinPath(entry.draft.path, field.key), { field: field.label, value }))
      seen.set(value, entry.draft.id)
    }
  }
}

/** The records of a request that have another value of a unique field then, or go: what they had is free. */
const freedIn = (prepared: readonly Prepared[], object: ObjectModel, field: FieldModel): ReadonlySet<string> =>
  new Set(
    prepared
      .filter(
        ({ draft, values }) => draft.object === object && (draft.action === 'delete' || (draft.action === 'update' && field.key in values)),
      )
      .map(({ draft }) => draft.id),
  )

/** Refuses a place in a tree that lies in the record's own branch; moves in one tree wait for each other, so that two cannot make a circle together. */
async function checkTrees(client: Queryable, prepared: readonly Prepared[], context: WriteContext): Promise<void> {
  const moved = prepared.filter(
    entry =>
      entry.draft.action !== 'delete' &&
      treeOf(entry.draft.object) !== null &&
      typeof entry.values[treeOf(entry.draft.object)?.key ?? ''] === 'string',
  )
  for (const object of new Set(moved.map(entry => entry.draft.object))) {
    const field = treeOf(object)
    if (!field) continue
    const entries = moved.filter(entry => entry.draft.object === object)
    await lockTree(client, object, context)
    const parents = await readAncestors(
      client,
      object,
      field,
      entries.map(entry => String(entry.values[field.key])),
      context,
    )
    for (const entry of entries) parents.set(entry.draft.id, String(entry.values[field.key]))
    for (const entry of entries) {
      if (reachesItself(entry.draft.id, parents))
        entry.issues.push(issue('HIERARCHY_CYCLE', joinPath(entry.draft.path, field.key), { field: field.label }))
    }
  }
}

/** The field by which the records of an object make a tree, if they do. */
export const treeOf = onceFor(
  (object: ObjectModel): FieldModel | null => Object.values(object.fields).find(field => field.relation?.kind === 'hierarchy') ?? null,
)

/** What stands above records in their tree, up to the top: id to the one above it. */
export async function readAncestors(
  client: Queryable,
  object: ObjectModel,
  field: FieldModel,
  ids: readonly string[],
  context: WriteContext,
): Promise<Map<string, string>> {
  const rows = await rowsOf<{ id: string; p: string | null }>(
    client,
    sql`with recursive up (id, p, trail) as (
      select t.id, ${column(field, 't')}, array[t.id] from ${from(object, 't')} where t.id = any(${param(ids)}::uuid[])
      union all select t.id, ${column(field, 't')}, up.trail || t.id from up join ${from(object, 't')} on t.id = up.p where t.id <> all(up.trail))
    select distinct id, p from up`,
    context,
  )
  return new Map(rows.flatMap(row => (row.p === null ? [] : [[row.id, row.p] as const])))
}

/** Whether going up from a record leads back to it. */
export function reachesItself(start: string, parents: ReadonlyMap<string, string>): boolean {
  const seen = new Set<string>()
  for (let at = parents.get(start); at !== undefined && !seen.has(at); at = parents.get(at)) {
    if (at === start) return true
    seen.add(at)
  }
  return false
}

function push<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key)
  if (list) list.push(item)
  else lists.set(key, [item])
}
