import type { ObjectDefinition } from '../definitions/object.js'
import type { FieldDefinition } from '../fields/definition.js'
import { replaceMerges } from '../model/link-merges.js'
import { lookup } from '../registry.js'
import type { Elements, Json } from './elements.js'
import { atMentions, mentionsOfField, rekeyAt, replaceAt, valueAt } from './mention-edits.js'

type Fields = Readonly<Record<string, FieldDefinition>>

/** The definition of an object among the elements. */
export const objectDefinition = (elements: Elements, object: string): ObjectDefinition | undefined =>
  lookup(elements, `objects/${object}`)?.definition as ObjectDefinition | undefined

/** The definitions with other fields of an object. */
export function withFields(elements: Elements, object: string, change: (fields: Fields) => Fields): Elements {
  const path = `objects/${object}`
  const element = lookup(elements, path)
  const definition = objectDefinition(elements, object)
  if (!element || !definition) return elements
  return { ...elements, [path]: { ...element, definition: { ...definition, fields: change(definition.fields) } } }
}

/** The places that are emptied when a field goes: lists of fields and columns; conditions and formulas are for people to solve. */
const isListed = (place: readonly string[]): boolean => {
  const path = place.join('/')
  return (
    /(^|\/)(columns|quick|highlights|cards\/fields|(sections|panels|side)\/\d+\/fields)\/\d+(\/field)?$/.test(path) ||
    /(^|(panels|side)\/\d+\/)sort\/\d+\/field$/.test(path) ||
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
