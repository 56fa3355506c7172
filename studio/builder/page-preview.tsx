import type { PageDefinition } from '@tessera/platform/definitions/page.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { Select } from 'antd'
import { useDeferredValue, useEffect, useMemo, useState } from 'react'
import { objectOf, useApp, useLabel } from '../api/app.js'
import { type RecordValues, useRecordPages } from '../api/records.js'
import { textOf } from '../fields/face.js'
import { selectionOf, statusOf, titleName } from '../fields/selection.js'
import { EmptyState, Skeleton } from '../ui/small.js'
import { TabSet } from '../ui/tab-set.js'
import { failureText } from '../views/failure.js'
import { useRecordPage } from '../views/record/record-data.js'
import { RecordPanel } from '../views/record/record-panel.js'
import { Values } from '../views/record/values.js'
import { useLayoutTexts } from './layout-texts.js'
import '../views/record/record.css'

/** As many records as one can choose from. */
const most = 20

interface PagePreviewProps {
  page: PageDefinition
  object: ObjectModel
  /** The tab that is being designed. */
  tab: string | undefined
}

/** A real record as its page will be; nothing can be changed there. */
export function PagePreview({ page, object, tab }: PagePreviewProps) {
  const { t } = useLayoutTexts()
  const label = useLabel()
  const app = useApp()
  const live = objectOf(app, object.name)
  if (!live) return <EmptyState title={t('viewDesigner.unread')} text={t('viewDesigner.unreadHint')} />
  return <Chosen page={page} live={live} label={label(object.label)} tab={tab} />
}

interface ChosenProps extends Pick<PagePreviewProps, 'page' | 'tab'> {
  live: ObjectModel
  label: string
}

function Chosen({ page, live, label, tab }: ChosenProps) {
  const { t } = useLayoutTexts()
  const app = useApp()
  const [chosen, setChosen] = useState<string>()
  const order = useMemo(() => [{ updatedAt: 'DESC' }], [])
  const { data, error, isPending } = useRecordPages({
    object: live,
    select: selectionOf(live, [titleName(live)], app.model),
    orderBy: order,
    first: most,
  })
  const records = data?.pages[0]?.nodes ?? []
  const title = live.fields[titleName(live)]
  const nameOf = (record: RecordValues) => (title && textOf(title, record, app)) || t('record.untitled')
  const shown = records.find(({ id }) => id === chosen) ?? records[0]
  if (error) return <EmptyState title={t('viewDesigner.notFound')} text={failureText(error, t)} />
  if (isPending) return <Waiting />
  if (!shown) return <EmptyState title={t('pageDesigner.noRecord')} text={t('pageDesigner.noRecordHint', { name: label })} />
  return (
    <>
      <header className="layout-live-head">
        <h2 className="grow cut">{nameOf(shown)}</h2>
        <Select
          id="page-record"
          aria-label={t('pageDesigner.record')}
          showSearch={{ optionFilterProp: 'label' }}
          value={shown.id}
          onChange={setChosen}
          style={{ width: 220 }}
          options={records.map(record => ({ value: record.id, label: nameOf(record) }))}
        />
      </header>
      <Drawn key={shown.id} page={page} live={live} id={shown.id} title={nameOf(shown)} designed={tab} />
    </>
  )
}

const Waiting = () => (
  <div className="layout-waiting" aria-busy="true">
    <Skeleton width="50%" />
    <Skeleton width="80%" />
    <Skeleton width="64%" />
  </div>
)

interface DrawnProps {
  page: PageDefinition
  live: ObjectModel
  id: string
  title: string
  designed: string | undefined
}

function Drawn({ page, live, id, title, designed }: DrawnProps) {
  const { t } = useLayoutTexts()
  const label = useLabel()
  const app = useApp()
  const drafted = useDeferredValue(page)
  const model = useMemo(() => ({ ...app.model, pages: { [drafted.page]: drafted } }), [app.model, drafted])
  const { plan, query } = useRecordPage(live, id, model)
  const [tab, setTab] = useState(designed)
  useEffect(() => setTab(before => designed ?? before), [designed])
  const active = plan.tabs.find(({ key }) => key === tab) ?? plan.tabs[0]
  if (query.error) return <EmptyState title={t('viewDesigner.notFound')} text={failureText(query.error, t)} />
  if (!query.data || !active) return <Waiting />
  const given = { object: live, record: query.data, title, write: unwritten, refused: {} }
  const status = statusOf(live)
  return (
    <div className="page-preview">
      <div className="page-preview-side" inert>
        <Values {...given} fields={[...(status ? [status] : []), ...plan.highlights]} />
      </div>
      <div className="page-preview-middle">
        <TabSet
          tabs={plan.tabs.map(each => ({ key: each.key, label: label(each.label) || each.key }))}
          active={active.key}
          label={t('record.tabs')}
          onChange={setTab}
          panelId="page-preview"
        />
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
        <div id="page-preview" tabIndex={0} role="tabpanel" aria-label={label(active.label)} className="record-panel">
          <div className="page-preview-panels" inert>
            {active.panels.map(panel => (
              <RecordPanel key={panel.key} {...given} panel={panel} place={active.panels.length === 1 ? 'alone' : 'tab'} />
            ))}
          </div>
        </div>
      </div>
      {plan.side.length > 0 && (
        <div className="page-preview-side" inert>
          {plan.side.map(panel => (
            <RecordPanel key={panel.key} {...given} panel={panel} place="side" />
          ))}
        </div>
      )}
    </div>
  )
}

/** Nothing is written from a preview. */
const unwritten = () => Promise.resolve(false)
