import { issue } from '@tessera/platform/errors.js'
import { isId } from '@tessera/platform/fields/id-text.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { groupFields, groupNames, noReach } from '@tessera/platform/query/reach.js'
import { column, from } from '@tessera/platform/query/source.js'
import { storedRow, type Values } from '@tessera/platform/records/values.js'
import { sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { PoolClient } from 'pg'
import { newId } from '../database/id.js'
import { andSeen, readPresent } from '../records/gather.js'
import { authorize } from '../records/pipeline.js'
import { rowsOf } from '../records/run.js'
import type { WriteContext } from '../records/write-context.js'
import type { Writer } from '../records/writer.js'
import { RequestError } from '../request-error.js'
import { notFound, requireRecord } from './asking.js'

const claims = workspaceTable('_claim')

const refused = (code: 'CLAIM_TAKEN' | 'CLAIM_UNFIT' | 'CLAIM_LIMIT' | 'CLAIM_AGAIN', params: Parameters<typeof issue>[2] = {}) =>
  new RequestError(code === 'CLAIM_TAKEN' ? 'CONFLICT' : 'VALIDATION_FAILED', [issue(code, 'id', params)])

/**
 * Makes the caller the owner of a record that has none: of the object's pool, or of a queue that they stand in.
 * Of several at once one wins; the others get `CONFLICT`. Throws `NOT_FOUND`, `FORBIDDEN`, and `VALIDATION_FAILED` beyond the limits.
 * @param client in a transaction that whoever opened it commits
 */
export async function claimRecord(
  client: PoolClient,
  object: ObjectModel,
  asked: string,
  context: WriteContext,
  writer: Writer,
): Promise<void> {
  authorize(object, 'update', context)
  const member = context.moment.member?.id ?? ''
  const id = asked.toLowerCase()
  if (!isId(id)) throw notFound()
  if (!(await isSeen(client, object, id, context, false)))
    throw (await wasSeen(client, object, id, context)) ? refused('CLAIM_TAKEN') : notFound()
  // the member's own claims come one after the other, so that they are counted
  await rowsOf(client, sql`select from ${workspaceTable('_member')} where id = ${member}::uuid for no key update`, context)
  const values = await isSeen(client, object, id, context, true)
  if (!values || (values.ownerId ?? null) !== null) throw refused('CLAIM_TAKEN')
  if (!isClaimable(object, values, context)) throw refused('CLAIM_UNFIT', { objects: object.pluralLabel })
  await checkLimit(client, object, member, context)
  await checkAgain(client, object, id, member, context)
  await rowsOf(
    client,
    sql`insert into ${claims} (id, object, record, member, claimed_at) values (${newId()}, ${object.table}, ${id}, ${member}, now())`,
    context,
  )
  await own(client, object, [id], member, context, writer)
}

/** Gives up a record that the caller owns: it goes to the pool, or to its queue. Throws `NOT_FOUND`, `FORBIDDEN` or `VALIDATION_FAILED`. */
export async function releaseRecord(
  client: PoolClient,
  object: ObjectModel,
  asked: string,
  context: WriteContext,
  writer: Writer,
): Promise<void> {
  const id = asked.toLowerCase()
  const { values } = await requireRecord(client, object, id, 'update', context, true)
  if (!object.hasOwner || !isClaimable(object, values, context)) throw refused('CLAIM_UNFIT', { objects: object.pluralLabel })
  if (values.ownerId !== context.moment.member?.id) throw refused('CLAIM_TAKEN')
  await own(client, object, [id], null, context, writer)
  await endClaims(client, object, [{ id, owner: String(values.ownerId) }], 'released', context)
}

/**
 * Gives records another owner, or none, as a deed of the product: who may claim need not be allowed to transfer.
 * @param atomic whether a refusal is thrown; else those that were refused stay as they are
 * @returns the ids of those that went in
 */
export async function own(
  client: PoolClient,
  object: ObjectModel,
  ids: readonly string[],
  ownerId: string | null,
  context: WriteContext,
  writer: Writer,
  atomic = true,
): Promise<readonly string[]> {
  const rows = ids.map(id => ({ action: 'update', id, version: null, data: { ownerId } }) as const)
  const outcome = await writer.write(object, rows, { ...context, profile: null, confirm: 'all' }, { atomic, client })
  return outcome.ids.filter(id => id !== null)
}

/** Notes that owners have their records no more; of those who never claimed them too, since they may not come back at once. */
export async function endClaims(
  client: PoolClient,
  object: ObjectModel,
  gone: readonly { readonly id: string; readonly owner: string }[],
  reason: 'released' | 'recycled',
  context: WriteContext,
): Promise<void> {
  const rows = JSON.stringify(gone.map(({ id, owner }) => ({ claim: newId(), record: id, member: owner })))
  await rowsOf(
    client,
    sql`with gone as (select * from json_to_recordset(${rows}::json) as g(claim uuid, record uuid, member uuid)),
      ended as (update ${claims} c set ended_at = now(), reason = ${reason} from gone g
        where c.object = ${object.table} and c.record = g.record and c.ended_at is null returning c.record, c.member)
      insert into ${claims} (id, object, record, member, claimed_at, ended_at, reason)
      select g.claim, ${object.table}, g.record, g.member, now(), now(), ${reason} from gone g
      where not exists (select from ended e where e.record = g.record and e.member = g.member)`,
    context,
  )
}

async function isSeen(
  client: PoolClient,
  object: ObjectModel,
  id: string,
  context: WriteContext,
  locks: boolean,
): Promise<Values | undefined> {
  return (await readPresent(client, object, [id], 'read', context, 'NO', locks)).get(id)?.values
}

/** Whether a record that somebody claimed within a day was there for the caller while it had no owner: who saw it is told that it is gone. */
async function wasSeen(client: PoolClient, object: ObjectModel, id: string, context: WriteContext): Promise<boolean> {
  const free = JSON.stringify(storedRow(object, { ownerId: null }))
  const rows = await rowsOf(
    client,
    sql`select from ${from(object, 'p')} cross join lateral json_populate_record(p, ${free}::json) t where p.id = ${id}::uuid and p.deleted_at is null
      and exists(select from ${claims} c where c.object = ${object.table} and c.record = p.id and c.ended_at is null and c.claimed_at > now() - interval '1 day')${andSeen(object, context)}`,
    context,
  )
  return rows.length > 0
}

/** Whether a record without an owner would be for whoever claims it. */
function isClaimable(object: ObjectModel, values: Values, { reach = noReach }: WriteContext): boolean {
  if (!object.hasOwner) return false
  if (object.definition.access?.pool) return true
  return groupFields(object).some(
    ({ field, kind }) => kind === 'queue' && groupNames(kind, reach).includes(String(values[field.key] ?? '')),
  )
}

async function checkLimit(client: PoolClient, object: ObjectModel, member: string, context: WriteContext): Promise<void> {
  const limit = object.definition.access?.pool?.limit
  const owner = object.fields.owner
  if (limit === undefined || !owner) return
  const [row] = await rowsOf<{ n: number }>(
    client,
    sql`select count(*)::int as n from ${from(object, 't')} where ${column(owner, 't')} = ${member}::uuid and t.deleted_at is null`,
    context,
  )
  const count = row?.n ?? 0
  if (count >= limit) throw refused('CLAIM_LIMIT', { count, limit, objects: object.pluralLabel })
}

async function checkAgain(client: PoolClient, object: ObjectModel, id: string, member: string, context: WriteContext): Promise<void> {
  const days = object.definition.access?.pool?.again
  if (days === undefined) return
  const [row] = await rowsOf<{ day: string }>(
    client,
    sql`select to_char(max(ended_at) + ${days} * interval '1 day', 'YYYY-MM-DD') as day from ${claims}
      where object = ${object.table} and record = ${id}::uuid and member = ${member}::uuid and ended_at > now() - ${days} * interval '1 day' having count(*) > 0`,
    context,
  )
  if (row) throw refused('CLAIM_AGAIN', { day: row.day })
}
