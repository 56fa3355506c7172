import { type Static, Type } from '@sinclair/typebox'
import { labelShape, ruleShape } from '../fields/definition.js'
import { kind, nameShape } from './kind.js'

/** The deeds that a grant names; `seeAll` and `editAll` widen the others to every record. */
export const actionNames = [
  'read',
  'create',
  'update',
  'delete',
  'restore',
  'export',
  'import',
  'bulk',
  'merge',
  'share',
  'transfer',
  'seeAll',
  'editAll',
] as const
export type ActionName = (typeof actionNames)[number]

/** How far a field is open, from the least to the most. */
export const fieldLevels = ['hidden', 'masked', 'revealable', 'read', 'edit'] as const
export type FieldLevel = (typeof fieldLevels)[number]

const actions = Type.Array(Type.Union(actionNames.map(action => Type.Literal(action))), { uniqueItems: true })

const grant = Type.Object(
  {
    actions,
    records: Type.Optional(
      Type.Unsafe<unknown>({
        ...ruleShape,
        description: 'The records that it covers (JSON Logic); without it, those that the object’s `access` gives, or all',
      }),
    ),
    recordsFor: Type.Optional(
      Type.Object(Object.fromEntries(actionNames.map(action => [action, Type.Optional(ruleShape)])), {
        additionalProperties: false,
        description: 'The records that it covers for one action, in the place of `records`',
      }),
    ),
    fields: Type.Optional(
      Type.Record(Type.String(), Type.Union(fieldLevels.map(level => Type.Literal(level))), {
        description:
          'How far fields are open; `edit` unless said. A masked field shows a part of its value, a revealable one all of it on demand',
      }),
    ),
  },
  { additionalProperties: false },
)

const restriction = Type.Object(
  {
    actions: Type.Optional(actions),
    records: Type.Optional(
      Type.Unsafe<unknown>({ ...ruleShape, description: 'The records on which the actions are withheld; all unless said' }),
    ),
    fields: Type.Optional(Type.Record(Type.String(), Type.Union(fieldLevels.slice(0, -1).map(level => Type.Literal(level))))),
  },
  { additionalProperties: false },
)

/** A set of grants; `*` stands for every object that the role does not name. */
export const role = kind('role', 'roles', {
  role: nameShape,
  label: labelShape,
  description: Type.Optional(labelShape),
  admin: Type.Optional(Type.Boolean({ description: 'May change the definitions and settings' })),
  audit: Type.Optional(Type.Boolean({ description: 'May read the audit log, as admins may' })),
  grants: Type.Record(Type.String(), grant),
  restrict: Type.Optional(
    Type.Record(Type.String(), restriction, { description: 'What holders may not do, whatever their other roles grant' }),
  ),
})
export type RoleDefinition = Static<typeof role.shape>
export type GrantDefinition = Static<typeof grant>
export type RestrictionDefinition = Static<typeof restriction>
