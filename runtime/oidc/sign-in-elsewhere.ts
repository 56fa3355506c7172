import { isDeepStrictEqual } from 'node:util'
import { Inject, Injectable, Logger } from '@nestjs/common'
import { issue } from '@tessera/platform/errors.js'
import { sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import { accountOf, isStorable, normalEmail, workspacesOf } from '../access/accounts.js'
import { FailedSignIns } from '../access/failed-sign-ins.js'
import { addMember } from '../access/members.js'
import { type OpenedSession, type Origin, Sessions } from '../access/sessions.js'
import { WhoAsks } from '../access/who-asks.js'
import { note } from '../audit/entry.js'
import type { OidcConfig } from '../config.js'
import { Database } from '../database/database.js'
import { Account } from '../database/entities/account.js'
import type { Workspace } from '../database/entities/workspace.js'
import { rowsIn } from '../database/rows-in.js'
import { schemaOf } from '../database/schema.js'
import { inTransaction } from '../database/transaction.js'
import { findWorkspace } from '../database/workspace.js'
import { Invitations } from '../members/invitations.js'
import { isAdminLeft } from '../publishing/admin-left.js'
import { AdminRoles } from '../publishing/admin-roles.js'
import { Models } from '../publishing/models.js'
import { RequestError } from '../request-error.js'
import type { Identity } from './provider.js'

/** Finds or makes the account of who comes from the provider of identities, and opens a session. */
@Injectable()
export class SignInElsewhere {
  private readonly log = new Logger('oidc')

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(WhoAsks) private readonly whoAsks: WhoAsks,
    @Inject(Invitations) private readonly invitations: Invitations,
    @Inject(Models) private readonly models: Models,
    @Inject(FailedSignIns) private readonly failures: FailedSignIns,
    @Inject(AdminRoles) private readonly adminRoles: AdminRoles,
  ) {}

  /** Throws `UNAUTHENTICATED` for who may not come in. */
  async signIn(identity: Identity, oidc: OidcConfig, origin: Origin): Promise<OpenedSession> {
    if (identity.email !== null && isStorable(identity.email)) await this.invitations.welcome(normalEmail(identity.email), identity.name)
    const account = (await this.linked(identity)) ?? (await this.link(identity)) ?? (await this.join(identity, oidc))
    if (!account || account.disabledAt || account.service) {
      this.failures.tell(account, 'refused', origin.address, 'oidc')
      throw refused()
    }
    const [workspace] = await workspacesOf(this.database, account.id)
    if (!workspace) throw refused()
    if (oidc.roleClaim !== null)
      await this.follow(account, workspace, await this.rolesOf(identity, oidc, workspace)).catch((error: unknown) => {
        this.failures.tell(account, 'refused', origin.address, 'oidc')
        throw error
      })
    return this.sessions.open(account.id, workspace.id, origin)
  }

  private async linked({ issuer, subject }: Identity): Promise<Account | null> {
    const { rows } = await this.database.pool.query<{ account_id: string }>(
      'select account_id from tessera.identity where issuer = $1 and subject = $2',
      [issuer, subject],
    )
    return rows[0] ? this.database.source.getRepository(Account).findOneBy({ id: rows[0].account_id }) : null
  }

  /** By a verified address only; an address that came to somebody else at the provider does not open the account of who had it before. */
  private async link(identity: Identity): Promise<Account | null> {
    const account = identity.email === null ? null : await accountOf(this.database, identity.email)
    if (!account || account.service) return null
    const { rowCount } = await this.database.pool.query(
      `insert into tessera.identity (issuer, subject, account_id, created_at)
         select $1, $2, $3, now() where not exists (select from tessera.identity where issuer = $1 and account_id = $3)
       on conflict do nothing`,
      [identity.issuer, identity.subject, account.id],
    )
    return rowCount === 1 ? account : null
  }

  /** Makes a member of who is not known yet, where the configuration names a workspace for that. */
  private async join(identity: Identity, oidc: OidcConfig): Promise<Account | null> {
    const { email } = identity
    if (email === null || !isStorable(email) || oidc.joins === null || (await accountOf(this.database, email))) return null
    const workspace = await findWorkspace(this.database, oidc.joins)
    if (!workspace) return null
    const roles = await this.rolesOf(identity, oidc, workspace)
    if (roles.length === 0) return null
    await this.database.source.transaction(async manager => {
      const member = await addMember(this.database, workspace, { email, name: identity.name ?? email, password: null, roles }, manager)
      const entry = { kind: 'member', action: 'joined', actor: member, channel: 'oidc', data: { roles } } as const
      await note(manager, schemaOf(workspace.slug), entry)
    })
    return this.link(identity)
  }

  /** The published roles that follow from the claim; without a claim those of the configuration. */
  private async rolesOf({ groups }: Identity, { roleClaim, roleOf, roles }: OidcConfig, { slug }: Workspace): Promise<string[]> {
    const { model } = await this.models.current(schemaOf(slug))
    const named = roleClaim === null ? roles : groups.flatMap(group => (Object.hasOwn(roleOf, group) ? [roleOf[group] ?? ''] : []))
    return [...new Set(named)].filter(role => Object.hasOwn(model.roles, role))
  }

  /**
   * Where roles follow from a claim, they do at every sign-in; who has none of them any more does not come in.
   * The last admin keeps their roles whatever the provider says, so that somebody can mend what it says.
   */
  private async follow(account: Account, workspace: Workspace, roles: readonly string[]): Promise<void> {
    if (roles.length === 0) throw refused()
    const schema = schemaOf(workspace.slug)
    const admins = await this.adminRoles.of(schema)
    const isAdmin = (held: readonly string[]) => held.some(role => admins.has(role))
    await inTransaction(this.database.pool, async client => {
      const own = sql`${workspaceTable('_member')} where account_id = ${account.id}`
      const [member] = await rowsIn<{ id: string; roles: string[] }>(client, schema, sql`select id, roles from ${own} for update`)
      if (!member || isDeepStrictEqual(member.roles, roles)) return
      const set = (held: readonly string[]) =>
        rowsIn(client, schema, sql`update ${workspaceTable('_member')} set roles = ${held} where account_id = ${account.id}`)
      await set(roles)
      if (!isAdmin(member.roles) || isAdmin(roles) || (await isAdminLeft(client, workspace, admins))) {
        const data = { member: member.id, roles }
        return note(client, schema, { kind: 'member', action: 'changed', actor: null, channel: 'oidc', data })
      }
      await set(member.roles)
      this.log.warn(`The last admin of ${workspace.slug} keeps their roles, though the provider of identities names others`)
    })
    this.whoAsks.forget()
  }
}

const refused = () => new RequestError('UNAUTHENTICATED', [issue('SIGN_IN_ELSEWHERE', '')])
