import { mayImport } from '@tessera/platform/access/may-import.js'
import { mayWrite } from '@tessera/platform/access/profile.js'
import { issue } from '@tessera/platform/errors.js'
import { nearestOption } from '@tessera/platform/fields/choice.js'
import { recognizeDateFormat } from '@tessera/platform/fields/date-text.js'
import type { TextContext } from '@tessera/platform/fields/field.js'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { type Guess, guessFields } from '@tessera/platform/records/import-guess.js'
import { linkKeys } from '@tessera/platform/records/import-keys.js'
import { type ImportColumn, type ImportPlan, type LinkedColumn, linkFields } from '@tessera/platform/records/import-mapping.js'
import { type CellLink, readRow } from '@tessera/platform/records/import-row.js'
import { lookup } from '@tessera/platform/registry.js'
import type { Queryable } from '../database/queryable.js'
import { readByKey } from '../records/gather.js'
import { RequestError } from '../request-error.js'
import { columnNames, type FileRow } from './file-row.js'
import { type Importing, planOf, readingOf, writingOf } from './importing.js'
import { Links } from './links.js'

/** What a column of a file holds. */
export interface SeenColumn {
  readonly name: string
  /** The first different values. */
  readonly samples: readonly string[]
  /** In how many rows it says something. */
  readonly filled: number
  /** The order of year, month and day when all its values are dates. */
  readonly dateFormat: string | null
  readonly guess: Guess | null
}

/** A value of the file that no option or record is called. */
export interface UnknownValue {
  readonly column: string
  readonly field: string
  readonly value: string
  readonly count: number
  readonly suggestion: string | null
}

/** What a file holds and what it seems to mean. */
export interface Inspection {
  readonly columns: readonly SeenColumn[]
  readonly rows: number
  readonly mapping: readonly ImportColumn[]
  readonly values: readonly UnknownValue[]
}

interface Column {
  readonly name: string
  readonly counts: Map<string, number>
  filled: number
}

/** So many different values of a column are remembered. */
const mostValues = 20_000
const sampleCount = 3
const mostUnknown = 200

/**
 * Looks through a file and proposes how its columns feed an object.
 * @param mapping what was chosen already; without it the proposal is used for finding unknown values
 * Throws `BAD_REQUEST` when the file has no rows or is no CSV, `VALIDATION_FAILED` when the mapping does not fit.
 */
export async function inspect(
  rows: AsyncIterable<FileRow>,
  importing: Importing,
  objectName: string,
  mapping: readonly ImportColumn[] | null,
  client: Queryable,
): Promise<Inspection> {
  const object = lookup(importing.profile.model.objects, objectName)
  if (!object) throw new RequestError('NOT_FOUND', planOf(importing, objectName, [], [], null).issues)
  const { columns, count } = await gather(rows)
  const names = columns.map(({ name }) => name)
  const guesses = await withValues(
    guessFields(
      names,
      object,
      field => mayImport(importing.profile, field),
      linkFields(object, importing.profile.model).flatMap(({ field, own }) => (mayImport(importing.profile, own) ? [field] : [])),
    ),
    columns,
    object,
    importing,
    client,
  )
  const seen = columns.map(
    (column, index): SeenColumn => ({
      name: column.name,
      filled: column.filled,
      samples: [...column.counts.keys()].slice(0, sampleCount),
      dateFormat: recognizeDateFormat([...column.counts.keys()]),
      guess: guesses[index] ?? null,
    }),
  )
  const proposed = mapping ?? (await proposalOf(seen, columns, object, importing, client))
  return { columns: seen, rows: count, mapping: proposed, values: await unknownValues(columns, proposed, importing, object, client) }
}

async function gather(rows: AsyncIterable<FileRow>): Promise<{ columns: readonly Column[]; count: number }> {
  let columns: readonly Column[] | null = null
  let count = 0
  for await (const { cells } of rows) {
    if (columns === null) {
      columns = columnNames(cells).map(name => ({ name, counts: new Map(), filled: 0 }))
      continue
    }
    count++
    columns.forEach((column, index) => {
      const text = (cells[index] ?? '').trim()
      if (text === '') return
      column.filled++
      if (column.counts.has(text) || column.counts.size < mostValues) column.counts.set(text, (column.counts.get(text) ?? 0) + 1)
    })
  }
  if (columns === null) throw new RequestError('BAD_REQUEST', [issue('FILE_EMPTY', 'file')])
  return { columns, count }
}

/** Adds guesses for columns whose names say nothing: a relation that most of their values name records of. */
async function withValues(
  guesses: readonly (Guess | null)[],
  columns: readonly Column[],
  object: ObjectModel,
  importing: Importing,
  client: Queryable,
): Promise<(Guess | null)[]> {
  const taken = new Set(guesses.map(guess => guess?.field))
  const free = Object.values(object.fields).filter(
    field => field.relation?.to && mayWrite(importing.profile, field) && !taken.has(field.name),
  )
  const all = [...guesses]
  for (const [index, column] of columns.entries()) {
    if (guesses[index] || column.counts.size === 0) continue
    for (const field of free.filter(candidate => !taken.has(candidate.name))) {
      const { found, of } = await keyFor(field.relation?.to ?? null, column, importing, client)
      if (found * 2 <= of) continue
      all[index] = { field: field.name, by: 'values' }
      taken.add(field.name)
      break
    }
  }
  return all
}

