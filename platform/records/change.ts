import type { ObjectModel } from '../model/model.js'
import { Slot } from '../sql/sql.js'
import type { Move } from './move.js'
import type { Values } from './values.js'

/** What happens to a record; events are named after it. */
export type Deed = 'created' | 'updated' | 'deleted' | 'restored'

/** The way by which a write comes in: a person in the app, a program, an import, demo records, a run of a workflow. */
export type Channel = 'app' | 'api' | 'import' | 'seed' | 'workflow'

/** One record as it was and as it will be, decided. */
export interface Change {
  readonly object: ObjectModel
  readonly deed: Deed
  readonly id: string
  readonly before: Values | null
  readonly after: Values
  /** The keys whose values differ, system fields aside. */
  readonly changed: readonly string[]
  /** The version that the record gets. */
  readonly version: number
  /** Nobody asked for it: it follows from other changes. It makes an event, but no history and no conflict with whoever edits. */
  readonly isComputed?: boolean
  /** It only points at the record that another one was merged into: judged by the rules that read what changed, and copies stay as they were taken. */
  readonly isMoved?: boolean
  /** It is deleted because it goes into another one. */
  readonly isMerged?: boolean
  /** The changes of its states. */
  readonly moves?: readonly Move[]
  /** The transition that was taken, the first when several states change. */
  readonly transition?: string
}

/**
 * Under which circumstances changes are written; it stands in history and events. A statement names each of them many times and sends it
 * once, so they are slots.
 */
export interface Circumstance {
  readonly member: Slot
  readonly now: Slot
  readonly channel: Slot
  /** As JSON: the events that led here, oldest first; empty for a person's own write. */
  readonly cause: Slot
}

/** The circumstances of a write. */
export const circumstanceOf = (member: string | null, now: string, channel: Channel, cause: readonly unknown[]): Circumstance => {
  const causes = JSON.stringify(cause)
  return { member: new Slot(() => member), now: new Slot(() => now), channel: new Slot(() => channel), cause: new Slot(() => causes) }
}

/** What history keeps of a change: only the values that differ. */
export function historyOf(change: Change): { readonly before: Values | null; readonly after: Values | null } {
  // since when a state lasts is kept with the changes of states
  const isSince = (key: string) => change.moves !== undefined && change.object.fields[key]?.sinceOf !== undefined
  const pick = (values: Values | null) => {
    if (values === null) return null
    const picked: Record<string, unknown> = {}
    for (const key of change.changed) if (!isSince(key)) picked[key] = values[key] ?? null
    return picked
  }
  if (change.deed === 'created') {
    const after: Record<string, unknown> = {}
    for (const [key, value] of Object.entries(change.after)) if (value !== null && !isSince(key)) after[key] = value
    return { before: null, after }
  }
  return change.deed === 'updated' ? { before: pick(change.before), after: pick(change.after) } : { before: null, after: null }
}
