import type { ObjectDefinition } from '@tessera/platform/definitions/object.js'
import { commonProperties, type FieldDefinition, type OptionDefinition } from '@tessera/platform/fields/definition.js'
import { fieldTypes } from '@tessera/platform/fields/index.js'
import type { Label } from '@tessera/platform/label.js'
import { replaceMerges } from '@tessera/platform/model/link-merges.js'
import { lookup } from '@tessera/platform/registry.js'
import type { Elements, Json } from './draft.js'
import { atMentions, mentionsOfField, rekeyAt, replaceAt, valueAt } from './mention-edits.js'
import { placeField } from './placing.js'

type Fields = Readonly<Record<string, FieldDefinition>>

/** The definition of an object among the elements. */
export const objectDefinition = (elements: Elements, object: string): ObjectDefinition | undefined =>
  lookup(elements, `objects/${object}`)?.definition as ObjectDefinition | undefined

function withFields(elements: Elements, object: string, change: (fields: Fields) => Fields): Elements {
  const path = `objects/${object}`
  const element = lookup(elements, path)
  const definition = objectDefinition(elements, object)
  if (!element || !definition) return elements
  return { ...elements, [path]: { ...element, definition: { ...definition, fields: change(definition.fields) } } }
}

/** A field to be added. */
export interface NewField {
  readonly name: string
  readonly label: Label
  readonly type: string
  /** The object that a relation points at. */
  readonly to?: string | undefined
}

/** Adds a field as the last one of its object, with what its type needs, and puts it into forms and the first list. */
export function addField(elements: Elements, object: string, { name, label, type, to }: NewField): Elements {
  const definition = { type, label, ...startOf(elements, object, type, to) } as FieldDefinition
  const added = withFields(elements, object, fields => ({ ...fields, [name]: definition }))
  const placed = placeField(added, object, name, { wide: isLongType(type), inList: !isLongType(type) && type !== 'masterDetail' })
  const inverse = definition.inverse
  return type === 'masterDetail' && to && inverse ? placeField(placed, to, inverse, { wide: true, inList: false }) : placed
}

const isLongType = (type: string): boolean => type === 'longText' || type === 'richText'

const starters: Readonly<
  Record<string, (around: { elements: Elements; object: string; to: string | undefined }) => Partial<FieldDefinition>>
> = {
  select: () => ({ options: firstOptions }),
  multiSelect: () => ({ options: firstOptions }),
  lookup: ({ elements, object, to }) => ({ ...(to ? { to, ...inverseOf(elements, object, to) } : {}), onDelete: 'setNull' }),
  masterDetail: ({ elements, object, to }) => ({ ...(to ? { to, ...inverseOf(elements, object, to) } : {}), required: true }),
  manyToMany: ({ elements, object, to }) => (to ? { to, ...inverseOf(elements, object, to) } : {}),
  polymorphic: ({ elements, object, to }) =>
    to ? { to: [to] as unknown as string, ...inverseOf(elements, object, to), onDelete: 'setNull' } : {},
  lookupValue: ({ elements, object }) => {
    const relation = Object.entries(objectDefinition(elements, object)?.fields ?? {}).find(([, field]) => field.type === 'lookup')
    const title = objectDefinition(elements, relation?.[1].to ?? '')?.title
    return { ...(relation ? { of: relation[0] } : {}), ...(title ? { field: title } : {}), mode: 'live' }
  },
  autonumber: () => ({ format: 'N-{seq:5}' }),
  formula: () => ({ returns: 'decimal', rule: 0 }),
  rollup: ({ elements, object }) => ({ ...firstChildren(elements, object), function: 'count' }),
  money: ({ elements, object }) => {
    const fields = Object.values(objectDefinition(elements, object)?.fields ?? {})
    return fields.some(field => field.type === 'currency') ? { currency: 'record' } : {}
  },
}

const startOf = (elements: Elements, object: string, type: string, to: string | undefined): Partial<FieldDefinition> =>
  lookup(starters, type)?.({ elements, object, to }) ?? {}

const firstOptions: OptionDefinition[] = [
  { value: 'option1', label: { en: 'Option 1', 'zh-CN': '选项 1' }, color: 'blue' },
  { value: 'option2', label: { en: 'Option 2', 'zh-CN': '选项 2' }, color: 'green' },
]

/** The children that an object lists first. */
function firstChildren(elements: Elements, object: string): Partial<FieldDefinition> {
  const fields = Object.values(elements).flatMap(({ kind, definition }) =>
    kind === 'object' ? Object.values((definition as unknown as ObjectDefinition).fields) : [],
  )
  const of = fields.find(field => field.to === object && field.inverse !== undefined)?.inverse
  return of === undefined ? {} : { of }
}

/** The name under which the target lists these records, when it is free there. */
function inverseOf(elements: Elements, object: string, to: string): Partial<FieldDefinition> {
  const plural = objectDefinition(elements, object)?.plural
  if (plural === undefined) return {}
  const inverses = Object.values(elements).flatMap(({ kind, definition }) =>
    kind === 'object'
      ? Object.values(definition.fields as Fields).flatMap(field => (field.to === to && field.inverse ? [field.inverse] : []))
      : [],
  )
  const isTaken = inverses.includes(plural) || Object.hasOwn(objectDefinition(elements, to)?.fields ?? {}, plural)
  return isTaken ? {} : { inverse: plural }
}

