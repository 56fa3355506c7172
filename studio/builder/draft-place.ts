import { type Draft, emptyDraft } from './draft.js'

/** Steps of undo that survive a reload. */
const keptSteps = 10

const placeOf = (workspace: string, member: string): string => `tessera.studio.draft.${workspace}.${member}`

/** Keeps a draft on this device; an empty one is forgotten. */
export function keepDraft(workspace: string, member: string, draft: Draft): void {
  const place = placeOf(workspace, member)
  if (Object.keys(draft.entries).length === 0 && draft.past.length === 0) localStorage.removeItem(place)
  else
    localStorage.setItem(place, JSON.stringify({ ...draft, past: draft.past.slice(-keptSteps), future: draft.future.slice(0, keptSteps) }))
}

/** The draft that was kept for this workspace and member, else an empty one on the version that is live. */
export function storedDraft(workspace: string, member: string, version: number): Draft {
  try {
    const kept = JSON.parse(localStorage.getItem(placeOf(workspace, member)) ?? 'null') as Draft | null
    return kept && typeof kept.base === 'number' && typeof kept.entries === 'object' ? kept : emptyDraft(version)
  } catch {
    return emptyDraft(version)
  }
}
