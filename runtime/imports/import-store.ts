import type { Locale } from '@tessera/platform/label.js'
import type { ImportColumn } from '@tessera/platform/records/import-mapping.js'
import { type Sql, sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import { newId } from '../database/id.js'
import type { Queryable } from '../database/queryable.js'
import { rowsIn } from '../database/rows-in.js'
import type { ShownProblem } from './refused-rows.js'

export type ImportState = 'waiting' | 'running' | 'done' | 'failed'

/** What is imported and how. */
export interface ImportOrder {
  readonly columns: readonly ImportColumn[]
  /** The field that finds records which exist. */
  readonly match: string | null
  readonly dryRun: boolean
  /** Rows come in although validation rules warn; who imports has confirmed it. */
  readonly acceptWarnings?: boolean
  /** The language in which it was asked for, and in which its reasons are told. */
  readonly language: Locale
}

/** How far an import is; `total` is null until the rows are counted. */
export interface ImportProgress {
  readonly done: number
  readonly total: number | null
}

/** Why rows were refused: how many for the same reason. */
export interface ImportReason extends Omit<ShownProblem, 'value'> {
  /** Null stands for all values beyond those that are listed one by one. */
  readonly value: string | null
  readonly count: number
}

/** What came of the rows so far. */
export interface ImportResult {
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  readonly refused: number
  readonly reasons: readonly ImportReason[]
}

/** An import as it stands in its table. */
export interface ImportJob {
  readonly id: string
  readonly state: ImportState
  readonly object: string
  readonly file: string
  readonly name: string
  readonly order: ImportOrder
  readonly progress: ImportProgress
  readonly result: ImportResult
  readonly errorsFile: string | null
  readonly error: string | null
  readonly createdAt: Date
  readonly createdBy: string
}

const imports = workspaceTable('_import')
const columns = sql`id, state, object, file, name, mapping as "order", progress, result, errors_file as "errorsFile", error, created_at as "createdAt", created_by as "createdBy"`

export const nothingDone: ImportResult = { created: 0, updated: 0, unchanged: 0, refused: 0, reasons: [] }
const atStart: ImportProgress = { done: 0, total: null }
const mostListed = 50

/** Adds an import that waits to be run. */
export async function addImport(
  client: Queryable,
  schema: string,
  job: Pick<ImportJob, 'object' | 'file' | 'name' | 'order' | 'createdBy'>,
): Promise<ImportJob> {
  const now = new Date()
  const id = newId()
  const rows = await rowsIn<ImportRow>(
    client,
    schema,
    sql`insert into ${imports} (id, state, object, file, name, mapping, progress, result, created_at, updated_at, created_by)
    values (${id}, 'waiting', ${job.object}, ${job.file}, ${job.name}, ${JSON.stringify(job.order)}, ${JSON.stringify(atStart)}, ${JSON.stringify(nothingDone)}, ${now}, ${now}, ${job.createdBy}) returning ${columns}`,
  )
  return only(rows, id)
}

type ImportRow = ImportJob & { readonly [column: string]: unknown }

/** An import by its id, or null. */
export async function findImport(client: Queryable, schema: string, id: string): Promise<ImportJob | null> {
  const [row] = await rowsIn<ImportRow>(client, schema, sql`select ${columns} from ${imports} where id = ${id}`)
  return row ?? null
}

/** The newest imports, those of one member unless it is null. */
export function listImports(client: Queryable, schema: string, member: string | null): Promise<ImportJob[]> {
  return rowsIn<ImportRow>(
    client,
    schema,
    sql`select ${columns} from ${imports} where ${member}::uuid is null or created_by = ${member}::uuid order by created_at desc, id desc limit ${mostListed}`,
  )
}

/** Whether an import is not at its end, as a condition over the tables of a workspace. */
export const importsWait: Sql = sql`exists(select from ${imports} where state in ('waiting', 'running'))`

/** The next import that is not at its end. */
export async function nextImport(client: Queryable, schema: string): Promise<ImportJob | null> {
  const [row] = await rowsIn<ImportRow>(
    client,
    schema,
    sql`select ${columns} from ${imports} where state in ('waiting', 'running') order by created_at, id limit 1`,
  )
  return row ?? null
}

/** Locks an import until the transaction ends and gives how far it is; null when it is at its end. */
export async function lockProgress(client: Queryable, schema: string, id: string): Promise<ImportProgress | null> {
  const [row] = await rowsIn<{ progress: ImportProgress }>(
    client,
    schema,
    sql`select progress from ${imports} where id = ${id} and state in ('waiting', 'running') for update`,
  )
  return row?.progress ?? null
}

/** Writes how far an import is. */
export async function saveProgress(
  client: Queryable,
  schema: string,
  id: string,
  progress: ImportProgress,
  result: ImportResult,
): Promise<void> {
  await rowsIn(
    client,
    schema,
    sql`update ${imports} set state = 'running', progress = ${JSON.stringify(progress)}, result = ${JSON.stringify(result)}, updated_at = ${new Date()} where id = ${id}`,
  )
}

/** Ends an import: done, with the file of refused rows if there are any, or failed with the reason in words. */
export async function endImport(
  client: Queryable,
  schema: string,
  id: string,
  end: { readonly errorsFile: string | null; readonly error: string | null },
): Promise<void> {
  const state: ImportState = end.error === null ? 'done' : 'failed'
  await rowsIn(
    client,
    schema,
    sql`update ${imports} set state = ${state}, errors_file = ${end.errorsFile}, error = ${end.error}, updated_at = ${new Date()} where id = ${id}`,
  )
}

function only(rows: readonly ImportRow[], id: string): ImportJob {
  const [row] = rows
  if (!row) throw new Error(`Import ${id} was not written`)
  return row
}
