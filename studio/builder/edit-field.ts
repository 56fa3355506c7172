import type { ObjectDefinition } from '@tessera/platform/definitions/object.js'
import type { Elements } from '@tessera/platform/editing/elements.js'
import { objectDefinition, withFields } from '@tessera/platform/editing/fields.js'
import { commonProperties, type FieldDefinition, type OptionDefinition } from '@tessera/platform/fields/definition.js'
import { fieldTypes } from '@tessera/platform/fields/index.js'
import type { Label } from '@tessera/platform/label.js'
import { lookup } from '@tessera/platform/registry.js'
import { placeField } from './placing.js'

type Fields = Readonly<Record<string, FieldDefinition>>

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
