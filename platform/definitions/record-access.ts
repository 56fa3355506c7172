import { type Static, Type } from '@sinclair/typebox'
import { labelShape } from '../fields/label-shape.js'
import { nameShape } from './kind.js'

/** The kinds of groups that members stand in; positions and territories form trees. */
export const groupKinds = ['position', 'team', 'queue', 'territory'] as const
export type GroupKind = (typeof groupKinds)[number]

const one = (kind: GroupKind) => Type.Object({ [kind]: nameShape }, { additionalProperties: false })

/** A group by its kind and name: `{ "team": "support" }`. */
const groupShape = Type.Unsafe<Readonly<Partial<Record<GroupKind, string>>>>(Type.Union(groupKinds.map(one)))

const level = Type.Union([Type.Literal('read'), Type.Literal('edit')])

/** Records whose owners are in one group are for the members of another. */
const ownerRuleShape = Type.Object(
  { rule: nameShape, label: Type.Optional(labelShape), of: groupShape, to: groupShape, level },
  { additionalProperties: false },
)

const days = (description: string) => Type.Integer({ minimum: 1, maximum: 3650, description })

/** Records without an owner are for everybody who may read the object, until somebody claims them. */
const poolShape = Type.Object(
  {
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'How many records of the object a member may own and still claim' }),
    ),
    again: Type.Optional(days('After so many days a former owner may claim a record again')),
    recycle: Type.Optional(
      Type.Object(
        {
          since: Type.String({ description: 'The day or time from which on nothing happened, such as of the last follow-up' }),
          days: days('After so many days a record goes back to the pool'),
          warn: Type.Optional(days('After so many days its owner is warned')),
          protect: Type.Optional(days('A claimed record stays so many days at least')),
        },
        { additionalProperties: false, description: 'When records go back to the pool by themselves' },
      ),
    ),
  },
  { additionalProperties: false },
)

/** Which records grants without a rule of their own cover. */
export const recordAccessShape = Type.Object(
  {
    default: Type.Union([Type.Literal('private'), Type.Literal('read'), Type.Literal('edit'), Type.Literal('parent')], {
      description:
        'What everybody with a grant may do with records of others: nothing, see them, change them; or what they may do with the parent',
    }),
    positions: Type.Optional(
      Type.Boolean({ description: 'Whether those above the owner’s position reach a record too; they do unless said' }),
    ),
    groups: Type.Optional(
      Type.Record(Type.String(), Type.Union([Type.Literal('team'), Type.Literal('queue'), Type.Literal('territory')]), {
        description: 'Fields that name a group: its members reach the record',
      }),
    ),
    rules: Type.Optional(
      Type.Array(ownerRuleShape, { maxItems: 50, description: 'Records of owners in one group, for the members of another' }),
    ),
    pool: Type.Optional(poolShape),
  },
  { additionalProperties: false },
)
export type RecordAccessDefinition = Static<typeof recordAccessShape>
export type PoolDefinition = Static<typeof poolShape>
export type OwnerRuleDefinition = Static<typeof ownerRuleShape>
export type AccessLevel = Static<typeof level>

/** The kind and the name of a group that a definition names. */
export function groupOf(group: OwnerRuleDefinition['of']): { readonly kind: GroupKind; readonly name: string } {
  const kind = groupKinds.find(known => group[known] !== undefined) ?? 'team'
  return { kind, name: group[kind] ?? '' }
}
