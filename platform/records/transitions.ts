import { type Issue, issue, joinPath } from '../errors.js'
import { type Label, type Locale, labelOf } from '../label.js'
import type { EffectModel, FieldModel, Model, ObjectModel, StatesModel, TransitionModel } from '../model/model.js'
import { lookup } from '../registry.js'
import { fieldValue, holds, isEmpty, type Judged } from './check.js'
import type { Values } from './values.js'

/** A select field with states. */
export type StateField = FieldModel & { readonly states: StatesModel }

/** Who wants to take a transition. */
export interface Taker {
  readonly member: string | null
  readonly roles: readonly string[]
  /** The product itself or an admin: who may take a transition is not asked, everything else is. */
  readonly isFree: boolean
}

const machines = new WeakMap<ObjectModel, readonly StateField[]>()

/** The fields of an object that have states; found once for each object. */
export function stateFieldsOf(object: ObjectModel): readonly StateField[] {
  const known = machines.get(object)
  if (known) return known
  const found = Object.values(object.fields).filter((field): field is StateField => field.states !== undefined)
  machines.set(object, found)
  return found
}

/** The transitions that lead out of a state. */
export const waysFrom = ({ states }: StateField, from: string): readonly TransitionModel[] =>
  states.transitions.filter(transition => transition.from.includes(from))

/** The transition of an object by its name, with the field that it is of. */
export function transitionNamed(object: ObjectModel, name: string): { field: StateField; transition: TransitionModel } | null {
  for (const field of stateFieldsOf(object)) {
    const transition = field.states.transitions.find(known => known.name === name)
    if (transition) return { field, transition }
  }
  return null
}

/** Whether somebody may take a transition of a record with these values, as far as it says who. */
export function mayTake({ who }: TransitionModel, { member, roles, isFree }: Taker, values: Values): boolean {
  if (who === null || isFree) return true
  if (who.roles.some(role => roles.includes(role))) return true
  if (member === null) return false
  return (who.owner && values.ownerId === member) || (who.userKey !== null && values[who.userKey] === member)
}

/** Whether a field or the lines of a name may change while a record is in a state. */
export const isEditable = ({ states }: StateField, state: unknown, name: string): boolean =>
  typeof state !== 'string' || (lookup(states.states, state)?.editable?.has(name) ?? true)

/** What people call a state. */
export const stateLabel = (field: FieldModel, state: string): Label =>
  (field.definition.options ?? []).find(option => option.value === state)?.label ?? state

const inBoth = (text: (locale: Locale) => string): Label => ({ en: text('en'), 'zh-CN': text('zh-CN') })
const say = (en: (name: (label: Label) => string) => string, zh: (name: (label: Label) => string) => string): Label =>
  inBoth(locale => (locale === 'en' ? en : zh)(label => labelOf(label, locale)))

/** Why a transition is refused, and what to do. */
export interface Refusal {
  readonly reason: Label
  readonly hint: Label
}

/** A refused change of state as an issue at its field. */
export const refused = (field: FieldModel, { reason, hint }: Refusal, path: string): Issue =>
  issue('TRANSITION_REFUSED', joinPath(path, field.key), { field: field.label, reason, hint })

/** No transition leads from one state to another. */
export const noWay = (field: StateField, from: string, to: string, ways: readonly TransitionModel[]): Refusal => ({
  reason: say(
    name => `${name(field.label)} cannot change from “${name(stateLabel(field, from))}” to “${name(stateLabel(field, to))}”.`,
    name => `${name(field.label)}不能从「${name(stateLabel(field, from))}」变为「${name(stateLabel(field, to))}」。`,
  ),
  hint: allowed(field, from, ways),
})

/** A new record does not begin where it may. */
export const noBeginning = (field: StateField, state: string): Refusal => ({
  reason: say(
    name => `${name(field.label)} cannot begin as “${name(stateLabel(field, state))}”.`,
    name => `${name(field.label)}不能从「${name(stateLabel(field, state))}」开始。`,
  ),
  hint: say(
    name => `Begin with ${field.states.initial.map(one => `“${name(stateLabel(field, one))}”`).join(', ')}.`,
    name => `可从${field.states.initial.map(one => `「${name(stateLabel(field, one))}」`).join('、')}开始。`,
  ),
})

