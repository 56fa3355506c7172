import { useQuery, useQueryClient } from '@tanstack/react-query'
import { canonical } from '@tessera/platform/definitions/canonical.js'
import type { Elements } from '@tessera/platform/editing/elements.js'
import type { Conflict } from '@tessera/platform/editing/three-way.js'
import { type Dispatch, type SetStateAction, useCallback, useEffect, useRef, useState } from 'react'
import { ApiError } from '../api/client.js'
import { type Entries, emptyDraft, joined, rebased } from './draft.js'
import { beginDraft, type DraftHead, definitionsOf, discardDraft, listDrafts, openDraft, saveDraft } from './draft-api.js'
import type { Kept, Stored } from './draft-place.js'

/** How the server stands to the draft: it has it, it is being sent, or it could not be reached and is tried again. */
export type SyncState = 'saved' | 'saving' | 'waiting'

/** The drafts of this member, the one that is open, and how it is saved. */
export interface DraftSync {
  readonly drafts: readonly DraftHead[]
  /** The open draft as the server lists it; null while it was never saved. */
  readonly head: DraftHead | null
  readonly state: SyncState
  /** Whether it is not known yet if this member has a draft: until then nothing can be edited, or a second one would begin. */
  readonly isOpening: boolean
  /** Opens another draft; null begins an empty one. What was not saved yet is saved first. */
  readonly choose: (id: string | null) => Promise<void>
  /** Reads the list again, as after a draft was named. */
  readonly refresh: () => void
  /** Throws the open draft away where it is one's own, and leaves an empty one on a version. */
  readonly clear: (version: number) => void
}

interface Around {
  readonly stored: Stored
  readonly set: Dispatch<SetStateAction<Stored>>
  readonly live: Elements
  readonly version: number
  /** The member's id. */
  readonly me: string
  /** What a first draft is called. */
  readonly firstName: string
  /** Told of what somebody else changed too, where one's own form stays. */
  readonly onConflicts: (conflicts: readonly Conflict[], by: string) => void
}

const pause = 800
const again = 5_000
const look = 4_000
const mostTries = 5

/** Whether both change the same, in whatever order. */
function isSame(left: Entries, right: Entries): boolean {
  if (left === right) return true
  const paths = Object.keys(left)
  return (
    paths.length === Object.keys(right).length &&
    paths.every(path => Object.hasOwn(right, path) && canonical(left[path]?.after ?? null) === canonical(right[path]?.after ?? null))
  )
}

/** Keeps the open draft on the server: saves what changed after a short pause, joins what others who work on it save. */
export function useDraftSync(around: Around): DraftSync {
  const latest = useRef(around)
  useEffect(() => {
    latest.current = around
  })
  const client = useQueryClient()
  const { kept, draft } = around.stored
  const list = useQuery({
    queryKey: ['drafts'],
    queryFn: ({ signal }) => listDrafts(signal),
    refetchInterval: query => (query.state.data?.some(each => each.id === kept?.id && isShared(each)) ? look : false),
  })
  const refresh = useCallback(() => void client.invalidateQueries({ queryKey: ['drafts'] }), [client])
  const drafts = list.data ?? none
  const head = drafts.find(({ id }) => id === kept?.id) ?? null
  const isUnsaved = kept ? !isSame(kept.entries, draft.entries) : Object.keys(draft.entries).length > 0
  const { state, push, leave } = useSaving(latest, isUnsaved, draft.entries, refresh)
  useFollowing(head, latest, isUnsaved)
  const isOpening = useFirstChoice(list.data, list.isError || list.isPaused, latest)
  const { choose, clear } = useChoosing(latest, push, leave, refresh)
  // an edit that is taken back before it was saved leaves nothing to save
  const told = !isUnsaved ? 'saved' : state === 'saved' ? 'saving' : state
  return { drafts, head, state: told, isOpening, choose, refresh, clear }
}

interface Latest {
  readonly current: Around
}

/** Saves a moment after the last edit, one save at a time; after a failure later again. */
function useSaving(latest: Latest, isUnsaved: boolean, entries: Entries, refresh: () => void) {
  const [state, setState] = useState<SyncState>('saved')
  const running = useRef<Promise<void> | null>(null)
  const left = useRef(0)
  const push = useCallback((): Promise<void> => {
    const began = left.current
    running.current ??= pushAll(
      () => latest.current,
      () => left.current === began,
    )
      .then(() => setState('saved'))
      .catch((error: unknown) => {
        setState('waiting')
        // nobody may save it any more: it goes on as a draft of one's own
        if (error instanceof ApiError && error.code === 'NOT_FOUND') latest.current.set(before => ({ ...before, kept: null }))
      })
      .finally(() => {
        running.current = null
        refresh()
      })
    return running.current
  }, [latest, refresh])
  useEffect(() => {
    if (!isUnsaved) return
    setState(before => (before === 'waiting' ? before : 'saving'))
    const timer = setTimeout(() => void push(), state === 'waiting' ? again : pause)
    return () => clearTimeout(timer)
  }, [isUnsaved, entries, state, push])
  /** Has a save that is under way end without touching what is open by then. */
  const leave = useCallback((): Promise<void> => {
    left.current++
    return running.current ?? Promise.resolve()
  }, [])
  return { state, push, leave }
}

