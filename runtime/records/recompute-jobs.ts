import { literal, type Sql, sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import { newId } from '../database/id.js'
import type { Queryable } from '../database/queryable.js'
import { rowsIn } from '../database/rows-in.js'

/** A kept field of records that reach one of some changed records along relations, to be computed anew after the transaction of the change. */
export interface Recompute {
  readonly object: string
  readonly field: string
  /** The relations from the computed records to the changed ones. */
  readonly path: readonly string[]
  readonly causes: readonly string[]
}

/** How far computing anew has come, and behind which record it goes on. */
export interface RecomputeProgress {
  readonly done: number
  readonly total: number
  readonly last: string
}

/** Computing anew that is not done. */
export interface RecomputeJob extends Recompute {
  readonly id: string
  readonly progress: RecomputeProgress | null
  readonly attempts: number
}

const jobs = workspaceTable('_job')
const kind = 'records.recompute'

/**
 * Leaves computing anew to a job, in the transaction of the change. What waits already for the same is enough: it is held, so that it
 * begins only after this transaction is through; one that has begun may have read what was before, so there is another one then.
 */
export async function leaveToJobs(client: Queryable, schema: string, recomputes: readonly Recompute[], now: string): Promise<void> {
  for (const recompute of recomputes) {
    const data = JSON.stringify(recompute)
    const waiting = await rowsIn(
      client,
      schema,
      sql`select id from ${jobs} where kind = ${kind} and state = 'waiting' and data::text = ${data} limit 1 for share skip locked`,
    )
    if (waiting.length > 0) continue
    await rowsIn(
      client,
      schema,
      sql`insert into ${jobs} (id, kind, state, data, created_at, updated_at)
        values (${newId()}::uuid, ${kind}, 'waiting', ${data}::json, ${now}::timestamptz, ${now}::timestamptz)`,
    )
  }
}

const columns = sql`id, data, progress, attempts`

interface Row {
  readonly id: string
  readonly data: Recompute
  readonly progress: RecomputeProgress | null
  readonly attempts: number
  readonly [column: string]: unknown
}

const jobOf = ({ id, data, progress, attempts }: Row): RecomputeJob => ({ id, ...data, progress, attempts })

/** Whether something is to be computed anew, as a condition over the tables of a workspace. */
export const recomputesWait: Sql = sql`exists(select from ${jobs} where kind = ${literal(kind)} and state in ('waiting', 'running'))`

/** What is still to be computed anew, the oldest first. */
export async function openRecomputes(client: Queryable, schema: string): Promise<RecomputeJob[]> {
  const rows = await rowsIn<Row>(
    client,
    schema,
    sql`select ${columns} from ${jobs} where kind = ${kind} and state in ('waiting', 'running') order by created_at, id limit 1000`,
  )
  return rows.map(jobOf)
}

/** Marks the oldest job as begun and gives it; who calls holds the workspace's lock of computing anew. */
export async function beginRecompute(client: Queryable, schema: string, now: string): Promise<RecomputeJob | null> {
  const [row] = await rowsIn<Row>(
    client,
    schema,
    sql`update ${jobs} set state = 'running', updated_at = ${now}::timestamptz
      where id = (select id from ${jobs} where kind = ${kind} and state in ('waiting', 'running')
        and updated_at <= ${now}::timestamptz - attempts * interval '5 seconds' order by state, created_at, id limit 1)
      returning ${columns}`,
  )
  return row ? jobOf(row) : null
}

/** Writes how far a job has come, in the transaction of the records that it wrote. */
export async function tellRecompute(client: Queryable, schema: string, id: string, progress: RecomputeProgress): Promise<void> {
  await rowsIn(client, schema, sql`update ${jobs} set progress = ${JSON.stringify(progress)}::json where id = ${id}::uuid`)
}

const mostAttempts = 8

/** Ends a job that is through; one that failed is tried again a few times and then stays as failed, with the reason. */
export async function endRecompute(client: Queryable, schema: string, { id, attempts }: RecomputeJob, error: string | null): Promise<void> {
  if (error === null) {
    await rowsIn(client, schema, sql`delete from ${jobs} where id = ${id}::uuid`)
    return
  }
  const state = attempts + 1 >= mostAttempts ? 'failed' : 'waiting'
  await rowsIn(
    client,
    schema,
    sql`update ${jobs} set state = ${state}, attempts = attempts + 1, error = ${error}, updated_at = now() where id = ${id}::uuid`,
  )
}
