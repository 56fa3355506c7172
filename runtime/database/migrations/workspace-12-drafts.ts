import { sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { WorkspaceMigration } from '../workspace-migration.js'

/** What is being built and not live yet: each draft is its author's, and those of the members that they let in. */
export const workspaceDrafts: WorkspaceMigration = {
  name: '12-drafts',
  statements: () => [
    sql`create table ${workspaceTable('_draft')} (
      id uuid constraint _draft_pk primary key,
      name text not null,
      author uuid not null,
      editors uuid[] not null,
      base integer not null,
      revision integer not null,
      entries json not null,
      changed_by uuid not null,
      created_at timestamptz(3) not null,
      changed_at timestamptz(3) not null)`,
  ],
}
