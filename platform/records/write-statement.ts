import type { Sql } from '../sql/sql.js'

/** One statement of a write; `expects` is how many rows it must touch. */
export interface WriteStatement {
  readonly name: string
  readonly sql: Sql
  readonly expects: number | null
}
