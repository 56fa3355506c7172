import { render, sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { PoolClient } from 'pg'
import { schemaOf } from '../database/schema.js'

/**
 * Whether somebody is left who may administer a workspace, after what the transaction has done to its members.
 * Two who take each other's role at once wait here for one another.
 * @param admins the names of the admin roles
 */
export async function isAdminLeft(
  client: PoolClient,
  workspace: { readonly id: string; readonly slug: string },
  admins: ReadonlySet<string>,
): Promise<boolean> {
  await client.query('select from tessera.workspace where id = $1 for no key update', [workspace.id])
  const { text, values } = render(
    sql`select account_id from ${workspaceTable('_member')} where active and roles && ${[...admins]}::text[]`,
    schemaOf(workspace.slug),
  )
  const { rows } = await client.query<{ account_id: string }>(text, [...values])
  const { rowCount } = await client.query(
    'select from tessera.account where id = any($1::uuid[]) and not service and disabled_at is null limit 1',
    [rows.map(({ account_id: account }) => account)],
  )
  return rowCount === 1
}