/** Changes properties of a field; undefined takes a property away. */
export const changeField = (
  elements: Elements,
  object: string,
  name: string,
  change: Partial<Record<keyof FieldDefinition, unknown>>,
): Elements =>
  withFields(elements, object, fields => {
    const field = lookup(fields, name)
    if (!field) return fields
    const changed = Object.fromEntries(
      Object.entries({ ...field, ...change }).filter(([, value]) => value !== undefined),
    ) as FieldDefinition
    return { ...fields, [name]: changed }
  })

/** Gives a field another type: common properties and those that the new type takes too stay, the rest starts anew. */
export const retypeField = (elements: Elements, object: string, name: string, type: string, to?: string): Elements =>
  withFields(elements, object, fields => {
    const field = lookup(fields, name)
    if (!field || field.type === type) return fields
    const takes = lookup(fieldTypes, type)
    const kept = Object.entries(field).filter(
      ([key]) =>
        key !== 'type' &&
        key !== 'default' &&
        (Object.hasOwn(commonProperties, key) || Object.hasOwn(takes?.options.properties ?? {}, key)),
    )
    const own = { ...startOf(elements, object, type, to), ...Object.fromEntries(kept) } as Partial<FieldDefinition>
    const { required, unique, ...computed } = own
    return {
      ...fields,
      [name]: {
        type,
        ...(takes?.writable ? { ...computed, ...(required ? { required } : {}), ...(unique ? { unique } : {}) } : computed),
      } as FieldDefinition,
    }
  })

/** Puts a field at another place among the fields of its object. */
export const moveField = (elements: Elements, object: string, name: string, to: number): Elements =>
  withFields(elements, object, fields => {
    const others = Object.entries(fields).filter(([key]) => key !== name)
    const field = lookup(fields, name)
    if (!field) return fields
    return Object.fromEntries([...others.slice(0, to), [name, field], ...others.slice(to)])
  })

/** The places that are emptied when a field goes: lists of fields and columns; conditions and formulas are for people to solve. */
const isListed = (place: readonly string[]): boolean => {
  const path = place.join('/')
  return (
    /(^|\/)(columns|quick|cards\/fields|sections\/\d+\/fields)\/\d+(\/field)?$/.test(path) ||
    /^sort\/\d+\/field$/.test(path) ||
    /^rules\/\d+\/at\/\d+$/.test(path) ||
    /^(subtitle|title)$/.test(path) ||
    /^cards\/value$/.test(path)
  )
}
/** Whether a place is a value by the name of its field: in a workflow, in what a state or a transition writes. */
const isKeyed = (place: readonly string[]): boolean => ['values', 'set', 'enter', 'leave'].includes(place.at(-2) ?? '')
/** Whether a place is in what an example gives. */
const isGiven = (place: readonly string[]): boolean => place.some((key, at) => key === 'given' && place[at - 2] === 'examples')
const isGrant = (place: readonly string[]): boolean => place[0] === 'grants' && place[2] === 'fields'

/** Removes a field and takes it out of forms, lists, orders and grants. */
export function removeField(elements: Elements, object: string, name: string): Elements {
  const mentions = mentionsOfField(elements, object, name)
  const cleared = atMentions(elements, mentions, (definition, place) => {
    if (isGrant(place)) return replaceAt(definition, place, () => undefined) as Json
    if (!isListed(place)) return definition
    const whole = place.at(-1) === 'field' ? place.slice(0, -1) : place
    return replaceAt(definition, whole, () => undefined) as Json
  })
  return withFields(cleared, object, fields => Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name)))
}

/**
 * Gives a field another API name, wherever it is named.
 * @param isLive whether the field was published under its present name, which then becomes a former one
 */
export function renameField(elements: Elements, object: string, name: string, next: string, isLive: boolean): Elements {
  if (name === next) return elements
  const words = new Map([
    [name, next],
    [`${name}Id`, `${next}Id`],
    [`${name}Currency`, `${next}Currency`],
  ])
  const renamed = (text: string): string =>
    text
      .split('.')
      .map(part => words.get(part) ?? part)
      .join('.')
  const mentioned = atMentions(elements, mentionsOfField(elements, object, name), (definition, place) => {
    const value = valueAt(definition, place)
    const isKey = isGrant(place) || isGiven(place) || (isKeyed(place) && words.has(place.at(-1) ?? ''))
    return (
      typeof value === 'string' && isMessage(place)
        ? replaceAt(definition, place, () => replaceMerges(value, named => `{${renamed(named)}}`))
        : typeof value === 'string' && !isKey
          ? replaceAt(definition, place, () => renamed(value))
          : rekeyAt(definition, place, renamed(place.at(-1) ?? ''))
    ) as Json
  })
  return withFields(mentioned, object, fields =>
    Object.fromEntries(
      Object.entries(fields).map(([key, field]) => (key === name ? [next, isLive ? withFormer(field, name, next) : field] : [key, field])),
    ),
  )
}

/** Whether a text is the message of a rule, which names fields in braces. */
const isMessage = (place: readonly string[]): boolean => place.at(-1) === 'message' || place.at(-2) === 'message'

const withFormer = (field: FieldDefinition, name: string, next: string): FieldDefinition => {
  const was = [...(field.was ?? []), name].filter(former => former !== next)
  const { was: _, ...rest } = field
  return was.length > 0 ? { ...rest, was } : rest
}
