import { onceFor } from '../once-for.js'
import type { Place } from './operator.js'
import { operators } from './operators/index.js'
import type { RuleType, Value } from './types.js'

/** JSON Logic: a value, a list, or one operator with its arguments. */
export type Rule = string | number | boolean | null | readonly Rule[] | { readonly [operator: string]: Rule }

interface Node {
  /** The part of the rule that it was read from. */
  readonly rule: Rule
  readonly type: RuleType
  /** Whether its value can be null. */
  readonly isNullable: boolean
}

export interface LiteralNode extends Node {
  readonly kind: 'literal'
  readonly value: Value
}
export interface ReadNode extends Node {
  readonly kind: 'read'
  readonly path: readonly string[]
  /** From how many bodies further out it reads; left out for none. */
  readonly up?: number
}
/** The member of a list that a body looks at, or what has been gathered so far. */
export interface MemberNode extends Node {
  readonly kind: 'member'
  readonly of: 'member' | 'accumulator'
  readonly up: number
}
/** The rows that belong to a record, such as its lines. */
export interface RowsSource {
  readonly kind: 'rows'
  readonly path: readonly string[]
  readonly up: number
}
/** A body that looks at each row or member. */
export interface BindNode extends Node {
  readonly kind: 'bind'
  readonly binder: string
  readonly source: CheckedRule | RowsSource
  readonly body: CheckedRule
  readonly start?: CheckedRule
}
export interface ListNode extends Node {
  readonly kind: 'list'
  readonly items: readonly CheckedRule[]
}
export interface CallNode extends Node {
  readonly kind: 'call'
  readonly operator: string
  readonly args: readonly CheckedRule[]
}
/** A whole number where a decimal is taken. */
export interface WidenNode extends Node {
  readonly kind: 'widen'
  readonly value: CheckedRule
}

/** A rule whose names and types are known to be right: data, so that it can be kept, compared and printed. */
export type CheckedRule = LiteralNode | ReadNode | MemberNode | BindNode | ListNode | CallNode | WidenNode

/** What a rule is read as: JavaScript, SQL, a trace. Parts are read before the whole. */
export interface Reading<T> {
  readonly literal: (node: LiteralNode, place: Place) => T
  readonly read: (node: ReadNode, place: Place) => T
  readonly member: (node: MemberNode, place: Place) => T
  /** Bodies are read by the reading itself: only it knows what stands for their names. */
  readonly bind: (node: BindNode, place: Place) => T
  readonly list: (node: ListNode, items: readonly T[]) => T
  readonly call: (node: CallNode, args: readonly T[], place: Place) => T
  readonly widen: (node: WidenNode, value: T) => T
}

/** The one walk over a rule, whatever it is read as. */
export function walk<T>(node: CheckedRule, reading: Reading<T>, place: Place): T {
  if (node.kind === 'literal') return reading.literal(node, place)
  if (node.kind === 'read') return reading.read(node, place)
  if (node.kind === 'member') return reading.member(node, place)
  if (node.kind === 'bind') return reading.bind(node, place)
  if (node.kind === 'widen') return reading.widen(node, walk(node.value, reading, 'value'))
  if (node.kind === 'list')
    return reading.list(
      node,
      node.items.map(item => walk(item, reading, 'value')),
    )
  const parameters = operators[node.operator]?.takes.parameters(node.args.length) ?? []
  return reading.call(
    node,
    node.args.map((arg, index) => walk(arg, reading, parameters[index]?.place(place) ?? 'value')),
    place,
  )
}

/** What a rule reads of a record: paths, each once, and rows with what is read of each. */
export interface RecordReads {
  readonly paths: readonly (readonly string[])[]
  readonly rows: readonly RowReads[]
}
export interface RowReads extends RecordReads {
  /** Where the rows stand, such as `['lines']`. */
  readonly at: readonly string[]
}

/** Every path that a rule reads of its record, each once: what it depends on. */
export const pathsOf = (node: CheckedRule): readonly (readonly string[])[] => readsIn(node).paths

/** The rows that a rule goes through, and what it reads of each. */
export const rowsOf = (node: CheckedRule): readonly RowReads[] => readsIn(node).rows

/** Everything that a rule reads of its record and of its rows; found once for each rule. */
export const readsIn: (node: CheckedRule) => RecordReads = onceFor(node => readsAt(node, 0, 0))

/** The paths to records whose trees a rule follows; found once for each rule. */
export const treesOf: (node: CheckedRule) => readonly (readonly string[])[] = onceFor(node => {
  if (node.kind === 'widen') return treesOf(node.value)
  if (node.kind === 'list') return node.items.flatMap(treesOf)
  if (node.kind !== 'call') return []
  const [first] = node.args
  const own = operators[node.operator]?.isForTrees && first?.kind === 'read' ? [first.path] : []
  return [...own, ...node.args.flatMap(treesOf)]
})

/** What a part that stands in `depth` bodies reads of the record that the body of number `level` looks at. */
function readsAt(node: CheckedRule, depth: number, level: number): RecordReads {
  if (node.kind === 'read') return { paths: depth - (node.up ?? 0) === level ? [node.path] : [], rows: [] }
  if (node.kind === 'list') return joined(node.items.map(item => readsAt(item, depth, level)))
  if (node.kind === 'call') return joined(node.args.map(arg => readsAt(arg, depth, level)))
  if (node.kind === 'widen') return readsAt(node.value, depth, level)
  if (node.kind !== 'bind') return joined([])
  const { source, body, start } = node
  const own = source.kind !== 'rows' ? readsAt(source, depth, level) : joined([])
  const isHere = source.kind === 'rows' && depth - source.up === level
  const rows = isHere ? [{ at: source.path, ...readsAt(body, depth + 1, depth + 1) }] : []
  return joined([own, { paths: [], rows }, ...(start ? [readsAt(start, depth, level)] : []), readsAt(body, depth + 1, level)])
}

const joined = (reads: readonly RecordReads[]): RecordReads => ({
  paths: [...new Map(reads.flatMap(({ paths }) => paths.map(path => [path.join('.'), path] as const))).values()],
  rows: reads.flatMap(({ rows }) => rows),
})
