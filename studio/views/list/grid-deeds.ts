import type { ObjectModel } from '@tessera/platform/model/model.js'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { editPath, recordPath } from '../../api/addresses.js'
import { useApp } from '../../api/app.js'
import { useAppName } from '../../api/app-name.js'
import { may } from '../../api/rights.js'
import { editableField } from '../../fields/editable.js'
import { useDeletion } from '../deletion.js'
import { keepTrail } from '../trail.js'
import { useCellWrite } from './cell-write.js'
import type { Column } from './columns.js'
import { useGridKeys } from './grid-keys.js'
import type { RowActions } from './grid-row.js'
import type { useGridScroll } from './grid-scroll.js'
import type { ListData } from './list-data.js'
import type { Selection } from './selection.js'

interface GridDeedsInput {
  object: ObjectModel
  columns: readonly Column[]
  data: ListData
  selection: Selection
  scrolled: ReturnType<typeof useGridScroll>
}

/** The deeds of a grid, behind one object that never changes, so that rows are drawn again only for their record. */
export function useGridDeeds({ object, columns, data, selection, scrolled }: GridDeedsInput) {
  const app = useApp()
  const { write, refused } = useCellWrite(object, data.select)
  const remove = useDeletion(object)
  const { rowAt } = data
  const { active, go, focus } = scrolled.focus
  const ways = useWays(object, data)
  const canEdit = (row: number, column: number) => {
    const [record, field] = [rowAt(row), columns[column - 1]?.field]
    return field !== undefined && record !== undefined && editableField(app, object, field, record) !== null
  }
  const next = (row: number, column: number) => columns.findIndex((_, at) => at >= column && canEdit(row, at + 1)) + 1
  const keys = useGridKeys({
    focus: scrolled.focus,
    rows: data.count,
    columns: columns.length,
    ...{ lastRow: data.lastRow, pageRows: scrolled.pageRows, reveal: scrolled.reveal },
    open: ways.open,
    edit: may(app, object, 'update') ? ways.write : undefined,
    toggle: (row, range) => selection.toggle(row, rowAt(row)?.id, range),
    canEdit,
    selectAll: () => selection.set(data.rows.map(row => row.id)),
    remove: () => void remove(selection.ids.size > 0 ? [...selection.ids] : [rowAt(active.row)?.id ?? '']),
  })
  const save: RowActions['save'] = (row, column, value, related, then) => {
    const [record, field] = [rowAt(row), columns[column - 1]?.field]
    if (record && field) void write(record, field, value, related)
    const after = then === 'next' ? next(row, column) : 0
    go(row, after || column, after > 0)
  }
  const actions = useStableActions({
    focus,
    edit: (row, column) => go(row, column, true),
    stopEdit: () => go(active.row, active.column),
    save,
    toggle: selection.toggle,
    ...ways,
  })
  return { active, keys, actions, refused }
}

/** The ways from a list to its records. */
function useWays(object: ObjectModel, { rows, from, total, rowAt }: ListData) {
  const name = useAppName()
  const navigate = useNavigate()
  const pathOf = ({ id }: { readonly id: string }) => recordPath(name, object.name, id)
  const leave = () =>
    keepTrail(
      object.name,
      rows.map(row => row.id),
      from,
      total,
    )
  const open = (row: number) => {
    const record = rowAt(row)
    if (!record) return
    leave()
    void navigate(pathOf(record))
  }
  const write = (row: number) => {
    const record = rowAt(row)
    if (record) void navigate(editPath(name, object.name, record.id))
  }
  return { pathOf, leave, open, write }
}

/** The same object as long as the grid lives, doing what was said last; addresses are made while rows are drawn and do not change. */
function useStableActions(now: RowActions): RowActions {
  const latest = useRef(now)
  useEffect(() => {
    latest.current = now
  })
  const [pathOf] = useState(() => now.pathOf)
  return useMemo<RowActions>(
    () => ({
      focus: (row, column) => latest.current.focus(row, column),
      edit: (row, column) => latest.current.edit(row, column),
      stopEdit: () => latest.current.stopEdit(),
      save: (...saved) => latest.current.save(...saved),
      toggle: (row, id, range) => latest.current.toggle(row, id, range),
      leave: () => latest.current.leave(),
      pathOf,
    }),
    [pathOf],
  )
}
