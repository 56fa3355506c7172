import type { ObjectModel } from '../model/model.js'
import type { Judged } from '../records/check.js'
import type { Moment } from '../records/defaults.js'
import type { RecordEvent } from './event.js'

/** What the rules of workflows know beside the event itself. */
export interface EventPlace {
  /** Who did it and when, in the workspace's zone. */
  readonly moment: Moment
  /** Values along lookups of the event's record (`partner.name`), for those who can read them. */
  readonly related: Judged['related']
}

/** The record of an event as rules see it: before and after. */
export const judgedOf = (object: ObjectModel, event: RecordEvent, { moment, related }: EventPlace): Judged => ({
  object,
  before: event.before,
  after: { ...event.after, id: event.record, version: event.version },
  moment,
  related,
})
