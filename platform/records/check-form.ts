import { type Issue, joinPath, localizeIssue } from '../errors.js'
import type { Locale } from '../label.js'
import { isComputed, readsOf } from '../model/computed.js'
import type { Model, ObjectModel, ValidationModel } from '../model/model.js'
import { lookup } from '../registry.js'
import { type CheckedRule, rowsOf, treesOf } from '../rules/rule.js'
import { checkCascades } from './cascade.js'
import { brokenRules, changedKeys, checkRequired, checkValues, isEmpty, type Judged, valueAt } from './check.js'
import { brokenFields, ruledFields } from './check-fields.js'
import { defaultsOf, type Moment } from './defaults.js'
import { linkMissing, linkRulesOf, needsLink, ruledLinks } from './ruled-links.js'
import type { Values } from './values.js'
import { issuesOfRule } from './wording.js'

/** What a form is checked against: the record before, if there is one, and the parent of a line. */
export interface FormCheck {
  readonly model: Model
  readonly object: ObjectModel
  readonly before: Values | null
  readonly moment: Moment
  readonly locale: Locale
  /** A value along a relation (`partner.name`) from a record with these values, as far as it is known here. */
  readonly related?: FormReading
  /** The currency of the workspace, ISO 4217, for the amounts in messages. */
  readonly currency?: string
  /** What the save brings beside the values of the form: the state that a transition leads to. */
  readonly aims?: Values
}

/** Reads along the relations of records of a form, its own and its lines. */
export type FormReading = (path: readonly string[], values: Values, object: ObjectModel) => unknown

/** Everything that is wrong with the values of a form; the very check that the server makes, as far as its rules read what the form knows. Warnings are left to the save. */
export function checkForm(check: FormCheck, values: Values): Issue[] {
  const { model, object, before, locale, currency } = check
  const own = Object.fromEntries(Object.entries(values).filter(([key]) => !Object.hasOwn(object.children, key)))
  const { values: read, issues } = checkValues(object, own)
  const after = { ...before, ...read, ...check.aims }
  const touched = new Set([...Object.keys(own), ...Object.keys(check.aims ?? {})])
  const asked = before === null ? null : touched
  const required = [...checkRequired(object, after, asked), ...checkCascades(object, after, asked)]
  const judged = judgedForm(check, after, values)
  const ruled = ruledIssues(judged, { model, broken: issues, isFar: check.related !== undefined, given: read, touched })
  const sound = issues.length + required.length + ruled.length === 0
  const isSeen = ({ must }: ValidationModel) =>
    treesOf(must).length === 0 && rowsOf(must).every(({ at }) => Array.isArray(values[at.at(-1) ?? '']))
  const isAsked = (rule: ValidationModel) =>
    !rule.isWarning && isSeen(rule) && isKnown(rule.must, object, model, check.related !== undefined)
  const broken = brokenRules(sound ? object.rules.filter(isAsked) : [], judged, [before === null ? 'create' : 'update'])
  const rules = broken.flatMap(rule => issuesOfRule(rule, judged, '', { currency, isShown: () => true }))
  const links = linkIssues(judged, values, rule => isKnown(rule, object, model, check.related !== undefined))
  return [...issues, ...required, ...ruled, ...links, ...rules, ...lineIssues(check, judged, values)].map(found =>
    localizeIssue(found, locale),
  )
}

/** A record of a form as rules see it, with its lines. */
export const judgedForm = ({ model, object, before, moment, related, aims }: FormCheck, after: Values, values: Values): Judged => {
  const reading: Judged['related'] = (path, own) => related?.(path, own, object) ?? null
  const rows = (children: string) => linesOf(model, object, children, values, moment, reading)
  return { object, before, after: aims ? { ...after, ...aims } : after, moment, related: reading, rows }
}

/** A line of a form as rules see it; its parent is the record of the form. */
export function judgedLine(check: FormCheck, object: ObjectModel, parent: Judged, line: { before: Values | null; after: Values }): Judged {
  const related: Judged['related'] = (path, own) =>
    path[0] === object.detail?.name ? valueAt(path.slice(1), parent) : (check.related?.(path, own, object) ?? null)
  return { object, before: line.before, after: line.after, moment: check.moment, related }
}

interface Ruled {
  readonly model: Model
  readonly broken: readonly Issue[]
  readonly isFar: boolean
  readonly given: Values
  readonly touched: ReadonlySet<string>
}

