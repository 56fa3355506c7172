import type { Issue } from '@tessera/platform/errors.js'
import { type FormShape, formOf, formShape, quickFields } from '@tessera/platform/forms/form-schema.js'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { checkForm } from '@tessera/platform/records/check-form.js'
import { defaultsOf } from '@tessera/platform/records/defaults.js'
import { isSame } from '@tessera/platform/records/values.js'
import { useCallback, useMemo, useState } from 'react'
import { useApp } from '../api/app.js'
import type { RecordValues, Related } from '../api/records.js'
import { mayLink, mayWrite } from '../api/rights.js'
import type { Values } from '../fields/face.js'
import { momentOf } from './check.js'
import { changedOf, isSameValues, ownerDefault, startValues, writableOnly } from './form-values.js'
import { type Save, useSaving } from './saving.js'

const nothing: Values = {}

type Problem = Pick<Issue, 'message' | 'hint'>

/** A form while it is filled in. */
export interface FormState {
  readonly object: ObjectModel
  readonly shape: FormShape
  readonly values: Values
  readonly isDirty: boolean
  readonly isSaving: boolean
  /** Problems to be shown now, by path; an object's rule without a field stands under the empty path. */
  readonly problems: Readonly<Record<string, readonly Problem[]>>
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
  readonly select: string
  readonly onSaved: (record: RecordValues) => void
}

/** Problems by their path; those of values that the form does not show stand over the whole of it. */
function byPath(issues: readonly Issue[], shape: FormShape, isShown: (path: string) => boolean): Record<string, Problem[]> {
  const problems: Record<string, Problem[]> = {}
  for (const { path, message, hint } of issues) {
    const place = shape.schema.properties?.[path.split('/')[0] ?? ''] === undefined ? '' : path
    if (isShown(path)) problems[place] = [...(problems[place] ?? []), { message, hint }]
  }
  return problems
}

/** The form that is drawn: the defined one, or for quick create its few fields and those that were given. */
function useShape({ object, record, initial = nothing, isQuick = false }: RecordFormInput): FormShape {
  const app = useApp()
  const definition = formOf(app.model, object)
  return useMemo(() => {
    const given = Object.values(object.fields).filter(field => Object.hasOwn(initial, field.key) && field.relation?.kind !== 'masterDetail')
    const only = isQuick ? [...quickFields(definition, object), ...given.map(field => field.name)] : undefined
    const canWrite = (field: FieldModel) => mayWrite(app, object, field.name) || (record === null && field.writable)
    return formShape(isQuick ? undefined : definition, object, {
      isNew: record === null,
      only,
      mayWrite: canWrite,
      mayLink: child => mayLink(app, object, child.name),
    })
  }, [app, object, definition, record, isQuick, initial])
}

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

/** The check of a form's values: on an edit only what was changed is asked for, as the server will. */
function useCheck({ object, record }: RecordFormInput, start: Values) {
  const app = useApp()
  return useCallback(
    (given: Values) => {
      const written = Object.entries(writableOnly(object, given)).filter(([key, value]) => record === null || !isSame(start[key], value))
      const context = { model: app.model, object, before: record, moment: momentOf(app), locale: app.locale }
      return checkForm(context, Object.fromEntries(written)).filter(found => found.code !== 'PARENT_MISSING')
    },
    [app, object, record, start],
  )
}

/** The state of a record's form: values, what is wrong with them, and saving. Fields are checked when left and on save; after a first problem while typing. */
export function useRecordForm(input: RecordFormInput): FormState {
  const { object, record, initial = nothing, select, onSaved } = input
  const app = useApp()
  const shape = useShape(input)
  const [start] = useState(() =>
    startValues(object, shape, record, initial, record ? {} : ownerDefault(object, app.member, defaultsOf(object, {}, momentOf(app)))),
  )
  const [values, setValues] = useState(start)
  const shown = useShown()
  const check = useCheck(input, start)
  const changes = useCallback(() => changedOf(object, shape, start, values, record === null), [object, shape, start, values, record])
  const { forget, issues: refused, ...saving } = useSaving({ object, record, select, changes, onSaved })
  const isRefused = (path: string) => refused.some(issue => issue.path === path)
  const problems = byPath([...check(values), ...refused], shape, path => shown.isShown(path) || isRefused(path))
  const name = (path: string, related: Related | null) => {
    const field = Object.values(object.fields).find(each => each.key === path)
    if (field) setValues(before => ({ ...before, [field.name]: related }))
  }
  const change = (next: Values) => {
    setValues(before => ({ ...before, ...next }))
    forget()
  }
  const isDirty = Object.keys(changes()).length > 0 && (record !== null || !isSameValues(start, values))
  return {
    object,
    shape,
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
