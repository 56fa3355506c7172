import { Inject, Injectable } from '@nestjs/common'
import { issue } from '@tessera/platform/errors.js'
import { isId } from '@tessera/platform/fields/id-text.js'
import { render, type Sql, sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { PoolClient } from 'pg'
import { isStorable, workspacesOf } from '../access/accounts.js'
import type { Caller } from '../access/caller.js'
import { addMember, listMembers, type Member } from '../access/members.js'
import { SecondFactor } from '../access/second-factor.js'
import { Sessions } from '../access/sessions.js'
import { WhoAsks } from '../access/who-asks.js'
import { noteBy } from '../audit/by.js'
import { Database } from '../database/database.js'
import { Account } from '../database/entities/account.js'
import { Workspace } from '../database/entities/workspace.js'
import { newId } from '../database/id.js'
import { inTransaction } from '../database/transaction.js'
import { isAdminLeft } from '../publishing/admin-left.js'
import { AdminRoles } from '../publishing/admin-roles.js'
import { RequestError } from '../request-error.js'
import type { ChangeMemberArgs, Handed } from './members.types.js'
import { PasswordResets } from './password-resets.js'
import { Roles } from './roles.js'

const resetHours = 24

/** What admins do about members: names, roles, in and out, a way back for who lost theirs. */
@Injectable()
export class MemberChanges {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(SecondFactor) private readonly factors: SecondFactor,
    @Inject(PasswordResets) private readonly resets: PasswordResets,
    @Inject(WhoAsks) private readonly whoAsks: WhoAsks,
    @Inject(AdminRoles) private readonly adminRoles: AdminRoles,
    @Inject(Roles) private readonly roles: Roles,
  ) {}

  /** Changes name, roles and whether somebody is in. Throws `NOT_FOUND`, `VALIDATION_FAILED`, `CONFLICT` when nobody would be admin any more. */
  async change(caller: Caller, { id, name, roles, active }: ChangeMemberArgs): Promise<Member> {
    if (active === false && id.toLowerCase() === caller.member.id) throw new RequestError('FORBIDDEN', [issue('MEMBER_SELF', 'id')])
    const issues = roles ? await this.roles.check(caller, roles) : []
    if (name != null && (name.trim() === '' || name.length > 100 || !isStorable(name)))
      issues.push(issue('SETTING_INVALID', 'name', { value: '', expected: '1–100' }))
    if (issues.length > 0) throw new RequestError('VALIDATION_FAILED', issues)
    const account = await this.accountOf(caller, id)
    await inTransaction(this.database.pool, async client => {
      const run = (statement: Sql) => {
        const { text, values } = render(statement, caller.workspace.schema)
        return client.query(text, [...values])
      }
      await run(sql`update ${workspaceTable('_member')} set name = coalesce(${name?.trim() ?? null}::text, name),
        roles = coalesce(${roles ?? null}::text[], roles), active = coalesce(${active ?? null}::boolean, active) where id = ${id}`)
      const ended: Record<string, number> = {}
      if (active === false)
        for (const [table, what] of closing) {
          const { rowCount } = await client.query(`delete from tessera.${table} where account_id = $1 and workspace_id = $2`, [
            account.id,
            caller.workspace.id,
          ])
          if (what && rowCount) ended[what] = rowCount
        }
      if (active === true) await client.query(opening, [account.id, caller.workspace.id])
      await this.requireAdminLeft(client, caller)
      const data = {
        member: id.toLowerCase(),
        ...(name != null ? { name } : {}),
        ...(roles ? { roles } : {}),
        ...(active != null ? { active } : {}),
        ...ended,
      }
      await noteBy(client, caller, { kind: 'member', action: active === false ? 'left' : active === true ? 'cameBack' : 'changed', data })
    })
    this.whoAsks.forget()
    return this.memberOf(caller, id)
  }

  /** Adds a member that acts by API keys only. Throws `VALIDATION_FAILED`. */
  async addService(caller: Caller, name: string, roles: readonly string[]): Promise<Member> {
    const isNamed = name.trim() !== '' && name.length <= 100 && isStorable(name)
    const issues = [
      ...(isNamed ? [] : [issue('SETTING_INVALID', 'name', { value: '', expected: '1–100' })]),
      ...(await this.roles.check(caller, roles)),
    ]
    if (issues.length > 0) throw new RequestError('VALIDATION_FAILED', issues)
    const workspace = await this.database.source.getRepository(Workspace).findOneByOrFail({ id: caller.workspace.id })
    // a name that no mail reaches (RFC 2606)
    const email = `service-${newId()}@${workspace.slug}.invalid`
    const id = await this.database.source.transaction(async manager => {
      const made = await addMember(this.database, workspace, { email, name: name.trim(), password: null, roles, service: true }, manager)
      await noteBy(manager, caller, { kind: 'member', action: 'serviceAdded', data: { member: made, name: name.trim(), roles } })
      return made
    })
    return this.memberOf(caller, id)
  }

  /**
   * Makes the password of a member worthless and gives a link for a new one; with `secondFactor`, that is taken away too.
   * Throws `FORBIDDEN` for who belongs to other workspaces as well: one workspace's admin does not open the others.
   */
  async reset(caller: Caller, id: string, secondFactor: boolean, address: string): Promise<Handed> {
    const account = await this.accountOf(caller, id)
    if (account.service) throw new RequestError('FORBIDDEN', [issue('SERVICE_ACCOUNT', 'id')])
    if ((await workspacesOf(this.database, account.id)).length > 1) throw new RequestError('FORBIDDEN', [issue('ACCOUNT_SHARED', 'id')])
    const token = await this.database.source.transaction(async manager => {
      await manager.update(Account, { id: account.id }, { passwordHash: null })
      if (secondFactor) await this.factors.remove(account.id, manager)
      const kept = account.id === caller.account.id ? caller.credential.id : null
      await this.sessions.endAll(account.id, kept, { address, why: 'reset', by: caller.account.id, member: id.toLowerCase() }, manager)
      await noteBy(manager, caller, { kind: 'member', action: 'reset', address, data: { member: id.toLowerCase(), secondFactor } })
      return this.resets.make(account, resetHours, manager)
    })
    return this.resets.hand(account, token, resetHours)
  }

  /** The account of a member of the caller's workspace. Throws `NOT_FOUND`. */
  private async accountOf(caller: Caller, id: string): Promise<Account> {
    const { text, values } = render(
      sql`select account_id from ${workspaceTable('_member')} where id = ${isId(id) ? id : null}::uuid`,
      caller.workspace.schema,
    )
    const { rows } = await this.database.pool.query<{ account_id: string }>(text, [...values])
    if (!rows[0]) throw new RequestError('NOT_FOUND', [issue('MEMBER_UNKNOWN', 'id')])
    return this.database.source.getRepository(Account).findOneByOrFail({ id: rows[0].account_id })
  }

  private async memberOf(caller: Caller, id: string): Promise<Member> {
    const found = (await listMembers(this.database, caller.workspace.slug)).find(member => member.id === id.toLowerCase())
    if (!found) throw new RequestError('NOT_FOUND', [issue('MEMBER_UNKNOWN', 'id')])
    return found
  }

  private async requireAdminLeft(client: PoolClient, { workspace }: Caller): Promise<void> {
    if (!(await isAdminLeft(client, workspace, await this.adminRoles.of(workspace.schema))))
      throw new RequestError('CONFLICT', [issue('ADMIN_LAST', 'roles')])
  }
}

/** Sessions that began in a workspace, API keys of it, and the way in. */
const closing = [
  ['session', 'sessions'],
  ['api_key', 'keys'],
  ['membership', null],
] as const
const opening =
  'insert into tessera.membership (account_id, workspace_id, created_at) values ($1, $2, now()) on conflict (account_id, workspace_id) do nothing'
