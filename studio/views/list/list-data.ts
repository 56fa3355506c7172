import type { ObjectModel } from '@tessera/platform/model/model.js'
import { namesForEditing } from '@tessera/platform/records/locks.js'
import { useMemo } from 'react'
import { useApp } from '../../api/app.js'
import { type Anchor, idsBetween, top, useRecordWindow } from '../../api/record-window.js'
import type { RecordValues } from '../../api/records.js'
import { selectionOf } from '../../fields/selection.js'
import { type ListNews, useListLive } from './list-live.js'
import { placeOf } from './list-place.js'
import type { ListState } from './list-state.js'
import { useListTotal } from './list-total.js'
import { readingFor, rowsIn } from './loaded-part.js'

/** The part of a list that is loaded, and how many records the whole has. */
export interface ListData {
  readonly rows: readonly RecordValues[]
  /** Which row of the list the first of these is. */
  readonly from: number
  /** How many rows the list scrolls through. */
  readonly count: number
  /** Whether there are more records than it scrolls through. */
  readonly isCut: boolean
  readonly rowAt: (index: number) => RecordValues | undefined
  /** An estimate where there are many. */
  readonly total: number | undefined
  readonly select: string
  /** What is asked: another question is another list. */
  readonly question: string
  readonly anchor: Anchor
  readonly isFirstLoad: boolean
  readonly isRefreshing: boolean
  readonly error: Error | null
  /** Reads what is missing of the rows that are looked at; far ones only once scrolling came to rest. */
  readonly look: (first: number, last: number, isMoving: boolean) => void
  /** The last row, exactly. */
  readonly lastRow: () => Promise<number>
  readonly idsOf: (from: number, to: number) => Promise<readonly string[]>
  readonly retry: () => void
  /** What others did that is not drawn yet. */
  readonly news: ListNews
}

/** As many records as are changed at once. */
const mostChosen = 10_000
/** Browsers draw no part of a page that lies deeper. */
const deepest = 16_000_000

/**
 * Reads the records of a list with the fields that are shown, where it is looked at.
 * @param rowHeight of one record, in pixels
 */
export function useListData(object: ObjectModel, state: ListState, fields: readonly string[], rowHeight: number): ListData {
  const select = useSelect(object, fields)
  const { where, search, orderBy } = state
  const most = Math.floor(deepest / rowHeight)
  const asked = { object, select, where, search, orderBy }
  const total = useListTotal(object, state, most)
  const { pages, hasBefore, hasAfter, question, anchor, jump } = useRecordWindow(asked, placeOf(object, state)?.anchor ?? top, total.exact)
  const rows = useMemo(() => (pages.data?.pages ?? []).flatMap(page => page.nodes), [pages.data])
  const from = pages.data?.pages[0]?.at ?? 0
  const part = { from, to: from + rows.length, hasBefore, hasAfter }
  const all = rowsIn(part, total.exact ?? total.told)
  const news = useListLive({ object, select, where, search, rows, isReady: !pages.isPending })
  return {
    ...{ rows, from, news, select, question, anchor },
    count: Math.min(all, most),
    isCut: all > most,
    rowAt: index => rows[index - from],
    total: total.told,
    isFirstLoad: pages.isPending,
    isRefreshing: pages.isFetching && !pages.isFetchingNextPage && !pages.isFetchingPreviousPage && !pages.isPending,
    error: pages.error,
    look: (first, last, isMoving) => {
      if (pages.isPending || pages.isPlaceholderData) return
      const reading = readingFor(part, first, last)
      if (reading === null) return
      if (typeof reading === 'object') {
        if (isMoving) return
        total.beExact()
        jump(reading.row)
      } else if (!pages.isFetching) void (reading === 'after' ? pages.fetchNextPage() : pages.fetchPreviousPage())
    },
    lastRow: async () => Math.min(most, await total.ask(all)) - 1,
    idsOf: (first, last) => idsBetween(asked, first, last, mostChosen),
    retry: () => void pages.refetch(),
  }
}

/** The selection of the fields that are shown, and of what editing them takes. */
function useSelect(object: ObjectModel, fields: readonly string[]): string {
  const { model } = useApp()
  const names = fields.join(' ')
  return useMemo(() => {
    const shown = names.split(' ')
    return selectionOf(object, [...shown, ...namesForEditing(object, shown, model)], model)
  }, [object, names, model])
}
