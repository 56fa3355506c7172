import { conditionOf, type Profile } from '@tessera/platform/access/profile.js'
import type { ActionName } from '@tessera/platform/definitions/role.js'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { castList } from '@tessera/platform/query/filter.js'
import { along } from '@tessera/platform/query/page.js'
import { column, from, queryContext, ruleScope, unrestricted, visible } from '@tessera/platform/query/source.js'
import { storedColumns, type Values } from '@tessera/platform/records/values.js'
import { pathsOf } from '@tessera/platform/rules/rule.js'
import { toSql } from '@tessera/platform/rules/sql-reading.js'
import { join, name, nothing, param, type Sql, sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { Queryable } from '../database/queryable.js'
import { rowsOf } from './run.js'
import type { WriteContext } from './write-context.js'

/** A record as it stands before a write, and whether the writer's grants cover the deed. */
export interface Present {
  readonly values: Values
  readonly isAllowed: boolean
}

const queryOf = (context: WriteContext, profile: Profile | null) =>
  queryContext(context.model, profile?.conditions ?? unrestricted, profile?.model ?? context.model)

/** Locks and reads records in the order of their ids; those that the writer may not read are absent. */
export async function readPresent(
  client: Queryable,
  object: ObjectModel,
  ids: readonly string[],
  action: ActionName,
  context: WriteContext,
  deleted: 'NO' | 'ONLY' | 'WITH' = 'NO',
): Promise<Map<string, Present>> {
  const query = queryOf(context, context.profile)
  const columns = storedColumns(object)
  const condition = context.profile ? conditionOf(context.profile, action, object.name) : null
  const allowed = condition ? sql`coalesce(${toSql(condition, ruleScope(object, 't', query))}, false)` : sql`true`
  const values = columns.map((stored, index) => sql`${stored.field.class.read(name('t', stored.name))} as ${name(`c${index}`)}`)
  const rows = await rowsOf<Record<string, unknown>>(
    client,
    sql`select ${join(values)}, ${allowed} as allowed from ${from(object, 't')} where t.id = any(${param(ids)}::uuid[]) and ${visible(object, 't', query, deleted)} order by t.id for update of t`,
    context,
  )
  return new Map(
    rows.map(row => [
      String(row.c0),
      {
        values: Object.fromEntries(columns.map((stored, index) => [stored.key, row[`c${index}`] ?? null])),
        isAllowed: row.allowed === true,
      },
    ]),
  )
}

/** The ids of records that a filter chooses, for bulk writes; at most one more than `limit`. */
export async function readIds(
  client: Queryable,
  object: ObjectModel,
  condition: (query: ReturnType<typeof queryOf>) => Sql,
  limit: number,
  context: WriteContext,
): Promise<string[]> {
  const query = queryOf(context, context.profile)
  const rows = await rowsOf<{ id: string }>(
    client,
    sql`select t.id from ${from(object, 't')} where ${condition(query)} order by t.id limit ${limit + 1}`,
    context,
  )
  return rows.map(row => row.id)
}

/** Those of the ids whose records exist for the writer, by object; `member` stands for members. */
export async function readExisting(
  client: Queryable,
  wanted: ReadonlyMap<string, ReadonlySet<string>>,
  context: WriteContext,
): Promise<ReadonlySet<string>> {
  const query = queryOf(context, context.profile)
  const parts = [...wanted]
    .filter(([, ids]) => ids.size > 0)
    .map(([target, ids]) => {
      if (target === '')
        return sql`select '' as o, m.id::text as id from ${workspaceTable('_member')} m where m.id = any(${param([...ids])}::uuid[])`
      const object = context.model.objects[target]
      return object
        ? sql`select ${target}::text as o, t.id::text as id from ${from(object, 't')} where t.id = any(${param([...ids])}::uuid[]) and ${visible(object, 't', query)}`
        : nothing
    })
  if (parts.length === 0) return new Set()
  const rows = await rowsOf<{ o: string; id: string }>(client, join(parts, ' union all '), context)
  return new Set(rows.map(row => `${row.o} ${row.id}`))
}

/** The ids of records named by unique fields: `field key value` to id; several mean none. */
export async function readByKey(
  client: Queryable,
  target: ObjectModel,
  key: FieldModel,
  values: readonly unknown[],
  context: WriteContext,
): Promise<Map<string, string[]>> {
  const query = queryOf(context, context.profile)
  const rows = await rowsOf<{ id: string; k: string }>(
    client,
    sql`select t.id, (${key.class.read(column(key, 't'))})::text as k from ${from(target, 't')} where ${column(key, 't')} = any(${castList(key.class.sqlType, values)}) and ${visible(target, 't', query)}`,
    context,
  )
  const found = new Map<string, string[]>()
  for (const row of rows) found.set(row.k, [...(found.get(row.k) ?? []), row.id])
  return found
}

/** The live records whose unique field has one of the values: value to id. */
export async function readHolders(
  client: Queryable,
  object: ObjectModel,
  field: FieldModel,
  values: readonly unknown[],
  context: WriteContext,
): Promise<Map<string, string>> {
  const rows = await rowsOf<{ id: string; k: string }>(
    client,
    sql`select t.id, (${field.class.read(column(field, 't'))})::text as k from ${from(object, 't')} where ${column(field, 't')} = any(${castList(field.class.sqlType, values)}) and t.deleted_at is null`,
    context,
  )
  return new Map(rows.map(row => [row.k, row.id]))
}

/** The live lines of parents: parent to ids. */
export async function readLines(
  client: Queryable,
  child: ObjectModel,
  field: FieldModel,
  parents: readonly string[],
  context: WriteContext,
): Promise<Map<string, string[]>> {
  const rows = await rowsOf<{ id: string; p: string }>(
    client,
    sql`select t.id, ${column(field, 't')} as p from ${from(child, 't')} where ${column(field, 't')} = any(${param(parents)}::uuid[]) and t.deleted_at is null order by t.id`,
    context,
  )
  const found = new Map<string, string[]>()
  for (const row of rows) found.set(row.p, [...(found.get(row.p) ?? []), row.id])
  return found
}

/**
 * A reader of values along lookups, as far as the rules of an object need them.
 * @param more further paths that are read, such as those of workflows
 */
export async function readRelated(
  client: Queryable,
  object: ObjectModel,
  rows: readonly Values[],
  context: WriteContext,
  more: readonly (readonly string[])[] = [],
): Promise<(values: Values, path: readonly string[]) => unknown> {
  const query = queryOf(context, null)
  const found = new Map<string, unknown>()
  for (const path of [...longPaths(object), ...more]) {
    const [first = '', ...rest] = path
    const field = object.fields[first]
    const target = field?.relation?.to ? context.model.objects[field.relation.to] : undefined
    if (!field || !target) continue
    const ids = [...new Set(rows.map(row => row[field.key]).filter(id => typeof id === 'string'))]
    const end = along(rest, target, 't', query)
    const read =
      ids.length === 0
        ? []
        : await rowsOf<{ id: string; v: unknown }>(
            client,
            sql`select t.id, ${end.field.class.read(end.piece)} as v from ${from(target, 't')} where t.id = any(${param(ids)}::uuid[]) and t.deleted_at is null`,
            context,
          )
    for (const row of read) found.set(`${path.join('.')} ${row.id}`, row.v)
  }
  return (values, path) => {
    const field = object.fields[path[0] ?? '']
    return field ? (found.get(`${path.join('.')} ${String(values[field.key])}`) ?? null) : null
  }
}

/** The paths along lookups that rules and the formulas they may read go. */
const longPaths = (object: ObjectModel): (readonly string[])[] => {
  const rules = [...object.rules.map(rule => rule.must), ...Object.values(object.fields).flatMap(field => (field.rule ? [field.rule] : []))]
  const paths = rules
    .flatMap(rule => pathsOf(rule))
    .map(path => (path[0] === 'record' || path[0] === 'before' ? path.slice(1) : path))
    .filter(path => path.length > 1 && path[0] !== 'user')
  return [...new Map(paths.map(path => [path.join('.'), path])).values()]
}
