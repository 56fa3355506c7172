import { Database } from '../database/database.js'
import { Account } from '../database/entities/account.js'
import { Workspace } from '../database/entities/workspace.js'
import type { Queryable } from '../database/queryable.js'
import { leastPassword, type PasswordRules } from './password-policy.js'

/** E-mail addresses are compared without case and space around. */
export const normalEmail = (email: string): string => email.trim().toLowerCase()

/** The account of an e-mail address, or null; whatever text comes. */
export const accountOf = async (database: Database, email: string): Promise<Account | null> =>
  isStorable(email) ? database.source.getRepository(Account).findOneBy({ email: normalEmail(email) }) : null

/** Whether PostgreSQL takes a text: it refuses the character zero. */
export const isStorable = (text: string): boolean => !text.includes('\u0000')

/** Which of these accounts act by API keys only; asked apart from who has them, since no statement spans a workspace and `tessera`. */
export async function serviceAccounts(client: Queryable, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await client.query('select id from tessera.account where service and id = any($1::uuid[])', [ids])
  return new Set(rows.map(({ id }) => String(id)))
}

/** The workspaces that an account belongs to, in the order in which it came to them. */
export const workspacesOf = (database: Database, accountId: string): Promise<Workspace[]> =>
  database.source
    .getRepository(Workspace)
    .createQueryBuilder('workspace')
    .innerJoin('membership', 'membership', 'membership.workspace_id = workspace.id and membership.account_id = :accountId', { accountId })
    .orderBy('membership.created_at')
    .getMany()

/** What a password of this account has to be: the strictest of its workspaces says. */
export async function passwordRulesOf(database: Database, account: Pick<Account, 'id' | 'email' | 'name'>): Promise<PasswordRules> {
  const workspaces = await workspacesOf(database, account.id)
  return {
    least: Math.max(leastPassword, ...workspaces.map(({ passwordLeast }) => passwordLeast)),
    known: [account.email, account.name, ...workspaces.map(({ name }) => name)],
  }
}
