import type { Profile } from '@tessera/platform/access/profile.js'
import { dayOf } from '@tessera/platform/fields/zone.js'
import type { Reach } from '@tessera/platform/query/reach.js'
import type { Env } from '@tessera/platform/sql/sql.js'
import type { Caller } from '../access/caller.js'
import type { Queryable } from '../database/queryable.js'
import type { LiveModel } from '../publishing/models.js'
import type { WriteContext } from '../records/write-context.js'

/** Who asks, with what rights, over which version of the model. */
export interface RequestContext {
  readonly caller: Caller
  readonly live: LiveModel
  readonly profile: Profile
  /** The model is a draft's: it is for looking only. */
  readonly isPreview?: boolean
  /** Told of the errors of an answer, and of what was asked. */
  readonly told?: (errors: readonly unknown[], what: string) => Promise<void>
  /** Where several queries that belong together read, and as of when; each reads what is there now when it is not given. */
  readonly snapshot?: { readonly client: Queryable; readonly at: Date }
}

/**
 * What the slots of a read plan are filled with.
 * @param at the moment of which all that belongs together is asked; that of the snapshot, else now
 */
export const slotsOf = ({ caller, snapshot }: RequestContext, at: Date = snapshot?.at ?? new Date()): Env['context'] =>
  new Slots(caller, at)

/** Few plans ask for the time, and to write it as text takes longer than all else, so that is done when one does. */
class Slots {
  readonly [slot: string]: unknown
  readonly reach: Reach
  readonly member: string
  readonly memberName: string
  readonly memberEmail: string
  readonly timeZone: string
  readonly currency: string
  readonly firstWeekday: number

  constructor(
    { member, reach, timeZone, workspace }: Caller,
    private readonly at: Date,
  ) {
    this.reach = reach
    this.member = member.id
    this.memberName = member.name
    this.memberEmail = member.email
    this.timeZone = timeZone
    this.currency = workspace.currency
    this.firstWeekday = workspace.firstWeekday
  }

  get now(): string {
    return this.at.toISOString()
  }

  get today(): string {
    return dayOf(this.now, this.timeZone)
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
