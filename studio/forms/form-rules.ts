import type { FormDefinition } from '@tessera/platform/definitions/form.js'
import { type Issue, localizeIssue } from '@tessera/platform/errors.js'
import type { FormShape } from '@tessera/platform/forms/form-schema.js'
import { labelOf } from '@tessera/platform/label.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { checkValues, type Judged } from '@tessera/platform/records/check.js'
import { defaultValue, fieldsWithDefault } from '@tessera/platform/records/check-fields.js'
import { type FormCheck, judgedForm, judgedLine } from '@tessera/platform/records/check-form.js'
import { whyBroken, whysOf, whysOfLinks } from '@tessera/platform/records/explanation.js'
import { type FieldState, fieldStates, reasonsOf } from '@tessera/platform/records/field-states.js'
import { hiddenByLayout, missingByLayout, withLayout } from '@tessera/platform/records/layout-rules.js'
import { lockOf } from '@tessera/platform/records/locks.js'
import type { Explaining } from '@tessera/platform/records/rule-naming.js'
import { stateLabel } from '@tessera/platform/records/transitions.js'
import { fieldOfKey } from '@tessera/platform/records/values.js'
import { lookup } from '@tessera/platform/registry.js'
import type { TFunction } from 'i18next'
import type { App } from '../api/app.js'
import type { ShownWhy } from '../api/why.js'
import { relatedOf, type Values } from '../fields/face.js'
import { lineValues } from './lines-input.js'

export type States = ReadonlyMap<string, FieldState>

/** In a line: the keys that somebody has typed into; it is never sent. */
export const typedKey = '$typed'

/** How a form stands by its rules, for the values that it holds now. */
export interface FormRules {
  readonly states: States
  /** How the fields of a line stand. */
  readonly lineStates: (child: string, index: number) => States
  /** Why a field of the form, or of a line of it, is here, required or read-only; empty where no rule says so. */
  readonly because: (key: string, line?: Line) => string
  /** The same with the rule and its inputs; nothing where no rule speaks. */
  readonly why: (key: string, line?: Line) => readonly ShownWhy[]
  /** Why a validation rule of the object holds a save back, as the form stands; nothing where the rule is not known here. */
  readonly whyRefused: (rule: string) => readonly ShownWhy[]
  /** Why the state of the record keeps a field or the lines of a name as they are; empty where it does not. */
  readonly lock: (name: string) => string
  /** Why something of what is shown is locked, said once for all of it; empty where nothing is. */
  readonly lockNote: string
  readonly shape: FormShape
  readonly isShown: (key: string) => boolean
  /** What the form asks for besides its object, and is not there. */
  readonly missing: readonly Issue[]
}

/** The values of a form with what rules give to fields of what is new and that nobody has typed into. */
export function withRuledDefaults(check: FormCheck, values: Values, typed: ReadonlySet<string>): Values {
  const { object, model } = check
  const own = check.before === null ? filled(object, values, typed, given => judgedNow(check, given)) : values
  const lines = Object.values(object.children).flatMap(child => {
    const of = lookup(model.objects, child.object)
    if (!of || !child.owned || fieldsWithDefault(of).length === 0 || !Array.isArray(own[child.name])) return []
    const parent = judgedNow(check, own)
    return [[child.name, lineValues(own[child.name]).map(row => filledLine(check, of, parent, row))] as const]
  })
  return lines.length === 0 ? own : { ...own, ...Object.fromEntries(lines) }
}

function filledLine(check: FormCheck, object: ObjectModel, parent: Judged, row: Values): Values {
  if (row.id !== undefined && row.id !== null) return row
  const typed = new Set(Object.keys((row[typedKey] as object | undefined) ?? {}))
  return filled(object, row, typed, after => judgedLine(check, object, parent, { before: null, after: read(object, after) }))
}

function filled(object: ObjectModel, values: Values, typed: ReadonlySet<string>, judged: (values: Values) => Judged): Values {
  let found = values
  for (const field of fieldsWithDefault(object)) {
    if (typed.has(field.key)) continue
    const value = defaultValue(field, judged(found))
    if (value !== (found[field.key] ?? null)) found = { ...found, [field.key]: value }
  }
  return found
}

/** Values in the form that rules read; what cannot be read is empty. */
const read = (object: ObjectModel, values: Values): Values => ({
  ...Object.fromEntries(Object.entries(values).filter(([, value]) => value === null)),
  ...values,
  ...checkValues(object, values).values,
})

const judgedNow = (check: FormCheck, values: Values): Judged =>
  judgedForm(check, { ...check.before, ...read(check.object, values) }, values)

interface Asking {
  readonly app: App
  readonly form: FormDefinition | undefined
  readonly shape: FormShape
  /** Keys that are there only for a rule that requires them, as in quick create. */
  readonly onlyRequired: ReadonlySet<string>
  /** A transition asks for these fields, so the state that it leaves does not lock them. */
  readonly isAsked?: boolean
  readonly t: TFunction
}

