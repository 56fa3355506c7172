import type { Label } from '@tessera/platform/label.js'
import type { Model, ObjectModel } from '@tessera/platform/model/model.js'
import { rootNames } from '@tessera/platform/model/naming.js'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp, useLabel } from '../api/app.js'
import { ask } from '../api/client.js'
import { useWrites } from '../api/writes.js'
import { confirm } from '../ui/confirm.js'
import { toast, toastFailure } from '../ui/toast.js'
import { failureText } from './failure.js'

/** How many lines belong to some records and go with them, by their kind; nothing when it cannot be told. */
async function linesOf(object: ObjectModel, model: Model, ids: readonly string[]): Promise<{ name: Label; count: number }[]> {
  const owned = Object.values(object.children).flatMap(child => {
    const of = child.owned && Object.hasOwn(model.objects, child.object) ? model.objects[child.object] : undefined
    return of ? [{ child, of, key: of.fields[child.field]?.key ?? `${child.field}Id` }] : []
  })
  if (owned.length === 0) return []
  const counts = owned.map(
    ({ of, key }, at) => `c${at}: ${rootNames(of.name, of.plural).queries.aggregate}(where: { ${key}: { in: $ids } }) { count }`,
  )
  const none: Record<string, { count: number }[]> = {}
  const answer = await ask<typeof none>('/graphql', `query Lines($ids: [ID!]!) { ${counts.join(' ')} }`, { ids }).catch(() => none)
  return owned.map(({ child }, at) => ({ name: child.label, count: answer[`c${at}`]?.[0]?.count ?? 0 })).filter(({ count }) => count > 0)
}

/** Deletes records: asks with the count, and offers the way back for half a minute; resolves to whether it was done. */
export function useDeletion(object: ObjectModel): (ids: readonly string[]) => Promise<boolean> {
  const { t } = useTranslation()
  const label = useLabel()
  const { model } = useApp()
  const writes = useWrites(object)
  return useCallback(
    async ids => {
      const given = ids.filter(id => id !== '')
      const count = given.length
      const name = count === 1 ? label(object.label) : label(object.pluralLabel)
      if (count === 0) return false
      const lines = (await linesOf(object, model, given)).map(each => t('delete.lines', { count: each.count, name: label(each.name) }))
      if (
        !(await confirm({
          title: t('delete.title', { count, name }),
          body: [...lines, t('delete.back', { count })].reduce((first, second) => t('sentences', { first, second })),
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
    [object, model, writes, label, t],
  )
}
