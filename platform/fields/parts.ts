import { fits, misfit, type Parsed } from './field.js'
import { isStorable } from './value-text.js'

/** A value made of parts, in its contract form: every part, null where there is none. */
export type Parts = Readonly<Record<string, string | null>>

const longestPart = 200

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Checks a value made of texts: no unknown part, each storable, trimmed, of at most 200 characters; one without any part is null.
 * @param wrong what is answered when it is nothing of the kind
 */
export function parseParts(value: unknown, names: readonly string[], wrong: Parsed): Parsed {
  if (value === null || value === undefined) return fits(null)
  if (!isRecord(value) || Object.keys(value).some(name => !names.includes(name))) return wrong
  const given = names.map(name => [name, value[name] ?? null] as const)
  if (given.some(([, part]) => part !== null && typeof part !== 'string')) return wrong
  const parts = given.map(([name, part]) => [name, part === null ? null : String(part).replace(/\s+/g, ' ').trim() || null] as const)
  if (given.some(([, part]) => part !== null && !isStorable(String(part)))) return misfit('CHARACTER_FORBIDDEN')
  if (parts.some(([, part]) => part !== null && [...part].length > longestPart)) return misfit('VALUE_TOO_LONG', { max: longestPart })
  return fits(parts.every(([, part]) => part === null) ? null : Object.fromEntries(parts))
}

/** The parts that are there, in an order. */
export const partsIn = (value: unknown, names: readonly string[]): string[] =>
  isRecord(value) ? names.flatMap(name => (typeof value[name] === 'string' && value[name] !== '' ? [value[name]] : [])) : []

/** Whether a text is written in Chinese characters. */
export const isHan = (text: string): boolean => /\p{Script=Han}/u.test(text)

/** The schema of an object of texts. */
export const partsSchema = (names: readonly string[]) => ({
  type: 'object',
  additionalProperties: false,
  properties: Object.fromEntries(names.map(name => [name, { type: ['string', 'null'], maxLength: longestPart }])),
})
