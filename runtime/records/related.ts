import { readsOfPaths } from '@tessera/platform/model/computed.js'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { treeAt } from '@tessera/platform/model/scope.js'
import { column, from } from '@tessera/platform/query/source.js'
import { fieldValue, type Judged } from '@tessera/platform/records/check.js'
import type { Moment } from '@tessera/platform/records/defaults.js'
import type { Values } from '@tessera/platform/records/values.js'
import { lookup } from '@tessera/platform/registry.js'
import { type CheckedRule, type RowReads, rowsOf as rowsRead, treesOf } from '@tessera/platform/rules/rule.js'
import { nothing, param, type Sql, sql } from '@tessera/platform/sql/sql.js'
import type { Queryable } from '../database/queryable.js'
import { andSeen, isOneOf } from './gather.js'
import { entryOf, isLive, type Ledger } from './ledger.js'
import { readingOf, rowsOf } from './run.js'
import { readerOf } from './unlocked.js'
import type { WriteContext } from './write-context.js'

/** Reads what rules name along relations: records as the changes under way leave them, else as the database has them. */
export interface Related {
  /**
   * Reads the records at the ends of relations, so that rules over `rows` can be evaluated.
   * @param paths names of relations, one after the other
   * @param isKept whether what is read goes into a value that is kept: then nobody may change it until the transaction ends
   */
  readonly load: (object: ObjectModel, rows: readonly Values[], paths: readonly (readonly string[])[], isKept: boolean) => Promise<void>
  /** Reads the other records that rules over some records look at: their rows, such as lines, and the trees that they stand in. */
  readonly loadOthers: (object: ObjectModel, records: readonly Values[], rules: readonly CheckedRule[]) => Promise<void>
  /** Reads the rows of a name, so that `judged` has them. */
  readonly loadRows: (object: ObjectModel, records: readonly Values[], name: string) => Promise<void>
  /** The live record at the end of a relation, as far as it was read. */
  readonly record: (object: ObjectModel, relation: string, values: Values) => Values | null
  /** A record for the evaluation of rules. */
  readonly judged: (object: ObjectModel, before: Values | null, after: Values, moment?: Moment) => Judged
}

interface Known {
  readonly values: Values | null
  readonly isKept: boolean
}

/** Where a reader reads, and what it has read so far, by object and id. */
interface Place {
  readonly client: Queryable
  readonly context: WriteContext
  readonly ledger: Ledger
  readonly isSeen: boolean
  readonly known: Map<string, Known>
  /** Ids of children as the database has them, by object, field and id of the parent. */
  readonly children: Map<string, readonly string[]>
  /** Ids of children under way, by parent, while the ledger has so many changes. */
  readonly changed: Map<string, { readonly size: number; readonly byParent: ReadonlyMap<string, readonly string[]> }>
}

/** A reader along relations for one transaction; with `isSeen` of what the caller may see alone, for what is told to them and decides nothing. */
export function relatedIn(client: Queryable, context: WriteContext, ledger: Ledger, isSeen = false): Related {
  const place: Place = { client, context, ledger, isSeen, known: new Map(), children: new Map(), changed: new Map() }
  return {
    load: (object, rows, paths, isKept) => load(place, object, rows, paths, isKept),
    loadOthers: async (object, records, rules) => {
      const reads = rules.flatMap(rowsRead)
      const trees = rules.flatMap(treesOf)
      if (reads.length > 0) await loadRows(place, object, records, reads)
      if (trees.length > 0) await loadTrees(place, object, records, trees)
    },
    loadRows: (object, records, name) => loadRows(place, object, records, [{ at: [name], paths: [], rows: [] }]),
    record: (object, relation, values) => recordAt(place, object, relation, values),
    judged: (object, before, after, moment = context.moment) => judged(place, object, before, after, moment),
  }
}

async function load(
  place: Place,
  object: ObjectModel,
  rows: readonly Values[],
  paths: readonly (readonly string[])[],
  isKept: boolean,
): Promise<void> {
  for (const first of new Set(paths.flatMap(path => path.slice(0, 1)))) {
    const field = object.fields[first]
    const target = place.context.model.objects[field?.relation?.to ?? '']
    if (!field || !target) continue
    const ids = [...new Set(rows.map(row => row[field.key]).filter(id => typeof id === 'string'))]
    await fetch(place, target, ids, isKept)
    const rest = paths.filter(path => path[0] === first && path.length > 1).map(path => path.slice(1))
    const next = ids.map(id => current(place, target, id)).filter(values => values !== null)
    if (rest.length > 0) await load(place, target, next, rest, isKept)
  }
}

