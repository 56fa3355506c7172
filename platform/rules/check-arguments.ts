import type { Issue } from '../errors.js'
import { issue } from '../errors.js'
import type { Label } from '../label.js'
import { lookup } from '../registry.js'
import type { Run } from './check-names.js'
import type { Parameter } from './operator.js'
import { operators } from './operators/index.js'
import type { CheckedRule } from './rule.js'
import { isList, isSameType, type RuleType, type ScalarType, scalarKinds, scalarOf, typeLabel } from './types.js'

export interface FoundArguments {
  readonly args: readonly CheckedRule[]
  /** The one type of the grouped arguments. */
  readonly group: ScalarType
  readonly isListGroup: boolean
}

/** Checks arguments: first those that have a type of their own, then those that adapt to it. */
export function checkArguments(
  parameters: readonly Parameter[],
  args: readonly unknown[],
  at: (index: number) => string,
  wanted: ScalarType | null,
  who: Label,
  run: Run,
): FoundArguments | null {
  const before = run.issues.length
  const firm = args.map((arg, index) =>
    isLoose(arg) ? undefined : run.part(arg, at(index), expectation(parameters[index], null, arg), run),
  )
  const group = groupType(parameters, args, firm, wanted)
  const isListGroup = args.some((arg, index) => {
    const node = firm[index]
    return parameters[index]?.form === 'either' && parameters[index].isGrouped && (node ? isList(node.type) : Array.isArray(arg))
  })
  const fitted = args.map((arg, index) => {
    const parameter = parameters[index]
    if (!parameter) return null
    if (parameter.literal && !parameter.literal.accepts(arg))
      return misfit(run, at(index), who, parameter.literal.expects, { en: 'this', 'zh-CN': '此值' })
    const known = firm[index]
    const goal = expectation(parameter, group, arg)
    const node =
      known === undefined
        ? run.part(arg, at(index), isListGroup && parameter.isGrouped && goal ? { list: scalarOf(goal) } : goal, run)
        : known
    if (!node) return null
    const target: RuleType | null = !parameter.isGrouped
      ? null
      : parameter.form === 'list' || (isListGroup && parameter.form === 'either')
        ? { list: group }
        : group
    return fit(node, parameter, target, at(index), who, run)
  })
  const whole = fitted.filter(node => node !== null)
  return run.issues.length > before || whole.length < fitted.length ? null : { args: whole, group, isListGroup }
}

/** Whether a part takes the type of what stands beside it: literals, and operators that give the type of their loose arguments. */
function isLoose(rule: unknown): boolean {
  if (typeof rule !== 'object' || rule === null) return true
  if (Array.isArray(rule)) return rule.every(isLoose)
  const [[name, inner] = ['', null]] = Object.entries(rule)
  const operator = lookup(operators, name)
  const args: readonly unknown[] = Array.isArray(inner) ? inner : [inner]
  const parameters = operator?.gives === 'group' ? operator.takes.parameters(args.length) : null
  return parameters !== null && parameters !== undefined && args.every((arg, index) => !parameters[index]?.isGrouped || isLoose(arg))
}

/** What an argument is read towards: the group's type, or of the types that its parameter takes the first that a literal fits. */
function expectation(parameter: Parameter | undefined, group: ScalarType | null, arg: unknown): ScalarType | null {
  if (!parameter || parameter.isGrouped) return group
  return parameter.types.length === 1
    ? (parameter.types[0] ?? null)
    : (parameter.types.find(type => type !== 'text' && fits(arg, type) && typeof arg === 'string') ?? null)
}

