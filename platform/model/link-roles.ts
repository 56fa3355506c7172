import type { ActionName, FieldLevel, GrantDefinition, RestrictionDefinition, RoleDefinition } from '../definitions/role.js'
import { type Issue, issue } from '../errors.js'
import { maskOf } from '../fields/masks.js'
import type { CheckedRule } from '../rules/rule.js'
import { condition, known, target } from './link.js'
import type { GrantModel, ObjectModel, RestrictionModel, RoleModel } from './model.js'

type Objects = Readonly<Record<string, ObjectModel>>

/** Links a role: what it grants and withholds by object, `*` resolved, record rules checked. */
export function linkRole(role: RoleDefinition, objects: Objects, issues: Issue[]): RoleModel {
  const path = `roles/${role.role}`
  const grants: Record<string, GrantModel> = {}
  const restrict: Record<string, RestrictionModel> = {}
  for (const [name, grant] of Object.entries(role.grants)) {
    const at = `${path}/grants/${name}`
    if (grant.actions.length === 0) issues.push(issue('GRANT_EMPTY', `${at}/actions`, { object: name }))
    for (const object of covered(name, role.grants, objects, at, issues))
      grants[object.name] = grantOf(grant, object, name, objects, at, issues)
  }
  for (const [name, restriction] of Object.entries(role.restrict ?? {})) {
    const at = `${path}/restrict/${name}`
    if ((restriction.actions ?? []).length + Object.keys(restriction.fields ?? {}).length === 0)
      issues.push(issue('GRANT_EMPTY', `${at}/actions`, { object: name }))
    for (const object of covered(name, role.restrict ?? {}, objects, at, issues))
      restrict[object.name] = restrictionOf(restriction, object, name, objects, at, issues)
  }
  return { name: role.role, admin: role.admin ?? false, definition: role, grants, restrict }
}

/** The objects that an entry is of; `*` is every one without an entry. */
function covered(name: string, entries: Readonly<Record<string, unknown>>, objects: Objects, at: string, issues: Issue[]): ObjectModel[] {
  if (name === '*') return Object.values(objects).filter(other => !Object.hasOwn(entries, other.name))
  const object = target(name, objects, at, issues)
  return object ? [object] : []
}

function grantOf(grant: GrantDefinition, object: ObjectModel, name: string, objects: Objects, at: string, issues: Issue[]): GrantModel {
  const fields = levelsOf(grant.fields, object, name, objects, at, issues)
  const records = condition(grant.records, object, objects, `${at}/records`, issues)
  const given = Object.entries((grant.recordsFor ?? {}) as Readonly<Partial<Record<ActionName, unknown>>>)
  const recordsFor = given.flatMap(([action, rule]): [string, CheckedRule][] => {
    const place = `${at}/recordsFor/${action}`
    if (!withImplied(grant.actions).has(action)) issues.push(issue('GRANT_ACTION_MISSING', place, { action }))
    const checked = condition(rule, object, objects, place, issues)
    return checked ? [[action, checked]] : []
  })
  return { actions: withImplied(grant.actions), records, recordsFor: Object.fromEntries(recordsFor), fields }
}

function restrictionOf(
  { actions = [], records, fields }: RestrictionDefinition,
  object: ObjectModel,
  name: string,
  objects: Objects,
  at: string,
  issues: Issue[],
): RestrictionModel {
  return {
    actions: new Set(actions),
    records: condition(records, object, objects, `${at}/records`, issues),
    fields: levelsOf(fields, object, name, objects, at, issues),
  }
}

/** Who may see all may see, who may edit all may also change. */
const withImplied = (actions: readonly string[]): ReadonlySet<string> =>
  new Set([
    ...actions,
    ...(actions.includes('seeAll') || actions.includes('editAll') ? ['read'] : []),
    ...(actions.includes('editAll') ? ['update'] : []),
  ])

/** How far fields are open; of `*` those that an object has. */
function levelsOf(
  fields: Readonly<Record<string, FieldLevel>> | undefined,
  object: ObjectModel,
  name: string,
  objects: Objects,
  at: string,
  issues: Issue[],
): Readonly<Record<string, FieldLevel>> {
  for (const [field, level] of Object.entries(fields ?? {})) {
    if (name === '*') continue
    const path = `${at}/fields/${field}`
    const found = known(object, objects, field, path, issues, true)
    const isMask = level === 'masked' || level === 'revealable'
    if (isMask && (!found || maskOf(found.definition) === null || found.columns.length === 0))
      issues.push(issue('MASK_UNFIT', path, { field, type: found?.type.name ?? '' }))
  }
  return fields ?? {}
}
