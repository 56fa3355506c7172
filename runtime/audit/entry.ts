import { render, sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import { newId } from '../database/id.js'

/** What an entry of the log is about; what happened to records is of the kind `record`. */
export const auditKinds = [
  'record',
  'signIn',
  'denial',
  'reveal',
  'export',
  'alert',
  'rights',
  'member',
  'key',
  'metadata',
  'settings',
  'bin',
] as const
export type AuditKind = (typeof auditKinds)[number]

/** Something that happened and is to stand in the log. */
export interface Noted {
  readonly kind: Exclude<AuditKind, 'record'>
  readonly action: string
  /** The member who did it; null for the product itself and for nobody known. */
  readonly actor: string | null
  /** The account of the member, where only that is known. */
  readonly account?: string | null
  readonly object?: string | null
  readonly record?: string | null
  /** By which way it came in: `app`, `api`, or a command of the installation. */
  readonly channel?: string | null
  readonly address?: string | null
  readonly data?: Readonly<Record<string, unknown>>
}

/** What an entry can be written with: a pool, a client in its transaction, or TypeORM's manager of one. */
export interface Noting {
  query(text: string, values?: unknown[]): Promise<unknown>
}

/**
 * Writes entries into the log of a workspace; they get their places in the chain later, so nobody waits for anybody.
 * @param client inside the transaction of what they tell of, where there is one
 * @param schema of the workspace
 */
export async function note(client: Noting, schema: string, ...entries: readonly Noted[]): Promise<void> {
  if (entries.length === 0) return
  const rows = JSON.stringify(
    entries.map(entry => ({ ...entry, id: newId() })),
    (_, value: unknown) => (typeof value === 'string' ? storable(value) : value),
  )
  const { text, values } = render(
    sql`insert into ${workspaceTable('_audit')} (id, at, kind, action, actor, object, record, channel, address, data)
      select id, clock_timestamp(), kind, action, coalesce(actor, (select m.id from ${workspaceTable('_member')} m where m.account_id = x.account)), object, record, channel, address, data
      from json_to_recordset(${rows}::json) as x(id uuid, kind text, action text, actor uuid, account uuid, object text, record uuid, channel text, address text, data json)`,
    schema,
  )
  await client.query(text, [...values])
}

/** A text as PostgreSQL can keep it inside JSON: without the character zero and without halves of characters. */
const storable = (text: string): string => text.replaceAll('\u0000', '').replace(/[\ud800-\udfff]/gu, '\ufffd')

/** Writes that a row of history, which no event tells of, belongs to the log. */
export async function noteHistory(client: Noting, schema: string, history: string): Promise<void> {
  const { text, values } = render(
    sql`insert into ${workspaceTable('_audit')} (id, at, kind, action, actor, object, record, channel)
      select id, at, 'record', action, actor, object, record, channel from ${workspaceTable('_history')} where id = ${history}::uuid`,
    schema,
  )
  await client.query(text, [...values])
}
