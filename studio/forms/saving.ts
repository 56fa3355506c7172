import type { Issue } from '@tessera/platform/errors.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import type { TFunction } from 'i18next'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../api/client.js'
import type { RecordValues } from '../api/records.js'
import { useWrites } from '../api/writes.js'
import type { Values } from '../fields/face.js'

/** Saves a form; over what another person changed meanwhile only with their version and the values that were chosen. */
export type Save = (over?: { version: number; values?: Values }) => Promise<RecordValues | undefined>

interface SavingInput {
  readonly object: ObjectModel
  readonly record: RecordValues | null
  readonly select: string
  readonly changes: () => Values
  /** How it is written when not as a plain creation or update. */
  readonly send?: ((data: Values) => Promise<RecordValues>) | undefined
  readonly onSaved: (record: RecordValues) => void
}

/** Saving of a form, once at a time, and what the server had against it. */
export function useSaving({ object, record, select, changes, send, onSaved }: SavingInput) {
  const { t } = useTranslation()
  const writes = useWrites(object)
  const isBusy = useRef(false)
  const [isSaving, setSaving] = useState(false)
  const [error, setError] = useState<unknown>()
  const write = async (data: Values, version: number | undefined) => {
    if (send) return send(data)
    if (record === null) return writes.create(data, select)
    if (Object.keys(data).length === 0) return record
    return writes.update({ ...record, version: version ?? record.version }, { shown: {}, data, select })
  }
  const save: Save = async over => {
    if (isBusy.current) return undefined
    isBusy.current = true
    setSaving(true)
    setError(undefined)
    try {
      const saved = await write(over?.values ?? changes(), over?.version)
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
  return { save, isSaving, ...refusal(error, t), forget: () => setError(undefined) }
}

/** What stands against a save: problems at fields, a sentence for the whole, or somebody else's change. */
function refusal(error: unknown, t: TFunction): { issues: Issue[]; failure: string | undefined; conflict: boolean } {
  const none = { issues: [], failure: undefined, conflict: false }
  if (error === undefined) return none
  if (!(error instanceof ApiError)) return { ...none, failure: t('error.unknown') }
  if (error.code === 'CONFLICT') return { ...none, conflict: true }
  if (error.issues.length > 0)
    return { ...none, issues: error.issues.map(issue => ({ ...issue, hint: issue.hint ?? '' }) as unknown as Issue) }
  if (error.code === 'OFFLINE') return { ...none, failure: t('error.offline') }
  return {
    ...none,
    failure: error.code === 'INTERNAL' ? t('error.internal', { trace: error.trace ?? '—' }) : error.message || t('error.unknown'),
  }
}
