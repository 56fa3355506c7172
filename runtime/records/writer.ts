import { Inject, Injectable } from '@nestjs/common'
import { may } from '@tessera/platform/access/profile.js'
import type { ActionName } from '@tessera/platform/definitions/role.js'
import { issueUnder } from '@tessera/platform/errors.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { type Draft, type Opening, openRows, type RowInput } from '@tessera/platform/records/input.js'
import type { PoolClient } from 'pg'
import { Database } from '../database/database.js'
import { newId } from '../database/id.js'
import { inTransaction, isRetried, sqlState } from '../database/transaction.js'
import { RequestError } from '../request-error.js'
import { checkLinks } from './check-links.js'
import { complete, type Decided } from './complete.js'
import { checkTransfers } from './cover.js'
import { decideCreate, decideUpdate, forbidden, type Prepared, prepare } from './decide.js'
import { deleteDrafts, removeRecords } from './delete.js'
import { readPresent, withEdits } from './gather.js'
import { checkLimits, openLinked } from './links.js'
import { type Beside, type MergeInput, mergeRecords } from './merge.js'
import { NumberBlocks } from './number-blocks.js'
import { drawNumbers } from './numbers.js'
import { OutboxSignal } from './outbox-signal.js'
import { refusal } from './refusal.js'
import { openReplaced } from './replace.js'
import { mayGive, takeTransitions } from './transition.js'
import { unmergeRecords } from './unmerge.js'
import { violationsOf } from './violations.js'
import type { Outcome, RowIssue, WriteContext } from './write-context.js'

/** How rows of a request stand by each other. */
export interface WriteOptions {
  /** Any problem stops everything; otherwise good rows go in and the others are reported. */
  readonly atomic: boolean
  /** Everything is checked, nothing is kept. */
  readonly validateOnly?: boolean
  /** Within a transaction that is open already; whoever opened it commits, and then tells `OutboxSignal`. */
  readonly client?: PoolClient
}

const nothingBeside: Beside = { gone: [], follow: async () => ({ prepared: [], decided: [] }) }

/** Thrown inside a transaction to leave nothing behind; carries what was found. */
class Refused extends Error {
  constructor(readonly issues: readonly RowIssue[]) {
    super('refused')
  }
}

