/** A value of an argument: a constant or a slot, and whether it is null, which decides the form of the statement. */
export interface Bound {
  readonly value: unknown
  readonly isNull: boolean
  /** What the value is, where that decides the form of the statement (flags); else it need not be there. */
  readonly known?: unknown
}

/** A filter as a tree: field, operator or logical name to conditions; leaves are bound values. */
export type Where = { readonly [key: string]: Where | readonly Where[] | Bound | { readonly rule: unknown } }

export type Direction = 'ASC' | 'DESC' | 'ASC_NULLS_FIRST' | 'DESC_NULLS_FIRST'

/** One key of an order: a path along lookups to a field. */
export interface OrderKey {
  readonly path: readonly string[]
  readonly direction: Direction
}

/** A place in an ordered list: the keys of its row as texts (constants or slots), and which of them are null. */
export interface CursorPlan {
  readonly keys: readonly Bound[]
}

/** What is shown of one record, in the order of the answer. */
export type Output =
  | { readonly key: string; readonly kind: 'typename'; readonly value: string }
  | { readonly key: string; readonly kind: 'field'; readonly field: string }
  | { readonly key: string; readonly kind: 'parts'; readonly field: string; readonly outputs: readonly PartOutput[] }
  | { readonly key: string; readonly kind: 'one'; readonly field: string; readonly record: RecordPlan }
  | { readonly key: string; readonly kind: 'any'; readonly field: string; readonly records: readonly RecordPlan[] }
  | { readonly key: string; readonly kind: 'member'; readonly field: string; readonly outputs: readonly MemberOutput[] }
  | { readonly key: string; readonly kind: 'many'; readonly child: string; readonly list: ListPlan }

/** What is shown of a value made of parts; null is the name of its type. */
export interface PartOutput {
  readonly key: string
  readonly part: string | null
}

/** What is shown of a member. */
export interface MemberOutput {
  readonly key: string
  readonly show: 'typename' | 'id' | 'name' | 'email' | 'active'
}

/** One record of an object. */
export interface RecordPlan {
  readonly object: string
  readonly outputs: readonly Output[]
}

export interface PageInfoOutput {
  readonly key: string
  readonly show: 'typename' | 'hasNextPage' | 'hasPreviousPage' | 'startCursor' | 'endCursor'
}

export type EdgeOutput =
  | { readonly key: string; readonly show: 'typename' }
  | { readonly key: string; readonly show: 'cursor' }
  | { readonly key: string; readonly show: 'node'; readonly record: RecordPlan }

/** What is shown of a list. */
export type ConnectionOutput =
  | { readonly key: string; readonly show: 'typename' }
  | { readonly key: string; readonly show: 'totalCount' }
  /** Roughly how many there are; `root` names the list at the root of the request, a list within a record is counted whole. */
  | { readonly key: string; readonly show: 'estimatedCount'; readonly root: string | null }
  | { readonly key: string; readonly show: 'nodes'; readonly record: RecordPlan }
  | { readonly key: string; readonly show: 'edges'; readonly outputs: readonly EdgeOutput[] }
  | { readonly key: string; readonly show: 'pageInfo'; readonly outputs: readonly PageInfoOutput[] }

/** Which records of an object are meant. */
export interface Choice {
  readonly object: string
  readonly where: Where | null
  readonly search: Bound | null
  readonly deleted: 'NO' | 'ONLY' | 'WITH'
}

/** A page of records. */
export interface ListPlan extends Choice {
  readonly order: readonly OrderKey[]
  /** How many, and from which end. */
  readonly limit: number
  readonly backward: boolean
  readonly cursor: CursorPlan | null
  readonly offset: Bound | null
  readonly outputs: readonly ConnectionOutput[]
}

/** One record by its id. */
export interface OnePlan {
  readonly record: RecordPlan
  readonly id: Bound
}

export type DatePart = 'DAY' | 'WEEK' | 'MONTH' | 'QUARTER' | 'YEAR'

/** A key of a grouping; `by` cuts days and instants. */
export interface GroupKey {
  readonly path: readonly string[]
  readonly by: DatePart | null
}

export type AggregateName = 'sum' | 'avg' | 'min' | 'max' | 'countDistinct'

/** A measure of a group: how many records, or a function of one field. */
export type Measure = { readonly function: 'count' } | { readonly function: AggregateName; readonly field: string }

export type AggregateOutput =
  | { readonly key: string; readonly show: 'typename' }
  | { readonly key: string; readonly show: 'keys' }
  | { readonly key: string; readonly show: 'count' }
  | {
      readonly key: string
      readonly show: 'fields'
      readonly function: AggregateName
      readonly fields: readonly { readonly key: string; readonly field: string | null }[]
    }

export type AggregateOrder = { readonly direction: Direction } & ({ readonly key: number } | { readonly measure: Measure })

/** Measures of groups of records. */
export interface AggregatePlan extends Choice {
  readonly groupBy: readonly GroupKey[]
  readonly having: readonly { readonly measure: Measure; readonly where: Where }[]
  readonly order: readonly AggregateOrder[]
  readonly limit: number
  readonly offset: Bound | null
  readonly outputs: readonly AggregateOutput[]
}

/** Everything that one statement fetches: each root under its key of the answer. */
export type RootPlan = { readonly key: string } & (
  | { readonly kind: 'one'; readonly one: OnePlan }
  | { readonly kind: 'list'; readonly list: ListPlan }
  | { readonly kind: 'aggregate'; readonly aggregate: AggregatePlan }
  | { readonly kind: 'typename'; readonly value: string }
)

/** What is to be read, as a tree, before it is SQL. */
export interface ReadPlan {
  readonly roots: readonly RootPlan[]
}
