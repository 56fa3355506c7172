import type { Profile } from '@tessera/platform/access/profile.js'
import type { Issue } from '@tessera/platform/errors.js'
import type { Model } from '@tessera/platform/model/model.js'
import { noReach, type Reach } from '@tessera/platform/query/reach.js'
import type { Channel } from '@tessera/platform/records/change.js'
import type { Asking } from '@tessera/platform/records/covered.js'
import type { Moment } from '@tessera/platform/records/defaults.js'

/** In whose name, where and when something is written. */
export interface WriteContext {
  readonly schema: string
  readonly model: Model
  /** What the writer may do; null is the product itself (seeds, workflows). */
  readonly profile: Profile | null
  /** How far the writer reaches by where they stand; nowhere for the product itself. */
  readonly reach?: Reach
  /** The names of the writer's roles; none for the product itself. */
  readonly roles?: readonly string[]
  readonly moment: Moment
  readonly channel: Channel
  /** The events that led to this write, oldest first. */
  readonly cause: readonly unknown[]
  /** The currency of the workspace, ISO 4217. */
  readonly currency: string
  /** The zone of the workspace: in it instants have their day wherever a value is kept, whoever writes. */
  readonly zone: string
  /** The rules whose warnings the writer confirms, or all of them. */
  readonly confirm?: readonly string[] | 'all'
}

/** The moment of a write as values that are kept see it: with the days of the workspace, so that they do not depend on who writes. */
export const keptMoment = ({ moment, zone }: Pick<WriteContext, 'moment' | 'zone'>): Moment => ({ ...moment, timeZone: zone })

/** Who writes, where a condition is read in JavaScript. */
export const askingOf = ({ moment, reach }: Pick<WriteContext, 'moment' | 'reach'>): Asking => ({
  member: moment.member?.id ?? null,
  reach,
})

/** A problem of one row of a request. */
export interface RowIssue {
  readonly row: number
  readonly id: string | null
  readonly issue: Issue
}

/** What came of a write. */
export interface Outcome {
  /** The ids of the records that the rows stand for, by row; null where a row did not go in. */
  readonly ids: readonly (string | null)[]
  /** The versions that the write made of those records; null where it changed nothing of one. */
  readonly versions: readonly (number | null)[]
  readonly issues: readonly RowIssue[]
  /** The one record that was written, as it was asked to be shown, where the write itself gave it back; null is one that the writer may not see. */
  readonly answer?: string | null
}

/** Before anything is written. */
export const nothingWritten: Outcome = { ids: [], versions: [], issues: [] }

/** What a statement's slots read: who asks, and when. */
export const slotContext = ({
  moment,
  currency,
  reach,
}: Pick<WriteContext, 'moment' | 'currency' | 'reach'>): Readonly<Record<string, unknown>> => ({
  reach: reach ?? noReach,
  member: moment.member?.id ?? null,
  memberName: moment.member?.name ?? null,
  memberEmail: moment.member?.email ?? null,
  now: moment.now,
  today: moment.today,
  timeZone: moment.timeZone,
  currency,
})
