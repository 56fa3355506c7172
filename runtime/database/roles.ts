import pg from 'pg'
import type { Queryable } from './queryable.js'

/** The role that may use schema `tessera` and nothing else. */
export const fixedRole = 'tessera_fixed'

/** An identifier as SQL writes it. */
export const quoted = (name: string): string => pg.escapeIdentifier(name)

/** Makes the role of schema `tessera`, or tells it of tables that are new; for who may make roles. */
export async function grantFixed(client: Queryable): Promise<void> {
  await ensureRole(client, fixedRole)
  await client.query(`grant usage on schema tessera to ${fixedRole}`)
  await client.query(`grant select, insert, update, delete on all tables in schema tessera to ${fixedRole}`)
}

const owned = `
  select c.relname as name from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
   where n.nspname = $1 and c.relkind in ('r', 'p') and c.relowner <> (select oid from pg_catalog.pg_roles where rolname = $1)`

/**
 * Gives the schema of a workspace, and every table in it, to a role of the same name that may use nothing else: publishing changes its
 * tables as that role too. Does nothing when that is so.
 * @param client of who may make roles and owns the schema, best in a transaction
 */
export async function giveToOwnRole(client: Queryable, schema: string): Promise<void> {
  await ensureRole(client, schema)
  await client.query(`alter schema ${quoted(schema)} owner to ${quoted(schema)}`)
  const { rows } = await client.query(owned, [schema])
  for (const { name } of rows) await client.query(`alter table ${quoted(schema)}.${quoted(String(name))} owner to ${quoted(schema)}`)
}

/** Roles belong to the whole server: another database of it may have made this one, or make it at the same moment. */
async function ensureRole(client: Queryable, role: string): Promise<void> {
  await client.query(`do $$ begin
    if not exists (select from pg_catalog.pg_roles where rolname = ${pg.escapeLiteral(role)}) then create role ${quoted(role)} nologin; end if;
    if not pg_catalog.pg_has_role(current_user, ${pg.escapeLiteral(role)}, 'usage') then grant ${quoted(role)} to current_user; end if;
  exception when duplicate_object or unique_violation then null; end $$`)
}
