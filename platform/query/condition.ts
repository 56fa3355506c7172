import type { AccessLevel } from '../definitions/record-access.js'
import type { CheckedRule } from '../rules/rule.js'

/** Which records of an object something covers: data, so that it can be compared, explained, and read as SQL or JavaScript. */
export type Condition =
  | { readonly kind: 'rule'; readonly rule: CheckedRule }
  /** Those within the reach of who asks, by the object's `access`. */
  | { readonly kind: 'reach'; readonly level: AccessLevel }
  /** Those that are shared with who asks. */
  | { readonly kind: 'shared'; readonly level: AccessLevel }
  /** Those whose parent is covered. */
  | { readonly kind: 'parent'; readonly of: Condition | null }
  | { readonly kind: 'any'; readonly of: readonly Condition[] }
  | { readonly kind: 'all'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition }

/** What covers no record. */
export const never: Condition = { kind: 'any', of: [] }

export const isNever = (condition: Condition | null): boolean => condition?.kind === 'any' && condition.of.length === 0

/** What covers the records that any of several covers; null is every record. */
export function anyOf(conditions: readonly (Condition | null)[]): Condition | null {
  const kept = new Map<string, Condition>()
  for (const condition of conditions) {
    if (condition === null) return null
    if (!isNever(condition)) kept.set(conditionText(condition), condition)
  }
  const [only, ...others] = kept.values()
  return only && others.length === 0 ? only : { kind: 'any', of: [...kept.values()] }
}

/** What covers the records that both cover; null is every record. */
export function bothOf(left: Condition | null, right: Condition | null): Condition | null {
  if (left === null || right === null) return left ?? right
  if (isNever(left) || isNever(right)) return never
  return conditionText(left) === conditionText(right) ? left : { kind: 'all', of: [left, right] }
}

/** A condition as text: equal for equal ones. */
export const conditionText = (condition: Condition | null): string => JSON.stringify(plain(condition))

function plain(condition: Condition | null): unknown {
  if (condition === null) return null
  if (condition.kind === 'rule') return condition.rule.rule
  if (condition.kind === 'reach' || condition.kind === 'shared') return [condition.kind, condition.level]
  if (condition.kind === 'any' || condition.kind === 'all') return [condition.kind, condition.of.map(one => plain(one))]
  return [condition.kind, plain(condition.of)]
}

/** The rules in a condition over the record itself, without those over its parent. */
export function rulesIn(condition: Condition | null): readonly CheckedRule[] {
  if (condition === null || condition.kind === 'parent' || condition.kind === 'reach' || condition.kind === 'shared') return []
  if (condition.kind === 'rule') return [condition.rule]
  return condition.kind === 'not' ? rulesIn(condition.of) : condition.of.flatMap(one => rulesIn(one))
}

/**
 * What a condition still asks of lines whose parent is known to be covered; null when nothing.
 * @param seen what covers the parent
 */
export function underSeen(condition: Condition | null, seen: Condition | null): Condition | null {
  if (condition?.kind === 'parent') return conditionText(condition.of) === conditionText(seen) ? null : condition
  if (condition?.kind === 'any') return anyOf(condition.of.map(one => underSeen(one, seen)))
  if (condition?.kind === 'all') return condition.of.reduce<Condition | null>((all, one) => bothOf(all, underSeen(one, seen)), null)
  return condition
}

/** What a condition asks of the parent of a line; null when it asks nothing. */
export function parentIn(condition: Condition | null): Condition | null {
  if (condition === null || condition.kind === 'rule' || condition.kind === 'reach' || condition.kind === 'shared') return null
  if (condition.kind === 'parent') return condition.of
  const parts = condition.kind === 'not' ? [condition.of] : condition.of
  return parts.map(one => parentIn(one)).find(found => found !== null) ?? null
}
