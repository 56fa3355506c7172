import type { Env, Sql } from '@tessera/platform/sql/sql.js'
import { render, valuesOf } from '@tessera/platform/sql/sql.js'
import type { Database } from '../database/database.js'
import { sqlState } from '../database/transaction.js'
import { queryWithin } from '../database/within.js'

/** Why a number is not told: what is asked may not be seen, is not there before the publish, took too long, or cannot be asked of the database. */
export type Unchecked = 'hidden' | 'notYet' | 'slow' | 'notSql'

/** What came of a question, or why nothing did. */
export type Answered<T> = { readonly rows: readonly T[] } | { readonly unchecked: Unchecked }

/** How long all questions of a kind may take together, in milliseconds. */
export class Patience {
  private readonly until: number

  constructor(milliseconds: number) {
    this.until = Date.now() + milliseconds
  }

  /** What is left of it, at most so much. */
  left(most: number): number {
    return Math.min(most, this.until - Date.now())
  }
}

/**
 * Asks something that may take long, for a while.
 * @param budget milliseconds; none are left when it is not above zero
 */
export async function askWithin<T>(
  { pool }: Database,
  schema: string,
  piece: Sql,
  context: Env['context'],
  budget: number,
): Promise<Answered<T>> {
  if (budget <= 0) return { unchecked: 'slow' }
  const statement = render(piece, schema)
  try {
    const { rows } = await queryWithin(pool, { text: statement.text, values: valuesOf(statement, { variables: {}, context }) }, budget)
    return { rows: rows as readonly T[] }
  } catch (error) {
    const state = sqlState(error)
    if (state === '57014') return { unchecked: 'slow' }
    // a table or column that the publish makes, or a value that does not fit a type yet
    if (state === '42703' || state === '42P01' || state.startsWith('22')) return { unchecked: 'notYet' }
    throw error
  }
}
