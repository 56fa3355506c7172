import { type TProperties, type TSchema, Type } from '@sinclair/typebox'
import { commonProperties } from '../fields/definition.js'
import { fieldTypes } from '../fields/index.js'
import { lookup } from '../registry.js'

const fieldShapes = new Map<string, TSchema>()

/** The shape of a field of one type: what every field takes and what this type takes. */
export function fieldShape(type: string): TSchema {
  const shape = fieldShapes.get(type) ?? shapeWith(type, commonProperties)
  if (lookup(fieldTypes, type)) fieldShapes.set(type, shape)
  return shape
}

/** The shape of a field of one type, with what every field takes as it is given here. */
export const shapeWith = (type: string, shared: TProperties): TSchema =>
  Type.Object({ type: Type.Literal(type), ...shared, ...lookup(fieldTypes, type)?.options.properties }, { additionalProperties: false })
