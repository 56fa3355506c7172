import type { Profile } from '@tessera/platform/access/profile.js'
import { dayOf } from '@tessera/platform/fields/zone.js'
import type { Caller } from '../access/caller.js'
import type { Queryable } from '../database/queryable.js'
import type { LiveModel } from '../publishing/models.js'
import type { WriteContext } from '../records/write-context.js'

/** Who asks, with what rights, over which version of the model. */
export interface RequestContext {
  readonly caller: Caller
  readonly live: LiveModel
  readonly profile: Profile
  /** Told of the errors of an answer, and of what was asked. */
  readonly told?: (errors: readonly unknown[], what: string) => Promise<void>
  /** Where several queries that belong together read, and as of when; each reads what is there now when it is not given. */
  readonly snapshot?: { readonly client: Queryable; readonly at: Date }
}

/** What the slots of a read plan are filled with. */
export function slotsOf({ caller }: RequestContext, at: Date): Readonly<Record<string, unknown>> {
  const now = at.toISOString()
  const { member, reach, workspace, timeZone } = caller
  return {
    reach,
    member: member.id,
    memberName: member.name,
    memberEmail: member.email,
    now,
    today: dayOf(now, timeZone),
    timeZone,
    currency: workspace.currency,
    firstWeekday: workspace.firstWeekday,
  }
}

/** The circumstances of a member's own write over the API. */
export function writeContext({ caller, live, profile }: RequestContext, at: Date): WriteContext {
  const now = at.toISOString()
  return {
    schema: caller.workspace.schema,
    model: live.model,
    profile,
    roles: caller.roles,
    reach: caller.reach,
    channel: caller.channel,
    cause: [],
    currency: caller.workspace.currency,
    zone: caller.workspace.timeZone,
    moment: { member: caller.member, now, today: dayOf(now, caller.timeZone), timeZone: caller.timeZone },
  }
}
