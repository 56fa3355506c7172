import { Inject, Injectable } from '@nestjs/common'
import { type Issue, issue, localizeIssue } from '@tessera/platform/errors.js'
import type { PoolClient } from 'pg'
import { Database } from '../database/database.js'
import { inTransaction } from '../database/transaction.js'
import { FileStore, type StoredFile } from '../files/file-store.js'
import { OutboxSignal } from '../records/outbox-signal.js'
import { Writer } from '../records/writer.js'
import { RequestError } from '../request-error.js'
import { type BatchTools, writeBatch } from './batch.js'
import { columnNames, type FileRow } from './file-row.js'
import {
  endImport,
  type ImportJob,
  type ImportProgress,
  type ImportResult,
  lockProgress,
  nothingDone,
  saveProgress,
} from './import-store.js'
import { planOf } from './importing.js'
import { Links } from './links.js'
import { resultWith, shownRows } from './reasons.js'
import { forgetRefused, keepRefused, refusedFile } from './refused-rows.js'
import { Rehearsal } from './rehearsal.js'
import { type TableForm, tableForm, tableRows } from './table.js'
import { WhoImports } from './who-imports.js'

const batchSize = 1_000

/** An import while it runs. */
interface Running {
  readonly schema: string
  readonly job: ImportJob
  readonly file: StoredFile
  readonly form: TableForm
  readonly tools: BatchTools
  progress: ImportProgress
  result: ImportResult
}

