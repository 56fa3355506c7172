import { useQuery } from '@tanstack/react-query'
import type { Label } from '@tessera/platform/label.js'
import { ask } from './client.js'

/** A position, team, queue or territory with who stands in it. */
export interface Group {
  id: string
  kind: string
  name: string
  label: Label
  above: string | null
  members: readonly string[]
}

/** The groups of the workspace; every member may ask, since records are shared with them. */
export const useGroups = () =>
  useQuery({
    queryKey: ['groups'],
    queryFn: async ({ signal }) =>
      (await ask<{ groups: Group[] }>('/platform', 'query Groups { groups { id kind name label above members } }', {}, signal)).groups,
  })

/** Whether groups of a kind stand below each other. */
export const isTree = (kind: string): boolean => kind === 'position' || kind === 'territory'

/** A group and how many stand above it. */
export interface Placed {
  readonly group: Group
  readonly depth: number
}

/** The groups of a kind, each behind the one above it; what would be a circle stands at the top. */
export function placed(groups: readonly Group[], kind: string): Placed[] {
  const own = groups.filter(group => group.kind === kind)
  const seen = new Set<string>()
  const below = (above: string | null, depth: number): Placed[] =>
    own
      .filter(group => group.above === above && !seen.has(group.name))
      .flatMap(group => {
        seen.add(group.name)
        return [{ group, depth }, ...below(group.name, depth + 1)]
      })
  const rooted = below(null, 0)
  return [...rooted, ...own.filter(({ name }) => !seen.has(name)).map(group => ({ group, depth: 0 }))]
}

/** The names of a group and of all below it, which cannot stand above it. */
export function belowNames(groups: readonly Group[], { kind, name }: Pick<Group, 'kind' | 'name'>): ReadonlySet<string> {
  const names = new Set([name])
  for (let size = 0; size < names.size; ) {
    size = names.size
    for (const group of groups) if (group.kind === kind && group.above !== null && names.has(group.above)) names.add(group.name)
  }
  return names
}

/** A role that a member holds for a time. */
export interface Assignment {
  id: string
  member: string
  role: string
  from: string | null
  until: string | null
  active: boolean
}

/** The roles that members hold for a time, for admins. */
export const useAssignments = () =>
  useQuery({
    queryKey: ['assignments'],
    queryFn: async ({ signal }) =>
      (
        await ask<{ assignments: Assignment[] }>(
          '/platform',
          'query Assignments { assignments { id member role from until active } }',
          {},
          signal,
        )
      ).assignments,
  })
