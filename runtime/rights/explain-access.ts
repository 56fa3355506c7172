import { conditionOf, may } from '@tessera/platform/access/profile.js'
import { type Ground, groundsOf, groupsOfRule } from '@tessera/platform/access/reasons.js'
import { type ActionName, actionNames } from '@tessera/platform/definitions/role.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { groupFields, groupNames, noReach } from '@tessera/platform/query/reach.js'
import { conditionSql, from, queryContext, visible } from '@tessera/platform/query/source.js'
import type { Values } from '@tessera/platform/records/values.js'
import { lookup } from '@tessera/platform/registry.js'
import { join, name, sql } from '@tessera/platform/sql/sql.js'
import type { Queryable } from '../database/queryable.js'
import { readingOf, rowsOf } from '../records/run.js'
import type { WriteContext } from '../records/write-context.js'

/** What is not done to a record that is there, and what only widens other actions. */
const beside: ReadonlySet<ActionName> = new Set<ActionName>(['create', 'import', 'seeAll', 'editAll'])

/** What can be asked about a record. */
export const askedActions: readonly ActionName[] = actionNames.filter(action => !beside.has(action))

/** One thing that gives or withholds an action on records, and whether it speaks of this one. */
export interface HeldGround {
  readonly ground: Ground
  readonly holds: boolean
}

/** What somebody may do with a record, and by what. */
export interface ExplainedAction {
  readonly action: ActionName
  readonly allowed: boolean
  readonly grounds: readonly HeldGround[]
}

/** A record as it stands, with what somebody may do with it. */
export interface ExplainedRecord {
  readonly values: Values
  readonly actions: readonly ExplainedAction[]
}

/**
 * What a member may do with a record and by which rules: each that gives or withholds an action, whether it speaks of this record or not.
 * @param context in the name of the member; null where the record is not there at all
 */
export async function explainAccess(
  client: Queryable,
  object: ObjectModel,
  id: string,
  context: WriteContext,
  asked: readonly ActionName[] = askedActions,
): Promise<ExplainedRecord | null> {
  const { profile, model } = context
  if (!profile) return null
  const roles = (context.roles ?? []).flatMap(role => lookup(model.roles, role) ?? [])
  const parent = lookup(profile.objects, object.detail?.relation?.to ?? '')
  const grounds = asked.map(action => ({ action, all: groundsOf(action, object, roles, parent) }))
  const query = queryContext(model, profile.conditions, profile.model)
  const answers = asked.map(action => {
    const condition = may(profile, action, object.name) ? conditionOf(profile, action, object.name) : null
    return condition ? conditionSql(condition, object, 't', query) : may(profile, action, object.name) ? sql`true` : sql`false`
  })
  const conditions = grounds.flatMap(({ all }) =>
    all.flatMap(({ covers }) => (covers !== null && typeof covers === 'object' ? [covers] : [])),
  )
  const { columns, valuesOf } = readingOf(object, 't')
  const parts = [...answers, ...conditions.map(condition => conditionSql(condition, object, 't', query))]
  const seen = may(profile, 'read', object.name) ? visible(object, 't', query) : sql`false`
  const [row] = await rowsOf<Record<string, unknown>>(
    client,
    sql`select ${columns}, ${seen} as seen, ${join(parts.map((part, at) => sql`coalesce(${part}, false) as ${name(`b${at}`)}`))} from ${from(object, 't')} where t.id = ${id}::uuid and t.deleted_at is null`,
    context,
  )
  if (!row) return null
  const values = valuesOf(row)
  let next = answers.length
  const heldOf = (ground: Ground): HeldGround => {
    const isInSql = ground.covers !== null && typeof ground.covers === 'object'
    return { ground, holds: isInSql ? row[`b${next++}`] === true : isOf(ground, object, values, context) }
  }
  const isAllowed = (at: number) => row.seen === true && row[`b${at}`] === true
  return { values, actions: grounds.map(({ action, all }, at) => ({ action, allowed: isAllowed(at), grounds: all.map(heldOf) })) }
}

/** Whether something that is known without asking the database speaks of a record. */
function isOf({ covers, name: named }: Ground, object: ObjectModel, values: Values, { moment, reach = noReach }: WriteContext): boolean {
  const owner = values.ownerId ?? null
  if (covers === null) return true
  if (covers === 'owner') return owner !== null && owner === moment.member?.id
  if (covers === 'position') return typeof owner === 'string' && reach.below.includes(owner)
  if (covers === 'pool') return owner === null
  if (covers === 'group')
    return groupFields(object).some(
      ({ field, kind }) => field.name === named && groupNames(kind, reach).includes(String(values[field.key] ?? '')),
    )
  const groups = covers === 'ownerRule' ? groupsOfRule(object, named ?? '') : null
  if (!groups || typeof owner !== 'string') return false
  const isIn = reach.groups.some(({ kind, name: known }) => kind === groups.to.kind && known === groups.to.name)
  return isIn && (reach.members.get(`${groups.of.kind} ${groups.of.name}`) ?? []).includes(owner)
}
