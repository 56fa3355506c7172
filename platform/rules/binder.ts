import type { Sql } from '../sql/sql.js'
import type { Parameter, Place } from './operator.js'
import type { RuleType, Value } from './types.js'

/** A row, or a member of a list, while a body looks at it. */
export interface Bound {
  /** The member itself; null for a row. */
  readonly own: Value
  /** What the body gives for it, with what has been gathered so far where members are folded. */
  readonly value: (accumulator?: Value) => Value
}

/** What is gone through, in a statement. */
export interface BoundSql {
  /** A query over all of it, or over those for which a condition holds. */
  readonly select: (what: Sql, test?: Sql) => Sql
  /** What the body gives for a row. */
  readonly body: Sql
  /** The member itself. */
  readonly own: Sql
  /** What puts the rows in their order. */
  readonly order: Sql
  readonly type: RuleType
}

/** An example: a list of contract values, the body that looks at each, and what comes of it. */
export interface BinderCase {
  readonly list: readonly unknown[] | null
  readonly as: RuleType
  /** Body and start, as they stand behind the list; left out where the binder does without. */
  readonly body: readonly unknown[]
  readonly gives: unknown
  readonly type: RuleType
}

/** A verb that goes through rows or the members of a list with a body. */
export interface Binder {
  readonly name: string
  /** What the body gives. */
  readonly body: Parameter
  /** The body where none is written; absent where one must be. */
  readonly withoutBody?: unknown
  /** Where the body stands in SQL. */
  readonly place: Place
  /** Whether a start is taken behind the body, of the type that the body gives. */
  readonly hasStart: boolean
  /** Whether it goes through lists only. */
  readonly isForLists: boolean
  /** Its type: one that stands fast, that of the body, a list of what the body gives, or the list itself. */
  readonly gives: RuleType | 'body' | 'bodies' | 'list'
  readonly isNullable: boolean
  readonly js: (bound: readonly Bound[], start: Value) => Value
  /** Null where the database cannot answer. */
  readonly sql: ((bound: BoundSql) => Sql) | null
  readonly cases: readonly BinderCase[]
}
