import type { ObjectModel } from '@tessera/platform/model/model.js'
import { recordSql } from '@tessera/platform/query/select.js'
import { from, queryContext, visible } from '@tessera/platform/query/source.js'
import { name, param, render, sql, valuesOf } from '@tessera/platform/sql/sql.js'
import type { Database } from '../database/database.js'
import type { Selecting } from './arguments.js'
import type { Asked } from './collect.js'
import { type RequestContext, slotsOf } from './request-context.js'
import { recordPlan } from './selection.js'

/** Written records as JSON, in the order of their ids as given; those that the writer may not read are null. */
export async function answerRecords(
  asked: Asked,
  object: ObjectModel,
  ids: readonly string[],
  deleted: 'NO' | 'ONLY',
  selecting: Selecting,
  context: RequestContext,
  database: Database,
): Promise<string[]> {
  if (ids.length === 0) return []
  const shown = selecting.profile.model.objects[object.name] ?? object
  const query = queryContext(context.live.model, context.profile.conditions, context.profile.model)
  const record = recordSql(recordPlan(asked, shown, selecting), 'w', sql``, query)
  const piece = sql`select ${name('w', 'id')}::text as id, ${record}::text as data from ${from(object, 'w')} where ${name('w', 'id')} = any(${param(ids)}::uuid[]) and ${visible(object, 'w', query, deleted)}`
  const statement = render(piece, context.caller.workspace.schema)
  const { rows } = await database.pool.query<{ id: string; data: string }>(
    statement.text,
    valuesOf(statement, { variables: selecting.variables, context: slotsOf(context, new Date()) }),
  )
  const found = new Map(rows.map(row => [row.id, row.data]))
  return ids.map(id => found.get(id) ?? 'null')
}
