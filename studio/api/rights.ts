import type { ActionName } from '@tessera/platform/definitions/role.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import type { App } from './app.js'

/**
 * Whether the member may do something with an object's records, as far as the definitions tell; the server decides.
 * Roles that were not given to this member's model are taken to allow it.
 */
export function may(app: App, object: ObjectModel, action: ActionName): boolean {
  if (app.member.admin) return true
  const roles = app.member.roles.map(name => (Object.hasOwn(app.model.roles, name) ? app.model.roles[name] : undefined))
  if (roles.length === 0 || roles.some(role => role === undefined)) return true
  return roles.some(role => role?.admin || (role?.grants[object.name] ?? role?.grants['*'])?.actions.has(action))
}

/** Whether links may be made and removed from a record: as its values may be changed, field by field. */
export function mayLink(app: App, object: ObjectModel, name: string): boolean {
  return (may(app, object, 'update') || may(app, object, 'create')) && isOpen(app, object, name)
}

/** Whether the member may write a field of an object, as far as the definitions tell. */
export function mayWrite(app: App, object: ObjectModel, field: string): boolean {
  const model = object.fields[field]
  if (!model?.writable || model.currencyOf !== null || model.relation?.kind === 'masterDetail') return false
  if (!may(app, object, 'update')) return false
  return isOpen(app, object, field)
}

function isOpen(app: App, object: ObjectModel, field: string): boolean {
  const roles = app.member.roles.map(name => (Object.hasOwn(app.model.roles, name) ? app.model.roles[name] : undefined))
  return (
    app.member.admin ||
    roles.some(role => role === undefined || role.admin || (role.grants[object.name] ?? role.grants['*'])?.fields[field] === undefined)
  )
}
