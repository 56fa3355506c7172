import type { FieldModel } from '../model/model.js'
import { lookup } from '../registry.js'
import { mayWrite, type Profile } from './profile.js'

/** Whether a caller may feed a field by an import: what they may write, and since when a record is in a state that they may write. */
export const mayImport = (profile: Profile, field: FieldModel): boolean => {
  if (field.sinceOf === undefined) return mayWrite(profile, field)
  const access = lookup(profile.objects, field.object)
  return access !== undefined && !access.hidden.has(field.sinceOf) && !access.readOnly.has(field.sinceOf)
}
