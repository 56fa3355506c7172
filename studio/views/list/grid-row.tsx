import type { ObjectModel } from '@tessera/platform/model/model.js'
import { Checkbox } from 'antd'
import { type MouseEvent, memo, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp } from '../../api/app.js'
import { isChanged } from '../../api/changed-values.js'
import type { RecordValues, Related } from '../../api/records.js'
import { editableField } from '../../fields/editable.js'
import { faceOf } from '../../fields/index.js'
import { Skeleton } from '../../ui/small.js'
import type { Column } from './columns.js'
import { CellContent, CellEditor } from './grid-cell.js'

/** What rows call back; the same object for the life of a grid. */
export interface RowActions {
  readonly focus: (row: number, column: number) => void
  readonly edit: (row: number, column: number) => void
  readonly stopEdit: () => void
  readonly save: (row: number, column: number, value: unknown, related: Related | null | undefined, then: 'stay' | 'next') => void
  readonly toggle: (row: number, id: string, range: boolean) => void
  /** Keeps the list, for whoever goes from record to record. */
  readonly leave: () => void
  readonly pathOf: (record: RecordValues) => string
}

interface GridRowProps {
  /** Undefined until it is loaded; its place is there already. */
  record: RecordValues | undefined
  index: number
  top: number
  columns: readonly Column[]
  lefts: readonly number[]
  object: ObjectModel
  /** The column that has the focus, and whether it is being edited; -1 when the row has none. */
  active: number
  isEditing: boolean
  isSelected: boolean
  refused: Readonly<Record<string, string>>
  actions: RowActions
}

/** One record of a list; drawn again only when it or its state changed. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { record, index, top, columns, active, isSelected, actions } = props
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      aria-busy={record ? undefined : true}
      className="grid-row"
      style={{ transform: `translateY(${top}px)` }}
    >
      <div
        role="gridcell"
        aria-colindex={1}
        className="grid-cell check-cell"
        data-cell={`${index}:0`}
        tabIndex={active === 0 ? 0 : -1}
        onFocus={event => event.target === event.currentTarget && actions.focus(index, 0)}
      >
        {record ? <RowCheck {...props} record={record} /> : <Skeleton width={16} height={16} />}
      </div>
      {columns.map((column, at) => (
        <GridCell key={column.field.name} {...props} column={column} at={at + 1} />
      ))}
    </div>
  )
})

function RowCheck({ record, index, columns, isSelected, actions }: GridRowProps & { record: RecordValues }) {
  const { t } = useTranslation()
  const title = columns[0]
  return (
    <Checkbox
      checked={isSelected}
      tabIndex={-1}
      aria-label={t('list.select', { name: title ? String(record[title.field.key] ?? '') : record.id })}
      onClick={event => actions.toggle(index, record.id, (event as MouseEvent).shiftKey)}
    />
  )
}

function GridCell(props: GridRowProps & { column: Column; at: number }) {
  const { record, index, lefts, object, active, isEditing, refused, actions, column, at } = props
  const app = useApp()
  const face = faceOf(column.field)
  const open = useMemo(() => (record ? editableField(app, object, column.field, record) : null), [app, object, column.field, record])
  const [isOver, setOver] = useState(false)
  const isActive = active === at
  const problem = record && refused[`${record.id} ${column.field.name}`]
  const isFlashing = record !== undefined && (isChanged(record, column.field.key) || isChanged(record, column.field.name))
  const classes = [
    'grid-cell',
    face.align === 'right' ? 'right' : '',
    column.isTitle ? 'pinned' : '',
    problem ? 'refused' : '',
    isActive && isEditing ? 'editing' : '',
    isFlashing ? 'flash' : '',
  ].filter(name => name !== '')
  return (
    <div
      role="gridcell"
      aria-colindex={at + 1}
      className={classes.join(' ')}
      style={{ width: column.width, left: column.isTitle ? 40 : (lefts[at - 1] ?? 0) }}
      data-cell={`${index}:${at}`}
      tabIndex={isActive ? 0 : -1}
      aria-readonly={open ? undefined : true}
      onFocus={event => event.target === event.currentTarget && actions.focus(index, at)}
      onDoubleClick={() => open && actions.edit(index, at)}
      onPointerEnter={() => setOver(true)}
      onPointerLeave={() => setOver(false)}
    >
      {!record ? (
        <Skeleton width={column.isTitle ? '52%' : '64%'} />
      ) : isActive && isEditing && open ? (
        <CellEditor
          key={record.id}
          record={record}
          field={open}
          onSave={(value, related, then) => actions.save(index, at, value, related, then)}
          onCancel={actions.stopEdit}
        />
      ) : (
        <CellContent
          record={record}
          field={column.field}
          isTitle={column.isTitle}
          to={actions.pathOf(record)}
          refused={problem}
          onLeave={actions.leave}
          onEdit={open && isOver ? () => actions.edit(index, at) : undefined}
        />
      )}
    </div>
  )
}
