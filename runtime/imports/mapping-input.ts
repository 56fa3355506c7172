import { issue } from '@tessera/platform/errors.js'
import type { ImportColumn } from '@tessera/platform/records/import-mapping.js'
import { RequestError } from '../request-error.js'

const keys = new Set(['column', 'field', 'dateFormat', 'values', 'by'])

/** A mapping as it came over the API. Throws `BAD_REQUEST` when it does not have the form; whether it fits is checked against the model. */
export function mappingOf(input: unknown): readonly ImportColumn[] {
  if (!Array.isArray(input) || input.length > 500 || !input.every(isColumn))
    throw new RequestError('BAD_REQUEST', [issue('MAPPING_INVALID', 'mapping')])
  return input.map(({ column, field, dateFormat, values, by }) => ({
    column,
    field,
    ...(dateFormat ? { dateFormat } : {}),
    ...(values ? { values } : {}),
    ...(by ? { by } : {}),
  }))
}

function isColumn(entry: unknown): entry is ImportColumn {
  if (typeof entry !== 'object' || entry === null) return false
  const { column, field, dateFormat, values, by } = entry as Record<string, unknown>
  const isMap = isAbsent(values) || (typeof values === 'object' && Object.values(values as object).every(isText))
  return (
    Object.keys(entry).every(key => keys.has(key)) &&
    isText(column) &&
    isText(field) &&
    isOptionalText(dateFormat) &&
    isOptionalText(by) &&
    isMap
  )
}

const isAbsent = (value: unknown): boolean => value === undefined || value === null
const isText = (value: unknown): value is string => typeof value === 'string'
const isOptionalText = (value: unknown): boolean => isAbsent(value) || isText(value)
