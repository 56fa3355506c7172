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
 * @param links what can be fed with several records
 * @returns one entry for each column, null where nothing fits
 */
export function guessFields(
  columns: readonly string[],
  object: ObjectModel,
  mayWrite: (field: FieldModel) => boolean,
  links: readonly FieldModel[] = [],
): readonly (Guess | null)[] {
  const fields = [...Object.values(object.fields).filter(field => mayWrite(field) && field.currencyOf === null), ...links]
  const words = new Map(fields.map(field => [field, wordsOf(field, object)]))
  const taken = new Set<FieldModel>()
  const guesses: (Guess | null)[] = columns.map(() => null)
  for (const { by, fit } of ways) {
    columns.forEach((column, index) => {
      if (guesses[index] !== null) return
      const free = fields.filter(field => !taken.has(field))
      const field = fit(column, free, words, object)
      if (!field) return
      taken.add(field)
      guesses[index] = { field: field.name, by }
    })
  }
  return guesses
}

type Words = ReadonlyMap<FieldModel, readonly string[]>
type Fit = (column: string, fields: readonly FieldModel[], words: Words, object: ObjectModel) => FieldModel | null

const sameWord: Fit = (column, fields, words) => fields.find(field => words.get(field)?.includes(bare(column))) ?? null

/**
 * Enough words in common: `deal_stage` means `stage`, `revenue` means the only field with that word in its name. Words that name no thing
 * (`date`, `name`) count only when nothing else is said, and a column of ids is no name: it can only be a relation.
 */
const sharesWords: Fit = (column, fields, _words, object) => {
  const wanted = partsOf(column)
  const isIds = holdsIds(column)
  const ofObject = new Set([object.name, ...textsOf(object.label)].flatMap(partsOf))
  const told = wanted.filter(word => !ofObject.has(word) && !(isIds && idWords.has(word)))
  const scored = fields
    .filter(field => !isIds || field.relation !== null)
    .map(field => ({ field, score: Math.max(0, ...namesOf(field).map(name => likeness(told, partsOf(name)))) }))
    .filter(({ score }) => score >= leastLikeness)
    .sort((left, right) => right.score - left.score)
  const [best, second] = scored
  return best && best.score > (second?.score ?? 0) ? best.field : null
}

const idWords: ReadonlySet<string> = new Set(['id', 'ids', 'uuid', 'guid'])
const holdsIds = (column: string): boolean => {
  const parts = partsOf(column)
  return parts.length > 1 && idWords.has(parts.at(-1) ?? '')
}

const emptyWords: ReadonlySet<string> = new Set([
  'name',
  'date',
  'on',
  'at',
  'of',
  'the',
  'type',
  'value',
  'code',
  'number',
  'no',
  'key',
  'status',
])

/** Of two names, one may have one word more than the other; `close_value` is not `close_date`. */
const leastLikeness = 0.6

/** The share of words that two names have in common (L. R. Dice, 1945); none when all they share says nothing. */
function likeness(left: readonly string[], right: readonly string[]): number {
  const common = left.filter(word => right.includes(word))
  const isTelling =
    common.some(word => !emptyWords.has(word) && word.length > 2) || (common.length === left.length && common.length === right.length)
  return isTelling ? (2 * common.length) / (left.length + right.length) : 0
}

/** A slip of the pen; in a short word a letter in place of another makes another word (`state`, `stage`), so there one must be missing or too many. */
const resembles: Fit = (column, fields) => {
  const wanted = bare(column)
  if (wanted.length < shortest || holdsIds(column)) return null
  const fits = (word: string) => word.length >= shortest && (wanted.length >= certain || word.length !== wanted.length)
  const long = fields.flatMap(field => namesOf(field).map(bare).filter(fits))
  const near = nearest(wanted, long, Math.floor(wanted.length / lettersPerMistake))
  return near === null ? null : (fields.find(field => namesOf(field).map(bare).includes(near)) ?? null)
}

/** Shorter words resemble too many others. */
const shortest = 5
const certain = 8
const lettersPerMistake = 4

const ways: readonly { readonly by: Guess['by']; readonly fit: Fit }[] = [
  { by: 'name', fit: sameWord },
  { by: 'near', fit: sharesWords },
  { by: 'near', fit: resembles },
]

/** All that people may call a field; the title is also called like its object. */
function wordsOf(field: FieldModel, object: ObjectModel): readonly string[] {
  const ofObject = field.name === object.title ? [object.name, ...textsOf(object.label)] : []
  return [...new Set([...namesOf(field), ...ofObject].map(bare).filter(word => word !== ''))]
}

const namesOf = (field: FieldModel): readonly string[] => [field.name, field.key, ...textsOf(field.label), ...(field.definition.was ?? [])]

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
