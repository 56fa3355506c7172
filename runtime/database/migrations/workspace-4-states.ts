import { sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { WorkspaceMigration } from '../workspace-migration.js'

/** Every change of a record's state: when, by whom, by which transition, and how long the former state lasted. */
export const workspaceStates: WorkspaceMigration = {
  name: '4-states',
  statements: () => [
    sql`create table ${workspaceTable('_state')} (
      id uuid constraint _state_pk primary key,
      object text not null,
      record uuid not null,
      field text not null,
      from_state text,
      to_state text not null,
      at timestamptz(3) not null,
      actor uuid,
      transition text,
      comment text,
      seconds bigint,
      work_seconds bigint,
      channel text not null)`,
    sql`create index _state_record on ${workspaceTable('_state')} (record, at)`,
  ],
}
