import { from, queryContext, visible } from '@tessera/platform/query/source.js'
import { lookup } from '@tessera/platform/registry.js'
import { sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { Queryable } from '../database/queryable.js'
import { rowsOf } from '../records/run.js'
import type { WriteContext } from '../records/write-context.js'

/** A change of a record's state, as it is kept. */
export interface KeptMove {
  readonly id: string
  readonly field: string
  readonly from: string | null
  readonly to: string
  readonly at: Date
  readonly actor: { readonly id: string; readonly name: string } | null
  readonly transition: string | null
  readonly comment: string | null
  readonly seconds: number | null
  readonly workSeconds: number | null
  readonly channel: string
}

interface Row {
  readonly id: string
  readonly field: string
  readonly from_state: string | null
  readonly to_state: string
  readonly at: Date
  readonly actor: string | null
  readonly actor_name: string | null
  readonly transition: string | null
  readonly comment: string | null
  readonly seconds: string | null
  readonly work_seconds: string | null
  readonly channel: string
  readonly [column: string]: unknown
}

/** The changes of a record's states, newest first; nothing when there is no such record for the caller, and none of fields that they may not see. */
export async function readStateHistory(
  client: Queryable,
  objectName: string,
  id: string,
  first: number,
  context: WriteContext,
): Promise<KeptMove[]> {
  const { profile, model } = context
  const object = lookup(model.objects, objectName)
  const seen = lookup((profile?.model ?? model).objects, objectName)
  if (!object || !seen || !profile) return []
  const query = queryContext(model, profile.conditions, profile.model)
  const rows = await rowsOf<Row>(
    client,
    sql`select s.*, m.name as actor_name from ${workspaceTable('_state')} s left join ${workspaceTable('_member')} m on m.id = s.actor
    where s.record = ${id}::uuid and s.object = ${objectName}
    and exists (select from ${from(object, 't')} where t.id = ${id}::uuid and ${visible(object, 't', query, 'WITH')})
    order by s.at desc, s.id desc limit ${first}`,
    context,
  )
  return rows
    .filter(row => lookup(seen.fields, row.field))
    .map(row => ({
      id: row.id,
      field: row.field,
      from: row.from_state,
      to: row.to_state,
      at: row.at,
      actor: row.actor === null ? null : { id: row.actor, name: row.actor_name ?? '' },
      transition: row.transition,
      comment: row.comment,
      seconds: row.seconds === null ? null : Number(row.seconds),
      workSeconds: row.work_seconds === null ? null : Number(row.work_seconds),
      channel: row.channel,
    }))
}
