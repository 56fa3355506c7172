import type { ObjectModel } from '@tessera/platform/model/model.js'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useLabel } from '../api/app.js'
import { useWrites } from '../api/writes.js'
import { confirm } from '../ui/confirm.js'
import { toast, toastFailure } from '../ui/toast.js'
import { failureText } from './failure.js'

/** Deletes records: asks with the count, and offers the way back for half a minute; resolves to whether it was done. */
export function useDeletion(object: ObjectModel): (ids: readonly string[]) => Promise<boolean> {
  const { t } = useTranslation()
  const label = useLabel()
  const writes = useWrites(object)
  return useCallback(
    async ids => {
      const given = ids.filter(id => id !== '')
      const count = given.length
      const name = count === 1 ? label(object.label) : label(object.pluralLabel)
      if (count === 0) return false
      if (
        !(await confirm({
          title: t('delete.title', { count, name }),
          body: t('delete.body'),
          verb: t('delete.verb', { count }),
          danger: true,
        }))
      )
        return false
      try {
        await writes.remove(given)
        const restore = () => void writes.restore(given).catch((error: unknown) => toastFailure(failureText(error, t)))
        toast(t('delete.done', { count, name }), { undo: { label: t('undo'), run: restore }, seconds: 30 })
        return true
      } catch (error) {
        toastFailure(failureText(error, t))
        return false
      }
    },
    [object, writes, label, t],
  )
}
