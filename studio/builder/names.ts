import type { Elements } from '@tessera/platform/editing/elements.js'
import { type Label, labelOf } from '@tessera/platform/label.js'
import { compileModel } from '@tessera/platform/model/compile.js'
import { nameFrom } from '@tessera/platform/model/naming.js'
import { lookup } from '@tessera/platform/registry.js'

/** Spells a text in Latin words: Chinese by its pinyin, the rest as it is. */
export type Spell = (text: string) => readonly string[]

/** A name made of a label, in its English form when it has one: `Training class` is `trainingClass`, 培训班 is `peiXunBan`. */
export function nameOf(label: Label, spell: Spell, fallback: string): string {
  const text = labelOf(label, 'en')
  const words = spell(text).map(word => (/^[A-Z0-9]{2,}$/.test(word) ? word.toLowerCase() : word))
  return nameFrom(words.join(' '), fallback)
}

/** The plural of an English word or name, by the common rules. */
export function pluralOf(word: string): string {
  if (/[^aeiou]y$/i.test(word)) return `${word.slice(0, -1)}ies`
  return /(s|x|z|ch|sh)$/i.test(word) ? `${word}es` : `${word}s`
}

/** The plural of a label, where its language has one. */
export const pluralLabelOf = (label: Label): Label => {
  if (typeof label === 'string') return /^[\x20-\x7e]+$/.test(label) ? pluralOf(label) : label
  return label.en === undefined ? label : { ...label, en: pluralOf(label.en) }
}

/** An object's name and plural that collide with nothing among the definitions. */
export function freeObjectNames(
  elements: Elements,
  wanted: string,
  plural = pluralOf(wanted),
): { readonly name: string; readonly plural: string } {
  let names = { name: wanted, plural }
  for (let attempt = 2; attempt < 20 && isObjectTaken(elements, names); attempt++) {
    const name = `${wanted.slice(0, 37)}${attempt}`
    names = { name, plural: pluralOf(name) }
  }
  return names
}

function isObjectTaken(elements: Elements, { name, plural }: { name: string; plural: string }): boolean {
  if (lookup(elements, `objects/${name}`)) return true
  const definition = { object: name, plural, label: name, fields: { name: { type: 'text' } } }
  const { issues } = compileModel([...Object.values(elements), { kind: 'object', name, definition }])
  return issues.some(({ code, params }) => code === 'NAME_TAKEN' && (params.name === name || params.name === plural))
}

/** A field's name that collides with nothing in its object. */
export function freeFieldName(elements: Elements, object: string, wanted: string): string {
  let name = wanted
  for (let attempt = 2; attempt < 40 && isFieldTaken(elements, object, name); attempt++) name = `${wanted.slice(0, 37)}${attempt}`
  return name
}

function isFieldTaken(elements: Elements, object: string, name: string): boolean {
  const element = lookup(elements, `objects/${object}`)
  const fields = (element?.definition.fields ?? {}) as Readonly<Record<string, { was?: readonly string[] }>>
  if (!element || Object.hasOwn(fields, name) || Object.values(fields).some(field => field.was?.includes(name))) return Boolean(element)
  const definition = { ...element.definition, fields: { ...fields, [name]: { type: 'text' } } }
  const { issues } = compileModel(Object.values({ ...elements, [`objects/${object}`]: { ...element, definition } }))
  return issues.some(({ code, path }) => (code === 'NAME_TAKEN' || code === 'WAS_TAKEN') && path.startsWith(`objects/${object}/fields/`))
}

/** A value for a new option that no other has. */
export function freeOptionValue(taken: readonly string[], wanted: string): string {
  let value = wanted
  for (let attempt = 2; taken.includes(value); attempt++) value = `${wanted}${attempt}`
  return value
}
