import type { RollupFunction } from '../fields/definition.js'
import type { FieldModel, ObjectModel, RollupModel } from '../model/model.js'
import { dayIn } from '../rules/days.js'
import { decimalOf, decimalToText, exact, quotient } from '../rules/decimals.js'
import { compare, fromContract, type Scalar, scalarOf } from '../rules/types.js'
import { type Sql, sql } from '../sql/sql.js'
import { holds } from './check.js'
import type { Moment } from './defaults.js'
import type { Values } from './values.js'

/** What one child counts for in its parent's rollup. */
export interface Contribution {
  readonly id: string
  readonly parent: string
  /** The taken value in contract form. */
  readonly value: unknown
  /** What orders it among the others. */
  readonly by: unknown
  /** Of an amount that may have to be converted: its currency (null is the workspace's) on its day. */
  readonly money?: { readonly currency: string | null; readonly day: string }
}

/** The child's fields that a rollup reads, as SQL. */
export interface RollupColumns {
  readonly value: Sql
  readonly by: Sql
  readonly id: Sql
  /** The taken field, to write values in contract form. */
  readonly field: FieldModel | null
  readonly byField: FieldModel | null
}

/** Values of the rollup's columns by the suffix of their key; `''` is the value itself. */
export type RollupValues = Readonly<Record<string, unknown>>

/** One function of rollups: how it is counted anew, and how it follows changes without that. */
interface RollupKind {
  /** What is read of the children in the database, as one JSON value. */
  readonly part: (columns: RollupColumns) => Sql
  /** The value of what was read (null without any child) and of further children. */
  readonly counted: (part: unknown, more: readonly Contribution[], rollup: Comparing) => RollupValues
  /** The value after some left and others came; null when only counting anew tells. */
  readonly adjusted: (
    has: RollupValues,
    left: readonly Contribution[],
    came: readonly Contribution[],
    rollup: Comparing,
  ) => RollupValues | null
}

/** How values of a rollup compare: -1, 0, 1; by the taken field and by the ordering one. */
interface Comparing {
  readonly values: (left: unknown, right: unknown) => number
  readonly order: (left: Ordered, right: Ordered) => number
}
interface Ordered {
  readonly id: string
  readonly by: unknown
}

const isPresent = ({ value }: Contribution): boolean => value !== null && value !== undefined
const whole = (value: unknown): number => Number(value ?? 0)
const total = (start: unknown, came: readonly Contribution[], left: readonly Contribution[] = []): string => {
  const sum = came.reduce((so, { value }) => so.plus(decimalOf(value) ?? 0), decimalOf(start) ?? exact(0))
  return decimalToText(left.reduce((so, { value }) => so.minus(decimalOf(value) ?? 0), sum))
}

const count: RollupKind = {
  part: () => sql`count(*)::int`,
  counted: (part, more) => ({ '': whole(part) + more.length }),
  adjusted: (has, left, came) => (typeof has[''] === 'number' ? { '': has[''] - left.length + came.length } : null),
}

const exists: RollupKind = {
  part: () => sql`count(*)::int`,
  counted: (part, more) => existing(whole(part) + more.length),
  adjusted: (has, left, came) => (typeof has.$count === 'number' ? existing(has.$count - left.length + came.length) : null),
}
const existing = (n: number): RollupValues => ({ '': n > 0, $count: n })

const sum: RollupKind = {
  part: ({ value }) => sql`trim_scale(coalesce(sum(${value}), 0)::numeric)::text`,
  counted: (part, more) => ({ '': total(part, more) }),
  adjusted: (has, left, came) => (has[''] === null || has[''] === undefined ? null : { '': total(has[''], came, left) }),
}

const avg: RollupKind = {
  part: ({ value }) => sql`json_build_object('sum', trim_scale(coalesce(sum(${value}), 0)::numeric)::text, 'count', count(${value})::int)`,
  counted: (part, more) => {
    const known = part as { readonly sum: string; readonly count: number } | null
    return averaged(total(known?.sum, more), whole(known?.count) + more.filter(isPresent).length)
  },
  adjusted: ({ $sum, $count }, left, came) =>
    typeof $count === 'number'
      ? averaged(total($sum, came, left), $count + came.filter(isPresent).length - left.filter(isPresent).length)
      : null,
}
const averaged = (all: string, n: number): RollupValues => {
  const mean = quotient(decimalOf(all) ?? exact(0), exact(n))
  return { '': mean === null ? null : decimalToText(mean), $sum: all, $count: n }
}

/** The least or greatest; only when that one leaves are the others looked at. */
const extreme = (read: (value: Sql) => Sql, wins: (order: number) => boolean): RollupKind => {
  const best = (values: readonly unknown[], { values: order }: Comparing): unknown =>
    values.reduce((so, next) => (next === null || next === undefined ? so : so === null || wins(order(next, so)) ? next : so), null)
  return {
    part: ({ value, field }) => sql`to_json(${field ? field.class.read(read(value)) : read(value)})`,
    counted: (part, more, comparing) => ({ '': best([part, ...more.map(({ value }) => value)], comparing) }),
    adjusted: (has, left, came, comparing) => {
      const present = has[''] ?? null
      const after = best([present, ...came.map(({ value }) => value)], comparing)
      const isKept = present !== null && left.every(({ value }) => value === null || comparing.values(value, present) !== 0)
      return isKept || (present !== null && after !== null && comparing.values(after, present) !== 0) ? { '': after } : null
    },
  }
}

