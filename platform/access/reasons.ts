import { groupOf } from '../definitions/record-access.js'
import type { ActionName } from '../definitions/role.js'
import type { ObjectModel, RoleModel } from '../model/model.js'
import type { Condition } from '../query/condition.js'
import { lookup } from '../registry.js'
import type { CheckedRule } from '../rules/rule.js'
import type { ObjectAccess } from './object-access.js'

/** By what an action on a record is given or withheld. */
export type ReasonKind =
  | 'everything'
  | 'default'
  | 'recordRule'
  | 'owner'
  | 'position'
  | 'ownerRule'
  | 'group'
  | 'pool'
  | 'shared'
  | 'parent'
  | 'restrict'
  | 'noGrant'

/** Something that may give or withhold an action, and which records it covers; null is all of them. */
export interface Ground {
  readonly kind: ReasonKind
  /** The role that it stands in; of a share none. */
  readonly role: string | null
  /** Of an owner rule its name, of a group the field that names it. */
  readonly name: string | null
  readonly covers: Condition | 'owner' | 'position' | 'ownerRule' | 'group' | 'pool' | null
}

const ruled = (rule: CheckedRule): Condition => ({ kind: 'rule', rule })
const showing: ReadonlySet<string> = new Set(['read', 'export'])

/**
 * Everything that could give or withhold an action on records of an object, whether it covers a given one or not.
 * @param roles those that somebody holds
 * @param parent what they may do with parents, where the object's records follow them
 */
export function groundsOf(
  action: ActionName,
  object: ObjectModel,
  roles: readonly RoleModel[],
  parent: ObjectAccess | undefined,
): Ground[] {
  const grounds: Ground[] = []
  for (const role of roles) {
    const taken = lookup(role.restrict, object.name)
    if (taken?.actions.has(action))
      grounds.push({ kind: 'restrict', role: role.name, name: null, covers: taken.records ? ruled(taken.records) : null })
    const grant = lookup(role.grants, object.name)
    if (!grant?.actions.has(action)) continue
    const isWide = grant.actions.has('editAll') || (grant.actions.has('seeAll') && showing.has(action))
    const rule = grant.recordsFor[action] ?? grant.records
    if (isWide) grounds.push({ kind: 'everything', role: role.name, name: null, covers: null })
    else if (rule) grounds.push({ kind: 'recordRule', role: role.name, name: null, covers: ruled(rule) })
    else grounds.push(...usualGrounds(action, object, role.name, parent))
  }
  const isGranted = grounds.some(({ kind }) => kind !== 'restrict')
  if (!isGranted) return [...grounds, { kind: 'noGrant', role: null, name: null, covers: null }]
  if (!object.definition.access || action === 'create') return grounds
  return [...grounds, { kind: 'shared', role: null, name: null, covers: { kind: 'shared', level: showing.has(action) ? 'read' : 'edit' } }]
}

function usualGrounds(action: ActionName, object: ObjectModel, role: string, parent: ObjectAccess | undefined): Ground[] {
  const { access } = object.definition
  const level = showing.has(action) ? 'read' : 'edit'
  if (!access) return [{ kind: 'everything', role, name: null, covers: null }]
  if (access.default === 'edit' || (access.default === 'read' && level === 'read'))
    return [{ kind: 'default', role, name: null, covers: null }]
  if (access.default === 'parent') {
    const above = level === 'read' ? 'read' : 'update'
    const isGiven = parent !== undefined && Object.hasOwn(parent.actions, above)
    const of = parent?.actions[above] ?? null
    return isGiven ? [{ kind: 'parent', role, name: null, covers: of === null ? null : { kind: 'parent', of } }] : []
  }
  const rules = (access.rules ?? []).filter(rule => level === 'read' || rule.level === 'edit')
  return [
    ...(object.hasOwner ? [{ kind: 'owner', role, name: null, covers: 'owner' } as const] : []),
    ...(object.hasOwner && access.positions !== false ? [{ kind: 'position', role, name: null, covers: 'position' } as const] : []),
    ...rules.map(rule => ({ kind: 'ownerRule', role, name: rule.rule, covers: 'ownerRule' }) as const),
    ...Object.keys(access.groups ?? {}).map(name => ({ kind: 'group', role, name, covers: 'group' }) as const),
    ...(object.hasOwner && access.pool && level === 'read' ? [{ kind: 'pool', role, name: null, covers: 'pool' } as const] : []),
  ]
}

/** The groups that an owner rule names. */
export const groupsOfRule = ({ definition }: ObjectModel, name: string) => {
  const rule = definition.access?.rules?.find(one => one.rule === name)
  return rule ? { of: groupOf(rule.of), to: groupOf(rule.to) } : null
}
