import { type GroupKind, groupKinds } from '@tessera/platform/definitions/record-access.js'
import { type Issue, issue } from '@tessera/platform/errors.js'
import { isId } from '@tessera/platform/fields/id-text.js'
import type { Label } from '@tessera/platform/label.js'
import { param, sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import { newId } from '../database/id.js'
import type { Queryable } from '../database/queryable.js'
import { rowsIn } from '../database/rows-in.js'
import { RequestError } from '../request-error.js'

const groups = workspaceTable('_group')
const members = workspaceTable('_group_member')

/** A position, team, queue or territory with who stands in it. */
export interface GroupRow {
  readonly id: string
  readonly kind: GroupKind
  readonly name: string
  readonly label: Label
  readonly above: string | null
  readonly members: readonly string[]
  readonly [column: string]: unknown
}

/** What a group shall be; its kind and name say which. */
export interface GroupInput {
  readonly kind: string
  readonly name: string
  readonly label: Label
  /** The name of the one above, of positions and territories. */
  readonly above: string | null
  readonly members: readonly string[]
}

/** All groups of a workspace. */
export const listGroups = (client: Queryable, schema: string): Promise<GroupRow[]> =>
  rowsIn<GroupRow>(
    client,
    schema,
    sql`select g.id, g.kind, g.name, g.label, a.name as above, array(select m.member from ${members} m where m.group_id = g.id order by m.member) as members
      from ${groups} g left join ${groups} a on a.id = g.above order by g.kind, g.name`,
  )

/**
 * Makes a group or changes it, with its members.
 * Throws `VALIDATION_FAILED` with all issues: a kind or member that does not exist, a tree that would close to a circle.
 */
export async function putGroup(client: Queryable, schema: string, input: GroupInput): Promise<GroupRow> {
  // two trees that are changed at once could close to a circle together
  await rowsIn(client, schema, sql`lock table ${groups} in share row exclusive mode`)
  const known = await listGroups(client, schema)
  const issues = [...checkGroup(input, known), ...(await checkMembers(client, schema, input.members))]
  if (issues.length > 0) throw new RequestError('VALIDATION_FAILED', issues)
  const above = known.find(({ kind, name }) => kind === input.kind && name === input.above)?.id ?? null
  const [row] = await rowsIn<{ id: string }>(
    client,
    schema,
    sql`insert into ${groups} as g (id, kind, name, label, above, created_at)
      values (${newId()}, ${input.kind}, ${input.name}, ${JSON.stringify(input.label)}::json, ${above}::uuid, now())
      on conflict (kind, name) do update set label = excluded.label, above = excluded.above returning id`,
  )
  const id = String(row?.id)
  await rowsIn(client, schema, sql`delete from ${members} where group_id = ${id}::uuid and member <> all(${param(input.members)}::uuid[])`)
  await rowsIn(
    client,
    schema,
    sql`insert into ${members} (group_id, member) select ${id}::uuid, m from unnest(${param(input.members)}::uuid[]) m on conflict do nothing`,
  )
  return {
    id,
    kind: input.kind as GroupKind,
    name: input.name,
    label: input.label,
    above: input.above,
    members: [...new Set(input.members)],
  }
}

/** Removes a group, with what was shared with it; gives whether there was one. Those below it stand at the top then. */
export async function removeGroup(client: Queryable, schema: string, kind: string, name: string): Promise<boolean> {
  const gone = await rowsIn<{ id: string }>(client, schema, sql`delete from ${groups} where kind = ${kind} and name = ${name} returning id`)
  for (const { id } of gone) {
    await rowsIn(client, schema, sql`update ${groups} set above = null where above = ${id}::uuid`)
    await rowsIn(client, schema, sql`delete from ${workspaceTable('_share')} where grantee = ${id}::uuid`)
  }
  return gone.length > 0
}

function checkGroup({ kind, name, above }: GroupInput, known: readonly GroupRow[]): Issue[] {
  const issues: Issue[] = []
  if (!groupKinds.some(one => one === kind)) issues.push(issue('SETTING_INVALID', 'kind', { value: kind, expected: groupKinds.join(', ') }))
  if (!/^[a-z][a-zA-Z0-9]{0,39}$/.test(name)) issues.push(issue('NAME_INVALID', 'name', { name, proposal: 'east' }))
  if (above === null) return issues
  const isTree = kind === 'position' || kind === 'territory'
  const own = known.filter(group => group.kind === kind)
  if (!isTree || !own.some(group => group.name === above)) issues.push(issue('GROUP_UNKNOWN', 'above', { name: above }))
  else if (climbsTo(name, above, own)) issues.push(issue('GROUP_CIRCLE', 'above', { name: above }))
  return issues
}

/** Whether the way up from a group leads to another. */
function climbsTo(wanted: string, from: string, known: readonly GroupRow[]): boolean {
  const seen = new Set<string>()
  for (let at: string | null = from; at !== null && !seen.has(at); at = known.find(({ name }) => name === at)?.above ?? null) {
    if (at === wanted) return true
    seen.add(at)
  }
  return false
}

async function checkMembers(client: Queryable, schema: string, ids: readonly string[]): Promise<Issue[]> {
  const rows = await rowsIn<{ id: string }>(
    client,
    schema,
    sql`select id::text as id from ${workspaceTable('_member')} where id = any(${param(ids.filter(isId))}::uuid[])`,
  )
  const known = new Set(rows.map(({ id }) => id))
  return ids.flatMap((id, at) => (known.has(id) ? [] : [issue('MEMBER_UNKNOWN', `members/${at}`)]))
}