async function proposalOf(
  seen: readonly SeenColumn[],
  columns: readonly Column[],
  object: ObjectModel,
  importing: Importing,
  client: Queryable,
): Promise<ImportColumn[]> {
  const mapping: ImportColumn[] = []
  const links = linkFields(object, importing.profile.model).map(({ field }) => field)
  for (const [index, { name, guess, dateFormat }] of seen.entries()) {
    const field = guess && (object.fields[guess.field] ?? links.find(({ name: known }) => known === guess.field))
    if (!field) continue
    const isTime = field.type.name === 'date' || field.type.name === 'dateTime'
    const { key } = await keyFor(field.relation?.to ?? null, columns[index], importing, client)
    mapping.push({
      column: name,
      field: field.name,
      ...(isTime && dateFormat !== null ? { dateFormat } : {}),
      ...(key === null ? {} : { by: key }),
    })
  }
  return mapping
}

/** So many values of a column are tried as keys. */
const mostTried = 500

/** The key of a relation's target that finds the most of a column's values, its title when none finds any; and how many of how many it finds. */
async function keyFor(
  targetName: string | null,
  column: Column | undefined,
  importing: Importing,
  client: Queryable,
): Promise<{ readonly key: string | null; readonly found: number; readonly of: number }> {
  const target = targetName === null ? undefined : lookup(importing.profile.model.objects, targetName)
  if (!target || !column) return { key: null, found: 0, of: 0 }
  const full = importing.live.model.objects[target.name] ?? target
  const texts = [...column.counts.keys()].slice(0, mostTried)
  let best = { key: target.title, found: 0, of: texts.length }
  for (const field of linkKeys(target)) {
    const values = texts.flatMap(text => {
      const parsed = field.type.fromText(text, field.definition, readingOf(importing))
      return 'value' in parsed && parsed.value !== null ? [parsed.value] : []
    })
    const found = values.length === 0 ? 0 : (await readByKey(client, full, field, values, writingOf(importing, new Date()))).size
    if (found > best.found) best = { key: field.name, found, of: texts.length }
  }
  return best
}

/** The values of mapped columns that name no option and no record, most frequent first. */
async function unknownValues(
  columns: readonly Column[],
  mapping: readonly ImportColumn[],
  importing: Importing,
  object: ObjectModel,
  client: Queryable,
): Promise<UnknownValue[]> {
  if (mapping.length === 0) return []
  const { plan, issues } = planOf(
    importing,
    object.name,
    columns.map(({ name }) => name),
    mapping,
    null,
  )
  if (!plan || issues.length > 0) throw new RequestError('VALIDATION_FAILED', issues)
  const reading = readingOf(importing)
  const own = namesInFile(columns, plan, reading)
  const unknown: UnknownValue[] = []
  for (const linked of plan.columns.filter(({ field }) => !isBesideKind(field, plan))) {
    const links = new Map<CellLink, { readonly value: string; readonly count: number }>()
    for (const [text, count] of columns[linked.index]?.counts ?? []) {
      const cells: string[] = []
      cells[linked.index] = text
      const row = readRow(cells, { ...plan, columns: [linked] }, reading)
      for (const link of row.links) if (!own.has(nameKey(link.key, link.value))) links.set(link, { value: text, count })
      if (linked.field.definition.options && row.problems.length > 0)
        unknown.push({ ...placeOf(linked), value: text, count, suggestion: nearestOption(text, linked.field.definition.options) })
    }
    const resolved = await new Links().resolve(client, [...links.keys()], writingOf(importing, new Date()))
    for (const [link, found] of resolved) {
      const told = links.get(link)
      if (told && 'problem' in found) unknown.push({ ...placeOf(linked), ...told, suggestion: found.problem.suggestion })
    }
  }
  return unknown.sort((left, right) => right.count - left.count).slice(0, mostUnknown)
}

/** What a column names by the object that another column says is known row by row alone. */
const isBesideKind = (field: FieldModel, { columns }: ImportPlan): boolean =>
  field.targets !== undefined && columns.some(other => other.field.typeOf === field.name)

const nameKey = (key: CellLink['key'], value: string): string =>
  key.of === 'record' ? `${key.target.name} ${key.field.name} ${value}` : ''

/** What one row of the file is called and other rows may name it by, as a parent: the run finds these although there is no such record yet. */
function namesInFile(columns: readonly Column[], plan: ImportPlan, reading: TextContext): ReadonlySet<string> {
  const names = new Set<string>()
  for (const { key } of plan.columns) {
    if (key?.of !== 'record' || key.target.name !== plan.object.name) continue
    for (const fed of plan.columns.filter(({ field }) => field === key.field)) {
      for (const [text, count] of columns[fed.index]?.counts ?? []) {
        const cells: string[] = []
        cells[fed.index] = text
        const value = readRow(cells, { ...plan, columns: [fed] }, reading).values[fed.field.key]
        if (count === 1 && value !== null && value !== undefined) names.add(nameKey(key, String(value)))
      }
    }
  }
  return names
}

const placeOf = ({ column, field }: LinkedColumn) => ({ column, field: field.name })
