import { integer, name, Slot, type Sql, sql } from '../sql/sql.js'
import { countedUpTo } from './counted.js'
import { chosen } from './filter.js'
import type { ListPlan, ReadPlan } from './plan.js'
import { from, objectOf, type QueryContext } from './source.js'

/** What has to be asked before a read that wants to know roughly how many records a list has. */
export interface EstimateQuery {
  /** The key under which the read looks for the number. */
  readonly root: string
  /** One row `count`: how many there are, one more than are counted when there are more. */
  readonly counted: Sql
  /** All of them, to be explained and never run. */
  readonly rows: Sql
}

/** Where the numbers stand among what is known when a read is executed, by the key of the list. */
export const estimates = 'estimates'

/** The rough number of a list at the root of a request, found before the read itself. */
export const estimateSlot = (root: string): Slot =>
  new Slot(env => (env.context[estimates] as ReadonlyMap<string, number> | undefined)?.get(root) ?? null)

/** The questions of a read about rough numbers; none when it does not ask for any. */
export const estimateQueries = ({ roots }: ReadPlan, context: QueryContext): EstimateQuery[] =>
  roots.flatMap(root => (root.kind === 'list' && isEstimated(root.list) ? [estimateQuery(root.key, root.list, context)] : []))

const isEstimated = ({ outputs }: ListPlan): boolean => outputs.some(output => output.show === 'estimatedCount')

function estimateQuery(root: string, list: ListPlan, context: QueryContext): EstimateQuery {
  const rows = () => {
    const alias = context.alias()
    return sql`select 1 from ${from(objectOf(context, list.object), alias)} where ${chosen(list, alias, context)}`
  }
  return {
    root,
    counted: sql`select count(*)::int as count from (${rows()} limit ${integer(countedUpTo + 1)}) ${name('some')}`,
    rows: rows(),
  }
}

/**
 * A number that does not pretend to be exact: two figures of the planner's estimate, and never within what would have been counted.
 * @param rows what the planner thinks
 */
export function roughly(rows: number): number {
  const unit = 10 ** Math.max(Math.floor(Math.log10(Math.max(rows, 1))) - 1, 0)
  return Math.min(Math.max(Math.round(rows / unit) * unit, countedUpTo + 1), 2_147_483_647)
}
