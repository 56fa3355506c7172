import { issue } from '@tessera/platform/errors.js'
import { RequestError } from '../request-error.js'

/** What is to be exported: which records of an object, which of their fields, in which form. */
export interface ExportOrder {
  readonly object: string
  /** Fields, or `relation.field`; null is what people see of the object. */
  readonly fields: readonly string[] | null
  /** As the records API takes them. */
  readonly where: Readonly<Record<string, unknown>> | null
  readonly search: string | null
  readonly orderBy: readonly unknown[] | null
  readonly deleted: 'NO' | 'ONLY' | 'WITH'
  readonly format: 'csv' | 'xlsx'
}

const mostFields = 200
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Reads an order from the body of a request. Throws `BAD_REQUEST` with everything that does not fit. */
export function exportOrder(body: unknown): ExportOrder {
  if (!isObject(body)) throw unfit([''])
  const { object, fields = null, where = null, search = null, orderBy = null, deleted = 'NO', format = 'csv', ...others } = body
  const tests: Readonly<Record<string, boolean>> = {
    object: typeof object === 'string',
    fields: fields === null || (Array.isArray(fields) && fields.length <= mostFields && fields.every(name => typeof name === 'string')),
    where: where === null || isObject(where),
    search: search === null || typeof search === 'string',
    orderBy: orderBy === null || Array.isArray(orderBy),
    deleted: ['NO', 'ONLY', 'WITH'].includes(String(deleted)),
    format: ['csv', 'xlsx'].includes(String(format)),
    ...Object.fromEntries(Object.keys(others).map(key => [key, false])),
  }
  const wrong = Object.keys(tests).filter(key => !tests[key])
  if (wrong.length > 0) throw unfit(wrong)
  return { object, fields, where, search, orderBy, deleted, format } as unknown as ExportOrder
}

const unfit = (paths: readonly string[]): RequestError =>
  new RequestError(
    'BAD_REQUEST',
    paths.map(path => issue('EXPORT_INVALID', path)),
  )
