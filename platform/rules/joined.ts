import type { CheckedRule } from './rule.js'

const joined = (operator: 'and' | 'or', rules: readonly CheckedRule[]): CheckedRule => ({
  kind: 'call',
  operator,
  args: rules,
  rule: { [operator]: rules.map(rule => rule.rule) },
  type: 'boolean',
  isNullable: rules.some(rule => rule.isNullable),
})

/** A condition that holds where both hold. */
export const bothOf = (left: CheckedRule, right: CheckedRule): CheckedRule => joined('and', [left, right])

/** A condition that holds where one of several does; null when there is none. */
export const eitherOf = (rules: readonly CheckedRule[]): CheckedRule | null => {
  const [first] = rules
  return first === undefined || rules.length === 1 ? (first ?? null) : joined('or', rules)
}
