import type { ValidationEvent } from '../definitions/object.js'
import { type Issue, issue, joinPath } from '../errors.js'
import type { FieldModel, ObjectModel, ValidationModel } from '../model/model.js'
import { onceFor } from '../once-for.js'
import { compileRule } from '../rules/javascript.js'
import type { RuleContext } from '../rules/operator.js'
import type { CheckedRule } from '../rules/rule.js'
import { type Trace, traceRule } from '../rules/trace.js'
import type { Moment } from './defaults.js'
import { fieldOfKey, isSame, type Values } from './values.js'

/** Values brought into contract form, and what was wrong with the others. */
export interface CheckedValues {
  readonly values: Readonly<Record<string, unknown>>
  readonly issues: readonly Issue[]
}

/** Checks given values one by one: type, length, bounds, options. */
export function checkValues(object: ObjectModel, given: Values, path = ''): CheckedValues {
  const values: Record<string, unknown> = {}
  const issues: Issue[] = []
  for (const [key, value] of Object.entries(given)) {
    const field = fieldOfKey(object, key)
    if (!field) continue
    const parsed = field.type.parse(value, field.definition)
    if ('value' in parsed) values[key] = parsed.value
    else issues.push(issue(parsed.misfit.code, joinPath(path, key), { field: field.label, ...parsed.misfit.params }))
  }
  return { values, issues }
}

/** What is missing of a record as it would be; on an update only what the update touches is asked for. */
export function checkRequired(object: ObjectModel, after: Values, touched: ReadonlySet<string> | null, path = ''): Issue[] {
  return requiredFields(object).flatMap(field => {
    if ((touched && !touched.has(field.key)) || !isEmpty(after[field.key])) return []
    const code = field.relation?.kind === 'masterDetail' ? 'PARENT_MISSING' : 'VALUE_REQUIRED'
    return [issue(code, joinPath(path, field.key), { field: field.label })]
  })
}

const requiredFields = onceFor((object: ObjectModel) =>
  Object.values(object.fields).filter(field => {
    // whether a field is required that is not always visible, its rules say
    const isPlain = field.definition.required === true && field.columns.length > 0 && !field.rules?.visible
    return field.type.name !== 'autonumber' && (isPlain || field.relation?.kind === 'masterDetail')
  }),
)

export const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === ''

/** A record while it is judged. */
export interface Judged {
  readonly object: ObjectModel
  readonly before: Values | null
  readonly after: Values
  readonly moment: Moment
  /** Values along lookups (`partner.name`) from the record with these values, for those who can read them; null when unknown. */
  readonly related: (path: readonly string[], values: Values) => unknown
  /** The record that is edited, where this one is to be chosen for it: `parent` in rules over candidates. */
  readonly parent?: Judged
  /** The ids from the record at a path up to the top of its tree, itself first, for those who can read them. */
  readonly branch?: (path: readonly string[], values: Values) => readonly string[]
  /** The rows of the record with these values by the name of its children, for those who can read them; in the order of their ids. */
  readonly rows?: (children: string, values: Values) => readonly Judged[]
}

/** Those of some rules that are asked at one of the events and that a record breaks. */
export const brokenRules = (
  rules: readonly ValidationModel[],
  judged: Judged,
  events: readonly ValidationEvent[],
): readonly ValidationModel[] => rules.filter(rule => rule.on.some(event => events.includes(event)) && !holds(rule.must, judged))

/** Whether a condition holds for a record; an empty answer counts as no. */
export const holds = (rule: CheckedRule, judged: Judged): boolean => closureOf(rule)(contextOf(judged)) === true

/** The value of a rule over a record, in contract form. */
export const ruleValue = (rule: CheckedRule, judged: Judged): unknown => closureOf(rule)(contextOf(judged))

/** What a rule reads at a path of a judged record, in contract form. */
export const valueAt = (path: readonly string[], judged: Judged): unknown => readPath(path, judged)

/** The value of a field of a judged record, formulas computed; null when there is no such field. */
export const fieldValue = (name: string, judged: Judged): unknown => readField([name], judged.after, judged)

type Closure = ReturnType<typeof compileRule>
const closures = new WeakMap<CheckedRule, Closure>()

/** Evaluates a rule over a record and tells how its value came about. */
export const traceOver = (rule: CheckedRule, judged: Judged): Trace => traceRule(rule, contextOf(judged))

/** A rule's closure, made once. */
function closureOf(rule: CheckedRule): Closure {
  const known = closures.get(rule)
  if (known) return known
  const made = compileRule(rule)
  closures.set(rule, made)
  return made
}

/** What a rule reads of a judged record. */
export const contextOf = (judged: Judged): RuleContext => ({
  read: path => readPath(path, judged),
  timeZone: judged.moment.timeZone,
  branch: path => judged.branch?.(path[0] === 'record' ? path.slice(1) : path, judged.after) ?? [],
  rows: path => (judged.rows?.(path.at(-1) ?? '', judged.after) ?? []).map(contextOf),
})

function readPath(path: readonly string[], judged: Judged): unknown {
  const [first = '', second] = path
  const { moment } = judged
  if (first === 'user' && second !== undefined)
    return second === 'id' || second === 'name' || second === 'email' ? (moment.member?.[second] ?? null) : null
  if (first === 'parent' && judged.parent && path.length > 1) return readField(path.slice(1), judged.parent.after, judged.parent)
  if (path.length === 1 && first === 'now') return moment.now
  if (path.length === 1 && first === 'today') return moment.today
  if (first === 'record' && second === 'isNew' && path.length === 2) return judged.before === null
  if (first === 'before' && path.length > 1) return judged.before ? readField(path.slice(1), judged.before, judged) : null
  return readField(first === 'record' && path.length > 1 ? path.slice(1) : path, judged.after, judged)
}

function readField(path: readonly string[], values: Values, judged: Judged): unknown {
  const [first = ''] = path
  if (path.length > 1) return judged.related(path, values)
  const field = Object.hasOwn(judged.object.fields, first) ? judged.object.fields[first] : fieldOfKey(judged.object, first)
  if (!field) return null
  if (field.along) return judged.related([field.along.relation, field.along.field], values)
  if (field.rule && field.columns.length === 0) return ruleValue(field.rule, { ...judged, after: values })
  return field.currencyOf === null ? (values[field.key] ?? null) : currencyOf(field, values, judged)
}

/** The currency of an amount: the record's, its parent's; that of the workspace is not known here. */
function currencyOf({ currency }: FieldModel, values: Values, { object, related }: Judged): unknown {
  if (!currency || currency.from === 'workspace') return null
  if (currency.from !== 'parent') return values[currency.column.key] ?? null
  return object.detail ? related([object.detail.name, currency.column.key], values) : null
}

/** The keys whose values an update really changes. */
export const changedKeys = (before: Values, given: Values): string[] => Object.keys(given).filter(key => !isSame(before[key], given[key]))
