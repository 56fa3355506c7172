import { factsOf, operatorOf } from './javascript.js'
import type { RuleContext } from './operator.js'
import { type CheckedRule, type Reading, type Rule, walk } from './rule.js'
import { fromContract, type RuleType, toContract, type Value } from './types.js'

/** How a value came about: the part of the rule, its value in contract form, and the traces of what was needed for it, in order. */
export interface Trace {
  readonly rule: Rule
  readonly value: unknown
  readonly inputs: readonly Trace[]
  /** What explains an unexpected value. */
  readonly remark?: 'divisionByZero'
}

type Traced = (context: RuleContext) => { readonly value: Value; readonly trace: Trace }

const leaf = (rule: Rule, type: RuleType, value: Value) => ({ value, trace: { rule, value: toContract(value, type), inputs: [] } })

const tracing: Reading<Traced> = {
  literal:
    ({ rule, type, value }) =>
    () =>
      leaf(rule, type, value),
  read:
    ({ rule, type, path }) =>
    context =>
      leaf(rule, type, fromContract(context.read(path), type)),
  widen: (_, value) => value,
  list:
    ({ rule, type }, items) =>
    context => {
      const traced = items.map(item => item(context))
      const value = traced.map(item => item.value) as never
      return { value, trace: { rule, value: toContract(value, type), inputs: traced.map(item => item.trace) } }
    },
  call: (node, args) => {
    const { js, remark } = operatorOf(node)
    const facts = factsOf(node)
    return context => {
      const inputs = new Map<Traced, ReturnType<Traced>>()
      const value = js(
        args.map(arg => () => noted(inputs, arg, context)),
        context,
        facts,
      )
      const found = remark?.([...inputs.values()].map(input => input.value))
      const trace = { rule: node.rule, value: toContract(value, node.type), inputs: [...inputs.values()].map(input => input.trace) }
      return { value, trace: found ? { ...trace, remark: found } : trace }
    }
  },
}

/** The value of an argument, remembered with its trace. */
const noted = (inputs: Map<Traced, ReturnType<Traced>>, arg: Traced, context: RuleContext): Value => {
  const traced = inputs.get(arg) ?? arg(context)
  inputs.set(arg, traced)
  return traced.value
}

/** Evaluates a rule and tells how: which inputs were needed, and what came of them. Branches not taken are not in it. */
export const traceRule = (rule: CheckedRule, context: RuleContext): Trace => walk(rule, tracing, 'value')(context).trace
