import { useQuery } from '@tanstack/react-query'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { idsAmong } from '../../api/record-window.js'
import type { ListData } from './list-data.js'
import type { ListState } from './list-state.js'

/** Which records are chosen; `all` stands for every record that matches, loaded or not. */
export interface Selection {
  readonly ids: ReadonlySet<string>
  readonly all: boolean
  /** Chooses the record of a row or gives it up; with `range`, all from the row that was chosen last. */
  readonly toggle: (row: number, id: string | undefined, range?: boolean) => void
  readonly set: (ids: readonly string[]) => void
  readonly chooseAll: () => void
  readonly clear: () => void
}

/** Keeps a choice among the records of a list, loaded or not; what no longer matches leaves it, so that the count tells the truth. */
export function useSelection(object: ObjectModel, state: ListState, data: ListData): Selection {
  const [chosen, setChosen] = useState<Ids>(new Set())
  const [all, setAll] = useState(false)
  const gone = useGone(object, state, data, chosen)
  const ids = useMemo(
    () => ([...chosen].some(id => gone.has(id)) ? new Set([...chosen].filter(id => !gone.has(id))) : chosen),
    [chosen, gone],
  )
  const toggle = useToggle(data, setChosen, setAll)
  return {
    ids,
    all: all && ids.size > 0,
    toggle,
    set: useCallback((next: readonly string[]) => {
      setAll(false)
      setChosen(new Set(next))
    }, []),
    chooseAll: useCallback(() => setAll(true), []),
    clear: useCallback(() => {
      setAll(false)
      setChosen(new Set())
    }, []),
  }
}

type Ids = ReadonlySet<string>

/** Chooses and gives up; stays the same while rows come and go. */
function useToggle(data: ListData, change: (to: (before: Ids) => Ids) => void, setAll: (all: boolean) => void): Selection['toggle'] {
  const anchor = useRef<number>(undefined)
  const latest = useRef(data)
  useEffect(() => {
    latest.current = data
  })
  return useCallback(
    (row, id, range = false) => {
      setAll(false)
      const from = anchor.current
      anchor.current = row
      const add = (more: readonly string[]) => change(before => new Set([...before, ...more]))
      if (range && from !== undefined) return chooseBetween(latest.current, Math.min(from, row), Math.max(from, row), add)
      change(before => {
        const next = new Set(before)
        if (id !== undefined && !next.delete(id)) next.add(id)
        return next
      })
    },
    [change, setAll],
  )
}

/** Rows that are not loaded any more are asked for by their ids. */
function chooseBetween({ rows, from, idsOf }: ListData, first: number, last: number, add: (ids: readonly string[]) => void): void {
  if (first >= from && last < from + rows.length) add(rows.slice(first - from, last - from + 1).map(row => row.id))
  else void idsOf(first, last).then(add, () => undefined)
}

const none: Ids = new Set()

/** Which of the chosen records are no longer in the list; asked once some of them are not loaded, and again when the list is read again. */
function useGone(object: ObjectModel, { where, search }: ListState, { rows }: ListData, chosen: Ids): Ids {
  const loaded = useMemo(() => new Set(rows.map(row => row.id)), [rows])
  const { data } = useQuery({
    queryKey: ['records', object.name, 'chosen', { where, search }],
    queryFn: async ({ signal }) => {
      const here = await idsAmong({ object, where, search }, [...chosen], signal)
      return new Set([...chosen].filter(id => !here.has(id)))
    },
    enabled: [...chosen].some(id => !loaded.has(id)),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  return data ?? none
}
