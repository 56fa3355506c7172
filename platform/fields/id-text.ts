import { type FieldExamples, fits, misfit, type Parsed } from './field.js'
import { expected, isStorable, plain } from './value-text.js'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Whether a text has the form of an id (RFC 9562). */
export const isId = (text: string): boolean => uuid.test(text)

/** Checks an id: a UUID, kept in small letters; whether the record exists is asked of the database. */
export function parseId(value: unknown): Parsed {
  if (value === null || value === undefined || value === '') return fits(null)
  if (typeof value !== 'string') return expected('id')
  return isId(value) ? fits(value.toLowerCase()) : misfit('ID_INVALID', { value: isStorable(value) ? value.slice(0, 60) : '' })
}

/** Reads an id from a text; names are looked up by whoever knows the records. */
export const idFromText = (typed: string): Parsed => parseId(plain(typed))

export const idExamples: FieldExamples = {
  field: {},
  valid: ['01890a5d-ac96-774b-bcce-b302099a8057', '01890a5d-ac96-774b-bcce-b302099a8058'],
  invalid: ['x', 5, true, '01890a5d-ac96-774b-bcce'],
  texts: [
    ['01890A5D-AC96-774B-BCCE-B302099A8057', '01890a5d-ac96-774b-bcce-b302099a8057'],
    ['', null],
  ],
}
