import { canonical } from '@tessera/platform/definitions/canonical.js'
import type { Element, ElementRef } from '@tessera/platform/definitions/index.js'
import type { Elements, Json } from '@tessera/platform/editing/elements.js'
import { type Conflict, type Decide, mergeThree } from '@tessera/platform/editing/three-way.js'
import { lookup } from '@tessera/platform/registry.js'

/** One definition that differs: as it was when the first edit began, and as it is to be; null when there is none. */
export interface Entry extends ElementRef {
  readonly before: Json | null
  readonly after: Json | null
}

/** What is to be different, by path. */
export type Entries = Readonly<Record<string, Entry>>

/** What is not yet live: the version it was begun on, the differences, and the ways back and forth. */
export interface Draft {
  readonly base: number
  readonly entries: Entries
  readonly past: readonly Entries[]
  readonly future: readonly Entries[]
  /** The last edit: what it was about, when (milliseconds), and the element where one was. */
  readonly last: { readonly key: string; readonly at: number; readonly path: string | null } | null
}

/** Edits of the same thing within this time are one step of undo. */
const oneStep = 2000
const deepest = 100

export const emptyDraft = (base: number): Draft => ({ base, entries: {}, past: [], future: [], last: null })

/** The definitions as they will be when a draft is published over them. */
export function applyEntries(base: Elements, entries: Entries): Elements {
  const kept = Object.entries(base).filter(([path]) => lookup(entries, path)?.after !== null)
  const changed = kept.map(([path, element]): [string, Element] => [path, asElement(lookup(entries, path)) ?? element])
  const added = Object.entries(entries).filter(([path, entry]) => entry.after !== null && !Object.hasOwn(base, path))
  return Object.fromEntries([...changed, ...added.flatMap(([path, entry]) => pair(path, asElement(entry)))])
}

const pair = (path: string, element: Element | null): [string, Element][] => (element ? [[path, element]] : [])

const asElement = (entry: Entry | undefined): Element | null =>
  entry?.after ? { kind: entry.kind, name: entry.name, definition: entry.after } : null

/** Whether two definitions are printed alike; the server prints what it stores. */
const isSame = (left: Json | null, right: Json | null): boolean =>
  left === right || (left !== null && right !== null && canonical(left) === canonical(right))

/** What differs between two sets of definitions. */
export function entriesBetween(base: Elements, elements: Elements): Entries {
  const paths = [...new Set([...Object.keys(base), ...Object.keys(elements)])]
  return Object.fromEntries(
    paths.flatMap((path): [string, Entry][] => {
      const [had, has] = [lookup(base, path), lookup(elements, path)]
      const shown = has ?? had
      if (!shown || isSame(had?.definition ?? null, has?.definition ?? null)) return []
      return [[path, { kind: shown.kind, name: shown.name, before: had?.definition ?? null, after: has?.definition ?? null }]]
    }),
  )
}

/** What an edit is about; edits in quick succession with the same key are undone together. */
export interface Edit {
  readonly key: string
  readonly at: number
  readonly path: string | null
}

/** The draft after an edit made these definitions of those that are live. */
export function edited(draft: Draft, base: Elements, elements: Elements, edit: Edit): Draft {
  const entries = entriesBetween(base, elements)
  if (JSON.stringify(entries) === JSON.stringify(draft.entries)) return draft
  const isOneStep = draft.last?.key === edit.key && edit.at - draft.last.at < oneStep && draft.past.length > 0
  return { ...draft, entries, past: isOneStep ? draft.past : [...draft.past, draft.entries].slice(-deepest), future: [], last: edit }
}

/** One step back; the same draft when there is none. */
export function undone(draft: Draft): Draft {
  const entries = draft.past.at(-1)
  return entries
    ? { ...draft, entries, past: draft.past.slice(0, -1), future: [draft.entries, ...draft.future], last: unkeyed(draft) }
    : draft
}

/** One step forth again; the same draft when there is none. */
export function redone(draft: Draft): Draft {
  const [entries, ...future] = draft.future
  return entries ? { ...draft, entries, past: [...draft.past, draft.entries], future, last: unkeyed(draft) } : draft
}

const unkeyed = (draft: Draft): Draft['last'] => (draft.last ? { ...draft.last, key: '' } : null)

/** The definitions to publish. */
export const putsOf = (entries: Entries): Json[] => Object.values(entries).flatMap(({ after }) => (after ? [after] : []))

/** The definitions to remove. */
export const removalsOf = (entries: Entries): ElementRef[] =>
  Object.values(entries).flatMap(({ kind, name, before, after }) => (before && !after ? [{ kind, name }] : []))

/** Definitions of which nothing but the order of their parts differs, as far as the named changes tell. */
export const reorderedIn = (entries: Entries, changes: readonly { readonly path: string; readonly was: string | null }[]): Entry[] =>
  Object.entries(entries).flatMap(([path, entry]) => {
    const isTold = changes.some(change => [change.path, change.was].some(told => told === path || told?.startsWith(`${path}/`)))
    return isTold ? [] : [entry]
  })

/**
 * What both the draft and a later version changed, each in another way.
 * @param began the definitions of the version that the draft stands on
 */
export const conflictsOf = (draft: Draft, began: Elements, live: Elements): readonly Conflict[] =>
  mergeThree(began, live, applyEntries(began, draft.entries)).conflicts

/**
 * The draft as one of a later version, with what that one changed.
 * @param began the definitions of the version that the draft stands on
 * @param decide what stands where both changed the same; mine unless given
 */
export function rebased(draft: Draft, version: number, began: Elements, live: Elements, decide?: Decide): Draft {
  const { elements } = mergeThree(began, live, applyEntries(began, draft.entries), decide)
  return { ...draft, base: version, entries: entriesBetween(live, elements), past: [], future: [] }
}

/**
 * The draft with what somebody else saved of it; steps of undo take back one's own edits alone.
 * @param kept the entries that both came from
 * @returns also what both changed, where mine stands
 */
export function joined(draft: Draft, kept: Entries, theirs: Entries, live: Elements): { draft: Draft; conflicts: readonly Conflict[] } {
  const conflicts: Conflict[] = []
  const join = (entries: Entries): Entries => {
    // what none of them touched need not be looked at
    const paths = new Set([kept, theirs, entries].flatMap(each => Object.keys(each)))
    const touched = Object.fromEntries(Object.entries(live).filter(([path]) => paths.has(path)))
    const merged = mergeThree(applyEntries(touched, kept), applyEntries(touched, theirs), applyEntries(touched, entries))
    if (entries === draft.entries) conflicts.push(...merged.conflicts)
    return entriesBetween(touched, merged.elements)
  }
  return { draft: { ...draft, entries: join(draft.entries), past: draft.past.map(join), future: draft.future.map(join) }, conflicts }
}
