import { Inject, Injectable } from '@nestjs/common'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import type { RowInput } from '@tessera/platform/records/input.js'
import { Database } from '../database/database.js'
import type { Queryable } from '../database/queryable.js'
import { leadOn, refuseLedOn } from './lead-on.js'
import { LongWays } from './long-ways.js'
import { type MergeInput, mergeRecords } from './merge.js'
import { NumberBlocks } from './number-blocks.js'
import { OutboxSignal } from './outbox-signal.js'
import { authorize, takeThrough, type Works } from './pipeline.js'
import { refusal } from './refusal.js'
import { removeRecords } from './remove.js'
import { NeedsTransaction, type ShownAtOnce, Unlocked } from './unlocked.js'
import { unmergeRecords } from './unmerge.js'
import { nothingWritten, type Outcome, type RowIssue, type WriteContext } from './write-context.js'
import { type Transacting, writeTransaction } from './write-transaction.js'

/** How rows of a request stand by each other. Whoever gives an open transaction commits it, and then tells `OutboxSignal`. */
export interface WriteOptions extends Transacting {
  /** Any problem stops everything; otherwise good rows go in and the others are reported. */
  readonly atomic: boolean
  /** How the record of a write of one is shown, so that the statement that writes it can give it back. */
  readonly shown?: ShownAtOnce | null
}

/** A record that is deleted or restored, and the version of it that the writer has read. */
export interface Marked {
  readonly id: string
  readonly version: number | null
}

