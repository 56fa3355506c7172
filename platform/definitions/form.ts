import { type Static, Type } from '@sinclair/typebox'
import { labelShape, ruleShape } from '../fields/definition.js'
import { kind, nameShape } from './kind.js'

const placed = Type.Union([
  Type.String(),
  Type.Object(
    {
      field: Type.String(),
      label: Type.Optional(labelShape),
      help: Type.Optional(labelShape),
      width: Type.Optional(Type.Union([Type.Literal('half'), Type.Literal('full')])),
      visibleWhen: Type.Optional(ruleShape),
      requiredWhen: Type.Optional(ruleShape),
      readOnlyWhen: Type.Optional(ruleShape),
    },
    { additionalProperties: false },
  ),
])

const tab = Type.Object({ tab: nameShape, label: labelShape }, { additionalProperties: false })

/** How one record is edited: sections of fields, in tabs where it has some; lines of an owned child stand under its inverse name. */
export const form = kind('form', 'forms', {
  form: nameShape,
  label: labelShape,
  object: Type.String(),
  when: Type.Optional(ruleShape),
  roles: Type.Optional(Type.Array(Type.String(), { maxItems: 50, description: 'The roles that get it; everybody, unless said' })),
  device: Type.Optional(
    Type.Union([Type.Literal('desk'), Type.Literal('phone')], { description: 'Where it is used; everywhere, unless said' }),
  ),
  order: Type.Optional(Type.Integer({ minimum: 0, maximum: 1000, description: 'Its place among the forms of the object that are tried' })),
  tabs: Type.Optional(Type.Array(tab, { maxItems: 20 })),
  sections: Type.Array(
    Type.Object(
      {
        section: nameShape,
        label: Type.Optional(labelShape),
        help: Type.Optional(labelShape),
        tab: Type.Optional(Type.String({ description: 'The tab that it stands in; above all tabs, unless said' })),
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
export type SectionDefinition = FormDefinition['sections'][number]
export type PlacedDefinition = Exclude<SectionDefinition['fields'][number], string>
