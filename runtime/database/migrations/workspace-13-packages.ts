import { sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { WorkspaceMigration } from '../workspace-migration.js'

/** The packages that a workspace has, each with the definitions that it brought, exactly as they were: what upgrades are merged from. */
export const workspacePackages: WorkspaceMigration = {
  name: '13-packages',
  statements: () => [
    sql`create table ${workspaceTable('_package')} (
      name text constraint _package_pk primary key,
      version text not null,
      manifest json not null,
      elements json not null,
      installed_at timestamptz(3) not null,
      installed_by uuid)`,
  ],
}
