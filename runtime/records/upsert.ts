import { issue } from '@tessera/platform/errors.js'
import { isAskable } from '@tessera/platform/model/masked.js'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { type UniqueSet, uniqueSetsOf } from '@tessera/platform/model/sets.js'
import { fieldOfKey } from '@tessera/platform/records/values.js'
import { lookup } from '@tessera/platform/registry.js'
import type { Database } from '../database/database.js'
import { RequestError } from '../request-error.js'
import { readByKey, readBySet, readExisting } from './gather.js'
import { readEnds } from './merged.js'
import type { Outcome, WriteContext } from './write-context.js'
import type { WriteOptions, Writer } from './writer.js'

type Row = Readonly<Record<string, unknown>>

/** Finds records by one key. */
interface Finder {
  /** Whether a row has the key's values. */
  readonly has: (row: Row) => boolean
  readonly idOf: (row: Row) => string | undefined
}

/**
 * Creates records or updates those that a key finds.
 * @param by the keys to find records by, in order: `id`, unique fields or sets of fields that are unique together; the first with a value in a row decides
 */
export async function upsertRows(
  tools: { readonly database: Database; readonly writer: Writer },
  object: ObjectModel,
  rows: readonly Readonly<Record<string, unknown>>[],
  by: readonly string[],
  context: WriteContext,
  options: WriteOptions,
): Promise<Outcome> {
  const finders: Finder[] = []
  for (const key of by) {
    const set = uniqueSetsOf(object).find(({ name }) => name === key)
    finders.push(
      set ? await setFinder(tools.database, object, set, rows, context) : await keyFinder(tools.database, object, key, rows, context),
    )
  }
  const inputs = rows.map(row => {
    const id = finders.find(finder => finder.has(row))?.idOf(row)
    const { id: given, ...data } = row
    return id === undefined
      ? ({ action: 'create', id: typeof given === 'string' ? given.toLowerCase() : null, version: null, data } as const)
      : ({ action: 'update', id, version: null, data } as const)
  })
  return tools.writer.write(object, inputs, context, options)
}

async function keyFinder(
  database: Database,
  object: ObjectModel,
  name: string,
  rows: readonly Row[],
  context: WriteContext,
): Promise<Finder> {
  const key = keyField(object, name, context)
  const values = [...new Set(rows.map(row => row[key.key]).filter(value => value !== null && value !== undefined))]
  const found = new Map(values.length === 0 ? [] : await holders(database, object, key, values, context))
  return { has: row => row[key.key] !== null && row[key.key] !== undefined, idOf: row => found.get(normal(key, row[key.key])) }
}

async function setFinder(
  database: Database,
  object: ObjectModel,
  { fields }: UniqueSet,
  rows: readonly Row[],
  context: WriteContext,
): Promise<Finder> {
  const given = (row: Row) => fields.map(field => normal(field, row[field.key] ?? linked(row[field.name])))
  const whole = rows.map(given).filter(values => values.every(value => value !== ''))
  const found = new Map<string, string>()
  for (const { values, id } of whole.length === 0 ? [] : await readBySet(database.pool, object, fields, whole, context))
    found.set(JSON.stringify(values), id)
  return { has: row => given(row).every(value => value !== ''), idOf: row => found.get(JSON.stringify(given(row))) }
}

/** The id of a related record that is named by it. */
const linked = (link: unknown): unknown => (typeof link === 'object' && link !== null && 'id' in link ? link.id : undefined)

function keyField(object: ObjectModel, key: string, { model, profile }: WriteContext): FieldModel {
  const field = fieldOfKey(object, key)
  const seen = field && lookup(lookup((profile?.model ?? model).objects, object.name)?.fields ?? {}, field.name)
  if (!field || !seen || !isAskable(seen) || !(field.name === 'id' || field.definition.unique || field.type.name === 'autonumber'))
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
  if (key.name === 'id') return holdersOfIds(database, object, parsed, context)
  return [...(await readByKey(database.pool, object, key, parsed, context))].flatMap(([value, ids]) =>
    ids[0] === undefined ? [] : [[value, ids[0]] as const],
  )
}

/** The records that ids name; the id of one that was merged names the one that it went into. */
async function holdersOfIds(
  database: Database,
  object: ObjectModel,
  ids: readonly string[],
  context: WriteContext,
): Promise<(readonly [string, string])[]> {
  const existing = await readExisting(database.pool, new Map([[object.name, new Set(ids)]]), context)
  const missing = ids.filter(id => !existing.has(`${object.name} ${id}`))
  const ends = missing.length === 0 ? new Map<string, string>() : await readEnds(database.pool, missing, context)
  return ids.flatMap(id => {
    const key = `${object.name} ${id}`
    const end = existing.has(key) ? id : ends.get(key)
    return end === undefined ? [] : [[id, end] as const]
  })
}

/** A key's value in its contract form, as the database gives it back. */
const normal = (key: FieldModel, value: unknown): string => {
  const parsed = key.type.parse(value, key.definition)
  return 'value' in parsed && parsed.value !== null ? String(parsed.value) : ''
}
