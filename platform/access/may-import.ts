import { isSnapshot } from '../model/lookup-values.js'
import type { FieldModel } from '../model/model.js'
import { lookup } from '../registry.js'
import { mayWrite, type Profile } from './profile.js'

/** Whether a caller may feed a field by an import: what they may write, since when a record is in a state that they may write, the object that a field points at beside that field, and what was copied of related records. */
export const mayImport = (profile: Profile, field: FieldModel): boolean => {
  const pointing = field.typeOf === undefined ? undefined : lookup(profile.model.objects, field.object)?.fields[field.typeOf]
  if (pointing) return mayWrite(profile, pointing)
  if (field.sinceOf === undefined) return mayWrite(profile, isSnapshot(field) ? { ...field, writable: true } : field)
  const access = lookup(profile.objects, field.object)
  return access !== undefined && !access.hidden.has(field.sinceOf) && !access.readOnly.has(field.sinceOf)
}
