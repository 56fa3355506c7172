import { mayImport } from '@tessera/platform/access/may-import.js'
import { mayWrite } from '@tessera/platform/access/profile.js'
import { type Issue, issue, joinPath, nearest } from '@tessera/platform/errors.js'
import type { EffectModel, FieldModel, ObjectModel, TransitionModel } from '@tessera/platform/model/model.js'
import type { Change } from '@tessera/platform/records/change.js'
import { holds, ruleValue } from '@tessera/platform/records/check.js'
import { secondsIn, workSecondsIn } from '@tessera/platform/records/state-time.js'
import {
  asksFor,
  effectsOf,
  isEditable,
  locked,
  mayTake,
  noBeginning,
  notYours,
  noWay,
  refused,
  type StateField,
  stateFieldsOf,
  type Taker,
  transitionNamed,
  waysFrom,
} from '@tessera/platform/records/transitions.js'
import { fieldOfKey, isSame, overlaid } from '@tessera/platform/records/values.js'
import type { CheckedRule } from '@tessera/platform/rules/rule.js'
import type { Queryable } from '../database/queryable.js'
import type { Decided } from './complete.js'
import type { Prepared } from './decide.js'
import { contractValue } from './propagation.js'
import { type Related, relatedIn } from './related.js'
import { pathsOfRules } from './rule-reads.js'
import type { WriteContext } from './write-context.js'

/** A change of one state: where from and to, and the transitions that may be meant. */
interface Step {
  readonly field: StateField
  readonly from: string | null
  readonly to: string
  readonly ways: readonly TransitionModel[]
  /** Those and the ones that somebody else may take. */
  readonly meant: readonly TransitionModel[]
}

/** A decided change with the draft that it came of, and the steps of its states. */
interface Moving {
  readonly one: Decided
  readonly entry: Prepared | undefined
  readonly steps: readonly Step[]
}

/**
 * Finds the transition of every change of a state and adds what is written beside it: since when, and its effects.
 * What may not be goes to the issues of the drafts; guards and required fields are judged when everything is computed.
 * @returns the changes, those of objects without states as they were
 */
export async function takeTransitions(
  client: Queryable,
  prepared: readonly Prepared[],
  decided: readonly Decided[],
  context: WriteContext,
): Promise<readonly Decided[]> {
  if (!prepared.some(({ draft }) => stateFieldsOf(draft.object).length > 0)) return decided
  const entries = new Map(prepared.map(entry => [`${entry.draft.object.name} ${entry.draft.id}`, entry]))
  refuseIdle(prepared, decided, context)
  const movings = decided.map((one): Moving => {
    const entry = entries.get(`${one.change.object.name} ${one.change.id}`)
    return { one, entry, steps: entry ? stepsOf(one.change, entry, context) : [] }
  })
  const related = await relatedFor(client, movings, context)
  return movings.map(moving => (moving.steps.length > 0 ? moved(moving, related, context) : moving.one))
}

/** Who takes transitions in a write. */
export const takerOf = ({ moment, profile, roles = [] }: WriteContext): Taker => ({
  member: moment.member?.id ?? null,
  roles,
  isFree: profile === null || profile.isAdmin,
})

/** Whether a write may bring any state, kept in its history as brought. */
export const bringsStates = ({ channel }: WriteContext): boolean => channel === 'import' || channel === 'seed'

/** Whether a writer may give a field: an import may also say since when a record is in its state, and bring what was copied of others. */
export const mayGive = (field: FieldModel, context: WriteContext): boolean => {
  const { profile } = context
  if (profile === null) return true
  return bringsStates(context) ? mayImport(profile, field) : mayWrite(profile, field)
}