/** The one pipeline of every write: whoever writes records comes through here. */
@Injectable()
export class Writer {
  private readonly works: Works
  private readonly longWays = new LongWays()

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(OutboxSignal) private readonly signal: Pick<OutboxSignal, 'wrote'>,
  ) {
    this.works = { blocks: new NumberBlocks(() => this.database.counters), folds: database.folds }
  }

  /**
   * Creates and updates records, with everything nested in them. Who updates a record that was merged means the one that it went into.
   * @returns the ids by row and, when not atomic, the issues of rows that did not go in
   * Throws `RequestError` with all issues when atomic and any row has one.
   */
  async write(object: ObjectModel, rows: readonly RowInput[], context: WriteContext, options: WriteOptions): Promise<Outcome> {
    const found = await this.attempt(object, rows, context, options)
    if (found.issues.length === 0) return found
    const led = await leadOn(options.client ?? this.database.pool, object, rows, found.issues, context)
    if (led) return this.write(object, led, context, options)
    if (options.atomic) throw refusal(found.issues, rows.length > 1)
    return this.goodRows(object, rows, context, options, found.issues)
  }

  /**
   * Deletes records with their lines; refuses while others hold on to them.
   * @param successor the id of the record that takes over what is handed over to another one
   */
  async delete(object: ObjectModel, records: readonly Marked[], context: WriteContext, successor: string | null = null): Promise<Outcome> {
    authorize(object, 'delete', context)
    const found = await this.mark(object, records, context, 'delete', successor)
    if (found.issues.length === 0) return found
    const pool = this.database.pool
    const read = records.filter(({ version }) => version !== null)
    const led = read.length === records.length ? await leadOn(pool, object, records, found.issues, context) : null
    if (led) return this.delete(object, led, context, successor)
    throw refusal(await refuseLedOn(pool, object, records, found.issues, context), records.length > 1)
  }

  /** Brings deleted records back with the lines that went with them. */
  async restore(object: ObjectModel, ids: readonly string[], context: WriteContext): Promise<Outcome> {
    authorize(object, 'restore', context)
    const records = ids.map(id => ({ id, version: null }))
    const found = await this.mark(object, records, context, 'restore')
    if (found.issues.length > 0) throw refusal(found.issues, records.length > 1)
    return found
  }

  /**
   * Brings deleted records of several objects back, all or none; or only looks whether they could come back.
   * @returns the issues of each object's records, with which nothing is written
   */
  async restoreAll(
    groups: readonly { readonly object: ObjectModel; readonly ids: readonly string[] }[],
    context: WriteContext,
    options: Pick<Transacting, 'validateOnly'> = {},
  ): Promise<readonly { readonly object: ObjectModel; readonly issue: RowIssue }[]> {
    for (const { object } of groups) authorize(object, 'restore', context)
    const found: { object: ObjectModel; issue: RowIssue }[] = []
    const issues = await this.transaction(context, options, async client => {
      found.length = 0
      for (const { object, ids } of groups) {
        const records = ids.map(id => ({ id, version: null }))
        const outcome = await removeRecords(client, object, records, context, 'restore', this.works.folds)
        found.push(...outcome.issues.map(one => ({ object, issue: one })))
      }
      return found.map(({ issue: one }) => one)
    })
    const first = groups[0]
    return issues.length > 0 && found.length === 0 && first ? issues.map(one => ({ object: first.object, issue: one })) : found
  }

  /** Merges records into one of them; refuses with all issues. */
  async merge(object: ObjectModel, asked: MergeInput, context: WriteContext): Promise<Outcome> {
    for (const action of ['update', 'delete', 'merge'] as const) authorize(object, action, context)
    let outcome = nothingWritten
    const issues = await this.transaction(context, {}, async client => {
      const merged = await mergeRecords(client, object, asked, context, (rows, beside) =>
        takeThrough(client, object, rows, context, this.works, beside),
      )
      outcome = { ids: [asked.into], issues: [], versions: [merged.version] }
      return merged.issues
    })
    if (issues.length > 0) throw refusal(issues, false)
    return outcome
  }

  /** Undoes the merge in which a record went; the issues tell what was changed since and stays. */
  async unmerge(object: ObjectModel, id: string, context: WriteContext): Promise<Outcome> {
    for (const action of ['update', 'restore', 'merge'] as const) authorize(object, action, context)
    let outcome = nothingWritten
    const issues = await this.transaction(context, {}, async client => {
      const undone = await unmergeRecords(client, object, id, context, this.works.folds)
      outcome = { ids: undone.ids, issues: undone.left, versions: undone.ids.map(() => null) }
      return undone.issues
    })
    if (issues.length > 0) throw refusal(issues, false)
    return outcome
  }

  private async mark(
    object: ObjectModel,
    records: readonly Marked[],
    context: WriteContext,
    action: 'delete' | 'restore',
    successor: string | null = null,
  ): Promise<Outcome> {
    let outcome = nothingWritten
    const issues = await this.transaction(context, {}, async client => {
      outcome = await removeRecords(client, object, records, context, action, this.works.folds, successor)
      return outcome.issues
    })
    return { ...outcome, issues }
  }

  private async attempt(object: ObjectModel, rows: readonly RowInput[], context: WriteContext, options: WriteOptions): Promise<Outcome> {
    const atOnce = await this.atOnce(object, rows, context, options)
    if (atOnce) return atOnce
    let outcome = nothingWritten
    const issues = await this.transaction(context, options, async client => {
      outcome = await takeThrough(client, object, rows, context, this.works)
      return outcome.issues
    })
    return { ...outcome, issues }
  }

  /**
   * Tries the write of one record without a transaction: what it reads is not locked, and one statement writes all, if nothing has changed
   * meanwhile. Null when that cannot be or when there are issues; then nothing is written, and the transaction decides.
   */
  private async atOnce(
    object: ObjectModel,
    rows: readonly RowInput[],
    context: WriteContext,
    { client, validateOnly, shown = null }: WriteOptions,
  ): Promise<Outcome | null> {
    const [row] = rows
    if (!this.works.folds || !row || rows.length > 1 || client || validateOnly) return null
    const kind = `${object.name} ${row.action} ${Object.keys(row.data).sort().join()}`
    if (!this.longWays.isOpen(context.model, kind)) return null
    const unlocked = new Unlocked(this.database.pool, shown)
    try {
      const outcome = await takeThrough(unlocked, object, rows, context, this.works)
      if (outcome.issues.length > 0) return null
      if (outcome.versions[0] !== null) this.signal.wrote(context.schema)
      return unlocked.answer === undefined ? outcome : { ...outcome, answer: unlocked.answer }
    } catch (error) {
      if (!(error instanceof NeedsTransaction)) throw error
      this.longWays.took(context.model, kind, error)
      return null
    }
  }

  /** Rows with issues are left out, the rest goes in together; what only the database can refuse is then tried row by row. */
  private async goodRows(
    object: ObjectModel,
    rows: readonly RowInput[],
    context: WriteContext,
    options: WriteOptions,
    found: readonly RowIssue[],
  ): Promise<Outcome> {
    const bad = new Set(found.map(entry => entry.row))
    const good = rows.map((row, index) => ({ row, index })).filter(({ index }) => !bad.has(index))
    const ids: (string | null)[] = rows.map(() => null)
    const versions: (number | null)[] = rows.map(() => null)
    const issues = [...found]
    const isUnplaced = found.some(entry => entry.row < 0)
    const place = (entries: typeof good, outcome: Outcome) => {
      entries.forEach(({ index }, at) => {
        ids[index] = outcome.ids[at] ?? null
        versions[index] = outcome.versions[at] ?? null
      })
    }
    const together = isUnplaced
      ? null
      : await this.attempt(
          object,
          good.map(({ row }) => row),
          context,
          options,
        )
    if (together && together.issues.length === 0) place(good, together)
    else {
      for (const entry of isUnplaced ? rows.map((row, index) => ({ row, index })) : good) {
        const alone = await this.attempt(object, [entry.row], context, options)
        if (alone.issues.length === 0) place([entry], alone)
        else issues.push(...alone.issues.map(inner => ({ ...inner, row: entry.index })))
      }
    }
    return { ids, versions, issues: issues.filter(entry => entry.row >= 0).sort((left, right) => left.row - right.row) }
  }

  private async transaction(
    context: WriteContext,
    options: Transacting,
    work: (client: Queryable) => Promise<readonly RowIssue[]>,
  ): Promise<readonly RowIssue[]> {
    let isKept = false
    const issues = await writeTransaction(this.database, context, options, async client => {
      const found = await work(client)
      isKept = found.length === 0 && options.validateOnly !== true
      return found
    })
    if (isKept && issues.length === 0 && !options.client) this.signal.wrote(context.schema)
    return issues
  }
}
