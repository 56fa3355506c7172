import { Decimal } from 'decimal.js'
import jsonLogic from 'json-logic-js'
import type { FloatErrors } from './float-errors.js'
import { type GivenJson, givenTo } from './given.js'
import { evaluateHeard } from './javascript.js'
import type { RuleContext } from './operator.js'
import { type CheckedRule, type Reading, walk } from './rule.js'
import { isSharedRule, sharedBody, sharedListener } from './shared.js'
import { fromContract, isMembers, toContract, type Value } from './types.js'

/** What json-logic-js answers beside us. */
export interface ReferenceAnswer {
  readonly isSame: boolean
  /** What it answers, and what we do. */
  readonly there: unknown
  readonly here: unknown
}

/**
 * Asks json-logic-js, the reference of the language, the same as our reading in JavaScript.
 * @returns null where the rule, or its values, lie outside of the shared part
 */
export function askReference(rule: CheckedRule, context: RuleContext): ReferenceAnswer | null {
  if (!isSharedRule(rule)) return null
  const { listener, isShared, errors } = sharedListener()
  const value = evaluateHeard(rule, context, listener)
  if (!isShared()) return null
  const data = givenTo(rule, context, (json, { path, type }, read) => putAt(json, path, plain(fromContract(read, type))))
  const there = jsonLogic.apply(asJsonLogic(rule), data)
  return { isSame: isAlike(there, value, errors), there, here: toContract(value, rule.type) }
}

/** A rule as json-logic-js reads it: literals in the form that values have, abbreviations written out. */
export const asJsonLogic = (rule: CheckedRule): unknown => walk(rule, written([]), 'value')

/** @param member the path of what a body looks at */
const written = (member: readonly string[]): Reading<unknown> => ({
  literal: ({ value }) => plain(value),
  read: ({ path }) => ({ var: [...member, ...path].join('.') }),
  member: ({ of }) => ({ var: of === 'accumulator' ? of : member.join('.') }),
  list: (_, items) => items,
  widen: (_, value) => value,
  call: ({ operator }, args) => ({ [operator]: args }),
  bind: node => {
    const { source, body, start, binder } = node
    const over = source.kind === 'rows' ? { var: [...member, ...source.path].join('.') } : walk(source, written(member), 'value')
    const inner = walk(body, written(binder === 'reduce' ? ['current'] : []), 'value')
    return { [sharedBody(node)]: [over, inner, ...(start ? [walk(start, written(member), 'value')] : [])] }
  },
})

/** A value as plain JSON: numbers as floats. */
function plain(value: Value): unknown {
  if (isMembers(value)) return value.map(plain)
  return value instanceof Decimal ? value.toNumber() : value
}

function putAt(json: GivenJson, [first = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length > 0) json[first] ??= Object.create(null)
  if (rest.length > 0) putAt(json[first] as GivenJson, rest, value)
  else json[first] = value
}

/** Whether an answer is our value, numbers but for the rounding of floats. */
function isAlike(there: unknown, here: Value, errors: FloatErrors): boolean {
  if (isMembers(here))
    return Array.isArray(there) && there.length === here.length && here.every((each, index) => isAlike(there[index], each, errors))
  if (here instanceof Decimal) return typeof there === 'number' && Math.abs(there - here.toNumber()) <= 4 * errors.of(here)
  return (there ?? null) === here
}
