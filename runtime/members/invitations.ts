import { Inject, Injectable } from '@nestjs/common'
import { issue } from '@tessera/platform/errors.js'
import { localeOf } from '@tessera/platform/label.js'
import type { EntityManager } from 'typeorm'
import { accountOf, isStorable, normalEmail } from '../access/accounts.js'
import { Attempts, addressLimit } from '../access/attempts.js'
import type { Caller } from '../access/caller.js'
import { addMember, listMembers, type NewMember } from '../access/members.js'
import { checkPassword } from '../access/password-policy.js'
import { type OpenedSession, type Origin, Sessions } from '../access/sessions.js'
import { checkEmail } from '../access/settings.js'
import { SignIn } from '../access/sign-in.js'
import { hashToken, newToken } from '../access/tokens.js'
import { WhoAsks } from '../access/who-asks.js'
import { noteBy } from '../audit/by.js'
import { note } from '../audit/entry.js'
import { Database } from '../database/database.js'
import { Workspace } from '../database/entities/workspace.js'
import { newId } from '../database/id.js'
import { schemaOf } from '../database/schema.js'
import { inTransaction } from '../database/transaction.js'
import { Mailer } from '../mail/mailer.js'
import { RequestError } from '../request-error.js'
import { mailOf } from './mails.js'
import type { AcceptArgs, Handed, InvitationInfo, InviteArgs, Invited } from './members.types.js'
import { Roles } from './roles.js'

const hours = 7 * 24

interface Kept {
  readonly id: string
  readonly workspace_id: string
  readonly email: string
  readonly name: string
  readonly roles: string[]
}

