import { nearest } from '@tessera/platform/errors.js'
import { column, from, queryContext, visible } from '@tessera/platform/query/source.js'
import type { CellLink, CellProblem } from '@tessera/platform/records/import-row.js'
import { matchesNone, matchesSeveral } from '@tessera/platform/records/import-row.js'
import { param, sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { Queryable } from '../database/queryable.js'
import { readByKey } from '../records/gather.js'
import { rowsOf } from '../records/run.js'
import type { WriteContext } from '../records/write-context.js'

/** What a cell that names a record came to. */
export type Resolved = { readonly id: string } | { readonly problem: CellProblem }

/** So many names are compared with a misspelt one, and so many misspelt ones get a proposal. */
const mostNames = 5_000
const mostProposals = 300

/** Finds the records that cells name, for many cells at once; remembers names and proposals from batch to batch. */
export class Links {
  private readonly names = new Map<string, Promise<readonly string[]>>()
  private readonly proposals = new Map<string, string | null>()

  /** The record of each link, or why there is none that the importing member may see. */
  async resolve(client: Queryable, links: readonly CellLink[], context: WriteContext): Promise<ReadonlyMap<CellLink, Resolved>> {
    const resolved = new Map<CellLink, Resolved>()
    for (const group of groupsOf(links)) {
      const found = await this.read(client, group, context)
      for (const link of group) {
        const ids = found.get(wanted(link)) ?? []
        const [id] = ids
        if (ids.length > 1) resolved.set(link, { problem: matchesSeveral(link) })
        else if (id !== undefined) resolved.set(link, { id })
        else resolved.set(link, { problem: matchesNone(link, await this.proposalFor(client, link, context)) })
      }
    }
    return resolved
  }

  private async read(client: Queryable, group: readonly CellLink[], context: WriteContext): Promise<Map<string, string[]>> {
    const [{ key } = { key: undefined }] = group
    const values = [...new Set(group.map(wanted))]
    if (key?.of === 'member') return readMembers(client, key.by, values, context)
    const target = context.model.objects[key?.target.name ?? '']
    return key && target ? readByKey(client, target, key.field, values, context) : new Map()
  }

  private async proposalFor(client: Queryable, link: CellLink, context: WriteContext): Promise<string | null> {
    const place = placeOf(link)
    const key = `${place} ${link.value}`
    const known = this.proposals.get(key)
    if (known !== undefined) return known
    if (this.proposals.size >= mostProposals) return null
    const proposal = nearest(link.value, await this.namesOf(client, link, context))
    this.proposals.set(key, proposal)
    return proposal
  }

  private async namesOf(client: Queryable, { key }: CellLink, context: WriteContext): Promise<readonly string[]> {
    const place = key.of === 'member' ? `member ${key.by}` : `${key.target.name} ${key.field.name}`
    const known = this.names.get(place)
    if (known) return known
    const read = readNames(client, key, context)
    this.names.set(place, read)
    return read
  }
}

const placeOf = ({ column: fed, key }: CellLink): string =>
  fed.field.targets && key.of === 'record' ? `${fed.field.name} ${key.target.name}` : fed.field.name

/** E-mail addresses are one whatever their capitals. */
const wanted = ({ key, value }: CellLink): string => (key.of === 'member' && key.by === 'email' ? value.toLowerCase() : value)

function groupsOf(links: readonly CellLink[]): readonly (readonly CellLink[])[] {
  const groups = new Map<string, CellLink[]>()
  for (const link of links) {
    const group = groups.get(placeOf(link))
    if (group) group.push(link)
    else groups.set(placeOf(link), [link])
  }
  return [...groups.values()]
}

const memberName = (by: 'name' | 'email') => (by === 'name' ? sql`m.name` : sql`lower(m.email)`)

async function readMembers(
  client: Queryable,
  by: 'name' | 'email',
  values: readonly string[],
  context: WriteContext,
): Promise<Map<string, string[]>> {
  const rows = await rowsOf<{ id: string; k: string }>(
    client,
    sql`select m.id, ${memberName(by)} as k from ${workspaceTable('_member')} m where m.active and ${memberName(by)} = any(${param(values)}::text[])`,
    context,
  )
  const found = new Map<string, string[]>()
  for (const { id, k } of rows) found.set(k, [...(found.get(k) ?? []), id])
  return found
}

async function readNames(client: Queryable, key: CellLink['key'], context: WriteContext): Promise<readonly string[]> {
  if (key.of === 'member') {
    const members = await rowsOf<{ k: string }>(
      client,
      sql`select ${memberName(key.by)} as k from ${workspaceTable('_member')} m where m.active order by 1 limit ${mostNames}`,
      context,
    )
    return members.map(({ k }) => k)
  }
  const target = context.model.objects[key.target.name]
  if (!target || !context.profile) return []
  const query = queryContext(context.model, context.profile.conditions, context.profile.model)
  const rows = await rowsOf<{ k: string }>(
    client,
    sql`select (${key.field.class.read(column(key.field, 't'))})::text as k from ${from(target, 't')} where ${column(key.field, 't')} is not null and ${visible(target, 't', query)} order by t.id desc limit ${mostNames}`,
    context,
  )
  return rows.map(({ k }) => k)
}
