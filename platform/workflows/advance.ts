import type { Effect, Step } from '../actions/action.js'
import { actions } from '../actions/index.js'
import type { Model, ObjectModel } from '../model/model.js'
import { fieldNamed, inputTypes, kindField, typeScope } from '../model/scope.js'
import { isEmpty, type Judged, ruleValue } from '../records/check.js'
import { lookup } from '../registry.js'
import { checkRule } from '../rules/check.js'
import type { RuleType } from '../rules/types.js'
import type { RecordEvent } from './event.js'
import { type EventPlace, judgedOf } from './judge.js'

/** Where a run stands: `step` is the next one to do. */
export interface RunState {
  readonly workflow: string
  readonly state: 'waiting' | 'done' | 'stopped'
  readonly step: number
}

/** What the next step of a run comes to. */
export interface Advanced {
  readonly run: RunState
  readonly effects: readonly Effect[]
}

/**
 * Takes a run one step on: the effects of the step, and where the run stands once they are done.
 * A run whose workflow or object is no longer there, or was switched off, stops.
 */
export function advance(run: RunState, event: RecordEvent, model: Model, place: EventPlace): Advanced {
  const workflow = lookup(model.workflows, run.workflow)
  const object = lookup(model.objects, event.object)
  if (run.state !== 'waiting') return { run, effects: [] }
  if (!workflow || !object || workflow.definition.inactive) return { run: { ...run, state: 'stopped' }, effects: [] }
  const { steps } = workflow.definition
  const step = steps[run.step]
  if (!step) return { run: { ...run, state: 'done' }, effects: [] }
  const next = run.step + 1
  return {
    run: { ...run, step: next, state: next < steps.length ? 'waiting' : 'done' },
    effects: effectsOf(step, judgedOf(object, event, place), object, model),
  }
}

function effectsOf(step: Step, judged: Judged, object: ObjectModel, model: Model): readonly Effect[] {
  const action = lookup(actions, step.do)
  if (!action) return []
  const scope = typeScope(object, model.objects, { before: true })
  const evaluate = (rule: unknown, expected: RuleType) => {
    const { checked } = checkRule(rule, scope, expected, '')
    return checked ? ruleValue(checked, judged) : null
  }
  return action.plan(step, { evaluate, inputsOf: name => inputTypes(name, model.objects) }).map(effect => keyed(effect, model))
}

/** Values under the keys that records have them by: `partner` is `partnerId`, and `about` with `aboutType` a record of that object. */
function keyed(effect: Effect, model: Model): Effect {
  const object = lookup(model.objects, effect.object)
  if (!object) return effect
  const { values } = effect
  const entries = Object.entries(values).flatMap(([name, value]): [string, unknown][] => {
    const field = fieldNamed(object, name)
    if (field?.typeOf !== undefined) return []
    const kind = field?.targets && kindField(object, field.name)
    if (!kind) return [[field?.key ?? name, value]]
    return [[name, isEmpty(value) ? null : { [String(values[kind.name])]: { id: value } }]]
  })
  return { ...effect, values: Object.fromEntries(entries) }
}
