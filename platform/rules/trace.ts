import { binderOf, contextsOf, factsOf, operatorOf, outside, withSteps } from './javascript.js'
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

/** Of how many rows a trace tells. */
const longestTrace = 20

const tracing: Reading<Traced> = {
  literal:
    ({ rule, type, value }) =>
    () =>
      leaf(rule, type, value),
  read:
    ({ rule, type, path, up }) =>
    context =>
      leaf(rule, type, fromContract(outside(context, up).read(path), type)),
  member:
    ({ rule, type, of, up }) =>
    context =>
      leaf(rule, type, outside(context, up)[of] ?? null),
  bind: node => {
    const { js } = binderOf(node)
    const contexts = contextsOf(node)
    const body = walk(node.body, tracing, 'value')
    const start = node.start && walk(node.start, tracing, 'value')
    return context => {
      const inputs: Trace[] = []
      const begun = start?.(context)
      const look = (inner: RuleContext) => (accumulator?: Value) => {
        const traced = body(accumulator === undefined ? inner : { ...inner, accumulator })
        if (inputs.length < longestTrace) inputs.push(traced.trace)
        return traced.value
      }
      const value = js(
        contexts(context).map(inner => ({ own: inner.member ?? null, value: look(inner) })),
        begun?.value ?? null,
      )
      return { value, trace: { rule: node.rule, value: toContract(value, node.type), inputs: begun ? [begun.trace, ...inputs] : inputs } }
    }
  },
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
export const traceRule = (rule: CheckedRule, context: RuleContext): Trace => walk(rule, tracing, 'value')(withSteps(context)).trace
