import type { MigrationInterface, QueryRunner } from 'typeorm'

/** The tables that span workspaces. */
export class Foundation1767225600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement)
  }

  async down(): Promise<void> {
    throw new Error('The first migration cannot be undone; drop the schema instead')
  }
}

const statements = [
  `create table tessera.workspace (
    id uuid constraint workspace_pk primary key,
    slug text not null constraint workspace_slug_unique unique,
    name text not null,
    locale text not null,
    time_zone text not null,
    currency text not null,
    fiscal_year_start integer not null,
    first_weekday integer not null,
    demo boolean not null,
    created_at timestamptz(3) not null)`,
  `create table tessera.account (
    id uuid constraint account_pk primary key,
    email text not null constraint account_email_unique unique,
    password_hash text not null,
    name text not null,
    locale text not null,
    created_at timestamptz(3) not null,
    disabled_at timestamptz(3))`,
  `create table tessera.membership (
    account_id uuid not null constraint membership_account references tessera.account,
    workspace_id uuid not null constraint membership_workspace references tessera.workspace,
    created_at timestamptz(3) not null,
    constraint membership_pk primary key (account_id, workspace_id))`,
  `create table tessera.session (
    id uuid constraint session_pk primary key,
    token_hash text not null constraint session_token_unique unique,
    account_id uuid not null constraint session_account references tessera.account,
    workspace_id uuid not null constraint session_workspace references tessera.workspace,
    created_at timestamptz(3) not null,
    expires_at timestamptz(3) not null,
    last_seen timestamptz(3) not null)`,
  'create index session_expires on tessera.session (expires_at)',
  `create table tessera.api_key (
    id uuid constraint api_key_pk primary key,
    token_hash text not null constraint api_key_token_unique unique,
    name text not null,
    account_id uuid not null constraint api_key_account references tessera.account,
    workspace_id uuid not null constraint api_key_workspace references tessera.workspace,
    created_at timestamptz(3) not null,
    expires_at timestamptz(3),
    last_seen timestamptz(3))`,
  `create table tessera.sign_in_attempt (
    key text constraint sign_in_attempt_pk primary key,
    failures integer not null,
    since timestamptz(3) not null)`,
  `create table tessera.one_time_code (
    purpose text constraint one_time_code_pk primary key,
    code_hash text not null,
    created_at timestamptz(3) not null)`,
]
