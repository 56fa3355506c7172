import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useLabel } from '../../api/app.js'
import { useWrites } from '../../api/writes.js'
import { confirm } from '../../ui/confirm.js'
import { toast, toastFailure } from '../../ui/toast.js'
import { failureText } from '../failure.js'

interface BulkChange {
  where: Readonly<Record<string, unknown>>
  all: boolean
  count: number
  field: FieldModel
  value: unknown
}

const askFrom = 20

/** Writes one value to many records; asks first when there are more than twenty. */
export function useBulkChange(object: ObjectModel) {
  const { t } = useTranslation()
  const label = useLabel()
  const writes = useWrites(object)
  return useCallback(
    async ({ where, all, count, field, value }: BulkChange) => {
      const names = { count, name: label(object.pluralLabel), field: label(field.label) }
      if (count > askFrom && !(await confirm({ title: t('bulk.title', names), body: t('bulk.body', names), verb: t('bulk.verb', names) })))
        return
      try {
        const changed = await writes.updateMany(where, { [field.key]: value }, all)
        toast(t('bulk.done', { ...names, count: changed }))
      } catch (error) {
        toastFailure(failureText(error, t))
      }
    },
    [object, writes, label, t],
  )
}
