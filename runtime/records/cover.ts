import { conditionOf } from '@tessera/platform/access/profile.js'
import type { ActionName } from '@tessera/platform/definitions/role.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { conditionText, parentIn } from '@tessera/platform/query/condition.js'
import { conditionSql, from, queryContext } from '@tessera/platform/query/source.js'
import type { Change } from '@tessera/platform/records/change.js'
import type { Judged } from '@tessera/platform/records/check.js'
import { param, sql } from '@tessera/platform/sql/sql.js'
import type { Queryable } from '../database/queryable.js'
import { forbidden, type Prepared } from './decide.js'
import { readPresent } from './gather.js'
import { entryOf, type Ledger } from './ledger.js'
import { rowsOf } from './run.js'
import type { WriteContext } from './write-context.js'

/**
 * Those of some records that an action does not cover, where that differs from another action which was asked already.
 * @param asked the action whose records these are
 */
export async function uncovered(
  client: Queryable,
  object: ObjectModel,
  ids: readonly string[],
  action: ActionName,
  asked: ActionName,
  context: WriteContext,
): Promise<ReadonlySet<string>> {
  const { profile } = context
  if (!profile || ids.length === 0) return new Set()
  if (conditionText(conditionOf(profile, action, object.name)) === conditionText(conditionOf(profile, asked, object.name))) return new Set()
  const present = await readPresent(client, object, ids, action, context, 'WITH', false)
  return new Set(ids.filter(id => present.get(id)?.isAllowed !== true))
}

/** Reports drafts that give a record to somebody else where the writer may change it, but not transfer it. */
export async function checkTransfers(
  client: Queryable,
  object: ObjectModel,
  group: readonly Prepared[],
  context: WriteContext,
): Promise<void> {
  const owner = object.fields.owner?.key
  const given = owner === undefined ? [] : group.filter(({ draft }) => Object.hasOwn(draft.given, owner))
  const refused = await uncovered(
    client,
    object,
    given.map(({ draft }) => draft.id),
    'transfer',
    'update',
    context,
  )
  for (const { draft, issues } of given) if (refused.has(draft.id)) issues.push(forbidden(object, 'transfer', draft.path))
}

/** Whether the parents that lines come under are covered; those that the same write makes are, since they are judged themselves. */
export async function coveredParents(client: Queryable, ledger: Ledger, context: WriteContext): Promise<(judged: Judged) => boolean> {
  const wanted = new Map<ObjectModel, Map<'create' | 'update', Set<string>>>()
  for (const { change } of context.profile ? ledger.values() : []) {
    const { object, after, deed } = change
    const id = after[object.detail?.key ?? '']
    if (change.isComputed || typeof id !== 'string' || !comesUnder(change)) continue
    const byAction = wanted.get(object) ?? new Map<'create' | 'update', Set<string>>()
    const action = deed === 'created' ? 'create' : 'update'
    wanted.set(object, byAction.set(action, (byAction.get(action) ?? new Set()).add(id)))
  }
  const covered = new Set<string>()
  for (const [object, byAction] of wanted)
    for (const [action, ids] of byAction)
      for (const id of await parentsOf(client, object, [...ids], action, context)) covered.add(`${object.name} ${id}`)
  return ({ object, after }) => {
    const id = String(after[object.detail?.key ?? ''] ?? '')
    const parent = context.model.objects[object.detail?.relation?.to ?? '']
    return covered.has(`${object.name} ${id}`) || (parent !== undefined && entryOf(ledger, parent, id)?.change.deed === 'created')
  }
}

/** Whether a change puts a record under a parent where it was not. */
export const comesUnder = ({ object, deed, changed }: Change): boolean =>
  object.detail !== null && (deed === 'created' || (deed === 'updated' && changed.includes(object.detail.key)))

async function parentsOf(
  client: Queryable,
  object: ObjectModel,
  ids: readonly string[],
  action: 'create' | 'update',
  context: WriteContext,
): Promise<string[]> {
  const parent = context.model.objects[object.detail?.relation?.to ?? '']
  const { profile } = context
  const condition = profile && parentIn(conditionOf(profile, action, object.name))
  if (!parent || !condition) return []
  const query = queryContext(context.model, profile.conditions, profile.model)
  const rows = await rowsOf<{ id: string }>(
    client,
    sql`select t.id from ${from(parent, 't')} where t.id = any(${param(ids)}::uuid[]) and ${conditionSql(condition, parent, 't', query)}`,
    context,
  )
  return rows.map(row => row.id)
}
