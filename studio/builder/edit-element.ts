import type { Elements, Json } from '@tessera/platform/editing/elements.js'
import { lookup } from '@tessera/platform/registry.js'

/** Changes properties of the definition at a path; undefined takes a property away. */
export function changeElement(elements: Elements, path: string, change: Json): Elements {
  const element = lookup(elements, path)
  if (!element) return elements
  const definition = Object.fromEntries(Object.entries({ ...element.definition, ...change }).filter(([, value]) => value !== undefined))
  return { ...elements, [path]: { ...element, definition } }
}

/** A name that no definition of a folder has. */
export function freeElementName(elements: Elements, folder: string, wanted: string): string {
  let name = wanted
  for (let attempt = 2; Object.hasOwn(elements, `${folder}/${name}`); attempt++) name = `${wanted.slice(0, 37)}${attempt}`
  return name
}

/** A list with one item at another place. */
export function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  const item = list[from]
  if (item === undefined) return list
  const rest = list.filter((_, at) => at !== from)
  return [...rest.slice(0, to), item, ...rest.slice(to)]
}
