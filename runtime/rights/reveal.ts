import { issue } from '@tessera/platform/errors.js'
import { isId } from '@tessera/platform/fields/id-text.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { from, queryContext, value, visible } from '@tessera/platform/query/source.js'
import { lookup } from '@tessera/platform/registry.js'
import { sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { PoolClient } from 'pg'
import { note } from '../audit/entry.js'
import { newId } from '../database/id.js'
import { forbidden } from '../records/decide.js'
import { rowsOf } from '../records/run.js'
import type { WriteContext } from '../records/write-context.js'
import { RequestError } from '../request-error.js'
import { notFound } from './asking.js'

/**
 * Shows a masked value whole, and keeps that it was shown: within one transaction, so that nothing is shown which is not kept.
 * Throws `NOT_FOUND` for a record or field that is not for the caller, `FORBIDDEN` where they see the field masked for good.
 */
export async function reveal(
  client: PoolClient,
  object: ObjectModel,
  id: string,
  name: string,
  context: WriteContext,
): Promise<string | null> {
  const { profile, model } = context
  const seen = profile && lookup(lookup(profile.model.objects, object.name)?.fields ?? {}, name)
  const field = seen && lookup(object.fields, name)
  if (!profile || !field || !isId(id)) {
    if (profile && !seen)
      throw new RequestError('NOT_FOUND', [issue('FIELD_UNKNOWN', 'field', { object: object.name, field: name, suggestion: '' })])
    throw notFound()
  }
  if (seen.masked && !seen.revealable) throw new RequestError('FORBIDDEN', [forbidden(object, 'reveal', 'field')])
  const query = queryContext(model, profile.conditions, profile.model)
  const [row] = await rowsOf<{ value: string | null }>(
    client,
    sql`select (${field.class.read(value(field, 't', query))})::text as value from ${from(object, 't')} where t.id = ${id}::uuid and ${visible(object, 't', query)}`,
    context,
  )
  if (!row) throw notFound()
  if (seen.masked) await keepRevealed(client, object, id.toLowerCase(), field.name, context)
  return row.value
}

/** Keeps who saw a masked value whole, beside the log, which others may read than those who list reveals. */
async function keepRevealed(client: PoolClient, object: ObjectModel, record: string, field: string, context: WriteContext): Promise<void> {
  const { channel, schema, moment } = context
  const actor = moment.member?.id ?? null
  await rowsOf(
    client,
    sql`insert into ${workspaceTable('_reveal')} (id, object, record, field, member, at) values (${newId()}, ${object.table}, ${record}, ${field}, ${actor}, now())`,
    context,
  )
  await note(client, schema, { kind: 'reveal', action: 'shown', actor, channel, object: object.name, record, data: { field } })
}

/** Who saw which masked value whole. */
export interface RevealRow {
  readonly record: string
  readonly field: string
  readonly member: string
  readonly at: Date
  readonly [column: string]: unknown
}

/** The newest of those who saw masked values of an object, or of one record, whole. */
export const listReveals = (client: PoolClient, object: ObjectModel, record: string | null, context: WriteContext): Promise<RevealRow[]> =>
  rowsOf<RevealRow>(
    client,
    sql`select record, field, member, at from ${workspaceTable('_reveal')} where object = ${object.table} and (${record}::text is null or record::text = ${record}) order by at desc, id desc limit 200`,
    context,
  )
