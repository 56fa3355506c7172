import { type Issue, issue } from '@tessera/platform/errors.js'
import { isId } from '@tessera/platform/fields/id-text.js'
import type { Model } from '@tessera/platform/model/model.js'
import { lookup } from '@tessera/platform/registry.js'
import { sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import { newId } from '../database/id.js'
import type { Queryable } from '../database/queryable.js'
import { rowsIn } from '../database/rows-in.js'
import { RequestError } from '../request-error.js'

const assignments = workspaceTable('_assignment')

/** A role that a member holds for a time. */
export interface AssignmentRow {
  readonly id: string
  readonly member: string
  readonly role: string
  readonly from: Date | null
  readonly until: Date | null
  readonly active: boolean
  readonly [column: string]: unknown
}

/** What is given to whom, and when. */
export interface AssignmentInput {
  readonly member: string
  readonly role: string
  readonly from: Date | null
  readonly until: Date | null
}

const columns = sql`id, member, role, starts_at as "from", ends_at as until,
  (starts_at is null or starts_at <= now()) and (ends_at is null or ends_at > now()) as active`

/** The roles that members hold for a time, of one member when they are named; those that ended too. */
export const listAssignments = (client: Queryable, schema: string, member: string | null): Promise<AssignmentRow[]> =>
  rowsIn<AssignmentRow>(
    client,
    schema,
    sql`select ${columns} from ${assignments} where ${member === null}::boolean or member = ${member !== null && isId(member) ? member : null}::uuid order by created_at, id`,
  )

/** Gives a member a role from a time until another, by the clock of the database. Throws `VALIDATION_FAILED` with all issues. */
export async function assignRole(
  client: Queryable,
  schema: string,
  { member, role, from, until }: AssignmentInput,
  by: string,
  model: Model,
): Promise<AssignmentRow> {
  const issues: Issue[] = []
  if (!lookup(model.roles, role)) issues.push(issue('ELEMENT_UNKNOWN', 'role', { kind: 'role', name: role, suggestion: '' }))
  const known = isId(member) ? sql`select 1 as there from ${workspaceTable('_member')} where id = ${member}::uuid and active` : null
  const found = known ? await rowsIn(client, schema, known) : []
  if (found.length === 0) issues.push(issue('MEMBER_UNKNOWN', 'member'))
  if (from && until && from >= until) issues.push(issue('TIMES_CROSSED', 'until'))
  if (issues.length > 0) throw new RequestError('VALIDATION_FAILED', issues)
  const [row] = await rowsIn<AssignmentRow>(
    client,
    schema,
    sql`insert into ${assignments} (id, member, role, starts_at, ends_at, given_by, created_at)
      values (${newId()}, ${member}, ${role}, ${from}, ${until}, ${by}, now()) returning ${columns}`,
  )
  if (!row) throw new Error('An assignment was not kept')
  return row
}

/** Ends an assignment now; gives whether there was one that had not ended. */
export async function endAssignment(client: Queryable, schema: string, id: string): Promise<boolean> {
  if (!isId(id)) return false
  const rows = await rowsIn(
    client,
    schema,
    sql`update ${assignments} set ends_at = now() where id = ${id}::uuid and (ends_at is null or ends_at > now()) returning id`,
  )
  return rows.length > 0
}
