import { type Static, Type } from '@sinclair/typebox'
import { labelShape, ruleShape } from '../fields/definition.js'
import { kind, nameShape } from './kind.js'

/** The deeds that a grant names. */
export const actionNames = ['read', 'create', 'update', 'delete', 'restore', 'export', 'import'] as const
export type ActionName = (typeof actionNames)[number]

const grant = Type.Object(
  {
    actions: Type.Array(Type.Union(actionNames.map(action => Type.Literal(action))), { uniqueItems: true }),
    records: Type.Optional(ruleShape),
    fields: Type.Optional(Type.Record(Type.String(), Type.Union([Type.Literal('hidden'), Type.Literal('read')]))),
  },
  { additionalProperties: false },
)

/** A set of grants; `*` stands for every object that the role does not name. */
export const role = kind('role', 'roles', {
  role: nameShape,
  label: labelShape,
  description: Type.Optional(labelShape),
  admin: Type.Optional(Type.Boolean({ description: 'May change the definitions and settings' })),
  grants: Type.Record(Type.String(), grant),
})
export type RoleDefinition = Static<typeof role.shape>
export type GrantDefinition = Static<typeof grant>
