import type { Queryable } from '../database/queryable.js'

/** The channel on which nodes tell each other of publishes. */
export const publishChannel = 'tessera_publish'

/** Tells every node that a workspace has a new version; a statement of its own, after the commit. */
export async function announcePublish(client: Queryable, schema: string): Promise<void> {
  await client.query('select pg_notify($1, $2)', [publishChannel, schema])
}
