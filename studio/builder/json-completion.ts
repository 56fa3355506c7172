import type { Elements } from '@tessera/platform/editing/elements.js'
import { lookup } from '@tessera/platform/registry.js'
import { operatorNames } from '@tessera/platform/rules/operators/index.js'
import { isFree, type Place, type Shape, shapesAt } from './json-place.js'

/** One thing that can be written at the cursor. */
export interface Offer {
  /** What is shown, and what filters it. */
  readonly label: string
  /** The JSON that is written. */
  readonly text: string
  readonly kind: 'property' | 'value' | 'name' | 'operator'
  /** What it is, in a word: the type of a property, the kind of a name. */
  readonly detail: string
  readonly info?: string
  readonly isRequired?: boolean
}

/** Keys whose value, or whose values in a list, name definitions or fields. */
const namedKinds: Readonly<Record<string, string>> = {
  object: 'object',
  to: 'object',
  view: 'view',
  report: 'report',
  form: 'form',
  role: 'role',
  roles: 'role',
}
const namedFields = new Set(['field', 'fields', 'columns', 'groupBy', 'title', 'value', 'quick', 'var', 'by', 'dependsOn'])

/**
 * What can be written at a place of a definition: the properties of its shape that are not there yet, the values that its shape
 * names, the names of definitions and fields that are meant there, and the operators of rules.
 * @param root the shape of the definition's kind
 * @param elements all definitions, for names
 * @param object the object that the definition speaks of, for names of fields
 */
export function offersAt(root: Shape, place: Place, elements: Elements, object: string | null): Offer[] {
  const shapes = shapesAt(root, place)
  if (!place.isKey) return distinct([...namesAt(place, elements, object), ...shapes.flatMap(valuesOf)])
  const keys = shapes.flatMap(shape => keysOf(shape))
  const operators = shapes.some(isFree) ? [...operatorNames, 'var'].map(operatorOffer) : []
  const maps = shapes.some(isMap) ? mapKeys(place, elements, object) : []
  return distinct([...keys, ...maps, ...operators].filter(({ label }) => !Object.hasOwn(place.beside, label)))
}

const distinct = (offers: readonly Offer[]): Offer[] => [...new Map(offers.map(offer => [offer.label, offer])).values()]

const keysOf = ({ properties = {}, required = [] }: Shape): Offer[] =>
  Object.entries(properties)
    .filter(([key]) => key !== '$schema')
    .map(([key, shape]) => ({
      label: key,
      text: `${JSON.stringify(key)}: `,
      kind: 'property',
      detail: typeOf(shape),
      ...(shape.description === undefined ? {} : { info: shape.description }),
      isRequired: required.includes(key),
    }))

const operatorOffer = (name: string): Offer => ({ label: name, text: `${JSON.stringify(name)}: `, kind: 'operator', detail: '' })

const isMap = ({ patternProperties, additionalProperties }: Shape): boolean =>
  patternProperties !== undefined || typeof additionalProperties === 'object'

/** The keys of a map by name: objects in the grants of a role, fields where a map is called so. */
function mapKeys({ steps }: Place, elements: Elements, object: string | null): Offer[] {
  const own = steps.at(-1)?.key
  const offer = (kind: string) => (name: string) => ({ ...nameOffer(kind)(name), text: `${JSON.stringify(name)}: ` })
  if (own === 'grants' || own === 'restrict') return namesOf('object', elements).map(offer('object'))
  if (own !== 'fields' || steps.length < 2) return []
  const granted = steps.at(-2)?.key
  return fieldsOf(typeof granted === 'string' && lookup(elements, `objects/${granted}`) ? granted : object, elements).map(offer('field'))
}

function namesAt({ steps }: Place, elements: Elements, object: string | null): Offer[] {
  const keys = steps.map(({ key }) => key).filter(key => typeof key === 'string')
  const own = keys.at(-1)
  const beside = steps.at(-1)?.beside
  if (own === undefined) return []
  const kind = lookup(namedKinds, own)
  if (kind) return namesOf(kind, elements).map(nameOffer(kind))
  const meant = typeof beside?.object === 'string' ? beside.object : object
  return namedFields.has(own) ? fieldsOf(meant, elements).map(nameOffer('field')) : []
}

const nameOffer =
  (kind: string) =>
  (name: string): Offer => ({ label: name, text: JSON.stringify(name), kind: 'name', detail: kind })

const namesOf = (kind: string, elements: Elements): string[] =>
  Object.values(elements)
    .filter(element => element.kind === kind)
    .map(({ name }) => name)

const fieldsOf = (object: string | null, elements: Elements): string[] =>
  object === null ? [] : Object.keys((lookup(elements, `objects/${object}`)?.definition.fields ?? {}) as object)

const valuesOf = (shape: Shape): Offer[] => {
  const values = shape.const === undefined ? (shape.enum ?? (shape.type === 'boolean' ? [true, false] : [])) : [shape.const]
  const empty = shape.type === 'object' ? ['{}'] : shape.type === 'array' ? ['[]'] : []
  return [...values.map(value => JSON.stringify(value)), ...empty].map(text => ({
    label: text.startsWith('"') ? (JSON.parse(text) as string) : text,
    text,
    kind: 'value',
    detail: '',
    ...(shape.description === undefined ? {} : { info: shape.description }),
  }))
}

const typeOf = (shape: Shape): string => {
  const parts = [...(shape.anyOf ?? []), ...(shape.oneOf ?? [])]
  return parts.length > 0 ? [...new Set(parts.map(typeOf))].filter(Boolean).join(' | ') : (shape.type ?? '')
}
