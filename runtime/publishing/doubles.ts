import { type Issue, issue } from '@tessera/platform/errors.js'
import { type Change, fieldPath } from '@tessera/platform/model/changes.js'
import type { FieldModel, Model } from '@tessera/platform/model/model.js'
import { lookup } from '@tessera/platform/registry.js'
import { name, sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { Queryable } from '../database/queryable.js'
import { isMoved, placed } from './losses.js'
import { send } from './version-store.js'

/** An issue for each field that becomes unique although records share values of it. */
export async function doublesOf(
  client: Queryable,
  schema: string,
  changes: readonly Change[],
  before: Model,
  after: Model,
): Promise<Issue[]> {
  const issues: Issue[] = []
  for (const { do: deed, field } of changes) {
    const old = field?.before ? placed(field.before, before) : null
    const next = field?.after ? placed(field.after, after) : null
    if (deed === 'rename' || !old || !next || !next.definition.unique || old.definition.unique || isMoved(old, next)) continue
    const found = await doubles(client, schema, old, before)
    if (found) issues.push(issue('VALUES_DOUBLE', `${fieldPath(next)}/unique`, { field: next.label, ...found }))
  }
  return issues
}

async function doubles(
  client: Queryable,
  schema: string,
  field: FieldModel,
  model: Model,
): Promise<{ count: number; example: string } | null> {
  const table = lookup(model.objects, field.object)?.table
  const column = field.columns[0]?.name
  if (table === undefined || column === undefined) return null
  const { rows } = await send(
    client,
    schema,
    sql`select count(*)::integer as count, min(value) as example from (
          select ${name(column)}::text as value from ${workspaceTable(table)} where deleted_at is null and ${name(column)} is not null
          group by ${name(column)} having count(*) > 1 limit 10000) found`,
  )
  const count = Number(rows[0]?.count ?? 0)
  return count > 0 ? { count, example: String(rows[0]?.example).slice(0, 80) } : null
}