/** The type of a group: that of its first firm argument (decimal where whole numbers meet decimals), else what is wanted, else that of the first literal. */
function groupType(
  parameters: readonly Parameter[],
  args: readonly unknown[],
  firm: readonly (CheckedRule | null | undefined)[],
  wanted: ScalarType | null,
): ScalarType {
  const grouped = parameters.map((parameter, index) => (parameter.isGrouped ? index : -1)).filter(index => index >= 0)
  const types = grouped.flatMap(index => (firm[index] ? [scalarOf(firm[index].type)] : []))
  const literals = grouped.flatMap(index => (firm[index] === undefined ? literalsIn(args[index]) : []))
  const [first] = types
  if (first === 'integer')
    return types.includes('decimal') || literals.some(literal => typeof literal === 'number' && !fits(literal, 'integer'))
      ? 'decimal'
      : 'integer'
  const isWanted =
    wanted !== null &&
    (grouped.length === 0 || grouped.some(index => parameters[index]?.types.includes(wanted))) &&
    literals.every(literal => fits(literal, wanted))
  return first ?? (isWanted ? wanted : (literals.map(naturalType).find(type => type !== null) ?? 'text'))
}

/** The literals that decide the type of a loose part. */
function literalsIn(rule: unknown): readonly unknown[] {
  if (rule === null || rule === undefined) return []
  if (typeof rule !== 'object') return [rule]
  if (Array.isArray(rule)) return rule.flatMap(literalsIn)
  const [[name, inner] = ['', null]] = Object.entries(rule)
  const args: readonly unknown[] = Array.isArray(inner) ? inner : [inner]
  const parameters = lookup(operators, name)?.takes.parameters(args.length) ?? []
  return args.flatMap((arg, index) => (parameters[index]?.isGrouped ? literalsIn(arg) : []))
}

/** Brings a node to what its parameter takes: whole numbers become decimals; anything else that differs is an issue. */
export function fit(
  node: CheckedRule,
  parameter: Parameter,
  target: RuleType | null,
  path: string,
  who: Label,
  run: Run,
): CheckedRule | null {
  if (node.kind === 'literal' && node.value === null && parameter.form !== 'list') {
    return { ...node, type: target ?? (parameter.types.includes(scalarOf(node.type)) ? node.type : (parameter.types[0] ?? 'text')) }
  }
  const isForm = parameter.form === 'either' || isList(node.type) === (parameter.form === 'list')
  const isTaken = isForm && parameter.types.includes(scalarOf(node.type))
  if (isTaken && (target === null || isSameType(node.type, target))) return node
  const goal = target === null ? (parameter.types.includes('decimal') ? 'decimal' : null) : target
  if (isForm && node.type === 'integer' && goal === 'decimal' && parameter.types.includes('decimal')) {
    return { kind: 'widen', rule: node.rule, value: node, type: 'decimal', isNullable: node.isNullable }
  }
  return misfit(run, path, who, expected(parameter, target), typeLabel(node.type))
}

/** What a parameter takes, in words. */
function expected(parameter: Parameter, target: RuleType | null): Label {
  if (target !== null && parameter.types.includes(scalarOf(target))) return typeLabel(target)
  const labels = parameter.types
    .filter(type => type !== 'integer' || !parameter.types.includes('decimal'))
    .map(type => typeLabel(parameter.form === 'list' ? { list: type } : type))
  const inLanguage = (locale: 'en' | 'zh-CN', separator: string) =>
    labels.map(label => (typeof label === 'string' ? label : label[locale])).join(separator)
  return { en: inLanguage('en', ' or '), 'zh-CN': inLanguage('zh-CN', '或') }
}

/** Notes that a value is not of the type that is taken. */
export function misfit(run: Run, path: string, operator: Label, wanted: Label, actual: Label): null {
  return refuse(run, issue('RULE_TYPE_MISMATCH', path, { operator, expected: wanted, actual }))
}

/** Notes an issue; there is no value then. */
export function refuse(run: Run, found: Issue): null {
  run.issues.push(found)
  return null
}

/** Whether a literal can be of a type. */
export const fits = (literal: unknown, type: ScalarType): boolean => scalarKinds[type].fromLiteral(literal) !== undefined

/** The type that a literal has by itself. */
export const naturalType = (literal: unknown): ScalarType | null =>
  typeof literal === 'string' ? 'text' : typeof literal === 'number' ? 'decimal' : typeof literal === 'boolean' ? 'boolean' : null
