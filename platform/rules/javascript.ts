import { DefinitionError, issue } from '../errors.js'
import { ruleLimits } from './limits.js'
import type { CallFacts, Closure, RuleContext } from './operator.js'
import { binders, operators } from './operators/index.js'
import { type BindNode, type CallNode, type CheckedRule, type Reading, walk } from './rule.js'
import { fromContract, type Members, toContract } from './types.js'

const javascript: Reading<Closure> = {
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
  bind: node => {
    const { js } = binderOf(node)
    const contexts = contextsOf(node)
    const body = walk(node.body, javascript, 'value')
    const start = node.start && walk(node.start, javascript, 'value')
    return context =>
      js(
        contexts(context).map(inner => ({
          own: inner.member ?? null,
          value: accumulator => body(accumulator === undefined ? inner : { ...inner, accumulator }),
        })),
        start ? start(context) : null,
      )
  },
  list: (_, items) => context => items.map(item => item(context)) as never,
  widen: (_, value) => value,
  call: (node, args) => {
    const { js } = operatorOf(node)
    const facts = factsOf(node)
    return context => js(args, context, facts)
  },
}

/** What a body looks at, one after the other; each costs a step of the rule. */
export function contextsOf({ source }: BindNode): (context: RuleContext) => readonly RuleContext[] {
  const list = source.kind === 'rows' ? null : walk(source, javascript, 'value')
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

/** A context with the steps that one evaluation may take; one that has some keeps them. */
export const withSteps = (context: RuleContext): RuleContext =>
  context.steps ? context : { ...context, steps: { left: ruleLimits.steps } }
