import type { FieldModel, Model, ObjectModel, WorkflowModel } from '../model/model.js'
import { fieldNamed } from '../model/scope.js'
import { onceFor } from '../once-for.js'
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

/** Events that a workflow looks at; where it names fields, of updates those that change one of them. */
export interface Watched {
  readonly object: string
  readonly event: RecordEvent['event']
  /** The keys of those fields; empty for any. */
  readonly fields: readonly string[]
}

/** The events that any workflow of a model looks at, whatever its condition comes to; for all others nothing has to be read. */
export const watchedBy: (model: Model) => readonly Watched[] = onceFor(model =>
  Object.values(model.workflows).flatMap(workflow => {
    const object = lookup(model.objects, workflow.definition.on.object)
    return object && !workflow.definition.inactive ? [watchedOf(workflow, object)] : []
  }),
)

function watchedOf({ definition: { on } }: WorkflowModel, object: ObjectModel): Watched {
  const fields = on.event === 'updated' ? watchedFields(on.fields, object).map(({ key }) => key) : []
  return { object: on.object, event: on.event, fields }
}

function watches(workflow: WorkflowModel, object: ObjectModel, event: RecordEvent): boolean {
  const watched = watchedOf(workflow, object)
  if (workflow.definition.inactive || watched.object !== event.object || watched.event !== event.event) return false
  return watched.fields.length === 0 || watched.fields.some(key => event.fields.includes(key))
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
