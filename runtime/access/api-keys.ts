import type { Database } from '../database/database.js'
import { ApiKey } from '../database/entities/api-key.js'
import { newId } from '../database/id.js'
import { hashToken, newToken } from './tokens.js'

/** Makes a token for a program that acts as a member of one workspace; it is known only now. */
export async function createApiKey(
  database: Database,
  accountId: string,
  workspaceId: string,
  name: string,
  expiresAt: Date | null,
): Promise<string> {
  const token = newToken()
  await database.source
    .getRepository(ApiKey)
    .insert({ id: newId(), tokenHash: hashToken(token), name, accountId, workspaceId, createdAt: new Date(), expiresAt, lastSeen: null })
  return token
}
