import type { Queryable } from './queryable.js'
import { schemaOf } from './schema.js'

/** The schemas of all workspaces, oldest first; nothing else of them is read, so thousands are cheap. */
export async function listSchemas(client: Queryable): Promise<string[]> {
  const { rows } = await client.query('select slug from tessera.workspace order by created_at')
  return rows.map(({ slug }) => schemaOf(String(slug)))
}
