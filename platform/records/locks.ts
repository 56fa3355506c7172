import { candidatesOf } from '../model/candidates.js'
import { linksName } from '../model/junctions.js'
import type { FieldModel, Model, ObjectModel } from '../model/model.js'
import { fieldNamed } from '../model/scope.js'
import { lookup } from '../registry.js'
import { type CheckedRule, pathsOf, rowsOf, treesOf } from '../rules/rule.js'
import { parentOf } from './cascade.js'
import { holds, type Judged } from './check.js'
import { isOffered, type RuledField, ruledFields } from './check-fields.js'
import type { Moment } from './defaults.js'
import { offeredOnly } from './field-states.js'
import { asksFor, isEditable, type StateField, stateFieldsOf, waysFrom } from './transitions.js'
import type { Values } from './values.js'

/** The state of a record that keeps something in it from changing. */
export interface Lock {
  readonly by: StateField
  readonly state: string
}

/**
 * The state that keeps a field or the lines of a name from changing; null when they may change.
 * @param before the record as it is; null for a new one, which nothing locks
 * @param after its values as they would be: a transition that asks for a field opens it
 */
export function lockOf(object: ObjectModel, before: Values | null, name: string, after: Values = {}): Lock | null {
  const field = lookup(object.fields, name)
  if (before === null || field?.states || field?.sinceOf) return null
  const isLinks = lookup(object.children, name)?.through !== undefined
  // links belong to the record at the end that defines them
  if (isLinks && !lookup(object.definition.fields, name)) return null
  const names = isLinks ? [name, linksName(name)] : [name]
  for (const by of stateFieldsOf(object)) {
    const state = before[by.key]
    if (typeof state !== 'string' || names.some(one => isEditable(by, state, one))) continue
    const isAsked = waysFrom(by, state).some(way => way.to === after[by.key] && asksFor(way, name))
    if (!isAsked) return { by, state }
  }
  return null
}

/** The rules that say whether a field of a record that is there may change, and to what. */
const rulesOf = ({ rules }: RuledField): readonly CheckedRule[] => [
  ...(rules.readOnly ? [rules.readOnly] : []),
  ...Object.values(rules.options),
]

/** Whether a rule reads values of its own record alone, and a list has all of them. */
const isOwn = (rule: CheckedRule, object: ObjectModel): boolean =>
  treesOf(rule).length === 0 &&
  rowsOf(rule).length === 0 &&
  ownPaths(rule).every(path => path.length === 1 || !Object.hasOwn(object.fields, path[0] ?? ''))

const ownPaths = (rule: CheckedRule): readonly (readonly string[])[] =>
  pathsOf(rule).map(path => (path[0] === 'record' || path[0] === 'before' ? path.slice(1) : path))

/**
 * A field as it may be edited in a record by itself, its options those that are offered now; null when the state of the record or a rule keeps it as it is.
 * Rules that look beyond the record are left to the server.
 */
export function openField(field: FieldModel, object: ObjectModel, record: Values, moment: Moment): FieldModel | null {
  if (lockOf(object, record, field.name)) return null
  const ruled = ruledFields(object).find(one => one.name === field.name)
  if (!ruled) return field
  const judged: Judged = { object, before: record, after: record, moment, related: () => null }
  const { readOnly, options } = ruled.rules
  if (readOnly && isOwn(readOnly, object) && holds(readOnly, judged)) return null
  const refused = Object.entries(options).filter(([value, rule]) => isOwn(rule, object) && !isOffered(ruled, value, judged))
  return offeredOnly(field, new Set(refused.map(([value]) => value)))
}

/**
 * Whether links of a record may be made and taken away by themselves, as far as its state and its own values tell.
 * @param name what the links are called at this end
 */
export function areLinksOpen(object: ObjectModel, record: Values, name: string, moment: Moment): boolean {
  if (lockOf(object, record, name)) return false
  const readOnly = lookup(object.children, name)?.rules?.readOnly
  return !readOnly || !isOwn(readOnly, object) || !holds(readOnly, { object, before: record, after: record, moment, related: () => null })
}

/** The names of further fields that have to be known of a record so that some of it can be edited by themselves: states that lock, what rules read, and choices that hang together. */
export function namesForEditing(object: ObjectModel, names: readonly string[], model: Model): readonly string[] {
  const wanted = new Set(names)
  const locking = stateFieldsOf(object).filter(({ states: { states } }) => Object.values(states).some(({ editable }) => editable !== null))
  const read = ruledFields(object)
    .filter(({ name }) => wanted.has(name))
    .flatMap(field => rulesOf(field).filter(rule => isOwn(rule, object)))
    .flatMap(rule => ownPaths(rule).flatMap(([first = '']) => fieldNamed(object, first)?.name ?? []))
  const all = new Set([...names, ...locking.map(({ name }) => name), ...read])
  const grounds = Object.values(object.fields).map(field => ({ name: field.name, of: groundsOf(field, object, model) }))
  for (let size = -1; size !== all.size; ) {
    size = all.size
    for (const { name, of } of grounds) {
      if (of.length > 0 && (all.has(name) || of.some(ground => all.has(ground)))) for (const one of [name, ...of]) all.add(one)
    }
  }
  return [...all].filter(name => !wanted.has(name))
}

/** The fields that decide what may be chosen in another one. */
const groundsOf = (field: FieldModel, object: ObjectModel, model: Model): readonly string[] => [
  ...[parentOf(field, object)].flatMap(parent => parent?.name ?? []),
  ...(candidatesOf(field, model.objects)?.parents ?? []).map(({ name }) => name),
]
