import type { Model } from '../model/model.js'
import { lookup } from '../registry.js'
import { maskedFields } from './granted.js'

/**
 * A model that somebody got narrowed, with a mark at the fields of which they see a part.
 * @param roles the names of the roles that they hold
 */
export function withMasks(model: Model, roles: readonly string[]): Model {
  const held = roles.flatMap(name => lookup(model.roles, name) ?? [])
  const objects = Object.values(model.objects).map(object => {
    const masked = maskedFields(object, {
      grants: held.flatMap(role => lookup(role.grants, object.name) ?? []),
      restrictions: held.flatMap(role => lookup(role.restrict, object.name) ?? []),
    })
    if (masked.size === 0) return [object.name, object] as const
    const fields = Object.entries(object.fields).map(([name, field]) => {
      const part = masked.get(name)
      return [name, part ? { ...field, masked: part.mask, revealable: part.revealable } : field] as const
    })
    return [object.name, { ...object, fields: Object.fromEntries(fields) }] as const
  })
  return { ...model, objects: Object.fromEntries(objects) }
}
