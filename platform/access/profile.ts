import type { ActionName } from '../definitions/role.js'
import type { FieldModel, Model, ObjectModel, RoleModel } from '../model/model.js'
import { fnv } from '../model/naming.js'
import { type Condition, conditionText, never } from '../query/condition.js'
import type { Conditions } from '../query/source.js'
import { lookup } from '../registry.js'
import { accessOf, type Held } from './granted.js'
import { junctionAccess } from './junction-access.js'
import type { MaskedField, ObjectAccess } from './object-access.js'

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
 * The profile of a set of roles: grants add up and restrictions subtract; a field is hidden only when every role that lets the object be read hides it.
 * @param roles names of roles; unknown ones grant nothing
 */
export function profileOf(roles: readonly string[], model: Model): Profile {
  const held = [...new Set(roles)].map(name => lookup(model.roles, name)).filter(role => role !== undefined)
  const found = new Map<string, ObjectAccess | undefined>()
  const accessTo = (object: ObjectModel): ObjectAccess | undefined => {
    if (found.has(object.name)) return found.get(object.name)
    found.set(object.name, undefined)
    const parent = object.definition.access?.default === 'parent' ? lookup(model.objects, object.detail?.relation?.to ?? '') : undefined
    const access = accessOf(object, heldOf(object, held), parent && accessTo(parent))
    found.set(object.name, access)
    return access
  }
  const objects: Record<string, ObjectAccess> = {}
  for (const object of Object.values(model.objects)) {
    const access = accessTo(object)
    if (access) objects[object.name] = access
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

const heldOf = ({ name }: ObjectModel, roles: readonly RoleModel[]): Held => ({
  grants: roles.flatMap(role => lookup(role.grants, name) ?? []),
  restrictions: roles.flatMap(role => lookup(role.restrict, name) ?? []),
})

const targetOf = ({ junction, fields }: ObjectModel): string => fields[junction?.far ?? '']?.relation?.to ?? ''

/** Whether a profile allows an action on some records of an object. */
export const may = (profile: Profile, action: ActionName, object: string): boolean => {
  const access = lookup(profile.objects, object)
  return access !== undefined && Object.hasOwn(access.actions, action)
}

/** The records that an action covers; null is all of them. */
export const conditionOf = (profile: Profile, action: ActionName, object: string): Condition | null =>
  may(profile, action, object) ? (lookup(profile.objects, object)?.actions[action] ?? null) : never

/** Whether a caller may write a field at all. */
export const mayWrite = (profile: Profile, field: FieldModel): boolean => {
  const access = lookup(profile.objects, field.object)
  return access !== undefined && field.writable && !access.hidden.has(field.name) && !access.readOnly.has(field.name)
}

const keyOf = (objects: Readonly<Record<string, ObjectAccess>>): string => {
  const text = JSON.stringify(
    Object.entries(objects).map(([name, access]) => [
      name,
      Object.entries(access.actions)
        .sort(([left], [right]) => (left < right ? -1 : 1))
        .map(([action, condition]) => [action, conditionText(condition)]),
      [...access.hidden].sort(),
      [...access.masked].sort(([left], [right]) => (left < right ? -1 : 1)),
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
  const narrowField = ([name, field]: [string, FieldModel]): [string, FieldModel] => {
    const masked = maskedBy(field, object, access)
    return [
      name,
      {
        ...field,
        ...(field.targets ? { targets: field.targets.filter(readable) } : {}),
        ...(masked ? { masked: masked.mask, revealable: masked.revealable } : {}),
      },
    ]
  }
  const isShown = (field: FieldModel) =>
    !hidden.has(field.currencyOf ?? field.sinceOf ?? field.name) &&
    (field.relation === null || readable(field.relation.to)) &&
    (!field.targets || field.targets.some(readable)) &&
    (field.typeOf === undefined || (!hidden.has(field.typeOf) && object.fields[field.typeOf]?.targets?.some(readable) === true)) &&
    (!field.along || isShownAlong(field.along))
  const fields = Object.fromEntries(
    Object.entries(object.fields)
      .filter(([, field]) => isShown(field))
      .map(narrowField),
  )
  const children = Object.fromEntries(
    Object.entries(object.children).filter(([, child]) =>
      child.through ? readable(child.through.junction) : readable(child.object) && !access[child.object]?.hidden.has(child.field),
    ),
  )
  return { ...object, fields, children }
}

/** How a field is masked: by itself, or as the field at the end of its relation is. */
function maskedBy(field: FieldModel, object: ObjectModel, access: Readonly<Record<string, ObjectAccess>>): MaskedField | undefined {
  const own = access[object.name]?.masked.get(field.name)
  if (own || !field.along) return own
  const end = object.fields[field.along.relation]?.relation?.to ?? ''
  const there = lookup(access, end)?.masked.get(field.along.field)
  // the record that it stands in may belong to somebody whose the other one is not
  return there && { mask: { ...there.mask, unlessOwner: false }, revealable: false }
}
