import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { type RefObject, useCallback, useEffect, useState } from 'react'
import { useGridFocus } from './grid-focus.js'
import type { ListData } from './list-data.js'
import { placeOf, useScrollPlace } from './list-place.js'
import type { ListState } from './list-state.js'

const headHeight = 37

interface GridScrollInput {
  readonly object: ObjectModel
  readonly state: ListState
  readonly data: ListData
  readonly rowHeight: number
  readonly grid: RefObject<HTMLDivElement | null>
}

/** Which rows of a grid are drawn: those in sight and the one that has the focus; reads what is missing, and comes back to where one stood. */
export function useGridScroll({ object, state, data, rowHeight, grid }: GridScrollInput) {
  const { count, question, anchor } = data
  const [place] = useState(() => placeOf(object, state))
  const focus = useGridFocus(grid, count, place)
  const { row, column } = focus.active
  const rangeExtractor = useCallback(
    (range: Range) => {
      const seen = defaultRangeExtractor(range)
      return seen.includes(row) || row >= range.count ? seen : [...seen, row].sort((a, b) => a - b)
    },
    [row],
  )
  const rows = useVirtualizer({
    count,
    getScrollElement: () => grid.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollPaddingStart: headHeight,
    rangeExtractor,
    initialOffset: place?.top ?? 0,
  })
  useEffect(() => rows.measure(), [rowHeight, rows])
  const { range, isScrolling } = rows
  useEffect(() => {
    if (range) data.look(range.startIndex, range.endIndex, isScrolling)
  })
  useScrollPlace(grid, { object, state, question, anchor, row, column }, rows, focus.forget)
  const room = useCallback(() => (rows.scrollRect?.height ?? 0) - headHeight, [rows])
  // the list knows where a row is: asking the page would make it lay out everything first
  const reveal = useCallback(
    (index: number) => {
      const [start, now] = [index * rowHeight, rows.scrollOffset ?? 0]
      const to = start < now ? start : Math.max(now, start + rowHeight - room())
      if (grid.current && to !== now) grid.current.scrollTop = to
    },
    [grid, rows, rowHeight, room],
  )
  const pageRows = () => Math.max(1, Math.floor(room() / rowHeight) - 1)
  return { items: rows.getVirtualItems(), height: rows.getTotalSize(), focus, pageRows, reveal }
}
