import { type InfiniteData, useQueryClient } from '@tanstack/react-query'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { isSame } from '@tessera/platform/records/values.js'
import { useEffect, useState } from 'react'
import { markChanged } from '../../api/changed-values.js'
import { type LiveChange, useLive } from '../../api/live.js'
import type { Page, RecordValues } from '../../api/records.js'

/** What others did that the list does not show by itself, because it would move under the reader. */
export interface ListNews {
  readonly added: number
  readonly left: number
  /** Reads the list again. */
  readonly show: () => void
}

interface Followed {
  readonly object: ObjectModel
  readonly select: string
  readonly where: Readonly<Record<string, unknown>> | undefined
  /** A search cannot be followed: what is new may not fit it. */
  readonly search: string | undefined
  readonly rows: readonly RecordValues[]
  readonly isReady: boolean
}

const nothing: ReadonlySet<string> = new Set()

/**
 * Keeps the rows of a list as they are on the server: a changed one is drawn anew in its place. What was added or left is counted, and shown
 * when the reader says so: nothing jumps.
 */
export function useListLive({ object, select, where, search, rows, isReady }: Followed): ListNews {
  const client = useQueryClient()
  const [added, setAdded] = useState(nothing)
  const [left, setLeft] = useState(nothing)
  const loaded = new Set(rows.map(({ id }) => id))
  const show = () => {
    setAdded(nothing)
    setLeft(nothing)
    void client.invalidateQueries({ queryKey: ['records', object.name] })
    void client.invalidateQueries({ queryKey: ['totals', object.name] })
  }
  const replace = (now: RecordValues) =>
    client.setQueriesData<InfiniteData<Page>>(
      { queryKey: ['records', object.name, 'pages'], predicate: ({ queryKey }) => (queryKey[3] as { select?: string }).select === select },
      data => data && { ...data, pages: data.pages.map(page => ({ ...page, nodes: page.nodes.map(node => replaced(node, now)) })) },
    )
  useLive(isReady ? { object, select, where } : null, ({ kind, id, record }: LiveChange) => {
    if (kind === 'RESYNC') return show()
    if (id === null) return
    if (kind === 'LEFT') {
      if (loaded.has(id)) setLeft(before => new Set(before).add(id))
      return
    }
    setLeft(before => without(before, id))
    if (record && loaded.has(id)) return void replace(record)
    if (!search && kind !== 'UPDATED') setAdded(before => new Set(before).add(id))
  })
  const names = rows.map(({ id }) => id).join()
  useEffect(() => {
    // what is loaded now is no news any more, and what is gone from the list has left it
    const here = new Set(names.split(','))
    setAdded(before => ([...before].some(id => here.has(id)) ? new Set([...before].filter(id => !here.has(id))) : before))
    setLeft(before => ([...before].some(id => !here.has(id)) ? new Set([...before].filter(id => here.has(id))) : before))
  }, [names])
  return { added: added.size, left: left.size, show }
}

function replaced(node: RecordValues, now: RecordValues): RecordValues {
  // at the same version its links, or what is read along relations, may be others
  if (node.id !== now.id || node.version > now.version || isSame(node, now)) return node
  markChanged(node, now)
  return now
}

const without = (ids: ReadonlySet<string>, id: string): ReadonlySet<string> =>
  ids.has(id) ? new Set([...ids].filter(other => other !== id)) : ids
