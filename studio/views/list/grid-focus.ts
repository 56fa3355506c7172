import { type RefObject, useCallback, useState } from 'react'

/** The cell that has the focus of a grid, and whether its value is being edited. */
export interface ActiveCell {
  readonly row: number
  readonly column: number
  readonly isEditing: boolean
}

const first: ActiveCell = { row: 0, column: 1, isEditing: false }

/** Which cell of a grid is the one that Tab leads to. */
export function useGridFocus(grid: RefObject<HTMLDivElement | null>, count: number, begins: Omit<ActiveCell, 'isEditing'> | undefined) {
  const [chosen, setActive] = useState<ActiveCell>(begins ? { row: begins.row, column: begins.column, isEditing: false } : first)
  const [wantsFocus, setWantsFocus] = useState(false)
  const active = chosen.row < count ? chosen : { ...chosen, row: Math.max(0, count - 1), isEditing: false }
  const go = useCallback((row: number, column: number, isEditing = false) => {
    setActive({ row, column, isEditing })
    if (!isEditing) setWantsFocus(true)
  }, [])
  const focus = useCallback(
    (row: number, column: number) =>
      setActive(before => (before.row === row && before.column === column ? before : { row, column, isEditing: false })),
    [],
  )
  const forget = useCallback(() => setActive(first), [])
  return { grid, active, wantsFocus, setWantsFocus, go, focus, forget }
}

export type GridFocus = ReturnType<typeof useGridFocus>
