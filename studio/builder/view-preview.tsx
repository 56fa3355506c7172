import type { ViewDefinition } from '@tessera/platform/definitions/view.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { lookup } from '@tessera/platform/registry.js'
import { useMemo } from 'react'
import { CurrencySight, objectOf, useApp, useLabel } from '../api/app.js'
import { type RecordValues, useCounts, useRecordPages } from '../api/records.js'
import { textOf } from '../fields/face.js'
import { faceOf } from '../fields/index.js'
import { selectionOf, statusOf } from '../fields/selection.js'
import { EmptyState, Skeleton } from '../ui/small.js'
import { areMixed } from '../views/amounts.js'
import { failureText } from '../views/failure.js'
import { type Column, columnsOf } from '../views/list/columns.js'
import { BoardPreview } from './board-preview.js'
import { useLayoutTexts } from './layout-texts.js'
import { isReadable, useViewAsked } from './view-asked.js'
import { useWorkshop } from './workshop.js'

/** As many records as a preview shows. */
const most = 30

interface ViewPreviewProps {
  view: ViewDefinition
  /** The object as the draft has it. */
  object: ObjectModel
}

/** The records that a view finds now, drawn as the draft says. */
export function ViewPreview({ view, object }: ViewPreviewProps) {
  const { t } = useLayoutTexts()
  const app = useApp()
  const live = objectOf(app, object.name)
  const by = (view.groupBy === undefined ? undefined : lookup(object.fields, view.groupBy)) ?? statusOf(object)
  if (!live) return <EmptyState title={t('viewDesigner.unread')} text={t('viewDesigner.unreadHint')} />
  if (view.kind === 'list') return <ListPreview view={view} object={object} live={live} />
  if (!by || !isReadable(by, live)) return <EmptyState title={t('viewDesigner.needsGroup')} text={t('viewDesigner.needsGroupHint')} />
  return <BoardPreview view={view} object={object} live={live} by={by} />
}

function ListPreview({ view, object, live }: ViewPreviewProps & { live: ObjectModel }) {
  const { t } = useLayoutTexts()
  const label = useLabel()
  const app = useApp()
  const { model } = useWorkshop()
  const columns = columnsOf(object, lookup(model.views, view.view) ?? { name: view.view, definition: view, where: null }, {}, field =>
    label(field.label),
  )
  const readable = columns.map(({ field }) => field).filter(field => isReadable(field, live))
  const select = selectionOf(
    live,
    readable.map(field => field.name),
    app.model,
  )
  const asked = useViewAsked(view, live)
  const { data, error, isPending } = useRecordPages({ object: live, select, ...asked, first: most })
  const counts = useCounts(
    live,
    useMemo(() => [{ where: asked.where }], [asked.where]),
  )
  const rows = data?.pages[0]?.nodes ?? []
  const count = counts.data?.[0]
  return (
    <>
      <header className="layout-live-head">
        <h2>{label(view.label) || view.view}</h2>
        <span className="quiet num" aria-live="polite">
          {count !== undefined && !error && t('viewDesigner.found', { count, shown: count.toLocaleString('en') })}
        </span>
      </header>
      {error ? (
        <EmptyState title={t('viewDesigner.notFound')} text={failureText(error, t)} />
      ) : isPending ? (
        <div className="layout-waiting" aria-busy="true">
          <Skeleton width="80%" />
          <Skeleton width="65%" />
          <Skeleton width="72%" />
        </div>
      ) : rows.length === 0 ? (
        <EmptyState title={t('viewDesigner.none')} text={t('viewDesigner.noneHint')} />
      ) : (
        <CurrencySight mixed={areMixed(rows, readable)}>
          <PreviewTable columns={columns} rows={rows} live={live} />
        </CurrencySight>
      )}
    </>
  )
}

function PreviewTable({ columns, rows, live }: { columns: readonly Column[]; rows: readonly RecordValues[]; live: ObjectModel }) {
  const { t } = useLayoutTexts()
  const label = useLabel()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard
    <div className="layout-scroll" tabIndex={0} role="group" aria-label={t('viewDesigner.live')}>
      <table className="layout-table" style={{ width: columns.reduce((sum, { width }) => sum + width, 0) }}>
        <thead>
          <tr>
            {columns.map(({ field, width }) => {
              const face = faceOf(field)
              return (
                <th key={field.name} scope="col" style={{ width }} className={face.align}>
                  <span className="layout-head">
                    <face.icon size={14} aria-hidden /> <span className="cut">{label(field.label)}</span>
                  </span>
                </th>
              )
            })}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={row.id}>
              {columns.map(column => (
                <PreviewCell key={column.field.name} column={column} record={row} isReadable={isReadable(column.field, live)} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function PreviewCell({
  column: { field, isTitle },
  record,
  isReadable: isShown,
}: {
  column: Column
  record: RecordValues
  isReadable: boolean
}) {
  const { t } = useLayoutTexts()
  const app = useApp()
  const { Display, align } = faceOf(field)
  if (!isShown) return <td className={align} />
  return (
    <td className={align}>
      {isTitle ? (
        <span className="layout-title cut">{textOf(field, record, app) || t('record.untitled')}</span>
      ) : (
        <Display field={field} record={record} place="cell" />
      )}
    </td>
  )
}
