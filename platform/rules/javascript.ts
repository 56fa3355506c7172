import { DefinitionError, issue } from '../errors.js'
import { ruleLimits } from './limits.js'
import type { CallFacts, Closure, RuleContext } from './operator.js'
import { binders, operators } from './operators/index.js'
import { type BindNode, type CallNode, type CheckedRule, type Reading, walk } from './rule.js'
import { fromContract, type Members, toContract, type Value } from './types.js'

/** Is told of every call and every body while a rule is evaluated. */
export interface Listener {
  /** @param values of the arguments that were asked for, in their order */
  readonly call: (node: CallNode, values: readonly Value[], value: Value) => void
  /** @param count how many rows or members there are */
  readonly bind: (node: BindNode, count: number) => void
}

/** The reading as JavaScript; who listens is told how a value comes about. */
const javascriptFor = (listener: Listener | null): Reading<Closure> => ({
  literal:
    ({ value }) =>
    () =>
      value,
  read:
    ({ path, type, up }) =>
    context =>
      fromContract(outside(context, up).read(path), type),
  member:
    ({ of, up }) =>
    context =>
      outside(context, up)[of] ?? null,
  bind: node => boundBy(node, listener),
  list: (_, items) => context => items.map(item => item(context)) as never,
  widen: (_, value) => value,
  call: (node, args) => {
    const { js } = operatorOf(node)
    const facts = factsOf(node)
    return listener ? heardCall(node, args, listener) : context => js(args, context, facts)
  },
})

function boundBy(node: BindNode, listener: Listener | null): Closure {
  const { js } = binderOf(node)
  const reading = listener ? javascriptFor(listener) : javascript
  const contexts = contextsOf(node, reading)
  const body = walk(node.body, reading, 'value')
  const start = node.start && walk(node.start, reading, 'value')
  return context => {
    const found = contexts(context)
    listener?.bind(node, found.length)
    return js(
      found.map(inner => ({
        own: inner.member ?? null,
        value: accumulator => body(accumulator === undefined ? inner : { ...inner, accumulator }),
      })),
      start ? start(context) : null,
    )
  }
}

/** A call that tells a listener which arguments it asked for. */
function heardCall(node: CallNode, args: readonly Closure[], listener: Listener): Closure {
  const { js } = operatorOf(node)
  const facts = factsOf(node)
  return context => {
    const values = new Map<number, Value>()
    const heard = args.map((arg, index) => () => {
      const value = arg(context)
      values.set(index, value)
      return value
    })
    const value = js(heard, context, facts)
    listener.call(
      node,
      [...values].sort(([left], [right]) => left - right).map(([, each]) => each),
      value,
    )
    return value
  }
}

const javascript = javascriptFor(null)

/** What a body looks at, one after the other; each costs a step of the rule. */
export function contextsOf({ source }: BindNode, reading: Reading<Closure> = javascript): (context: RuleContext) => readonly RuleContext[] {
  const list = source.kind === 'rows' ? null : walk(source, reading, 'value')
  return context => {
    const { steps } = context
    const spend = <T>(all: readonly T[]): readonly T[] => {
      if (steps) steps.left -= all.length
      if (steps && steps.left < 0) throw new DefinitionError([issue('RULE_TOO_LONG', '')])
      return all
    }
    if (source.kind === 'rows')
      return spend(outside(context, source.up).rows?.(source.path) ?? []).map(row => ({ ...context, ...row, outer: context }))
    return spend((list?.(context) as Members | null) ?? []).map(member => ({
      ...context,
      read: () => null,
      rows: () => [],
      member,
      outer: context,
    }))
  }
}

/** The context so many bodies further out. */
export function outside(context: RuleContext, up = 0): RuleContext {
  let found = context
  for (let left = up; left > 0; left--) found = found.outer ?? found
  return found
}

/** The binder of a checked part. */
export function binderOf({ binder: name }: BindNode) {
  const binder = binders[name]
  if (binder === undefined) throw new Error(`A checked rule calls "${name}", which is no operator`)
  return binder
}

/** The operator of a checked call. */
export function operatorOf(node: CallNode) {
  const operator = operators[node.operator]
  if (operator === undefined) throw new Error(`A checked rule calls "${node.operator}", which is no operator`)
  return operator
}

/** What is known of a checked call. */
export const factsOf = (node: CallNode): CallFacts => ({
  type: node.type,
  types: node.args.map(arg => arg.type),
  nullable: node.args.map(arg => arg.isNullable),
  literals: node.args.map(arg => (arg.kind === 'literal' ? arg.value : undefined)),
  reads: node.args.map(arg => (arg.kind === 'read' ? arg : undefined)),
})

/**
 * Reads a rule as a function, to be made once and called for every record.
 * @returns the value in its contract form, or throws a `DefinitionError` (`RULE_TOO_LONG`) when it takes too many steps: decimals as strings; a condition may give null where a boolean field is empty, which counts as false
 */
export function compileRule(rule: CheckedRule): (context: RuleContext) => unknown {
  const evaluate = walk(rule, javascript, 'value')
  return context => toContract(evaluate(withSteps(context)), rule.type)
}

/** Evaluates a rule and tells a listener of every call on the way. Throws as a compiled rule does. */
export const evaluateHeard = (rule: CheckedRule, context: RuleContext, listener: Listener): Value =>
  walk(rule, javascriptFor(listener), 'value')(withSteps(context))

/** A context with the steps that one evaluation may take; one that has some keeps them. */
export const withSteps = (context: RuleContext): RuleContext =>
  context.steps ? context : { ...context, steps: { left: ruleLimits.steps } }