/** How a form with these values stands by its rules. */
export function formRules(check: FormCheck, values: Values, asking: Asking): FormRules {
  const { app, form, shape, onlyRequired, t } = asking
  const judged = judgedNow(check, values)
  const states = withLayout(fieldStates(judged), form, judged, check.model)
  const hidden = hiddenByLayout(form, judged, check.model)
  const nameOfKey = new Map(Object.values(check.object.fields).map(field => [field.key, field.name]))
  const isShown = (key: string) =>
    states.get(key)?.isVisible !== false &&
    !hidden.fields.has(nameOfKey.get(key) ?? key) &&
    (!onlyRequired.has(key) || states.get(key)?.isRequired === true)
  const sections = shape.sections.flatMap(section => {
    const keys = section.keys.filter(isShown)
    const isText = section.keys.length === 0
    return hidden.sections.has(section.name) || (keys.length === 0 && !isText) ? [] : [{ ...section, keys }]
  })
  const lines = new Map<string, Standing | null>()
  const lineAt = (child: string, index: number) => {
    const place = `${child} ${index}`
    const known = lines.get(place)
    if (known !== undefined) return known
    const found = stateOfLine(check, judged, child, lineValues(values[child])[index])
    lines.set(place, found)
    return found
  }
  const own = { judged, states, row: values }
  const shown = new Set(sections.flatMap(({ keys }) => keys))
  const isAskedIn = ({ path }: Issue) =>
    shown.has(path) && states.get(path)?.isReadOnly !== true && shape.uiSchema[path]?.['ui:readonly'] !== true
  return {
    states,
    lineStates: (child, index) => lineAt(child, index)?.states ?? none,
    ...explanations(line => (line ? lineAt(line.child, line.index) : own), own, app, t),
    ...locksOf(check, values, shown, asking),
    shape: { ...shape, sections },
    isShown: key => shown.has(key),
    missing: missingByLayout(form, judged, check.model)
      .filter(isAskedIn)
      .map(found => localizeIssue(found, app.locale)),
  }
}

/** What the state of the record locks, of what is shown. */
function locksOf(
  { object, before }: FormCheck,
  values: Values,
  shown: ReadonlySet<string>,
  { isAsked, app, t }: Asking,
): Pick<FormRules, 'lock' | 'lockNote'> {
  const reasonOf = (name: string) => {
    const found = isAsked ? null : lockOf(object, before, name, values)
    if (!found) return ''
    const { by, state } = found
    return t('form.reason', { field: labelOf(by.label, app.locale), value: labelOf(stateLabel(by, state), app.locale) })
  }
  const fields = Object.values(object.fields).filter(({ key, writable }) => writable && shown.has(key))
  const lines = Object.keys(object.children).filter(name => shown.has(name))
  const reasons = [...new Set([...fields.map(({ name }) => name), ...lines].map(reasonOf))].filter(reason => reason !== '')
  const told = (all: readonly string[]) => new Intl.ListFormat(app.locale, { type: 'conjunction', style: 'long' }).format(all)
  return {
    lock: name => {
      const reason = reasonOf(name)
      return reason === '' ? '' : t('form.because', { reasons: reason })
    },
    lockNote: reasons.length === 0 ? '' : t('form.locked', { reasons: told(reasons) }),
  }
}

const none: States = new Map()

type Line = { readonly child: string; readonly index: number }

/** A record of the form, its own or a line, with how its fields stand. */
interface Standing {
  readonly judged: Judged
  readonly states: States
  readonly row: Values
}

/** What tells why the fields of a form are as they are. */
function explanations(
  at: (line: Line | undefined) => Standing | null,
  own: Standing,
  app: App,
  t: TFunction,
): Pick<FormRules, 'because' | 'why' | 'whyRefused'> {
  return {
    because: (key, line) => {
      const found = at(line)
      return found ? becauseText(found.states.get(key), found.judged, found.row, app, t) : ''
    },
    why: (key, line) => {
      const found = at(line)
      return found ? whysIn(key, found.judged, found.row, app) : []
    },
    whyRefused: name => {
      const rule = own.judged.object.rules.find(known => known.name === name)
      return rule ? [whyBroken(rule, own.judged, explaining(own.judged, own.row, app))] : []
    },
  }
}

function stateOfLine(check: FormCheck, parent: Judged, child: string, row: Values | undefined) {
  const object = lookup(check.model.objects, lookup(check.object.children, child)?.object ?? '')
  if (!object || !row) return null
  const former = lineValues(check.before?.[child]).find(line => line.id === row.id && row.id !== undefined)
  const judged = judgedLine(check, object, parent, { before: former ?? null, after: read(object, row) })
  return { judged, states: fieldStates(judged), row }
}

function whysIn(key: string, judged: Judged, row: Values, app: App): readonly ShownWhy[] {
  const field = fieldOfKey(judged.object, key)
  if (field) return field.rule || field.rules ? whysOf(field, judged, explaining(judged, row, app)) : []
  const child = lookup(judged.object.children, key)
  return child?.through ? whysOfLinks(child, judged, explaining(judged, row, app)) : []
}

/** The model is narrowed to what the member may see, so all that it has is shown. */
const explaining = (judged: Judged, row: Values, { model, locale, currency }: App): Explaining => ({
  model,
  locale,
  currency,
  nameOf: nameIn(judged, row),
  isShown: () => true,
})

/** What people call the record that a relation of the form points at. */
const nameIn = (judged: Judged, row: Values) => (path: readonly string[]) => {
  const field = path.length === 1 ? judged.object.fields[path[0] ?? ''] : undefined
  return field ? (relatedOf(field, row)?.title ?? null) : null
}

function becauseText(state: FieldState | undefined, judged: Judged, row: Values, app: App, t: TFunction): string {
  if (!state?.because) return ''
  const nameOf = nameIn(judged, row)
  const { model, locale, currency } = app
  const reasons = reasonsOf(state.because, judged, { model, locale, currency, nameOf }).map(({ field, value }) =>
    value === null ? t('form.reasonEmpty', { field }) : t('form.reason', { field, value }),
  )
  if (reasons.length === 0) return ''
  return t('form.because', { reasons: new Intl.ListFormat(locale, { type: 'conjunction', style: 'long' }).format(reasons) })
}
