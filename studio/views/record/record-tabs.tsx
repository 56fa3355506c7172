import type { ObjectModel } from '@tessera/platform/model/model.js'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { recordPath } from '../../api/addresses.js'
import { useLabel } from '../../api/app.js'
import { useAppName } from '../../api/app-name.js'
import type { RecordValues } from '../../api/records.js'
import { TabSet } from '../../ui/tab-set.js'
import type { WriteCell } from '../list/cell-write.js'
import { Timeline } from './history.js'
import { Lines } from './lines.js'
import { type Children, detailsOf, nodesOf } from './record-data.js'
import { Related } from './related.js'
import { Values } from './values.js'

interface RecordTabsProps {
  object: ObjectModel
  record: RecordValues
  title: string
  groups: Children[]
  write: WriteCell
  refused: Readonly<Record<string, string>>
  /** Whether what points at the record has tabs, because there is no panel for it. */
  hasRelatedTabs: boolean
}

const entriesOnOverview = 6

/** The middle of a record: overview with lines and details, then one tab for each kind of related record, and the history. */
export function RecordTabs({ object, record, title, groups, write, refused, hasRelatedTabs }: RecordTabsProps) {
  const { t } = useTranslation()
  const label = useLabel()
  const navigate = useNavigate()
  const app = useAppName()
  const { tab } = useParams()
  const panelId = useId()
  const withTab = hasRelatedTabs ? groups : groups.filter(each => each.child.owned)
  const tabs = [
    { key: 'overview', label: t('record.overview') },
    ...withTab.map(each => ({ key: each.child.name, label: label(each.child.label), count: nodesOf(record, each.child).total })),
    { key: 'history', label: t('history') },
  ]
  const active = tabs.some(each => each.key === tab) ? (tab ?? 'overview') : 'overview'
  const choose = (key: string) =>
    void navigate(recordPath(app, object.name, record.id, key === 'overview' ? undefined : key), { replace: true })
  const chosen = groups.find(each => each.child.name === active)
  return (
    <div className="record-middle">
      <TabSet tabs={tabs} active={active} label={t('record.tabs')} onChange={choose} panelId={panelId} />
      <div id={panelId} role="tabpanel" className="record-panel" aria-label={tabs.find(each => each.key === active)?.label}>
        {active === 'overview' && (
          <Overview object={object} record={record} title={title} groups={groups} write={write} refused={refused} />
        )}
        {active === 'history' && <Timeline object={object} id={record.id} />}
        {chosen &&
          (chosen.child.owned ? (
            <Lines record={record} title={title} group={chosen} />
          ) : (
            <Related record={record} title={title} group={chosen} />
          ))}
      </div>
    </div>
  )
}

function Overview({ object, record, title, groups, write, refused }: Omit<RecordTabsProps, 'hasRelatedTabs'>) {
  const { t } = useTranslation()
  const details = detailsOf(object)
  return (
    <>
      {groups
        .filter(each => each.child.owned)
        .map(each => (
          <Lines key={each.child.name} record={record} title={title} group={each} />
        ))}
      {details.length > 0 && (
        <section className="card" aria-label={t('record.details')}>
          <header className="card-head">
            <h2>{t('record.details')}</h2>
          </header>
          <div className="card-values">
            <Values object={object} record={record} fields={details} write={write} refused={refused} />
          </div>
        </section>
      )}
      <section className="card" aria-label={t('history')}>
        <header className="card-head">
          <h2>{t('history')}</h2>
        </header>
        <Timeline object={object} id={record.id} most={entriesOnOverview} />
      </section>
    </>
  )
}
