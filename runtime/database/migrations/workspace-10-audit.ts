import { sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { WorkspaceMigration } from '../workspace-migration.js'

/**
 * The log of who did what, and the bin of what was deleted. `_audit` only grows: its trigger lets an entry be stamped with its place in
 * the chain once, and refuses every other change. What happened to a record stands in `_history`; its entry has the same id and a digest.
 * `_audit_head` is where the chain ends. A deletion is a row of `_bin` with its records in `_bin_record`.
 */
export const workspaceAudit: WorkspaceMigration = {
  name: '10-audit',
  statements: () => [...log(), ...guard(), ...bin()],
}

const audit = workspaceTable('_audit')

const log = () => [
  sql`create table ${audit} (
    id uuid constraint _audit_pk primary key,
    at timestamptz(3) not null,
    kind text not null,
    action text not null,
    actor uuid,
    object text,
    record uuid,
    channel text,
    address text,
    data json,
    content bytea,
    position bigint,
    hash bytea)`,
  sql`create unique index _audit_position on ${audit} (position) where position is not null`,
  sql`create index _audit_waiting on ${audit} (at, id) where position is null`,
  sql`create index _audit_kind on ${audit} (kind, at, id)`,
  sql`create index _audit_actor on ${audit} (actor, kind, at, id) where actor is not null`,
  sql`create index _audit_record on ${audit} (record, at, id) where record is not null`,
  sql`create table ${workspaceTable('_audit_head')} (
    id integer constraint _audit_head_pk primary key constraint _audit_head_single check (id = 1),
    position bigint not null,
    hash bytea not null)`,
  sql`insert into ${workspaceTable('_audit_head')} (id, position, hash) values (1, 0, '\\x')`,
  // of what else is in history already events tell
  sql`insert into ${audit} (id, at, kind, action, actor, object, record, channel)
    select id, at, 'record', action, actor, object, record, channel from ${workspaceTable('_history')} where action in ('merged', 'unmerged')`,
]

const guard = () => [
  sql`create function ${workspaceTable('_audit_guard')}() returns trigger language plpgsql as $$
    begin
      if tg_op = 'UPDATE' and old.position is null and new.position is not null and new.hash is not null
        and (new.content is not distinct from old.content or (old.content is null and new.kind = 'record'))
        and row(new.id, new.at, new.kind, new.action, new.actor, new.object, new.record, new.channel, new.address, new.data::text)
          is not distinct from row(old.id, old.at, old.kind, old.action, old.actor, old.object, old.record, old.channel, old.address, old.data::text)
      then return new;
      end if;
      raise exception 'The audit log only grows: % is refused', lower(tg_op) using errcode = '42501';
    end $$`,
  sql`create trigger _audit_kept before update or delete on ${audit} for each row execute function ${workspaceTable('_audit_guard')}()`,
  sql`create trigger _audit_whole before truncate on ${audit} for each statement execute function ${workspaceTable('_audit_guard')}()`,
]

const bin = () => [
  sql`create table ${workspaceTable('_bin')} (
    id uuid constraint _bin_pk primary key,
    at timestamptz(3) not null,
    actor uuid,
    channel text not null,
    counts json not null)`,
  sql`create index _bin_at on ${workspaceTable('_bin')} (at, id)`,
  sql`create index _bin_actor on ${workspaceTable('_bin')} (actor, at, id)`,
  sql`create table ${workspaceTable('_bin_record')} (
    object text not null,
    record uuid not null,
    bin uuid not null,
    root boolean not null,
    constraint _bin_record_pk primary key (record, object))`,
  sql`create index _bin_record_bin on ${workspaceTable('_bin_record')} (bin, object, root)`,
]
