import { type Issue, issue } from '../errors.js'
import { type ExampleDefinition, exampledRules } from '../fields/example-shape.js'
import { type Label, type Locale, labelOf } from '../label.js'
import type { FieldModel, Model, ObjectModel } from '../model/model.js'
import { fieldNamed } from '../model/scope.js'
import { lookup } from '../registry.js'
import { askReference, type ReferenceAnswer } from '../rules/reference.js'
import type { CheckedRule } from '../rules/rule.js'
import { fromContract, toContract } from '../rules/types.js'
import { contextOf, holds, type Judged, ruleValue } from './check.js'
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
  /** What json-logic-js answers; null where the rule lies outside of what it shares, and where the rule was not run. */
  readonly reference: ReferenceAnswer | null
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
  reference: typeof askReference = askReference,
): ExampleResult {
  const given: Given = givenOf(example.given, object, model, `${path}/given`)
  const expected = expectedOf(example.expect, rule)
  const wrong = expected === undefined ? [issue('EXAMPLE_VALUE', `${path}/expect`, { name: 'expect' })] : []
  if (given.issues.length + wrong.length > 0) return { isGreen: false, value: null, issues: [...given.issues, ...wrong], reference: null }
  const value = comesTo(rule, field, given.judged)
  return { isGreen: isSame(value, expected), value, issues: [], reference: reference(rule, contextOf(given.judged)) }
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

/** An example with the rule that it is of; undefined when there is no such rule, or several. */
export interface ModelExample {
  readonly ruled: ExampledRule | undefined
  readonly example: ExampleDefinition
  readonly object: ObjectModel
  readonly path: string
}

/** Every example of a model. */
export const examplesOf = (model: Model): ModelExample[] =>
  Object.values(model.objects).flatMap(object => {
    const path = `objects/${object.name}`
    const each = (
      examples: readonly ExampleDefinition[] | undefined,
      at: string,
      ruled: (example: ExampleDefinition) => ModelExample['ruled'],
    ) => (examples ?? []).map((example, index) => ({ ruled: ruled(example), example, object, path: `${at}/examples/${index}` }))
    return [
      ...object.rules.flatMap(({ definition, must }) => {
        const index = (object.definition.rules ?? []).indexOf(definition)
        return each(definition.examples, `${path}/rules/${index}`, () => ({ rule: must, field: null }))
      }),
      ...Object.values(object.fields).flatMap(field => [
        ...each(field.definition.examples, `${path}/fields/${field.name}`, example => exampledRule(field, example)),
        ...(field.states?.transitions ?? []).flatMap(({ name, when }) => {
          const all = field.definition.states?.transitions ?? []
          const index = all.findIndex(one => one.transition === name)
          const at = `${path}/fields/${field.name}/states/transitions/${index}`
          return each(all[index]?.examples, at, () => (when ? { rule: when, field: null } : undefined))
        }),
      ]),
    ]
  })

/** What came of all examples of a model. */
export interface ExamplesRun {
  readonly issues: readonly Issue[]
  readonly examples: number
  /** How many of them json-logic-js was asked too. */
  readonly compared: number
}

/**
 * Checks and runs every example of a sound model; json-logic-js is asked the same where it shares the meaning.
 * @returns misfits of what is given and expected, `EXAMPLE_FAILED` for each example that comes to something else, and
 * `EXAMPLE_READING` for each that json-logic-js answers differently
 */
export function runExamples(model: Model, reference: typeof askReference = askReference): ExamplesRun {
  const examples = examplesOf(model)
  const results = examples.map(one => ({ ...one, ...resultOf(one, model, reference) }))
  return {
    issues: results.flatMap(({ problems }) => problems),
    examples: examples.length,
    compared: results.filter(({ isCompared }) => isCompared).length,
  }
}

function resultOf({ ruled, example, object, path }: ModelExample, model: Model, reference: typeof askReference) {
  if (!ruled) return { isCompared: false, problems: [issue('EXAMPLE_RULE', path, { rules: exampledRules.join(', ') })] }
  const found = runExample(ruled, example, object, model, path, reference)
  const isRed = !found.isGreen && found.issues.length === 0
  const problems = [
    ...found.issues,
    ...(isRed ? [failedIssue({ object, example, path }, found.value)] : []),
    ...(found.reference?.isSame === false ? [differs(found.reference, { object, example, path })] : []),
  ]
  return { isCompared: found.reference !== null, problems }
}

const differs = ({ there, here }: ReferenceAnswer, of: Pick<ModelExample, 'object' | 'example' | 'path'>): Issue =>
  readingIssue(of, 'json-logic-js', locale => plainText(there, locale), here)

const failedIssue = ({ object, example, path }: Pick<ModelExample, 'object' | 'example' | 'path'>, value: unknown): Issue =>
  issue('EXAMPLE_FAILED', path, {
    name: example.name ?? '',
    given: inBoth(locale => givenText(example.given, object, locale)),
    expected: inBoth(locale => plainText(example.expect, locale)),
    actual: inBoth(locale => plainText(value, locale)),
  })

/** The issue of an example that another reading answers differently. */
export const readingIssue = (
  { object, example, path }: Pick<ModelExample, 'object' | 'example' | 'path'>,
  reading: string,
  there: (locale: Locale) => string,
  here: unknown,
): Issue =>
  issue('EXAMPLE_READING', path, {
    reading,
    given: inBoth(locale => givenText(example.given, object, locale)),
    there: inBoth(there),
    here: inBoth(locale => plainText(here, locale)),
  })

const inBoth = (text: (locale: Locale) => string): Label => ({ en: text('en'), 'zh-CN': text('zh-CN') })

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
