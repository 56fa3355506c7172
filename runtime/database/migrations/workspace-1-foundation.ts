import { sql, workspaceTable as table } from '@tessera/platform/sql/sql.js'
import type { WorkspaceMigration } from '../workspace-migration.js'

/** The fixed tables of a workspace. No sequence, trigger or key to another schema: `_` schemas move between machines. */
export const workspaceFoundation: WorkspaceMigration = {
  name: '1-foundation',
  statements: () => [...people(), ...definitions(), ...events(), ...runs(), ...files(), ...lists()],
}

const members = () => sql`create table ${table('_member')} (
  id uuid constraint _member_pk primary key,
  account_id uuid not null constraint _member_account_unique unique,
  name text not null,
  email text not null constraint _member_email_unique unique,
  roles text[] not null,
  locale text not null,
  time_zone text not null,
  active boolean not null,
  created_at timestamptz(3) not null)`

const shares = () => sql`create table ${table('_share')} (
  id uuid constraint _share_pk primary key,
  object text not null,
  record uuid not null,
  grantee_kind text not null,
  grantee uuid not null,
  level text not null,
  reason text,
  expires_at timestamptz(3),
  created_at timestamptz(3) not null,
  created_by uuid)`

const people = () => [
  members(),
  shares(),
  sql`create index _share_record on ${table('_share')} (record)`,
  sql`create index _share_grantee on ${table('_share')} (grantee, object)`,
]

const definitions = () => [
  sql`create table ${table('_version')} (
    number integer constraint _version_pk primary key,
    published_at timestamptz(3) not null,
    author uuid,
    message text,
    hash text not null,
    storage json not null)`,
  sql`create table ${table('_definition')} (
    kind text not null,
    name text not null,
    since integer not null,
    until integer,
    layer text not null,
    source text not null,
    constraint _definition_pk primary key (kind, name, since))`,
  sql`create index _definition_live on ${table('_definition')} (kind, name) where until is null`,
  sql`create table ${table('_job')} (
    id uuid constraint _job_pk primary key,
    kind text not null,
    state text not null,
    data json,
    progress json,
    attempts integer not null default 0,
    error text,
    created_at timestamptz(3) not null,
    updated_at timestamptz(3) not null)`,
  sql`create index _job_open on ${table('_job')} (created_at) where state in ('waiting', 'running')`,
]

const history = () => sql`create table ${table('_history')} (
  id uuid constraint _history_pk primary key,
  object text not null,
  record uuid not null,
  version integer not null,
  at timestamptz(3) not null,
  actor uuid,
  action text not null,
  before json,
  after json,
  channel text,
  cause json)`

const outbox = () => sql`create table ${table('_outbox')} (
  id uuid constraint _outbox_pk primary key,
  object text not null,
  record uuid not null,
  version integer not null,
  event text not null,
  fields text[],
  before json,
  after json,
  actor uuid,
  at timestamptz(3) not null,
  cause json,
  position bigint)`

const events = () => [
  history(),
  sql`create index _history_record on ${table('_history')} (record, at)`,
  outbox(),
  sql`create index _outbox_position on ${table('_outbox')} (position) where position is not null`,
  sql`create index _outbox_unread on ${table('_outbox')} (record, version) where position is null`,
  sql`create table ${table('_relay')} (
    id integer constraint _relay_pk primary key constraint _relay_single check (id = 1),
    position bigint not null)`,
  sql`insert into ${table('_relay')} (id, position) values (1, 0)`,
  sql`create table ${table('_reader')} (name text constraint _reader_pk primary key, position bigint not null)`,
]

const runs = () => [
  sql`create table ${table('_run')} (
    id uuid constraint _run_pk primary key,
    workflow text not null,
    workflow_version integer not null,
    event uuid not null,
    object text not null,
    record uuid not null,
    state text not null,
    step integer not null,
    data json not null,
    attempts integer not null default 0,
    error text,
    due_at timestamptz(3) not null,
    created_at timestamptz(3) not null,
    updated_at timestamptz(3) not null,
    constraint _run_once unique (workflow, event))`,
  sql`create index _run_open on ${table('_run')} (due_at) where state = 'waiting'`,
  sql`create index _run_record on ${table('_run')} (record, created_at)`,
  sql`create table ${table('_counter')} (name text constraint _counter_pk primary key, n bigint not null)`,
]

const files = () => [
  sql`create table ${table('_file')} (
    id uuid constraint _file_pk primary key,
    name text not null,
    type text not null,
    size bigint not null,
    object text,
    record uuid,
    field text,
    created_at timestamptz(3) not null,
    created_by uuid)`,
  sql`create index _file_record on ${table('_file')} (record) where record is not null`,
  sql`create table ${table('_file_chunk')} (
    file uuid not null constraint _file_chunk_file references ${table('_file')} on delete cascade,
    n integer not null,
    bytes bytea not null,
    constraint _file_chunk_pk primary key (file, n))`,
  ...imports(),
]

const imports = () => [
  sql`create table ${table('_import')} (
    id uuid constraint _import_pk primary key,
    state text not null,
    object text not null,
    file uuid not null,
    name text not null,
    mapping json not null,
    progress json not null,
    result json not null,
    errors_file uuid,
    error text,
    created_at timestamptz(3) not null,
    updated_at timestamptz(3) not null,
    created_by uuid not null)`,
  sql`create index _import_created on ${table('_import')} (created_at)`,
  sql`create index _import_open on ${table('_import')} (created_at) where state in ('waiting', 'running')`,
  sql`create table ${table('_import_refused')} (
    import uuid not null constraint _import_refused_import references ${table('_import')} on delete cascade,
    line integer not null,
    cells json not null,
    problems json not null,
    constraint _import_refused_pk primary key (import, line))`,
]

const lists = () => [
  sql`create table ${table('_view')} (
    id uuid constraint _view_pk primary key,
    object text not null,
    name text not null,
    owner uuid,
    definition json not null)`,
  sql`create index _view_object on ${table('_view')} (object, owner)`,
]
