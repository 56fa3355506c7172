import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp, useLabel } from '../../api/app.js'
import { ApiError } from '../../api/client.js'
import type { RecordValues, Related } from '../../api/records.js'
import { useWrites } from '../../api/writes.js'
import { isPointing, relatedOf, textOf, writtenOf } from '../../fields/face.js'
import { toast, toastFailure } from '../../ui/toast.js'
import { failureText } from '../failure.js'

export type WriteCell = (record: RecordValues, field: FieldModel, value: unknown, related?: Related | null) => Promise<boolean>

/** Writes one value of a record at once, with the way back in a toast; what was refused is kept by cell until it is touched again. */
export function useCellWrite(object: ObjectModel, select: string) {
  const { t } = useTranslation()
  const app = useApp()
  const label = useLabel()
  const writes = useWrites(object)
  const [refused, setRefused] = useState<Readonly<Record<string, string>>>({})
  const write = useCallback<WriteCell>(
    async (record, field, value, related) => {
      const shown = { [field.key]: value, ...(isPointing(field) ? { [field.name]: related ?? null } : {}) }
      const before = { [field.key]: record[field.key], ...(isPointing(field) ? { [field.name]: record[field.name] } : {}) }
      const cell = `${record.id} ${field.name}`
      setRefused(({ [cell]: _, ...others }) => others)
      try {
        const after = await writes.update(record, { shown, data: Object.fromEntries([writtenOf(field, value, related ?? null)]), select })
        const undo = () =>
          void writes
            .update(
              { ...record, ...after },
              { shown: before, data: Object.fromEntries([writtenOf(field, record[field.key] ?? null, relatedOf(field, record))]), select },
            )
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
    [writes, select, app, label, t],
  )
  return { write, refused }
}
