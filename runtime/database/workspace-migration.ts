import type { Sql } from '@tessera/platform/sql/sql.js'

/** A step of the fixed tables of every workspace; the same statements run once in each workspace's schema. */
export interface WorkspaceMigration {
  readonly name: string
  readonly statements: () => readonly Sql[]
}
