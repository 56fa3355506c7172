import { type Sql, sql } from '../sql/sql.js'

/** A use of a value that names it several times and yet writes and computes it once (`offset 0` keeps the planner from copying it). */
export const once = (value: Sql, use: (value: Sql) => Sql): Sql => sql`(select ${use(sql`o.v`)} from (select ${value} as v offset 0) o)`

/** The same for two values. */
export const onceBoth = (left: Sql, right: Sql, use: (left: Sql, right: Sql) => Sql): Sql =>
  sql`(select ${use(sql`o.a`, sql`o.b`)} from (select ${left} as a, ${right} as b offset 0) o)`