/** The ways to another draft, and to none. */
function useChoosing(latest: Latest, push: () => Promise<void>, leave: () => Promise<void>, refresh: () => void) {
  const choose = useCallback(
    async (id: string | null) => {
      const { stored, set, version } = latest.current
      if (stored.kept && !isSame(stored.kept.entries, stored.draft.entries)) await push()
      set(id === null ? { draft: emptyDraft(version), kept: null } : await adopted(id))
    },
    [latest, push],
  )
  const clear = useCallback(
    (version: number) => {
      const { stored, set, me } = latest.current
      set({ draft: emptyDraft(version), kept: null })
      void leave()
        .then(() => throwAway(stored, me))
        .catch(() => undefined)
        .finally(refresh)
    },
    [latest, leave, refresh],
  )
  return { choose, clear }
}

/** Throws a draft away that is one's own, also where the server was still saving it for the first time. */
async function throwAway({ kept, draft }: Stored, me: string): Promise<void> {
  if (!kept && Object.keys(draft.entries).length === 0) return
  const own = (await listDrafts()).filter(({ author }) => author === me)
  for (const { id } of own) if (kept ? id === kept.id : isSame((await openDraft(id)).entries, draft.entries)) await discardDraft(id)
}

const none: readonly DraftHead[] = []

/** Whether somebody else may save it too. */
const isShared = ({ editors }: DraftHead): boolean => editors.length > 0

const adopted = async (id: string): Promise<Stored> => {
  const { base, revision, entries } = await openDraft(id)
  return { draft: { ...emptyDraft(base), entries }, kept: { id, revision, entries } }
}

/** Saves until the server has what is here, as long as the draft is open; what others saved meanwhile is joined first. */
async function pushAll(latest: () => Around, isOpen: () => boolean): Promise<void> {
  for (let tries = 0; tries < mostTries && isOpen(); tries++) {
    const { stored, set, firstName } = latest()
    const { draft, kept } = stored
    if (kept) set(before => (before.kept ? { ...before, kept: { ...before.kept, sent: draft.entries } } : before))
    try {
      const head = kept ? await saveDraft(kept.id, kept.revision, draft.base, draft.entries) : await beginDraft(firstName, draft.entries)
      const saved: Kept = { id: head.id, revision: head.revision, entries: draft.entries }
      return isOpen() ? set(before => ({ ...before, kept: saved })) : undefined
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'CONFLICT' || !kept || !isOpen()) throw error
      await pull(kept, latest)
    }
  }
}

/** Joins what somebody else saved of the draft; where they stood on an earlier version, on this one. */
async function pull(kept: Kept, latest: () => Around): Promise<void> {
  const remote = await openDraft(kept.id)
  const { version } = latest()
  // who is behind the version of a draft hears of it in a moment
  if (remote.base > version) return new Promise(resolve => setTimeout(resolve, 1_000))
  const began = remote.base < version ? await definitionsOf(remote.base) : null
  const { set, live, onConflicts } = latest()
  set(before => {
    const theirs = began ? rebased({ ...emptyDraft(remote.base), entries: remote.entries }, version, began, live).entries : remote.entries
    // what was sent from here and came there without an answer is not somebody else's
    const isOwn = before.kept?.sent !== undefined && isSame(before.kept.sent, remote.entries)
    const { draft, conflicts } = joined(before.draft, isOwn ? theirs : (before.kept?.entries ?? {}), theirs, live)
    if (conflicts.length > 0) queueMicrotask(() => onConflicts(conflicts, remote.changedBy))
    return { draft, kept: { id: kept.id, revision: remote.revision, entries: theirs } }
  })
  // what is set is read with the next look
  await new Promise(resolve => setTimeout(resolve, 50))
}

/** Joins what others saved when the list shows a later revision. */
function useFollowing(head: DraftHead | null, latest: Latest, isUnsaved: boolean): void {
  const { revision, id } = head ?? { revision: 0, id: '' }
  useEffect(() => {
    const { kept } = latest.current.stored
    if (!kept || kept.id !== id || revision <= kept.revision || isUnsaved) return
    void pull(kept, () => latest.current).catch(() => undefined)
  }, [id, revision, latest, isUnsaved])
}

/** On a device that holds no draft, the latest of one's own is opened; gives whether that is still under way. */
function useFirstChoice(drafts: readonly DraftHead[] | undefined, isUnknown: boolean, latest: Latest): boolean {
  const [isOpening, setOpening] = useState(() => isBlank(latest.current.stored))
  useEffect(() => {
    if (!isOpening || !(drafts || isUnknown)) return
    const { me, set } = latest.current
    const own = drafts?.find(({ author }) => author === me)
    void (own ? adopted(own.id) : Promise.resolve(null))
      .then(found => found && set(before => (isBlank(before) ? found : before)))
      .catch(() => undefined)
      .finally(() => setOpening(false))
  }, [drafts, isUnknown, isOpening, latest])
  return isOpening
}

const isBlank = ({ kept, draft }: Stored): boolean => kept === null && Object.keys(draft.entries).length === 0
