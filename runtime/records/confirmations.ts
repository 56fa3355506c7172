import { sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import { newId } from '../database/id.js'
import type { Queryable } from '../database/queryable.js'
import type { Confirmation } from './broken.js'
import { rowsOf } from './run.js'
import type { WriteContext } from './write-context.js'

/** Keeps who let which warnings through, when, and at which version of the record; each rule once for a record. */
export async function keepConfirmations(client: Queryable, confirmed: readonly Confirmation[], context: WriteContext): Promise<void> {
  if (confirmed.length === 0) return
  const { moment, channel } = context
  const rows = JSON.stringify(confirmed.map(confirmation => ({ id: newId(), ...confirmation })))
  await rowsOf(
    client,
    sql`insert into ${workspaceTable('_confirmation')} (id, object, record, version, rule, message, at, actor, channel)
      select x.id, x.object, x.record, x.version, x.rule, x.message, ${moment.now}::timestamptz, ${moment.member?.id ?? null}::uuid, ${channel}
      from json_to_recordset(${rows}::json) as x(id uuid, object text, record uuid, version integer, rule text, message json)`,
    context,
  )
}
