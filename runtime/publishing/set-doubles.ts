import { type Issue, issue } from '@tessera/platform/errors.js'
import { type Locale, labelOf } from '@tessera/platform/label.js'
import type { FieldModel, Model, ObjectModel } from '@tessera/platform/model/model.js'
import { type RangeSet, rangesOf, type UniqueSet, uniqueSetsOf } from '@tessera/platform/model/sets.js'
import { join, name, nothing, type Sql, sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import { uniqueSetName } from '@tessera/platform/tables/sets.js'
import type { Queryable } from '../database/queryable.js'
import { send } from './version-store.js'

/** An issue for each set of fields that becomes unique, and each range that may no longer overlap, although records do. */
export async function setDoublesOf(client: Queryable, schema: string, before: Model, after: Model): Promise<Issue[]> {
  const issues: Issue[] = []
  const find = async (query: Sql) => (await send(client, schema, query)).rows[0] as { count: number; example: string | null } | undefined
  for (const object of Object.values(after.objects)) {
    const old = Object.values(before.objects).find(({ table }) => table === object.table)
    if (!old) continue
    const had = new Set([...uniqueSetsOf(old).map(set => uniqueSetName(old, set)), ...rangesOf(old).map(range => rangeKey(range))])
    for (const [index, set] of uniqueSetsOf(object).entries()) {
      if (had.has(uniqueSetName(object, set)) || !isHeld(set.fields, old)) continue
      const found = await find(doubleSets(object, set))
      const fields = inBoth(locale => set.fields.map(field => labelOf(field.label, locale)).join(locale === 'en' ? ' and ' : '与'))
      if (found && found.count > 0) issues.push(issue('SET_VALUES_DOUBLE', `objects/${object.name}/unique/${index}`, { ...found, fields }))
    }
    for (const [index, range] of rangesOf(object).entries()) {
      if (had.has(rangeKey(range)) || !isHeld([range.from, range.to, ...range.per], old)) continue
      const found = await find(overlaps(object, range))
      if (found && found.count > 0)
        issues.push(
          issue('RANGES_OVERLAP', `objects/${object.name}/ranges/${index}`, { ...found, from: range.from.label, to: range.to.label }),
        )
    }
  }
  return issues
}

const inBoth = (write: (locale: Locale) => string) => ({ en: write('en'), 'zh-CN': write('zh-CN') })

const columnOf = (field: FieldModel): string => field.columns[0]?.name ?? ''
const rangeKey = ({ from, to, per, isEndIncluded }: RangeSet): string => [isEndIncluded, ...[from, to, ...per].map(columnOf)].join()

/** Whether the columns of fields hold data already. */
const isHeld = (fields: readonly FieldModel[], old: ObjectModel): boolean => {
  const columns = new Set(Object.values(old.fields).flatMap(field => field.columns.map(column => column.name)))
  return fields.every(field => columns.has(columnOf(field)))
}

function doubleSets({ table }: ObjectModel, { fields }: UniqueSet): Sql {
  const columns = fields.map(field => name(columnOf(field)))
  return sql`select count(*)::integer as count, min(value) as example from (
    select concat_ws(', ', ${join(columns.map(column => sql`${column}::text`))}) as value from ${workspaceTable(table)}
    where deleted_at is null and ${join(
      columns.map(column => sql`${column} is not null`),
      ' and ',
    )}
    group by ${join(columns)} having count(*) > 1 limit 10000) found`
}

/** A record overlaps when it begins before the latest end of those that begin before it. */
function overlaps({ table }: ObjectModel, { from, to, per, isEndIncluded }: RangeSet): Sql {
  const isNumber = from.class.name === 'integer' || from.class.name === 'decimal'
  const as = isNumber ? sql`numeric` : from.class.name === 'date' ? sql`date` : sql`timestamptz`
  const start = sql`coalesce(${name(columnOf(from))}::${as}, '-infinity'::${as})`
  const end = sql`coalesce(${name(columnOf(to))}::${as}, 'infinity'::${as})`
  const columns = per.map(field => name(columnOf(field)))
  const parts = columns.length > 0 ? sql`partition by ${join(columns)}` : nothing
  return sql`select count(*)::integer as count, min(example) as example from (
    select ${name(columnOf(from))}::text as example, ${start} as start,
      max(${end}) over (${parts} order by ${start}, id rows between unbounded preceding and 1 preceding) as latest
    from ${workspaceTable(table)} where deleted_at is null and coalesce(${name(columnOf(from))}, ${name(columnOf(to))}) is not null${join(
      columns.map(column => sql` and ${column} is not null`),
      ' ',
    )}) found where ${isEndIncluded ? sql`start <= latest` : sql`start < latest`}`
}
