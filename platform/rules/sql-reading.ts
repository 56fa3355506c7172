import { join, type Sql, sql } from '../sql/sql.js'
import { factsOf, operatorOf } from './javascript.js'
import type { Place } from './operator.js'
import { type CheckedRule, type Reading, walk } from './rule.js'
import { isList, isMembers, type RuleType, scalarKinds, scalarOf, toParameter, type Value } from './types.js'

/** Where a rule reads from in a statement. */
export interface SqlScope {
  /** The value at a path, in PostgreSQL's type for the rule type (text, bigint or integer, numeric, boolean, date, timestamptz, uuid, arrays of them). */
  readonly read: (path: readonly string[], type: RuleType) => Sql
  /** The zone in which instants have a day, as a text; UTC when it is left out. */
  readonly timeZone?: Sql
}

/**
 * Reads a rule as SQL.
 * @param place where the result stands: a filter is `positive` (null serves as false, comparisons stay bare); what stands behind
 * `not` is `negated` (never null); a selected or computed column is a `value`
 */
export const toSql = (rule: CheckedRule, scope: SqlScope, place: Place = 'positive'): Sql => walk(rule, sqlReading(scope), place)

const sqlReading = ({ read, timeZone = sql`'UTC'` }: SqlScope): Reading<Sql> => ({
  literal: (node, place) => orFalse(node, place, writtenOut(node.value, node.type)),
  read: (node, place) => orFalse(node, place, read(node.path, node.type)),
  list: ({ type }, items) => scalarKinds[scalarOf(type)].castList(sql`array[${join(items)}]`),
  widen: (_, value) => sql`(${value})::numeric`,
  call: (node, args, place) => {
    const { name, sql: write } = operatorOf(node)
    if (write === null) throw new Error(`A checked rule for the database calls "${name}", which has no reading there`)
    return orFalse(node, place, write(args, { ...factsOf(node), place, timeZone }))
  },
})

/** A condition that can be null is made false where null will not do. */
const orFalse = (node: CheckedRule, place: Place, written: Sql): Sql =>
  place === 'negated' && node.type === 'boolean' && node.isNullable ? sql`coalesce(${written}, false)` : written

const writtenOut = (value: Value, type: RuleType): Sql => {
  if (typeof value === 'boolean') return value ? sql`true` : sql`false`
  const kind = scalarKinds[scalarOf(type)]
  if (value === null) return isList(type) ? kind.castList(sql`null`) : kind.cast(sql`null`)
  return isMembers(value) ? kind.castList(value.map(toParameter)) : kind.cast(toParameter(value))
}
