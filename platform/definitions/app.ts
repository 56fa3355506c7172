import { type Static, Type } from '@sinclair/typebox'
import { labelShape } from '../fields/definition.js'
import { kind, nameShape } from './kind.js'

/** An application: a name for a set of objects and their navigation. */
export const app = kind('app', '', {
  app: nameShape,
  label: labelShape,
  description: Type.Optional(labelShape),
  icon: Type.Optional(Type.String({ maxLength: 60 })),
  version: Type.Optional(Type.String({ pattern: '^\\d+\\.\\d+\\.\\d+$' })),
})
export type AppDefinition = Static<typeof app.shape>
