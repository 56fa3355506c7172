import { type Issue, joinPath, localizeIssue } from '../errors.js'
import type { Locale } from '../label.js'
import { isComputed, readsOf } from '../model/computed.js'
import type { Model, ObjectModel, ValidationModel } from '../model/model.js'
import { lookup } from '../registry.js'
import { rowsOf, treesOf } from '../rules/rule.js'
import { checkCascades } from './cascade.js'
import { brokenRules, checkRequired, checkValues, type Judged } from './check.js'
import { defaultsOf, type Moment } from './defaults.js'
import type { Values } from './values.js'

/** What a form is checked against: the record before, if there is one, and the parent of a line. */
export interface FormCheck {
  readonly model: Model
  readonly object: ObjectModel
  readonly before: Values | null
  readonly moment: Moment
  readonly locale: Locale
  /** A value along a relation (`customer.name`), as far as it is known here. */
  readonly related?: (path: readonly string[]) => unknown
}

/** Everything that is wrong with the values of a form; the very check that the server makes, as far as its rules read what the form knows. */
export function checkForm({ model, object, before, moment, locale, related }: FormCheck, values: Values): Issue[] {
  const own = Object.fromEntries(Object.entries(values).filter(([key]) => !Object.hasOwn(object.children, key)))
  const { values: read, issues } = checkValues(object, own)
  const after = { ...before, ...read }
  const required = [
    ...checkRequired(object, after, before === null ? null : new Set(Object.keys(own))),
    ...checkCascades(object, after, before === null ? null : new Set(Object.keys(own))),
  ]
  const sound = issues.length + required.length === 0
  const reading = related ?? (() => null)
  const rows = (children: string) => linesOf(model, object, children, values, moment, reading)
  const judged: Judged = { object, before, after, moment, related: reading, rows }
  const isSeen = ({ must }: ValidationModel) =>
    treesOf(must).length === 0 && rowsOf(must).every(({ at }) => Array.isArray(values[at.at(-1) ?? '']))
  const known = sound ? object.rules.filter(rule => isSeen(rule) && isKnown(rule, object, model, related !== undefined)) : []
  const rules = brokenRules(known, judged, before === null ? 'create' : 'update', '')
  const lines = Object.values(object.children).flatMap(child => {
    const of = Object.hasOwn(model.objects, child.object) ? model.objects[child.object] : undefined
    const rows = values[child.name]
    return of && child.owned && Array.isArray(rows)
      ? rows.flatMap((row, index) =>
          checkLine(of, row as Values, moment).map(found => ({ ...found, path: joinPath(`${child.name}/${index}`, found.path) })),
        )
      : []
  })
  return [...issues, ...required, ...rules, ...lines].map(found => localizeIssue(found, locale))
}

/** Whether a rule reads only what a form knows: not what is kept of other records, nor, without `related`, along relations. */
const isKnown = ({ must }: ValidationModel, object: ObjectModel, model: Model, isFar: boolean): boolean =>
  readsOf(must, object, model.objects).every(({ path, keys }) =>
    path?.length === 0 ? keys.every(key => !Object.values(object.fields).some(field => field.key === key && isComputed(field))) : isFar,
  )

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

function checkLine(object: ObjectModel, row: Values, moment: Moment): Issue[] {
  // a line that was read holds computed values and names of related records too
  const keys = new Set(Object.values(object.fields).flatMap(field => (field.writable && field.currencyOf === null ? field.key : [])))
  const own = Object.fromEntries(Object.entries(row).filter(([key]) => keys.has(key)))
  const { values, issues } = checkValues(object, own)
  const required = checkRequired(object, { ...defaultsOf(object, own, moment), ...values }, null).filter(
    found => found.code !== 'PARENT_MISSING',
  )
  return [...issues, ...required, ...checkCascades(object, values, null)]
}
