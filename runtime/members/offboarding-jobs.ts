import { literal, type Sql, sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import { newId } from '../database/id.js'
import type { Queryable } from '../database/queryable.js'
import { rowsIn } from '../database/rows-in.js'

/** Whose some records become: those that the rule fits, all of the object without one. */
export interface Move {
  readonly object: string
  readonly field: string
  readonly when: unknown
  readonly to: string
}

/** The records of somebody who leaves, and where they go. */
export interface Offboarding {
  readonly member: string
  readonly by: { readonly id: string; readonly name: string; readonly email: string }
  readonly moves: readonly Move[]
}

/** How far it has come: which move, behind which record. */
export interface OffboardingProgress {
  readonly done: number
  readonly total: number
  readonly left: number
  readonly move: number
  readonly last: string
}

/** One offboarding as it stands in `_job`. */
export interface OffboardingJob {
  readonly id: string
  readonly state: 'waiting' | 'running' | 'done' | 'failed'
  readonly data: Offboarding
  readonly progress: OffboardingProgress | null
  readonly attempts: number
  readonly error: string | null
  readonly [column: string]: unknown
}

const jobs = workspaceTable('_job')
const kind = 'members.offboard'
const mostAttempts = 5
const columns = sql`id, state, data, progress, attempts, error`

/** Adds an offboarding; gives its id. */
export async function addOffboarding(client: Queryable, schema: string, data: Offboarding): Promise<string> {
  const id = newId()
  await rowsIn(
    client,
    schema,
    sql`insert into ${jobs} (id, kind, state, data, created_at, updated_at)
        values (${id}::uuid, ${kind}, 'waiting', ${JSON.stringify(data)}::json, now(), now())`,
  )
  return id
}

/** The newest offboardings, of one member when it is named. */
export const listOffboardings = (client: Queryable, schema: string, member: string | null): Promise<OffboardingJob[]> =>
  rowsIn<OffboardingJob>(
    client,
    schema,
    sql`select ${columns} from ${jobs} where kind = ${kind} and (${member}::text is null or data ->> 'member' = ${member}::text)
        order by created_at desc, id desc limit 50`,
  )

/** Whether any is to be done, as a condition over the tables of a workspace. */
export const offboardingsWait: Sql = sql`exists(select from ${jobs} where kind = ${literal(kind)} and state in ('waiting', 'running'))`

/** Whether any is to be done; reads the open jobs only. */
export async function hasOffboardings(client: Queryable, schema: string): Promise<boolean> {
  const rows = await rowsIn(client, schema, sql`select from ${jobs} where kind = ${kind} and state in ('waiting', 'running') limit 1`)
  return rows.length > 0
}

/** The oldest that is to be done, marked as begun; a failed try waits five seconds longer each time. */
export async function beginOffboarding(client: Queryable, schema: string): Promise<OffboardingJob | null> {
  const [job] = await rowsIn<OffboardingJob>(
    client,
    schema,
    sql`update ${jobs} set state = 'running', updated_at = now()
      where id = (select id from ${jobs} where kind = ${kind} and state in ('waiting', 'running')
        and updated_at <= now() - attempts * interval '5 seconds' order by created_at, id limit 1)
      returning ${columns}`,
  )
  return job ?? null
}

/** Writes how far one has come. */
export async function tellOffboarding(client: Queryable, schema: string, id: string, progress: OffboardingProgress): Promise<void> {
  await rowsIn(
    client,
    schema,
    sql`update ${jobs} set progress = ${JSON.stringify(progress)}::json, updated_at = now() where id = ${id}::uuid`,
  )
}

/** Writes how one went; after a failure it is tried again a few times. */
export async function endOffboarding(client: Queryable, schema: string, job: OffboardingJob, error: string | null): Promise<void> {
  const attempts = job.attempts + 1
  const state = error === null ? 'done' : attempts >= mostAttempts ? 'failed' : 'waiting'
  await rowsIn(
    client,
    schema,
    sql`update ${jobs} set state = ${state}, attempts = ${attempts}, error = ${error}, updated_at = now() where id = ${job.id}::uuid`,
  )
}
