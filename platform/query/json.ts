import { join, literal, name, nothing, type Sql, sql } from '../sql/sql.js'

/** The longest name of a column in PostgreSQL; a longer key of an answer would be cut. */
const longest = 63

/**
 * An object of JSON, keys in order, as one subquery.
 * @param source what stands behind the values, beginning with `from`; nothing for a row of the query around it
 */
export function json(values: readonly { readonly key: string; readonly value: Sql }[], source: Sql = nothing): Sql {
  if (values.some(({ key }) => key.length > longest))
    return sql`(select json_build_object(${join(values.flatMap(({ key, value }) => [literal(key), value]))}) ${source})`
  return sql`(select row_to_json(r) from (select ${join(values.map(({ key, value }) => sql`${value} as ${name(key)}`))} ${source}) r)`
}
