import { all, join, name, type Sql, sql } from '../sql/sql.js'
import { binderOf, factsOf, operatorOf } from './javascript.js'
import type { Place } from './operator.js'
import { binders, operators } from './operators/index.js'
import { type BindNode, type CheckedRule, type Reading, walk } from './rule.js'
import { isList, isMembers, type RuleType, scalarKinds, scalarOf, toParameter, type Value } from './types.js'

/** Where a rule reads from in a statement. */
export interface SqlScope {
  /** The value at a path, in PostgreSQL's type for the rule type (text, bigint or integer, numeric, boolean, date, timestamptz, uuid, arrays of them). */
  readonly read: (path: readonly string[], type: RuleType) => Sql
  /** The zone in which instants have a day, as a text; UTC when it is left out. */
  readonly timeZone?: Sql
  /** The rows at a path: the table with its alias, which of its rows they are, their order, and where their own names read from. */
  readonly rows?: (path: readonly string[]) => RowsSql
  /** A query of the ids (as `id`) from the record at a path up to the top of its tree. */
  readonly branch?: (path: readonly string[]) => Sql
}

export interface RowsSql {
  readonly from: Sql
  readonly where: Sql
  readonly order: Sql
  readonly scope: SqlScope
}

/** A scope within bodies: the member that the body looks at, and the scope around it. */
interface InnerScope extends SqlScope {
  readonly member?: Sql
  readonly outer?: InnerScope
}

/**
 * Reads a rule as SQL.
 * @param place where the result stands: a filter is `positive` (null serves as false, comparisons stay bare); what stands behind
 * `not` is `negated` (never null); a selected or computed column is a `value`
 */
export const toSql = (rule: CheckedRule, scope: SqlScope, place: Place = 'positive'): Sql => walk(rule, sqlReading(scope), place)

/** Whether the database has a reading of every operator of a rule. */
export function isForSql(node: CheckedRule): boolean {
  if (node.kind === 'widen') return isForSql(node.value)
  if (node.kind === 'list') return node.items.every(isForSql)
  if (node.kind === 'call') return operators[node.operator]?.sql != null && node.args.every(isForSql)
  if (node.kind !== 'bind') return true
  const { source, body, binder } = node
  return binders[binder]?.sql != null && isForSql(body) && (source.kind === 'rows' || isForSql(source))
}

const sqlReading = (scope: InnerScope): Reading<Sql> => ({
  literal: (node, place) => orFalse(node, place, writtenOut(node.value, node.type)),
  read: (node, place) => orFalse(node, place, outside(scope, node.up).read(node.path, node.type)),
  member: (node, place) => orFalse(node, place, outside(scope, node.up).member ?? sql`null`),
  bind: (node, place) => orFalse(node, place, boundSql(node, scope)),
  list: ({ type }, items) => scalarKinds[scalarOf(type)].castList(sql`array[${join(items)}]`),
  widen: (_, value) => sql`(${value})::numeric`,
  call: (node, args, place) => {
    const { name: operator, sql: write } = operatorOf(node)
    if (write === null) throw new Error(`A checked rule for the database calls "${operator}", which has no reading there`)
    return orFalse(
      node,
      place,
      write(args, { ...factsOf(node), ...(scope.branch ? { branch: scope.branch } : {}), place, timeZone: scope.timeZone ?? sql`'UTC'` }),
    )
  },
})

/** A body over rows of a table or over the members of a list, as a query of its own. */
function boundSql(node: BindNode, scope: InnerScope): Sql {
  const { source, body } = node
  const { name: binder, sql: write, place } = binderOf(node)
  const rows = source.kind === 'rows' ? outside(scope, source.up).rows?.(source.path) : membersSql(source, scope)
  if (write === null || !rows) throw new Error(`A checked rule for the database calls "${binder}", which has no reading there`)
  const inner: InnerScope = { ...rows.scope, outer: scope, ...(scope.timeZone ? { timeZone: scope.timeZone } : {}) }
  return write({
    select: (what, test) => sql`select ${what} from ${rows.from} where ${test ? all([rows.where, test]) : rows.where}`,
    body: walk(body, sqlReading(inner), place),
    own: inner.member ?? sql`null`,
    order: rows.order,
    type: body.type,
  })
}

function membersSql(source: CheckedRule, scope: InnerScope): RowsSql & { readonly scope: InnerScope } {
  const alias = `m${depthOf(scope)}`
  const list = walk(source, sqlReading(scope), 'value')
  return {
    from: sql`unnest(${list}) with ordinality ${name(alias)}(v, n)`,
    where: sql`true`,
    order: name(alias, 'n'),
    scope: { read: () => sql`null`, member: name(alias, 'v') },
  }
}

const depthOf = (scope: InnerScope): number => (scope.outer ? depthOf(scope.outer) + 1 : 0)

/** The scope so many bodies further out. */
const outside = (scope: InnerScope, up = 0): InnerScope => (up > 0 && scope.outer ? outside(scope.outer, up - 1) : scope)

/** A condition that can be null is made false where null will not do. */
const orFalse = (node: CheckedRule, place: Place, written: Sql): Sql =>
  place === 'negated' && node.type === 'boolean' && node.isNullable ? sql`coalesce(${written}, false)` : written

const writtenOut = (value: Value, type: RuleType): Sql => {
  if (typeof value === 'boolean') return value ? sql`true` : sql`false`
  const kind = scalarKinds[scalarOf(type)]
  if (value === null) return isList(type) ? kind.castList(sql`null`) : kind.cast(sql`null`)
  return isMembers(value) ? kind.castList(value.map(toParameter)) : kind.cast(toParameter(value))
}
