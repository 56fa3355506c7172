import type { FieldModel, Model, ObjectModel, WorkflowModel } from '../model/model.js'
import { fieldNamed } from '../model/scope.js'
import { holds } from '../records/check.js'
import { isSame } from '../records/values.js'
import { lookup } from '../registry.js'
import type { Cause, RecordEvent } from './event.js'
import { type EventPlace, judgedOf } from './judge.js'

/** So many runs can lead from one to the next; then no further one starts. */
export const longestChain = 16

/** Why a workflow that fits an event is not started. */
export type Stop = 'chainTooLong' | 'alreadyRan'

/** What an event comes to. */
export interface Matched {
  /** The workflows to start, each with the chain that its writes carry. */
  readonly start: readonly { readonly workflow: string; readonly cause: readonly Cause[] }[]
  readonly stopped: readonly { readonly workflow: string; readonly reason: Stop }[]
}

/**
 * Finds the workflows that an event starts: right object and deed, a watched field changed, the condition holds.
 * Records come alike from people, programs, imports and other workflows; only seeds start nothing, they bring along what would follow.
 * A chain of runs ends after sixteen links; in one chain a workflow runs for a record again only when a watched field has a value that
 * it did not have in any earlier run.
 */
export function match(event: RecordEvent, model: Model, place: EventPlace): Matched {
  const object = lookup(model.objects, event.object)
  if (!object || event.channel === 'seed') return { start: [], stopped: [] }
  const fitting = Object.values(model.workflows).filter(workflow => fits(workflow, object, event, place))
  const judged = fitting.map(workflow => ({ workflow, reason: stopOf(workflow, object, event) }))
  return {
    start: judged.flatMap(({ workflow, reason }) =>
      reason === null ? [{ workflow: workflow.name, cause: [...event.cause, linkOf(workflow, object, event)] }] : [],
    ),
    stopped: judged.flatMap(({ workflow, reason }) => (reason === null ? [] : [{ workflow: workflow.name, reason }])),
  }
}

const fits = (workflow: WorkflowModel, object: ObjectModel, event: RecordEvent, place: EventPlace): boolean =>
  watches(workflow, object, event) && (workflow.when === null || holds(workflow.when, judgedOf(object, event, place)))

/** Whether a workflow looks at such events at all, whatever its condition comes to. */
function watches({ definition }: WorkflowModel, object: ObjectModel, event: Pick<RecordEvent, 'object' | 'event' | 'fields'>): boolean {
  if (definition.inactive || definition.on.object !== event.object || definition.on.event !== event.event) return false
  const watched = watchedFields(definition.on.fields, object)
  return watched.length === 0 || event.event !== 'updated' || watched.some(field => event.fields.includes(field.key))
}

/** Whether any workflow of the model looks at an event; to all others nothing has to be read for it. */
export function isWatched(event: Pick<RecordEvent, 'object' | 'event' | 'fields'>, model: Model): boolean {
  const object = lookup(model.objects, event.object)
  return object !== undefined && Object.values(model.workflows).some(workflow => watches(workflow, object, event))
}

const watchedFields = (names: readonly string[] | undefined, object: ObjectModel): readonly FieldModel[] =>
  (names ?? []).map(name => fieldNamed(object, name)).filter(field => field !== null)

function stopOf({ name, definition }: WorkflowModel, object: ObjectModel, event: RecordEvent): Stop | null {
  if (event.cause.length >= longestChain) return 'chainTooLong'
  const earlier = event.cause.filter(link => link.workflow === name && link.record === event.record)
  if (earlier.length === 0) return null
  const isNew = (field: FieldModel) =>
    event.fields.includes(field.key) && earlier.every(link => !isSame(link.values[field.key], event.after[field.key]))
  return watchedFields(definition.on.fields, object).some(isNew) ? null : 'alreadyRan'
}

const linkOf = ({ name, definition }: WorkflowModel, object: ObjectModel, event: RecordEvent): Cause => ({
  event: event.id,
  workflow: name,
  record: event.record,
  values: Object.fromEntries(watchedFields(definition.on.fields, object).map(field => [field.key, event.after[field.key] ?? null])),
})
