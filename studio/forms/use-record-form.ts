import type { FormDefinition } from '@tessera/platform/definitions/form.js'
import type { Issue } from '@tessera/platform/errors.js'
import { type FormShape, formShape, quickFields } from '@tessera/platform/forms/form-schema.js'
import { quickForm, requiredByForm } from '@tessera/platform/forms/quick-form.js'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { ruledFields } from '@tessera/platform/records/check-fields.js'
import { checkForm, type FormCheck } from '@tessera/platform/records/check-form.js'
import { defaultsOf } from '@tessera/platform/records/defaults.js'
import { formFor } from '@tessera/platform/records/layout-rules.js'
import { ruledLinks } from '@tessera/platform/records/ruled-links.js'
import { isSame } from '@tessera/platform/records/values.js'
import { lookup } from '@tessera/platform/registry.js'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp } from '../api/app.js'
import { momentOf } from '../api/moment.js'
import type { RecordValues, Related } from '../api/records.js'
import { mayLink, mayWrite } from '../api/rights.js'
import type { Values } from '../fields/face.js'
import { usePhone } from '../ui/media.js'
import { useEmptied } from './emptied.js'
import type { FormProblem } from './form-context.js'
import { useFormReading } from './form-reading.js'
import { type FormRules, formRules, withRuledDefaults } from './form-rules.js'
import { changedOf, isSameValues, ownerDefault, startValues, writableOnly } from './form-values.js'
import { type Save, useSaving } from './saving.js'

const nothing: Values = {}

/** A form while it is filled in. */
export interface FormState {
  readonly object: ObjectModel
  readonly shape: FormShape
  readonly rules: FormRules
  readonly values: Values
  readonly isDirty: boolean
  readonly isSaving: boolean
  /** Problems to be shown now, by path; an object's rule without a field stands under the empty path. */
  readonly problems: Readonly<Record<string, readonly FormProblem[]>>
  readonly problemCount: number
  readonly failure: string | undefined
  readonly conflict: boolean
  readonly change: (values: Values) => void
  readonly touch: (path: string) => void
  readonly name: (path: string, related: Related | null) => void
  readonly showAll: () => void
  readonly check: (values: Values) => readonly Issue[]
  readonly save: Save
  readonly changes: () => Values
}

interface RecordFormInput {
  readonly object: ObjectModel
  /** The record that is edited; null for a new one. */
  readonly record: RecordValues | null
  /** Values that a new record begins with. */
  readonly initial?: Values
  readonly isQuick?: boolean
  /** The form that is drawn; unless given, the one that is used for the record. */
  readonly form?: FormDefinition
  /** Only these fields. */
  readonly only?: readonly string[]
  /** What the save brings beside the values of the form. */
  readonly aims?: Values
  /** How it is written when not as a plain creation or update: by a transition that asks for these fields. */
  readonly send?: (data: Values) => Promise<RecordValues>
  readonly select: string
  readonly onSaved: (record: RecordValues) => void
}

/** The validation rule that an issue tells of: found here, or named by the server. */
function ruleOf(found: Issue & { readonly rule?: string }): string | undefined {
  const named = found.rule ?? found.params?.rule
  return found.code === 'RULE_VIOLATED' && typeof named === 'string' ? named : undefined
}

/** Problems by their path; those of values that the form does not show stand over the whole of it. */
function byPath(issues: readonly Issue[], rules: FormRules, isShown: (path: string) => boolean): Record<string, FormProblem[]> {
  const problems: Record<string, FormProblem[]> = {}
  for (const found of issues) {
    const { path, message, hint } = found
    const place = rules.isShown(path.split('/')[0] ?? '') ? path : ''
    if (isShown(path)) problems[place] = [...(problems[place] ?? []), { message, hint, rule: ruleOf(found) }]
  }
  return problems
}

