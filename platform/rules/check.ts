import { type Issue, issue, joinPath } from '../errors.js'
import type { Label } from '../label.js'
import { lookup } from '../registry.js'
import { checkSize } from './limits.js'
import type { Operator, Parameter } from './operator.js'
import { abbreviations, operatorNames, operators } from './operators/index.js'
import type { CallNode, CheckedRule, Rule } from './rule.js'
import { suggestion } from './suggestion.js'
import { isList, isSameType, type RuleType, type ScalarType, scalarKinds, scalarOf, scalarTypes, typeLabel } from './types.js'

/** What a rule can name, and of which type it is: fields, relations, context. */
export interface TypeScope {
  /** The type of a path such as `['customer', 'name']`; null when there is none. */
  readonly typeOf: (path: readonly string[]) => RuleType | null
  /** Every name that a path can begin with, for hints. */
  readonly names: () => readonly string[]
  /** Whether the value at a path is never empty, in the database either (ids, who asks, now). */
  readonly isNeverNull?: (path: readonly string[]) => boolean
}

export interface RuleCheck {
  /** The rule, when there is no issue. */
  readonly checked?: CheckedRule
  readonly issues: readonly Issue[]
}

/**
 * Checks a rule against what it can name: every unknown name and operator and every misfit of types at once.
 * @param rule the rule as it stands in a definition, of any shape
 * @param expected the type that its value must have; `integer` takes decimals too, whoever stores it rounds
 * @param path where the rule stands; issues go on from there as `and/1/>/0`
 */
export function checkRule(rule: unknown, scope: TypeScope, expected: RuleType, path: string): RuleCheck {
  const oversize = checkSize(rule, path)
  if (oversize) return { issues: [oversize] }
  const run: Run = { scope, issues: [] }
  const types: readonly ScalarType[] = expected === 'integer' ? ['integer', 'decimal'] : [scalarOf(expected)]
  const parameter: Parameter = { types, form: isList(expected) ? 'list' : 'single', isGrouped: false, place: own => own }
  const node = checkPart(rule, path, expected, run)
  const checked = node && fit(node, parameter, expected === 'integer' ? null : expected, path, { en: 'This', 'zh-CN': '此处' }, run)
  return run.issues.length > 0 || !checked ? { issues: run.issues } : { checked, issues: [] }
}

interface Run {
  readonly scope: TypeScope
  readonly issues: Issue[]
}

/** A part of a rule; `wanted` is what literals adapt to. Null when it has issues, which are in the run. */
function checkPart(rule: unknown, path: string, wanted: RuleType | null, run: Run): CheckedRule | null {
  if (Array.isArray(rule)) return checkList(rule, path, wanted, run)
  if (typeof rule !== 'object' || rule === null) return checkLiteral(rule, path, wanted, run)
  const [entry, ...others] = Object.entries(rule)
  if (entry === undefined || others.length > 0) {
    return refuse(run, issue('RULE_INVALID', path, { reason: { en: 'it does not have just one operator', 'zh-CN': '应恰好有一个运算' } }))
  }
  const [name, inner] = entry
  const args: readonly unknown[] = Array.isArray(inner) ? inner : [inner]
  const step = joinPath(path, name.replaceAll('~', '~0').replaceAll('/', '~1'))
  if (name === 'var' && args.length === 1) return checkRead(args[0], rule as Rule, step, run)
  const abbreviation = lookup(abbreviations, name)
  if (abbreviation) return checkAbbreviation(abbreviation.rewrite(args), abbreviation.expects, rule as Rule, step, wanted, run)
  const operator = lookup(operators, name)
  if (!operator) return refuse(run, issue('RULE_OPERATOR_UNKNOWN', path, { operator: name, suggestion: suggestion(name, operatorNames) }))
  return checkCall(operator, rule as Rule, args, Array.isArray(inner) ? index => `${step}/${index}` : () => step, wanted, { ...run, step })
}

const segment = /^[a-z][a-zA-Z0-9]*$/
const forbidden = new Set([
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'isPrototypeOf',
  'toLocaleString',
  'propertyIsEnumerable',
])

function checkRead(target: unknown, rule: Rule, path: string, run: Run): CheckedRule | null {
  const parts = typeof target === 'string' ? target.split('.') : []
  const isPath = parts.length > 0 && parts.every(part => segment.test(part) && !forbidden.has(part))
  const type = isPath ? run.scope.typeOf(parts) : null
  if (type !== null) return { kind: 'read', rule, path: parts, type, isNullable: !(run.scope.isNeverNull?.(parts) ?? false) }
  const field = typeof target === 'string' ? target : JSON.stringify(target ?? null)
  return refuse(run, issue('RULE_FIELD_UNKNOWN', path, { field, suggestion: suggestion(field, run.scope.names()) }))
}

/** Checks what an abbreviation stands for; its issues are told where the abbreviation stands. */
function checkAbbreviation(
  meaning: unknown,
  expects: Label,
  rule: Rule,
  path: string,
  wanted: RuleType | null,
  run: Run,
): CheckedRule | null {
  if (meaning === null) return refuse(run, issue('RULE_INVALID', path, { reason: expects }))
  const inner: Run = { scope: run.scope, issues: [] }
  const node = checkPart(meaning, path, wanted, inner)
  run.issues.push(
    ...inner.issues
      .filter(({ code }, index) => inner.issues.findIndex(other => other.code === code) === index)
      .map(found => ({ ...found, path })),
  )
  return node && { ...node, rule }
}