function ruledIssues(judged: Judged, { model, broken, isFar, given, touched }: Ruled): Issue[] {
  const { object, before } = judged
  if (ruledFields(object).length === 0) return []
  const wrong = new Set(broken.map(found => found.path))
  const reads = (rule: CheckedRule) => readsOf(rule, object, model.objects).flatMap(({ path, keys }) => (path?.length === 0 ? keys : []))
  return brokenFields({
    judged,
    path: '',
    changed: before === null ? Object.keys(given).filter(key => !isEmpty(given[key])) : changedKeys(before, given),
    isAsked: (field, rules) => before === null || touched.has(field.key) || rules.some(rule => reads(rule).some(key => touched.has(key))),
    isSound: rule => isKnown(rule, object, model, isFar) && !reads(rule).some(key => wrong.has(key)),
    isProduct: false,
  }).filter(found => !wrong.has(found.path))
}

/** Whether a rule reads only what a form knows: not what is kept of other records, nor, without `related`, along relations. */
const isKnown = (rule: CheckedRule, object: ObjectModel, model: Model, isFar: boolean): boolean =>
  readsOf(rule, object, model.objects).every(({ path, keys }) =>
    path?.length === 0 ? keys.every(key => !Object.values(object.fields).some(field => field.key === key && isComputed(field))) : isFar,
  )

/** Links that are missing, of those that stand in the form. */
const linkIssues = (judged: Judged, values: Values, isSound: (rule: CheckedRule) => boolean): Issue[] =>
  ruledLinks(judged.object).flatMap(child => {
    const { visible, required } = linkRulesOf(child)
    const links = values[child.name]
    const isEmpty = Array.isArray(links) && links.length === 0
    return isEmpty && [visible, required].every(rule => rule === null || isSound(rule)) && needsLink(child, judged)
      ? [linkMissing(child, child.name)]
      : []
  })

/** The lines of a form as rules look at them. */
function linesOf(
  model: Model,
  object: ObjectModel,
  children: string,
  values: Values,
  moment: Moment,
  related: Judged['related'],
): Judged[] {
  const child = lookup(object.children, children)
  const of = child && lookup(model.objects, child.object)
  const rows = values[children]
  if (!of || !Array.isArray(rows)) return []
  return (rows as readonly Values[]).map(row => {
    const read = checkValues(of, row).values
    return { object: of, before: null, after: { ...row, ...defaultsOf(of, row, moment), ...read }, moment, related }
  })
}

function lineIssues(check: FormCheck, parent: Judged, values: Values): Issue[] {
  return Object.values(check.object.children).flatMap(child => {
    const of = lookup(check.model.objects, child.object)
    const rows = values[child.name]
    if (!of || !child.owned || !Array.isArray(rows)) return []
    const former = linesBefore(check.before?.[child.name])
    return (rows as readonly Values[]).flatMap((row, index) =>
      checkLine(check, of, parent, row, former.get(row.id) ?? null).map(found => ({
        ...found,
        path: joinPath(`${child.name}/${index}`, found.path),
      })),
    )
  })
}

/** The lines of a record as it was read, by their ids. */
function linesBefore(read: unknown): ReadonlyMap<unknown, Values> {
  const nodes = (read as { nodes?: unknown } | null | undefined)?.nodes ?? read
  return new Map(Array.isArray(nodes) ? (nodes as readonly Values[]).map(line => [line.id, line]) : [])
}

function checkLine(check: FormCheck, object: ObjectModel, parent: Judged, row: Values, before: Values | null): Issue[] {
  // a line that was read holds computed values and names of related records too
  const keys = new Set(Object.values(object.fields).flatMap(field => (field.writable && field.currencyOf === null ? field.key : [])))
  const own = Object.fromEntries(Object.entries(row).filter(([key]) => keys.has(key)))
  const { values, issues } = checkValues(object, own)
  const after = { ...row, ...(before ? {} : defaultsOf(object, own, check.moment)), ...values }
  const required = checkRequired(object, after, null).filter(found => found.code !== 'PARENT_MISSING')
  const given = { model: check.model, broken: issues, isFar: true, given: values, touched: new Set(Object.keys(own)) }
  const cascades = checkCascades(object, values, null)
  return [...issues, ...required, ...cascades, ...ruledIssues(judgedLine(check, object, parent, { before, after }), given)]
}
