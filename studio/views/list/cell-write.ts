import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { unfitKeys } from '@tessera/platform/records/cascade.js'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type App, useApp, useLabel } from '../../api/app.js'
import { ApiError } from '../../api/client.js'
import type { RecordValues, Related } from '../../api/records.js'
import { useWrites } from '../../api/writes.js'
import { isPointing, relatedOf, textOf, writtenOf } from '../../fields/face.js'
import { asStates } from '../../fields/states.js'
import { unfitLookups } from '../../fields/unfit-lookups.js'
import { toast, toastFailure } from '../../ui/toast.js'
import { failureText } from '../failure.js'
import { useTake } from '../states/take.js'

export type WriteCell = (record: RecordValues, field: FieldModel, value: unknown, related?: Related | null) => Promise<boolean>

/** What writing a cell changes: what is shown at once and sent, and the same for the way back. Choices and lookups that no longer fit go with it. */
async function changeOf(app: App, object: ObjectModel, record: RecordValues, field: FieldModel, value: unknown, related: Related | null) {
  const choices = unfitKeys(object, record, { [field.key]: value })
  const gone = Object.fromEntries(choices.map(key => [key, null]))
  const lookups = await unfitLookups(app, object, record, { ...record, ...gone, [field.key]: value })
  const keys = [...choices, ...lookups.map(lookup => lookup.field.key)]
  const emptied = Object.fromEntries(keys.map(key => [key, null]))
  const kept = Object.fromEntries(keys.map(key => [key, record[key] ?? null]))
  const names = lookups.map(lookup => lookup.field.name)
  const pointed = (to: unknown) => (isPointing(field) ? { [field.name]: to } : {})
  return {
    shown: { ...emptied, ...Object.fromEntries(names.map(name => [name, null])), [field.key]: value, ...pointed(related) },
    data: { ...emptied, ...Object.fromEntries([writtenOf(field, value, related)]) },
    before: {
      ...kept,
      ...Object.fromEntries(names.map(name => [name, record[name]])),
      [field.key]: record[field.key],
      ...pointed(record[field.name]),
    },
    back: { ...kept, ...Object.fromEntries([writtenOf(field, record[field.key] ?? null, relatedOf(field, record))]) },
  }
}

/** Writes one value of a record at once, with the way back in a toast; what was refused is kept by cell until it is touched again. */
export function useCellWrite(object: ObjectModel, select: string) {
  const { t } = useTranslation()
  const app = useApp()
  const label = useLabel()
  const writes = useWrites(object)
  const take = useTake(object)
  const [refused, setRefused] = useState<Readonly<Record<string, string>>>({})
  const write = useCallback<WriteCell>(
    async (record, field, value, related) => {
      const states = asStates(field)
      if (states && typeof value === 'string' && typeof record[field.key] === 'string')
        return (await take(record, states, value, select)) !== null
      const { shown, data, before, back } = await changeOf(app, object, record, field, value, related ?? null)
      const cell = `${record.id} ${field.name}`
      setRefused(({ [cell]: _, ...others }) => others)
      try {
        const after = await writes.update(record, { shown, data, select })
        const undo = () =>
          void writes
            .update({ ...record, ...after }, { shown: before, data: back, select })
            .catch((error: unknown) => toastFailure(failureText(error, t)))
        const text = textOf(field, after, app)
        toast(text ? t('saved.to', { field: label(field.label), value: text }) : t('saved.emptied', { field: label(field.label) }), {
          undo: { label: t('undo'), run: undo },
        })
        return true
      } catch (error) {
        const issue = error instanceof ApiError ? error.issues[0] : undefined
        setRefused(others => ({
          ...others,
          [cell]: issue ? [issue.message, issue.hint].filter(part => part).join(' ') : failureText(error, t),
        }))
        return false
      }
    },
    [writes, take, object, select, app, label, t],
  )
  return { write, refused }
}
