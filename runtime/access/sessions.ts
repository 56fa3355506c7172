import { Inject, Injectable } from '@nestjs/common'
import { type EntityManager, LessThan } from 'typeorm'
import { note } from '../audit/entry.js'
import { Database } from '../database/database.js'
import { Session, type SignInMethod } from '../database/entities/session.js'
import { Workspace } from '../database/entities/workspace.js'
import { newId } from '../database/id.js'
import { schemaOf } from '../database/schema.js'
import { Attempts } from './attempts.js'
import { hashToken, newToken } from './tokens.js'
import { WhoAsks } from './who-asks.js'

/** From where a session is opened. */
export interface Origin {
  readonly address: string
  /** What the browser or program calls itself. */
  readonly device: string | null
  readonly method: SignInMethod
}

/** A new session; the token is known only now. */
export interface OpenedSession {
  readonly token: string
  /** Seconds until it ends at the latest. */
  readonly seconds: number
}

const longestDevice = 300

/** Opens, lists and ends sessions. */
@Injectable()
export class Sessions {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(WhoAsks) private readonly whoAsks: WhoAsks,
    @Inject(Attempts) private readonly attempts: Attempts,
  ) {}

  private get sessions() {
    return this.database.source.getRepository(Session)
  }

  /** Opens a session of an account in a workspace; it lasts as long as the workspace lets it. */
  async open(accountId: string, workspaceId: string, origin: Origin): Promise<OpenedSession> {
    const token = newToken()
    const now = new Date()
    const { sessionDays, slug } = await this.database.source.getRepository(Workspace).findOneByOrFail({ id: workspaceId })
    const seconds = sessionDays * 86_400
    await this.sessions.delete({ expiresAt: LessThan(now) })
    await this.attempts.sweep()
    const id = newId()
    const device = origin.device?.replaceAll('\u0000', '').slice(0, longestDevice) ?? null
    const session = {
      id,
      tokenHash: hashToken(token),
      accountId,
      workspaceId,
      createdAt: now,
      expiresAt: new Date(now.getTime() + seconds * 1000),
      lastSeen: now,
      address: origin.address,
      device,
      method: origin.method,
    }
    await this.database.source.transaction(async manager => {
      await manager.insert(Session, session)
      const { address, method } = origin
      await note(manager, schemaOf(slug), {
        kind: 'signIn',
        action: 'ok',
        actor: null,
        account: accountId,
        address,
        data: { method, device },
      })
    })
    return { token, seconds }
  }

  /** The sessions of an account that last, the one used last first. */
  async list(accountId: string): Promise<Session[]> {
    const { rows } = await this.database.pool.query<{ id: string }>(lasting, [accountId])
    const found = await this.sessions.findBy(rows.map(({ id }) => ({ id })))
    return found.sort((a, b) => b.lastSeen.getTime() - a.lastSeen.getTime())
  }

  /** Ends the session of a token; does nothing for an unknown one. */
  async end(token: string, address: string): Promise<void> {
    await this.database.source.transaction(manager =>
      endWhere(manager, 'token_hash = $1', [hashToken(token)], { action: 'signedOut', address }),
    )
    this.whoAsks.forget()
  }

  /** Ends one session of an account; gives whether there was one. */
  async revoke(accountId: string, id: string, address: string): Promise<boolean> {
    const count = await this.database.source.transaction(manager =>
      endWhere(manager, 'id = $1 and account_id = $2', [id, accountId], { action: 'sessionsEnded', address, why: 'asked' }),
    )
    this.whoAsks.forget()
    return count === 1
  }

  /**
   * Ends the sessions of an account, but for the one that is named; gives how many.
   * @param within the transaction of what ends them, where there is one
   */
  async endAll(accountId: string, but: string | null, ended: Omit<Ended, 'action'>, within?: EntityManager): Promise<number> {
    const work = (manager: EntityManager) =>
      endWhere(manager, 'account_id = $1 and id is distinct from $2', [accountId, but], { ...ended, action: 'sessionsEnded' })
    const count = await (within ? work(within) : this.database.source.transaction(work))
    this.whoAsks.forget()
    return count
  }
}

/** What ended sessions, as the log tells it. */
interface Ended {
  readonly action: 'signedOut' | 'sessionsEnded'
  readonly address: string | null
  readonly why?: 'asked' | 'password' | 'reset' | 'secondFactor'
  /** The account that did it, where it is another one. */
  readonly by?: string
  /** The member whose sessions they were, then. */
  readonly member?: string
}

/** Ends sessions and writes it into the logs of the workspaces in which they began; gives how many. */
async function endWhere(manager: EntityManager, condition: string, values: unknown[], ended: Ended): Promise<number> {
  const rows: { slug: string; account: string; count: number }[] = await manager.query(
    `with gone as (delete from tessera.session where ${condition} returning workspace_id, account_id)
      select w.slug, g.account_id as account, count(*)::int as count from gone g join tessera.workspace w on w.id = g.workspace_id
       group by w.slug, g.account_id`,
    values,
  )
  const { action, address, why, by, member } = ended
  for (const { slug, account, count } of rows)
    await note(manager, schemaOf(slug), {
      ...{ kind: 'signIn', action, actor: null, account: by ?? account, address },
      ...(why ? { data: { why, sessions: count, ...(member ? { member } : {}) } } : {}),
    })
  return rows.reduce((sum, { count }) => sum + count, 0)
}

const lasting = `
  select s.id from tessera.session s join tessera.workspace w on w.id = s.workspace_id
   where s.account_id = $1 and s.expires_at > now()
     and s.last_seen > now() - w.session_idle * interval '1 minute' and s.created_at > now() - w.session_days * interval '1 day'`
