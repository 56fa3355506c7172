import type { ObjectModel } from '@tessera/platform/model/model.js'
import { Suspense, use } from 'react'
import { useTranslation } from 'react-i18next'
import { useLabel } from '../../api/app.js'
import type { RecordValues } from '../../api/records.js'
import { useSlim } from '../../ui/media.js'
import { Skeleton } from '../../ui/small.js'
import type { WriteCell } from '../list/cell-write.js'
import { Timeline } from './history.js'
import { Lines } from './lines.js'
import type { PanelPlan } from './page-plan.js'
import { Related } from './related.js'
import { RelatedTable } from './related-table.js'
import { RecordReports } from './report-slot.js'
import { Values } from './values.js'

interface RecordPanelProps {
  object: ObjectModel
  record: RecordValues
  /** What the record is called. */
  title: string
  panel: PanelPlan
  write: WriteCell
  refused: Readonly<Record<string, string>>
  /** At the right, in a tab with others, or alone in one. */
  place: 'side' | 'tab' | 'alone'
}

/** One panel of a record's page. */
export function RecordPanel({ object, record, title, panel, write, refused, place }: RecordPanelProps) {
  const { t } = useTranslation()
  const label = useLabel()
  const isSlim = useSlim()
  const Report = use(RecordReports)
  if (panel.show === 'list') {
    const { group } = panel
    if (group.child.owned) return <Lines record={record} title={title} group={group} />
    return group.hasColumns && place !== 'side' && !isSlim ? (
      <RelatedTable record={record} title={title} group={group} />
    ) : (
      <Related record={record} title={title} group={group} />
    )
  }
  if (panel.show === 'report')
    return Report ? (
      <Suspense fallback={<Skeleton width="100%" height={200} />}>
        <Report report={panel.report} object={panel.object} title={label(panel.label)} where={{ [panel.by.key]: { eq: record.id } }} />
      </Suspense>
    ) : null
  if (panel.show === 'history' && place === 'alone' && panel.most === undefined) return <Timeline object={object} id={record.id} />
  const name = label(panel.label) || t(panel.show === 'history' ? 'history' : 'record.details')
  return (
    <section className="card" aria-label={name}>
      <header className="card-head">
        <h2>{name}</h2>
      </header>
      {panel.show === 'history' ? (
        <Timeline object={object} id={record.id} {...(panel.most === undefined ? {} : { most: panel.most })} />
      ) : (
        <div className="card-values">
          <Values object={object} record={record} fields={panel.fields} write={write} refused={refused} />
        </div>
      )}
    </section>
  )
}