async function loadRows(place: Place, object: ObjectModel, records: readonly Values[], reads: readonly RowReads[]): Promise<void> {
  for (const read of reads) {
    const child = childOf(place, object, read.at.at(-1) ?? '')
    if (!child) continue
    const ids = [...new Set(records.map(record => String(record.id)))]
    await fetchChildren(place, child, ids)
    if (child.over) await loadEnds(place, child.over, ids)
    const rows = records.flatMap(record => childrenOf(place, child, String(record.id)))
    const { objects } = place.context.model
    const paths = readsOfPaths(read.paths, child.object, objects).flatMap(({ path }) => (path !== null && path.length > 0 ? [path] : []))
    if (paths.length > 0) await load(place, child.object, rows, paths, false)
    if (read.rows.length > 0) await loadRows(place, child.object, rows, read.rows)
  }
}

/** Reads the records at the other end of links that are read. */
async function loadEnds(place: Place, { links, other }: NonNullable<Child['over']>, parents: readonly string[]): Promise<void> {
  const rows = parents.flatMap(parent => childrenOf(place, links, parent))
  await load(place, links.object, rows, [[other]], false)
}

/** How many levels a tree may have. */
const highestTree = 100

async function loadTrees(
  place: Place,
  object: ObjectModel,
  records: readonly Values[],
  paths: readonly (readonly string[])[],
): Promise<void> {
  for (const path of paths) {
    const tree = treeAt(object, place.context.model.objects, path)
    if (!tree) continue
    await load(place, object, records, [path], false)
    let level = records.map(record => endOf(place, object, path, record)).filter(found => found !== null)
    for (let height = 0; height < highestTree && level.length > 0; height++) {
      const above = [...new Set(level.map(record => record[tree.above.key]).filter(id => typeof id === 'string'))]
      await fetch(place, tree.object, above, false)
      level = above.map(id => current(place, tree.object, id)).filter(found => found !== null)
    }
  }
}

/** The record at the end of a path of relations; `id` is the record itself. */
function endOf(place: Place, object: ObjectModel, path: readonly string[], values: Values): Values | null {
  const [first, ...rest] = path
  if (first === undefined || first === 'id') return values
  const next = lookup(place.context.model.objects, object.fields[first]?.relation?.to ?? '')
  const found = next ? recordAt(place, object, first, values) : null
  return next && found ? endOf(place, next, rest, found) : null
}

function branch(place: Place, object: ObjectModel, path: readonly string[], values: Values): string[] {
  const tree = treeAt(object, place.context.model.objects, path)
  const ids: string[] = []
  let found = tree && endOf(place, object, path, values)
  while (tree && found && ids.length < highestTree && !ids.includes(String(found.id))) {
    ids.push(String(found.id))
    found = current(place, tree.object, found[tree.above.key])
  }
  return ids
}

/** An object of rows, and its field that points at the record they belong to. */
interface Child {
  readonly object: ObjectModel
  readonly field: FieldModel
  /** The links over which they are reached, and the field of those that points at them. */
  readonly over?: { readonly links: Child; readonly other: string }
}

function childOf({ context }: Place, object: ObjectModel, name: string): Child | null {
  const child = lookup(object.children, name)
  const target = child && lookup(context.model.objects, child.object)
  const links = child?.through && lookup(context.model.objects, child.through.junction)
  const field = child?.through ? links?.fields[child.through.own] : target && lookup(target.fields, child.field)
  if (!target || !field) return null
  return links && child?.through
    ? { object: target, field, over: { links: { object: links, field }, other: child.through.other } }
    : { object: target, field }
}

const placeOf = ({ object, field }: Child, parent: string): string => `${object.name} ${field.name} ${parent}`

async function fetchChildren(place: Place, all: Child, parents: readonly string[]): Promise<void> {
  const child = all.over?.links ?? all
  const missing = parents.filter(parent => !place.children.has(placeOf(child, parent)))
  if (missing.length === 0) return
  const { columns, valuesOf: valuesOfRow } = readingOf(child.object, 't')
  const found = await rowsOf<Record<string, unknown>>(
    place.client,
    sql`select ${columns} from ${from(child.object, 't')} where ${column(child.field, 't')} = any(${param(missing)}::uuid[]) and t.deleted_at is null${place.isSeen ? andSeen(child.object, place.context) : nothing} order by t.id`,
    place.context,
  )
  const rows = found.map(valuesOfRow)
  for (const parent of missing) {
    const own = rows.filter(row => row[child.field.key] === parent)
    place.children.set(
      placeOf(child, parent),
      own.map(row => String(row.id)),
    )
  }
  for (const values of rows) {
    const key = `${child.object.name} ${String(values.id)}`
    if (!place.known.has(key)) place.known.set(key, { values, isKept: false })
  }
}

