import { type Issue, issue } from '../errors.js'
import type { CheckedRule, RowsSource, Rule } from './rule.js'
import { suggestion } from './suggestion.js'
import type { RuleType, ScalarType } from './types.js'

/** What a rule can name, and of which type it is: fields, relations, context. */
export interface TypeScope {
  /** The type of a path such as `['partner', 'name']`; null when there is none. */
  readonly typeOf: (path: readonly string[]) => RuleType | null
  /** Every name that a path can begin with, for hints. */
  readonly names: () => readonly string[]
  /** The path that a path stands for, such as that along the field which points at the parent of a line. */
  readonly meant?: (path: readonly string[]) => readonly string[]
  /** Whether the value at a path is never empty, in the database either (ids, who asks, now). */
  readonly isNeverNull?: (path: readonly string[]) => boolean
  /** Whether the record at a path stands in a tree that may be followed. */
  readonly isInTree?: (path: readonly string[]) => boolean
  /** What the rows at a path name; null when there are no rows, `refused` where rows may not be read. */
  readonly rowsAt?: (path: readonly string[]) => TypeScope | 'refused' | null
}

/** What names mean at a place of a rule: a record, a member of a list, or either while it is folded into a value. */
export type Frame =
  | { readonly kind: 'record'; readonly scope: TypeScope }
  | { readonly kind: 'member'; readonly type: ScalarType }
  | { readonly kind: 'fold'; readonly over: Exclude<Frame, { kind: 'fold' }>; readonly accumulator: RuleType }

/** One check under way. */
export interface Run {
  /** What names mean here, innermost first. */
  readonly frames: readonly Frame[]
  readonly issues: Issue[]
  /** Whether the database must be able to answer. */
  readonly isForSql: boolean
  /** Checks a part of the rule; null when it has issues. */
  readonly part: (rule: unknown, path: string, wanted: RuleType | null, run: Run) => CheckedRule | null
}

const segment = /^[a-z][a-zA-Z0-9]*$/
const forbidden = new Set([
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'isPrototypeOf',
  'toLocaleString',
  'propertyIsEnumerable',
])

/** The names of a path; null for what is none, such as a way to a prototype. The empty path is a member of a list. */
function namesOf(target: unknown): readonly string[] | null {
  if (target === '') return []
  const names = typeof target === 'string' ? target.split('.') : []
  return names.length > 0 && names.every(name => segment.test(name) && !forbidden.has(name)) ? names : null
}

/** Checks `var`: what it reads, seen from the innermost body. */
export function checkRead(target: unknown, rule: Rule, path: string, run: Run): CheckedRule | null {
  const names = namesOf(target)
  const found = names && findValue(names, rule, run.frames, 0)
  if (found) return found
  const field = typeof target === 'string' ? target : JSON.stringify(target ?? null)
  const known = run.frames.flatMap(frame => (frame.kind === 'record' ? [frame.scope.names()] : []))[0] ?? []
  run.issues.push(issue('RULE_FIELD_UNKNOWN', path, { field, suggestion: suggestion(field, known) }))
  return null
}

function findValue(names: readonly string[], rule: Rule, frames: readonly Frame[], up: number): CheckedRule | null {
  const [frame, ...outer] = frames
  if (!frame) return null
  const [first, ...rest] = names
  if (first === 'parent' && rest.length > 0 && outer.length > 0) return findValue(rest, rule, outer, up + 1)
  if (frame.kind === 'fold') {
    if (first === 'accumulator' && rest.length === 0)
      return { kind: 'member', of: 'accumulator', rule, type: frame.accumulator, up, isNullable: true }
    return first === 'current' ? findIn(frame.over, rest, rule, up) : findValue(names, rule, outer, up + 1)
  }
  return findIn(frame, names, rule, up) ?? (frame.kind === 'member' ? findValue(names, rule, outer, up + 1) : null)
}

function findIn(frame: Exclude<Frame, { kind: 'fold' }>, names: readonly string[], rule: Rule, up: number): CheckedRule | null {
  if (frame.kind === 'member')
    return names.length === 0 ? { kind: 'member', of: 'member', rule, type: frame.type, up, isNullable: true } : null
  const { typeOf, meant, isNeverNull } = frame.scope
  const path = meant?.(names) ?? names
  const type = path.length === 0 ? null : typeOf(path)
  if (type === null) return null
  const isNullable = !(isNeverNull?.(path) ?? false)
  return { kind: 'read', rule, path, type, isNullable, ...(up > 0 ? { up } : {}) }
}

/** The rows that a `var` names, and what their own names mean; null when it names no rows. */
export function findRows(source: unknown, run: Run): { readonly rows: RowsSource; readonly scope: TypeScope } | 'refused' | null {
  if (typeof source !== 'object' || source === null || !('var' in source)) return null
  const target = Array.isArray(source.var) && source.var.length === 1 ? (source.var[0] as unknown) : source.var
  const names = namesOf(target)
  return names === null || names.length === 0 ? null : rowsIn(names, run.frames, 0)
}

function rowsIn(names: readonly string[], frames: readonly Frame[], up: number): ReturnType<typeof findRows> {
  const [frame, ...outer] = frames
  if (!frame) return null
  const [first, ...rest] = names
  if (first === 'parent' && rest.length > 0 && outer.length > 0) return rowsIn(rest, outer, up + 1)
  const isFold = frame.kind === 'fold'
  const record = isFold && first === 'current' ? frame.over : frame
  const path = isFold && first === 'current' ? rest : names
  const scope = record.kind === 'record' ? (record.scope.rowsAt?.(path) ?? null) : null
  if (scope === 'refused') return 'refused'
  if (scope) return { rows: { kind: 'rows', path, up }, scope }
  return frame.kind === 'record' ? null : rowsIn(names, outer, up + 1)
}

/** Whether a part is a path to a record whose tree can be followed; not from within a body. */
export function isInTree(node: CheckedRule | undefined, { frames }: Run): boolean {
  const [frame] = frames
  return frames.length === 1 && frame?.kind === 'record' && node?.kind === 'read' && (frame.scope.isInTree?.(node.path) ?? false)
}
