import { fieldShape } from '@tessera/platform/definitions/field-shape.js'
import { kinds } from '@tessera/platform/definitions/index.js'
import { fieldTypes } from '@tessera/platform/fields/index.js'
import { lookup } from '@tessera/platform/registry.js'

/** The part of JSON Schema that shapes of definitions use. */
export interface Shape {
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly description?: string
  readonly properties?: Readonly<Record<string, Shape>>
  readonly required?: readonly string[]
  readonly patternProperties?: Readonly<Record<string, Shape>>
  readonly additionalProperties?: boolean | Shape
  readonly items?: Shape
  readonly anyOf?: readonly Shape[]
  readonly oneOf?: readonly Shape[]
  readonly allOf?: readonly Shape[]
}

/** One step into a text of JSON: the key that is entered, and what stands beside it as far as it is a plain value. */
export interface Step {
  readonly key: string | number
  readonly beside: Readonly<Record<string, unknown>>
}

/** Where the cursor stands: the steps from the whole to the value it is in, or to the object whose key it is in. */
export interface Place {
  readonly steps: readonly Step[]
  /** What the object of the cursor holds already; of a key that is typed. */
  readonly beside: Readonly<Record<string, unknown>>
  readonly isKey: boolean
}

/** The shape of a kind of definition; fields of objects take the properties of their type. */
export function shapeOfKind(kind: string): Shape {
  const shape = (lookup(kinds, kind)?.shape ?? {}) as Shape
  if (kind !== 'object') return shape
  const fields: Shape = { type: 'object', additionalProperties: { anyOf: Object.keys(fieldTypes).map(type => fieldShape(type) as Shape) } }
  return { ...shape, properties: { ...shape.properties, fields } }
}

/** The shapes that a value may have at a place: unions are narrowed by what stands beside, such as the type of a field. */
export const shapesAt = (root: Shape, { steps, beside, isKey }: Place): Shape[] => {
  const inner = steps.reduce<Shape[]>(
    (shapes, step) => shapes.flatMap(alternatives).filter(fits(step.beside)).flatMap(entered(step.key)),
    [root],
  )
  const all = inner.flatMap(alternatives)
  return isKey ? all.filter(fits(beside)) : all
}

function alternatives(shape: Shape): Shape[] {
  const options = [...(shape.anyOf ?? []), ...(shape.oneOf ?? []), ...(shape.allOf ?? [])]
  if (options.length === 0) return [shape]
  const own = shape.description === undefined ? {} : { description: shape.description }
  return options.flatMap(alternatives).map(option => ({ ...own, ...option }))
}

/** Whether an object may have this shape: no property that names its variant says otherwise. */
const fits =
  (beside: Readonly<Record<string, unknown>>) =>
  ({ properties = {} }: Shape): boolean =>
    Object.entries(properties).every(
      ([key, { const: wanted }]) => wanted === undefined || !Object.hasOwn(beside, key) || beside[key] === wanted,
    )

const entered =
  (key: string | number) =>
  (shape: Shape): Shape[] => {
    if (typeof key === 'number') return shape.items ? [shape.items] : isFree(shape) ? [shape] : []
    const own = lookup(shape.properties ?? {}, key)
    if (own) return [own]
    const others = Object.values(shape.patternProperties ?? {})
    if (others.length > 0) return others
    if (typeof shape.additionalProperties === 'object') return [shape.additionalProperties]
    return isFree(shape) ? [shape] : []
  }

/** A place without a shape of its own: a rule in JSON Logic, or a value that a field keeps. */
export const isFree = ({ type, properties, items, const: only, enum: some }: Shape): boolean =>
  type === undefined && properties === undefined && items === undefined && only === undefined && some === undefined
