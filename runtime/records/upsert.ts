import { issue } from '@tessera/platform/errors.js'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { fieldOfKey } from '@tessera/platform/records/values.js'
import type { Database } from '../database/database.js'
import { RequestError } from '../request-error.js'
import { readByKey, readExisting } from './gather.js'
import type { Outcome, WriteContext } from './write-context.js'
import type { WriteOptions, Writer } from './writer.js'

/**
 * Creates records or updates those that a key finds.
 * @param by the keys to find records by, in order: `id` or unique fields; the first with a value in a row decides
 */
export async function upsertRows(
  tools: { readonly database: Database; readonly writer: Writer },
  object: ObjectModel,
  rows: readonly Readonly<Record<string, unknown>>[],
  by: readonly string[],
  context: WriteContext,
  options: WriteOptions,
): Promise<Outcome> {
  const keys = by.map(key => keyField(object, key))
  const found = new Map<string, string>()
  for (const key of keys) {
    const values = [...new Set(rows.map(row => row[key.key]).filter(value => value !== null && value !== undefined))]
    if (values.length === 0) continue
    for (const [value, id] of await holders(tools.database, object, key, values, context)) found.set(`${key.key} ${value}`, id)
  }
  const inputs = rows.map(row => {
    const key = keys.find(candidate => row[candidate.key] !== null && row[candidate.key] !== undefined)
    const id = key ? found.get(`${key.key} ${normal(key, row[key.key])}`) : undefined
    const { id: given, ...data } = row
    return id === undefined
      ? ({ action: 'create', id: typeof given === 'string' ? given.toLowerCase() : null, version: null, data } as const)
      : ({ action: 'update', id, version: null, data } as const)
  })
  return tools.writer.write(object, inputs, context, options)
}

function keyField(object: ObjectModel, key: string): FieldModel {
  const field = fieldOfKey(object, key)
  if (!field || !(field.name === 'id' || field.definition.unique || field.type.name === 'autonumber'))
    throw new RequestError('BAD_REQUEST', [issue('KEY_UNFIT', 'by', { key })])
  return field
}

async function holders(
  database: Database,
  object: ObjectModel,
  key: FieldModel,
  values: readonly unknown[],
  context: WriteContext,
): Promise<(readonly [string, string])[]> {
  const parsed = values.map(value => normal(key, value)).filter(value => value !== '')
  if (key.name === 'id')
    return [...(await readExisting(database.pool, new Map([[object.name, new Set(parsed)]]), context))].map(entry => {
      const id = entry.slice(entry.indexOf(' ') + 1)
      return [id, id] as const
    })
  return [...(await readByKey(database.pool, object, key, parsed, context))].flatMap(([value, ids]) =>
    ids[0] === undefined ? [] : [[value, ids[0]] as const],
  )
}

/** A key's value in its contract form, as the database gives it back. */
const normal = (key: FieldModel, value: unknown): string => {
  const parsed = key.type.parse(value, key.definition)
  return 'value' in parsed && parsed.value !== null ? String(parsed.value) : ''
}
