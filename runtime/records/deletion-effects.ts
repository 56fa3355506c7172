import type { DeleteRule, FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { column, from, queryContext, unrestricted, visible } from '@tessera/platform/query/source.js'
import { lookup } from '@tessera/platform/registry.js'
import { param, sql } from '@tessera/platform/sql/sql.js'
import type { Queryable } from '../database/queryable.js'
import { relationsTo } from './holders.js'
import { rowsOf } from './run.js'
import type { WriteContext } from './write-context.js'

/** What becomes of records that point at one that is deleted. */
export type DeletionRule = DeleteRule | 'unlink'

/** What deleting records does to others: to how many records of an object, by which of its fields and by which rule. */
export interface DeletionEffect {
  readonly rule: DeletionRule
  readonly object: ObjectModel
  readonly field: FieldModel
  readonly count: number
}

/** The records that would go, by object. */
type Gone = Map<string, Set<string>>

/**
 * What deleting some records would do, as far as the caller may see it; nothing is changed.
 * What goes along is followed to any depth; what is restricted or emptied counts for everything that goes.
 */
export async function deletionEffects(
  client: Queryable,
  object: ObjectModel,
  ids: readonly string[],
  context: WriteContext,
): Promise<DeletionEffect[]> {
  const gone: Gone = new Map([[object.name, new Set(await seenIds(client, object, ids, context))]])
  const going = await follow(client, object, gone, context)
  const targets = new Set([...gone].flatMap(([name, those]) => (those.size > 0 ? [name] : [])))
  const all = [...gone.values()].flatMap(those => [...those])
  const others: DeletionEffect[] = []
  for (const rule of ['restrict', 'reassign', 'lift', 'setNull'] as const)
    for (const { holder, field } of relationsTo(targets, rule, context)) {
      if (!isSeen(holder, field, context)) continue
      const own = gone.get(holder.name) ?? new Set()
      const count = (await pointing(client, holder, field, all, context)).filter(id => !own.has(id)).length
      if (count > 0) others.push({ rule, object: holder, field, count })
    }
  const isFirst = ({ rule }: DeletionEffect) => rule === 'restrict' || rule === 'reassign'
  return [...others.filter(isFirst), ...going, ...others.filter(one => !isFirst(one))]
}

/** Adds everything that goes along, and counts it by field. */
async function follow(client: Queryable, object: ObjectModel, gone: Gone, context: WriteContext): Promise<DeletionEffect[]> {
  const counts = new Map<FieldModel, { holder: ObjectModel; count: number }>()
  let edge: Gone = new Map(gone)
  if ((gone.get(object.name)?.size ?? 0) === 0) return []
  while (edge.size > 0) {
    const next: Gone = new Map()
    for (const [name, ids] of edge)
      for (const { holder, field } of relationsTo(new Set([name]), 'cascade', context)) {
        const known = gone.get(holder.name) ?? new Set<string>()
        const found = (await pointing(client, holder, field, [...ids], context)).filter(id => !known.has(id))
        if (found.length === 0) continue
        gone.set(holder.name, new Set([...known, ...found]))
        next.set(holder.name, new Set([...(next.get(holder.name) ?? []), ...found]))
        counts.set(field, { holder, count: (counts.get(field)?.count ?? 0) + found.length })
      }
    edge = next
  }
  return [...counts].flatMap(([field, { holder, count }]): DeletionEffect[] =>
    isSeen(holder, field, context) ? [{ rule: holder.junction ? 'unlink' : 'cascade', object: holder, field, count }] : [],
  )
}

/** Whether the caller may see by which field records hang together. */
const isSeen = (holder: ObjectModel, field: FieldModel, { profile }: WriteContext): boolean =>
  profile === null || lookup(lookup(profile.model.objects, holder.name)?.fields ?? {}, field.name) !== undefined

const queryOf = (context: WriteContext) =>
  queryContext(context.model, context.profile?.conditions ?? unrestricted, context.profile?.model ?? context.model)

async function seenIds(client: Queryable, object: ObjectModel, ids: readonly string[], context: WriteContext): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    client,
    sql`select t.id from ${from(object, 't')} where t.id = any(${param(ids)}::uuid[]) and ${visible(object, 't', queryOf(context))}`,
    context,
  )
  return rows.map(({ id }) => id)
}

/** The live records that point at some others by a field, those that the caller may see. */
async function pointing(client: Queryable, holder: ObjectModel, field: FieldModel, ids: readonly string[], context: WriteContext) {
  const rows = await rowsOf<{ id: string }>(
    client,
    sql`select t.id from ${from(holder, 't')} where ${column(field, 't')} = any(${param(ids)}::uuid[]) and ${visible(holder, 't', queryOf(context))}`,
    context,
  )
  return rows.map(({ id }) => id)
}
