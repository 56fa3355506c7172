import { conditionOf, may, type Profile, profileOf } from '@tessera/platform/access/profile.js'
import type { ActionName, FieldLevel } from '@tessera/platform/definitions/role.js'
import type { FieldModel, Model } from '@tessera/platform/model/model.js'
import type { Condition } from '@tessera/platform/query/condition.js'
import { lookup } from '@tessera/platform/registry.js'

/** How many records an action covers, in a word: none, all, those that one reaches, those that a rule covers, those of parents. */
export type Coverage = 'none' | 'all' | 'reach' | 'rule' | 'parent'

/** What each role comes to by itself, by its name. */
export const profilesOf = (model: Model): Readonly<Record<string, Profile>> =>
  Object.fromEntries(Object.keys(model.roles).map(name => [name, profileOf([name], model)]))

/** Which records of an object an action covers. */
export function coverageOf(profile: Profile, action: ActionName, object: string): Coverage {
  if (!may(profile, action, object)) return 'none'
  const condition = conditionOf(profile, action, object)
  return condition === null ? 'all' : kindOf(condition)
}

/** Shares come beside everything; what they stand beside says more. */
function kindOf(condition: Condition): Coverage {
  if (condition.kind === 'reach' || condition.kind === 'parent') return condition.kind
  if (condition.kind !== 'any') return 'rule'
  const parts = condition.of.filter(part => part.kind !== 'shared').map(kindOf)
  return parts.includes('rule') ? 'rule' : (parts[0] ?? 'rule')
}

/** How far a field is open to who holds a role; hidden where the object itself is. */
export function levelOf(profile: Profile, object: string, { name: field, writable }: FieldModel): FieldLevel {
  const access = lookup(profile.objects, object)
  if (!access || access.hidden.has(field)) return 'hidden'
  const masked = access.masked.get(field)
  if (masked) return masked.revealable ? 'revealable' : 'masked'
  const writes = Object.hasOwn(access.actions, 'update') || Object.hasOwn(access.actions, 'create')
  return access.readOnly.has(field) || !writes || !writable ? 'read' : 'edit'
}
