import { type KeyboardEvent, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { isKey, useShortcuts } from '../../ui/keys.js'
import { preferences } from '../../ui/preferences.js'
import type { ActiveCell, GridFocus } from './grid-focus.js'

interface GridKeysInput {
  readonly focus: GridFocus
  readonly rows: number
  readonly columns: number
  readonly pageRows: () => number
  readonly lastRow: () => Promise<number>
  readonly canEdit: (row: number, column: number) => boolean
  readonly reveal: (row: number) => void
  readonly open: (row: number) => void
  /** Opens a record to edit all of it; undefined where that is not allowed. */
  readonly edit: ((row: number) => void) | undefined
  readonly toggle: (row: number, range: boolean) => void
  readonly selectAll: () => void
  readonly remove: () => void
}

const moves: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  k: [-1, 0],
  j: [1, 0],
}

const within = (value: number, last: number): number => Math.max(0, Math.min(last, value))

/** The keyboard of a grid: one tab stop, arrows move, Enter edits or opens, Space selects. */
export function useGridKeys(input: GridKeysInput) {
  const { reveal } = input
  const { grid, active, wantsFocus, setWantsFocus, go } = input.focus
  useEffect(() => {
    if (!wantsFocus) return
    reveal(active.row)
    const frame = requestAnimationFrame(() => {
      const cell = grid.current?.querySelector<HTMLElement>(`[data-cell="${active.row}:${active.column}"]`)
      cell?.focus({ preventScroll: true })
      cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
      setWantsFocus(false)
    })
    return () => cancelAnimationFrame(frame)
  }, [wantsFocus, setWantsFocus, active.row, active.column, grid, reveal])
  useListedKeys(input.edit !== undefined, () => go(within(active.row, input.rows - 1), active.column))
  return (event: KeyboardEvent) => {
    if (active.isEditing || event.target instanceof HTMLInputElement || !(event.target as HTMLElement).dataset.cell) return
    if (gridKey(event, active, input, go)) {
      event.preventDefault()
      event.stopPropagation()
    }
  }
}

/** The keys of a grid in the list of keys; J and K also lead into it from elsewhere on the page. */
function useListedKeys(canEdit: boolean, enter: () => void): void {
  const { t } = useTranslation()
  useShortcuts([
    { keys: 'j', label: t('keys.rowAfter'), run: enter },
    { keys: 'k', label: t('keys.rowBefore'), run: enter },
    { keys: 'enter', label: t('keys.openOrEdit') },
    { keys: 'x', label: t('keys.choose') },
    { keys: 'shift+arrowdown', label: t('keys.chooseMore') },
    { keys: 'mod+a', label: t('keys.chooseAll') },
    ...(canEdit ? [{ keys: 'e', label: t('edit') }] : []),
    { keys: 'delete', label: t('delete') },
  ])
}

function gridKey(
  event: KeyboardEvent,
  active: ActiveCell,
  input: GridKeysInput,
  go: (row: number, column: number, isEditing?: boolean) => void,
): boolean {
  const { row, column } = active
  const hasModifier = event.ctrlKey || event.metaKey || event.altKey
  const move = hasModifier ? undefined : moves[event.key]
  if (move && isKey(event, event.key)) {
    const next = within(row + move[0], input.rows - 1)
    if (event.shiftKey && move[0] !== 0) input.toggle(next, true)
    go(next, within(column + move[1], input.columns))
  } else if (isKey(event, 'Home')) go(hasModifier ? 0 : row, 0)
  else if (isKey(event, 'End')) {
    if (hasModifier) void input.lastRow().then(last => go(last, input.columns))
    else go(row, input.columns)
  } else if (isKey(event, 'PageDown')) go(within(row + input.pageRows(), input.rows - 1), column)
  else if (isKey(event, 'PageUp')) go(within(row - input.pageRows(), input.rows - 1), column)
  else if (isKey(event, 'Enter', 'F2')) {
    if (column === 0) input.toggle(row, false)
    else if (column === 1 && event.key === 'Enter') input.open(row)
    else if (input.canEdit(row, column)) go(row, column, true)
    else if (event.key === 'Enter') input.open(row)
  } else if (isKey(event, ' ', 'x') && !hasModifier) input.toggle(row, event.shiftKey)
  else if (isKey(event, 'a') && hasModifier) input.selectAll()
  else if (isKey(event, 'e') && !hasModifier && input.edit && preferences().letterKeys) input.edit(row)
  else if (isKey(event, 'Delete')) input.remove()
  else return false
  return true
}
