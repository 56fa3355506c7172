import type { TSchema } from '@sinclair/typebox'
import { type Element, kinds } from '../definitions/index.js'
import { alternative, shapeOf } from '../definitions/inner-shape.js'
import { lookup } from '../registry.js'
import type { Elements, Json } from './elements.js'
import { followRenames } from './follow-renames.js'

/** What both sides changed, each in another way; a side that removed it has undefined. */
export interface Conflict {
  /** The definition, such as `objects/order`. */
  readonly path: string
  /** Where in it, from the outside in: keys, and names of what stands in lists; empty for the definition as a whole. */
  readonly at: readonly string[]
  /** Of a list that both put in another order: the three hold the names of its items. */
  readonly isOrder: boolean
  readonly base: unknown
  readonly theirs: unknown
  readonly mine: unknown
}

/** What is to stand where both sides changed the same; undefined for nothing. */
export type Decide = (conflict: Conflict) => unknown

/** Definitions of two sides brought together. */
export interface Merged {
  readonly elements: Elements
  readonly conflicts: readonly Conflict[]
}

/**
 * Brings together what two sides made of the same definitions, by definition and property: what one side left alone is as the other one
 * has it, and what both made alike is so. Lists whose items have names are merged item by item and keep both orders where they agree;
 * rules and other lists are taken whole. A field that one side renamed is followed wherever the other one names it.
 * @param decide what stands where both changed the same; mine unless given
 */
export function mergeThree(base: Elements, theirs: Elements, mine: Elements, decide: Decide = ({ mine: own }) => own): Merged {
  const conflicts: Conflict[] = []
  const sides = followRenames({ base, theirs, mine })
  const paths = [...new Set([...Object.keys(sides.mine), ...Object.keys(sides.theirs), ...Object.keys(sides.base)])]
  const elements = Object.fromEntries(
    paths.flatMap((path): [string, Element][] => {
      const three = { base: lookup(sides.base, path), theirs: lookup(sides.theirs, path), mine: lookup(sides.mine, path) }
      const element = three.mine ?? three.theirs ?? three.base
      if (!element) return []
      const place: Place = { path, at: [], tell: conflict => conflicts.push(conflict), decide }
      const definition = mergeValues(
        { base: three.base?.definition, theirs: three.theirs?.definition, mine: three.mine?.definition },
        lookup(kinds, element.kind)?.shape,
        place,
      )
      return definition === undefined ? [] : [[path, { ...element, definition: definition as Json }]]
    }),
  )
  return { elements, conflicts }
}

interface Three<T = unknown> {
  readonly base: T
  readonly theirs: T
  readonly mine: T
}

interface Place {
  readonly path: string
  readonly at: readonly string[]
  readonly tell: (conflict: Conflict) => void
  readonly decide: Decide
}

const below = (place: Place, key: string): Place => ({ ...place, at: [...place.at, key] })

function mergeValues(three: Three, shape: TSchema | undefined, place: Place): unknown {
  const { base, theirs, mine } = three
  if (isAlike(theirs, mine) || isAlike(base, theirs)) return mine
  if (isAlike(base, mine)) return theirs
  const [left, right] = [partsOf(theirs, shape), partsOf(mine, shape)]
  // what both added has nothing that it came from
  const middle = base === undefined ? emptyLike(left) : partsOf(base, shape)
  if (left && right && middle && left.isList === right.isList && middle.isList === right.isList)
    return mergeParts({ base: middle, theirs: left, mine: right }, place)
  return settled(three, false, place)
}

/** Whether both are the same JSON; the order of keys counts, since that of fields does. */
const isAlike = (left: unknown, right: unknown): boolean => left === right || JSON.stringify(left) === JSON.stringify(right)

function settled({ base, theirs, mine }: Three, isOrder: boolean, { path, at, tell, decide }: Place): unknown {
  const conflict: Conflict = { path, at, isOrder, base, theirs, mine }
  tell(conflict)
  return decide(conflict)
}

/** What a value is made of, by name: entries of an object, items of a list. */
interface Parts {
  readonly isList: boolean
  readonly names: readonly string[]
  readonly values: ReadonlyMap<string, unknown>
  readonly shapes: ReadonlyMap<string, TSchema | undefined>
}

