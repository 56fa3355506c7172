import { type Sql, sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import { newId } from '../database/id.js'
import type { Queryable } from '../database/queryable.js'
import type { Progress } from '../records/refresh.js'
import type { Move } from './backfill.js'
import type { Fill } from './fills.js'
import { send } from './version-store.js'

/** Work that a publish leaves for later, as it stands in `_job`. */
export interface PublishJob {
  readonly id: string
  readonly kind: 'publish.finish' | 'publish.backfill' | 'publish.fill'
  readonly data: { readonly version: number; readonly move?: Move; readonly fill?: Fill; readonly progress?: Progress }
  readonly attempts: number
}

const jobs = workspaceTable('_job')
const mostAttempts = 5

/** Adds what a version needs after its switch: each move of values, indexes and validation, each computing anew. In the transaction of the version. */
export async function addJobs(
  client: Queryable,
  schema: string,
  version: number,
  moves: readonly Move[],
  fills: readonly Fill[],
): Promise<void> {
  await add(client, schema, [
    ...moves.map(move => ({ kind: 'publish.backfill' as const, data: { version, move } })),
    { kind: 'publish.finish' as const, data: { version } },
  ])
  await addFills(client, schema, version, fills)
}

/** Adds computing fields anew, in their order. */
export const addFills = (client: Queryable, schema: string, version: number, fills: readonly Fill[]): Promise<void> =>
  add(
    client,
    schema,
    fills.map(({ object, field }) => ({ kind: 'publish.fill' as const, data: { version, fill: { object, field } } })),
  )

async function add(client: Queryable, schema: string, jobsToCome: readonly Pick<PublishJob, 'kind' | 'data'>[]): Promise<void> {
  for (const { kind, data } of jobsToCome) {
    await send(
      client,
      schema,
      sql`insert into ${jobs} (id, kind, state, data, created_at, updated_at) values (${newId()}, ${kind}, 'waiting', ${JSON.stringify(data)}, ${new Date()}, ${new Date()})`,
    )
  }
}

/** Whether a workspace has an open job, as a condition over its tables. */
export const jobsWait: Sql = sql`exists(select from ${jobs} where state = 'waiting' and kind in ('publish.finish', 'publish.backfill', 'publish.fill'))`

/** The next open job; whoever holds the workspace's lock of finishing does it. */
export async function takeJob(client: Queryable, schema: string): Promise<PublishJob | null> {
  const { rows } = await send(
    client,
    schema,
    sql`select id, kind, data, attempts from ${jobs} where state = 'waiting' and kind in ('publish.finish', 'publish.backfill', 'publish.fill')
        order by attempts, created_at, id limit 1`,
  )
  return (rows[0] as PublishJob | undefined) ?? null
}

/** Writes how far a job has come. */
export async function tellProgress(client: Queryable, schema: string, job: PublishJob, progress: Progress): Promise<void> {
  const data = JSON.stringify({ ...job.data, progress })
  await send(client, schema, sql`update ${jobs} set data = ${data}, updated_at = ${new Date()} where id = ${job.id}`)
}

/** Writes how a job went; after a failure it is tried again a few times. Gives whether it is through, one way or the other. */
export async function endJob(client: Queryable, schema: string, job: PublishJob, error: string | null): Promise<boolean> {
  const attempts = job.attempts + 1
  const state = error === null ? 'done' : attempts >= mostAttempts ? 'failed' : 'waiting'
  await send(
    client,
    schema,
    sql`update ${jobs} set state = ${state}, attempts = ${attempts}, error = ${error}, updated_at = ${new Date()} where id = ${job.id}`,
  )
  return state !== 'waiting'
}

/** A job that is not done, for those who watch. */
export interface OpenJob extends PublishJob {
  readonly state: 'waiting' | 'failed'
  readonly error: string | null
}

/** The jobs of publishing that are not done; of failed ones only those of the newest version. */
export async function openJobs(client: Queryable, schema: string): Promise<OpenJob[]> {
  const { rows } = await send(
    client,
    schema,
    sql`select id, kind, data, attempts, state, error from ${jobs} where kind in ('publish.finish', 'publish.backfill', 'publish.fill')
        and (state = 'waiting' or (state = 'failed' and (data ->> 'version')::integer = (select max(number) from ${workspaceTable('_version')}))) order by created_at, id`,
  )
  return rows as unknown as OpenJob[]
}