/** The form that is used for a record as it is when it is opened, on this device; it stays while somebody types. */
function useUsedForm({ object, record, initial = nothing, form }: RecordFormInput): FormDefinition | undefined {
  const app = useApp()
  const isPhone = usePhone()
  const [device] = useState<'desk' | 'phone'>(isPhone ? 'phone' : 'desk')
  return useMemo(() => {
    if (form) return form
    const moment = momentOf(app)
    const after = record ?? { ...defaultsOf(object, initial, moment), ...initial }
    return formFor(app.model, { object, before: record, after, moment, related: () => null }, { roles: app.member.roles, device })
  }, [app, object, record, initial, form, device])
}

/** The form that is drawn: the defined one, or for quick create its few fields, those that were given, and those that a rule of the object or of the form may require. */
function useShape(input: RecordFormInput) {
  const { object, record, initial = nothing, isQuick = false, only: named } = input
  const app = useApp()
  const form = useUsedForm(input)
  return useMemo(() => {
    const given = Object.values(object.fields).filter(field => Object.hasOwn(initial, field.key) && field.relation?.kind !== 'masterDetail')
    const quick = [...quickFields(form, object), ...given.map(field => field.name)]
    const brought = isQuick ? broughtByRules(object, form).filter(({ name }) => !quick.includes(name)) : []
    const short = [...quick, ...brought.map(field => field.name)]
    const canWrite = (field: FieldModel) => mayWrite(app, object, field.name) || (record === null && field.writable)
    const drawn = named ? definitionOf(object, named) : isQuick ? quickForm(form, object, short) : form
    const shape = formShape(drawn, object, {
      isNew: record === null,
      mayWrite: canWrite,
      mayLink: child => mayLink(app, object, child.name),
    })
    return { shape, form: drawn, onlyRequired: new Set(brought.map(({ key }) => key)) }
  }, [app, object, form, record, isQuick, initial, named])
}

/** The fields and links that a rule may require, with the keys of their values. */
const broughtByRules = (object: ObjectModel, form: FormDefinition | undefined): { readonly name: string; readonly key: string }[] => [
  ...requiredByForm(form).map(name => ({ name, key: lookup(object.fields, name)?.key ?? name })),
  ...ruledFields(object).filter(({ rules }) => rules.required !== null),
  ...ruledLinks(object)
    .filter(({ rules }) => rules?.required)
    .map(({ name }) => ({ name, key: name })),
]

/** The form of some fields, in their order. */
const definitionOf = (object: ObjectModel, fields: readonly string[]): FormDefinition => ({
  form: 'asked',
  label: object.label,
  object: object.name,
  sections: [{ section: 'asked', label: '', columns: 1, fields: [...fields] }],
})

/** Which problems are shown: of fields that were left, of all after the first try to save. */
function useShown() {
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set())
  const [all, setAll] = useState(false)
  return {
    isShown: (path: string) => all || touched.has(path),
    touch: useCallback((path: string) => setTouched(before => (before.has(path) ? before : new Set(before).add(path))), []),
    showAll: () => setAll(true),
  }
}

/** What a form is checked against: the record before, who types, and what stands beside it. */
function useFormCheck({ object, record, aims }: RecordFormInput, form: FormDefinition | undefined, values: Values) {
  const app = useApp()
  const { read, isComplete } = useFormReading(object, form, record, values)
  const base = {
    model: app.model,
    object,
    before: record,
    moment: momentOf(app),
    locale: app.locale,
    currency: app.currency,
    ...(aims ? { aims } : {}),
  }
  // what is not here yet is shown as if it were empty, but never held against anybody
  return { drawn: { ...base, related: read }, checked: isComplete ? { ...base, related: read } : base }
}

/** The check of a form's values: on an edit only what was changed is asked for, as the server will. */
const checkOf =
  ({ object, record }: RecordFormInput, start: Values, context: FormCheck) =>
  (given: Values): readonly Issue[] => {
    const written = Object.entries(writableOnly(object, given)).filter(([key, value]) => record === null || !isSame(start[key], value))
    return checkForm(context, Object.fromEntries(written)).filter(found => found.code !== 'PARENT_MISSING')
  }

