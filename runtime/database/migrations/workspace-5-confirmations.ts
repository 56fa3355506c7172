import { sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { WorkspaceMigration } from '../workspace-migration.js'

/** Warnings that somebody confirmed: of which rule, at which record and version, who and when. */
export const workspaceConfirmations: WorkspaceMigration = {
  name: '5-confirmations',
  statements: () => [
    sql`create table ${workspaceTable('_confirmation')} (
      id uuid constraint _confirmation_pk primary key,
      object text not null,
      record uuid not null,
      version integer not null,
      rule text not null,
      message json not null,
      at timestamptz(3) not null,
      actor uuid,
      channel text not null)`,
    sql`create index _confirmation_record on ${workspaceTable('_confirmation')} (record, version)`,
  ],
}
