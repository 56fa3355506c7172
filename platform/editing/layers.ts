import type { TSchema } from '@sinclair/typebox'
import { kinds } from '../definitions/index.js'
import { alternative, shapeOf } from '../definitions/inner-shape.js'
import { lookup } from '../registry.js'
import type { Elements, Json } from './elements.js'
import { type Decide, type Merged, mergeThree } from './three-way.js'

/**
 * Lays a package over the definitions of a workspace: what it brings is added, also parts of definitions that are there already.
 * Where both say something else it is told as a conflict, and what is there stays unless decided otherwise.
 * @param brings the definitions of the package; of those of others only the parts that it adds
 */
export const installed = (present: Elements, brings: Elements, decide?: Decide): Merged => mergeThree({}, brings, present, decide)

/**
 * The definitions of a workspace with a package in another version: what the workspace left as the package had it is as the package has it
 * now, what it changed stays, and what both changed is told as a conflict.
 * @param had the definitions that the package brought, exactly as they were
 * @param brings those that it brings now
 */
export function upgraded(present: Elements, had: Elements, brings: Elements, decide?: Decide): Merged {
  return mergeThree(had, withRests(brings, had, present), present, decide)
}

/**
 * The definitions of a workspace without a package: what it brought is gone, what others brought or the workspace made stays.
 * What the workspace changed of it is told as a conflict, and goes too unless decided otherwise.
 */
export function removed(present: Elements, had: Elements, decide: Decide = ({ theirs }) => theirs): Merged {
  return mergeThree(had, withRests({}, had, present), present, decide)
}

/**
 * The package with what is left of the parts that it no longer brings: a definition of others of which it only brought parts stays,
 * and so does every list and map in it, so that only those parts are seen as taken away.
 */
function withRests(brings: Elements, had: Elements, present: Elements): Elements {
  const rests = Object.entries(had).flatMap(([path, element]) => {
    if (!Object.hasOwn(present, path)) return []
    const shape = lookup(kinds, element.kind)?.shape
    const rest = restOf(element.definition, shape)
    if (rest === undefined) return []
    const next = lookup(brings, path)
    const definition = next ? { ...(rest as Json), ...next.definition } : (rest as Json)
    return [[path, { ...element, definition }] as const]
  })
  return { ...brings, ...Object.fromEntries(rests) }
}

/**
 * What stays of a part when it is no longer brought: nothing where it is whole, and where it only adds to something its single
 * properties, with lists and maps emptied of what is whole.
 */
function restOf(value: unknown, shape: TSchema | undefined): unknown {
  const fitting = alternative(shape, 'object')
  if (typeof value !== 'object' || value === null || Array.isArray(value) || isWhole(value, fitting)) return undefined
  return Object.fromEntries(entriesOf(value as Json, fitting).map(([name, entry, inner]) => [name, emptied(entry, inner)]))
}

/** A list or map with what only adds to something in it; what has no parts stays as it is. */
function emptied(value: unknown, shape: TSchema | undefined): unknown {
  if (Array.isArray(value)) {
    const items = alternative(shape, 'array')?.items as TSchema | undefined
    return value.map(item => restOf(item, items)).filter(rest => rest !== undefined)
  }
  const fitting = alternative(shape, 'object')
  if (typeof value !== 'object' || value === null || fitting?.patternProperties === undefined) return value
  return Object.fromEntries(
    entriesOf(value as Json, fitting).flatMap(([name, entry, inner]) => {
      const rest = restOf(entry, inner)
      return rest === undefined ? [] : [[name, rest]]
    }),
  )
}

/** Whether a part has all that its shape asks for, so that it can stand by itself. */
const isWhole = (value: object, shape: TSchema | undefined): boolean =>
  ((shape?.required ?? []) as readonly string[]).every(property => Object.hasOwn(value, property))

function entriesOf(value: Json, shape: TSchema | undefined): [string, unknown, TSchema | undefined][] {
  const properties = (shape?.properties ?? {}) as Readonly<Record<string, TSchema>>
  const patterns = shape?.patternProperties as Readonly<Record<string, TSchema>> | undefined
  return Object.entries(value).map(([name, entry]) => [name, entry, shapeOf(name, entry, properties, patterns)])
}
