import type { Channel } from '../records/change.js'
import type { Values } from '../records/values.js'

/** A link of the chain that led to an event: the run of a workflow that wrote it. */
export interface Cause {
  /** The event that started the run. */
  readonly event: string
  readonly workflow: string
  /** The record of that event, with the values that the workflow watches, as they were then. */
  readonly record: string
  readonly values: Values
}

/** Something that happened to a record, as the outbox has it. */
export interface RecordEvent {
  readonly id: string
  readonly object: string
  readonly record: string
  /** The version that the record got. */
  readonly version: number
  readonly event: 'created' | 'updated' | 'deleted' | 'restored'
  /** The keys whose values changed. */
  readonly fields: readonly string[]
  readonly before: Values | null
  readonly after: Values
  readonly at: string
  /** The way by which the write came in. */
  readonly channel: Channel
  /** What led to it, oldest first; empty when a person did it. */
  readonly cause: readonly Cause[]
}
