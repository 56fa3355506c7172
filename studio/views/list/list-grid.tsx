import { useVirtualizer } from '@tanstack/react-virtual'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { editPath, recordPath } from '../../api/addresses.js'
import { CurrencySight, useApp, useLabel } from '../../api/app.js'
import { useAppName } from '../../api/app-name.js'
import { may } from '../../api/rights.js'
import { editableField } from '../../fields/editable.js'
import { usePreferences } from '../../ui/preferences.js'
import { useMixedAmounts } from '../amounts.js'
import { useDeletion } from '../deletion.js'
import { keepTrail } from '../trail.js'
import { ActionBar } from './action-bar.js'
import { useCellWrite } from './cell-write.js'
import { useColumnChoice } from './column-choice.js'
import { type Column, columnsOf } from './columns.js'
import { ColumnsMenu } from './columns-menu.js'
import { GridHeader } from './grid-header.js'
import { useGridKeys } from './grid-keys.js'
import { GridRow, type RowActions } from './grid-row.js'
import { GridSkeleton } from './grid-skeleton.js'
import { type ListData, useListData } from './list-data.js'
import { ListEmpty, ListFailed } from './list-empty.js'
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
  const data = useListData(
    object,
    state,
    columns.map(column => column.field.name),
  )
  const shown = useMemo(() => columns.map(column => column.field), [columns])
  const isMixed = useMixedAmounts(object, state, shown, data.rows, data.total)
  const selection = useSelection(data.rows)
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
        ) : data.rows.length === 0 ? (
          <ListEmpty object={object} state={state} />
        ) : (
          <Grid object={object} state={state} columns={columns} data={data} selection={selection} onResize={resize} />
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

function Grid({ object, state, columns, data, selection, onResize }: GridProps) {
  const { t } = useTranslation()
  const label = useLabel()
  const grid = useRef<HTMLDivElement>(null)
  const rowHeight = usePreferences().density === 'compact' ? 34 : 40
  const { rows, more } = data
  const rowsShown = useVirtualizer({
    count: rows.length,
    getScrollElement: () => grid.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    scrollPaddingStart: 37,
  })
  useEffect(() => rowsShown.measure(), [rowHeight, rowsShown])
  const items = rowsShown.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (last >= rows.length * 0.7 - 10) more()
  })
  const lefts = useMemo(() => leftsOf(columns), [columns])
  const { keys, actions, refused } = useGrid({
    object,
    columns,
    data,
    selection,
    grid,
    reveal: row => rowsShown.scrollToIndex(row),
  })
  const width = 40 + columns.reduce((sum, column) => sum + column.width, 0)
  const sort = (field: string) =>
    state.change({
      sorting: [{ field, direction: state.sorting[0]?.field === field && state.sorting[0].direction === 'asc' ? 'desc' : 'asc' }],
    })
  const toggleAll = () => (selection.ids.size === rows.length ? selection.clear() : selection.set(rows.map(row => row.id)))
  return (
    <div
      ref={grid}
      role="grid"
      className="grid"
      aria-label={label(object.pluralLabel)}
      aria-rowcount={(data.total ?? rows.length) + 1}
      aria-colcount={columns.length + 1}
      aria-multiselectable
      onKeyDown={keys.onKeyDown}
    >
      <div style={{ width, minWidth: '100%' }}>
        <GridHeader
          columns={columns}
          lefts={lefts}
          sorting={state.sorting}
          checked={selection.ids.size === rows.length}
          partly={selection.ids.size > 0 && selection.ids.size < rows.length}
          onCheck={toggleAll}
          onSort={sort}
          onResize={onResize}
        />
        <div role="rowgroup" className="grid-rows" style={{ height: rowsShown.getTotalSize() }} aria-label={t('list.records')}>
          {items.map(item => {
            const record = rows[item.index]
            if (!record) return null
            const isActive = keys.active.row === item.index
            return (
              <GridRow
                key={record.id}
                record={record}
                index={item.index}
                top={item.start}
                columns={columns}
                lefts={lefts}
                object={object}
                active={isActive ? keys.active.column : -1}
                isEditing={isActive && keys.active.isEditing}
                isSelected={selection.ids.has(record.id)}
                refused={refused}
                actions={actions}
              />
            )
          })}
        </div>
      </div>
    </div>
  )
}

interface GridInput {
  object: ObjectModel
  columns: readonly Column[]
  data: ListData
  selection: Selection
  grid: React.RefObject<HTMLDivElement | null>
  reveal: (row: number) => void
}

/** The deeds of a grid, behind one object that never changes, so that rows are drawn again only for their record. */
function useGrid({ object, columns, data, selection, grid, reveal }: GridInput) {
  const app = useApp()
  const name = useAppName()
  const navigate = useNavigate()
  const { write, refused } = useCellWrite(object, data.select)
  const remove = useDeletion(object)
  const { rows } = data
  const latestReveal = useRef(reveal)
  const stableReveal = useMemo(() => (row: number) => latestReveal.current(row), [])
  const open = (row: number) => {
    const record = rows[row]
    if (!record) return
    keepTrail(
      object.name,
      rows.map(each => each.id),
      data.total,
    )
    void navigate(recordPath(name, object.name, record.id))
  }
  const toggle = (row: number, range: boolean) => rows[row] && selection.toggle(rows[row].id, range)
  const keys = useGridKeys({
    rows: rows.length,
    columns: columns.length,
    pageRows: 15,
    grid,
    reveal: stableReveal,
    open,
    edit: may(app, object, 'update') ? row => rows[row] && void navigate(editPath(name, object.name, rows[row].id)) : undefined,
    toggle,
    canEdit: (row, column) => {
      const field = columns[column - 1]?.field
      return field !== undefined && rows[row] !== undefined && editableField(app, object, field, rows[row]) !== null
    },
    selectAll: () => selection.set(rows.map(row => row.id)),
    remove: () => void remove(selection.ids.size > 0 ? [...selection.ids] : [rows[keys.active.row]?.id ?? '']),
  })
  const save: RowActions['save'] = (row, column, value, related, then) => {
    const record = rows[row]
    const field = columns[column - 1]?.field
    if (record && field) void write(record, field, value, related)
    const canEdit = (at: number) => {
      const next = columns[at]?.field
      return record !== undefined && next !== undefined && editableField(app, object, next, record) !== null
    }
    const next = then === 'next' ? columns.findIndex((_, at) => at >= column && canEdit(at)) : -1
    if (next >= 0) keys.go(row, next + 1, true)
    else keys.go(row, column)
  }
  const latest = useRef<RowActions>(null)
  useEffect(() => {
    latestReveal.current = reveal
    latest.current = {
      focus: keys.focus,
      edit: (row, column) => keys.go(row, column, true),
      stopEdit: () => keys.go(keys.active.row, keys.active.column),
      save,
      toggle: selection.toggle,
      pathOf: record => recordPath(name, object.name, record.id),
    }
  })
  const actions = useMemo<RowActions>(
    () => ({
      focus: (row, column) => latest.current?.focus(row, column),
      edit: (row, column) => latest.current?.edit(row, column),
      stopEdit: () => latest.current?.stopEdit(),
      save: (...saved) => latest.current?.save(...saved),
      toggle: (id, range) => latest.current?.toggle(id, range),
      pathOf: record => recordPath(name, object.name, record.id),
    }),
    [name, object.name],
  )
  return { keys, actions, refused }
}
