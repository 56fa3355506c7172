import { type Static, Type } from '@sinclair/typebox'
import { labelShape, ruleShape } from '../fields/definition.js'
import { nameShape } from './kind.js'

/** Fields whose values no two live records share together; a record with an empty one shares nothing. */
export const uniqueShape = Type.Object(
  {
    unique: nameShape,
    fields: Type.Array(Type.String(), { minItems: 2, maxItems: 8 }),
    message: Type.Optional(labelShape),
  },
  { additionalProperties: false },
)

/** Two fields that say from when to when, or from what to what; no two live records with the same `per` overlap. */
export const rangeShape = Type.Object(
  {
    range: nameShape,
    from: Type.String({ description: 'Where it begins, itself included; empty is from ever' }),
    to: Type.String({ description: 'Where it ends; empty is for ever' }),
    end: Type.Optional(
      Type.Union([Type.Literal('included'), Type.Literal('excluded')], {
        description: 'Whether `to` itself still belongs to it: for days and whole numbers it does, for others not, unless said',
      }),
    ),
    per: Type.Optional(Type.Array(Type.String(), { maxItems: 8 })),
    overlap: Type.Optional(Type.Literal(false)),
    message: Type.Optional(labelShape),
  },
  { additionalProperties: false },
)

/** Fields by which records are often found or ordered together, the equal ones first. */
export const indexShape = Type.Object(
  {
    index: nameShape,
    fields: Type.Array(
      Type.Object(
        {
          field: Type.String(),
          direction: Type.Optional(
            Type.Union([Type.Literal('asc'), Type.Literal('desc')], {
              description: 'As lists are ordered by it; without one it is found by its value',
            }),
          ),
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 5 },
    ),
    // a condition of fields of the record and constants, by == != < <= > >= in and or !: only these records are in it
    where: Type.Optional(ruleShape),
  },
  { additionalProperties: false },
)

export type IndexDefinition = Static<typeof indexShape>
export type UniqueDefinition = Static<typeof uniqueShape>
export type RangeDefinition = Static<typeof rangeShape>
