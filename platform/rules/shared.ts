import { Decimal } from 'decimal.js'
import { type FloatErrors, floatErrors, isWhole } from './float-errors.js'
import type { Listener } from './javascript.js'
import { type BindNode, type CallNode, type CheckedRule, rowsOf } from './rule.js'
import { isMembers, type RuleType, scalarOf, type Value } from './types.js'

/*
 * The part of the language that json-logic-js reads with the same meaning: these operators, as long as their values are of this kind.
 * Whether a rule stays within it can depend on the record: an empty number is a 0 there, and empty here.
 */

/** What a call is judged by. */
interface Call {
  readonly node: CallNode
  /** The values of the arguments that were needed, in order. */
  readonly values: readonly Value[]
  readonly value: Value
  readonly errors: FloatErrors
}

const numbers: ReadonlySet<RuleType> = new Set(['integer', 'decimal'])
const isFilled = ({ values }: Call): boolean => values.every(value => value !== null)
const isNumeric = ({ node }: Call): boolean => node.args.every(({ type }) => numbers.has(scalarOf(type)))
/** Whether the rounding of floats cannot decide it. */
const isSure = ({ values: [left = null, right = null], errors }: Call): boolean => errors.tellApart(left, right)
/** Characters beyond the first plane are two units to json-logic-js. */
const isPlain = (value: Value): boolean => typeof value !== 'string' || !/[\ud800-\udfff]/.test(value)
/** A number that both write alike: no exponent, no more digits than a float has. */
const isWritten = (value: Value): boolean =>
  !(value instanceof Decimal) || value.isZero() || (value.abs().gte('0.000001') && value.abs().lt('1e15'))
/** So few digits that floats do not overflow. */
const isSmall = ({ values }: Call): boolean =>
  values.reduce((digits, value) => digits + (value instanceof Decimal ? Math.max(0, value.e) + 1 : 0), 0) < 300
const isDivisor = (value: Value | undefined, errors: FloatErrors): boolean =>
  value instanceof Decimal && value.abs().gt(4 * errors.of(value))

const isEquality = (call: Call): boolean => isSure(call)
const isOrdering = (call: Call): boolean => isFilled(call) && isSure(call) && call.values.every(isPlain)
const isArithmetic = (call: Call): boolean => isFilled(call) && isSmall(call)
const isExtreme = (call: Call): boolean => isFilled(call) && isNumeric(call)
const always = (): boolean => true

/** The operators of the shared part, and when a call of one is in it. */
const calls: Readonly<Record<string, (call: Call) => boolean>> = Object.freeze({
  '==': isEquality,
  '!=': isEquality,
  '<': isOrdering,
  '<=': isOrdering,
  '>': isOrdering,
  '>=': isOrdering,
  in: ({ values, errors }: Call) => values.every(value => (isMembers(value) ? value.every(errors.isExact) : errors.isExact(value))),
  and: isFilled,
  or: isFilled,
  '!': always,
  '!!': always,
  if: always,
  '+': isArithmetic,
  '-': isArithmetic,
  '*': isArithmetic,
  '/': (call: Call) => isArithmetic(call) && isDivisor(call.values[1], call.errors),
  '%': (call: Call) => isFilled(call) && call.value !== null && call.values.every(value => isWhole(value) && call.errors.of(value) === 0),
  min: isExtreme,
  max: isExtreme,
  cat: (call: Call) => isFilled(call) && call.values.every(value => isWritten(value) && call.errors.isExact(value)),
  substr: (call: Call) => isFilled(call) && call.values.every(isPlain),
  merge: isFilled,
})

/** The operators with a body in the shared part, by their names there; `every` of none holds here, `all` of none does not. */
const bodies: Readonly<Record<string, { readonly name: string; readonly least: number }>> = Object.freeze({
  some: { name: 'some', least: 0 },
  none: { name: 'none', least: 0 },
  every: { name: 'all', least: 1 },
  map: { name: 'map', least: 0 },
  filter: { name: 'filter', least: 0 },
  reduce: { name: 'reduce', least: 0 },
})

/** Whether json-logic-js means the same by an operator or a body, if its values are fit for it. */
export const isSharedOperator = (operator: string): boolean => Object.hasOwn(calls, operator) || Object.hasOwn(bodies, operator)

/** What json-logic-js calls an operator with a body. */
export const sharedBody = ({ binder }: BindNode): string => bodies[binder]?.name ?? binder

/** Whether all operators of a rule are shared, and all that it reads can be told to json-logic-js. */
export function isSharedRule(node: CheckedRule): boolean {
  return isSharedPart(node) && !hasOverlap(node)
}

function isSharedPart(node: CheckedRule): boolean {
  if (scalarOf(node.type) === 'duration') return false
  if (node.kind === 'widen') return isSharedPart(node.value)
  if (node.kind === 'list') return node.items.every(isSharedPart)
  if (node.kind === 'call') return Object.hasOwn(calls, node.operator) && node.args.every(isSharedPart)
  // a body there sees nothing of the record around it
  if (node.kind === 'read' || node.kind === 'member') return (node.up ?? 0) === 0
  if (node.kind !== 'bind') return true
  const { source, body, start } = node
  const isFound = source.kind === 'rows' ? source.up === 0 && source.path.length === 1 : isSharedPart(source)
  return Object.hasOwn(bodies, node.binder) && isFound && isSharedPart(body) && (!start || isSharedPart(start))
}

/** Whether one path leads through another, as `partner` (an id) and `partner.name` do: data has one of both. */
function hasOverlap(node: CheckedRule): boolean {
  const paths = readPaths(node)
  return paths.some(path => paths.some(other => other !== path && other.startsWith(`${path}.`)))
}

const readPaths = (node: CheckedRule): readonly string[] => {
  if (node.kind === 'read') return [node.path.join('.')]
  if (node.kind === 'widen') return readPaths(node.value)
  if (node.kind === 'list') return node.items.flatMap(readPaths)
  if (node.kind === 'call') return node.args.flatMap(readPaths)
  if (node.kind !== 'bind') return []
  const inner = rowsOf(node).flatMap(({ at, paths }) => paths.map(path => [...at, ...path].join('.')))
  return [...inner, ...(node.source.kind === 'rows' ? [] : readPaths(node.source))]
}

/** Listens to an evaluation, and says whether it stayed within the shared part and how far floats can be from its numbers. */
export function sharedListener(): { readonly listener: Listener; readonly isShared: () => boolean; readonly errors: FloatErrors } {
  let isShared = true
  const errors = floatErrors()
  return {
    isShared: () => isShared,
    errors,
    listener: {
      call: (node, values, value) => {
        if (!(calls[node.operator]?.({ node, values, value, errors }) ?? false)) isShared = false
        errors.note(node.operator, values, value)
      },
      bind: (node, count) => {
        if (count < (bodies[node.binder]?.least ?? 0)) isShared = false
      },
    },
  }
}
