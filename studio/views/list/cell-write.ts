import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { unfitKeys } from '@tessera/platform/records/cascade.js'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type App, useApp, useLabel } from '../../api/app.js'
import { ApiError } from '../../api/client.js'
import type { RecordValues, Related } from '../../api/records.js'
import { useWrites } from '../../api/writes.js'
import { textOf } from '../../fields/face.js'
import { asStates } from '../../fields/states.js'
import { unfitLookups } from '../../fields/unfit-lookups.js'
import { toast, toastFailure } from '../../ui/toast.js'
import { failureText } from '../failure.js'
import { useTake } from '../states/take.js'

export type WriteCell = (record: RecordValues, field: FieldModel, value: unknown, related?: Related | null) => Promise<boolean>

/** What a new value changes: choices and lookups that no longer fit go with it, and come back with it. */
async function changeOf(app: App, object: ObjectModel, record: RecordValues, field: FieldModel, value: unknown) {
  const choices = unfitKeys(object, record, { [field.key]: value })
  const gone = Object.fromEntries(choices.map(key => [key, null]))
  const lookups = await unfitLookups(app, object, record, { ...record, ...gone, [field.key]: value })
  const keys = [...choices, ...lookups.map(lookup => lookup.field.key)]
  const names = [...lookups.map(lookup => lookup.field), ...(field.relation ? [field] : [])].map(({ name }) => name)
  const data = { ...Object.fromEntries(keys.map(key => [key, null])), [field.key]: value }
  const back = Object.fromEntries([...keys, field.key].map(key => [key, record[key] ?? null]))
  return {
    data,
    back,
    shown: { ...data, ...Object.fromEntries(names.map(name => [name, null])) },
    before: { ...back, ...Object.fromEntries(names.map(name => [name, record[name]])) },
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
      const to = await changeOf(app, object, record, field, value)
      const shown = { ...to.shown, ...(field.relation ? { [field.name]: related ?? null } : {}) }
      const cell = `${record.id} ${field.name}`
      setRefused(({ [cell]: _, ...others }) => others)
      try {
        const after = await writes.update(record, { shown, data: to.data, select })
        const undo = () =>
          void writes
            .update({ ...record, ...after }, { shown: to.before, data: to.back, select })
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
