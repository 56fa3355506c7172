import type { Issue, IssueParams } from '@tessera/platform/errors.js'
import type { Locale } from '@tessera/platform/label.js'
import { isAskable } from '@tessera/platform/model/masked.js'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { queryContext, unrestricted, value, visible } from '@tessera/platform/query/source.js'
import { storedValue } from '@tessera/platform/records/values.js'
import { lookup } from '@tessera/platform/registry.js'
import { columnType } from '@tessera/platform/sql/column-type.js'
import { join, name, param, type Sql, sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { Queryable } from '../database/queryable.js'
import type { Entry } from './ledger.js'
import { rowsOf } from './run.js'
import type { WriteContext } from './write-context.js'

/** What a set is checked with. */
export interface SetCheck {
  readonly client: Queryable
  readonly context: WriteContext
  readonly object: ObjectModel
  /** The changes that touch the set, in order. */
  readonly entries: readonly Entry[]
  /** The ids of everything that the write touches: what the database has of them is out of date. */
  readonly touched: readonly string[]
  /** Places issues at some fields of a change. */
  readonly complain: (entry: Entry, fields: readonly FieldModel[], code: Issue['code'], params: IssueParams) => void
}

type InBoth = { readonly en: string; readonly 'zh-CN': string }

/** A text in each language. */
export const inBoth = (write: (locale: Locale, text: (en: string, chinese: string) => string) => string): InBoth => ({
  en: write('en', en => en),
  'zh-CN': write('zh-CN', (_, chinese) => chinese),
})

/**
 * For changes, another live record that meets a condition with each: by the place of the change, what the record is called.
 * The name is empty when the writer may not see it.
 * @param condition over `t`, the other record, and `x` with the values `v0`, `v1` … of some fields
 */
export async function findOthers(
  { client, context, object, touched }: SetCheck,
  entries: readonly Entry[],
  fields: readonly FieldModel[],
  condition: Sql,
): Promise<ReadonlyMap<number, string>> {
  const rows = JSON.stringify(
    entries.map(({ change }, index) => ({
      i: index,
      ...Object.fromEntries(fields.map((field, at) => [`v${at}`, storedValue(field, field.key, change.after[field.key])])),
    })),
  )
  const types = fields.map((field, at) => sql`${name(`v${at}`)} ${columnType(field.columns[0]?.type ?? 'text')}`)
  const found = await rowsOf<{ i: number; called: string | null }>(
    client,
    sql`select x.i, o.called from json_to_recordset(${rows}::json) as x(i integer, ${join(types)}), lateral (
      select ${nameSql(object, context)} as called from ${workspaceTable(object.table)} t
      where t.deleted_at is null and ${condition} and t.id <> all(${param(touched)}::uuid[]) limit 1) o`,
    context,
  )
  return new Map(found.map(row => [row.i, row.called ?? '']))
}

/** What the writer may know a record by; null when they may not see it. */
function nameSql(object: ObjectModel, { model, profile }: WriteContext): Sql {
  const query = queryContext(model, profile?.conditions ?? unrestricted, profile?.model ?? model)
  const shown = lookup((profile?.model ?? model).objects, object.name)
  const title = shown && lookup(shown.fields, object.title)
  if (!title || !isAskable(title) || title.relation || title.class.parts) return sql`null::text`
  return sql`case when ${visible(object, 't', query)} then (${title.class.read(value(title, 't', query))})::text end`
}
