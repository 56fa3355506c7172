import { type Issue, issue } from '../errors.js'
import type { FieldDefinition } from '../fields/definition.js'
import { checkRule, type TypeScope } from '../rules/check.js'
import type { CheckedRule } from '../rules/rule.js'
import type { RuleType } from '../rules/types.js'
import type { FieldModel, FieldRules, ObjectModel } from './model.js'
import { typeScope } from './scope.js'

type Fields = Readonly<Record<string, FieldModel>>

/** What only a field that can be written may say. */
const forWriting = ['requiredWhen', 'readOnlyWhen', 'defaultRule'] as const

/**
 * Checks the rules of fields (`visibleWhen`, `requiredWhen`, `readOnlyWhen`, `helpWhen`, `defaultRule`, `when` of options) and links them.
 * They read what validation rules read, less the rows of the record.
 * @param issues get every problem, at the property
 * @returns the fields, those with rules with `rules`
 */
export function linkFieldRules(
  object: ObjectModel,
  fields: Fields,
  objects: Readonly<Record<string, ObjectModel>>,
  issues: Issue[],
): Record<string, FieldModel> {
  const scope = typeScope(object, objects, { before: true })
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => {
      if (!hasRules(field.definition)) return [name, field]
      const path = `objects/${object.name}/fields/${name}`
      checkFitting(field, path, issues)
      return [name, { ...field, rules: rulesOf(field, scope, path, issues) }]
    }),
  )
}

const hasRules = ({ visibleWhen, requiredWhen, readOnlyWhen, helpWhen, defaultRule, options }: FieldDefinition): boolean =>
  [visibleWhen, requiredWhen, readOnlyWhen, helpWhen, defaultRule].some(rule => rule !== undefined) ||
  (options ?? []).some(option => option.when !== undefined)

function checkFitting({ definition, type, targets, class: { rule } }: FieldModel, path: string, issues: Issue[]): void {
  for (const property of forWriting) {
    const isUnfit = !type.writable || (property === 'defaultRule' && (rule === null || targets !== undefined))
    if (definition[property] !== undefined && isUnfit)
      issues.push(issue('PROPERTY_UNFIT', `${path}/${property}`, { property, type: type.name }))
  }
}

function rulesOf({ definition, class: { rule: type } }: FieldModel, scope: TypeScope, path: string, issues: Issue[]): FieldRules {
  const checked = (rule: unknown, expected: RuleType, at: string): CheckedRule | null => {
    if (rule === undefined) return null
    const { checked: linked, issues: found } = checkRule(rule, scope, expected, `${path}/${at}`)
    issues.push(...found)
    return linked ?? null
  }
  const options = (definition.options ?? []).flatMap(({ value, when }, index) => {
    const rule = checked(when, 'boolean', `options/${index}/when`)
    return rule ? [[value, rule] as const] : []
  })
  return {
    visible: checked(definition.visibleWhen, 'boolean', 'visibleWhen'),
    required: checked(definition.requiredWhen, 'boolean', 'requiredWhen'),
    readOnly: checked(definition.readOnlyWhen, 'boolean', 'readOnlyWhen'),
    default: type === null ? null : checked(definition.defaultRule, type, 'defaultRule'),
    help: (definition.helpWhen ?? []).flatMap(({ when, help }, index) => {
      const rule = checked(when, 'boolean', `helpWhen/${index}/when`)
      return rule ? [{ when: rule, help }] : []
    }),
    options: Object.fromEntries(options),
  }
}
