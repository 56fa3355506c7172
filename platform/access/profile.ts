import type { ActionName } from '../definitions/role.js'
import type { FieldModel, GrantModel, Model, ObjectModel } from '../model/model.js'
import { fnv } from '../model/naming.js'
import type { Conditions } from '../query/source.js'
import { lookup } from '../registry.js'
import { eitherOf } from '../rules/joined.js'
import type { CheckedRule } from '../rules/rule.js'
import { junctionAccess } from './junction-access.js'
import type { ObjectAccess } from './object-access.js'

/** All that a caller's plans depend on; callers with the same key share schema and plans. */
export interface Profile {
  readonly key: string
  readonly isAdmin: boolean
  readonly objects: Readonly<Record<string, ObjectAccess>>
  /** The model as the caller sees it: without hidden fields and unreadable objects. */
  readonly model: Model
  /** Which records may be read. */
  readonly conditions: Conditions
}

/**
 * The profile of a set of roles: grants add up, a field is hidden only when every role that lets the object be read hides it.
 * @param roles names of roles; unknown ones grant nothing
 */
export function profileOf(roles: readonly string[], model: Model): Profile {
  const held = [...new Set(roles)].map(name => lookup(model.roles, name)).filter(role => role !== undefined)
  const objects: Record<string, ObjectAccess> = {}
  for (const object of Object.values(model.objects)) {
    const grants = held.map(role => lookup(role.grants, object.name)).filter(grant => grant !== undefined)
    if (grants.some(grant => grant.actions.has('read'))) objects[object.name] = accessOf(grants)
  }
  for (const object of Object.values(model.objects)) {
    const access = object.junction ? junctionAccess(object.junction, objects, targetOf(object), lookup(objects, object.name)) : undefined
    if (access) objects[object.name] = access
    else if (object.junction) delete objects[object.name]
  }
  const isAdmin = held.some(role => role.admin)
  const conditions: Conditions = { of: name => lookup(objects, name)?.actions.read ?? null }
  return { key: keyOf(objects), isAdmin, objects, model: narrowModel(model, objects), conditions }
}

const targetOf = ({ junction, fields }: ObjectModel): string => fields[junction?.far ?? '']?.relation?.to ?? ''

/** Whether a profile allows an action on some records of an object. */
export const may = (profile: Profile, action: ActionName, object: string): boolean => {
  const access = lookup(profile.objects, object)
  return access !== undefined && Object.hasOwn(access.actions, action)
}

/** The condition under which an action is allowed; null is always. */
export const conditionOf = (profile: Profile, action: ActionName, object: string): CheckedRule | null =>
  lookup(profile.objects, object)?.actions[action] ?? null

/** Whether a caller may write a field at all. */
export const mayWrite = (profile: Profile, field: FieldModel): boolean => {
  const access = lookup(profile.objects, field.object)
  return access !== undefined && field.writable && !access.hidden.has(field.name) && !access.readOnly.has(field.name)
}

function accessOf(grants: readonly GrantModel[]): ObjectAccess {
  const actions: Partial<Record<ActionName, CheckedRule | null>> = {}
  for (const action of new Set(grants.flatMap(grant => [...grant.actions]))) {
    const covering = grants.filter(grant => grant.actions.has(action))
    actions[action as ActionName] = covering.some(grant => grant.records === null)
      ? null
      : eitherOf(covering.map(grant => grant.records).filter(rule => rule !== null))
  }
  const readers = grants.filter(grant => grant.actions.has('read'))
  const writers = grants.filter(grant => grant.actions.has('create') || grant.actions.has('update'))
  const named = new Set(grants.flatMap(grant => Object.keys(grant.fields)))
  const hidden = new Set([...named].filter(field => readers.every(grant => grant.fields[field] === 'hidden')))
  const readOnly = new Set([...named].filter(field => writers.every(grant => grant.fields[field] !== undefined)))
  return { actions, hidden, readOnly }
}

const keyOf = (objects: Readonly<Record<string, ObjectAccess>>): string => {
  const text = JSON.stringify(
    Object.entries(objects).map(([name, access]) => [
      name,
      Object.entries(access.actions)
        .sort(([left], [right]) => (left < right ? -1 : 1))
        .map(([action, rule]) => [action, rule?.rule ?? null]),
      [...access.hidden].sort(),
      [...access.readOnly].sort(),
    ]),
  )
  return `${fnv(text)}${fnv(`${text.length}${text}`)}`
}

function narrowModel(model: Model, access: Readonly<Record<string, ObjectAccess>>): Model {
  const readable = (name: string | null) => name === null || Object.hasOwn(access, name)
  const objects = Object.fromEntries(
    Object.values(model.objects)
      .filter(object => readable(object.name))
      .map(object => [object.name, narrowObject(object, access, readable)]),
  )
  return Object.freeze({ ...model, objects })
}

function narrowObject(
  object: ObjectModel,
  access: Readonly<Record<string, ObjectAccess>>,
  readable: (name: string | null) => boolean,
): ObjectModel {
  const hidden = access[object.name]?.hidden ?? new Set<string>()
  const isShownAlong = ({ relation, field }: NonNullable<FieldModel['along']>) => {
    const to = object.fields[relation]?.relation?.to ?? null
    return !hidden.has(relation) && to !== null && readable(to) && !access[to]?.hidden.has(field)
  }
  const narrowTargets = ([name, field]: [string, FieldModel]): [string, FieldModel] => [
    name,
    field.targets ? { ...field, targets: field.targets.filter(readable) } : field,
  ]
  const isShown = (field: FieldModel) =>
    !hidden.has(field.currencyOf ?? field.sinceOf ?? field.name) &&
    (field.relation === null || readable(field.relation.to)) &&
    (!field.targets || field.targets.some(readable)) &&
    (field.typeOf === undefined || (!hidden.has(field.typeOf) && object.fields[field.typeOf]?.targets?.some(readable) === true)) &&
    (!field.along || isShownAlong(field.along))
  const fields = Object.fromEntries(
    Object.entries(object.fields)
      .filter(([, field]) => isShown(field))
      .map(narrowTargets),
  )
  const children = Object.fromEntries(
    Object.entries(object.children).filter(([, child]) =>
      child.through ? readable(child.through.junction) : readable(child.object) && !access[child.object]?.hidden.has(child.field),
    ),
  )
  return { ...object, fields, children }
}
