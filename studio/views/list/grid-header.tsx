import { Checkbox } from 'antd'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { type PointerEvent as ReactPointerEvent, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useLabel } from '../../api/app.js'
import { faceOf } from '../../fields/index.js'
import { type Column, isSortable, maxWidth, minWidth, type Sorting } from './columns.js'

interface GridHeaderProps {
  columns: readonly Column[]
  lefts: readonly number[]
  sorting: readonly Sorting[]
  checked: boolean
  partly: boolean
  onCheck: () => void
  onSort: (field: string) => void
  onResize: (field: string, width: number) => void
}

/** The heads of the columns: icon and name of the field, a click orders, the edge resizes. */
export function GridHeader({ columns, lefts, sorting, checked, partly, onCheck, onSort, onResize }: GridHeaderProps) {
  const { t } = useTranslation()
  return (
    <div role="rowgroup" className="grid-head">
      <div role="row" aria-rowindex={1} className="grid-head-row">
        <div role="columnheader" aria-colindex={1} className="grid-cell check-cell">
          <Checkbox checked={checked} indeterminate={partly} onChange={onCheck} aria-label={t('list.selectLoaded')} />
        </div>
        {columns.map((column, at) => (
          <HeaderCell
            key={column.field.name}
            column={column}
            at={at}
            left={lefts[at] ?? 0}
            sorting={sorting}
            onSort={onSort}
            onResize={onResize}
          />
        ))}
      </div>
    </div>
  )
}

interface HeaderCellProps extends Pick<GridHeaderProps, 'sorting' | 'onSort' | 'onResize'> {
  column: Column
  at: number
  left: number
}

function HeaderCell({ column, at, left, sorting, onSort, onResize }: HeaderCellProps) {
  const { t } = useTranslation()
  const label = useLabel()
  const face = faceOf(column.field)
  const sorted = sorting.find(each => each.field === column.field.name)
  const order = sorted ? (sorted.direction === 'asc' ? 'ascending' : 'descending') : undefined
  const text = label(column.field.label)
  const content = (
    <>
      <face.icon size={14} aria-hidden />
      <span className="cut">{text}</span>
      {order && (order === 'ascending' ? <ArrowUp size={13} aria-hidden /> : <ArrowDown size={13} aria-hidden />)}
    </>
  )
  return (
    <div
      role="columnheader"
      aria-colindex={at + 2}
      aria-sort={order}
      className={`grid-cell ${face.align === 'right' ? 'right' : ''} ${column.isTitle ? 'pinned' : ''}`}
      style={{ width: column.width, left: column.isTitle ? 40 : left }}
    >
      {isSortable(column.field) ? (
        <button type="button" className="head-button" onClick={() => onSort(column.field.name)} title={t('list.sortBy', { name: text })}>
          {content}
        </button>
      ) : (
        <span className="head-button">{content}</span>
      )}
      <ResizeEdge width={column.width} onResize={width => onResize(column.field.name, width)} />
    </div>
  )
}

function ResizeEdge({ width, onResize }: { width: number; onResize: (width: number) => void }) {
  const from = useRef<{ x: number; width: number }>(undefined)
  const onMove = (event: ReactPointerEvent) => {
    if (from.current) onResize(Math.min(maxWidth, Math.max(minWidth, from.current.width + event.clientX - from.current.x)))
  }
  return (
    <span
      className="resize-edge"
      aria-hidden
      onPointerDown={event => {
        event.currentTarget.setPointerCapture(event.pointerId)
        from.current = { x: event.clientX, width }
      }}
      onPointerMove={onMove}
      onPointerUp={() => {
        from.current = undefined
      }}
    />
  )
}