const countDistinct: RollupKind = {
  part: ({ value, field }) =>
    sql`to_json(array_agg(distinct ${field ? field.class.read(value) : value}) filter (where ${value} is not null))`,
  counted: (part, more) => ({ '': new Set([...list(part), ...more.filter(isPresent).map(({ value }) => value)].map(String)).size }),
  adjusted: () => null,
}
const list = (part: unknown): readonly unknown[] => (Array.isArray(part) ? part : [])

interface Member extends Ordered {
  readonly value: unknown
}
const members = ({ value, by, id, field, byField }: RollupColumns): Sql =>
  sql`json_build_object('id', ${id}, 'value', ${field ? field.class.read(value) : value}, 'by', ${byField ? byField.class.read(by) : by})`

/** The value of the child that stands first or last. */
const end = (way: Sql, sign: 1 | -1): RollupKind => ({
  part: columns => sql`(array_agg(${members(columns)} order by ${columns.by} ${way} nulls last, ${columns.id} ${way}))[1]`,
  counted: (part, more, { order }) => {
    const all = [...(part === null || part === undefined ? [] : [part as Member]), ...more]
    const [first] = all.sort((left, right) => unlessEmpty(left, right) ?? sign * order(left, right))
    return { '': first?.value ?? null }
  },
  adjusted: () => null,
})
/** Children without an order stand last, whichever end is asked for. */
const unlessEmpty = (left: Ordered, right: Ordered): number | null =>
  (left.by === null) === (right.by === null) ? null : left.by === null ? 1 : -1

const concat: RollupKind = {
  part: columns => sql`json_agg(${members(columns)})`,
  counted: (part, more, { order }) => {
    const all = [...(list(part) as Member[]), ...more].filter(({ value }) => value !== null && value !== undefined && value !== '')
    return {
      '':
        all.length === 0
          ? null
          : all
              .sort((left, right) => unlessEmpty(left, right) ?? order(left, right))
              .map(({ value }) => value)
              .join(', '),
    }
  },
  adjusted: () => null,
}

const kinds: Readonly<Record<RollupFunction, RollupKind>> = {
  count,
  countDistinct,
  sum,
  avg,
  min: extreme(
    value => sql`min(${value})`,
    order => order < 0,
  ),
  max: extreme(
    value => sql`max(${value})`,
    order => order > 0,
  ),
  first: end(sql`asc`, 1),
  last: end(sql`desc`, -1),
  concat,
  exists,
}

/** What a child counts for; null when it does not: without a parent, or not one of those that count. */
export function contributionOf(rollup: RollupModel, child: ObjectModel, values: Values, moment: Moment): Contribution | null {
  const parent = values[child.fields[rollup.relation]?.key ?? '']
  if (typeof parent !== 'string') return null
  if (rollup.where && !holds(rollup.where, { object: child, before: null, after: values, moment, related: () => null })) return null
  const read = (name: string | null) => (name === null ? null : (values[child.fields[name]?.key ?? ''] ?? null))
  const created = values.createdAt ?? moment.now
  const by = rollup.by === 'createdAt' ? created : read(rollup.by)
  const contribution: Contribution = { id: String(values.id), parent, value: read(rollup.field), by }
  if (!rollup.money || contribution.value === null) return contribution
  const at = rollup.money.day === 'createdAt' ? created : (read(rollup.money.day) ?? created)
  const currency = rollup.money.currency === null ? null : (values[rollup.money.currency] ?? null)
  return { ...contribution, money: { currency: currency as string | null, day: dayIn(String(at), moment.timeZone) } }
}

/** Whether a child counts for the same after a change as before. */
export const isSameContribution = (left: Contribution | null, right: Contribution | null): boolean =>
  left === right ||
  (left !== null &&
    right !== null &&
    left.parent === right.parent &&
    left.value === right.value &&
    left.by === right.by &&
    left.money?.currency === right.money?.currency &&
    left.money?.day === right.money?.day)

/** The columns of a rollup after children left and came; null when they must be counted anew. */
export const adjustRollup = (
  rollup: RollupModel,
  child: ObjectModel,
  has: RollupValues,
  left: readonly Contribution[],
  came: readonly Contribution[],
): RollupValues | null => kinds[rollup.function].adjusted(has, left, came, comparingOf(rollup, child))

/**
 * The columns of a rollup, counted anew.
 * @param part what `rollupPart` gave for the parent's other children; null without any
 * @param more children that the database does not have yet as they will be
 */
export const countRollup = (rollup: RollupModel, child: ObjectModel, part: unknown, more: readonly Contribution[]): RollupValues =>
  kinds[rollup.function].counted(part ?? null, more, comparingOf(rollup, child))

/** What is read of children to count them anew, as one JSON value over a group of rows. */
export const rollupPart = (rollup: RollupModel, columns: RollupColumns): Sql => kinds[rollup.function].part(columns)

function comparingOf(rollup: RollupModel, child: ObjectModel): Comparing {
  const by = rollup.by === null ? undefined : child.fields[rollup.by]
  const values = orderOf(rollup.field === null ? undefined : child.fields[rollup.field])
  const order = orderOf(by)
  return { values, order: (left, right) => order(left.by, right.by) || (left.id < right.id ? -1 : 1) }
}

const orderOf =
  (field: FieldModel | undefined) =>
  (left: unknown, right: unknown): number => {
    if (left === right || !field) return 0
    if (left === null || right === null) return left === null ? 1 : -1
    const type = scalarOf(field.class.rule ?? 'text')
    return compare(fromContract(left, type) as Scalar, fromContract(right, type) as Scalar)
  }
