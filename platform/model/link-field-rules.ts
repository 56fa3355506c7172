import { type Issue, issue } from '../errors.js'
import type { FieldDefinition } from '../fields/definition.js'
import { manyToMany } from '../fields/many-to-many.js'
import { lookup } from '../registry.js'
import { checkRule, type TypeScope } from '../rules/check.js'
import type { CheckedRule } from '../rules/rule.js'
import type { RuleType } from '../rules/types.js'
import type { ChildModel, FieldModel, FieldRules, ObjectModel } from './model.js'
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
      return [name, { ...field, rules: rulesOf({ definition: field.definition, type: field.class.rule }, scope, path, issues) }]
    }),
  )
}

const hasRules = ({ visibleWhen, requiredWhen, readOnlyWhen, helpWhen, defaultRule, options }: FieldDefinition): boolean =>
  [visibleWhen, requiredWhen, readOnlyWhen, helpWhen, defaultRule].some(rule => rule !== undefined) ||
  (options ?? []).some(option => option.when !== undefined)

/** What says nothing of links: they are records, not a value. */
const notForLinks = ['readOnly', 'setOnce', 'default', 'defaultRule', 'unique', 'index', 'search'] as const

/**
 * The same for links (`visibleWhen`, `requiredWhen`, `readOnlyWhen`, `helpWhen` and `required` of a many-to-many), at the end that defines them.
 * @returns the children, links with what is asked of them
 */
export function linkLinkRules(
  object: ObjectModel,
  objects: Readonly<Record<string, ObjectModel>>,
  issues: Issue[],
): Record<string, ChildModel> {
  const scope = typeScope(object, objects, { before: true })
  return Object.fromEntries(
    Object.entries(object.children).map(([name, child]) => {
      const definition = isLinks(child) ? lookup(object.definition.fields, name) : undefined
      if (definition?.type !== manyToMany.name) return [name, child]
      const path = `objects/${object.name}/fields/${name}`
      for (const property of notForLinks)
        if (definition[property] !== undefined)
          issues.push(issue('PROPERTY_UNFIT', `${path}/${property}`, { property, type: manyToMany.name }))
      const rules = hasRules(definition) ? { rules: rulesOf({ definition, type: null }, scope, path, issues) } : {}
      return [name, { ...child, ...rules, ...(definition.required ? { required: true } : {}) }]
    }),
  )
}

const isLinks = ({ through }: ChildModel): boolean => through !== undefined

function checkFitting({ definition, type, targets, class: { rule } }: FieldModel, path: string, issues: Issue[]): void {
  for (const property of forWriting) {
    const isUnfit = !type.writable || (property === 'defaultRule' && (rule === null || targets !== undefined))
    if (definition[property] !== undefined && isUnfit)
      issues.push(issue('PROPERTY_UNFIT', `${path}/${property}`, { property, type: type.name }))
  }
}

/** What has rules, and the type of its values in them; null where it has none. */
interface Ruled {
  readonly definition: FieldDefinition
  readonly type: RuleType | null
}

function rulesOf({ definition, type }: Ruled, scope: TypeScope, path: string, issues: Issue[]): FieldRules {
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
