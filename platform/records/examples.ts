import { type Issue, issue } from '../errors.js'
import { type ExampleDefinition, exampledRules } from '../fields/example-shape.js'
import { type Label, type Locale, labelOf } from '../label.js'
import type { FieldModel, Model, ObjectModel } from '../model/model.js'
import { fieldNamed } from '../model/scope.js'
import { lookup } from '../registry.js'
import type { CheckedRule } from '../rules/rule.js'
import { fromContract, toContract } from '../rules/types.js'
import { holds, type Judged, ruleValue } from './check.js'
import { type Given, givenOf } from './example-record.js'
import { yesNo } from './rule-naming.js'
import { isSame } from './values.js'

/** What came of an example. */
export interface ExampleResult {
  readonly isGreen: boolean
  /** What the rule comes to, in contract form. */
  readonly value: unknown
  /** What is wrong with what is given or expected; then the rule was not run. */
  readonly issues: readonly Issue[]
}

/** A rule with the field whose value it gives, where it gives one. */
export interface ExampledRule {
  readonly rule: CheckedRule
  readonly field: FieldModel | null
}

/**
 * Runs an example of a rule over records of an object.
 * @param path where the example stands, for the paths of issues
 */
export function runExample(
  { rule, field }: ExampledRule,
  example: ExampleDefinition,
  object: ObjectModel,
  model: Model,
  path: string,
): ExampleResult {
  const given: Given = givenOf(example.given, object, model, `${path}/given`)
  const expected = expectedOf(example.expect, rule)
  const wrong = expected === undefined ? [issue('EXAMPLE_VALUE', `${path}/expect`, { name: 'expect' })] : []
  if (given.issues.length + wrong.length > 0) return { isGreen: false, value: null, issues: [...given.issues, ...wrong] }
  const value = comesTo(rule, field, given.judged)
  return { isGreen: isSame(value, expected), value, issues: [] }
}

/** What a rule comes to over a record, in the form of its field. */
function comesTo(rule: CheckedRule, field: FieldModel | null, judged: Judged): unknown {
  if (!field) return holds(rule, judged)
  const value = ruleValue(rule, judged)
  return field.class.rule === null ? value : toContract(fromContract(value, field.class.rule), field.class.rule)
}

/** What is expected in contract form; undefined when it cannot come of the rule. */
function expectedOf(expect: unknown, rule: CheckedRule): unknown {
  if (expect === null && rule.type !== 'boolean') return null
  const read = toContract(fromContract(expect, rule.type), rule.type)
  return read === null ? undefined : read
}

/** The rules of a field that examples can be of, by the property that has them. */
export function exampledRulesOf(field: FieldModel): Readonly<Partial<Record<(typeof exampledRules)[number], ExampledRule>>> {
  const { rule, rules } = field
  return {
    ...(rule ? { rule: { rule, field } } : {}),
    ...(rules?.visible ? { visibleWhen: { rule: rules.visible, field: null } } : {}),
    ...(rules?.required ? { requiredWhen: { rule: rules.required, field: null } } : {}),
    ...(rules?.readOnly ? { readOnlyWhen: { rule: rules.readOnly, field: null } } : {}),
    ...(rules?.default ? { defaultRule: { rule: rules.default, field } } : {}),
  }
}

/** The rule that an example of a field is of: the named one, else the only one. */
export function exampledRule(field: FieldModel, example: ExampleDefinition): ExampledRule | undefined {
  const rules = exampledRulesOf(field)
  if (example.for !== undefined) return rules[example.for]
  const all = Object.values(rules)
  return rules.rule ?? (all.length === 1 ? all[0] : undefined)
}

/**
 * Checks and runs every example of a sound model.
 * @returns misfits of what is given and expected, and `EXAMPLE_FAILED` for each example that comes to something else
 */
export const checkExamples = (model: Model): Issue[] =>
  Object.values(model.objects).flatMap(object => {
    const path = `objects/${object.name}`
    const run = (
      examples: readonly ExampleDefinition[] | undefined,
      at: string,
      rule: (example: ExampleDefinition) => ExampledRule | undefined,
    ) => (examples ?? []).flatMap((example, index) => problemsOf(rule(example), example, object, model, `${at}/examples/${index}`))
    return [
      ...object.rules.flatMap(({ definition, must }) => {
        const index = (object.definition.rules ?? []).indexOf(definition)
        return run(definition.examples, `${path}/rules/${index}`, () => ({ rule: must, field: null }))
      }),
      ...Object.values(object.fields).flatMap(field => [
        ...run(field.definition.examples, `${path}/fields/${field.name}`, example => exampledRule(field, example)),
        ...(field.states?.transitions ?? []).flatMap(({ name, when }) => {
          const all = field.definition.states?.transitions ?? []
          const index = all.findIndex(one => one.transition === name)
          const at = `${path}/fields/${field.name}/states/transitions/${index}`
          return run(all[index]?.examples, at, () => (when ? { rule: when, field: null } : undefined))
        }),
      ]),
    ]
  })

function problemsOf(rule: ExampledRule | undefined, example: ExampleDefinition, object: ObjectModel, model: Model, path: string): Issue[] {
  if (!rule) return [issue('EXAMPLE_RULE', path, { rules: exampledRules.join(', ') })]
  const { isGreen, value, issues } = runExample(rule, example, object, model, path)
  if (isGreen || issues.length > 0) return [...issues]
  const inBoth = (text: (locale: Locale) => string): Label => ({ en: text('en'), 'zh-CN': text('zh-CN') })
  return [
    issue('EXAMPLE_FAILED', path, {
      name: example.name ?? '',
      given: inBoth(locale => givenText(example.given, object, locale)),
      expected: inBoth(locale => plainText(example.expect, locale)),
      actual: inBoth(locale => plainText(value, locale)),
    }),
  ]
}

/** What is given, in a line: names as people know them, values as they are written. */
export const givenText = (given: ExampleDefinition['given'], object: ObjectModel, locale: Locale): string =>
  Object.entries(given)
    .map(
      ([name, value]) =>
        `${labelOf(fieldNamed(object, name)?.label ?? lookup(object.children, name)?.label, locale) || name} ${plainText(value, locale)}`,
    )
    .join(locale === 'zh-CN' ? '，' : ', ')

/** A value of an example in a line. */
export function plainText(value: unknown, locale: Locale): string {
  if (value === null || value === undefined) return locale === 'zh-CN' ? '空' : 'empty'
  if (typeof value === 'boolean') return yesNo(value, locale)
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
