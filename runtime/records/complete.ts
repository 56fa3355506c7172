import type { ObjectModel } from '@tessera/platform/model/model.js'
import type { Change } from '@tessera/platform/records/change.js'
import type { Queryable } from '../database/queryable.js'
import { checkCandidates } from './check-candidates.js'
import { checkSets } from './check-sets.js'
import { keepConfirmations } from './confirmations.js'
import { coveredParents } from './cover.js'
import type { Prepared } from './decide.js'
import { holdParents } from './hold-parents.js'
import { judge } from './judge.js'
import { addChange, entryOf, type Ledger } from './ledger.js'
import { lockNamed } from './lock-named.js'
import { propagate } from './propagate.js'
import { leaveToJobs } from './recompute-jobs.js'
import { takeSnapshots } from './snapshots.js'
import { store } from './store.js'
import { NeedsTransaction, Unlocked } from './unlocked.js'
import type { RowIssue, WriteContext } from './write-context.js'

/** A decided change and the row of the request that it belongs to. */
export interface Decided {
  readonly change: Change
  readonly row: number
}

/** What came of completing a write. */
export interface Completed {
  readonly issues: readonly RowIssue[]
  /** The version that the write made of a record; null where it made none. */
  readonly versionOf: (object: ObjectModel, id: string | null) => number | null
}

/**
 * The end of every write: what follows from the changes is computed, all is judged, and with no issue written with history and outbox.
 * @returns every issue of every row; nothing is written when there is one
 */
export async function complete(
  client: Queryable,
  prepared: readonly Prepared[],
  decided: readonly Decided[],
  context: WriteContext,
  folds: boolean,
): Promise<Completed> {
  const ledger: Ledger = new Map()
  for (const { change, row } of decided) addChange(ledger, change, row)
  await lockNamed(client, ledger, context)
  await takeSnapshots(client, ledger, context)
  const { related, issues: uncomputed, left, isLocked } = await propagate(client, ledger, context)
  await holdParents(client, prepared, ledger, isLocked, context)
  await checkCandidates(prepared, ledger, related, context)
  const hasParent = await coveredParents(client, ledger, context)
  const { issues: judged, confirmed } = await judge(prepared, ledger, related, context, hasParent)
  const following = [...judged, ...(await checkSets(client, prepared, ledger, context))]
  const issues = prepared.flatMap(({ draft, issues: own }) =>
    own.map((issue): RowIssue => ({ row: draft.row, id: draft.action === 'create' ? null : draft.id, issue })),
  )
  const all = [...issues, ...uncomputed, ...following]
  if (all.length > 0) return { issues: all, versionOf: () => null }
  const changes = [...ledger.values()].map(({ change }) => change)
  // what stands beside the records goes in with them, or not at all
  if (client instanceof Unlocked && (confirmed.length > 0 || left.length > 0)) throw new NeedsTransaction(true)
  await store(client, changes, context, folds)
  await keepConfirmations(client, confirmed, context)
  await leaveToJobs(client, context.schema, left, context.moment.now)
  return { issues: [], versionOf: (object, id) => (id === null ? null : (entryOf(ledger, object, id)?.change.version ?? null)) }
}
