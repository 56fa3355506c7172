import { note } from '../audit/entry.js'
import type { Database } from '../database/database.js'
import { ApiKey } from '../database/entities/api-key.js'
import { Workspace } from '../database/entities/workspace.js'
import { newId } from '../database/id.js'
import { schemaOf } from '../database/schema.js'
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
  const { accountId, workspaceId, name, expiresAt, createdBy, limits } = key
  const id = newId()
  const shown = {
    start: token.slice(0, shownLetters),
    objects: limits?.objects ?? null,
    mayWrite: limits?.mayWrite ?? true,
    addresses: [...(key.addresses ?? [])],
    ...{ name, expiresAt },
  }
  await database.source.transaction(async manager => {
    await manager.insert(ApiKey, {
      id,
      tokenHash: hashToken(token),
      createdAt: new Date(),
      lastSeen: null,
      ...shown,
      accountId,
      workspaceId,
      createdBy,
    })
    const { slug } = await manager.findOneByOrFail(Workspace, { id: workspaceId })
    const channel = createdBy === null ? 'command' : 'app'
    await note(manager, schemaOf(slug), {
      kind: 'key',
      action: 'made',
      actor: null,
      account: createdBy,
      channel,
      data: { key: id, owner: accountId, ...shown },
    })
  })
  return token
}
