import { ownColumn } from '../model/index-condition.js'
import type { FieldModel, ObjectModel } from '../model/model.js'
import { fnv, physicalName, snake } from '../model/naming.js'
import { type IndexSet, indexSetsOf, type RangeSet, rangesOf, type UniqueSet, uniqueSetsOf } from '../model/sets.js'
import { toSql } from '../rules/sql-reading.js'
import { join, literal, mapValues, name, nothing, render, type Sql, sql } from '../sql/sql.js'

/** An index over the columns of several fields. */
interface SetIndex {
  readonly name: string
  readonly unique: boolean
  readonly on: Sql
}

const columnsOf = (fields: readonly FieldModel[]): string[] => fields.map(field => field.columns[0]?.name ?? '')

/** The name of a unique index over several columns: other columns make another index. Stable, since conflicts are told by it. */
export const uniqueSetName = (object: ObjectModel, { name: set, fields }: UniqueSet): string =>
  physicalName(`${object.table}_${snake(set)}_${fnv(columnsOf(fields).join())}_set`, 60)

const rangeName = (object: ObjectModel, { name: range, per, from, to }: RangeSet): string =>
  physicalName(`${object.table}_${snake(range)}_${fnv(columnsOf([...per, from, to]).join())}_range`, 60)

const indexName = (object: ObjectModel, index: IndexSet): string => {
  const { name: set, fields, where } = index
  const told = fields.map(({ field, direction }) => `${field.columns[0]?.name ?? ''} ${direction ?? ''}`)
  if (where) told.push(render(conditionOf(object, index)).text)
  return physicalName(`${object.table}_${snake(set)}_${fnv(told.join())}_index`, 50)
}

/** What an index goes over: the values themselves where records are found by them, the order of lists where they are ordered. */
const indexOver = ({ fields }: IndexSet): Sql =>
  join([
    ...fields.map(({ field, direction }) => {
      const column = name(field.columns[0]?.name ?? '')
      if (direction === null) return column
      return direction === 'desc' ? sql`${field.class.order(column)} desc nulls last` : field.class.order(column)
    }),
    ...(fields.some(({ field }) => field.name === 'id') ? [] : [name('id')]),
  ])

/** Which records an index holds, written out: what makes tables takes no parameters. */
function conditionOf(object: ObjectModel, { where }: IndexSet): Sql {
  if (!where) return sql`true`
  const read = (path: readonly string[]) => name(ownColumn(path, object)?.columns[0]?.name ?? '')
  return mapValues(toSql(where, { read }), written)
}

/** A constant of a condition; strings and lists of them, since numbers and days are texts until they are cast. */
const written = (value: unknown): Sql => {
  if (Array.isArray(value)) return sql`array[${join(value.map(written))}]`
  return value === null ? sql`null` : typeof value === 'boolean' ? (value ? sql`true` : sql`false`) : literal(String(value))
}

/**
 * The indexes of fields that are unique together, those by which ranges find what they overlap, and those that are asked for.
 * Ranges get no exclusion constraint: it could only be added under a lock that stops everyone, and beside other columns it needs an extension.
 */
export function setIndexes(object: ObjectModel): SetIndex[] {
  const live = sql`where ${name('deleted_at')} is null`
  const over = (fields: readonly FieldModel[]) => join(columnsOf(fields).map(column => name(column)))
  return [
    ...uniqueSetsOf(object).map(set => ({ name: uniqueSetName(object, set), unique: true, on: sql`(${over(set.fields)}) ${live}` })),
    ...rangesOf(object).map(range => ({
      name: rangeName(object, range),
      unique: false,
      on: sql`(${over([...range.per, range.from, range.to])}) ${live}`,
    })),
    ...indexSetsOf(object).map(set => ({
      name: indexName(object, set),
      unique: false,
      on: sql`(${indexOver(set)}) ${live}${set.where ? sql` and (${conditionOf(object, set)})` : nothing}`,
    })),
  ]
}