/** Lets people in who were invited: by a link that works once and not for long. */
@Injectable()
export class Invitations {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Mailer) private readonly mailer: Mailer,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(SignIn) private readonly signIns: SignIn,
    @Inject(Attempts) private readonly attempts: Attempts,
    @Inject(WhoAsks) private readonly whoAsks: WhoAsks,
    @Inject(Roles) private readonly roles: Roles,
  ) {}

  /** Invites a person, or again with a new link: by mail, or the link is handed to the caller. Throws `VALIDATION_FAILED`, `CONFLICT` for a member. */
  async invite(caller: Caller, { email: given, name, roles }: InviteArgs): Promise<Handed> {
    const email = normalEmail(given)
    const isNamed = name.trim() !== '' && name.length <= 100 && isStorable(name)
    const issues = [
      ...checkEmail(email),
      ...(isNamed ? [] : [issue('SETTING_INVALID', 'name', { value: name.replaceAll('\u0000', ''), expected: '1–100' })]),
      ...(await this.roles.check(caller, roles)),
    ]
    if (issues.length > 0) throw new RequestError('VALIDATION_FAILED', issues)
    const isMember = (await listMembers(this.database, caller.workspace.slug)).some(member => member.active && member.email === email)
    if (isMember) throw new RequestError('CONFLICT', [issue('MEMBER_PRESENT', 'email', { email })])
    const token = newToken()
    const kept = [newId(), hashToken(token), caller.workspace.id, email, name.trim(), roles, caller.account.id, hours]
    await inTransaction(this.database.pool, async client => {
      await client.query(keep, kept)
      await noteBy(client, caller, { kind: 'member', action: 'invited', data: { email, name: name.trim(), roles } })
    })
    const link = this.mailer.linkTo('/sign-in/invitation', token)
    const language = localeOf((await this.workspaceOf(caller.workspace.id)).locale)
    const words = { name: name.trim(), workspace: caller.workspace.name, by: caller.member.name, link, hours }
    const isMailed = this.mailer.isOn && (await this.mailer.send(mailOf('invitation', language, email, words)))
    return { mailed: isMailed, link: isMailed ? null : link }
  }

  /** Who was invited to the caller's workspace and has not come yet. */
  async list(caller: Caller): Promise<InvitationInfo[]> {
    const { rows } = await this.database.pool.query<InvitationInfo>(
      'select id, email, name, roles, created_at as "createdAt", expires_at as "expiresAt" from tessera.invitation where workspace_id = $1 order by created_at desc',
      [caller.workspace.id],
    )
    return rows
  }

  /** Takes an invitation back; false when there is none of this id. */
  async revoke(caller: Caller, id: string): Promise<boolean> {
    return inTransaction(this.database.pool, async client => {
      const { rows } = await client.query<{ email: string }>(
        'delete from tessera.invitation where id::text = $1 and workspace_id = $2 returning email',
        [isStorable(id) ? id : '', caller.workspace.id],
      )
      const data = { invitation: id, email: rows[0]?.email }
      if (rows[0]) await noteBy(client, caller, { kind: 'member', action: 'invitationRevoked', data })
      return rows.length === 1
    })
  }

  /** What an invitation says to who holds its link; null when it is used or too old. */
  async find(token: string, address: string): Promise<Invited | null> {
    const kept = await this.kept(token, address)
    if (!kept) return null
    const account = await accountOf(this.database, kept.email)
    const workspace = await this.workspaceOf(kept.workspace_id)
    return { email: kept.email, name: kept.name, workspace: workspace.name, hasAccount: account !== null, least: workspace.passwordLeast }
  }

  /**
   * Makes the person a member and signs them in: a new account gets the password, one that is there shows it.
   * Throws `NOT_FOUND` for a link that is used or too old, and what signing in throws.
   */
  async accept(input: AcceptArgs, origin: Origin): Promise<OpenedSession> {
    const kept = await this.kept(input.token, origin.address)
    if (!kept) throw new RequestError('NOT_FOUND', [issue('LINK_USED', '')])
    const { email, roles } = kept
    const workspace = await this.workspaceOf(kept.workspace_id)
    const known = await accountOf(this.database, email)
    if (known)
      await this.signIns.prove({ email, password: input.password, code: input.code ?? null, address: origin.address }, async () => true)
    const name = known?.name ?? (input.name?.trim() || kept.name)
    const issues = known ? [] : checkPassword(input.password, { least: workspace.passwordLeast, known: [email, name, workspace.name] })
    if (name.length > 100 || !isStorable(name)) issues.push(issue('SETTING_INVALID', 'name', { value: '', expected: '1–100' }))
    if (issues.length > 0) throw new RequestError('VALIDATION_FAILED', issues)
    await this.database.source.transaction(async manager => {
      const [, used]: [unknown, number] = await manager.query('delete from tessera.invitation where id = $1 and token_hash = $2', [
        kept.id,
        hashToken(input.token),
      ])
      if (used !== 1) throw new RequestError('NOT_FOUND', [issue('LINK_USED', '')])
      await this.join(workspace, { email, name, password: input.password, roles }, origin.address, manager)
    })
    this.whoAsks.forget()
    const account = known ?? (await accountOf(this.database, email))
    return this.sessions.open(account?.id ?? '', workspace.id, origin)
  }

  /** Makes who showed that a mail address is theirs a member wherever it was invited to. */
  async welcome(email: string, name: string | null): Promise<void> {
    const count = await this.database.source.transaction(async manager => {
      const [rows]: [Kept[], number] = await manager.query(
        'delete from tessera.invitation where email = $1 and expires_at > now() returning id, workspace_id, email, name, roles',
        [email],
      )
      for (const kept of rows) {
        const workspace = await manager.findOneByOrFail(Workspace, { id: kept.workspace_id })
        await this.join(workspace, { email, name: name || kept.name, password: null, roles: kept.roles }, null, manager)
      }
      return rows.length
    })
    if (count > 0) this.whoAsks.forget()
  }

  /** Makes somebody a member and writes it down, inside the transaction that used up the invitation. */
  private async join(workspace: Workspace, person: NewMember, address: string | null, manager: EntityManager): Promise<void> {
    const member = await addMember(this.database, workspace, person, manager)
    await note(manager, schemaOf(workspace.slug), {
      ...{ kind: 'member', action: 'joined', actor: member, address },
      data: { roles: person.roles },
    })
  }

  private async kept(token: string, address: string): Promise<Kept | null> {
    const limits = [addressLimit(address)]
    await this.attempts.count(limits, 'token')
    const { rows } = await this.database.pool.query<Kept>(
      'select id, workspace_id, email, name, roles from tessera.invitation where token_hash = $1 and expires_at > now()',
      [hashToken(token)],
    )
    if (rows[0]) await this.attempts.giveBack(limits)
    return rows[0] ?? null
  }

  private workspaceOf(id: string): Promise<Workspace> {
    return this.database.source.getRepository(Workspace).findOneByOrFail({ id })
  }
}

const keep = `
  insert into tessera.invitation (id, token_hash, workspace_id, email, name, roles, invited_by, created_at, expires_at)
    values ($1, $2, $3, $4, $5, $6, $7, now(), now() + $8 * interval '1 hour')
  on conflict (workspace_id, email) do update set token_hash = excluded.token_hash, name = excluded.name, roles = excluded.roles,
    invited_by = excluded.invited_by, created_at = excluded.created_at, expires_at = excluded.expires_at`
