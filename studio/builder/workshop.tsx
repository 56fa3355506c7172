import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type Elements } from '@tessera/platform/editing/elements.js'
import type { Conflict, Decide } from '@tessera/platform/editing/three-way.js'
import { type Issue, localizeIssue } from '@tessera/platform/errors.js'
import { type Change, changesOf } from '@tessera/platform/model/changes.js'
import { compileModel } from '@tessera/platform/model/compile.js'
import type { Model } from '@tessera/platform/model/model.js'
import { runExamples } from '@tessera/platform/records/examples.js'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react'
import { useApp } from '../api/app.js'
import { toast } from '../ui/toast.js'
import { applyEntries, conflictsOf, type Draft, type Entry, edited, rebased, redone, reorderedIn, undone } from './draft.js'
import { definitionsOf } from './draft-api.js'
import { keepDraft, storedDraft } from './draft-place.js'
import { type DraftSync, useDraftSync } from './draft-sync.js'
import type { CheckMore } from './template-check.js'
import { useTexts } from './texts.js'

/** What is being built: the definitions that are live, the draft over them, and what that gives. */
export interface Workshop {
  readonly version: number
  /** What is live. */
  readonly live: Elements
  readonly liveModel: Model
  /** What will be live. */
  readonly elements: Elements
  readonly model: Model
  readonly issues: readonly Issue[]
  readonly changes: readonly Change[]
  /** Definitions of which only the order of their parts differs. */
  readonly reordered: readonly Entry[]
  /** How many things differ. */
  readonly count: number
  readonly draft: Draft
  /** The drafts of this member, and how the open one is saved. */
  readonly sync: DraftSync
  /** What somebody else published meanwhile and the draft changes too, each in another way. */
  readonly conflicts: readonly Conflict[]
  /** Edits the definitions; quick edits with the same key are one step of undo. */
  readonly edit: (key: string, path: string | null, change: (elements: Elements) => Elements) => void
  readonly undo: () => void
  readonly redo: () => void
  /** Forgets the draft, on the version that is live now unless said. */
  readonly discard: (version?: number) => void
  /** Brings the draft to the version that is live, with what is decided where both changed the same. */
  readonly settle: (decide: Decide) => void
}

const Context = createContext<Workshop | null>(null)

interface ProviderProps {
  readonly version: number
  readonly live: Elements
  /** Finds what is wrong beside what keeps the model from being linked. */
  readonly checkMore: CheckMore
  readonly children: ReactNode
}

/** Holds the open draft of this member for all pages of the studio. */
export function WorkshopProvider({ version, live, checkMore, children }: ProviderProps) {
  const workshop = useWorkshopState(version, live, checkMore)
  return <Context value={workshop}>{children}</Context>
}

/** The studio's draft and what it gives; only below `WorkshopProvider`. */
export function useWorkshop(): Workshop {
  const workshop = useContext(Context)
  if (!workshop) throw new Error('useWorkshop needs WorkshopProvider above it')
  return workshop
}

function useWorkshopState(version: number, live: Elements, checkMore: CheckMore): Workshop {
  const { t } = useTexts()
  const { member, locale } = useApp()
  const { slug } = member.workspace
  const [stored, setStored] = useState(() => storedDraft(slug, member.id, version))
  useEffect(() => keepDraft(slug, member.id, stored), [slug, member.id, stored])
  const { draft } = stored
  const setDraft = useCallback((change: (before: Draft) => Draft) => setStored(before => ({ ...before, draft: change(before.draft) })), [])
  const onConflicts = useConflictToast()
  const sync = useDraftSync({ stored, set: setStored, live, version, me: member.id, firstName: t('draft.first'), onConflicts })
  const { conflicts, settle } = useRebasing(draft, setDraft, version, live)
  const latest = useRef(live)
  useEffect(() => {
    latest.current = live
  })
  const edit = useCallback(
    (key: string, path: string | null, change: (elements: Elements) => Elements) => {
      const at = Date.now()
      setDraft(before => edited(before, latest.current, change(applyEntries(latest.current, before.entries)), { key, at, path }))
    },
    [setDraft],
  )
  const undo = useCallback(() => setDraft(undone), [setDraft])
  const redo = useCallback(() => setDraft(redone), [setDraft])
  const { clear } = sync
  const discard = useCallback((on?: number) => clear(on ?? version), [clear, version])
  const given = useGiven(live, draft, locale)
  const more = useMemo(() => checkMore(given, locale), [checkMore, given, locale])
  return useMemo(
    () => ({
      version,
      live,
      draft,
      sync,
      conflicts,
      edit,
      undo,
      redo,
      discard,
      settle,
      ...given,
      issues: [...given.issues, ...more],
    }),
    [version, live, draft, sync, conflicts, edit, undo, redo, discard, settle, given, more],
  )
}

/** Says what somebody else changed too, where one's own form stays. */
function useConflictToast(): (conflicts: readonly Conflict[], by: string) => void {
  const { t } = useTexts()
  const client = useQueryClient()
  return useCallback(
    (conflicts, by) => {
      const people = client.getQueryData<readonly { id: string; name: string }[]>(['members'])
      const who = people?.find(({ id }) => id === by)?.name ?? t('draft.somebody')
      toast(t('draft.bothChanged', { who, count: conflicts.length, place: conflicts[0]?.path ?? '' }))
    },
    [t, client],
  )
}

/** Brings a draft that stands on an earlier version to the one that is live; where both changed the same, somebody decides. */
function useRebasing(draft: Draft, setDraft: (change: (before: Draft) => Draft) => void, version: number, live: Elements) {
  const isBehind = draft.base < version
  const { data: began } = useQuery({
    queryKey: ['definitions', 'of', draft.base],
    queryFn: ({ signal }) => definitionsOf(draft.base, signal),
    enabled: isBehind,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const conflicts = useMemo(() => (isBehind && began ? conflictsOf(draft, began, live) : none), [draft, isBehind, began, live])
  useEffect(() => {
    if (isBehind && began && conflicts.length === 0)
      setDraft(before => (before.base < version ? rebased(before, version, began, live) : before))
  }, [isBehind, began, version, conflicts, live, setDraft])
  const settle = useCallback(
    (decide: Decide) => {
      if (began) setDraft(before => rebased(before, version, began, live, decide))
    },
    [began, version, live, setDraft],
  )
  return { conflicts, settle }
}

const none: readonly Conflict[] = []

/** The models before and after, and what differs. */
function useGiven(live: Elements, draft: Draft, locale: 'en' | 'zh-CN') {
  const liveModel = useMemo(() => compileModel(Object.values(live)).model, [live])
  return useMemo(() => {
    const elements = applyEntries(live, draft.entries)
    const { model, issues: broken } = compileModel(Object.values(elements))
    const issues = broken.length > 0 ? broken : runExamples(model).issues
    const changes = changesOf(liveModel, model)
    const reordered = reorderedIn(draft.entries, changes)
    return {
      liveModel,
      elements,
      model,
      issues: issues.map(issue => localizeIssue(issue, locale)),
      changes,
      reordered,
      count: changes.length + reordered.length,
    }
  }, [live, liveModel, draft.entries, locale])
}
