import { type Static, Type } from '@sinclair/typebox'
import { labelShape, ruleShape } from '../fields/definition.js'
import { kind, nameShape, sortShape } from './kind.js'

const column = Type.Union([
  Type.String(),
  Type.Object({ field: Type.String(), width: Type.Optional(Type.Integer({ minimum: 72, maximum: 480 })) }, { additionalProperties: false }),
])

/** How many records are listed: as a list of columns or a board of cards. */
export const view = kind('view', 'views', {
  view: nameShape,
  label: labelShape,
  object: Type.String(),
  kind: Type.Union([Type.Literal('list'), Type.Literal('board')]),
  columns: Type.Optional(Type.Array(column, { maxItems: 60 })),
  groupBy: Type.Optional(Type.String({ description: 'The choice whose options are the columns of a board' })),
  cards: Type.Optional(
    Type.Object(
      { fields: Type.Array(Type.String(), { maxItems: 6 }), value: Type.Optional(Type.String()) },
      { additionalProperties: false },
    ),
  ),
  where: Type.Optional(ruleShape),
  sort: Type.Optional(sortShape),
  order: Type.Optional(Type.Integer({ minimum: 0, maximum: 1000 })),
})
export type ViewDefinition = Static<typeof view.shape>
