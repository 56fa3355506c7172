import { elementPath } from '../definitions/index.js'
import { compileModel } from '../model/compile.js'
import { type Mention, mentionsOf } from '../model/mentions.js'
import { lookup } from '../registry.js'
import type { Elements, Json } from './elements.js'

/** Where in JSON something stands, as keys from the outside in. */
type Place = readonly string[]

/** Every element that names a field, and where; the object's own definition included. */
export function mentionsOfField(elements: Elements, object: string, field: string): Mention[] {
  const { model } = compileModel(Object.values(elements))
  const found = lookup(lookup(model.objects, object)?.fields ?? {}, field)
  return found ? mentionsOf([found], model) : []
}

/** The definitions with something done at every place that names a field. */
export function atMentions(elements: Elements, mentions: readonly Mention[], change: (definition: Json, place: Place) => Json): Elements {
  const changed = { ...elements }
  for (const mention of mentions) {
    const path = elementPath(mention)
    const element = lookup(changed, path)
    if (!element) continue
    // From the last to the first, so that an item taken out of a list moves none that is still to come.
    const places = mention.at.flatMap(at => placeOf(element.definition, at.slice(path.length + 1)) ?? []).reverse()
    changed[path] = { ...element, definition: places.reduce(change, element.definition) }
  }
  return changed
}

/** Reads a path such as `sections/0/fields/2` on the JSON itself, since a key may hold a slash. */
function placeOf(json: unknown, path: string): [Place] | null {
  if (path === '') return [[]]
  if (typeof json !== 'object' || json === null) return null
  for (const key of Object.keys(json)) {
    if (path !== key && !path.startsWith(`${key}/`)) continue
    const inner = path === key ? [[]] : placeOf((json as Json)[key], path.slice(key.length + 1))
    if (inner) return [[key, ...(inner[0] ?? [])]]
  }
  return null
}

/** Things from the last place to the first, so that an entry taken out of a list moves none that is still to come. */
export const lastFirst = <T>(things: readonly T[], placeIn: (thing: T) => readonly string[]): T[] =>
  [...things].sort((left, right) => placeIn(right).join('/').localeCompare(placeIn(left).join('/'), 'en', { numeric: true }))

/** The JSON with another value at a place; undefined takes the entry or item away. */
export function replaceAt(json: unknown, [key, ...rest]: Place, next: (value: unknown) => unknown): unknown {
  if (key === undefined) return next(json)
  if (Array.isArray(json)) {
    const items = json as readonly unknown[]
    const value = replaceAt(items[Number(key)], rest, next)
    return value === undefined
      ? items.filter((_, index) => index !== Number(key))
      : items.map((item, index) => (index === Number(key) ? value : item))
  }
  if (typeof json !== 'object' || json === null) return json
  const value = replaceAt((json as Json)[key], rest, next)
  return Object.fromEntries(
    Object.entries(json).flatMap(([name, entry]) => (name !== key ? [[name, entry]] : value === undefined ? [] : [[name, value]])),
  )
}

/** The JSON with another key at a place, its value and order kept. */
export function rekeyAt(json: unknown, [key, ...rest]: Place, next: string): unknown {
  if (key === undefined || typeof json !== 'object' || json === null) return json
  if (Array.isArray(json)) return json.map((item, index) => (String(index) === key ? rekeyAt(item, rest, next) : item))
  return Object.fromEntries(
    Object.entries(json).map(([name, entry]) =>
      name !== key ? [name, entry] : rest.length === 0 ? [next, entry] : [name, rekeyAt(entry, rest, next)],
    ),
  )
}

/** The value at a place. */
export const valueAt = (json: unknown, place: Place): unknown =>
  place.reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? (value as Json)[key] : undefined), json)
