import type { Issue } from '@tessera/platform/errors.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { defaultsOf } from '@tessera/platform/records/defaults.js'
import { isSame } from '@tessera/platform/records/values.js'
import { useCallback, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp } from '../api/app.js'
import { ApiError } from '../api/client.js'
import type { RecordValues, Related } from '../api/records.js'
import { mayWrite } from '../api/rights.js'
import { useWrites } from '../api/writes.js'
import type { Values } from '../fields/face.js'
import { checkForm, momentOf } from './check.js'
import { type FormShape, formOf, formShape, quickFields } from './form-schema.js'
import { linesInput, lineValues } from './lines-input.js'

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
  readonly save: (over?: { version: number; values?: Values }) => Promise<RecordValues | undefined>
  readonly reset: (values: Values) => void
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

function startValues(object: ObjectModel, shape: FormShape, record: RecordValues | null, initial: Values, defaults: Values): Values {
  const keys = Object.keys(shape.schema.properties ?? {})
  const names = Object.values(object.fields)
    .filter(field => field.relation)
    .map(field => field.name)
  const source: Values = record ?? { ...defaults, ...initial }
  const lines = Object.values(object.children)
    .filter(child => child.owned && keys.includes(child.name))
    .map(child => [child.name, lineValues(source[child.name])] as const)
  const currencies = Object.keys(source).filter(key => key.endsWith('Currency'))
  const kept = record ? [] : Object.keys({ ...initial, ...defaults })
  return {
    ...Object.fromEntries([...keys, ...names, ...currencies, ...kept].map(key => [key, source[key] ?? null])),
    ...Object.fromEntries(lines),
  }
}

const keysOf = (object: ObjectModel): ReadonlySet<string> =>
  new Set(
    Object.values(object.fields)
      .filter(field => field.writable && field.currencyOf === null)
      .map(field => field.key),
  )

function byPath(issues: readonly Issue[], isShown: (path: string) => boolean): Record<string, Problem[]> {
  const problems: Record<string, Problem[]> = {}
  for (const { path, message, hint } of issues) if (isShown(path)) (problems[path] ??= []).push({ message, hint })
  return problems
}

/** The state of a record's form: values, what is wrong with them, and saving. Fields are checked when left and on save; after a first problem while typing. */
export function useRecordForm({ object, record, initial = {}, isQuick = false, select, onSaved }: RecordFormInput): FormState {
  const app = useApp()
  const definition = formOf(app.model, object)
  const shape = useMemo(() => {
    const given = record === null ? Object.keys(initial) : []
    const only = isQuick
      ? [
          ...quickFields(definition, object),
          ...Object.values(object.fields)
            .filter(field => given.includes(field.key) && field.relation?.kind !== 'masterDetail')
            .map(field => field.name),
        ]
      : undefined
    return formShape(isQuick ? undefined : definition, object, {
      isNew: record === null,
      only,
      mayWrite: field => mayWrite(app, object, field.name) || (record === null && field.writable),
    })
  }, [app, object, definition, record, isQuick, initial])
  const [start, setStart] = useState(() =>
    startValues(object, shape, record, initial, record ? {} : ownerDefault(object, app.member, defaultsOf(object, {}, momentOf(app)))),
  )
  const [values, setValues] = useState(start)
  const shown = useShown()
  const check = useCallback(
    (given: Values) =>
      checkForm(
        { model: app.model, object, before: record, moment: momentOf(app), locale: app.locale },
        writableOnly(object, given),
      ).filter(found => found.code !== 'PARENT_MISSING'),
    [app, object, record],
  )
  const changes = useCallback(() => changedOf(object, shape, start, values, record === null), [object, shape, start, values, record])
  const saving = useSaving({ object, record, select, changes, onSaved })
  const issues = check(values)
  const problems = byPath([...issues, ...saving.issues], path => shown.isShown(path) || saving.issues.some(issue => issue.path === path))
  const change = (next: Values) => {
    setValues(before => ({ ...before, ...next }))
    saving.forget()
  }
  return {
    object,
    shape,
    values,
    check,
    changes,
    problems,
    change,
    isDirty: Object.keys(changes()).length > 0 && (record !== null || !isSameValues(start, values)),
    isSaving: saving.isSaving,
    problemCount: Object.values(problems).flat().length,
    failure: saving.failure,
    conflict: saving.conflict,
    touch: shown.touch,
    showAll: shown.showAll,
    name: (path, related) => {
      const field = Object.values(object.fields).find(each => each.key === path)
      if (field) setValues(before => ({ ...before, [field.name]: related }))
    },
    save: saving.save,
    reset: next => {
      setStart(next)
      setValues(next)
      shown.hide()
    },
  }
}

