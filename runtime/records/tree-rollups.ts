import type { FieldModel, ObjectModel, RollupModel } from '@tessera/platform/model/model.js'
import { fnv } from '@tessera/platform/model/naming.js'
import { column, from } from '@tessera/platform/query/source.js'
import type { Change } from '@tessera/platform/records/change.js'
import { type Contribution, contributionOf, isSameContribution } from '@tessera/platform/records/rollups.js'
import type { Values } from '@tessera/platform/records/values.js'
import { name, param, type Sql, sql } from '@tessera/platform/sql/sql.js'
import type { Queryable } from '../database/queryable.js'
import { isLive } from './ledger.js'
import type { Propagation, Shift } from './propagation.js'
import { rowsOf } from './run.js'
import { keptMoment, type WriteContext } from './write-context.js'

/** What changes mean for the records above them in a tree. */
export interface TreeShifts {
  readonly shifts: Map<string, Shift>
  /** What changed records count for, by each record that they then stand under. */
  readonly after: Map<string, Contribution[]>
  /** The ids of all changed records. */
  readonly changed: readonly string[]
  /** Records under which whole branches came or went: they are counted anew. */
  readonly anew: ReadonlySet<string>
  /** Where live changed records then hang: id to the one above. */
  readonly hung: ReadonlyMap<string, string>
}

/** Moves in one tree, and what is counted along it, wait for each other until the transaction ends. */
export const lockTree = (client: Queryable, object: ObjectModel, { schema }: Pick<WriteContext, 'schema'>) =>
  client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${schema}.${fnv(object.name)}.tree`])

/** What left and came for all records above changed ones: a record counts for each of its ancestors, not for itself. */
export async function treeShifts(rollup: RollupModel, object: ObjectModel, { client, ledger, context }: Propagation): Promise<TreeShifts> {
  const above = object.fields[rollup.relation]
  const entries = [...ledger.values()].filter(({ change }) => change.object === object)
  const result = {
    shifts: new Map<string, Shift>(),
    after: new Map<string, Contribution[]>(),
    changed: entries.map(({ change }) => change.id),
  }
  const anew = new Set<string>()
  const hung = new Map<string, string>()
  if (!above || entries.length === 0) return { ...result, anew, hung }
  await lockTree(client, object, context)
  const parentOf = (values: Values | null) => parentIn(values, above)
  for (const { change } of entries) {
    const parent = isLive(change) ? parentOf(change.after) : null
    if (parent !== null) hung.set(change.id, parent)
  }
  const { before, now } = await treesOf(
    client,
    object,
    above,
    entries.map(({ change }) => change),
    context,
  )
  const moment = keptMoment(context)
  const counted = (values: Values, ancestor: string) => contributionOf(rollup, object, { ...values, [above.key]: ancestor }, moment)
  for (const { change, row } of entries) {
    const was = wasLive(change) && change.before ? chain(parentOf(change.before), before) : []
    const is = isLive(change) ? chain(parentOf(change.after), now) : []
    if (isMoved(change, above)) for (const id of [...was, ...is]) anew.add(id)
    for (const id of new Set([...was, ...is])) {
      const left = was.includes(id) && change.before ? counted(change.before, id) : null
      const came = is.includes(id) ? counted(change.after, id) : null
      note(result, id, left, came, row, anew.has(id))
    }
  }
  return { ...result, anew, hung }
}

const parentIn = (values: Values | null, above: FieldModel): string | null => {
  const id = values?.[above.key]
  return typeof id === 'string' ? id : null
}

/** Who stands above whom among all records above changed ones, as the database has it and as the changes leave it. */
async function treesOf(client: Queryable, object: ObjectModel, above: FieldModel, changes: readonly Change[], context: WriteContext) {
  const starts = changes.flatMap(({ before, after }) => [parentIn(before, above), parentIn(after, above)]).filter(id => id !== null)
  const before = await readUp(client, object, above, starts, context)
  const now = new Map<string, string | null>(before)
  for (const change of changes) {
    if (isLive(change)) now.set(change.id, parentIn(change.after, above))
    else now.delete(change.id)
  }
  return { before, now }
}

const wasLive = ({ deed }: Change): boolean => deed !== 'created' && deed !== 'restored'

/** Notes what one record counted for another above it, and counts for now. */
function note(
  { shifts, after }: Pick<TreeShifts, 'shifts' | 'after'>,
  id: string,
  left: Contribution | null,
  came: Contribution | null,
  row: number,
  isAnew: boolean,
): void {
  if (came) after.set(id, [...(after.get(id) ?? []), came])
  if (isSameContribution(left, came) && !isAnew) return
  const shift = shifts.get(id) ?? { left: [], came: [], row }
  shifts.set(id, shift)
  if (left) shift.left.push(left)
  if (came) shift.came.push(came)
}

/** Whether what hangs under a record comes or goes with it. A new record has nothing under it that is not new there too. */
const isMoved = ({ deed, changed }: Change, above: FieldModel): boolean =>
  deed === 'deleted' || deed === 'restored' || (deed === 'updated' && changed.includes(above.key))

/** The ids from one record up to the top, itself first, through records that are there. */
function chain(start: string | null, tree: ReadonlyMap<string, string | null>): string[] {
  const ids: string[] = []
  let at = start
  while (at !== null && tree.has(at) && !ids.includes(at)) {
    ids.push(at)
    at = tree.get(at) ?? null
  }
  return ids
}

/** Live records and all above them, each with the one above it. */
async function readUp(
  client: Queryable,
  object: ObjectModel,
  above: FieldModel,
  ids: readonly string[],
  context: WriteContext,
): Promise<ReadonlyMap<string, string | null>> {
  const live = sql`t.deleted_at is null`
  const rows = await rowsOf<{ id: string; above: string | null }>(
    client,
    sql`with recursive up (id, above) as (
      select t.id, ${column(above, 't')} from ${from(object, 't')} where t.id = any(${param([...new Set(ids)])}::uuid[]) and ${live}
      union select t.id, ${column(above, 't')} from up join ${from(object, 't')} on t.id = up.above where ${live})
    select id, above from up`,
    context,
  )
  return new Map(rows.map(row => [row.id, row.above]))
}

/**
 * The recursive table `down (root, id)`: every record under some others, as the database has them and the changes under way leave them.
 * @param changed ids that do not hang any more where the database has them
 * @param hung where those that are there then hang
 */
export function downSql(
  object: ObjectModel,
  above: FieldModel,
  roots: readonly string[],
  changed: readonly string[],
  hung: ReadonlyMap<string, string>,
): Sql {
  // for each record by itself, so that those under it are found by the index: joined as a table, all records would be read for every level
  const under = (record: Sql) => sql`lateral (
      select t.id from ${from(object, 't')} where ${column(above, 't')} = ${record} and t.deleted_at is null and t.id <> all(${param(changed)}::uuid[])
      union all select h.id from unnest(${[...hung.keys()]}::uuid[], ${[...hung.values()]}::uuid[]) as h (id, above) where h.above = ${record}) e`
  return sql`with recursive down (root, id) as (select r.id, e.id from unnest(${param(roots)}::uuid[]) as r (id), ${under(name('r', 'id'))}
    union select down.root, e.id from down, ${under(name('down', 'id'))})`
}