/** The ways out of a state that somebody may take, in words. */
function allowed(field: StateField, from: string, ways: readonly TransitionModel[]): Label {
  const states = [...new Set(ways.map(way => way.to))]
  if (states.length === 0)
    return say(
      name => `Nothing leads on from “${name(stateLabel(field, from))}” for you.`,
      name => `你不能再从「${name(stateLabel(field, from))}」变更。`,
    )
  return say(
    name =>
      `From “${name(stateLabel(field, from))}” you can go to ${states.map(state => `“${name(stateLabel(field, state))}”`).join(', ')}.`,
    name => `从「${name(stateLabel(field, from))}」可以变为${states.map(state => `「${name(stateLabel(field, state))}」`).join('、')}。`,
  )
}

/** Somebody else may take the transition. */
export function notYours(
  field: StateField,
  transition: TransitionModel,
  ways: readonly TransitionModel[],
  from: string,
  model: Model,
): Refusal {
  const { who } = transition
  const owner = { en: 'the owner', 'zh-CN': '负责人' }
  const holders: Label[] = (who?.roles ?? []).map(role => lookup(model.roles, role)?.definition.label ?? role)
  if (who?.owner) holders.push(owner)
  const person = Object.values(lookup(model.objects, field.object)?.fields ?? {}).find(
    known => who?.userKey != null && known.key === who.userKey,
  )
  if (person) holders.push(person.label)
  return {
    reason: say(
      name => `“${name(transition.label)}” is for ${holders.map(name).join(', ')} only.`,
      name => `「${name(transition.label)}」仅限${holders.map(name).join('、')}操作。`,
    ),
    hint: allowed(field, from, ways),
  }
}

/** The guard of a transition does not hold. */
export const guarded = (transition: TransitionModel): Refusal => ({
  reason:
    transition.message ??
    say(
      name => `“${name(transition.label)}” is not possible with these values.`,
      name => `当前数据不满足「${name(transition.label)}」的条件。`,
    ),
  hint:
    transition.hint ??
    say(
      () => 'Complete the record, then try again.',
      () => '请补全记录后再试。',
    ),
})

/** A transition that asks for a comment cannot be taken by writing the field. */
export const commentMissing = (transition: TransitionModel): Refusal => ({
  reason: say(
    name => `“${name(transition.label)}” needs a comment.`,
    name => `「${name(transition.label)}」需要填写说明。`,
  ),
  hint: say(
    () => `Take the transition “${transition.name}” with a comment.`,
    () => `请通过流转「${transition.name}」并填写说明。`,
  ),
})

/** What a transition needs of a record as it will be and does not find: empty fields, each at its own path, and a guard that does not hold. */
export function missingFor(
  transition: TransitionModel,
  field: StateField,
  judged: Judged,
  path: string,
  keysOfGuard: readonly string[],
): Issue[] {
  const empty = emptyFor(transition, judged)
  const issues = empty.map(found => issue('VALUE_REQUIRED', joinPath(path, found.key), { field: found.label }))
  const isTold = empty.some(found => keysOfGuard.includes(found.key))
  if (transition.when && !isTold && !holds(transition.when, judged)) issues.push(refused(field, guarded(transition), path))
  return issues
}

/** The fields that a transition requires and that are empty. */
export const emptyFor = ({ requires }: TransitionModel, judged: Judged): readonly FieldModel[] =>
  requires.flatMap(name => {
    const field = lookup(judged.object.fields, name)
    return field && isEmpty(fieldValue(name, judged)) ? [field] : []
  })

/** A field that may not change in the present state of its record. */
export const locked = (field: Pick<FieldModel, 'label'>, by: StateField, state: string, path: string): Issue =>
  issue('STATE_LOCKS', path, { field: field.label, by: by.label, state: stateLabel(by, state) })

/** What a transition that is asked for by its name writes to its field. */
export function aimOf(object: ObjectModel, name: string): Values {
  const found = transitionNamed(object, name)
  return found ? { [found.field.key]: found.transition.to } : {}
}

/** What is written beside a change of state: what leaving says, what entering says, what the transition says; the latter win. */
export function effectsOf(
  { states }: StateField,
  from: string | null,
  to: string,
  transition: TransitionModel | null,
): readonly EffectModel[] {
  const left = from === null ? [] : (lookup(states.states, from)?.leave ?? [])
  const all = [...left, ...(lookup(states.states, to)?.enter ?? []), ...(transition?.set ?? [])]
  return [...new Map(all.map(effect => [effect.key, effect])).values()]
}

/** Whether a transition asks people for a field: what they give then is not replaced by an effect. */
export const asksFor = (transition: TransitionModel | null, field: string): boolean =>
  transition !== null && (transition.form.includes(field) || transition.requires.includes(field))