/** What was typed, and what rules give to fields that nobody has typed into. */
function useTyped(initial: Values, start: Values) {
  const [typed, setTyped] = useState<ReadonlySet<string>>(() => new Set(Object.keys(initial)))
  const [raw, setRaw] = useState(start)
  const note = (shown: Values, next: Values) => {
    const keys = Object.keys(next).filter(key => !isSame(next[key], shown[key]))
    if (keys.some(key => !typed.has(key))) setTyped(before => new Set([...before, ...keys]))
    setRaw(before => ({ ...before, ...next }))
  }
  return { typed, raw, setRaw, note }
}

/** A form as it is drawn: its values with what rules give, how its fields stand, and what of it would be sent. */
function useDrawn(input: RecordFormInput) {
  const { object, record, initial = nothing } = input
  const app = useApp()
  const { t } = useTranslation()
  const { shape, form, onlyRequired } = useShape(input)
  const [start] = useState(() =>
    startValues(object, shape, record, initial, record ? {} : ownerDefault(object, app.member, defaultsOf(object, {}, momentOf(app)))),
  )
  const { typed, raw, setRaw, note } = useTyped(initial, start)
  const { drawn, checked } = useFormCheck(input, form, raw)
  const values = withRuledDefaults(drawn, raw, typed)
  const rules = formRules(drawn, values, { app, form, shape, onlyRequired, isAsked: input.send !== undefined, t })
  // what is read-only in a new record the server gives itself
  const isGiven = (key: string) => record !== null || typed.has(key) || rules.states.get(key)?.isReadOnly !== true
  const changes = () =>
    Object.fromEntries(Object.entries(changedOf(object, shape, start, values, record === null)).filter(([key]) => isGiven(key)))
  const asked = checkOf(input, start, checked)
  const check = (given: Values) => {
    const found = asked(given)
    return [...found, ...rules.missing.filter(({ path }) => !found.some(other => other.path === path))]
  }
  const untouched = record === null ? withRuledDefaults(drawn, start, new Set(Object.keys(initial))) : start
  const isDirty = Object.keys(changes()).length > 0 && (record !== null || !isSameValues(untouched, values))
  return { values, rules, changes, isDirty, setRaw, note, check }
}

/** New values of a form without the names of related records that came back with it: a name that was just chosen stays. */
const withoutNames = (object: ObjectModel, shown: Values, next: Values): Values =>
  Object.fromEntries(Object.entries(next).filter(([key, value]) => !object.fields[key]?.relation || !isSame(shown[key], value)))

/** The state of a record's form: values, what is wrong with them, and saving. Fields are checked when left and on save; after a first problem while typing. */
export function useRecordForm(input: RecordFormInput): FormState {
  const { object, record, select, send, onSaved } = input
  const { values, rules, changes, isDirty, setRaw, note, check } = useDrawn(input)
  const emptied = useEmptied(object, values, some => setRaw(now => ({ ...now, ...some })))
  const shown = useShown()
  const { forget, issues: refused, ...saving } = useSaving({ object, record, select, changes, send, onSaved })
  const isRefused = (path: string) => refused.some(issue => issue.path === path)
  const problems = byPath([...check(values), ...refused], rules, path => shown.isShown(path) || isRefused(path))
  const name = (path: string, related: Related | null) => {
    const field = Object.values(object.fields).find(each => each.key === path)
    if (field) setRaw(before => ({ ...before, [field.name]: related }))
  }
  const change = (next: Values) => {
    note(values, { ...withoutNames(object, values, next), ...emptied(values, next) })
    forget()
  }
  return {
    object,
    shape: rules.shape,
    rules,
    values,
    check,
    changes,
    problems,
    change,
    name,
    isDirty,
    problemCount: Object.values(problems).flat().length,
    touch: shown.touch,
    showAll: shown.showAll,
    ...saving,
  }
}
