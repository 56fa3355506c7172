import type { CallFacts, Closure, RuleContext } from './operator.js'
import { operators } from './operators/index.js'
import { type CallNode, type CheckedRule, type Reading, walk } from './rule.js'
import { fromContract, toContract } from './types.js'

const javascript: Reading<Closure> = {
  literal:
    ({ value }) =>
    () =>
      value,
  read:
    ({ path, type }) =>
    context =>
      fromContract(context.read(path), type),
  list: (_, items) => context => items.map(item => item(context)) as never,
  widen: (_, value) => value,
  call: (node, args) => {
    const { js } = operatorOf(node)
    const facts = factsOf(node)
    return context => js(args, context, facts)
  },
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
})

/**
 * Reads a rule as a function, to be made once and called for every record.
 * @returns the value in its contract form: decimals as strings; a condition may give null where a boolean field is empty, which counts as false
 */
export function compileRule(rule: CheckedRule): (context: RuleContext) => unknown {
  const evaluate = walk(rule, javascript, 'value')
  return context => toContract(evaluate(context), rule.type)
}
