import { useSyncExternalStore } from 'react'

/** A record or view that a member keeps at hand, on this device. */
export interface Favourite {
  readonly to: string
  readonly title: string
}

const place = (member: string) => `tessera.favourites.${member}`
const listeners = new Set<() => void>()
const cache = new Map<string, readonly Favourite[]>()

function read(member: string): readonly Favourite[] {
  const known = cache.get(member)
  if (known) return known
  let favourites: readonly Favourite[] = []
  try {
    favourites = JSON.parse(localStorage.getItem(place(member)) ?? '[]') as Favourite[]
  } catch {
    favourites = []
  }
  cache.set(member, favourites)
  return favourites
}

/** Puts something among the favourites, or takes it away when it is there. */
export function toggleFavourite(member: string, favourite: Favourite): void {
  const before = read(member)
  const next = before.some(each => each.to === favourite.to) ? before.filter(each => each.to !== favourite.to) : [...before, favourite]
  cache.set(member, next)
  localStorage.setItem(place(member), JSON.stringify(next))
  for (const listener of listeners) listener()
}

/** The favourites of a member, in the order they were chosen. */
export const useFavourites = (member: string): readonly Favourite[] =>
  useSyncExternalStore(
    listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => read(member),
  )
