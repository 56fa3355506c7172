import type { Profile } from '@tessera/platform/access/profile.js'
import type { Model } from '@tessera/platform/model/model.js'
import { lookup } from '@tessera/platform/registry.js'

/**
 * Which of the exported columns hold values that some role sees masked, and that the caller gets whole.
 * @param names fields of the object, or `relation.field`
 */
export function sensitiveAmong(names: readonly string[], object: string, model: Model, profile: Profile): string[] {
  return names.filter(name => {
    const [first = '', second] = name.split('.')
    const field = lookup(lookup(model.objects, object)?.fields ?? {}, first)
    if (second === undefined) return isSensitive(object, first, model, profile)
    return field?.relation?.to != null && isSensitive(field.relation.to, second, model, profile)
  })
}

function isSensitive(object: string, field: string, model: Model, profile: Profile): boolean {
  if (lookup(lookup(profile.model.objects, object)?.fields ?? {}, field)?.masked) return false
  return Object.values(model.roles).some(({ grants, restrict }) =>
    [lookup(grants, object)?.fields, lookup(restrict, object)?.fields].some(levels => {
      const level = levels && lookup(levels, field)
      return level === 'masked' || level === 'revealable'
    }),
  )
}
