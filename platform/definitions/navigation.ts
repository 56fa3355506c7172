import { type Static, Type } from '@sinclair/typebox'
import { labelShape } from '../fields/definition.js'
import { kind, nameShape } from './kind.js'

const name = Type.Optional(Type.String())

/** The ways through an app: groups of objects, views and reports; somebody may have several. */
export const navigation = kind('navigation', 'navigation', {
  navigation: nameShape,
  label: labelShape,
  icon: Type.Optional(Type.String({ maxLength: 60 })),
  roles: Type.Optional(
    Type.Array(Type.String(), { minItems: 1, maxItems: 50, description: 'The roles that get it; everybody, unless said' }),
  ),
  order: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 1000, description: 'Its place among the navigations; the first is where people begin' }),
  ),
  groups: Type.Array(
    Type.Object(
      {
        group: nameShape,
        label: labelShape,
        items: Type.Array(
          Type.Object(
            {
              object: name,
              view: name,
              report: name,
              label: Type.Optional(labelShape),
              icon: Type.Optional(Type.String({ maxLength: 60 })),
            },
            { additionalProperties: false, minProperties: 1 },
          ),
          { maxItems: 100 },
        ),
      },
      { additionalProperties: false },
    ),
    { maxItems: 40 },
  ),
})
export type NavigationDefinition = Static<typeof navigation.shape>
