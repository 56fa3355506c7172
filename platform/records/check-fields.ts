import { type Issue, issue, joinPath } from '../errors.js'
import type { FieldModel, FieldRules, ObjectModel } from '../model/model.js'
import type { CheckedRule } from '../rules/rule.js'
import { fromContract, toContract } from '../rules/types.js'
import { holds, isEmpty, type Judged, ruleValue } from './check.js'
import { defaultsOf } from './defaults.js'
import { isSame, type Values } from './values.js'

/** A field that has rules. */
export type RuledField = FieldModel & { readonly rules: FieldRules }

const known = new WeakMap<ObjectModel, readonly RuledField[]>()

/** The fields of an object that have rules; found once for each model. */
export function ruledFields(object: ObjectModel): readonly RuledField[] {
  const found = known.get(object) ?? Object.values(object.fields).filter((field): field is RuledField => field.rules !== undefined)
  known.set(object, found)
  return found
}

/** Every rule that says how fields of an object behave, defaults aside: what it reads must be there when a write is judged. */
export const rulesOfFields = (object: ObjectModel): readonly CheckedRule[] =>
  ruledFields(object).flatMap(({ rules: { visible, required, readOnly, options } }) =>
    [visible, required, readOnly, ...Object.values(options)].filter(rule => rule !== null),
  )

/** Whether a field is shown: it is unless its rule says otherwise. */
export const isVisible = ({ rules }: RuledField, judged: Judged): boolean => !rules.visible || holds(rules.visible, judged)

/** Whether a field must have a value; one that is not visible need not. */
export const isRequired = (field: RuledField, judged: Judged): boolean => {
  const { rules, definition } = field
  if (!rules.required && !rules.visible) return definition.required === true
  return isVisible(field, judged) && (definition.required === true || (rules.required !== null && holds(rules.required, judged)))
}

/** Whether an option can be chosen. */
export const isOffered = ({ rules }: RuledField, option: string, judged: Judged): boolean => {
  const rule = Object.hasOwn(rules.options, option) ? rules.options[option] : undefined
  return rule === undefined || holds(rule, judged)
}

/** One record as a write leaves it, and what is asked of the rules of its fields. */
export interface RuledWrite {
  readonly judged: Judged
  /** The path of the record inside the request. */
  readonly path: string
  /** The keys to which the write gives another value; of a new record those that were given. */
  readonly changed: readonly string[]
  /** Whether it is asked that a field has a value, as far as these rules and the field itself are concerned. */
  readonly isAsked: (field: RuledField, rules: readonly CheckedRule[]) => boolean
  /** Whether everything that a rule reads is known to be right. */
  readonly isSound: (rule: CheckedRule) => boolean
  /** The product itself is not held back by what is read-only. */
  readonly isProduct: boolean
}

/** What a write breaks of the rules of fields: values that are missing, changed although they are read-only, or not offered. */
export function brokenFields(write: RuledWrite): Issue[] {
  return ruledFields(write.judged.object).flatMap(field => [...missing(field, write), ...locked(field, write), ...unfit(field, write)])
}

function missing(field: RuledField, { judged, path, isAsked, isSound }: RuledWrite): Issue[] {
  const { rules, definition } = field
  const asking = [rules.visible, rules.required].filter(rule => rule !== null)
  if ((!rules.required && !(rules.visible && definition.required)) || !field.type.writable || field.relation?.kind === 'masterDetail')
    return []
  if (!isEmpty(judged.after[field.key]) || !asking.every(isSound) || !isAsked(field, asking) || !isRequired(field, judged)) return []
  return [issue('VALUE_REQUIRED', joinPath(path, field.key), { field: field.label })]
}

/**
 * A value may change on the way into or out of being read-only, as it may in two writes one after the other:
 * refused is what is read-only before and after. A new record begins as its constant defaults are.
 */
function locked(field: RuledField, { judged, path, changed, isSound, isProduct }: RuledWrite): Issue[] {
  const { readOnly } = field.rules
  if (!readOnly || isProduct || !changed.includes(field.key) || !isSound(readOnly) || !holds(readOnly, judged)) return []
  const { object, before, moment } = judged
  if (!holds(readOnly, { ...judged, after: before ?? defaultsOf(object, {}, moment) })) return []
  const isDefault = before === null && isSame(judged.after[field.key], defaultValue(field, judged))
  return isDefault ? [] : [issue('FIELD_LOCKED', joinPath(path, field.key), { field: field.label })]
}

function unfit(field: RuledField, { judged, path, changed, isSound }: RuledWrite): Issue[] {
  const { options } = field.rules
  if (Object.keys(options).length === 0 || !changed.includes(field.key)) return []
  const had = new Set(chosen(judged.before?.[field.key]))
  return chosen(judged.after[field.key])
    .filter(value => !had.has(value) && (!options[value] || isSound(options[value])) && !isOffered(field, value, judged))
    .map(value => issue('OPTION_CLOSED', joinPath(path, field.key), { field: field.label, option: optionOf(field, value) }))
}

const chosen = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : isEmpty(value) ? [] : [String(value)])

const optionOf = ({ definition }: FieldModel, value: string) =>
  (definition.options ?? []).find(option => option.value === value)?.label ?? value

/** What a new record gets in a field for which nothing is given: what its rule gives, else its constant default. */
export function defaultValue(field: FieldModel, judged: Judged): unknown {
  const value = field.rules?.default ? ruledDefault(field, field.rules.default, judged) : null
  return value ?? defaultsOf(judged.object, {}, judged.moment)[field.key] ?? null
}

/** The value of a default's rule, in the form of the field. */
export const ruledDefault = (field: FieldModel, rule: CheckedRule, judged: Judged): unknown =>
  field.class.rule === null ? null : toContract(fromContract(ruleValue(rule, judged), field.class.rule), field.class.rule)

/** The fields of an object that begin with what a rule gives. */
export const fieldsWithDefault = (object: ObjectModel): readonly RuledField[] => ruledFields(object).filter(field => field.rules.default)

/**
 * The values that rules give to fields of a new record, one after the other, so that one may read another before it.
 * @param isGiven whether a value was given for a key, be it empty
 * @param judged the record with these values
 */
export function ruledDefaults(
  object: ObjectModel,
  values: Values,
  isGiven: (key: string) => boolean,
  judged: (values: Values) => Judged,
): Record<string, unknown> {
  const found: Record<string, unknown> = {}
  for (const field of fieldsWithDefault(object)) {
    if (isGiven(field.key) || !field.rules.default) continue
    const value = ruledDefault(field, field.rules.default, judged({ ...values, ...found }))
    if (!isEmpty(value)) found[field.key] = value
  }
  return found
}
