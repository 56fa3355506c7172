import { compileModel } from '@tessera/platform/model/compile.js'
import { sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import { dropLeftover, type Leftover, leftovers } from '@tessera/platform/tables/contract.js'
import { withStorage } from '@tessera/platform/tables/storage.js'
import { type TableShape, tables } from '@tessera/platform/tables/tables.js'
import type { Pool } from 'pg'
import { readCatalog } from '../database/catalog.js'
import type { Queryable } from '../database/queryable.js'
import { expand } from './expand.js'
import { objectTables } from './plan.js'
import { readVersion, send } from './version-store.js'

const keptDays = 30

/**
 * Drops what no version of the last 30 days uses; one transaction for each thing, so that nobody waits long.
 * A version whose definitions no longer link keeps everything.
 * @returns what was dropped
 */
export async function contract(pool: Pool, schema: string, now: Date): Promise<Leftover[]> {
  const dropped: Leftover[] = []
  for (;;) {
    const next = await expand(pool, schema, async client => {
      const used = await tablesInUse(client, schema, now)
      const [leftover] = used ? leftovers(objectTables(await readCatalog(client, schema)), used) : []
      if (leftover) await send(client, schema, dropLeftover(leftover))
      return leftover ?? null
    })
    if (!next) return dropped
    dropped.push(next)
  }
}

/** The tables of each version that was live at some time of the last days; null when one of them cannot be linked. */
async function tablesInUse(client: Queryable, schema: string, now: Date): Promise<(readonly TableShape[])[] | null> {
  const since = new Date(now.getTime() - keptDays * 86_400_000)
  const versions = workspaceTable('_version')
  const { rows } = await send(
    client,
    schema,
    sql`select number from ${versions} where published_at >= ${since}
        union select max(number) from ${versions} where published_at < ${since} having max(number) is not null`,
  )
  const used: TableShape[][] = []
  for (const { number } of rows) {
    const stored = await readVersion(client, schema, Number(number))
    const { model, issues } = compileModel(stored?.elements ?? [])
    if (!stored || issues.length > 0) return null
    used.push(tables(withStorage(model, stored.storage), { trigram: false }))
  }
  return used.length > 0 ? used : null
}
