import type { ObjectModel } from '@tessera/platform/model/model.js'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Navigate, useParams } from 'react-router'
import { recordPath } from '../../api/addresses.js'
import { objectOf, useApp, useLabel } from '../../api/app.js'
import { useAppName } from '../../api/app-name.js'
import type { RecordValues } from '../../api/records.js'
import { textOf } from '../../fields/face.js'
import { statusOf, titleName } from '../../fields/selection.js'
import { useNarrow, usePhone, useTight } from '../../ui/media.js'
import { useTitle } from '../../ui/page-head.js'
import { usePreferences } from '../../ui/preferences.js'
import { EmptyState, Skeleton } from '../../ui/small.js'
import { useCellWrite } from '../list/cell-write.js'
import { ListFailed } from '../list/list-empty.js'
import { type Led, MergedNote } from '../merge/merged-note.js'
import { PoolSoonHint } from '../pool-soon.js'
import { RecalculatingNote } from '../recalculating-note.js'
import { rememberRecord } from '../recent.js'
import { type Children, nodesOf } from './children.js'
import type { PagePlan } from './page-plan.js'
import { RecordActions } from './record-actions.js'
import { useRecordPage } from './record-data.js'
import { RecordHead } from './record-head.js'
import { useChildLive, useRecordLive } from './record-live.js'
import { RecordPanel } from './record-panel.js'
import { RecordTabs } from './record-tabs.js'
import { StatusPath } from './status-path.js'
import { Values } from './values.js'
import './record.css'

/** One record: what it is, where it stands, its values, what belongs to it, what happened to it. */
export default function RecordPage() {
  const { t } = useTranslation()
  const { object: name, id = '' } = useParams()
  const object = objectOf(useApp(), name)
  if (!object) return <EmptyState isPage title={t('error.noObject')} text={t('error.noObjectHint')} />
  return <LoadedRecord key={`${object.name} ${id}`} object={object} id={id} />
}

function LoadedRecord({ object, id }: { object: ObjectModel; id: string }) {
  const { t } = useTranslation()
  const label = useLabel()
  const { own, plan, children, query } = useRecordPage(object, id, useApp().model)
  useRecordLive(object, id, own, query.data)
  if (query.isPending) return <RecordSkeleton />
  if (query.error) return <ListFailed error={query.error} onRetry={() => void query.refetch()} />
  if (query.data && query.data.id !== id) return <LedOn object={object} from={id} to={query.data.id} />
  if (!query.data) return <EmptyState isPage title={t('record.gone', { name: label(object.label) })} text={t('record.goneHint')} />
  const record = query.data
  return (
    <>
      {children.map(group => (
        <LiveChild key={group.child.name} object={object} record={record} group={group} />
      ))}
      <Shown object={object} record={record} select={own} plan={plan} />
    </>
  )
}

/** Draws nothing: what belongs to the record is read again when somebody changes it. */
function LiveChild({ object, record, group: { child, object: of } }: { object: ObjectModel; record: RecordValues; group: Children }) {
  const link = child.through ? null : (of.fields[child.field]?.key ?? null)
  useChildLive(object, of, link, record.id, link === null ? nodesOf(record, child).nodes.map(node => node.id) : [])
  return null
}

/** The address of a merged record leads to the one that it went into. */
function LedOn({ object, from, to }: { object: ObjectModel; from: string; to: string }) {
  const state: Led = { mergedFrom: from }
  return <Navigate to={recordPath(useAppName(), object.name, to)} state={state} replace />
}

interface ShownProps {
  object: ObjectModel
  record: RecordValues
  select: string
  plan: PagePlan
}

function Shown({ object, record, select, plan }: ShownProps) {
  const { t } = useTranslation()
  const app = useApp()
  const label = useLabel()
  const name = useAppName()
  const isPhone = usePhone()
  const isTight = useTight()
  const { panel } = usePreferences()
  const isNarrow = useNarrow() || (isTight && panel)
  const { write, refused } = useCellWrite(object, select)
  const titleField = object.fields[titleName(object)]
  const title = (titleField && textOf(titleField, record, app)) || t('record.untitled')
  useTitle(title, label(object.label), app.member.workspace.name)
  useEffect(
    () => rememberRecord({ to: recordPath(name, object.name, record.id), title, object: label(object.label) }),
    [name, object, record.id, title, label],
  )
  const status = statusOf(object)
  const given = { object, record, write, refused }
  return (
    <div className="record-page">
      <RecordHead object={object} record={record} title={title} status={status} write={write} />
      {status && <StatusPath object={object} record={record} status={status} write={write} />}
      <MergedNote object={object} />
      <RecalculatingNote object={object} />
      <PoolSoonHint object={object} record={record} />
      <div className="record-body">
        <section className="record-highlights" aria-label={t('record.highlights')}>
          <Values {...given} fields={plan.highlights} />
        </section>
        <RecordTabs {...given} title={title} plan={plan} hasSideTabs={isNarrow || isPhone} />
        {!isNarrow && !isPhone && plan.side.length > 0 && (
          <aside className="record-related" aria-label={t('record.related')}>
            {plan.side.map(panel => (
              <RecordPanel key={panel.key} {...given} title={title} panel={panel} place="side" />
            ))}
          </aside>
        )}
      </div>
      {isPhone && <RecordActions object={object} record={record} title={title} status={status} write={write} isBar />}
    </div>
  )
}

const RecordSkeleton = () => (
  <div className="record-page" aria-busy="true">
    <div className="record-skeleton">
      <Skeleton width={220} height={20} />
      <Skeleton width="100%" height={28} />
      <Skeleton width="30%" />
      <Skeleton width="42%" />
      <Skeleton width="36%" />
      <Skeleton width="48%" />
    </div>
  </div>
)
