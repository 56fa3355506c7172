import { sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { WorkspaceMigration } from '../workspace-migration.js'

/**
 * Merges of records. `_merged` says where each merged record went, for good: at once (`into_id`) and in the end (`ends_at`), when that was
 * merged further. `_merge` and `_merge_move` hold what is needed to undo a merge; objects and fields stand there by their tables and
 * columns, which keep their names for life.
 */
export const workspaceMerges: WorkspaceMigration = {
  name: '7-merges',
  statements: () => [
    sql`create table ${workspaceTable('_merge')} (
      id uuid constraint _merge_pk primary key,
      object text not null,
      survivor uuid not null,
      at timestamptz(3) not null,
      actor uuid,
      given json not null)`,
    sql`create table ${workspaceTable('_merged')} (
      record uuid constraint _merged_pk primary key,
      merge uuid not null,
      into_id uuid not null,
      ends_at uuid not null)`,
    sql`create index _merged_merge on ${workspaceTable('_merged')} (merge)`,
    sql`create index _merged_into on ${workspaceTable('_merged')} (into_id)`,
    sql`create index _merged_ends on ${workspaceTable('_merged')} (ends_at)`,
    sql`create table ${workspaceTable('_merge_move')} (
      merge uuid not null,
      object text not null,
      record uuid not null,
      field text not null,
      from_id uuid not null,
      to_id uuid,
      constraint _merge_move_pk primary key (merge, record, field))`,
  ],
}
