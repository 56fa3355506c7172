import { setTimeout as pause } from 'node:timers/promises'
import type { Queryable } from '../database/queryable.js'

/** Every node has heard of a publish after so long, in milliseconds: readers poll each second. */
const heard = 1_500
/** How long writes of the former version are waited for, in milliseconds; nothing serves people that long. */
const longest = 30_000
const step = 50

/**
 * Waits until nobody writes by the former version any more: every node has heard of the new one, and the transactions that were open then have ended.
 * @param signal breaks off, throwing
 */
export async function settle(client: Queryable, signal: AbortSignal): Promise<void> {
  await pause(heard, undefined, { signal })
  const { rows } = await client.query('select clock_timestamp() as now')
  const from = (rows[0] as { now: Date } | undefined)?.now ?? new Date()
  for (let waited = 0; waited < longest; waited += step) {
    const open = await client.query(
      `select 1 from pg_stat_activity where datname = current_database() and backend_xid is not null and xact_start < $1
       and application_name <> 'tessera finish' and pid <> pg_backend_pid() limit 1`,
      [from],
    )
    if (open.rows.length === 0) return
    await pause(step, undefined, { signal })
  }
}
