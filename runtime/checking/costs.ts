import type { Label } from '@tessera/platform/label.js'
import { type Cost, costsOf, fillCost } from '@tessera/platform/tables/cost.js'
import type { Database } from '../database/database.js'
import { movesOf } from '../publishing/backfill.js'
import { fillsOf } from '../publishing/fills.js'
import type { Decided } from '../publishing/publisher.js'

/** What a step is reckoned to take, with what people call its table. */
export interface ToldCost extends Cost {
  readonly title: Label
}

/** Rough numbers of rows, as the planner knows them; a table that it never looked at is measured by its pages. */
const rough = `select c.relname as name, greatest(c.reltuples, 0)::float8 as rows, c.relpages
  from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = $1 and c.relkind = 'r'`

/** What the steps of a publish are reckoned to take, by rough numbers of rows and what a row was measured to take. */
export async function costsBy({ before, way }: Decided, { pool }: Database, schema: string): Promise<ToldCost[]> {
  const { rows } = await pool.query<{ name: string; rows: number }>(rough, [schema])
  const known = new Map(rows.map(row => [row.name, row.rows]))
  const rowsOf = (table: string): number => known.get(table) ?? 0
  const titleOf = (table: string): Label => {
    const has = [way.model, before].flatMap(({ objects }) => Object.values(objects).find(object => object.table === table) ?? [])
    return has[0]?.label ?? table
  }
  const fieldCost = (deed: 'carryOver' | 'compute') => (of: { readonly object: string; readonly field: string }) => {
    const table = way.model.objects[of.object]?.table ?? ''
    return fillCost(deed, table, of.field, rowsOf(table))
  }
  const costs = [
    ...costsOf(way.alterations, rowsOf),
    ...movesOf(way.changes, before, way.model, 0).map(({ to }) => fieldCost('carryOver')(to)),
    ...fillsOf(before, way.model).map(fieldCost('compute')),
  ]
  return costs.map(cost => ({ ...cost, title: titleOf(cost.table) }))
}
