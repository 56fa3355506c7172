import type { FormShape } from '@tessera/platform/forms/form-schema.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { fieldOfKey, isSame } from '@tessera/platform/records/values.js'
import type { RecordValues } from '../api/records.js'
import { isPointing, relatedOf, type Values, writtenOf } from '../fields/face.js'
import { linesInput, lineValues } from './lines-input.js'
import { linksInput, linksNameOf } from './links-input.js'

/** What a form begins with: the record's values, else what was given and the defaults; the names of related records with them. */
export function startValues(object: ObjectModel, shape: FormShape, record: RecordValues | null, initial: Values, defaults: Values): Values {
  const keys = Object.keys(shape.schema.properties ?? {})
  const names = Object.values(object.fields)
    .filter(isPointing)
    .map(field => field.name)
  const source: Values = record ?? { ...defaults, ...initial }
  const lines = Object.values(object.children)
    .filter(child => child.owned && keys.includes(child.name))
    .map(child => [child.name, lineValues(source[child.name])] as const)
  const links = Object.values(object.children)
    .filter(child => child.through && keys.includes(child.name))
    .map(child => [child.name, lineValues(source[linksNameOf(child)])] as const)
  const currencies = Object.keys(source).filter(key => key.endsWith('Currency'))
  const kept = record ? [] : Object.keys({ ...initial, ...defaults })
  return {
    ...Object.fromEntries([...keys, ...names, ...currencies, ...kept].map(key => [key, source[key] ?? null])),
    ...Object.fromEntries([...lines, ...links]),
    // tells what draws a value that the record is there already
    ...(record ? { id: record.id } : {}),
  }
}

const keysOf = (object: ObjectModel): ReadonlySet<string> =>
  new Set(
    Object.values(object.fields)
      .filter(field => field.writable && field.currencyOf === null)
      .map(field => field.key),
  )

/** Whether two sets of values of a form are the same. */
export const isSameValues = (left: Values, right: Values): boolean =>
  Object.keys(right).every(key => isSame(left[key], right[key]) || JSON.stringify(left[key]) === JSON.stringify(right[key]))

/** Gives a new record to who makes it, where its object has owners. */
export const ownerDefault = (object: ObjectModel, member: { id: string; name: string }, values: Values): Values =>
  object.hasOwner ? { ...values, ownerId: member.id, owner: { id: member.id, title: member.name } } : values

/** The values that can be written at all, and lines. */
export function writableOnly(object: ObjectModel, values: Values): Values {
  const keys = keysOf(object)
  return Object.fromEntries(Object.entries(values).filter(([key]) => keys.has(key) || Object.hasOwn(object.children, key)))
}

/** What a form changed, as the API takes it; of a new record everything that was given. */
export function changedOf(object: ObjectModel, shape: FormShape, start: Values, values: Values, isNew: boolean): Values {
  const keys = keysOf(object)
  const own = Object.entries(values).filter(
    ([key, value]) => keys.has(key) && (isNew ? value !== null && value !== undefined : !isSame(start[key], value)),
  )
  const lines = Object.values(object.children)
    .filter(child => child.owned && shape.schema.properties?.[child.name] !== undefined)
    .flatMap(child => {
      const input = linesInput(start[child.name], values[child.name])
      return input ? [[child.name, input] as const] : []
    })
  const links = Object.values(object.children)
    .filter(child => child.through && shape.schema.properties?.[child.name] !== undefined)
    .flatMap(child => {
      const input = linksInput(child, start[child.name], values[child.name])
      return input ? [[child.name, input] as const] : []
    })
  const written = own.map(([key, value]) => {
    const field = fieldOfKey(object, key)
    return field ? writtenOf(field, value, relatedOf(field, values)) : ([key, value] as const)
  })
  return Object.fromEntries([...written, ...lines, ...links])
}
