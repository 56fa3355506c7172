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
export type CheckedRule = LiteralNode | ReadNode | ListNode | CallNode | WidenNode

/** What a rule is read as: JavaScript, SQL, a trace. Parts are read before the whole. */
export interface Reading<T> {
  readonly literal: (node: LiteralNode, place: Place) => T
  readonly read: (node: ReadNode, place: Place) => T
  readonly list: (node: ListNode, items: readonly T[]) => T
  readonly call: (node: CallNode, args: readonly T[], place: Place) => T
  readonly widen: (node: WidenNode, value: T) => T
}

/** The one walk over a rule, whatever it is read as. */
export function walk<T>(node: CheckedRule, reading: Reading<T>, place: Place): T {
  if (node.kind === 'literal') return reading.literal(node, place)
  if (node.kind === 'read') return reading.read(node, place)
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

/** Every path that a rule reads, each once: what it depends on. */
export function pathsOf(node: CheckedRule): readonly (readonly string[])[] {
  const found = new Map<string, readonly string[]>()
  walk<void>(
    node,
    { literal: none, list: none, call: none, widen: none, read: ({ path }) => void found.set(path.join('.'), path) },
    'value',
  )
  return [...found.values()]
}

const none = (): void => undefined
