import type { ObjectModel } from '@tessera/platform/model/model.js'
import { rootNames, typeNames } from '@tessera/platform/model/naming.js'
import type { Client } from 'graphql-ws'
import { useEffect, useRef } from 'react'
import { standIn } from './live-standin.js'
import { previewed } from './preview.js'
import type { RecordValues } from './records.js'

/** What somebody did to a record, as the server tells it; `RESYNC` says to read again. */
export interface LiveChange {
  readonly kind: 'CREATED' | 'UPDATED' | 'ENTERED' | 'LEFT' | 'RESYNC'
  readonly id: string | null
  readonly record: RecordValues | null
  readonly cursor: string | null
}

/** Which records are followed, with the fields of `select`. */
export interface LiveAsked {
  readonly object: ObjectModel
  readonly select: string
  readonly where?: Readonly<Record<string, unknown>> | undefined
  readonly ids?: readonly string[] | undefined
}

const again: LiveChange = { kind: 'RESYNC', id: null, record: null, cursor: null }
/** Soon after a break, and every few minutes where a proxy in between lets no WebSockets through. */
const longestPause = 300_000

const isTyping = (): boolean => document.activeElement?.matches('input, textarea, select, [contenteditable]') === true
const without = standIn({
  isQuiet: () => document.visibilityState === 'visible' && !isTyping(),
  later: (run, time) => {
    const timer = setTimeout(run, time)
    return () => clearTimeout(timer)
  },
})

let client: Promise<Client> | null = null

/** The one connection of this page, made when somebody first listens; it comes back by itself. */
function connection(): Promise<Client> {
  client ??= import('graphql-ws').then(({ createClient }) =>
    createClient({
      url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
      lazyCloseTimeout: 5_000,
      keepAlive: 25_000,
      retryAttempts: Number.POSITIVE_INFINITY,
      on: { connected: () => without.connected(true), closed: () => without.connected(false) },
      shouldRetry: () => true,
      // many pages that lost the same server do not come back at the same moment
      retryWait: tries => new Promise(done => setTimeout(done, Math.min(longestPause, 500 * 2 ** tries) * (0.5 + Math.random() / 2))),
    }),
  )
  return client
}

/**
 * Tells of changes until the function that it gives is called. A broken connection goes on behind the last change; where that cannot be,
 * and when nothing had come yet, it says to read again. Without WebSockets it says so once a minute.
 */
function follow({ object, select, where, ids }: LiveAsked, tell: (change: LiveChange) => void): () => void {
  // a draft is not followed: what is told there is what is live
  if (previewed !== null) return () => undefined
  const root = rootNames(object.name, object.plural).subscriptions.changed
  const query = `subscription Live($where: ${typeNames(object.name).Where}, $ids: [ID!], $after: String) { change: ${root}(where: $where, ids: $ids, after: $after) { kind id cursor record { ${select} } } }`
  // the same object is sent again after a break, so the cursor in it is where it goes on
  const variables: Record<string, unknown> = { where, ids, after: undefined }
  const stops = [without.join(() => tell(again))]
  let isOver = false
  void connection().then(live => {
    if (isOver) return
    const next = ({ data }: { data?: { change: LiveChange } | null }) => {
      if (!data) return
      variables.after = data.change.cursor ?? undefined
      tell(data.change)
    }
    const silent = () => undefined
    stops.push(
      live.on('connected', (_socket, _payload, wasRetry) => wasRetry && variables.after === undefined && tell(again)),
      live.subscribe<{ change: LiveChange }>({ query, variables }, { next, error: silent, complete: silent }),
    )
  })
  return () => {
    isOver = true
    for (const stop of stops) stop()
  }
}

/** Follows records while a page shows them; `tell` may be another function each time. */
export function useLive(asked: LiveAsked | null, tell: (change: LiveChange) => void): void {
  const latest = useRef(tell)
  useEffect(() => {
    latest.current = tell
  })
  const key = asked && JSON.stringify([asked.select, asked.where, asked.ids])
  const object = asked?.object
  useEffect(() => {
    if (!object || key === null) return undefined
    const [select, where, ids] = JSON.parse(key) as [string, LiveAsked['where'] | null, LiveAsked['ids'] | null]
    return follow({ object, select, where: where ?? undefined, ids: ids ?? undefined }, change => latest.current(change))
  }, [object, key])
}
