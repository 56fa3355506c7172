import type { Database } from '../database/database.js'
import { ApiKey } from '../database/entities/api-key.js'
import { newId } from '../database/id.js'
import type { KeyLimits } from './caller.js'
import { hashToken, newToken } from './tokens.js'

/** What a new API key is held to. */
export interface NewApiKey {
  readonly accountId: string
  readonly workspaceId: string
  readonly name: string
  readonly expiresAt: Date | null
  /** The account that makes it; null from the command line. */
  readonly createdBy: string | null
  readonly limits?: KeyLimits | null
  readonly addresses?: readonly string[]
}

const shownLetters = 6

/** Makes a token for a program that acts as a member of one workspace; it is known only now. */
export async function createApiKey(database: Database, key: NewApiKey): Promise<string> {
  const token = newToken()
  const { accountId, workspaceId, name, expiresAt, createdBy, limits, addresses } = key
  await database.source.getRepository(ApiKey).insert({
    id: newId(),
    tokenHash: hashToken(token),
    start: token.slice(0, shownLetters),
    createdAt: new Date(),
    lastSeen: null,
    objects: limits?.objects ?? null,
    mayWrite: limits?.mayWrite ?? true,
    addresses: [...(addresses ?? [])],
    ...{ accountId, workspaceId, name, expiresAt, createdBy },
  })
  return token
}
