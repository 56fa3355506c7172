import { type Elements } from '@tessera/platform/editing/elements.js'
import { type Issue, localizeIssue } from '@tessera/platform/errors.js'
import { type Change, changesOf } from '@tessera/platform/model/changes.js'
import { compileModel } from '@tessera/platform/model/compile.js'
import type { Model } from '@tessera/platform/model/model.js'
import { runExamples } from '@tessera/platform/records/examples.js'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react'
import { useApp } from '../api/app.js'
import { applyEntries, conflictsOf, type Draft, type Entry, edited, emptyDraft, rebased, redone, reorderedIn, undone } from './draft.js'
import { keepDraft, storedDraft } from './draft-place.js'

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
  /** Definitions that somebody else published meanwhile and the draft changes too. */
  readonly conflicts: readonly string[]
  /** Edits the definitions; quick edits with the same key are one step of undo. */
  readonly edit: (key: string, path: string | null, change: (elements: Elements) => Elements) => void
  readonly undo: () => void
  readonly redo: () => void
  /** Forgets the draft, on the version that is live now unless said. */
  readonly discard: (version?: number) => void
  readonly settle: (keep: 'mine' | 'theirs') => void
}

const Context = createContext<Workshop | null>(null)

/** Holds the draft of this member, on this device, for all pages of the studio. */
export function WorkshopProvider({ version, live, children }: { version: number; live: Elements; children: ReactNode }) {
  const workshop = useWorkshopState(version, live)
  return <Context value={workshop}>{children}</Context>
}

/** The studio's draft and what it gives; only below `WorkshopProvider`. */
export function useWorkshop(): Workshop {
  const workshop = useContext(Context)
  if (!workshop) throw new Error('useWorkshop needs WorkshopProvider above it')
  return workshop
}

function useWorkshopState(version: number, live: Elements): Workshop {
  const { member, locale } = useApp()
  const { slug } = member.workspace
  const [draft, setDraft] = useState(() => storedDraft(slug, member.id, version))
  useEffect(() => keepDraft(slug, member.id, draft), [slug, member.id, draft])
  const conflicts = useMemo(() => (draft.base < version ? conflictsOf(draft, live) : []), [draft, version, live])
  useEffect(() => {
    if (draft.base < version && conflicts.length === 0) setDraft(before => rebased(before, version, live))
  }, [draft.base, version, conflicts, live])
  const latest = useRef(live)
  useEffect(() => {
    latest.current = live
  })
  const edit = useCallback((key: string, path: string | null, change: (elements: Elements) => Elements) => {
    const at = Date.now()
    setDraft(before => edited(before, latest.current, change(applyEntries(latest.current, before.entries)), { key, at, path }))
  }, [])
  const undo = useCallback(() => setDraft(undone), [])
  const redo = useCallback(() => setDraft(redone), [])
  const discard = useCallback((on?: number) => setDraft(emptyDraft(on ?? version)), [version])
  const settle = useCallback((keep: 'mine' | 'theirs') => setDraft(before => rebased(before, version, latest.current, keep)), [version])
  const given = useGiven(live, draft, locale)
  return useMemo(
    () => ({ version, live, draft, conflicts, edit, undo, redo, discard, settle, ...given }),
    [version, live, draft, conflicts, edit, undo, redo, discard, settle, given],
  )
}

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
