import { type Label, type Locale, labelOf } from '../label.js'
import type { FieldModel, Model, ObjectModel } from '../model/model.js'
import { fieldAlong } from '../model/scope.js'
import type { CheckedRule } from '../rules/rule.js'
import type { Trace } from '../rules/trace.js'
import { holds, isEmpty, type Judged, traceOver, valueAt } from './check.js'
import { isOffered, isRequired, isVisible, type RuledField, ruledFields } from './check-fields.js'
import { linkRulesOf, needsLink, type RuledLinks, ruledLinks } from './ruled-links.js'
import { valueText } from './wording.js'

/** How a field of a form stands, given what the others hold. */
export interface FieldState {
  readonly isVisible: boolean
  readonly isRequired: boolean
  readonly isReadOnly: boolean
  /** The help whose rule holds; the field's own where none does. */
  readonly help: Label | undefined
  /** Options that cannot be chosen now. */
  readonly refused: ReadonlySet<string>
  /** The rule that brought the field, else that requires it or keeps it read-only; null when no rule speaks. */
  readonly because: CheckedRule | null
}

/** How the fields with rules stand, by the keys of their values; a field that is not in it has no rules. */
export function fieldStates(judged: Judged): ReadonlyMap<string, FieldState> {
  const fields = ruledFields(judged.object).map(field => [field.key, stateOf(field, judged)] as const)
  const links = ruledLinks(judged.object).map(child => [child.name, stateOfLinks(child, judged)] as const)
  return new Map([...fields, ...links])
}

/** How links stand in a form: they are named like a field. */
function stateOfLinks(child: RuledLinks, judged: Judged): FieldState {
  const rules = linkRulesOf(child)
  const visible = !rules.visible || holds(rules.visible, judged)
  const required = needsLink(child, judged)
  const readOnly = rules.readOnly !== null && holds(rules.readOnly, judged)
  return {
    isVisible: visible,
    isRequired: required,
    isReadOnly: readOnly,
    help: rules.help.find(({ when }) => holds(when, judged))?.help ?? judged.object.definition.fields[child.name]?.help,
    refused: new Set(),
    because: (visible ? rules.visible : null) ?? (required ? rules.required : null) ?? (readOnly ? rules.readOnly : null),
  }
}

function stateOf(field: RuledField, judged: Judged): FieldState {
  const { rules, definition } = field
  const visible = isVisible(field, judged)
  const required = isRequired(field, judged)
  const readOnly = rules.readOnly !== null && holds(rules.readOnly, judged)
  const refused = Object.keys(rules.options).filter(value => !isOffered(field, value, judged))
  const because = (visible ? rules.visible : null) ?? (required ? rules.required : null) ?? (readOnly ? rules.readOnly : null)
  return {
    isVisible: visible,
    isRequired: required,
    isReadOnly: readOnly,
    help: rules.help.find(({ when }) => holds(when, judged))?.help ?? definition.help,
    refused: new Set(refused),
    because,
  }
}

/** One thing that a rule has looked at and that decided: what it is called, and what stands there. */
export interface Reason {
  readonly field: string
  /** Null when nothing stands there. */
  readonly value: string | null
}

/** How reasons are told. */
export interface Telling {
  readonly model: Model
  readonly locale: Locale
  /** The currency of the workspace, ISO 4217. */
  readonly currency: string
  /** What people call the record that a relation points at; null where that is not known. */
  readonly nameOf: (path: readonly string[]) => string | null
}

const mostReasons = 3

/** What decided a condition, in people's words: the values that it read on the way to its answer, each once, at most three. */
export function reasonsOf(rule: CheckedRule, judged: Judged, telling: Telling): Reason[] {
  const reasons = new Map<string, Reason>()
  for (const name of deciding(traceOver(rule, judged))) {
    const reason = reasons.has(name) ? undefined : reasonAt(name, judged, telling)
    if (reason) reasons.set(name, reason)
  }
  return [...reasons.values()].slice(0, mostReasons)
}

/** The names that were read where it decided: of alternatives only the one that holds, of several conditions the one that does not. */
function deciding({ rule, value, inputs }: Trace): readonly string[] {
  const [[operator, argument] = ['', null]] = typeof rule === 'object' && rule !== null && !Array.isArray(rule) ? Object.entries(rule) : []
  if (operator === 'var' && typeof argument === 'string') return [argument]
  const isOne = (operator === 'or' && value === true) || (operator === 'and' && value === false)
  return inputs.filter(input => !isOne || input.value === value).flatMap(deciding)
}

function reasonAt(name: string, judged: Judged, { model, locale, currency, nameOf }: Telling): Reason | undefined {
  const names = name.split('.')
  const own = names[0] === 'record' ? names.slice(1) : names
  const path = own[0] === 'parent' && judged.object.detail ? [judged.object.detail.name, ...own.slice(1)] : own
  const field = fieldAlong(judged.object, model.objects, path)
  if (!field) return undefined
  const title = path.map((_, index) => labelAt(path.slice(0, index + 1), judged.object, model, locale)).join(' › ')
  if (isEmpty(valueAt(path, judged))) return { field: title, value: null }
  const value = field.relation ? nameOf(path) : valueText(field, path, judged, currency, locale)
  return value === null ? undefined : { field: title, value }
}

const labelAt = (path: readonly string[], object: ObjectModel, model: Model, locale: Locale): string =>
  labelOf(fieldAlong(object, model.objects, path)?.label, locale)

/** The options of a field that are not offered now count as no longer in use: what was chosen stays readable. */
export function offeredOnly(field: FieldModel, refused: ReadonlySet<string>): FieldModel {
  if (refused.size === 0) return field
  const options = (field.definition.options ?? []).map(option => (refused.has(option.value) ? { ...option, inactive: true } : option))
  return { ...field, definition: { ...field.definition, options } }
}
