import { sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { WorkspaceMigration } from '../workspace-migration.js'

/**
 * What requests asked of lists: names of fields and operators, with no value and nobody's name, and how often on a day. A month of it at
 * most; it can be lost without harm.
 */
export const workspaceAsked: WorkspaceMigration = {
  name: '11-asked',
  statements: () => [
    sql`create table ${workspaceTable('_asked')} (
      object text not null,
      shape text not null,
      day date not null,
      count bigint not null,
      last_at timestamptz(3) not null,
      constraint _asked_pk primary key (object, shape, day))`,
  ],
}
