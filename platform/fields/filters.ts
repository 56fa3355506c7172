import { param, type Sql, sql } from '../sql/sql.js'

/** What an operator of a filter takes: one value, a list, two values, a flag, a span of days, or a place with a distance. */
export type FilterInput = 'one' | 'many' | 'pair' | 'flag' | 'span' | 'near'

/** The parts of a filter as SQL; `days` of a span are given by whoever knows today and the zone. */
export interface FilterParts {
  readonly column: Sql
  /** The parameter(s), already cast; of `pair` and `span` both bounds, of `near` latitude, longitude and metres. */
  readonly values: readonly Sql[]
  /** The flag, known before the statement is made. */
  readonly flag: boolean
  /** Whether the value is null (for `eq` and `ne`). */
  readonly isNull: boolean
}

interface Filter {
  readonly input: FilterInput
  readonly sql: (parts: FilterParts) => Sql
}

const first = (parts: FilterParts): Sql => parts.values[0] ?? param(null)
const second = (parts: FilterParts): Sql => parts.values[1] ?? param(null)
const like =
  (pattern: (text: Sql) => Sql, operator = sql`like`) =>
  (parts: FilterParts): Sql =>
    sql`${parts.column} ${operator} ${pattern(escaped(first(parts)))}`
const escaped = (text: Sql): Sql => sql`replace(replace(replace(${text}, '\\', '\\\\'), '%', '\\%'), '_', '\\_')`

/** Metres between a point kept as JSON and another, on a sphere of the mean radius of the earth (haversine). */
function distance(point: Sql, latitude: Sql, longitude: Sql): Sql {
  const own = (part: Sql) => sql`(${point} ->> ${part})::float8`
  const half = (from: Sql, to: Sql) => sql`power(sind((${from} - ${to}) / 2), 2)`
  const lat = own(sql`'latitude'`)
  return sql`12742017.6 * asin(sqrt(least(1.0, ${half(lat, latitude)} + cosd(${lat}) * cosd(${latitude}) * ${half(own(sql`'longitude'`), longitude)})))`
}

/** The conditions that lists can be filtered by. `ne` and `notIn` keep empty values (design: null is a value). */
export const filters = {
  eq: { input: 'one', sql: parts => (parts.isNull ? sql`${parts.column} is null` : sql`${parts.column} = ${first(parts)}`) },
  ne: {
    input: 'one',
    sql: parts => (parts.isNull ? sql`${parts.column} is not null` : sql`${parts.column} is distinct from ${first(parts)}`),
  },
  in: { input: 'many', sql: parts => sql`${parts.column} = any(${first(parts)})` },
  notIn: { input: 'many', sql: parts => sql`not coalesce(${parts.column} = any(${first(parts)}), false)` },
  gt: { input: 'one', sql: parts => sql`${parts.column} > ${first(parts)}` },
  gte: { input: 'one', sql: parts => sql`${parts.column} >= ${first(parts)}` },
  lt: { input: 'one', sql: parts => sql`${parts.column} < ${first(parts)}` },
  lte: { input: 'one', sql: parts => sql`${parts.column} <= ${first(parts)}` },
  between: { input: 'pair', sql: parts => sql`${parts.column} between ${first(parts)} and ${second(parts)}` },
  isNull: { input: 'flag', sql: parts => (parts.flag ? sql`${parts.column} is null` : sql`${parts.column} is not null`) },
  contains: { input: 'one', sql: like(text => sql`('%' || ${text} || '%')`) },
  iContains: { input: 'one', sql: like(text => sql`('%' || ${text} || '%')`, sql`ilike`) },
  startsWith: { input: 'one', sql: like(text => sql`(${text} || '%')`) },
  endsWith: { input: 'one', sql: like(text => sql`('%' || ${text})`) },
  hasAny: { input: 'many', sql: parts => sql`${parts.column} && ${first(parts)}` },
  hasAll: { input: 'many', sql: parts => sql`${parts.column} @> ${first(parts)}` },
  hasNone: { input: 'many', sql: parts => sql`not coalesce(${parts.column} && ${first(parts)}, false)` },
  within: { input: 'span', sql: parts => sql`${parts.column} >= ${first(parts)} and ${parts.column} < ${second(parts)}` },
  near: { input: 'near', sql: parts => sql`${distance(parts.column, first(parts), second(parts))} <= ${parts.values[2] ?? param(null)}` },
} as const satisfies Readonly<Record<string, Filter>>

export type FilterOperator = keyof typeof filters

/** A filter by its operator. */
export const filterOf = (operator: FilterOperator): Filter => filters[operator]
