import { mayImport } from '@tessera/platform/access/may-import.js'
import type { Profile } from '@tessera/platform/access/profile.js'
import { type Issue, issue } from '@tessera/platform/errors.js'
import type { TextContext } from '@tessera/platform/fields/field.js'
import { dayOf } from '@tessera/platform/fields/zone.js'
import { localeOf } from '@tessera/platform/label.js'
import type { Reach } from '@tessera/platform/query/reach.js'
import { type ImportColumn, type ImportPlan, linkMapping } from '@tessera/platform/records/import-mapping.js'
import { lookup } from '@tessera/platform/registry.js'
import type { LiveModel } from '../publishing/models.js'
import type { WriteContext } from '../records/write-context.js'

/** In whose name an import runs. */
export interface ImportingMember {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly locale: string
  readonly timeZone: string
}

/** Where and in whose name something is imported, with the rights and the model of this moment. */
export interface Importing {
  readonly schema: string
  readonly member: ImportingMember
  readonly live: LiveModel
  readonly profile: Profile
  readonly reach: Reach
  readonly currency: string
  /** The zone of the workspace. */
  readonly zone: string
}

/** The circumstances of an import's writes. */
export function writingOf({ schema, member, live, profile, reach, currency, zone }: Importing, at: Date): WriteContext {
  const now = at.toISOString()
  const { id, name, email, timeZone } = member
  return {
    schema,
    model: live.model,
    profile,
    reach,
    channel: 'import',
    cause: [],
    currency,
    zone,
    moment: { member: { id, name, email }, now, today: dayOf(now, timeZone), timeZone },
  }
}

/** How the texts of a file are read. */
export const readingOf = ({ member, currency }: Importing): TextContext => ({
  locale: localeOf(member.locale),
  timeZone: member.timeZone,
  currency,
})

/** The plan of a mapping for the member's view of an object, and all issues; null when there is no such object for them. */
export function planOf(
  importing: Importing,
  object: string,
  columns: readonly string[],
  mapping: readonly ImportColumn[],
  match: string | null,
): { readonly plan: ImportPlan | null; readonly issues: readonly Issue[] } {
  const { profile } = importing
  const shown = lookup(profile.model.objects, object)
  if (!shown) return { plan: null, issues: [issue('OBJECT_UNKNOWN', 'object', { object, suggestion: '' })] }
  return linkMapping(mapping, match, { object: shown, model: profile.model, columns, mayWrite: field => mayImport(profile, field) })
}
