import { issue } from '@tessera/platform/errors.js'
import { isId } from '@tessera/platform/fields/id-text.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { param, sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { PoolClient } from 'pg'
import { note } from '../audit/entry.js'
import { newId } from '../database/id.js'
import type { Queryable } from '../database/queryable.js'
import { uncovered } from '../records/cover.js'
import { forbidden } from '../records/decide.js'
import { rowsOf } from '../records/run.js'
import type { WriteContext } from '../records/write-context.js'
import { RequestError } from '../request-error.js'
import { addShareEvents } from '../workflows/outbox.js'
import { requireRecord } from './asking.js'

const shares = workspaceTable('_share')

/** A record that was shared with a member or a group. */
export interface ShareRow {
  readonly id: string
  readonly grantee: string
  /** `member`, or the kind of a group. */
  readonly kind: string
  readonly level: string
  readonly until: Date | null
  readonly [column: string]: unknown
}

const columns = sql`s.id, s.grantee, s.grantee_kind as kind, s.level, s.expires_at as until`

/** With whom a record is shared now; for whoever may share it. Throws `NOT_FOUND` or `FORBIDDEN`. */
export async function listShares(client: Queryable, object: ObjectModel, id: string, context: WriteContext): Promise<ShareRow[]> {
  await requireRecord(client, object, id, 'share', context)
  return rowsOf<ShareRow>(
    client,
    sql`select ${columns} from ${shares} s where s.object = ${object.table} and s.record = ${id}::uuid and (s.expires_at is null or s.expires_at > now()) order by s.created_at, s.id`,
    context,
  )
}

/**
 * Shares a record with a member or a group; shared with them already, it gets the new level and end. Nobody gives more than they have.
 * Throws `NOT_FOUND`, `FORBIDDEN` and `VALIDATION_FAILED`.
 */
export async function shareRecord(
  client: PoolClient,
  object: ObjectModel,
  asked: { readonly id: string; readonly grantee: string; readonly level: 'read' | 'edit'; readonly until: Date | null },
  context: WriteContext,
): Promise<ShareRow> {
  const id = asked.id.toLowerCase()
  await requireRecord(client, object, id, 'share', context)
  if (!object.definition.access)
    throw new RequestError('VALIDATION_FAILED', [issue('SHARE_UNFIT', 'object', { objects: object.pluralLabel })])
  if (asked.level === 'edit') await requireOwn(client, object, id, context)
  const kind = await granteeKind(client, asked.grantee, context)
  const held = await rowsOf(
    client,
    sql`select s.id from ${shares} s where s.object = ${object.table} and s.record = ${id}::uuid and s.grantee = ${asked.grantee}::uuid and (s.expires_at is null or s.expires_at > now()) for update`,
    context,
  )
  const [row] = await rowsOf<ShareRow>(
    client,
    sql`insert into ${shares} as s (id, object, record, grantee_kind, grantee, level, expires_at, created_at, created_by)
      select ${newId()}::uuid, ${object.table}, ${id}::uuid, ${kind}, ${asked.grantee}::uuid, ${asked.level}, ${asked.until}::timestamptz, now(), ${context.moment.member?.id ?? null}::uuid
      where ${asked.until}::timestamptz is null or ${asked.until}::timestamptz > now()
      on conflict (grantee, object, record) do update set level = excluded.level, expires_at = excluded.expires_at, created_by = excluded.created_by
      returning ${columns}`,
    context,
  )
  if (!row) throw new RequestError('VALIDATION_FAILED', [issue('TIMES_CROSSED', 'until')])
  const { grantee, level, until } = asked
  // who has it already sees nothing new
  if (held.length === 0) await addShareEvents(client, context.schema, 'shared', [{ object, record: id, share: row.id, grantee, level }])
  await note(client, context.schema, { ...shareOf(object, id, context), action: 'shared', data: { with: grantee, as: kind, level, until } })
  return row
}

/** Ends a share of a record, for whoever may share it. Throws `NOT_FOUND` or `FORBIDDEN`; gives whether there was one. */
export async function unshareRecord(
  client: Queryable,
  object: ObjectModel,
  id: string,
  grantee: string,
  context: WriteContext,
): Promise<boolean> {
  await requireRecord(client, object, id, 'share', context)
  if (!isId(grantee)) return false
  const rows = await rowsOf<{ id: string; level: string }>(
    client,
    sql`delete from ${shares} where object = ${object.table} and record = ${id}::uuid and grantee = ${grantee}::uuid returning id, level`,
    context,
  )
  const record = id.toLowerCase()
  const taken = rows.map(row => ({ object, record, share: row.id, grantee, level: row.level }))
  await addShareEvents(client, context.schema, 'unshared', taken)
  if (rows.length > 0)
    await note(client, context.schema, { ...shareOf(object, record, context), action: 'unshared', data: { with: grantee } })
  return rows.length > 0
}

const shareOf = (object: ObjectModel, record: string, { moment, channel }: WriteContext) =>
  ({ kind: 'rights', actor: moment.member?.id ?? null, channel, object: object.name, record }) as const

/** Who lets somebody change a record must be able to do so. */
async function requireOwn(client: PoolClient, object: ObjectModel, id: string, context: WriteContext): Promise<void> {
  const isRefused = (await uncovered(client, object, [id], 'update', 'share', context)).has(id)
  const canUpdate = context.profile === null || Object.hasOwn(context.profile.objects[object.name]?.actions ?? {}, 'update')
  if (isRefused || !canUpdate) throw new RequestError('FORBIDDEN', [forbidden(object, 'update', 'level')])
}

async function granteeKind(client: Queryable, grantee: string, context: WriteContext): Promise<string> {
  const ids = isId(grantee) ? [grantee] : []
  const [found] = await rowsOf<{ kind: string }>(
    client,
    sql`select 'member' as kind from ${workspaceTable('_member')} where id = any(${param(ids)}::uuid[]) and active
      union all select kind from ${workspaceTable('_group')} where id = any(${param(ids)}::uuid[])`,
    context,
  )
  if (!found) throw new RequestError('VALIDATION_FAILED', [issue('MEMBER_UNKNOWN', 'with')])
  return found.kind
}
