import { sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { WorkspaceMigration } from '../workspace-migration.js'

/**
 * The packages of each version of a workspace, with the definitions that they brought, exactly as they were: what other versions of
 * them are merged from.
 */
export const workspacePackages: WorkspaceMigration = {
  name: '13-packages',
  statements: () => [
    sql`create table ${workspaceTable('_package')} (
      name text not null,
      since integer not null,
      until integer,
      manifest json not null,
      elements json not null,
      constraint _package_pk primary key (name, since))`,
  ],
}
