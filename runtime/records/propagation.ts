import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import type { Contribution } from '@tessera/platform/records/rollups.js'
import type { Values } from '@tessera/platform/records/values.js'
import { fromContract, toContract } from '@tessera/platform/rules/types.js'
import type { Queryable } from '../database/queryable.js'
import type { Ledger } from './ledger.js'
import type { Recompute } from './recompute-jobs.js'
import type { Related } from './related.js'
import type { RowIssue, WriteContext } from './write-context.js'

/** Records that were read and locked because something computed in them may change. */
export interface Locked {
  /** The present values of live records of an object that have no change yet; others are absent. */
  readonly read: (object: ObjectModel, ids: readonly string[]) => Promise<ReadonlyMap<string, Values>>
  /** Whether a record was locked and was there; null when it was not read. */
  readonly has: (object: string, id: string) => boolean | null
}

/** What bringing computed fields up to date works with. */
export interface Propagation {
  readonly client: Queryable
  readonly ledger: Ledger
  readonly context: WriteContext
  readonly locked: Locked
  readonly related: Related
  /** What could not be computed. */
  readonly issues: RowIssue[]
  /** What is left to jobs. */
  readonly left: Recompute[]
}

/** A computed value in the form that its column gives back. */
export const contractValue = (field: FieldModel, value: unknown): unknown =>
  field.class.rule === null ? null : toContract(fromContract(value, field.class.rule), field.class.rule)

/** What the changes of children mean for one parent. */
export interface Shift {
  readonly left: Contribution[]
  readonly came: Contribution[]
  readonly row: number
}