/** The live rows of a record as the changes under way leave them, in the order of their ids. */
function childrenOf(place: Place, child: Child, parent: string): Values[] {
  if (child.over) {
    const { links, other } = child.over
    const ends = childrenOf(place, links, parent).map(link => recordAt(place, links.object, other, link))
    return ends.filter(values => values !== null).sort((left, right) => (String(left.id) < String(right.id) ? -1 : 1))
  }
  const ids = new Set([...(place.children.get(placeOf(child, parent)) ?? []), ...(changedChildren(place, child).get(parent) ?? [])])
  return [...ids]
    .sort()
    .map(id => current(place, child.object, id))
    .flatMap(values => (values !== null && values[child.field.key] === parent ? [values] : []))
}

function rowsIn(
  place: Place,
  object: ObjectModel,
  name: string,
  values: Values,
): { readonly object: ObjectModel; readonly values: Values }[] {
  const child = childOf(place, object, name)
  return child ? childrenOf(place, child, String(values.id)).map(row => ({ object: child.object, values: row })) : []
}

/** Ids of the children under way, by parent. */
function changedChildren({ ledger, changed }: Place, { object, field }: Child): ReadonlyMap<string, readonly string[]> {
  const name = `${object.name} ${field.name}`
  const known = changed.get(name)
  if (known?.size === ledger.size) return known.byParent
  const byParent = new Map<string, string[]>()
  for (const { change } of ledger.values()) {
    if (change.object !== object) continue
    const parent = String(change.after[field.key])
    byParent.set(parent, [...(byParent.get(parent) ?? []), change.id])
  }
  changed.set(name, { size: ledger.size, byParent })
  return byParent
}

async function fetch(
  { client, context, ledger, isSeen, known }: Place,
  target: ObjectModel,
  ids: readonly string[],
  isKept: boolean,
): Promise<void> {
  const missing = ids.filter(id => {
    const cached = known.get(`${target.name} ${id}`)
    return !entryOf(ledger, target, id) && (cached === undefined || (isKept && !cached.isKept))
  })
  if (missing.length === 0) return
  const { columns, valuesOf: valuesOfRow } = readingOf(target, 't')
  const rows = await rowsOf<Record<string, unknown>>(
    isKept ? client : readerOf(client),
    sql`select ${columns} from ${from(target, 't')} where ${isOneOf('t', missing)}${isSeen ? andSeen(target, context) : nothing} order by t.id ${isKept ? lockOf(target) : nothing}`,
    context,
  )
  for (const id of missing) known.set(`${target.name} ${id}`, { values: null, isKept })
  for (const row of rows) {
    const values = valuesOfRow(row)
    // deleted records are locked too, so that one that comes back waits for whoever has read that it was not there
    known.set(`${target.name} ${String(values.id)}`, { values: isDeleted(values) ? null : values, isKept })
  }
}

export const isDeleted = (values: Values): boolean => (values.deletedAt ?? null) !== null

/** Records with rollups may be written later in the same transaction: they are locked at once as that will need. */
const lockOf = (target: ObjectModel): Sql =>
  Object.values(target.fields).some(field => field.rollup !== null) ? sql`for no key update of t` : sql`for share of t`

/** A live record as it is now: after its change, else as it was read. */
function current({ ledger, known }: Place, object: ObjectModel, id: unknown): Values | null {
  const entry = entryOf(ledger, object, String(id))
  if (entry) return isLive(entry.change) ? entry.change.after : null
  return known.get(`${object.name} ${String(id)}`)?.values ?? null
}

const judged = (place: Place, object: ObjectModel, before: Values | null, after: Values, moment: Moment): Judged => ({
  object,
  before,
  after,
  moment,
  related: (path, values) => read(place, object, values, path, moment),
  branch: (path, values) => branch(place, object, path, values),
  rows: (name, values) => rowsIn(place, object, name, values).map(row => judged(place, row.object, null, row.values, moment)),
})

function recordAt(place: Place, object: ObjectModel, relation: string, values: Values): Values | null {
  const field = object.fields[relation]
  const target = place.context.model.objects[field?.relation?.to ?? '']
  return field && target ? current(place, target, values[field.key]) : null
}

function read(place: Place, object: ObjectModel, values: Values, path: readonly string[], moment: Moment): unknown {
  const [first = '', ...rest] = path
  const field = object.fields[first]
  const target = place.context.model.objects[field?.relation?.to ?? '']
  const found = field && target ? current(place, target, values[field.key]) : null
  if (!target || !found) return null
  return rest.length === 1
    ? fieldValue(rest[0] ?? '', judged(place, target, null, found, moment))
    : read(place, target, found, rest, moment)
}
