import { type Issue, issue } from '../errors.js'
import type { FieldDefinition, OptionDefinition } from '../fields/definition.js'
import type { StatesDefinition, TransitionDefinition } from '../fields/states-shape.js'
import { type Label, labelOf } from '../label.js'
import { lookup } from '../registry.js'
import { checkRule } from '../rules/check.js'
import { secondsOf } from '../rules/durations.js'
import { suggestion } from '../rules/suggestion.js'
import type { EffectModel, FieldModel, ObjectModel, StateModel, StatesModel, TransitionModel } from './model.js'
import { typeScope } from './scope.js'

type Objects = Readonly<Record<string, ObjectModel>>

/** The name of the field that says since when a record is in its state. */
export const sinceName = (field: string): string => `${field}Since`

/** What people call that field. */
export const sinceLabel = (label: Label): Label => ({ en: `${labelOf(label, 'en')} since`, 'zh-CN': `${labelOf(label, 'zh-CN')}开始时间` })

/** The definition of a field with states: it is never empty, and begins in its default, else in the first of its initial states. */
export const withBeginning = (definition: FieldDefinition): FieldDefinition =>
  definition.states ? { ...definition, required: true, default: definition.default ?? definition.states.initial[0] } : definition

/** The fields of an object, those with states linked: every state, field, role and rule that they name is checked. */
export function withStates(
  fields: Readonly<Record<string, FieldModel>>,
  object: ObjectModel,
  objects: Objects,
  issues: Issue[],
): Record<string, FieldModel> {
  // a transition is taken by its name alone, so it is one of the whole object
  const taken = new Set<string>()
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => {
      checkOptions(field, issues)
      const { states } = field.definition
      return [
        name,
        states ? { ...field, states: linkStates(field, states, { object, objects, issues, taken, path: pathOf(field) }) } : field,
      ]
    }),
  )
}

/** Reports transitions for roles that do not exist. */
export function checkStateRoles(objects: Objects, roles: readonly string[], issues: Issue[]): void {
  const fields = Object.values(objects).flatMap(object => Object.values(object.fields))
  for (const field of fields) {
    field.definition.states?.transitions.forEach((transition, index) => {
      transition.roles?.forEach((role, place) => {
        if (!roles.includes(role))
          issues.push(
            issue('ELEMENT_UNKNOWN', `${pathOf(field)}/states/transitions/${index}/roles/${place}`, {
              kind: 'role',
              name: role,
              suggestion: suggestion(role, roles),
            }),
          )
      })
    })
  }
}

const pathOf = (field: FieldModel): string => `objects/${field.object}/fields/${field.name}`

interface Place {
  readonly object: ObjectModel
  readonly objects: Objects
  readonly issues: Issue[]
  /** The names of transitions of the object so far. */
  readonly taken: Set<string>
  readonly path: string
}

/** Only the options of a field with states are states. */
function checkOptions(field: FieldModel, issues: Issue[]): void {
  if (field.definition.states) return
  field.definition.options?.forEach((option, index) => {
    for (const property of ['editable', 'limit', 'enter', 'leave'] as const)
      if (option[property] !== undefined)
        issues.push(issue('STATE_NOT_ONE', `${pathOf(field)}/options/${index}/${property}`, { property, field: field.label }))
  })
}

function linkStates(field: FieldModel, definition: StatesDefinition, place: Place): StatesModel {
  const { issues, path } = place
  const options = field.definition.options ?? []
  const names = options.map(option => option.value)
  const known = (name: string, at: string) => {
    if (!names.includes(name))
      issues.push(issue('STATE_UNKNOWN', `${path}/states/${at}`, { state: name, suggestion: suggestion(name, names) }))
  }
  definition.initial.forEach((name, index) => {
    known(name, `initial/${index}`)
  })
  const beginning = String(field.definition.default)
  if (names.includes(beginning) && !definition.initial.includes(beginning))
    issues.push(issue('STATE_DEFAULT', `${path}/default`, { state: beginning, initial: definition.initial.join(', ') }))
  const transitions = definition.transitions.map((transition, index) => {
    const at = `states/transitions/${index}`
    if (place.taken.has(transition.transition))
      issues.push(issue('ELEMENT_DOUBLE', `${path}/${at}`, { kind: 'transition', name: transition.transition }))
    place.taken.add(transition.transition)
    known(transition.to, `transitions/${index}/to`)
    if (transition.from !== '*') for (const [order, name] of transition.from.entries()) known(name, `transitions/${index}/from/${order}`)
    return linkTransition(transition, names, { ...place, path: `${path}/${at}` })
  })
  checkCircles(transitions, path, issues)
  const states = options.map((option, index) => [option.value, linkState(option, { ...place, path: `${path}/options/${index}` })] as const)
  return { initial: definition.initial, transitions, states: Object.fromEntries(states), since: sinceName(field.name) }
}

function linkState(option: OptionDefinition, place: Place): StateModel {
  const { object, issues, path } = place
  const { editable, limit } = option
  if (editable)
    editable.forEach((name, index) => {
      if (!lookup(object.children, name)) fieldAt(name, `${path}/editable/${index}`, place)
    })
  return {
    editable: editable === undefined ? null : new Set(editable === false ? [] : editable),
    limit: stayOf(limit, `${path}/limit`, issues),
    enter: effects(option.enter, `${path}/enter`, place),
    leave: effects(option.leave, `${path}/leave`, place),
  }
}

