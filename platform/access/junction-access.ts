import type { JunctionModel } from '../model/junction-model.js'
import { lookup } from '../registry.js'
import type { ObjectAccess } from './object-access.js'

/**
 * What a caller may do with the links of a many-to-many: see those whose two ends they see (the query adds that condition),
 * and make or remove them from an end that they may change. Hiding the links at one end hides them altogether.
 * @param granted what their roles say of the junction itself: it may hide attributes
 * @returns nothing when an end may not be read at all
 */
export function junctionAccess(
  junction: JunctionModel,
  objects: Readonly<Record<string, ObjectAccess>>,
  target: string,
  granted: ObjectAccess | undefined,
): ObjectAccess | undefined {
  const near = lookup(objects, junction.object)
  const far = lookup(objects, target)
  if (!near || !far || near.hidden.has(junction.field) || (junction.inverse !== null && far.hidden.has(junction.inverse))) return undefined
  const mayWrite = [near, far].some(({ actions }) => Object.hasOwn(actions, 'create') || Object.hasOwn(actions, 'update'))
  const closed = [
    ...(near.readOnly.has(junction.field) ? [junction.near] : []),
    ...(junction.inverse === null || far.readOnly.has(junction.inverse) ? [junction.far] : []),
  ]
  return {
    actions: mayWrite ? { read: null, create: null, update: null, delete: null } : { read: null },
    masked: granted?.masked ?? new Map(),
    hidden: new Set([...(granted?.hidden ?? []), ...junction.mirrors]),
    readOnly: new Set([...(granted?.readOnly ?? []), ...closed]),
  }
}
