import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { column, from } from '@tessera/platform/query/source.js'
import { name, param, sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { Database } from '../database/database.js'
import type { Progress } from './refresh.js'
import { rowsOf } from './run.js'
import type { WriteContext } from './write-context.js'

const batch = 1000

/**
 * Says of records that were there before their field got states since when they are in them: since the last change that history knows, else
 * since they were created. It can be broken off anywhere and begun again.
 * @param tell called after each batch; throwing from it breaks off
 */
export async function fillSince(
  { pool }: Database,
  object: ObjectModel,
  since: FieldModel,
  context: WriteContext,
  tell: (progress: Progress) => Promise<void>,
): Promise<void> {
  const state = object.fields[since.sinceOf ?? '']
  if (!state) return
  const target = name(since.columns[0]?.name ?? '')
  const [{ total } = { total: 0 }] = await rowsOf<{ total: number }>(
    pool,
    sql`select count(*)::int as total from ${from(object, 't')}`,
    context,
  )
  let last = '00000000-0000-0000-0000-000000000000'
  for (let done = 0; ; ) {
    const rows = await rowsOf<{ id: string }>(
      pool,
      sql`select t.id from ${from(object, 't')} where t.id > ${param(last)}::uuid order by t.id limit ${batch}`,
      context,
    )
    const end = rows.at(-1)?.id
    if (end === undefined) return
    await rowsOf(
      pool,
      sql`update ${from(object, 't')} set ${target} = coalesce((select max(h.at) from ${workspaceTable('_history')} h where h.record = t.id and h.after ->> ${state.key} is not null), t.created_at)
        where t.id > ${param(last)}::uuid and t.id <= ${param(end)}::uuid and t.${target} is null and ${column(state, 't')} is not null`,
      context,
    )
    last = end
    done += rows.length
    await tell({ done, total })
  }
}
