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
    sql`select from ${workspaceTable('_member')} m join tessera.account a on a.id = m.account_id
         where m.active and not a.service and a.disabled_at is null and m.roles && ${[...admins]}::text[] limit 1`,
    schemaOf(workspace.slug),
  )
  const { rowCount } = await client.query(text, [...values])
  return rowCount === 1
}
