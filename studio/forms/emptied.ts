import type { ObjectModel } from '@tessera/platform/model/model.js'
import { parentOf, unfitKeys } from '@tessera/platform/records/cascade.js'
import { useTranslation } from 'react-i18next'
import { useLabel } from '../api/app.js'
import type { Values } from '../fields/face.js'
import { toast } from '../ui/toast.js'

/** Empties choices that a change leaves without their ground, and says so with the way back. */
export function useEmptied(object: ObjectModel, restore: (values: Values) => void) {
  const { t } = useTranslation()
  const label = useLabel()
  /** What a change of values empties besides; nothing when all still fits. */
  return (before: Values, next: Values): Values => {
    const fields = unfitKeys(object, before, next).flatMap(key => Object.values(object.fields).filter(field => field.key === key))
    const [first] = fields
    if (!first) return {}
    const parents = fields.flatMap(field => parentOf(field, object) ?? [])
    const was = Object.fromEntries([...fields, ...parents].map(({ key }) => [key, before[key] ?? null]))
    const names = { fields: fields.map(field => label(field.label)).join(t('listed')), parent: label(parentOf(first, object)?.label) }
    toast(t('form.emptied', names), { undo: { label: t('undo'), run: () => restore(was) } })
    return Object.fromEntries(fields.map(({ key }) => [key, null]))
  }
}
