import { type Draft, type Entries, emptyDraft } from './draft.js'

/** Steps of undo that survive a reload. */
const keptSteps = 10

/** What the server has of a draft, as far as this device knows. */
export interface Kept {
  readonly id: string
  readonly revision: number
  readonly entries: Entries
  /** What was sent and is not answered yet; where the answer is lost, as with a page that is left, the server may have it. */
  readonly sent?: Entries
}

/** A draft on this device, and what the server has of it; null where it was never saved there. */
export interface Stored {
  readonly draft: Draft
  readonly kept: Kept | null
}

const placeOf = (workspace: string, member: string): string => `tessera.studio.draft.${workspace}.${member}`

/** Keeps a draft on this device, so that nothing is lost between two saves; what is empty and nowhere else is forgotten. */
export function keepDraft(workspace: string, member: string, { draft, kept }: Stored): void {
  const place = placeOf(workspace, member)
  if (kept === null && Object.keys(draft.entries).length === 0 && draft.past.length === 0) localStorage.removeItem(place)
  else {
    const steps = { past: draft.past.slice(-keptSteps), future: draft.future.slice(0, keptSteps) }
    localStorage.setItem(place, JSON.stringify({ ...draft, ...steps, kept }))
  }
}

/** The draft that was kept for this workspace and member, else an empty one on the version that is live. */
export function storedDraft(workspace: string, member: string, version: number): Stored {
  try {
    const { kept = null, ...draft } = JSON.parse(localStorage.getItem(placeOf(workspace, member)) ?? '{}') as Draft & { kept?: Kept | null }
    return typeof draft.base === 'number' && typeof draft.entries === 'object'
      ? { draft, kept }
      : { draft: emptyDraft(version), kept: null }
  } catch {
    return { draft: emptyDraft(version), kept: null }
  }
}
