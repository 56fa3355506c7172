import { type Static, Type } from '@sinclair/typebox'
import { labelShape } from '../fields/definition.js'
import { kind, nameShape } from './kind.js'

const name = Type.Optional(Type.String())

/** The ways through an app: groups of objects, views and reports. */
export const navigation = kind('navigation', 'navigation', {
  navigation: nameShape,
  label: labelShape,
  icon: Type.Optional(Type.String({ maxLength: 60 })),
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
