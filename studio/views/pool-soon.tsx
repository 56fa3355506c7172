import { formatDate } from '@tessera/platform/fields/reading.js'
import { dayOf } from '@tessera/platform/fields/zone.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { Button } from 'antd'
import { Hourglass } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useApp, useLabel } from '../api/app.js'
import { keptBy, type Recycled, useRecycledSoon } from '../api/pool.js'
import type { RecordValues } from '../api/records.js'
import type { ListState } from './list/list-state.js'

/** The day on which a record goes; what is due already goes today. */
function useDay(): (recycled: Recycled) => string {
  const { locale, timeZone } = useApp()
  return ({ at }) => {
    const now = new Date().toISOString()
    return formatDate(dayOf(at < now ? now : at, timeZone), locale)
  }
}

/** Says how many of the member's records go back to the pool soon, and leads to them. */
export function PoolSoonNote({ object, state }: { object: ObjectModel; state: ListState }) {
  const { t } = useTranslation()
  const day = useDay()
  const soon = useRecycledSoon(object)
  const [first] = soon
  if (!first || state.counted?.kind === 'soon') return null
  return (
    <p className="recalculating" role="status">
      <Hourglass size={13} aria-hidden />
      {t('pool.soonCount', { count: soon.length, day: day(first) })}
      {keptBy(object) && (
        <Button type="link" size="small" onClick={() => state.change({ soon: true })}>
          {t('pool.soonShow')}
        </Button>
      )}
    </p>
  )
}

/** Says when a record of the member goes back to the pool, and what keeps it. */
export function PoolSoonHint({ object, record }: { object: ObjectModel; record: RecordValues }) {
  const { t } = useTranslation()
  const label = useLabel()
  const day = useDay()
  const soon = useRecycledSoon(object).find(({ id }) => id === record.id)
  if (!soon) return null
  const since = keptBy(object)
  return (
    <p className="recalculating" role="status">
      <Hourglass size={13} aria-hidden />
      {since && since.name !== 'createdAt'
        ? t('pool.goesBackUnless', { day: day(soon), field: label(since.label) })
        : t('pool.goesBack', { day: day(soon) })}
    </p>
  )
}
