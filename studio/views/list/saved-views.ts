import { useSyncExternalStore } from 'react'

/** A view that a person saved for themselves on this device: a defined view with filters and order over it. */
export interface SavedView {
  readonly id: string
  readonly name: string
  /** The address's question: `view=…&f=…`. */
  readonly query: string
}

const place = (member: string, object: string) => `tessera.views.${member}.${object}`
const listeners = new Set<() => void>()
const cache = new Map<string, readonly SavedView[]>()

function read(key: string): readonly SavedView[] {
  const known = cache.get(key)
  if (known) return known
  let views: readonly SavedView[] = []
  try {
    views = JSON.parse(localStorage.getItem(key) ?? '[]') as SavedView[]
  } catch {
    views = []
  }
  cache.set(key, views)
  return views
}

function keep(key: string, views: readonly SavedView[]): void {
  cache.set(key, views)
  localStorage.setItem(key, JSON.stringify(views))
  for (const listener of listeners) listener()
}

/** Saves a view under a new name, or over the one of the same name. */
export function saveView(member: string, object: string, view: SavedView): void {
  const key = place(member, object)
  keep(key, [...read(key).filter(each => each.name !== view.name), view])
}

export function removeView(member: string, object: string, id: string): void {
  const key = place(member, object)
  keep(
    key,
    read(key).filter(each => each.id !== id),
  )
}

/** The saved views of a member for an object. */
export const useSavedViews = (member: string, object: string): readonly SavedView[] =>
  useSyncExternalStore(
    listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => read(place(member, object)),
  )
