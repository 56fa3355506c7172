import type { FormDefinition } from '../definitions/form.js'
import { type Issue, issue } from '../errors.js'
import { formsOf } from '../forms/form-schema.js'
import type { Label } from '../label.js'
import type { Model, ObjectModel } from '../model/model.js'
import { typeScope } from '../model/scope.js'
import { lookup } from '../registry.js'
import { checkRule } from '../rules/check.js'
import type { CheckedRule } from '../rules/rule.js'
import { holds, isEmpty, type Judged } from './check.js'
import type { FieldState } from './field-states.js'

type Rules = ReadonlyMap<string, CheckedRule>

/** The rules of a form: when it is used, and by the names of its sections and of what is placed, how these stand. */
interface LayoutRules {
  readonly when: CheckedRule | undefined
  readonly sections: Rules
  readonly fields: Rules
  readonly required: Rules
  readonly readOnly: Rules
}

const layouts = new WeakMap<FormDefinition, LayoutRules>()

/** The rules of a form, checked once; one that does not fit the model is as if it were not there. */
export function layoutRules(form: FormDefinition, object: ObjectModel, model: Model): LayoutRules {
  const known = layouts.get(form)
  if (known) return known
  const scope = typeScope(object, model.objects, { before: true })
  const checked = (rule: unknown) => (rule === undefined ? undefined : checkRule(rule, scope, 'boolean', '').checked)
  const placed = form.sections.flatMap(({ fields }) => fields.filter(field => typeof field !== 'string'))
  const rulesOf = <T>(all: readonly T[], name: (one: T) => string, rule: (one: T) => unknown): Rules =>
    new Map(
      all.flatMap(one => {
        const found = checked(rule(one))
        return found ? [[name(one), found] as const] : []
      }),
    )
  const found = {
    when: checked(form.when),
    sections: rulesOf(
      form.sections,
      ({ section }) => section,
      ({ visibleWhen }) => visibleWhen,
    ),
    fields: rulesOf(placed, nameOf, ({ visibleWhen }) => visibleWhen),
    required: rulesOf(placed, nameOf, ({ requiredWhen }) => requiredWhen),
    readOnly: rulesOf(placed, nameOf, ({ readOnlyWhen }) => readOnlyWhen),
  }
  layouts.set(form, found)
  return found
}

const nameOf = ({ field }: { readonly field: string }): string => field

/** Every rule of a form. */
export function rulesOfLayout(form: FormDefinition, object: ObjectModel, model: Model): readonly CheckedRule[] {
  const { when, sections, fields, required, readOnly } = layoutRules(form, object, model)
  return [...(when ? [when] : []), ...[sections, fields, required, readOnly].flatMap(rules => [...rules.values()])]
}

/** What of a form is not shown now: sections by their names, fields and lines by theirs. A layout hides, it never shows what a rule hides. */
export function hiddenByLayout(
  form: FormDefinition | undefined,
  judged: Judged,
  model: Model,
): { sections: Set<string>; fields: Set<string> } {
  if (!form) return { sections: new Set(), fields: new Set() }
  const rules = layoutRules(form, judged.object, model)
  const failing = (all: Rules) => new Set([...all].flatMap(([name, rule]) => (holds(rule, judged) ? [] : [name])))
  return { sections: failing(rules.sections), fields: failing(rules.fields) }
}

/**
 * How fields stand in a form that asks more of them than their own rules do: it may require and lock, never the contrary.
 * @param states how they stand by their own rules, by the keys of their values
 */
export function withLayout(
  states: ReadonlyMap<string, FieldState>,
  form: FormDefinition | undefined,
  judged: Judged,
  model: Model,
): ReadonlyMap<string, FieldState> {
  if (!form) return states
  const { required, readOnly } = layoutRules(form, judged.object, model)
  if (required.size + readOnly.size === 0) return states
  const found = new Map(states)
  for (const name of new Set([...required.keys(), ...readOnly.keys()])) {
    const { key, ...own } = placeOf(judged.object, name)
    const state = states.get(key) ?? { isVisible: true, isReadOnly: false, refused: new Set(), because: null, ...own }
    const [asking, locking] = [holding(required, name, judged), holding(readOnly, name, judged)]
    found.set(key, {
      ...state,
      isRequired: state.isRequired || asking !== null,
      isReadOnly: state.isReadOnly || locking !== null,
      because: state.because ?? locking ?? asking,
    })
  }
  return found
}

const holding = (rules: Rules, name: string, judged: Judged): CheckedRule | null => {
  const rule = rules.get(name)
  return rule && holds(rule, judged) ? rule : null
}

/** Under which key the value of what is placed stands, and what its own definition says of it. */
function placeOf(object: ObjectModel, name: string): { key: string; isRequired: boolean; help: Label | undefined } {
  const field = lookup(object.fields, name)
  return {
    key: field?.key ?? name,
    isRequired: (field?.definition.required ?? lookup(object.children, name)?.required) === true,
    help: (field?.definition ?? lookup(object.definition.fields, name))?.help,
  }
}

/** Values that a form asks for and that are not there; what the object itself asks for is checked by itself. */
export function missingByLayout(form: FormDefinition | undefined, judged: Judged, model: Model): Issue[] {
  if (!form) return []
  const { object } = judged
  return [...layoutRules(form, object, model).required].flatMap(([name, rule]) => {
    const { key } = placeOf(object, name)
    const value = judged.after[key]
    const isMissing = isEmpty(value) || (Array.isArray(value) && value.length === 0)
    if (!isMissing || !holds(rule, judged)) return []
    const label = labelIn(form, name) ?? lookup(object.fields, name)?.label ?? lookup(object.children, name)?.label
    return [issue('VALUE_REQUIRED', key, { field: label ?? name })]
  })
}

const labelIn = (form: FormDefinition, name: string): Label | undefined =>
  form.sections
    .flatMap(({ fields }) => fields)
    .flatMap(placed =>
      typeof placed !== 'string' && placed.field === name && placed.label !== undefined ? [placed.label as Label] : [],
    )[0]

/** Who opens a form, and on what. */
export interface FormUse {
  /** The names of the roles that they hold. */
  readonly roles: readonly string[]
  readonly device: 'desk' | 'phone'
}

/** The form that is used for a record: the first, in their order, whose roles, device and condition fit. */
export function formFor(model: Model, judged: Judged, { roles, device }: FormUse): FormDefinition | undefined {
  return formsOf(model, judged.object).find(form => {
    if (form.device !== undefined && form.device !== device) return false
    if (form.roles && !form.roles.some(role => roles.includes(role))) return false
    const { when } = layoutRules(form, judged.object, model)
    return form.when === undefined || (when !== undefined && holds(when, judged))
  })
}
