import type { Model } from '../model/model.js'
import { lookup } from '../registry.js'
import { limitedFields } from './granted.js'

/**
 * A model that somebody got narrowed, in which fields say what their roles leave of them: of which they see a part, and which they cannot write.
 * @param roles the names of the roles that they hold; objects that none of them speaks of stay as they are
 */
export function withLimits(model: Model, roles: readonly string[]): Model {
  const held = roles.flatMap(name => lookup(model.roles, name) ?? [])
  const objects = Object.values(model.objects).map(object => {
    const grants = held.flatMap(role => lookup(role.grants, object.name) ?? [])
    if (grants.length === 0 || held.length < roles.length) return [object.name, object] as const
    const { masked, readOnly } = limitedFields(object, {
      grants,
      restrictions: held.flatMap(role => lookup(role.restrict, object.name) ?? []),
    })
    const fields = Object.entries(object.fields).map(([name, field]) => {
      const part = masked.get(name)
      const open = readOnly.has(name) ? { ...field, writable: false } : field
      return [name, part ? { ...open, masked: part.mask, revealable: part.revealable } : open] as const
    })
    return [object.name, { ...object, fields: Object.fromEntries(fields) }] as const
  })
  return { ...model, objects: Object.fromEntries(objects) }
}
