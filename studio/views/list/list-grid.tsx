import type { ObjectModel } from '@tessera/platform/model/model.js'
import { useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { CurrencySight, useLabel } from '../../api/app.js'
import { useDensity } from '../../ui/look.js'
import { useMixedAmounts } from '../amounts.js'
import { ActionBar } from './action-bar.js'
import { useColumnChoice } from './column-choice.js'
import { type Column, columnsOf } from './columns.js'
import { ColumnsMenu } from './columns-menu.js'
import { useGridDeeds } from './grid-deeds.js'
import { GridHeader } from './grid-header.js'
import { GridRow } from './grid-row.js'
import { useGridScroll } from './grid-scroll.js'
import { GridSkeleton } from './grid-skeleton.js'
import { type ListData, useListData } from './list-data.js'
import { ListCut, ListEmpty, ListFailed } from './list-empty.js'
import { ListNewsNote } from './list-news.js'
import type { ListState } from './list-state.js'
import { type Selection, useSelection } from './selection.js'
import { ToolbarEnd } from './toolbar-end.js'
import { Totals } from './totals.js'

interface ListGridProps {
  object: ObjectModel
  state: ListState
}

/** A list of records as a table that scrolls through all of them. */
export function ListGrid({ object, state }: ListGridProps) {
  const [choice, keep] = useColumnChoice(object, state)
  const label = useLabel()
  const columns = useMemo(() => columnsOf(object, state.view, choice, field => label(field.label)), [object, state.view, choice, label])
  const rowHeight = useDensity() === 'compact' ? 34 : 40
  const names = columns.map(column => column.field.name)
  const data = useListData(object, state, names, rowHeight)
  const shown = useMemo(() => columns.map(column => column.field), [columns])
  const isMixed = useMixedAmounts(object, state, shown, data.rows, data.total)
  const selection = useSelection(object, state, data)
  const resize = (field: string, width: number) => keep({ ...choice, widths: { ...choice.widths, [field]: Math.round(width) } })
  return (
    <CurrencySight mixed={isMixed}>
      <ToolbarEnd>
        <ColumnsMenu object={object} columns={columns} choice={choice} onChange={keep} />
      </ToolbarEnd>
      <div className="list-body">
        {data.isFirstLoad ? (
          <GridSkeleton columns={columns} />
        ) : data.error ? (
          <ListFailed error={data.error} onRetry={data.retry} />
        ) : data.count === 0 ? (
          <ListEmpty object={object} state={state} />
        ) : (
          <Grid object={object} state={state} columns={columns} data={data} rowHeight={rowHeight} selection={selection} onResize={resize} />
        )}
        <ListNewsNote news={data.news} />
        {data.isRefreshing && <div className="refresh-line" aria-hidden />}
        <ActionBar object={object} state={state} selection={selection} total={data.total} rows={data.rows} />
      </div>
      <Totals object={object} state={state} columns={columns} total={data.total} />
    </CurrencySight>
  )
}

interface GridProps extends ListGridProps {
  columns: readonly Column[]
  data: ListData
  rowHeight: number
  selection: Selection
  onResize: (field: string, width: number) => void
}

function leftsOf(columns: readonly Column[]): number[] {
  let left = 40
  return columns.map(column => {
    const here = left
    left += column.width
    return here
  })
}

function Grid({ object, state, columns, data, rowHeight, selection, onResize }: GridProps) {
  const { t } = useTranslation()
  const label = useLabel()
  const grid = useRef<HTMLDivElement>(null)
  const scrolled = useGridScroll({ object, state, data, rowHeight, grid })
  const { rows, count } = data
  const lefts = useMemo(() => leftsOf(columns), [columns])
  const { active, keys, actions, refused } = useGridDeeds({ object, columns, data, selection, scrolled })
  const width = 40 + columns.reduce((sum, column) => sum + column.width, 0)
  const sort = (field: string) =>
    state.change({
      sorting: [{ field, direction: state.sorting[0]?.field === field && state.sorting[0].direction === 'asc' ? 'desc' : 'asc' }],
    })
  const isWhole = selection.all || (rows.length > 0 && rows.every(row => selection.ids.has(row.id)))
  const toggleAll = () => (isWhole ? selection.clear() : selection.set(rows.map(row => row.id)))
  return (
    <div
      ref={grid}
      role="grid"
      className="grid"
      style={{ scrollPaddingLeft: 40 + (columns[0]?.width ?? 0) }}
      aria-label={label(object.pluralLabel)}
      aria-rowcount={count + 1}
      aria-colcount={columns.length + 1}
      aria-multiselectable
      onKeyDown={keys}
    >
      <div style={{ width, minWidth: '100%' }}>
        <GridHeader
          columns={columns}
          lefts={lefts}
          sorting={state.sorting}
          checked={isWhole}
          partly={selection.ids.size > 0 && !isWhole}
          onCheck={toggleAll}
          onSort={sort}
          onResize={onResize}
        />
        <div role="rowgroup" className="grid-rows" style={{ height: scrolled.height }} aria-label={t('list.records')}>
          {scrolled.items.map(({ index, start }) => {
            const record = data.rowAt(index)
            const isActive = active.row === index
            return (
              <GridRow
                key={index}
                record={record}
                index={index}
                top={start}
                columns={columns}
                lefts={lefts}
                object={object}
                active={isActive ? active.column : -1}
                isEditing={isActive && active.isEditing}
                isSelected={record !== undefined && (selection.all || selection.ids.has(record.id))}
                refused={refused}
                actions={actions}
              />
            )
          })}
        </div>
        {data.isCut && <ListCut count={count} />}
      </div>
    </div>
  )
}
