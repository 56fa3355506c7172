import { Inject, Injectable } from '@nestjs/common'
import type { GroupKind } from '@tessera/platform/definitions/record-access.js'
import type { Reach, ReachedGroup } from '@tessera/platform/query/reach.js'
import { sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import { Database } from '../database/database.js'
import { rowsIn } from '../database/rows-in.js'

/** A group as it stands in the directory, with its members by id. */
interface Group extends ReachedGroup {
  readonly above: string | null
  readonly members: readonly string[]
  readonly [column: string]: unknown
}

interface Kept {
  readonly groups: readonly Group[]
  /** The groups right below each. */
  readonly below: ReadonlyMap<string, readonly Group[]>
  readonly members: ReadonlyMap<string, readonly string[]>
  readonly until: number
}

/** As long as a caller is believed. */
const trustedFor = 5_000
const trees: ReadonlySet<GroupKind> = new Set<GroupKind>(['position', 'territory'])

/** Who stands where in each workspace, kept for a few seconds: all callers of a workspace share one reading. */
@Injectable()
export class Directory {
  private readonly kept = new Map<string, Kept>()

  constructor(@Inject(Database) private readonly database: Database) {}

  /** After a change of groups: everybody's reach is read again on this node. */
  forget(): void {
    this.kept.clear()
  }

  /** How far a member of a workspace's schema reaches. */
  async reachOf(schema: string, member: string): Promise<Reach> {
    const { groups, below: children, members } = await this.of(schema)
    const own = groups.filter(group => group.members.includes(member))
    const below = new Map(
      own
        .filter(group => trees.has(group.kind))
        .flatMap(group => belowOf(group, children))
        .map(group => [group.id, group]),
    )
    const reached = [...own, ...[...below.values()].filter(group => group.kind === 'territory' && !own.includes(group))]
    const led = [...below.values()].filter(group => group.kind === 'position').flatMap(group => group.members)
    return {
      below: [...new Set(led)].filter(id => id !== member),
      groups: reached.map(({ id, kind, name }) => ({ id, kind, name })),
      members,
    }
  }

  private async of(schema: string): Promise<Kept> {
    const known = this.kept.get(schema)
    if (known && known.until > Date.now()) return known
    const asked = Date.now()
    const groups = await rowsIn<Group>(
      this.database.pool,
      schema,
      sql`select g.id, g.kind, g.name, g.above, array(select m.member from ${workspaceTable('_group_member')} m where m.group_id = g.id order by m.member) as members
        from ${workspaceTable('_group')} g order by g.kind, g.name`,
    )
    const below = new Map<string, Group[]>()
    for (const group of groups) if (group.above !== null) below.set(group.above, [...(below.get(group.above) ?? []), group])
    const members = new Map(groups.map(group => [`${group.kind} ${group.name}`, group.members]))
    const kept: Kept = { groups, below, members, until: asked + trustedFor }
    if (this.kept.size > 1_000) this.kept.clear()
    this.kept.set(schema, kept)
    return kept
  }
}

/** The groups below one in its tree, at any depth; a circle ends where it closes. */
function belowOf(top: Group, children: Kept['below'], seen = new Set([top.id])): Group[] {
  return (children.get(top.id) ?? []).flatMap(group => {
    if (seen.has(group.id)) return []
    seen.add(group.id)
    return [group, ...belowOf(group, children, seen)]
  })
}
