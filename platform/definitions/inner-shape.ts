import type { TSchema } from '@sinclair/typebox'
import { lookup } from '../registry.js'
import { fieldShape } from './field-shape.js'

/** The shape of an entry; the entries of `fields` have the shape of their type. */
export function shapeOf(
  name: string,
  entry: unknown,
  properties: Readonly<Record<string, TSchema>>,
  patterns: Readonly<Record<string, TSchema>> | undefined,
): TSchema | undefined {
  const shape = lookup(properties, name) ?? Object.values(patterns ?? {})[0]
  const isField =
    (shape?.properties as object | undefined) !== undefined &&
    patterns !== undefined &&
    Object.keys(shape?.properties ?? {}).join() === 'type'
  const type = typeof entry === 'object' && entry !== null ? (entry as { type?: unknown }).type : undefined
  return isField && typeof type === 'string' ? fieldShape(type) : shape
}

/** Of a union, the form that an object or array can have. */
export function alternative(shape: TSchema | undefined, type: 'object' | 'array'): TSchema | undefined {
  if (shape?.type === type) return shape
  return (shape?.anyOf as readonly TSchema[] | undefined)?.find(form => form.type === type)
}
