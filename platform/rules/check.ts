import { type Issue, issue, joinPath } from '../errors.js'
import type { Label } from '../label.js'
import { lookup } from '../registry.js'
import { checkArguments, type FoundArguments, fit, fits, naturalType, refuse } from './check-arguments.js'
import { checkBinder } from './check-binders.js'
import { checkRead, isInTree, type Run, type TypeScope } from './check-names.js'
import { checkSize } from './limits.js'
import type { Operator, Parameter } from './operator.js'
import { abbreviations, binders, operatorNames, operators } from './operators/index.js'
import type { CallNode, CheckedRule, Rule } from './rule.js'
import { suggestion } from './suggestion.js'
import { isList, type RuleType, type ScalarType, scalarKinds, scalarOf, scalarTypes } from './types.js'

export type { TypeScope } from './check-names.js'

export interface RuleCheck {
  /** The rule, when there is no issue. */
  readonly checked?: CheckedRule
  readonly issues: readonly Issue[]
}

/** Who must be able to answer a rule. */
export interface CheckOptions {
  /** The database: what has no reading there is refused. */
  readonly isForSql?: boolean
}

/**
 * Checks a rule against what it can name: every unknown name and operator and every misfit of types at once.
 * @param rule the rule as it stands in a definition, of any shape
 * @param expected the type that its value must have; `integer` takes decimals too, whoever stores it rounds; null takes any
 * @param path where the rule stands; issues go on from there as `and/1/>/0`
 */
export function checkRule(rule: unknown, scope: TypeScope, expected: RuleType | null, path: string, options: CheckOptions = {}): RuleCheck {
  const oversize = checkSize(rule, path)
  if (oversize) return { issues: [oversize] }
  const run: Run = { frames: [{ kind: 'record', scope }], issues: [], isForSql: options.isForSql ?? false, part: checkPart }
  const node = checkPart(rule, path, expected, run)
  const checked = node && expected !== null ? fitWhole(node, expected, path, run) : node
  return run.issues.length > 0 || !checked ? { issues: run.issues } : { checked, issues: [] }
}

function fitWhole(node: CheckedRule, expected: RuleType, path: string, run: Run): CheckedRule | null {
  const types: readonly ScalarType[] = expected === 'integer' ? ['integer', 'decimal'] : [scalarOf(expected)]
  const parameter: Parameter = { types, form: isList(expected) ? 'list' : 'single', isGrouped: false, place: own => own }
  return fit(node, parameter, expected === 'integer' ? null : expected, path, { en: 'This', 'zh-CN': '此处' }, run)
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
  const at = Array.isArray(inner) ? (index: number) => `${step}/${index}` : () => step
  const binder = lookup(binders, name)
  if (binder) return checkBinder(binder, rule as Rule, args, at, step, run)
  const operator = lookup(operators, name)
  if (!operator) return refuse(run, issue('RULE_OPERATOR_UNKNOWN', path, { operator: name, suggestion: suggestion(name, operatorNames) }))
  return checkCall(operator, rule as Rule, args, at, wanted, { ...run, step })
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
  const inner: Run = { ...run, issues: [] }
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
  if (run.isForSql && operator.sql === null) return refuse(run, issue('RULE_NOT_SQL', run.step, { operator: operator.name }))
  const found = checkArguments(parameters, args, at, operator.gives === 'group' ? wanted && scalarOf(wanted) : null, operator.name, run)
  if (!found) return null
  if (operator.isForTrees && !isInTree(found.args[0], run)) return refuse(run, issue('RULE_TREE', at(0)))
  const type = typeOfCall(operator, parameters, found)
  const isNullable = operator.isNullable(found.args.map(arg => arg.isNullable))
  return { kind: 'call', rule, operator: operator.name, args: found.args, type, isNullable } satisfies CallNode
}

function typeOfCall({ gives }: Operator, parameters: readonly Parameter[], { group, isListGroup }: FoundArguments): RuleType {
  if (gives === 'member') return group
  if (gives !== 'group') return gives
  return isListGroup || parameters.some(({ form, isGrouped }) => isGrouped && form === 'list') ? { list: group } : group
}