const isSameValues = (left: Values, right: Values): boolean =>
  Object.keys(right).every(key => isSame(left[key], right[key]) || JSON.stringify(left[key]) === JSON.stringify(right[key]))

const ownerDefault = (object: ObjectModel, member: { id: string; name: string }, values: Values): Values =>
  object.hasOwner ? { ...values, ownerId: member.id, owner: { id: member.id, title: member.name } } : values

function writableOnly(object: ObjectModel, values: Values): Values {
  const keys = keysOf(object)
  return Object.fromEntries(Object.entries(values).filter(([key]) => keys.has(key) || Object.hasOwn(object.children, key)))
}

function changedOf(object: ObjectModel, shape: FormShape, start: Values, values: Values, isNew: boolean): Values {
  const keys = keysOf(object)
  const own = Object.entries(values).filter(
    ([key, value]) => keys.has(key) && (isNew ? value !== null && value !== undefined : !isSame(start[key], value)),
  )
  const lines = Object.values(object.children)
    .filter(child => child.owned && shape.schema.properties?.[child.name] !== undefined)
    .flatMap(child => {
      const input = linesInput(start[child.name], values[child.name])
      return input ? [[child.name, input] as const] : []
    })
  return Object.fromEntries([...own, ...lines])
}

function useShown() {
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set())
  const [all, setAll] = useState(false)
  return {
    isShown: (path: string) => all || touched.has(path),
    touch: useCallback((path: string) => setTouched(before => (before.has(path) ? before : new Set(before).add(path))), []),
    showAll: () => setAll(true),
    hide: () => {
      setTouched(new Set())
      setAll(false)
    },
  }
}

interface SavingInput extends Pick<RecordFormInput, 'object' | 'record' | 'select' | 'onSaved'> {
  changes: () => Values
}

function useSaving({ object, record, select, changes, onSaved }: SavingInput) {
  const { t } = useTranslation()
  const writes = useWrites(object)
  const isBusy = useRef(false)
  const [isSaving, setSaving] = useState(false)
  const [error, setError] = useState<unknown>()
  const save: FormState['save'] = async over => {
    if (isBusy.current) return undefined
    isBusy.current = true
    setSaving(true)
    setError(undefined)
    try {
      const data = over?.values ?? changes()
      const saved =
        record === null
          ? await writes.create(data, select)
          : Object.keys(data).length === 0
            ? record
            : await writes.update({ ...record, version: over?.version ?? record.version }, { shown: {}, data, select })
      onSaved(saved)
      return saved
    } catch (caught) {
      setError(caught)
      return undefined
    } finally {
      isBusy.current = false
      setSaving(false)
    }
  }
  const isApi = error instanceof ApiError
  const conflict = isApi && error.code === 'CONFLICT'
  const issues = isApi && !conflict ? error.issues.map(issue => ({ ...issue, hint: issue.hint ?? '' }) as unknown as Issue) : []
  const failure =
    error === undefined || conflict || issues.length > 0
      ? undefined
      : isApi && error.code === 'OFFLINE'
        ? t('error.offline')
        : isApi && error.code === 'INTERNAL'
          ? t('error.internal', { trace: error.trace ?? '—' })
          : isApi
            ? error.message
            : t('error.unknown')
  return { save, isSaving, issues, failure, conflict, forget: () => error !== undefined && !conflict && setError(undefined) }
}