/** A transition that is asked for by its name and is none, or would change nothing. */
function refuseIdle(prepared: readonly Prepared[], decided: readonly Decided[], context: WriteContext): void {
  const changed = new Set(decided.map(({ change }) => change.id))
  for (const { draft, issues } of prepared) {
    if (!draft.transition) continue
    const found = transitionNamed(draft.object, draft.transition.name)
    if (!found) {
      const names = stateFieldsOf(draft.object).flatMap(({ states }) => states.transitions.map(({ name }) => name))
      const near = nearest(draft.transition.name, names) ?? names.join(', ')
      issues.push(issue('TRANSITION_UNKNOWN', 'transition', { transition: draft.transition.name, suggestion: near }))
    } else if (!isAllowed(found.field, context))
      issues.push(issue('FIELD_NOT_WRITABLE', joinPath(draft.path, found.field.key), { field: found.field.label }))
    else if (!changed.has(draft.id) && issues.length === 0) issues.push(idle(found.field, found.transition, draft.path))
  }
}

const idle = (field: StateField, { to }: TransitionModel, path: string): Issue =>
  refused(field, noWay(field, to, to, waysFrom(field, to)), path)

/** Whether the writer's grants let them change a state; a field that nobody may write directly changes by its transitions alone. */
export const isAllowed = (field: StateField, { profile }: WriteContext): boolean => {
  const access = profile?.objects[field.object]
  return profile === null || (access !== undefined && !access.hidden.has(field.name) && !access.readOnly.has(field.name))
}

function stepsOf(change: Change, entry: Prepared, context: WriteContext): Step[] {
  if (change.deed !== 'created' && change.deed !== 'updated') return []
  const steps = stateFieldsOf(change.object).flatMap(field => stepOf(field, change, entry, context))
  if (change.deed === 'updated') checkLocks(change, entry, steps, context)
  return steps
}

function stepOf(field: StateField, { before, after }: Change, entry: Prepared, context: WriteContext): Step[] {
  const [from, to] = [before?.[field.key] ?? null, after[field.key] ?? null]
  const { draft, issues } = entry
  // what is no option, or missing, is told already
  if (typeof to !== 'string' || to === from || issues.some(({ path }) => path === joinPath(draft.path, field.key))) return []
  const step = { field, from: typeof from === 'string' ? from : null, to, ways: [], meant: [] }
  if (bringsStates(context)) return [step]
  if (step.from === null) {
    if (!field.states.initial.includes(to)) issues.push(refused(field, noBeginning(field, to), draft.path))
    return [step]
  }
  const taker = takerOf(context)
  const leading = waysFrom(field, step.from)
  const mine = leading.filter(way => mayTake(way, taker, before ?? {}))
  const meant = leading.filter(way => way.to === to && (draft.transition === undefined || isNamed(field, way, entry)))
  const ways = meant.filter(way => mine.includes(way))
  const [first] = meant
  if (!first) issues.push(refused(field, noWay(field, step.from, to, mine), draft.path))
  else if (ways.length === 0) issues.push(refused(field, notYours(field, first, mine, step.from, context.model), draft.path))
  return [{ ...step, ways, meant }]
}

/** Whether a way is the one that the draft names, when it names one of this field. */
const isNamed = (field: StateField, way: TransitionModel, { draft }: Prepared): boolean => {
  const named = transitionNamed(draft.object, draft.transition?.name ?? '')
  return named?.field !== field || named.transition === way
}

/** What may not change in the present states of a record; a transition opens the fields that it asks for. */
function checkLocks({ object, before, changed }: Change, { draft, issues }: Prepared, steps: readonly Step[], context: WriteContext): void {
  if (context.channel === 'seed' || (context.channel === 'import' && steps.length > 0)) return
  for (const machine of stateFieldsOf(object)) {
    const state = before?.[machine.key]
    for (const key of changed) {
      const field = fieldOfKey(object, key)
      const name = field?.typeOf ?? field?.name ?? ''
      if (!field || field.states || field.sinceOf || isEditable(machine, state, name)) continue
      if (steps.some(step => step.meant.some(way => asksFor(way, name)))) continue
      issues.push(locked(field, machine, String(state), joinPath(draft.path, key)))
    }
  }
}

