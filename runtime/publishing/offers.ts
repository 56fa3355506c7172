import type { Offers } from '@tessera/platform/tables/tables.js'
import type { Queryable } from '../database/queryable.js'

/** What this database offers beyond plain PostgreSQL. */
export async function offersOf(client: Queryable): Promise<Offers> {
  const { rows } = await client.query(
    "select exists (select from pg_extension where extname = 'pg_trgm' and extnamespace::regnamespace::text = 'public') as trigram",
  )
  return { trigram: rows[0]?.trigram === true }
}
