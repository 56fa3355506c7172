import { sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import { newId } from '../database/id.js'
import type { Queryable } from '../database/queryable.js'
import { rowsIn } from '../database/rows-in.js'
import type { Drift } from '../records/verify.js'

/** A nightly check of kept values, as it went. */
export interface NightlyCheck {
  /** The day of the workspace that it is of. */
  readonly day: string
  /** How many values were looked at, and how many differed; of those the first. */
  readonly seen: number
  readonly differing: number
  readonly drifts: readonly Drift[]
  /** Where the next one goes on, by `object.field`: the last id that was looked at. */
  readonly last: Readonly<Record<string, string>>
}

const jobs = workspaceTable('_job')
const kind = 'records.verify'
/** So many nights can be looked back at. */
const keptNights = 30

/** The newest checks, the last one first. */
export async function listChecks(client: Queryable, schema: string, first: number): Promise<NightlyCheck[]> {
  const rows = await rowsIn<{ progress: NightlyCheck }>(
    client,
    schema,
    sql`select progress from ${jobs} where kind = ${kind} order by created_at desc, id desc limit ${first}`,
  )
  return rows.map(({ progress }) => progress)
}

/** Keeps a check, and forgets those that are too old. */
export async function keepCheck(client: Queryable, schema: string, check: NightlyCheck): Promise<void> {
  await rowsIn(
    client,
    schema,
    sql`insert into ${jobs} (id, kind, state, progress, created_at, updated_at)
      values (${newId()}::uuid, ${kind}, 'done', ${JSON.stringify(check)}::json, now(), now())`,
  )
  await rowsIn(
    client,
    schema,
    sql`delete from ${jobs} where kind = ${kind} and id not in (select id from ${jobs} where kind = ${kind} order by created_at desc, id desc limit ${keptNights})`,
  )
}
