import { issue } from '@tessera/platform/errors.js'
import { type Change, circumstanceOf } from '@tessera/platform/records/change.js'
import { freeingStatements } from '@tessera/platform/records/freeing.js'
import { fold, recordStatements, writeStatements } from '@tessera/platform/records/statements.js'
import type { WriteStatement } from '@tessera/platform/records/write-statement.js'
import { newId } from '../database/id.js'
import type { Queryable } from '../database/queryable.js'
import { RequestError } from '../request-error.js'
import { rowsOf } from './run.js'
import { storeAtOnce } from './store-at-once.js'
import { NeedsTransaction, Unlocked } from './unlocked.js'
import type { WriteContext } from './write-context.js'

/** Writes decided changes with history and outbox: folded into one statement, or one by one on a distributed database. */
export async function store(client: Queryable, changes: readonly Change[], context: WriteContext, folds: boolean): Promise<void> {
  if (changes.length === 0) {
    // what is named is looked at by the statement of the write, which there is none of
    if (client instanceof Unlocked && client.named.size > 0) throw new NeedsTransaction(true)
    return
  }
  const { moment, channel, cause } = context
  const circumstance = circumstanceOf(moment.member?.id ?? null, moment.now, channel, cause)
  if (client instanceof Unlocked) return storeAtOnce(client, changes, circumstance, context)
  for (const freeing of freeingStatements(changes, circumstance)) await rowsOf(client, freeing, context)
  await run(client, changes, writeStatements(changes, circumstance, newId), context, folds)
}

/** Writes computed values alone, without history and events: they came about by a publish, not by a deed. */
export async function storeQuietly(client: Queryable, changes: readonly Change[], context: WriteContext, folds: boolean): Promise<void> {
  if (changes.length === 0) return
  const circumstance = circumstanceOf(null, context.moment.now, context.channel, context.cause)
  await run(client, changes, recordStatements(changes, circumstance), context, folds)
}

async function run(
  client: Queryable,
  changes: readonly Change[],
  statements: readonly WriteStatement[],
  context: WriteContext,
  folds: boolean,
): Promise<void> {
  // a record that one request touches twice needs its statements one after the other: parts of one statement do not see each other
  const touchedTwice = new Set(changes.map(change => change.id)).size < changes.length
  if (folds && !touchedTwice) {
    const [counts = {}] = await rowsOf<Record<string, number>>(client, fold(statements), context)
    for (const statement of statements) expectAll(statement, Number(counts[statement.name]))
    return
  }
  for (const statement of statements) expectAll(statement, (await rowsOf(client, statement.sql, context)).length)
}

/** Fewer rows than meant: somebody was faster, although the rows were locked; nothing is kept then. */
function expectAll({ expects }: WriteStatement, touched: number): void {
  if (expects !== null && touched !== expects) throw new RequestError('CONFLICT', [issue('RECORD_NOT_FOUND', '')])
}
