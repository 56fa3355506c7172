import type { FieldModel, ObjectModel, RollupModel } from '@tessera/platform/model/model.js'
import { column, from, queryContext, ruleScope, unrestricted } from '@tessera/platform/query/source.js'
import type { Change } from '@tessera/platform/records/change.js'
import {
  adjustRollup,
  type Contribution,
  contributionOf,
  countRollup,
  isSameContribution,
  type RollupValues,
  rollupPart,
} from '@tessera/platform/records/rollups.js'
import type { Values } from '@tessera/platform/records/values.js'
import { toSql } from '@tessera/platform/rules/sql-reading.js'
import { name, param, type Sql, sql } from '@tessera/platform/sql/sql.js'
import type { Queryable } from '../database/queryable.js'
import { amountSql, currencyOf, exchangeOf } from './exchange.js'
import { entryOf, isLive, setComputed } from './ledger.js'
import { contractValue, type Propagation, type Shift } from './propagation.js'
import { rowsOf } from './run.js'
import { downSql, treeShifts } from './tree-rollups.js'
import { keptMoment, type WriteContext } from './write-context.js'

/** Brings a rollup of all parents up to date with changed children: by what left and came where that tells, else counted anew. */
export async function rollUp(object: ObjectModel, field: FieldModel, rollup: RollupModel, propagation: Propagation): Promise<void> {
  const { ledger, context, locked } = propagation
  const child = context.model.objects[rollup.object]
  if (!child) return
  const { shifts, after, changed, ...tree } = rollup.tree
    ? await treeShifts(rollup, child, propagation)
    : { ...shiftsOf(rollup, child, propagation), anew: nowhere, hung: undefined }
  addParents(shifts, object, field, propagation)
  if (shifts.size === 0) return
  const present = await locked.read(object, [...shifts.keys()].sort())
  const exchange = await exchangeOf(field, rollup, shifts, after, present, propagation)
  const anew: string[] = []
  for (const [id, { left, came, row }] of shifts) {
    const entry = entryOf(ledger, object, id)
    const has = entry ? entry.change.after : present.get(id)
    if (!has || (entry && !isLive(entry.change))) continue
    const inHis = (all: readonly Contribution[]) => exchange(all, has, row)
    const values = tree.anew.has(id)
      ? null
      : entry?.change.deed === 'created'
        ? countRollup(rollup, child, null, inHis(came))
        : entry && isRecounted(entry.change, field)
          ? null
          : adjustRollup(rollup, child, columnsOf(field, has), inHis(left), inHis(came))
    if (values) setComputed(ledger, object, id, keyed(field, values), has, row)
    else anew.push(id)
  }
  if (anew.length === 0) return
  const parents = new Map(anew.map(id => [id, entryOf(ledger, object, id)?.change.after ?? present.get(id) ?? {}] as const))
  const parts = await readParts(propagation.client, field, rollup, parents, changed, { ...context, moment: keptMoment(context) }, tree.hung)
  for (const [id, has] of parents) {
    const row = shifts.get(id)?.row ?? 0
    const values = countRollup(rollup, child, parts.get(id), exchange(after.get(id) ?? [], has, row))
    setComputed(ledger, object, id, keyed(field, values), present.get(id), row)
  }
}

const nowhere: ReadonlySet<string> = new Set()

/** Parents that are new or back have their rollup without any change of a child, and so have those whose currency changed. */
function addParents(shifts: Map<string, Shift>, object: ObjectModel, field: FieldModel, { ledger }: Propagation): void {
  for (const { change, row } of ledger.values()) {
    if (change.object !== object || shifts.has(change.id)) continue
    if (change.deed === 'created' || isRecounted(change, field)) shifts.set(change.id, { left: [], came: [], row })
  }
}

/** Whether what a parent has kept does not serve any more: it was deleted meanwhile, or stands in another currency now. */
const isRecounted = ({ deed, changed }: Change, { currency }: FieldModel): boolean =>
  deed === 'restored' || (currency?.from === 'record' && changed.includes(currency.column.key))

/** Counts a rollup of records anew from their children in the database. */
export async function countAnew(
  object: ObjectModel,
  field: FieldModel,
  rollup: RollupModel,
  parents: ReadonlyMap<string, Values>,
  { client, ledger, context }: Propagation,
): Promise<void> {
  const child = context.model.objects[rollup.object]
  if (!child || parents.size === 0) return
  const parts = await readParts(client, field, rollup, parents, [], { ...context, moment: keptMoment(context) })
  for (const [id, values] of parents)
    setComputed(ledger, object, id, keyed(field, countRollup(rollup, child, parts.get(id), [])), values, 0)
}

