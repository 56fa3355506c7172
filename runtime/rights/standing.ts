import type { GroupKind } from '@tessera/platform/definitions/record-access.js'
import { type Locale, labelOf } from '@tessera/platform/label.js'
import { param, sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { Queryable } from '../database/queryable.js'
import { rowsOf } from '../records/run.js'
import type { WriteContext } from '../records/write-context.js'
import { type GroupRow, listGroups } from './groups.js'
import { groupText } from './reason-words.js'

/** A share of a record that reaches somebody, by which member and with whom: their names, or that of the group. */
export interface ReachingShare {
  readonly level: 'read' | 'edit'
  readonly until: Date | null
  readonly by: string | null
  readonly with: string
}

/** Where members stand, as far as it is told why somebody reaches a record. */
export interface Standing {
  /** The group of a kind and name, in words. */
  readonly groupNamed: (kind: GroupKind, name: string) => string
  /** A position of one member that is below a position of another. */
  readonly below: (low: string, high: string) => { readonly low: string; readonly high: string } | null
  /** The group above one, at any height, in which a member stands, in words; null where they stand in it itself, or in none. */
  readonly above: (kind: GroupKind, name: string, member: string) => string | null
  readonly nameOf: (member: string) => string | null
}

/**
 * Reads where members stand.
 * @param members whose names are needed
 */
export async function standingIn(client: Queryable, members: readonly string[], context: WriteContext, locale: Locale): Promise<Standing> {
  const groups = await listGroups(client, context.schema)
  const names = await memberNames(client, members, context)
  const at = (kind: GroupKind, name: string) => groups.find(group => group.kind === kind && group.name === name)
  const labelIn = ({ label, name }: GroupRow) => labelOf(label, locale) || name
  const highOf = (group: GroupRow, member: string) => aboveOf(group, groups).find(({ members: in_ }) => in_.includes(member))
  return {
    groupNamed: (kind, name) => groupText(kind, at(kind, name)?.label ?? name, locale),
    below: (low, high) => {
      for (const own of groups.filter(({ kind, members: in_ }) => kind === 'position' && in_.includes(low))) {
        const found = highOf(own, high)
        if (found) return { low: labelIn(own), high: labelIn(found) }
      }
      return null
    },
    above: (kind, name, member) => {
      const own = at(kind, name)
      if (!own || own.members.includes(member)) return null
      const found = highOf(own, member)
      return found ? groupText(kind, found.label, locale) : null
    },
    nameOf: member => names.get(member) ?? null,
  }
}

/** The groups above one, the next first; a circle ends where it closes. */
function aboveOf(group: GroupRow, groups: readonly GroupRow[]): GroupRow[] {
  const found: GroupRow[] = []
  for (let next = upFrom(group, groups); next && next !== group && !found.includes(next); next = upFrom(next, groups)) found.push(next)
  return found
}

const upFrom = ({ kind, above }: GroupRow, groups: readonly GroupRow[]): GroupRow | undefined =>
  groups.find(group => group.kind === kind && group.name === above)

async function memberNames(client: Queryable, ids: readonly string[], context: WriteContext): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await rowsOf<{ id: string; name: string }>(
    client,
    sql`select id, name from ${workspaceTable('_member')} where id = any(${param(ids)}::uuid[])`,
    context,
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** The shares of a record that reach somebody now: with themselves, and with the groups that they reach. */
export async function reachingShares(
  client: Queryable,
  table: string,
  record: string,
  { moment, reach, ...context }: WriteContext,
  locale: Locale,
): Promise<ReachingShare[]> {
  const grantees = [...(moment.member ? [moment.member.id] : []), ...(reach?.groups ?? []).map(({ id }) => id)]
  const rows = await rowsOf<ShareRow>(
    client,
    sql`select s.level, s.expires_at as until, s.grantee_kind as kind, b.name as by, m.name as member, g.label as label
      from ${workspaceTable('_share')} s
      left join ${workspaceTable('_member')} b on b.id = s.created_by
      left join ${workspaceTable('_member')} m on m.id = s.grantee
      left join ${workspaceTable('_group')} g on g.id = s.grantee
      where s.object = ${table} and s.record = ${record}::uuid and s.grantee = any(${param(grantees)}::uuid[])
        and (s.expires_at is null or s.expires_at > now())
      order by s.created_at, s.id`,
    { ...context, moment },
  )
  return rows.map(({ level, until, kind, by, member, label }) => ({
    level,
    until,
    by,
    with: kind === 'member' ? (member ?? '') : groupText(kind, label ?? '', locale),
  }))
}

interface ShareRow {
  readonly level: 'read' | 'edit'
  readonly until: Date | null
  readonly kind: GroupKind | 'member'
  readonly by: string | null
  readonly member: string | null
  readonly label: GroupRow['label'] | null
  readonly [column: string]: unknown
}
