import { literal, param, type Sql, sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { RunState } from '@tessera/platform/workflows/advance.js'
import type { Cause } from '@tessera/platform/workflows/event.js'
import type { Stop } from '@tessera/platform/workflows/match.js'
import { newId } from '../database/id.js'
import type { Queryable } from '../database/queryable.js'
import { rowsIn } from '../database/rows-in.js'
import type { PlacedEvent } from './outbox.js'

/** What a run carries with it, so that it needs nothing but itself. */
interface RunData {
  readonly event: PlacedEvent
  /** The chain that its writes carry. */
  readonly cause: readonly Cause[]
}

/** A run that is to be taken a step on. */
export interface OpenRun extends RunState {
  readonly id: string
  readonly attempts: number
  readonly data: RunData
}

/** A run as an admin sees it. */
export interface StoredRun {
  readonly id: string
  readonly workflow: string
  readonly version: number
  readonly event: string
  readonly object: string
  readonly record: string
  readonly state: string
  readonly step: number
  readonly attempts: number
  readonly error: string | null
  /** Why it was not let begin. */
  readonly stop: Stop | null
  readonly createdAt: Date
  readonly updatedAt: Date
}

type Row<T> = T & { readonly [column: string]: unknown }

const runs = workspaceTable('_run')

/** Saves a run that an event started; the second one for the same event and workflow is left out. */
export async function addRun(
  client: Queryable,
  schema: string,
  run: { readonly workflow: string; readonly version: number } & RunData,
): Promise<void> {
  const now = new Date()
  const { event, cause } = run
  await rowsIn(
    client,
    schema,
    sql`insert into ${runs} (id, workflow, workflow_version, event, object, record, state, step, data, due_at, created_at, updated_at)
    values (${newId()}, ${run.workflow}, ${run.version}, ${event.id}, ${event.object}, ${event.record}, 'waiting', 0, ${JSON.stringify({ event, cause })}, ${now}, ${now}, ${now}) on conflict (workflow, event) do nothing`,
  )
}

/** Saves that an event would have started a run but was not let, and why: no loop ends in silence. */
export async function addStopped(
  client: Queryable,
  schema: string,
  run: { readonly workflow: string; readonly version: number; readonly event: PlacedEvent; readonly reason: Stop },
): Promise<void> {
  const now = new Date()
  const { event } = run
  await rowsIn(
    client,
    schema,
    sql`insert into ${runs} (id, workflow, workflow_version, event, object, record, state, step, data, stop, due_at, created_at, updated_at)
    values (${newId()}, ${run.workflow}, ${run.version}, ${event.id}, ${event.object}, ${event.record}, 'stopped', 0, ${JSON.stringify({ event, cause: event.cause })}, ${run.reason}, ${now}, ${now}, ${now}) on conflict (workflow, event) do nothing`,
  )
}

/** Takes the next run that is due; nobody else gets it until the transaction ends. */
export async function takeRun(client: Queryable, schema: string, now: Date): Promise<OpenRun | null> {
  const [row] = await rowsIn<Row<OpenRun>>(
    client,
    schema,
    sql`select id, workflow, state, step, attempts, data from ${runs} where state = 'waiting' and due_at <= ${now} order by due_at, id limit 1 for update skip locked`,
  )
  return row ?? null
}

/** Writes where a run stands after a step. */
export async function saveRun(client: Queryable, schema: string, id: string, { state, step }: RunState): Promise<void> {
  await rowsIn(
    client,
    schema,
    sql`update ${runs} set state = ${state}, step = ${step}, attempts = 0, error = null, updated_at = ${new Date()} where id = ${id}`,
  )
}

/** Writes that a step failed: tried again at `dueAt`, or never when that is null. Does nothing when the run has gone on meanwhile. */
export async function failStep(
  client: Queryable,
  schema: string,
  { id, step, attempts }: OpenRun,
  error: string,
  dueAt: Date | null,
): Promise<void> {
  const now = new Date()
  await rowsIn(
    client,
    schema,
    sql`update ${runs} set state = ${dueAt ? 'waiting' : 'failed'}, attempts = ${attempts + 1}, error = ${error}, due_at = ${dueAt ?? now}, updated_at = ${now}
    where id = ${id} and step = ${step} and state = 'waiting' and attempts = ${attempts}`,
  )
}

/** The newest runs, of an object and of a record when they are named. */
export function listRuns(
  client: Queryable,
  schema: string,
  object: string | null,
  record: string | null,
  first: number,
): Promise<StoredRun[]> {
  return rowsIn<Row<StoredRun>>(
    client,
    schema,
    sql`select id, workflow, workflow_version as version, event, object, record, state, step, attempts, error, stop, created_at as "createdAt", updated_at as "updatedAt"
    from ${runs} where (${object}::text is null or object = ${object}) and (${record}::uuid is null or record = ${record}::uuid) order by created_at desc, id desc limit ${first}`,
  )
}

const work = (reader: Sql, now: Sql): Sql => sql`exists(select from ${workspaceTable('_outbox')} where position is null)
  or (select position from ${workspaceTable('_relay')} where id = 1) > coalesce((select position from ${workspaceTable('_reader')} where name = ${reader}), 0)
  or exists(select from ${runs} where state = 'waiting' and due_at <= ${now})`

/** The same question for the watch over all workspaces, and when the next run is due. */
export const workWatched = (reader: string) => ({
  waits: work(literal(reader), sql`now()`),
  due: sql`select min(due_at) from ${runs} where state = 'waiting'`,
})

/** Whether there is anything to do in a workspace: events without a place, events not read, runs that are due. */
export async function hasWork(client: Queryable, schema: string, reader: string, now: Date): Promise<boolean> {
  const [row] = await rowsIn<{ has: boolean }>(client, schema, sql`select ${work(param(reader), param(now))} as has`)
  return row?.has ?? false
}