/** What left and came by parent; all changed children by the parent that they then have; the ids of all changed children. */
function shiftsOf(rollup: RollupModel, child: ObjectModel, { ledger, context }: Propagation) {
  const shifts = new Map<string, Shift>()
  const after = new Map<string, Contribution[]>()
  const changed: string[] = []
  const moment = keptMoment(context)
  const of = (parent: string, row: number): Shift => {
    const shift = shifts.get(parent) ?? { left: [], came: [], row }
    shifts.set(parent, shift)
    return shift
  }
  for (const { change, row } of ledger.values()) {
    if (change.object !== child) continue
    changed.push(change.id)
    const was = wasLive(change) && change.before ? contributionOf(rollup, child, change.before, moment) : null
    const is = isLive(change) ? contributionOf(rollup, child, change.after, moment) : null
    if (is) {
      const those = after.get(is.parent)
      if (those) those.push(is)
      else after.set(is.parent, [is])
    }
    if (isSameContribution(was, is)) continue
    if (was) of(was.parent, row).left.push(was)
    if (is) of(is.parent, row).came.push(is)
  }
  return { shifts, after, changed }
}

const wasLive = ({ deed }: Change): boolean => deed !== 'created' && deed !== 'restored'

/** The columns of a rollup in a record's values, by suffix. */
const columnsOf = (field: FieldModel, values: Values): RollupValues =>
  Object.fromEntries(field.columns.map(({ key }) => [key.slice(field.key.length), values[key] ?? null]))

/** The columns of a rollup as a record's values have them. */
export const keyed = (field: FieldModel, values: RollupValues): Values =>
  Object.fromEntries(
    Object.entries(values).map(([suffix, value]) => [`${field.key}${suffix}`, suffix === '' ? contractValue(field, value) : value]),
  )

/**
 * What the live children of parents give, by parent.
 * @param parents their values by id, as they will be
 * @param without ids of children that are left out
 * @param hung of a tree: where those among them that are there then hang
 */
export async function readParts(
  client: Queryable,
  kept: FieldModel,
  rollup: RollupModel,
  parents: ReadonlyMap<string, Values>,
  without: readonly string[],
  context: Pick<WriteContext, 'schema' | 'moment' | 'currency' | 'model'>,
  hung: ReadonlyMap<string, string> = new Map(),
): Promise<ReadonlyMap<string, unknown>> {
  const child = context.model.objects[rollup.object]
  const relation = child?.fields[rollup.relation]
  if (!child || !relation) throw new Error(`No children for the rollup ${kept.object}.${kept.name}`)
  const query = queryContext(context.model, unrestricted)
  const field = rollup.field === null ? null : (child.fields[rollup.field] ?? null)
  const byField = rollup.by === null ? null : (child.fields[rollup.by] ?? null)
  const read = (one: FieldModel | null): Sql => (one ? inCodeOrder(one, column(one, 't')) : sql`null`)
  const currencies = [...parents.values()].map(values => currencyOf(kept, values, context))
  const value = rollup.money && field ? amountSql(rollup.money, field, child) : read(field)
  const part = rollupPart(rollup, { value, by: read(byField), id: name('t', 'id'), field, byField })
  const where = rollup.where ? sql` and ${toSql(rollup.where, ruleScope(child, 't', query))}` : sql``
  const others = without.length > 0 ? sql` and t.id <> all(${param(without)}::uuid[])` : sql``
  const ids = [...parents.keys()]
  const down = rollup.tree ? sql`${downSql(child, relation, ids, without, hung)} ` : sql``
  const parent = rollup.tree ? name('down', 'root') : column(relation, 't')
  // a branch is read by its ids: how large it is a planner cannot know, and would read the table whole
  const joined = rollup.tree ? sql` join down on down.id = t.id and t.id = any(array(select id from down))` : sql``
  const rows = await rowsOf<{ parent: string; part: unknown }>(
    client,
    sql`${down}select ${parent} as parent, ${part} as part from ${from(child, 't')}${joined} join unnest(${ids}::uuid[], ${currencies}::text[]) as p (id, currency) on p.id = ${parent} where t.deleted_at is null${where}${others} group by 1`,
    context,
  )
  return new Map(rows.map(row => [row.parent, row.part]))
}

const inCodeOrder = (field: FieldModel, value: Sql): Sql => (field.class.rule === 'text' ? sql`${value} collate "C"` : value)
