import { may, mayWrite } from '@tessera/platform/access/profile.js'
import { type Issue, issue } from '@tessera/platform/errors.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { from } from '@tessera/platform/query/source.js'
import type { ImportPlan, LinkedColumn } from '@tessera/platform/records/import-mapping.js'
import { type CellLink, type CellProblem, matchesNone, matchesSeveral, problemOf, readRow } from '@tessera/platform/records/import-row.js'
import type { RowInput } from '@tessera/platform/records/input.js'
import { param, sql } from '@tessera/platform/sql/sql.js'
import type { PoolClient } from 'pg'
import { newId } from '../database/id.js'
import { forbidden } from '../records/decide.js'
import { readByKey } from '../records/gather.js'
import { rowsOf } from '../records/run.js'
import { nothingWritten, type WriteContext } from '../records/write-context.js'
import type { Writer } from '../records/writer.js'
import type { FileRow } from './file-row.js'
import { type Importing, readingOf, writingOf } from './importing.js'
import type { Links } from './links.js'
import type { Rehearsal } from './rehearsal.js'

/** What a batch is written with. */
export interface BatchTools {
  readonly writer: Writer
  readonly links: Links
  /** Only in a dry run. */
  readonly rehearsal: Rehearsal | null
  /** Whether rows come in although rules warn. */
  readonly acceptsWarnings: boolean
}

/** What came of the rows of a batch. */
export interface BatchOutcome {
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  readonly refused: readonly { readonly row: FileRow; readonly problems: readonly CellProblem[] }[]
}

/** A row on its way: what it will do to which record. */
interface Entry {
  readonly row: FileRow
  readonly values: Record<string, unknown>
  readonly links: readonly CellLink[]
  readonly problems: CellProblem[]
  id: string
  action: 'create' | 'update' | 'rehearsed'
}

/** Where a batch is written. */
interface Place {
  readonly client: PoolClient
  readonly plan: ImportPlan
  readonly object: ObjectModel
  readonly importing: Importing
  readonly writing: WriteContext
  readonly tools: BatchTools
}

/**
 * Writes rows through the pipeline, in the transaction of `client`: good ones go in, the others are given back with their problems.
 * No two rows of a batch have the same match key.
 */
export async function writeBatch(
  client: PoolClient,
  rows: readonly FileRow[],
  plan: ImportPlan,
  importing: Importing,
  tools: BatchTools,
): Promise<BatchOutcome> {
  const object = importing.live.model.objects[plan.object.name] ?? plan.object
  const writing: WriteContext = { ...writingOf(importing, new Date()), ...(tools.acceptsWarnings ? { confirm: 'all' } : {}) }
  const place: Place = { client, plan, object, importing, writing, tools }
  const reading = readingOf(importing)
  const entries = rows.map((row): Entry => {
    const { values, links, problems } = readRow(row.cells, plan, reading)
    return {
      row,
      values: { ...values },
      links,
      problems: [...problems],
      id: typeof values.id === 'string' ? values.id : newId(),
      action: 'create',
    }
  })
  await matchEntries(entries, place)
  await linkEntries(entries, place)
  refuseDoubles(entries, place)
  refuseForbidden(entries, place)
  return written(entries, place)
}

/** Finds the records that the match key names; a row without a key would come in again with every run, so it is refused. */
async function matchEntries(entries: readonly Entry[], { client, plan, object, importing, writing, tools }: Place): Promise<void> {
  const { match } = plan
  if (!match) return
  const values = entries.map(entry => entry.values[match.field.key]).filter(value => value !== null && value !== undefined)
  const found = await readByKey(client, object, match.field, [...new Set(values)], writing)
  for (const entry of entries.filter(({ problems }) => problems.length === 0)) {
    const value = entry.values[match.field.key] ?? null
    const ids = found.get(String(value)) ?? []
    const [id] = ids
    if (value === null) entry.problems.push(atColumn(match, '', issue('VALUE_REQUIRED', match.column, { field: match.field.label })))
    else if (ids.length > 1) entry.problems.push(matchesSeveral(linkOf(match, String(value), object)))
    else if (id !== undefined) Object.assign(entry, { id, action: 'update' })
    else if (tools.rehearsal?.has(match.field, value)) entry.action = 'rehearsed'
    else if (match.field.name !== 'id' && !mayWrite(importing.profile, match.field))
      entry.problems.push(matchesNone(linkOf(match, String(value), object), null))
  }
}

const atColumn = ({ column }: LinkedColumn, value: string, found: Issue): CellProblem => ({ column, value, issue: found, suggestion: null })
const linkOf = (column: LinkedColumn, value: string, target: ObjectModel): CellLink => ({
  column,
  key: { of: 'record', target, field: column.field },
  value,
  text: value,
})

