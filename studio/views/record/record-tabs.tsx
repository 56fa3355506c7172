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
import { nodesOf } from './children.js'
import { type PagePlan, type TabPlan, withSideTabs } from './page-plan.js'
import { RecordPanel } from './record-panel.js'

interface RecordTabsProps {
  object: ObjectModel
  record: RecordValues
  title: string
  plan: PagePlan
  write: WriteCell
  refused: Readonly<Record<string, string>>
  /** Whether what stands at the right has tabs, because there is no room for it. */
  hasSideTabs: boolean
}

/** The middle of a record: its tabs, the first of which is shown unless the address names another. */
export function RecordTabs({ plan, hasSideTabs, ...shown }: RecordTabsProps) {
  const { t } = useTranslation()
  const label = useLabel()
  const navigate = useNavigate()
  const app = useAppName()
  const { tab } = useParams()
  const panelId = useId()
  const planned = hasSideTabs ? withSideTabs(plan) : plan.tabs
  const usualNames: Readonly<Record<string, string>> = { overview: t('record.overview'), history: t('history') }
  const tabs = planned.map(each => ({
    key: each.key,
    label: label(each.label) || usualNames[each.key] || each.key,
    ...countOf(each, shown.record),
  }))
  const chosen = planned.find(each => each.key === tab) ?? planned[0]
  const choose = (key: string) =>
    void navigate(recordPath(app, shown.object.name, shown.record.id, key === planned[0]?.key ? undefined : key), { replace: true })
  if (!chosen) return null
  const place = chosen.panels.length === 1 ? 'alone' : 'tab'
  return (
    <div className="record-middle">
      <TabSet tabs={tabs} active={chosen.key} label={t('record.tabs')} onChange={choose} panelId={panelId} />
      <div id={panelId} role="tabpanel" className="record-panel" aria-label={tabs.find(each => each.key === chosen.key)?.label}>
        {chosen.panels.map(panel => (
          <RecordPanel key={`${chosen.key} ${panel.key}`} {...shown} panel={panel} place={place} />
        ))}
      </div>
    </div>
  )
}

/** How many records a tab holds that shows nothing but one list. */
function countOf({ panels: [first, ...others] }: TabPlan, record: RecordValues): { count?: number } {
  return first?.show === 'list' && others.length === 0 ? { count: nodesOf(record, first.group.child).total } : {}
}
