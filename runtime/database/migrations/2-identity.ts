import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Policies, second factors, sessions that say where they are, limits of API keys, invitations, accounts of a provider of identities. */
export class Identity1795000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement)
  }

  async down(): Promise<void> {
    throw new Error('What people set up to sign in with is not thrown away')
  }
}

const statements = [
  `alter table tessera.workspace
    add password_least integer not null default 12,
    add session_idle integer not null default 43200,
    add session_days integer not null default 90,
    add second_factor boolean not null default false,
    add second_factor_roles text[] not null default '{}'`,
  `alter table tessera.account
    alter password_hash drop not null,
    add password_changed_at timestamptz(3),
    add must_change_password boolean not null default false,
    add totp_secret text,
    add totp_confirmed_at timestamptz(3),
    add totp_step bigint,
    add service boolean not null default false`,
  `create table tessera.recovery_code (
    account_id uuid not null constraint recovery_code_account references tessera.account,
    code_hash text not null,
    constraint recovery_code_pk primary key (account_id, code_hash))`,
  `alter table tessera.session
    add address text,
    add device text,
    add method text not null default 'password'`,
  'create index session_account on tessera.session (account_id)',
  `alter table tessera.api_key
    add created_by uuid constraint api_key_creator references tessera.account,
    add start text,
    add objects json,
    add may_write boolean not null default true,
    add addresses text[] not null default '{}',
    add last_address text`,
  'create index api_key_workspace_account on tessera.api_key (workspace_id, account_id)',
  `create table tessera.invitation (
    id uuid constraint invitation_pk primary key,
    token_hash text not null constraint invitation_token_unique unique,
    workspace_id uuid not null constraint invitation_workspace references tessera.workspace,
    email text not null,
    name text not null,
    roles text[] not null,
    invited_by uuid constraint invitation_inviter references tessera.account,
    created_at timestamptz(3) not null,
    expires_at timestamptz(3) not null,
    constraint invitation_once unique (workspace_id, email))`,
  `create table tessera.password_reset (
    token_hash text constraint password_reset_pk primary key,
    account_id uuid not null constraint password_reset_account references tessera.account,
    created_at timestamptz(3) not null,
    expires_at timestamptz(3) not null)`,
  `create table tessera.identity (
    issuer text not null,
    subject text not null,
    account_id uuid not null constraint identity_account references tessera.account,
    created_at timestamptz(3) not null,
    constraint identity_pk primary key (issuer, subject))`,
]