/** A reader for the rules of effects, and of guards where several transitions lead to the same state. */
async function relatedFor(client: Queryable, movings: readonly Moving[], context: WriteContext): Promise<Related> {
  const related = relatedIn(client, context, new Map())
  const byObject = new Map<ObjectModel, Moving[]>()
  for (const moving of movings) {
    if (rulesOf(moving).length === 0) continue
    const those = byObject.get(moving.one.change.object)
    if (those) those.push(moving)
    else byObject.set(moving.one.change.object, [moving])
  }
  for (const [object, those] of byObject) {
    const rules = [...new Set(those.flatMap(rulesOf))]
    const records = those.flatMap(({ one: { change } }) => (change.before ? [change.before, change.after] : [change.after]))
    const paths = pathsOfRules(object, rules, context)
    if (paths.length > 0) await related.load(object, records, paths, false)
    await related.loadOthers(object, records, rules)
  }
  return related
}

const rulesOf = ({ steps }: Moving): CheckedRule[] =>
  steps.flatMap(({ field, from, to, ways }) => [
    ...(ways.length > 0 ? ways : [null]).flatMap(way => effectsOf(field, from, to, way).map(({ rule }) => rule)),
    ...(ways.length > 1 ? ways.flatMap(({ when }) => (when ? [when] : [])) : []),
  ])

/** A change with its transitions taken. */
function moved({ one, entry, steps }: Moving, related: Related, context: WriteContext): Decided {
  const { change } = one
  const { object, before } = change
  const after = overlaid(change.after)
  const moves = steps.map(step => {
    const way = wayOf(step, change, related)
    const brings = bringsStates(context)
    const since = step.field.states.since
    const given = brings && entry && Object.hasOwn(entry.values, since) ? entry.values[since] : null
    const at = typeof given === 'string' ? given : context.moment.now
    if (!brings) apply(effectsOf(step.field, step.from, step.to, way), way, { ...one, change: { ...change, after } }, entry, related, after)
    after[since] = at
    const former = step.from === null ? null : before?.[since]
    return {
      field: step.field.name,
      from: step.from,
      to: step.to,
      at,
      transition: way?.name ?? null,
      comment: entry?.draft.transition?.name === way?.name ? (entry?.draft.transition?.comment ?? null) : null,
      seconds: typeof former === 'string' ? secondsIn(former, at) : null,
      workSeconds: typeof former === 'string' ? workSecondsIn(former, at, context.zone) : null,
    }
  })
  const others = Object.keys(after).filter(key => key !== 'id' && !isSame(after[key], (before ?? change.after)[key]))
  const transition = moves.find(move => move.transition !== null)?.transition
  return {
    row: one.row,
    change: {
      ...change,
      after,
      changed: [...new Set([...change.changed, ...others, ...moves.map(move => object.fields[move.field]?.states?.since ?? '')])],
      moves,
      ...(transition ? { transition } : {}),
    },
  }
}

/** The transition that is meant: the only one, else the first whose guard holds. */
function wayOf({ ways }: Step, change: Change, related: Related): TransitionModel | null {
  const [first = null] = ways
  if (ways.length < 2) return first
  const judged = related.judged(change.object, change.before, change.after)
  return ways.find(({ when }) => when === null || holds(when, judged)) ?? first
}

/** Writes the values of effects, save where the transition asked for a field and somebody gave it. */
function apply(
  effects: readonly EffectModel[],
  way: TransitionModel | null,
  { change }: Decided,
  entry: Prepared | undefined,
  related: Related,
  after: Record<string, unknown>,
): void {
  for (const { field: name, key, rule } of effects) {
    const field = change.object.fields[name]
    if (!field || (asksFor(way, name) && entry && Object.hasOwn(entry.draft.given, key))) continue
    const value = contractValue(field, ruleValue(rule, related.judged(change.object, change.before, change.after)))
    const parsed = field.type.parse(value, field.definition)
    if ('value' in parsed) after[key] = parsed.value
    else entry?.issues.push(issue(parsed.misfit.code, joinPath(entry.draft.path, key), { field: field.label, ...parsed.misfit.params }))
  }
}
