import { sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { WorkspaceMigration } from '../workspace-migration.js'

/**
 * Who may see and do what, as far as it is data: roles for a time, groups (positions, teams, queues, territories) with their members,
 * who saw a masked value whole, and who owned a record of a pool when. Objects stand by their tables, which keep their names for life.
 */
export const workspaceAccess: WorkspaceMigration = {
  name: '9-access',
  statements: () => [...standing(), ...keeping()],
}

const standing = () => [
  sql`create table ${workspaceTable('_assignment')} (
      id uuid constraint _assignment_pk primary key,
      member uuid not null,
      role text not null,
      starts_at timestamptz(3),
      ends_at timestamptz(3),
      given_by uuid,
      created_at timestamptz(3) not null)`,
  sql`create index _assignment_member on ${workspaceTable('_assignment')} (member)`,
  sql`create table ${workspaceTable('_group')} (
      id uuid constraint _group_pk primary key,
      kind text not null,
      name text not null,
      label json not null,
      above uuid,
      created_at timestamptz(3) not null,
      constraint _group_name unique (kind, name))`,
  sql`create table ${workspaceTable('_group_member')} (
      member uuid not null,
      group_id uuid not null constraint _group_member_fk references ${workspaceTable('_group')} (id) on delete cascade,
      constraint _group_member_pk primary key (group_id, member))`,
  sql`create index _group_member_member on ${workspaceTable('_group_member')} (member)`,
]

const keeping = () => [
  sql`create unique index _share_once on ${workspaceTable('_share')} (grantee, object, record)`,
  sql`create table ${workspaceTable('_reveal')} (
      id uuid constraint _reveal_pk primary key,
      object text not null,
      record uuid not null,
      field text not null,
      member uuid not null,
      at timestamptz(3) not null)`,
  sql`create index _reveal_record on ${workspaceTable('_reveal')} (record)`,
  sql`create table ${workspaceTable('_claim')} (
      id uuid constraint _claim_pk primary key,
      object text not null,
      record uuid not null,
      member uuid not null,
      claimed_at timestamptz(3) not null,
      warned_at timestamptz(3),
      ended_at timestamptz(3),
      reason text)`,
  sql`create index _claim_record on ${workspaceTable('_claim')} (record, ended_at)`,
]
