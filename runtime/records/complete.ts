import type { Change } from '@tessera/platform/records/change.js'
import type { PoolClient } from 'pg'
import type { Prepared } from './decide.js'
import { judge } from './judge.js'
import { addChange, type Ledger } from './ledger.js'
import { propagate } from './propagate.js'
import { takeSnapshots } from './snapshots.js'
import { store } from './store.js'
import type { RowIssue, WriteContext } from './write-context.js'

/** A decided change and the row of the request that it belongs to. */
export interface Decided {
  readonly change: Change
  readonly row: number
}

/**
 * The end of every write: what follows from the changes is computed, all is judged, and with no issue written with history and outbox.
 * @returns every issue of every row; nothing is written when there is one
 */
export async function complete(
  client: PoolClient,
  prepared: readonly Prepared[],
  decided: readonly Decided[],
  context: WriteContext,
  folds: boolean,
): Promise<RowIssue[]> {
  const ledger: Ledger = new Map()
  for (const { change, row } of decided) addChange(ledger, change, row)
  await takeSnapshots(client, ledger, context)
  const { related, issues: uncomputed } = await propagate(client, ledger, context)
  const following = await judge(prepared, ledger, related, context)
  const issues = prepared.flatMap(({ draft, issues: own }) =>
    own.map((issue): RowIssue => ({ row: draft.row, id: draft.action === 'create' ? null : draft.id, issue })),
  )
  const all = [...issues, ...uncomputed, ...following]
  if (all.length === 0)
    await store(
      client,
      [...ledger.values()].map(({ change }) => change),
      context,
      folds,
    )
  return all
}
