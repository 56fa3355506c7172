import { sql, workspaceTable } from '@tessera/platform/sql/sql.js'

const assignments = sql`from ${workspaceTable('_assignment')} a where a.member = m.id`

/** Columns of a member `m`: the roles that they hold for a time and now, and in how many milliseconds that changes. By the clock of the database. */
export const heldRoles = sql`m.roles,
  array(select a.role ${assignments} and (a.starts_at is null or a.starts_at <= now()) and (a.ends_at is null or a.ends_at > now())) as assigned,
  (select (extract(epoch from min(case when a.starts_at > now() then a.starts_at else a.ends_at end) - now()) * 1000)::float8 ${assignments} and (a.starts_at > now() or a.ends_at > now())) as changes_in`

/** What `heldRoles` gives. */
export interface HeldRoles {
  readonly roles: readonly string[]
  readonly assigned: readonly string[]
  readonly changes_in: number | null
}

/** The names of all roles that a member holds now, sorted, so that equal sets are equal texts. */
export const rolesOf = ({ roles, assigned }: HeldRoles): string[] => [...new Set([...roles, ...assigned])].sort()
