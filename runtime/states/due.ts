import type { ObjectModel, TransitionModel } from '@tessera/platform/model/model.js'
import { column, from, queryContext, ruleScope, unrestricted } from '@tessera/platform/query/source.js'
import type { StateField } from '@tessera/platform/records/transitions.js'
import { toSql } from '@tessera/platform/rules/sql-reading.js'
import { integer, nothing, param, sql } from '@tessera/platform/sql/sql.js'
import type { PoolClient } from 'pg'
import { rowsOf } from '../records/run.js'
import type { WriteContext } from '../records/write-context.js'
import type { Writer } from '../records/writer.js'

/** So many records change their state in one transaction. */
const batch = 100

/** A transition that is taken by itself, with what it is of. */
export interface Automatic {
  readonly object: ObjectModel
  readonly field: StateField
  readonly transition: TransitionModel
  /** How long a record has been in its state by then, in seconds. */
  readonly seconds: number
}

/** What came of a batch. */
export interface Taken {
  readonly count: number
  /** The last record that was looked at; null when there is none left. */
  readonly last: string | null
}

/**
 * Takes a transition of one batch of records that are due, in the order of their ids. Who works on one at this moment keeps it for now;
 * one that a rule or an empty required field holds back stays as it is, and is due again the next time.
 * @param after the id behind which the batch begins
 */
export async function takeDue(client: PoolClient, due: Automatic, after: string, context: WriteContext, writer: Writer): Promise<Taken> {
  const ids = await readDue(client, due, after, context)
  const transition = { name: due.transition.name, comment: null }
  const rows = ids.map(id => ({ action: 'update', id, version: null, data: {}, transition }) as const)
  const outcome = rows.length === 0 ? null : await writer.write(due.object, rows, { ...context, confirm: 'all' }, { atomic: false, client })
  return { count: (outcome?.ids ?? []).filter(id => id !== null).length, last: ids.at(-1) ?? null }
}

async function readDue(
  client: PoolClient,
  { object, field, transition: { from: states, when }, seconds }: Automatic,
  after: string,
  context: WriteContext,
): Promise<string[]> {
  const since = object.fields[field.states.since]
  if (!since) return []
  const scope = ruleScope(object, 't', queryContext(context.model, unrestricted, context.model))
  const isLong =
    seconds === 0
      ? nothing
      : sql` and ${column(since, 't')} <= ${context.moment.now}::timestamptz - make_interval(secs => ${integer(seconds)})`
  const holds = when === null ? nothing : sql` and coalesce(${toSql(when, scope)}, false)`
  const rows = await rowsOf<{ id: string }>(
    client,
    sql`select t.id from ${from(object, 't')} where ${column(field, 't')} = any(${param(states)}::text[])${isLong}${holds}
      and t.deleted_at is null and t.id > ${after}::uuid order by t.id limit ${integer(batch)} for no key update of t skip locked`,
    context,
  )
  return rows.map(({ id }) => id)
}
