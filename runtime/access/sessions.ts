import { Inject, Injectable } from '@nestjs/common'
import { LessThan } from 'typeorm'
import { Database } from '../database/database.js'
import { Session } from '../database/entities/session.js'
import { newId } from '../database/id.js'
import { hashToken, newToken } from './tokens.js'
import { WhoAsks } from './who-asks.js'

/** A session ends when it was not used for so long. */
export const sessionDays = 30

/** Opens and ends sessions. */
@Injectable()
export class Sessions {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(WhoAsks) private readonly whoAsks: WhoAsks,
  ) {}

  private get sessions() {
    return this.database.source.getRepository(Session)
  }

  /** Opens a session of an account in a workspace, and gives its token: the only time it is known. */
  async open(accountId: string, workspaceId: string): Promise<string> {
    const token = newToken()
    const now = new Date()
    const expiresAt = new Date(now.getTime() + sessionDays * 86_400_000)
    await this.sessions.delete({ expiresAt: LessThan(now) })
    await this.sessions.insert({
      id: newId(),
      tokenHash: hashToken(token),
      accountId,
      workspaceId,
      createdAt: now,
      expiresAt,
      lastSeen: now,
    })
    return token
  }

  /** Ends the session of a token; does nothing for an unknown one. */
  async end(token: string): Promise<void> {
    await this.sessions.delete({ tokenHash: hashToken(token) })
    this.whoAsks.forget()
  }
}