/** The one pipeline of every write: open → lock and read → check → decide → write set-wise, in one transaction. */
@Injectable()
export class Writer {
  private readonly blocks = new NumberBlocks(() => this.database.counters)

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(OutboxSignal) private readonly signal: Pick<OutboxSignal, 'wrote'>,
  ) {}

  /**
   * Creates and updates records, with everything nested in them.
   * @returns the ids by row and, when not atomic, the issues of rows that did not go in
   * Throws `RequestError` with all issues when atomic and any row has one.
   */
  async write(object: ObjectModel, rows: readonly RowInput[], context: WriteContext, options: WriteOptions): Promise<Outcome> {
    const found = await this.attempt(object, rows, context, options)
    if (found.issues.length === 0) return found
    if (options.atomic) throw refusal(found.issues, rows.length > 1)
    return this.goodRows(object, rows, context, options, found.issues)
  }

  /** Deletes records with their lines; refuses while others hold on to them. */
  async delete(
    object: ObjectModel,
    records: readonly { readonly id: string; readonly version: number | null }[],
    context: WriteContext,
  ): Promise<Outcome> {
    return this.mark(object, records, context, 'delete')
  }

  /** Brings deleted records back with the lines that went with them. */
  async restore(object: ObjectModel, ids: readonly string[], context: WriteContext): Promise<Outcome> {
    return this.mark(
      object,
      ids.map(id => ({ id, version: null })),
      context,
      'restore',
    )
  }

  /** Merges records into one of them; refuses with all issues. */
  async merge(object: ObjectModel, asked: MergeInput, context: WriteContext): Promise<Outcome> {
    for (const action of ['update', 'delete', 'merge'] as const) this.authorize(object, action, context)
    const issues = await this.transaction(context, undefined, client =>
      mergeRecords(
        client,
        object,
        asked,
        context,
        async (rows, beside) => (await this.pipeline(client, object, rows, context, beside)).issues,
      ),
    )
    if (issues.length > 0) throw refusal(issues, false)
    return { ids: [asked.into], issues: [] }
  }

  /** Undoes the merge in which a record went; the issues tell what was changed since and stays. */
  async unmerge(object: ObjectModel, id: string, context: WriteContext): Promise<Outcome> {
    for (const action of ['update', 'restore', 'merge'] as const) this.authorize(object, action, context)
    let outcome: Outcome = { ids: [], issues: [] }
    const issues = await this.transaction(context, undefined, async client => {
      const undone = await unmergeRecords(client, object, id, context, this.database.folds)
      outcome = { ids: undone.ids, issues: undone.left }
      return undone.issues
    })
    if (issues.length > 0) throw refusal(issues, false)
    return outcome
  }

  private async mark(
    object: ObjectModel,
    records: readonly { readonly id: string; readonly version: number | null }[],
    context: WriteContext,
    action: 'delete' | 'restore',
  ): Promise<Outcome> {
    this.authorize(object, action, context)
    const issues = await this.transaction(context, undefined, async client =>
      removeRecords(client, object, records, context, action, this.database.folds),
    )
    if (issues.length > 0) throw refusal(issues, records.length > 1)
    return { ids: records.map(record => record.id), issues: [] }
  }

  private async attempt(object: ObjectModel, rows: readonly RowInput[], context: WriteContext, options: WriteOptions): Promise<Outcome> {
    let ids: (string | null)[] = []
    const issues = await this.transaction(context, options, async client => {
      const done = await this.pipeline(client, object, rows, context)
      ids = done.ids
      return done.issues
    })
    return { ids, issues }
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
    const issues = [...found]
    const isUnplaced = found.some(entry => entry.row < 0)
    const place = (entries: typeof good, outcome: Outcome) => {
      entries.forEach(({ index }, at) => {
        ids[index] = outcome.ids[at] ?? null
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
    return { ids, issues: issues.filter(entry => entry.row >= 0).sort((left, right) => left.row - right.row) }
  }

  /** Runs work in a transaction that keeps nothing when the work found issues, or when only validation is asked for. */
  private async transaction(
    context: WriteContext,
    options: WriteOptions | undefined,
    work: (client: PoolClient) => Promise<readonly RowIssue[]>,
    isAgain = false,
  ): Promise<readonly RowIssue[]> {
    const guarded = async (client: PoolClient) => {
      const issues = await work(client)
      if (issues.length > 0 || options?.validateOnly) throw new Refused(issues)
      return issues
    }
    try {
      const issues = await (options?.client ? within(options.client, guarded) : inTransaction(this.database.pool, guarded))
      if (!options?.client) this.signal.wrote(context.schema)
      return issues
    } catch (error) {
      if (error instanceof Refused) return error.issues
      const violations = violationsOf(error, context.model)
      if (violations.length === 0) throw error
      // somebody was faster; done again, the record that has the values is there to be named, and the row is known
      if (!isAgain && sqlState(error) === '23505') return this.transaction(context, options, work, true)
      return violations.map(found => ({ row: -1, id: null, issue: found }))
    }
  }

  private async pipeline(
    client: PoolClient,
    object: ObjectModel,
    rows: readonly RowInput[],
    context: WriteContext,
    beside: Beside = nothingBeside,
  ): Promise<{ ids: (string | null)[]; issues: RowIssue[] }> {
    for (const action of new Set(rows.map(row => row.action))) this.authorize(object, action, context)
    const opening: Opening = { model: context.model, newId, mayWrite: field => mayGive(field, context) }
    const opened = openRows(object, rows, opening)
    const linked = await openLinked(client, opened, opening, context)
    const issues: RowIssue[] = [...opened.issues, ...linked.issues].map(({ row, issue: found }) => ({ row, id: null, issue: found }))
    const drafts = [...opened.drafts, ...(await openReplaced(client, opened, context)), ...linked.drafts]
    const prepared = drafts.map(draft => prepare(draft, context))
    await checkLinks(client, [...prepared, ...beside.gone], context)
    const own = await takeTransitions(client, prepared, await this.decideAll(client, prepared, context), context)
    const following = await beside.follow(own)
    const [all, decided] = [
      [...prepared, ...following.prepared],
      [...own, ...following.decided],
    ]
    await checkLimits(client, all, decided, context)
    issues.push(...(await complete(client, all, issues.length === 0 ? decided : [], context, this.database.folds)))
    const made = new Map(drafts.filter(draft => draft.path === '' && draft.object === object).map(draft => [draft.row, draft.id]))
    return { ids: rows.map((_, index) => made.get(index) ?? null), issues }
  }

  /** Decides in groups of one object and action, in the order of the drafts. */
  private async decideAll(client: PoolClient, prepared: readonly Prepared[], context: WriteContext): Promise<Decided[]> {
    const decided: Decided[] = []
    for (const group of groupsOf(prepared)) {
      const [{ draft: first } = { draft: undefined }] = group
      if (!first) continue
      const refused = this.refusalOf(first, context)
      if (refused) for (const entry of group) entry.issues.push(issueUnder(entry.draft.path, refused))
      else decided.push(...(await this.decideGroup(client, first, group, prepared, context)))
    }
    return decided
  }

  private async decideGroup(
    client: PoolClient,
    { object, action }: Draft,
    group: readonly Prepared[],
    all: readonly Prepared[],
    context: WriteContext,
  ): Promise<Decided[]> {
    if (action === 'delete') return deleteDrafts(client, object, group, context)
    if (action === 'create') {
      const sound = group.filter(entry => entry.issues.length === 0).map(entry => entry.values)
      await drawNumbers(object, sound, { client, blocks: this.blocks, context, prepared: all })
      return group.map(entry => ({ change: decideCreate(entry), row: entry.draft.row }))
    }
    const ids = group.map(entry => entry.draft.id)
    const versions = new Map(group.flatMap(({ draft }) => (draft.version === null ? [] : [[draft.id, draft.version] as const])))
    const present = await withEdits(client, await readPresent(client, object, ids, 'update', context), versions, context)
    await checkTransfers(client, object, group, context)
    return group.flatMap(entry => {
      const change = decideUpdate(entry, present)
      return change ? [{ change, row: entry.draft.row }] : []
    })
  }

  private refusalOf(draft: Draft, { profile }: WriteContext) {
    return profile && !may(profile, draft.action, draft.object.name) ? forbidden(draft.object, draft.action, '') : null
  }

  private authorize(object: ObjectModel, action: ActionName, { profile }: WriteContext): void {
    if (profile && !may(profile, action, object.name)) throw new RequestError('FORBIDDEN', [forbidden(object, action, '')])
  }
}

/** Does work inside a transaction of somebody else's so that a throw takes back only what the work itself wrote. */
async function within<T>(client: PoolClient, work: (client: PoolClient) => Promise<T>): Promise<T> {
  await client.query('savepoint writing')
  try {
    const result = await work(client)
    await client.query('release savepoint writing')
    return result
  } catch (error) {
    if (!isRetried(error)) await client.query('rollback to savepoint writing')
    throw error
  }
}

function groupsOf(prepared: readonly Prepared[]): Prepared[][] {
  const groups: Prepared[][] = []
  for (const entry of prepared) {
    const last = groups.at(-1)
    const [first] = last ?? []
    if (last && first && first.draft.object === entry.draft.object && first.draft.action === entry.draft.action) last.push(entry)
    else groups.push([entry])
  }
  return groups
}
