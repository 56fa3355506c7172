import type { ObjectModel } from '@tessera/platform/model/model.js'
import { namesForEditing } from '@tessera/platform/records/locks.js'
import { useMemo } from 'react'
import { useApp } from '../../api/app.js'
import { type RecordValues, useCounts, useRecordPages } from '../../api/records.js'
import { selectionOf } from '../../fields/selection.js'
import { type ListNews, useListLive } from './list-live.js'
import type { ListState } from './list-state.js'

/** The records of a list, as far as they are loaded, and how many there are. */
export interface ListData {
  readonly rows: readonly RecordValues[]
  /** An estimate where there are many. */
  readonly total: number | undefined
  readonly select: string
  readonly isFirstLoad: boolean
  readonly isRefreshing: boolean
  readonly error: Error | null
  readonly more: () => void
  readonly retry: () => void
  /** What others did that is not drawn yet. */
  readonly news: ListNews
}

/** Reads the records of a list with the fields that are shown. */
export function useListData(object: ObjectModel, state: ListState, fields: readonly string[]): ListData {
  const { model } = useApp()
  const names = fields.join(' ')
  const select = useMemo(() => {
    const shown = names.split(' ')
    return selectionOf(object, [...shown, ...namesForEditing(object, shown, model)], model)
  }, [object, names, model])
  const pages = useRecordPages({ object, select, where: state.where, search: state.search, orderBy: state.orderBy })
  const counting = useMemo(() => [{ where: state.where, search: state.search }], [state.where, state.search])
  const count = useCounts(object, counting)
  const rows = useMemo(() => (pages.data?.pages ?? []).flatMap(page => page.nodes), [pages.data])
  const { where, search } = state
  const news = useListLive({ object, select, where, search, rows, isReady: !pages.isPending })
  return {
    rows,
    news,
    total: count.data?.[0],
    select,
    isFirstLoad: pages.isPending,
    isRefreshing: pages.isFetching && !pages.isPending,
    error: pages.error,
    more: () => {
      if (pages.hasNextPage && !pages.isFetchingNextPage) void pages.fetchNextPage()
    },
    retry: () => void pages.refetch(),
  }
}