/** Runs imports: reads the file, writes batch after batch, each in one transaction with how far the import is. */
@Injectable()
export class Importer {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(FileStore) private readonly files: FileStore,
    @Inject(Writer) private readonly writer: Writer,
    @Inject(OutboxSignal) private readonly signal: OutboxSignal,
    @Inject(WhoImports) private readonly who: WhoImports,
  ) {}

  /**
   * Runs an import to its end, or goes on with one that a stopped process left; returns early when told to stop.
   * What is wrong with the file, the mapping or the member's rights ends it as failed; other errors are thrown and it can be tried again.
   */
  async run(schema: string, job: ImportJob, signal: AbortSignal): Promise<void> {
    const { pool } = this.database
    try {
      const running = await this.begin(schema, job)
      const isThrough = await this.writeAll(running, signal)
      if (isThrough) await endImport(pool, schema, job.id, { errorsFile: await this.errorsFile(running), error: null })
      if (isThrough) await forgetRefused(pool, schema, job.id)
    } catch (error) {
      if (!(error instanceof RequestError)) throw error
      await endImport(pool, schema, job.id, {
        errorsFile: null,
        error: error.issues.map(found => sentence(localizeIssue(found, job.order.language))).join(' ') || error.message,
      })
    }
  }

  private async begin(schema: string, job: ImportJob): Promise<Running> {
    const file = await this.files.find(schema, job.file)
    if (!file) throw new RequestError('NOT_FOUND', [issue('FILE_UNKNOWN', 'file')])
    const form = await tableForm(() => this.files.read(schema, file))
    const { dryRun } = job.order
    const tools = {
      writer: this.writer,
      links: new Links(),
      rehearsal: dryRun ? new Rehearsal() : null,
      acceptsWarnings: job.order.acceptWarnings === true,
    }
    const begun: Running = { schema, job, file, form, tools, progress: job.progress, result: job.result }
    // a dry run remembers its earlier rows in memory only, so it begins again
    if (dryRun && job.progress.done > 0) Object.assign(begun, { progress: { ...job.progress, done: 0 }, result: nothingDone })
    if (dryRun) await forgetRefused(this.database.pool, schema, job.id)
    if (begun.progress.total === null) begun.progress = { ...begun.progress, total: await this.countRows(begun) }
    await saveProgress(this.database.pool, schema, job.id, begun.progress, begun.result)
    return begun
  }

  private rowsOf({ schema, file, form }: Running): AsyncGenerator<FileRow> {
    return tableRows(() => this.files.read(schema, file), form)
  }

  private async countRows(running: Running): Promise<number> {
    let count = -1
    for await (const _ of this.rowsOf(running)) count++
    return Math.max(count, 0)
  }

  /** Writes what is left of the file; false when stopped before its end. */
  private async writeAll(running: Running, signal: AbortSignal): Promise<boolean> {
    const rows = this.rowsOf(running)
    const header = await rows.next()
    if (header.done) throw new RequestError('BAD_REQUEST', [issue('FILE_EMPTY', 'file')])
    const columns = columnNames(header.value.cells)
    const match = running.job.order.columns.find(({ field }) => field === running.job.order.match)
    const keyOf = (cells: readonly string[]) => {
      const text = match ? (cells[columns.indexOf(match.column)] ?? '').trim() : ''
      return match?.values?.[text] ?? text
    }
    for (let skipped = 0; skipped < running.progress.done; skipped++) await rows.next()
    for await (const batch of batches(rows, keyOf)) {
      if (signal.aborted) return false
      await this.writeOne(running, batch, columns)
    }
    return true
  }

  private async writeOne(running: Running, batch: readonly FileRow[], columns: readonly string[]): Promise<void> {
    const { schema, job } = running
    const importing = await this.who.find(schema, job.createdBy)
    const { plan, issues } = planOf(importing, job.object, columns, job.order.columns, job.order.match)
    if (!plan || issues.length > 0) throw new RequestError('VALIDATION_FAILED', issues)
    const next = await inTransaction(this.database.pool, async client => {
      const held = await lockProgress(client, schema, job.id)
      if (held?.done !== running.progress.done) throw new Error(`Import ${job.id} was taken over by another process`)
      const outcome = await withoutTrace(client, job.order.dryRun, () => writeBatch(client, batch, plan, importing, running.tools))
      const refused = shownRows(outcome.refused, job.order.language)
      await keepRefused(client, schema, job.id, refused)
      const progress = { ...running.progress, done: running.progress.done + batch.length }
      const result = resultWith(running.result, outcome, refused)
      await saveProgress(client, schema, job.id, progress, result)
      return { progress, result }
    })
    Object.assign(running, next)
    if (!job.order.dryRun) this.signal.wrote(schema)
  }

  private async errorsFile({ schema, job, file, form, result }: Running): Promise<string | null> {
    if (result.refused === 0) return null
    const header = await tableRows(() => this.files.read(schema, file), form).next()
    const columns = header.done ? [] : columnNames(header.value.cells)
    const name = `${file.name.replace(/\.[^.]*$/, '')}-refused.csv`
    const stored = await this.files.store(
      schema,
      { name, type: 'text/csv', createdBy: job.createdBy },
      refusedFile(this.database.pool, schema, job.id, columns),
    )
    return stored.id
  }
}

/** Does work in a transaction and takes back what it wrote when nothing may be kept. */
async function withoutTrace<T>(client: PoolClient, isDry: boolean, work: () => Promise<T>): Promise<T> {
  if (!isDry) return work()
  await client.query('savepoint rehearsal')
  const result = await work()
  await client.query('rollback to savepoint rehearsal')
  return result
}

/** Cuts rows into batches in which no key stands twice (an empty one may), so that a later row finds what an earlier one made. */
async function* batches(rows: AsyncIterable<FileRow>, keyOf: (cells: readonly string[]) => string): AsyncGenerator<readonly FileRow[]> {
  let batch: FileRow[] = []
  let keys = new Set<string>()
  for await (const row of rows) {
    const key = keyOf(row.cells)
    if (batch.length >= batchSize || keys.has(key)) {
      yield batch
      batch = []
      keys = new Set()
    }
    if (key !== '') keys.add(key)
    batch.push(row)
  }
  if (batch.length > 0) yield batch
}

const sentence = ({ message, hint }: Issue): string => `${message} ${hint}`.trim()