function checkLiteral(literal: unknown, path: string, wanted: RuleType | null, run: Run): CheckedRule | null {
  const rule = literal as Rule
  if (literal === null || literal === undefined)
    return { kind: 'literal', rule: null, type: wanted ?? 'text', value: null, isNullable: true }
  const type = wanted !== null && !isList(wanted) && fits(literal, wanted) ? wanted : naturalType(literal)
  const value = type === null ? undefined : scalarKinds[type].fromLiteral(literal)
  if (type === null || value === undefined) {
    return refuse(run, issue('RULE_INVALID', path, { reason: { en: 'this value cannot be kept exactly', 'zh-CN': '该值无法精确表示' } }))
  }
  return { kind: 'literal', rule, type, value, isNullable: false }
}

const fits = (literal: unknown, type: ScalarType): boolean => scalarKinds[type].fromLiteral(literal) !== undefined

const naturalType = (literal: unknown): ScalarType | null =>
  typeof literal === 'string' ? 'text' : typeof literal === 'number' ? 'decimal' : typeof literal === 'boolean' ? 'boolean' : null

function checkList(rule: readonly unknown[], path: string, wanted: RuleType | null, run: Run): CheckedRule | null {
  const parameter: Parameter = { types: scalarTypes, form: 'single', isGrouped: true, place: () => 'value' }
  const found = checkArguments(
    rule.map(() => parameter),
    rule,
    index => `${path}/${index}`,
    wanted && scalarOf(wanted),
    { en: 'A list', 'zh-CN': '列表' },
    run,
  )
  if (!found) return null
  const type = { list: found.group }
  const literals = found.args.map(item => (item.kind === 'literal' && !Array.isArray(item.value) ? item.value : undefined))
  if (literals.every(value => value !== undefined))
    return { kind: 'literal', rule: rule as Rule, type, value: literals as never, isNullable: false }
  return { kind: 'list', rule: rule as Rule, type, items: found.args, isNullable: false }
}

function checkCall(
  operator: Operator,
  rule: Rule,
  args: readonly unknown[],
  at: (index: number) => string,
  wanted: RuleType | null,
  run: Run & { readonly step: string },
): CheckedRule | null {
  const parameters = operator.takes.parameters(args.length)
  if (!parameters)
    return refuse(run, issue('RULE_ARGUMENTS', run.step, { operator: operator.name, expected: operator.takes.arity, actual: args.length }))
  const found = checkArguments(parameters, args, at, operator.gives === 'group' ? wanted && scalarOf(wanted) : null, operator.name, run)
  if (!found) return null
  const type = typeOfCall(operator, parameters, found)
  const isNullable = operator.isNullable(found.args.map(arg => arg.isNullable))
  return { kind: 'call', rule, operator: operator.name, args: found.args, type, isNullable } satisfies CallNode
}

function typeOfCall({ gives }: Operator, parameters: readonly Parameter[], { group, isListGroup }: FoundArguments): RuleType {
  if (gives === 'member') return group
  if (gives !== 'group') return gives
  return isListGroup || parameters.some(({ form, isGrouped }) => isGrouped && form === 'list') ? { list: group } : group
}

interface FoundArguments {
  readonly args: readonly CheckedRule[]
  /** The one type of the grouped arguments. */
  readonly group: ScalarType
  readonly isListGroup: boolean
}

/** Checks arguments: first those that have a type of their own, then those that adapt to it. */
function checkArguments(
  parameters: readonly Parameter[],
  args: readonly unknown[],
  at: (index: number) => string,
  wanted: ScalarType | null,
  who: Label,
  run: Run,
): FoundArguments | null {
  const before = run.issues.length
  const firm = args.map((arg, index) =>
    isLoose(arg) ? undefined : checkPart(arg, at(index), expectation(parameters[index], null, arg), run),
  )
  const group = groupType(parameters, args, firm, wanted)
  const isListGroup = firm.some(
    (node, index) => node && parameters[index]?.form === 'either' && parameters[index].isGrouped && isList(node.type),
  )
  const fitted = args.map((arg, index) => {
    const parameter = parameters[index]
    if (!parameter) return null
    if (parameter.literal && !parameter.literal.accepts(arg))
      return misfit(run, at(index), who, parameter.literal.expects, { en: 'this', 'zh-CN': '此值' })
    const known = firm[index]
    const goal = expectation(parameter, group, arg)
    const node =
      known === undefined
        ? checkPart(arg, at(index), isListGroup && parameter.isGrouped && goal ? { list: scalarOf(goal) } : goal, run)
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
function fit(node: CheckedRule, parameter: Parameter, target: RuleType | null, path: string, who: Label, run: Run): CheckedRule | null {
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

function misfit(run: Run, path: string, operator: Label, wanted: Label, actual: Label): null {
  return refuse(run, issue('RULE_TYPE_MISMATCH', path, { operator, expected: wanted, actual }))
}

function refuse(run: Run, found: Issue): null {
  run.issues.push(found)
  return null
}
