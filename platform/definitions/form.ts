import { type Static, Type } from '@sinclair/typebox'
import { labelShape, ruleShape } from '../fields/definition.js'
import { kind, nameShape } from './kind.js'

const placed = Type.Union([
  Type.String(),
  Type.Object(
    {
      field: Type.String(),
      width: Type.Optional(Type.Union([Type.Literal('half'), Type.Literal('full')])),
      visibleWhen: Type.Optional(ruleShape),
    },
    { additionalProperties: false },
  ),
])

/** How one record is edited: sections of fields; lines of an owned child stand under its inverse name. */
export const form = kind('form', 'forms', {
  form: nameShape,
  label: labelShape,
  object: Type.String(),
  sections: Type.Array(
    Type.Object(
      {
        section: nameShape,
        label: labelShape,
        columns: Type.Optional(Type.Union([Type.Literal(1), Type.Literal(2)])),
        collapsed: Type.Optional(Type.Boolean()),
        visibleWhen: Type.Optional(ruleShape),
        fields: Type.Array(placed, { maxItems: 200 }),
      },
      { additionalProperties: false },
    ),
    { minItems: 1, maxItems: 40 },
  ),
  quick: Type.Optional(Type.Array(Type.String(), { maxItems: 20, description: 'The fields of quick create' })),
})
export type FormDefinition = Static<typeof form.shape>
