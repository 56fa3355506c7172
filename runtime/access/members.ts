import { render, type Sql, sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { EntityManager } from 'typeorm'
import type { Database } from '../database/database.js'
import { Account } from '../database/entities/account.js'
import { Membership } from '../database/entities/membership.js'
import type { Workspace } from '../database/entities/workspace.js'
import { newId } from '../database/id.js'
import { schemaOf } from '../database/schema.js'
import { normalEmail, serviceAccounts } from './accounts.js'
import { hashPassword } from './passwords.js'

/** A person in a workspace, as records and lists show them. */
export interface Member {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly roles: readonly string[]
  readonly locale: string
  readonly timeZone: string
  readonly active: boolean
  /** Acts by API keys only. */
  readonly service: boolean
}

/** What a new member is made of; the password only counts when the e-mail has no account yet. */
export interface NewMember {
  readonly email: string
  readonly name: string
  /** Null for who signs in by a provider, and for what acts by API keys. */
  readonly password: string | null
  readonly roles: readonly string[]
  /** Somebody else knows the password. */
  readonly mustChangePassword?: boolean
  readonly service?: boolean
  readonly locale?: string
  readonly timeZone?: string
}

/**
 * Adds a person to a workspace, with a new account unless the e-mail has one; gives the id of the member.
 * @param within the transaction of why they are added, where there is one
 */
export async function addMember(
  { source }: Pick<Database, 'source'>,
  workspace: Workspace,
  person: NewMember,
  within: EntityManager = source.manager,
): Promise<string> {
  const account = await accountOf(within, workspace, person)
  const at = new Date()
  await within
    .getRepository(Membership)
    .upsert({ accountId: account.id, workspaceId: workspace.id, createdAt: at }, ['accountId', 'workspaceId'])
  const id = newId()
  const { text, values } = render(
    sql`insert into ${workspaceTable('_member')} as m (id, account_id, name, email, roles, locale, time_zone, active, created_at)
        values (${id}, ${account.id}, ${person.name}, ${account.email}, ${person.roles}, ${person.locale ?? workspace.locale},
                ${person.timeZone ?? workspace.timeZone}, true, ${at})
        on conflict (account_id) do update set roles = excluded.roles, name = excluded.name, active = true
        returning id`,
    schemaOf(workspace.slug),
  )
  const [row]: { id: string }[] = await within.query(text, [...values])
  return String(row?.id)
}

/** All members of a workspace by name, inactive ones too. */
export async function listMembers(database: Database, slug: string): Promise<Member[]> {
  const { rows } = await run(
    database,
    slug,
    sql`select id, name, email, roles, locale, time_zone as "timeZone", active, account_id from ${workspaceTable('_member')} order by name, id`,
  )
  const found = rows as unknown as (Omit<Member, 'service'> & { account_id: string })[]
  const services = await serviceAccounts(
    database.pool,
    found.map(({ account_id: account }) => account),
  )
  return found.map(({ account_id: account, ...member }) => ({ ...member, service: services.has(account) }))
}

/** Changes the language and time zone that a member works in. */
export async function changeProfile(database: Database, slug: string, id: string, locale: string, timeZone: string): Promise<void> {
  await run(database, slug, sql`update ${workspaceTable('_member')} set locale = ${locale}, time_zone = ${timeZone} where id = ${id}`)
}

async function accountOf(within: EntityManager, workspace: Workspace, person: NewMember): Promise<Account> {
  const accounts = within.getRepository(Account)
  const email = normalEmail(person.email)
  const known = await accounts.findOneBy({ email })
  if (known) return known
  return accounts.save({
    id: newId(),
    email,
    passwordHash: person.password === null ? null : await hashPassword(person.password),
    mustChangePassword: person.mustChangePassword ?? false,
    service: person.service ?? false,
    name: person.name,
    locale: person.locale ?? workspace.locale,
    createdAt: new Date(),
    disabledAt: null,
  })
}

function run(database: Database, slug: string, statement: Sql) {
  const { text, values } = render(statement, schemaOf(slug))
  return database.pool.query<Record<string, unknown>>(text, [...values])
}