/** The seconds of a length of time, in days or as a duration. */
function stayOf(stay: number | string | undefined, path: string, issues: Issue[]): number | null {
  if (stay === undefined) return null
  const seconds = typeof stay === 'number' ? stay * 86_400 : secondsOf(stay)
  if (seconds === null || seconds <= 0) issues.push(issue('STATE_LIMIT', path, { limit: String(stay) }))
  return seconds
}

function linkTransition(transition: TransitionDefinition, names: readonly string[], place: Place): TransitionModel {
  const { object, objects, issues, path } = place
  const { requires = [], form = [], roles = [], owner = false } = transition
  requires.forEach((name, index) => {
    fieldAt(name, `${path}/requires/${index}`, place)
  })
  form.forEach((name, index) => {
    if (lookup(object.children, name)?.through) return
    const field = fieldAt(name, `${path}/form/${index}`, place)
    if (field && !field.writable) issues.push(issue('STATE_FIELD_FIXED', `${path}/form/${index}`, { field: field.label }))
  })
  if (owner && !object.hasOwner)
    issues.push(issue('FIELD_UNKNOWN', `${path}/owner`, { object: object.name, field: 'owner', suggestion: '' }))
  const isAutomatic = transition.automatic !== undefined
  // records are looked for by the guard of what happens by itself, before anything is written
  const scope = typeScope(object, objects, { before: !isAutomatic, rows: true })
  const { checked = null, issues: found } =
    transition.when === undefined
      ? { issues: [] }
      : checkRule(transition.when, scope, 'boolean', `${path}/when`, isAutomatic ? { isForSql: true } : {})
  issues.push(...found)
  const userKey = memberKey(transition.userField, place)
  return {
    name: transition.transition,
    label: transition.label,
    from: (transition.from === '*' ? names : transition.from).filter(name => name !== transition.to),
    to: transition.to,
    who: roles.length > 0 || owner || userKey !== null ? { roles, owner, userKey } : null,
    when: checked,
    message: transition.message ?? null,
    hint: transition.hint ?? null,
    requires,
    form,
    confirm: transition.confirm ?? null,
    comment: transition.comment ?? null,
    set: effects(transition.set, `${path}/set`, place),
    automatic: automaticOf(transition, path, issues),
  }
}

/** When a transition is taken by itself. */
function automaticOf({ automatic, when, comment }: TransitionDefinition, path: string, issues: Issue[]): number | null {
  if (automatic === undefined) return null
  if (automatic === true && when === undefined) issues.push(issue('AUTOMATIC_ALWAYS', `${path}/automatic`))
  if (comment === 'required') issues.push(issue('AUTOMATIC_COMMENT', `${path}/comment`))
  return automatic === true ? 0 : stayOf(automatic, `${path}/automatic`, issues)
}

/** Reports transitions that are taken as soon as they can be and lead round in a circle: a record would never rest. */
function checkCircles(transitions: readonly TransitionModel[], path: string, issues: Issue[]): void {
  const next = (state: string) => transitions.filter(({ automatic, from }) => automatic === 0 && from.includes(state)).map(({ to }) => to)
  transitions.forEach((transition, index) => {
    if (transition.automatic !== 0) return
    const reached = new Set([transition.to])
    for (const state of reached) for (const to of next(state)) reached.add(to)
    if (transition.from.some(state => reached.has(state)))
      issues.push(issue('AUTOMATIC_CIRCLE', `${path}/states/transitions/${index}/automatic`, { states: [...reached].join(' → ') }))
  })
}

/** The key of the field with the member who may take a transition. */
function memberKey(name: string | undefined, place: Place): string | null {
  if (name === undefined) return null
  const field = fieldAt(name, `${place.path}/userField`, place)
  if (field && field.relation?.kind !== 'member')
    place.issues.push(issue('PROPERTY_UNFIT', `${place.path}/userField`, { property: 'userField', type: field.type.name }))
  return field?.key ?? null
}

function effects(definition: Readonly<Record<string, unknown>> | undefined, path: string, place: Place): EffectModel[] {
  const scope = typeScope(place.object, place.objects, { before: true, rows: true })
  return Object.entries(definition ?? {}).flatMap(([name, rule]) => {
    const field = fieldAt(name, `${path}/${name}`, place)
    if (!field) return []
    if (!isSettable(field)) {
      place.issues.push(issue('STATE_FIELD_FIXED', `${path}/${name}`, { field: field.label }))
      return []
    }
    const { checked, issues } = checkRule(rule, scope, field.class.rule, `${path}/${name}`)
    place.issues.push(...issues)
    return checked ? [{ field: name, key: field.key, rule: checked }] : []
  })
}

/** Whether a value can be written to a field beside a change of state: it may be read-only for people, but neither computed nor a state itself. */
const isSettable = (field: FieldModel): boolean =>
  field.columns.length > 0 &&
  field.rule === null &&
  field.rollup === null &&
  field.type.writable &&
  field.definition.states === undefined &&
  field.sinceOf === undefined &&
  field.targets === undefined &&
  field.typeOf === undefined &&
  (!field.system || field.name === 'owner')

function fieldAt(name: string, path: string, { object, issues }: Place): FieldModel | undefined {
  const field = lookup(object.fields, name)
  if (!field)
    issues.push(
      issue('FIELD_UNKNOWN', path, { object: object.name, field: name, suggestion: suggestion(name, Object.keys(object.fields)) }),
    )
  return field
}
