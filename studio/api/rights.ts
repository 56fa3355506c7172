import type { ActionName } from '@tessera/platform/definitions/role.js'
import type { ObjectModel, RoleModel } from '@tessera/platform/model/model.js'
import type { App } from './app.js'

/** The roles of the member; null where one is not known here, so that the server alone decides. */
function rolesOf(app: App): readonly RoleModel[] | null {
  const roles = app.member.roles.map(name => (Object.hasOwn(app.model.roles, name) ? app.model.roles[name] : undefined))
  const known = roles.filter(role => role !== undefined)
  return known.length === 0 || known.length < roles.length ? null : known
}

const grantsOf = (roles: readonly RoleModel[], object: ObjectModel) =>
  roles.flatMap(({ grants }) => (Object.hasOwn(grants, object.name) ? (grants[object.name] ?? []) : []))

const restrictionsOf = (roles: readonly RoleModel[], object: ObjectModel) =>
  roles.flatMap(({ restrict }) => (Object.hasOwn(restrict, object.name) ? (restrict[object.name] ?? []) : []))

/**
 * Whether the member may do something with an object's records, as far as the definitions tell; the server decides.
 * Roles that were not given to this member's model are taken to allow it.
 */
export function may(app: App, object: ObjectModel, action: ActionName): boolean {
  const roles = rolesOf(app)
  if (roles === null) return true
  // an action may be withheld on some records only, which the server knows
  const isWithheld = restrictionsOf(roles, object).some(({ actions, records }) => actions.has(action) && records === null)
  return !isWithheld && grantsOf(roles, object).some(({ actions }) => actions.has(action))
}

/** Whether links may be made and removed from a record: as its values may be changed, field by field. */
export function mayLink(app: App, object: ObjectModel, name: string): boolean {
  return (may(app, object, 'update') || may(app, object, 'create')) && isOpen(app, object, name)
}

/** Whether the member may write a field of an object, as far as the definitions tell. */
export function mayWrite(app: App, object: ObjectModel, field: string): boolean {
  const model = object.fields[field]
  if (!model?.writable || model.currencyOf !== null || model.relation?.kind === 'masterDetail') return false
  if (!may(app, object, 'update') || (field === 'owner' && !may(app, object, 'transfer'))) return false
  return isOpen(app, object, field)
}

function isOpen(app: App, object: ObjectModel, field: string): boolean {
  const roles = rolesOf(app)
  if (roles === null) return true
  const isLimited = restrictionsOf(roles, object).some(({ fields }) => fields[field] !== undefined)
  return !isLimited && grantsOf(roles, object).some(({ fields }) => fields[field] === undefined || fields[field] === 'edit')
}
