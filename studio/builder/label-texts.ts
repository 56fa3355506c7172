import type { Element } from '@tessera/platform/definitions/index.js'
import type { Elements } from '@tessera/platform/editing/elements.js'
import { type Label, type Locale, locales } from '@tessera/platform/label.js'
import { lookup } from '@tessera/platform/registry.js'

/** A text of a definition that people read. */
export interface LabelText {
  /** The definition. */
  readonly path: string
  /** The way to the text inside of it. */
  readonly keys: readonly string[]
  readonly label: Label
}

/** Properties that hold one text for all languages where they are no object by language. */
const textKeys = new Set(['label', 'pluralLabel', 'inverseLabel', 'help', 'hint', 'message', 'description', 'confirm'])

/** All texts of definitions, in their order. */
export const labelTexts = (elements: Elements): LabelText[] =>
  Object.entries(elements).flatMap(([path, { definition }]) => textsWithin(definition, []).map(found => ({ path, ...found })))

function textsWithin(value: unknown, keys: readonly string[]): { keys: readonly string[]; label: Label }[] {
  if (isByLanguage(value)) return [{ keys, label: value }]
  if (typeof value === 'string') return textKeys.has(keys.at(-1) ?? '') && value !== '' ? [{ keys, label: value }] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => textsWithin(inner, [...keys, key]))
}

const isByLanguage = (value: unknown): value is Exclude<Label, string> =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.keys(value).length > 0 &&
  Object.entries(value).every(([key, text]) => (locales as readonly string[]).includes(key) && typeof text === 'string')

/** The text of a language, empty where there is none; one text for all languages is that of each. */
export const textIn = (label: Label, locale: Locale): string => (typeof label === 'string' ? label : (label[locale] ?? ''))

/** How many of the texts a language has. */
export const toldIn = (texts: readonly LabelText[], locale: Locale): number =>
  texts.filter(({ label }) => textIn(label, locale).trim() !== '').length

/**
 * Writes the text of one language; one text for all languages becomes one for each. An empty one is taken away, unless it is the
 * last: a label has a text.
 */
export function withText(elements: Elements, { path, keys }: Pick<LabelText, 'path' | 'keys'>, locale: Locale, text: string): Elements {
  const element = lookup(elements, path)
  if (!element) return elements
  const definition = changedAt(element.definition, keys, label => relabelled(label as Label, locale, text)) as Element['definition']
  return definition === element.definition ? elements : { ...elements, [path]: { ...element, definition } }
}

function relabelled(label: Label, locale: Locale, text: string): Label {
  const before = typeof label === 'string' ? Object.fromEntries(locales.map(each => [each, label])) : label
  const after = Object.fromEntries(
    locales.map(each => [each, each === locale ? text : before[each]]).filter(([, each]) => each !== undefined && each !== ''),
  ) as Label
  return Object.keys(after).length === 0 ? label : after
}

function changedAt(value: unknown, keys: readonly string[], change: (value: unknown) => unknown): unknown {
  const [key, ...rest] = keys
  if (key === undefined) return change(value)
  if (Array.isArray(value)) return value.map((item: unknown, index) => (String(index) === key ? changedAt(item, rest, change) : item))
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return value
  return { ...value, [key]: changedAt((value as Record<string, unknown>)[key], rest, change) }
}