const emptyLike = (parts: Parts | null): Parts | null => parts && { ...parts, names: [], values: new Map(), shapes: new Map() }

/** The parts of what can be merged part by part; null for what is taken whole: rules, texts, lists of what has no names. */
function partsOf(value: unknown, shape: TSchema | undefined): Parts | null {
  if (typeof value !== 'object' || value === null) return null
  return Array.isArray(value) ? itemsOf(value, shape) : entriesOf(value as Json, shape)
}

function entriesOf(value: Json, shape: TSchema | undefined): Parts | null {
  const fitting = alternative(shape, 'object')
  const properties = fitting?.properties as Readonly<Record<string, TSchema>> | undefined
  const patterns = fitting?.patternProperties as Readonly<Record<string, TSchema>> | undefined
  if (!properties && !patterns) return null
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined)
  return {
    isList: false,
    names: entries.map(([name]) => name),
    values: new Map(entries),
    shapes: new Map(entries.map(([name, entry]) => [name, shapeOf(name, entry, properties ?? {}, patterns)])),
  }
}

function itemsOf(value: readonly unknown[], shape: TSchema | undefined): Parts | null {
  const items = alternative(shape, 'array')?.items as TSchema | undefined
  const named = value.map(item => nameOf(item, items))
  const names = named.filter(name => name !== null)
  if (!items || names.length < value.length || new Set(names).size < names.length) return null
  return {
    isList: true,
    names,
    values: new Map(names.map((name, at) => [name, value[at]])),
    shapes: new Map(names.map(name => [name, items])),
  }
}

/** What tells an item of a list from the others: itself when it is a text, else the first text that its shape has. */
function nameOf(item: unknown, shape: TSchema | undefined): string | null {
  if (typeof item === 'string') return item
  if (typeof item !== 'object' || item === null) return null
  const properties = Object.keys((alternative(shape, 'object')?.properties ?? {}) as object)
  const own = item as Json
  const first = properties.map(property => own[property]).find(value => value !== undefined)
  return typeof first === 'string' ? first : null
}

function mergeParts(three: Three<Parts>, place: Place): unknown {
  const { base, theirs, mine } = three
  const all = [...new Set([...mine.names, ...theirs.names, ...base.names])]
  const merged = new Map(
    all.flatMap((name): [string, unknown][] => {
      const values = { base: base.values.get(name), theirs: theirs.values.get(name), mine: mine.values.get(name) }
      const shape = [mine, theirs, base].map(({ shapes }) => shapes.get(name)).find(found => found !== undefined)
      const value = mergeValues(values, shape, below(place, name))
      return value === undefined ? [] : [[name, value]]
    }),
  )
  const names = orderOf(three, place).filter(name => merged.has(name))
  return mine.isList ? names.map(name => merged.get(name)) : Object.fromEntries(names.map(name => [name, merged.get(name)]))
}

/** Every name once, in an order that keeps what each side changed of it; where both changed it, that is to be decided. */
function orderOf({ base, theirs, mine }: Three<Parts>, place: Place): readonly string[] {
  if (isInOrder(theirs.names, base.names)) return insert(mine.names, theirs.names)
  if (isInOrder(mine.names, base.names)) return insert(theirs.names, mine.names)
  if (isInOrder(mine.names, theirs.names) || !mine.isList) return insert(mine.names, theirs.names)
  const decided = settled({ base: base.names, theirs: theirs.names, mine: mine.names }, true, place)
  return insert(insert(Array.isArray(decided) ? decided.map(String) : mine.names, mine.names), theirs.names)
}

/** Whether the names that both have stand in the same order. */
function isInOrder(names: readonly string[], others: readonly string[]): boolean {
  const [here, there] = [new Set(names), new Set(others)]
  const shared = others.filter(name => here.has(name))
  return names.filter(name => there.has(name)).every((name, at) => name === shared[at])
}

/** The names with those of another list put in, each behind the one that it follows there. */
function insert(names: readonly string[], others: readonly string[]): readonly string[] {
  const result = [...names]
  others.forEach((name, at) => {
    if (result.includes(name)) return
    const before = others[at - 1]
    result.splice(before === undefined ? 0 : result.indexOf(before) + 1, 0, name)
  })
  return result
}
