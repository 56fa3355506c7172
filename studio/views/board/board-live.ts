import { type InfiniteData, type QueryClient, useQueryClient } from '@tanstack/react-query'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { useCallback, useEffect, useRef } from 'react'
import { type LiveChange, useLive } from '../../api/live.js'
import type { Page, RecordValues } from '../../api/records.js'
import { type LaneKey, laneOf } from './board-lane.js'

/** Changes that come together are read together; where they keep coming, a board reads so often at most. */
const pause = 150
const leastBetween = 1_000

interface Followed {
  readonly object: ObjectModel
  readonly field: FieldModel
  readonly select: string
  readonly where: Readonly<Record<string, unknown>> | undefined
  /** While a card is in somebody's hand, or on its way, nothing moves; what happened meanwhile is drawn after. */
  readonly isHeld: boolean
}

/** What is to be read again: some columns, or all of them. */
interface Due {
  lanes: Set<string>
  all: boolean
}

/**
 * Keeps a board as the records are on the server: cards come, go from column to column and leave, and what the columns add up to follows.
 * Only the columns that a change touches are read again. A search is followed as well: the server says what fits it.
 */
export function useBoardLive({ object, field, select, where, isHeld }: Followed): void {
  const client = useQueryClient()
  const due = useRef<Due>({ lanes: new Set(), all: false })
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const readAt = useRef(0)
  const held = useRef(isHeld)
  const read = useCallback(() => {
    timer.current = undefined
    const { lanes, all } = due.current
    if (held.current || (!all && lanes.size === 0)) return
    due.current = { lanes: new Set(), all: false }
    readAt.current = Date.now()
    const touched = ({ queryKey }: { queryKey: readonly unknown[] }) => {
      const lane = laneOf(queryKey[3] as LaneKey | undefined, field.key)
      return lane !== null && (all || lanes.has(lane))
    }
    void client.invalidateQueries({ queryKey: ['records', object.name, 'pages'], predicate: touched })
    void client.invalidateQueries({ queryKey: ['totals', object.name] })
  }, [client, object.name, field.key])
  const readSoon = useCallback(() => {
    timer.current ??= setTimeout(read, Math.max(pause, readAt.current + leastBetween - Date.now()))
  }, [read])
  useEffect(() => {
    held.current = isHeld
    if (!isHeld) readSoon()
  }, [isHeld, readSoon])
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      timer.current = undefined
    },
    [read],
  )
  useLive({ object, select, where }, ({ kind, id, record }: LiveChange) => {
    if (kind === 'RESYNC') due.current.all = true
    if (id !== null) for (const lane of lanesOf(client, object.name, field, id, record)) due.current.lanes.add(lane)
    readSoon()
  })
}

/** The columns that a change touches: where the card lies, as far as it is loaded, and where it belongs now. */
function lanesOf(client: QueryClient, object: string, field: FieldModel, id: string, now: RecordValues | null): string[] {
  const lanes = now?.[field.key] == null ? [] : [String(now[field.key])]
  for (const [queryKey, data] of client.getQueriesData<InfiniteData<Page>>({ queryKey: ['records', object, 'pages'] })) {
    const lane = laneOf(queryKey[3] as LaneKey | undefined, field.key)
    if (lane !== null && data?.pages.some(({ nodes }) => nodes.some(node => node.id === id))) lanes.push(lane)
  }
  return lanes
}
