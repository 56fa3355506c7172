import type { FieldModel, ObjectModel } from '../model/model.js'
import { uniqueSetsOf } from '../model/sets.js'
import { onceFor } from '../once-for.js'
import { join, name, param, type Sql, sql, workspaceTable } from '../sql/sql.js'
import type { Change, Circumstance } from './change.js'
import type { Values } from './values.js'

/**
 * What has to be written before changes so that values which must be unique can go from one record to another in one write: PostgreSQL
 * looks at each row by itself, in no order that could be relied on. Records that give such values away let go of them first; those that are
 * deleted are deleted first. Nothing is needed, and nothing given, where no record takes what another one has.
 */
export function freeingStatements(changes: readonly Change[], { now }: Pick<Circumstance, 'now'>): Sql[] {
  return [...new Set(changes.map(({ object }) => object))].flatMap(object => {
    const own = changes.filter(change => change.object === object)
    if (own.length < 2) return []
    const emptied = new Map<string, Set<string>>()
    const deleted = new Set<string>()
    for (const fields of uniquesOf(object)) {
      for (const holder of givers(own, fields)) {
        if (holder.deed === 'deleted') deleted.add(holder.id)
        else {
          const columns = fields.filter(({ key }) => holder.changed.includes(key)).flatMap(({ columns: [column] }) => column?.name ?? [])
          const set = columns.sort().join(' ')
          emptied.set(set, (emptied.get(set) ?? new Set()).add(holder.id))
        }
      }
    }
    const table = workspaceTable(object.table)
    return [
      ...(deleted.size > 0
        ? [sql`update ${table} set "deleted_at" = ${now}::timestamptz where "id" = any(${param([...deleted])}::uuid[])`]
        : []),
      ...[...emptied].map(
        ([columns, ids]) =>
          sql`update ${table} set ${join(columns.split(' ').map(column => sql`${name(column)} = null`))} where "id" = any(${param([...ids])}::uuid[])`,
      ),
    ]
  })
}

/** The fields of an object that no two live records have with equal values, each with those that it is unique together with. */
const uniquesOf: (object: ObjectModel) => readonly (readonly FieldModel[])[] = onceFor(object => {
  const single = Object.values(object.fields).filter(field => field.columns.length > 0 && field.definition.unique)
  const pair = object.junction ? [object.junction.near, object.junction.far].flatMap(end => object.fields[end] ?? []) : []
  return [...single.map(field => [field]), ...uniqueSetsOf(object).map(({ fields }) => fields), ...(pair.length === 2 ? [pair] : [])]
})

/** The changes of records whose present values another record gets. */
function givers(changes: readonly Change[], fields: readonly FieldModel[]): readonly Change[] {
  const keyOf = (values: Values | null): string | null =>
    values === null || fields.some(({ key }) => (values[key] ?? null) === null)
      ? null
      : JSON.stringify(fields.map(({ key }) => values[key]))
  const isTouched = ({ changed }: Change) => fields.some(({ key }) => changed.includes(key))
  const had = new Map<string, Change>()
  for (const change of changes) {
    const key = change.deed === 'deleted' || (change.deed === 'updated' && isTouched(change)) ? keyOf(change.before) : null
    if (key !== null) had.set(key, change)
  }
  if (had.size === 0) return []
  return changes.flatMap(change => {
    const key = change.deed === 'deleted' || (change.deed === 'updated' && !isTouched(change)) ? null : keyOf(change.after)
    const holder = key === null ? undefined : had.get(key)
    return holder && holder.id !== change.id ? [holder] : []
  })
}
