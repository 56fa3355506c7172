import { nearest } from '../errors.js'
import { plain } from '../fields/value-text.js'
import type { Label } from '../label.js'
import type { FieldModel, ObjectModel } from '../model/model.js'

/** The field that a column seems to mean; `near` when the words only resemble each other, `values` when most of its values are known there. */
export interface Guess {
  readonly field: string
  readonly by: 'name' | 'near' | 'values'
}

/**
 * Guesses what the columns of a file mean, from names, labels in both languages and former names; no field is guessed twice.
 * @param mayWrite whether a field can be fed at all
 * @returns one entry for each column, null where nothing fits
 */
export function guessFields(
  columns: readonly string[],
  object: ObjectModel,
  mayWrite: (field: FieldModel) => boolean,
): readonly (Guess | null)[] {
  const fields = Object.values(object.fields).filter(field => mayWrite(field) && field.currencyOf === null)
  const words = new Map(fields.map(field => [field, wordsOf(field, object)]))
  const taken = new Set<FieldModel>()
  const guesses: (Guess | null)[] = columns.map(() => null)
  for (const { by, fit } of ways) {
    columns.forEach((column, index) => {
      if (guesses[index] !== null) return
      const free = fields.filter(field => !taken.has(field))
      const field = fit(column, free, words)
      if (!field) return
      taken.add(field)
      guesses[index] = { field: field.name, by }
    })
  }
  return guesses
}

type Words = ReadonlyMap<FieldModel, readonly string[]>
type Fit = (column: string, fields: readonly FieldModel[], words: Words) => FieldModel | null

const sameWord: Fit = (column, fields, words) => fields.find(field => words.get(field)?.includes(bare(column))) ?? null

/** All parts of a field's name stand in the column's name: `deal_stage` means `stage`; the longest such field wins. */
const partOfName: Fit = (column, fields, words) => {
  const parts = partsOf(column)
  const fitting = fields.flatMap(field =>
    (words.get(field) ?? []).filter(word => word.length > 2 && parts.includes(word)).map(word => ({ field, length: word.length })),
  )
  return fitting.sort((left, right) => right.length - left.length)[0]?.field ?? null
}

const resembles: Fit = (column, fields, words) => {
  const wanted = bare(column)
  if (wanted.length < shortest) return null
  const long = fields.flatMap(field => (words.get(field) ?? []).filter(word => word.length >= shortest))
  const near = nearest(wanted, long, Math.floor(wanted.length / lettersPerMistake))
  return near === null ? null : (fields.find(field => words.get(field)?.includes(near)) ?? null)
}

/** Shorter words resemble too many others. */
const shortest = 5
const lettersPerMistake = 4

const ways: readonly { readonly by: Guess['by']; readonly fit: Fit }[] = [
  { by: 'name', fit: sameWord },
  { by: 'near', fit: partOfName },
  { by: 'near', fit: resembles },
]

/** All that people may call a field; the title is also called like its object. */
function wordsOf(field: FieldModel, object: ObjectModel): readonly string[] {
  const own = [field.name, field.key, ...textsOf(field.label), ...(field.definition.was ?? [])]
  const ofObject = field.name === object.title ? [object.name, object.plural, ...textsOf(object.label)] : []
  return [...new Set([...own, ...ofObject].map(bare).filter(word => word !== ''))]
}

const textsOf = (label: Label): readonly string[] => (typeof label === 'string' ? [label] : [label.en ?? '', label['zh-CN'] ?? ''])

/** A name without signs, spaces and capitals. */
const bare = (name: string): string =>
  plain(name)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

const partsOf = (name: string): readonly string[] =>
  plain(name)
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(part => part !== '')
