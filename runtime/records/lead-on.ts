import { issue } from '@tessera/platform/errors.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import type { Queryable } from '../database/queryable.js'
import { readExisting } from './gather.js'
import { readEnds } from './merged.js'
import type { RowIssue, WriteContext } from './write-context.js'

/** A row of a request about one record. */
interface About {
  readonly id: string | null
}

/**
 * The rows of a refused request, those about records that were merged naming the record that each went into.
 * Asks the database only where a record was not found.
 * @returns null when none was merged
 */
export async function leadOn<Row extends About>(
  client: Queryable,
  object: ObjectModel,
  rows: readonly Row[],
  issues: readonly RowIssue[],
  context: WriteContext,
): Promise<readonly Row[] | null> {
  const ends = await endsOf(client, object, rows, issues, context)
  if (ends.size === 0) return null
  return rows.map((row, index) => ({ ...row, id: ends.get(index) ?? row.id }))
}

/** The issues of refused deletions; of a record that was merged they say so, to whoever sees the record that it went into. */
export async function refuseLedOn(
  client: Queryable,
  object: ObjectModel,
  rows: readonly About[],
  issues: readonly RowIssue[],
  context: WriteContext,
): Promise<readonly RowIssue[]> {
  const ends = await endsOf(client, object, rows, issues, context)
  if (ends.size === 0) return issues
  const seen = await readExisting(client, new Map([[object.name, new Set(ends.values())]]), context)
  const isMerged = (one: RowIssue) => isMissing(one) && seen.has(`${object.name} ${ends.get(one.row) ?? ''}`)
  return issues.map(one => (isMerged(one) ? { ...one, issue: issue('RECORD_MERGED', 'id') } : one))
}

/** Where the records that rows did not find went, by row. */
async function endsOf(
  client: Queryable,
  object: ObjectModel,
  rows: readonly About[],
  issues: readonly RowIssue[],
  context: WriteContext,
): Promise<ReadonlyMap<number, string>> {
  const missing = issues.filter(isMissing).flatMap(({ row }) => (rows[row]?.id ? [[row, rows[row].id] as const] : []))
  if (missing.length === 0) return new Map()
  const ends = await readEnds(
    client,
    missing.map(([, id]) => id),
    context,
  )
  return new Map(
    missing.flatMap(([row, id]) => {
      const end = ends.get(`${object.name} ${id}`)
      return end === undefined ? [] : [[row, end] as const]
    }),
  )
}

/** Whether the record that a row itself is about was not found. */
const isMissing = ({ issue: { code, path } }: RowIssue): boolean => code === 'RECORD_NOT_FOUND' && path === 'id'
