import type { ComputedField } from '@tessera/platform/model/computed-model.js'
import { from } from '@tessera/platform/query/source.js'
import { param, sql } from '@tessera/platform/sql/sql.js'
import type { Database } from '../database/database.js'
import { inTransaction } from '../database/transaction.js'
import { computeAnew } from './propagate.js'
import { leaveToJobs } from './recompute-jobs.js'
import { rowsOf } from './run.js'
import { storeQuietly } from './store.js'
import type { WriteContext } from './write-context.js'

const batch = 500

/** How far computing anew has come: records done, of all there are. */
export interface Progress {
  readonly done: number
  readonly total: number
}

/**
 * Computes a field of every live record anew, batch by batch while others write; what follows from it goes along.
 * It can be broken off anywhere and begun again.
 * @param tell called after each batch; throwing from it breaks off
 */
export async function refreshComputed(
  database: Database,
  computed: ComputedField,
  context: WriteContext,
  tell: (progress: Progress) => Promise<void>,
): Promise<void> {
  const object = context.model.objects[computed.object]
  if (!object) return
  const [{ total } = { total: 0 }] = await rowsOf<{ total: number }>(
    database.pool,
    sql`select count(*)::int as total from ${from(object, 't')} where t.deleted_at is null`,
    context,
  )
  let last = '00000000-0000-0000-0000-000000000000'
  for (let done = 0; ; ) {
    const rows = await rowsOf<{ id: string }>(
      database.pool,
      sql`select t.id from ${from(object, 't')} where t.id > ${param(last)}::uuid and t.deleted_at is null order by t.id limit ${batch}`,
      context,
    )
    if (rows.length === 0) return
    const ids = rows.map(({ id }) => id)
    await inTransaction(database.pool, async client => {
      const { changes, left } = await computeAnew(client, computed, ids, context)
      await storeQuietly(client, changes, context, database.folds)
      await leaveToJobs(client, context.schema, left, context.moment.now)
    })
    last = ids.at(-1) ?? last
    done += ids.length
    await tell({ done, total })
  }
}
