import type { Database } from '../database/database.js'
import { ApiKey } from '../database/entities/api-key.js'

/** The names of the API keys of a workspace, by id; those that were revoked have none. */
export async function keyNames({ source }: Database, workspace: string): Promise<ReadonlyMap<string, string>> {
  const keys = await source.getRepository(ApiKey).find({ where: { workspaceId: workspace }, select: { id: true, name: true } })
  return new Map(keys.map(({ id, name }) => [id, name]))
}
