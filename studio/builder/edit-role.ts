import {
  type ActionName,
  actionNames,
  type FieldLevel,
  type GrantDefinition,
  type RestrictionDefinition,
  type RoleDefinition,
} from '@tessera/platform/definitions/role.js'
import type { Elements } from '@tessera/platform/editing/elements.js'
import { lookup } from '@tessera/platform/registry.js'
import { readRows } from './condition-rows.js'
import { changeElement } from './edit-element.js'

/** Stands in a role for every object that it does not name. */
export const others = '*'

type Grants = RoleDefinition['grants']

/** A role as its definition says it; undefined when there is none of this name. */
export const roleDefinition = (elements: Elements, name: string): RoleDefinition | undefined =>
  lookup(elements, `roles/${name}`)?.definition as unknown as RoleDefinition | undefined

/** What a role says of an object, and whether it names it; what stands for all others counts where it does not. */
export function grantOf(role: RoleDefinition, object: string): { readonly grant: GrantDefinition | undefined; readonly isOwn: boolean } {
  const own = lookup(role.grants as Readonly<Record<string, GrantDefinition>>, object)
  return own
    ? { grant: own, isOwn: true }
    : { grant: lookup(role.grants as Readonly<Record<string, GrantDefinition>>, others), isOwn: false }
}

/** What a role takes away on an object. */
export const restrictionOf = (role: RoleDefinition, object: string): RestrictionDefinition | undefined =>
  lookup((role.restrict ?? {}) as Readonly<Record<string, RestrictionDefinition>>, object)

/** Changes a role; undefined takes a property away. */
export const changeRole = (elements: Elements, name: string, change: Readonly<Record<string, unknown>>): Elements =>
  changeElement(elements, `roles/${name}`, change)

/**
 * Changes what a role grants on an object. What stood for all others is copied first, so that nothing else changes; a grant that says
 * nothing is taken away, unless what stands for all others would come in its place.
 */
export function changeGrant(elements: Elements, name: string, object: string, change: Readonly<Record<string, unknown>>): Elements {
  const role = roleDefinition(elements, name)
  if (!role) return elements
  const grant = without({ actions: [], ...grantOf(role, object).grant, ...change }) as GrantDefinition
  const isEmpty = grant.actions.length === 0 && Object.keys(grant).length === 1
  const isOver = object !== others && Object.hasOwn(role.grants, others)
  const { [object]: _, ...rest } = role.grants as Grants
  const grants = isEmpty && !isOver ? rest : { ...role.grants, [object]: grant }
  return changeRole(elements, name, { grants })
}

/** Gives an action on an object, or takes it away. */
export function toggleAction(elements: Elements, name: string, object: string, action: ActionName): Elements {
  const role = roleDefinition(elements, name)
  if (!role) return elements
  const held = new Set(grantOf(role, object).grant?.actions ?? [])
  if (!held.delete(action)) held.add(action)
  const actions = actionNames.filter(one => held.has(one))
  const { recordsFor } = grantOf(role, object).grant ?? {}
  const kept = Object.fromEntries(Object.entries(recordsFor ?? {}).filter(([one]) => held.has(one as ActionName)))
  return changeGrant(elements, name, object, { actions, recordsFor: Object.keys(kept).length > 0 ? kept : undefined })
}

/** Sets the rule that covers the records of one action, in the place of the one for all; undefined takes it away. */
export function ruleAction(elements: Elements, name: string, object: string, action: string, rule: unknown): Elements {
  const role = roleDefinition(elements, name)
  const recordsFor = without({ ...(role && grantOf(role, object).grant?.recordsFor), [action]: rule })
  return changeGrant(elements, name, object, { recordsFor: Object.keys(recordsFor).length > 0 ? recordsFor : undefined })
}

/** Sets how far a field is open to a role; `edit` is the usual and is not written down. */
export function levelField(elements: Elements, name: string, object: string, field: string, level: FieldLevel): Elements {
  const role = roleDefinition(elements, name)
  const fields = without({ ...(role && grantOf(role, object).grant?.fields), [field]: level === 'edit' ? undefined : level })
  return changeGrant(elements, name, object, { fields: Object.keys(fields).length > 0 ? fields : undefined })
}

/** Changes what a role takes away on an object; what says nothing goes. */
export function changeRestriction(elements: Elements, name: string, object: string, change: Readonly<Record<string, unknown>>): Elements {
  const role = roleDefinition(elements, name)
  if (!role) return elements
  const restriction = Object.fromEntries(
    Object.entries(without({ ...restrictionOf(role, object), ...change })).filter(([, value]) => !isNothing(value)),
  )
  const { [object]: _, ...rest } = role.restrict ?? {}
  const restrict = Object.keys(restriction).length > 0 ? { ...rest, [object]: restriction } : rest
  return changeRole(elements, name, { restrict: Object.keys(restrict).length > 0 ? restrict : undefined })
}

/** Sets how far a field is open at most to who holds a role, whatever other roles grant; `edit` is no limit. */
export function limitField(elements: Elements, name: string, object: string, field: string, level: FieldLevel): Elements {
  const role = roleDefinition(elements, name)
  const fields = without({ ...(role && restrictionOf(role, object)?.fields), [field]: level === 'edit' ? undefined : level })
  return changeRestriction(elements, name, object, { fields })
}

/** Adds a role that grants nothing yet. */
export const addRole = (elements: Elements, name: string, label: unknown): Elements => ({
  ...elements,
  [`roles/${name}`]: { kind: 'role', name, definition: { role: name, label, grants: {} } },
})

const without = (value: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined))

const isNothing = (value: unknown): boolean =>
  (Array.isArray(value) && value.length === 0) || (typeof value === 'object' && value !== null && Object.keys(value).length === 0)

/** A rule over records as rows show it, with bare names for the record's own fields; as it is where rows cannot show it. */
export function bareRule(rule: unknown): unknown {
  const bare = withoutRecord(rule)
  return rule !== undefined && readRows(bare) === null ? rule : bare
}

function withoutRecord(rule: unknown): unknown {
  if (Array.isArray(rule)) return rule.map(withoutRecord)
  if (typeof rule !== 'object' || rule === null) return rule
  return Object.fromEntries(
    Object.entries(rule).map(([key, value]): [string, unknown] => [
      key,
      key === 'var' && typeof value === 'string' ? value.replace(/^record\./, '') : withoutRecord(value),
    ]),
  )
}
