import type { FieldModel, ObjectModel } from '../model/model.js'
import { fnv } from '../model/naming.js'
import { fieldNamed } from '../model/scope.js'
import { all, any, join, literal, name, type Sql, sql } from '../sql/sql.js'
import { castOne } from './filter.js'
import type { Bound, CursorPlan, Direction, OrderKey } from './plan.js'
import { column, from, objectOf, type QueryContext, shownKey, value, visible } from './source.js'

/** One key of an order over rows of an alias, ready for SQL. */
export interface SortKey {
  /** What is ordered by, collated. */
  readonly sql: Sql
  /** The key as the cursor keeps it. */
  readonly text: Sql
  readonly type: string
  readonly isNullable: boolean
  readonly descending: boolean
  readonly nullsFirst: boolean
  readonly collate: (piece: Sql) => Sql
}

/**
 * The keys of an order; `id` always ends it, so that it is total.
 * @param position where a row stands in the order of its links, where `linkOrder` asks for that
 */
export function sortKeys(
  order: readonly OrderKey[],
  object: ObjectModel,
  alias: string,
  context: QueryContext,
  position: Sql | null = null,
): SortKey[] {
  const keys = order.map(key => (isLinkOrder(key) && position ? positionKey(position) : sortKey(key, object, alias, context)))
  return order.some(key => key.path.length === 1 && key.path[0] === 'id')
    ? keys
    : [...keys, sortKey({ path: ['id'], direction: 'ASC' }, object, alias, context)]
}

/** The order of links: no field of the listed object is called so. */
export const linkOrder: OrderKey = { path: ['$position'], direction: 'ASC' }
const isLinkOrder = ({ path }: OrderKey): boolean => path[0] === linkOrder.path[0]
const positionKey = (position: Sql): SortKey => ({
  sql: position,
  text: sql`(${position})::text`,
  type: 'integer',
  isNullable: true,
  descending: false,
  nullsFirst: false,
  collate: piece => piece,
})

/** A text that is the same for equal orders of an object; a cursor of another order is told by it. */
export const orderHash = (object: string, order: readonly OrderKey[]): string =>
  fnv(`${object}|${order.map(key => `${key.path.join('.')} ${key.direction}`).join(',')}`)

function sortKey(key: OrderKey, object: ObjectModel, alias: string, context: QueryContext): SortKey {
  const { field, piece } = along(key.path, object, alias, context)
  return {
    sql: field.class.order(piece),
    text: sql`(${field.class.read(piece)})::text`,
    type: field.class.sqlType,
    isNullable: !['id', 'version', 'createdAt', 'updatedAt'].includes(key.path.join('.')),
    descending: isDescending(key.direction),
    nullsFirst: key.direction.endsWith('NULLS_FIRST'),
    collate: field.class.order,
  }
}

/** The field at the end of a path along lookups and its value for rows of an alias; empty behind a record that the caller may not see. */
export function along(
  path: readonly string[],
  object: ObjectModel,
  alias: string,
  context: QueryContext,
): { readonly field: FieldModel; readonly piece: Sql } {
  const [first = '', ...rest] = path
  const field = fieldNamed(object, first)
  if (!field) throw new Error(`No field ${first} in ${object.name}`)
  if (rest.length === 0) return { field, piece: field.relation ? shownKey(field, alias, context) : value(field, alias, context) }
  const target = objectOf(context, field.relation?.to ?? '')
  const next = context.alias()
  const inner = along(rest, target, next, context)
  return {
    field: inner.field,
    piece: sql`(select ${inner.piece} from ${from(target, next)} where ${name(next, 'id')} = ${column(field, alias)} and ${visible(target, next, context)})`,
  }
}

const isDescending = (direction: Direction): boolean => direction.startsWith('DESC')

/** The `order by` list; `reversed` walks from the other end. Empty values come last unless told otherwise, whichever the direction. */
export const orderSql = (keys: readonly SortKey[], reversed: boolean): Sql =>
  join(
    keys.map(key => {
      const descending = key.descending !== reversed
      if (!key.isNullable) return descending ? sql`${key.sql} desc` : key.sql
      const nullsFirst = key.nullsFirst !== reversed
      return sql`${key.sql} ${descending ? sql`desc` : sql`asc`} ${nullsFirst ? sql`nulls first` : sql`nulls last`}`
    }),
  )

/** The text of a row's place: order hash and keys, in base64url. */
export const cursorSql = (keys: readonly SortKey[], hash: string): Sql =>
  sql`translate(encode(convert_to(json_build_array(${literal(hash)}, ${join(keys.map(key => key.text))})::text, 'UTF8'), 'base64'), E'+/=\\n', '-_')`

/** The condition that a row stands behind a place (before it when `reversed`), key by key. */
export function beyond(keys: readonly SortKey[], cursor: CursorPlan, reversed: boolean): Sql {
  const alternatives = keys.flatMap((key, index) => {
    const equal = keys.slice(0, index).map((before, place) => sameAs(before, cursor.keys[place]))
    const further = furtherThan(key, cursor.keys[index], reversed)
    return further ? [all([...equal, further])] : []
  })
  const wide = wideBound(keys[0], cursor.keys[0], reversed)
  return all([...(wide ? [wide] : []), any(alternatives)])
}

const bound = (key: SortKey, place: Bound | undefined): Sql => key.collate(castOne(key.type, place?.value ?? null))

const sameAs = (key: SortKey, place: Bound | undefined): Sql =>
  place?.isNull !== false ? sql`${key.sql} is null` : sql`${key.sql} = ${bound(key, place)}`

function furtherThan(key: SortKey, place: Bound | undefined, reversed: boolean): Sql | null {
  const nullsFirst = key.nullsFirst !== reversed
  if (place?.isNull !== false) return nullsFirst ? sql`${key.sql} is not null` : null
  const further = key.descending !== reversed ? sql`${key.sql} < ${bound(key, place)}` : sql`${key.sql} > ${bound(key, place)}`
  return key.isNullable && !nullsFirst ? any([further, sql`${key.sql} is null`]) : further
}

/** A plain bound on the first key, which an index can start from; only where no empty value can follow. */
function wideBound(key: SortKey | undefined, place: Bound | undefined, reversed: boolean): Sql | null {
  if (!key || place?.isNull !== false || (key.isNullable && key.nullsFirst === reversed)) return null
  return key.descending !== reversed ? sql`${key.sql} <= ${bound(key, place)}` : sql`${key.sql} >= ${bound(key, place)}`
}
