import { type Static, Type } from '@sinclair/typebox'
import { labelShape } from '../fields/definition.js'
import { kind, nameShape } from './kind.js'

/** The accents that a workspace may choose from; the studio's theme has their colours. */
export const accentNames = ['indigo', 'blue', 'teal', 'green', 'purple', 'pink'] as const
export type AccentName = (typeof accentNames)[number]

/** How close rows and inputs stand unless a member chooses for themselves. */
export const densities = ['comfortable', 'compact'] as const
export type Density = (typeof densities)[number]

/** An application: a name for a set of objects and their navigation. */
export const app = kind('app', '', {
  app: nameShape,
  label: labelShape,
  description: Type.Optional(labelShape),
  icon: Type.Optional(Type.String({ maxLength: 60 })),
  version: Type.Optional(Type.String({ pattern: '^\\d+\\.\\d+\\.\\d+$' })),
  theme: Type.Optional(
    Type.Object(
      {
        accent: Type.Optional(Type.Union(accentNames.map(name => Type.Literal(name)))),
        density: Type.Optional(Type.Union(densities.map(name => Type.Literal(name)))),
      },
      { additionalProperties: false, description: 'The look of the app for everybody' },
    ),
  ),
})
export type AppDefinition = Static<typeof app.shape>
