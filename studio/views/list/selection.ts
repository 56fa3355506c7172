import { useCallback, useMemo, useState } from 'react'

/** Which records are chosen; `all` stands for every record that matches, loaded or not. */
export interface Selection {
  readonly ids: ReadonlySet<string>
  readonly all: boolean
  readonly toggle: (id: string, range?: boolean) => void
  readonly set: (ids: readonly string[]) => void
  readonly chooseAll: () => void
  readonly clear: () => void
}

/** Keeps a choice among the rows; what is no longer among them leaves it, so the count is what one sees. */
export function useSelection(rows: readonly { id: string }[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [anchor, setAnchor] = useState<string>()
  const [all, setAll] = useState(false)
  const ids = useMemo(() => {
    const present = new Set(rows.map(row => row.id))
    return [...chosen].every(id => present.has(id)) ? chosen : new Set([...chosen].filter(id => present.has(id)))
  }, [chosen, rows])
  const toggle = useCallback(
    (id: string, range = false) => {
      setAll(false)
      setAnchor(id)
      setChosen(before => {
        const next = new Set(before)
        const from = rows.findIndex(row => row.id === anchor)
        const to = rows.findIndex(row => row.id === id)
        if (range && from >= 0 && to >= 0) for (const row of rows.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(row.id)
        else if (!next.delete(id)) next.add(id)
        return next
      })
    },
    [rows, anchor],
  )
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