async function linkEntries(entries: readonly Entry[], place: Place): Promise<void> {
  const { client, plan, writing, tools } = place
  const resolved = await tools.links.resolve(
    client,
    entries.flatMap(entry => entry.links),
    writing,
  )
  const own = new Map<string, string[]>()
  const fieldsOfOwn = new Set(
    plan.columns.flatMap(({ key }) => (key?.of === 'record' && key.target.name === plan.object.name ? [key.field] : [])),
  )
  for (const field of fieldsOfOwn) for (const entry of entries) push(own, `${field.name} ${String(entry.values[field.key])}`, entry.id)
  for (const entry of entries) {
    for (const link of entry.links) {
      const found = resolved.get(link)
      const { key } = link
      const inBatch = key.of === 'record' && fieldsOfOwn.has(key.field) ? (own.get(`${key.field.name} ${link.value}`) ?? []) : []
      const isRehearsed = key.of === 'record' && fieldsOfOwn.has(key.field) && tools.rehearsal?.has(key.field, link.value)
      const [id] = found && 'id' in found ? [found.id] : inBatch.length === 1 ? inBatch : []
      if (id !== undefined) put(entry, link, id)
      else if (found && 'problem' in found && !isRehearsed) entry.problems.push(found.problem)
    }
  }
}

/** Gives a row the record that a cell names; of several each is linked. */
function put({ values }: Entry, { column: { field, isMany }, key }: CellLink, id: string): void {
  if (field.targets && key.of === 'record') {
    values[field.name] = { [key.target.name]: { id } }
    return
  }
  const named = (values[field.key] as { readonly link?: readonly object[] } | undefined)?.link ?? []
  values[field.key] = isMany ? { link: [...named, { id }] } : id
}

/** In a dry run: values that must be unique and stand in an earlier batch. */
function refuseDoubles(entries: readonly Entry[], { plan, object, tools }: Place): void {
  if (!tools.rehearsal) return
  const unique = plan.columns.filter(({ field }) => field.definition.unique === true && field !== plan.match?.field)
  for (const entry of entries.filter(({ action, problems }) => action === 'create' && problems.length === 0)) {
    for (const column of unique) {
      const value = object.fields[column.field.name] ? (entry.values[column.field.key] ?? null) : null
      if (value !== null && tools.rehearsal.has(column.field, value))
        entry.problems.push(
          atColumn(column, String(value), issue('VALUE_DUPLICATE', column.column, { field: column.field.label, value: String(value) })),
        )
    }
  }
}

function refuseForbidden(entries: readonly Entry[], { object, importing }: Place): void {
  for (const entry of entries) {
    const action = entry.action === 'create' ? 'create' : 'update'
    if (!may(importing.profile, action, object.name))
      entry.problems.push({ column: '', value: '', issue: forbidden(object, action, ''), suggestion: null })
  }
}

async function written(entries: readonly Entry[], place: Place): Promise<BatchOutcome> {
  const { client, plan, object, writing, tools } = place
  const ready = entries
    .filter(({ action, problems }) => action !== 'rehearsed' && problems.length === 0)
    .sort((left, right) => (left.action < right.action ? -1 : left.action > right.action ? 1 : 0))
  const updates = ready.filter(({ action }) => action === 'update').map(({ id }) => id)
  const before = await readVersions(client, object, updates, writing)
  const outcome =
    ready.length === 0
      ? nothingWritten
      : await tools.writer.write(
          object,
          ready.map(entry => inputOf(entry, place)),
          writing,
          { atomic: false, client },
        )
  for (const { row, issue: found } of outcome.issues) {
    const entry = ready[row]
    entry?.problems.push(problemOf(found, entry.row.cells, plan))
  }
  const after = await readVersions(client, object, updates, writing)
  const isWritten = ready.filter((entry, index) => entry.problems.length === 0 && outcome.ids[index] !== null)
  const created = isWritten.filter(({ action }) => action === 'create')
  for (const { values } of created) tools.rehearsal?.remember(object, values)
  const changed = isWritten.filter(({ id, action }) => action === 'update' && before.get(id) !== after.get(id))
  const rehearsed = entries.filter(({ action, problems }) => action === 'rehearsed' && problems.length === 0)
  const same = rehearsed.filter(({ values }) => plan.match && tools.rehearsal?.isSame(plan.match.field, values))
  return {
    created: created.length,
    updated: changed.length + rehearsed.length - same.length,
    unchanged: isWritten.length - created.length - changed.length + same.length,
    refused: entries.filter(({ problems }) => problems.length > 0).map(({ row, problems }) => ({ row, problems })),
  }
}

/** What goes to the pipeline: without the id, and without a key that only finds. */
function inputOf({ id, action, values }: Entry, { plan, importing }: Place): RowInput {
  const { match } = plan
  const given = Object.entries(values).filter(
    ([key]) => key !== 'id' && !(match && key === match.field.key && !mayWrite(importing.profile, match.field)),
  )
  return { action: action === 'create' ? 'create' : 'update', id, version: null, data: Object.fromEntries(given) }
}

async function readVersions(
  client: PoolClient,
  object: ObjectModel,
  ids: readonly string[],
  writing: WriteContext,
): Promise<ReadonlyMap<string, number>> {
  if (ids.length === 0) return new Map()
  const rows = await rowsOf<{ id: string; version: number }>(
    client,
    sql`select t.id, t.version from ${from(object, 't')} where t.id = any(${param(ids)}::uuid[])`,
    writing,
  )
  return new Map(rows.map(row => [row.id, row.version]))
}

function push(lists: Map<string, string[]>, key: string, item: string): void {
  const list = lists.get(key)
  if (list) list.push(item)
  else lists.set(key, [item])
}
