import type { Database } from '../database/database.js'
import type { Queryable } from '../database/queryable.js'
import { inTransaction, isRetried, sqlState } from '../database/transaction.js'
import { violationsOf } from './violations.js'
import type { RowIssue, WriteContext } from './write-context.js'

/** How the transaction of a write stands. */
export interface Transacting {
  /** Everything is checked, nothing is kept. */
  readonly validateOnly?: boolean
  /** Within a transaction that is open already; whoever opened it commits. */
  readonly client?: Queryable
}

/** Thrown inside a transaction to leave nothing behind; carries what was found. */
class Refused extends Error {
  constructor(readonly issues: readonly RowIssue[]) {
    super('refused')
  }
}

/**
 * Runs the work of a write in a transaction that keeps nothing when the work found issues, or when only validation is asked for.
 * @returns the issues, those among them that only the database could find
 */
export async function writeTransaction(
  { pool }: Pick<Database, 'pool'>,
  context: WriteContext,
  { validateOnly = false, client: open }: Transacting,
  work: (client: Queryable) => Promise<readonly RowIssue[]>,
  isAgain = false,
): Promise<readonly RowIssue[]> {
  const guarded = async (client: Queryable) => {
    const issues = await work(client)
    if (issues.length > 0 || validateOnly) throw new Refused(issues)
    return issues
  }
  try {
    return await (open ? within(open, guarded) : inTransaction(pool, guarded))
  } catch (error) {
    if (error instanceof Refused) return error.issues
    const violations = violationsOf(error, context.model)
    if (violations.length === 0) throw error
    // somebody was faster; done again, the record that has the values is there to be named, and the row is known
    if (!isAgain && sqlState(error) === '23505')
      return writeTransaction({ pool }, context, { validateOnly, ...(open ? { client: open } : {}) }, work, true)
    return violations.map(found => ({ row: -1, id: null, issue: found }))
  }
}

/** Does work inside a transaction of somebody else's so that a throw takes back only what the work itself wrote. */
async function within<T>(client: Queryable, work: (client: Queryable) => Promise<T>): Promise<T> {
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
