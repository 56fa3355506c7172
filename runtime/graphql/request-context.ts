import { dayOf } from '@tessera/platform/fields/zone.js'
import type { Profile } from '@tessera/platform/access/profile.js'
import type { Caller } from '../access/caller.js'
import type { LiveModel } from '../publishing/models.js'
import type { WriteContext } from '../records/write-context.js'

/** Who asks, with what rights, over which version of the model. */
export interface RequestContext {
  readonly caller: Caller
  readonly live: LiveModel
  readonly profile: Profile
}

/** What the slots of a read plan are filled with. */
export function slotsOf({ caller }: RequestContext, at: Date): Readonly<Record<string, unknown>> {
  const now = at.toISOString()
  const { member, workspace, timeZone } = caller
  return {
    member: member.id, memberName: member.name, memberEmail: member.email, now, today: dayOf(now, timeZone), timeZone,
    currency: workspace.currency, firstWeekday: workspace.firstWeekday,
  }
}

/** The circumstances of a member's own write over the API. */
export function writeContext({ caller, live, profile }: RequestContext, at: Date): WriteContext {
  const now = at.toISOString()
  return {
    schema: caller.workspace.schema, model: live.model, profile, channel: 'api', cause: [], currency: caller.workspace.currency,
    moment: { member: caller.member, now, today: dayOf(now, caller.timeZone), timeZone: caller.timeZone },
  }
}
