import type { ObjectModel } from '@tessera/platform/model/model.js'
import { RefreshCw } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useLabel } from '../api/app.js'
import { useRecalculating } from '../api/recalculating.js'

/** Says which values are still those from before, because very many are being computed anew. */
export function RecalculatingNote({ object }: { object: ObjectModel }) {
  const { t } = useTranslation()
  const label = useLabel()
  const open = useRecalculating(object)
  if (open.length === 0) return null
  const names = open.flatMap(({ field }) => (Object.hasOwn(object.fields, field) ? [label(object.fields[field]?.label ?? field)] : []))
  const done = open.reduce((sum, each) => sum + each.done, 0)
  const total = open.reduce((sum, each) => sum + (each.total ?? 0), 0)
  const fields = names.join(t('listed'))
  return (
    <p className="recalculating" role="status">
      <RefreshCw size={13} aria-hidden />
      {total > 0 ? t('recalculating.progress', { fields, done, total }) : t('recalculating.begun', { fields })}
    </p>
  )
}
