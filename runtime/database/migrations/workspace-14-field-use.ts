import { sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { WorkspaceMigration } from '../workspace-migration.js'

/**
 * Which fields programs use: how often an API key read or wrote a field on a day, with no value and no record. A month of it at most; it
 * can be lost without harm.
 */
export const workspaceFieldUse: WorkspaceMigration = {
  name: '14-field-use',
  statements: () => [
    sql`create table ${workspaceTable('_field_use')} (
      key uuid not null,
      object text not null,
      field text not null,
      access text not null,
      day date not null,
      count bigint not null,
      last_at timestamptz(3) not null,
      constraint _field_use_pk primary key (key, object, field, access, day))`,
  ],
}
