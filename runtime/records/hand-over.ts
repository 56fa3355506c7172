import { issue } from '@tessera/platform/errors.js'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { column, from } from '@tessera/platform/query/source.js'
import type { Values } from '@tessera/platform/records/values.js'
import { param, sql } from '@tessera/platform/sql/sql.js'
import type { Queryable } from '../database/queryable.js'
import { changeOf, followerOf } from './changes-of.js'
import type { Decided } from './complete.js'
import type { Prepared } from './decide.js'
import { readExisting, readPresent } from './gather.js'
import { type Holding, pointsAt, relationsTo } from './holders.js'
import { rowsOf } from './run.js'
import type { WriteContext } from './write-context.js'

/** So many records may get another record to point at by one deletion. */
const mostMoved = 10_000

/** What follows from a deletion for records that pointed at what goes. */
export interface HandedOver {
  readonly prepared: readonly Prepared[]
  readonly decided: readonly Decided[]
}

/** A deletion as far as it is decided: records of one object, and what goes along with them. */
export interface Going {
  readonly object: ObjectModel
  readonly decided: readonly Decided[]
  /** The record that those go over to that are handed over; null when none was named. */
  readonly successor: string | null
  /** Where problems are told. */
  readonly asked: readonly Prepared[]
}

/**
 * Points records somewhere else that would be left behind by a deletion, whoever may see them: those below in a tree at what stood above, and
 * those that are handed over at their new record. They are judged by the rules that read what changed in them.
 */
export async function handOver(client: Queryable, going: Going, context: WriteContext): Promise<HandedOver> {
  const [first] = going.asked
  const all = new Map(going.decided.map(one => [one.change.id, one]))
  const objects = new Set(going.decided.map(({ change }) => change.object.name))
  const lifted = relationsTo(objects, 'lift', context)
  const handed = relationsTo(objects, 'reassign', context)
  if (!first || (lifted.length === 0 && handed.length === 0)) return { prepared: [], decided: [] }
  const found: Decided[] = []
  for (const holding of lifted) {
    const above = await aboveEach(client, holding, all, context)
    const values = await leftBehind(client, holding, all, context)
    found.push(...values.map(one => moved(holding, one, above.get(String(one[holding.field.key])) ?? null, all)))
  }
  const roots = new Map([...all].filter(([, { change }]) => change.object === going.object))
  const isFit = going.successor === null || (await checkSuccessor(client, going, going.successor, first, context))
  for (const holding of isFit ? handed : []) {
    const values = await leftBehind(client, holding, all, context)
    const mine = values.filter(
      one => roots.has(String(one[holding.field.key])) && pointsAt(holding.field, holding.holder, one, going.object),
    )
    if (going.successor !== null) found.push(...mine.map(one => moved(holding, one, going.successor, all)))
    const left = going.successor === null ? values : values.filter(one => !mine.includes(one))
    if (left.length > 0) first.issues.push(heldBy(holding, left.length, left.length === mine.length))
  }
  if (found.length > mostMoved) first.issues.push(issue('DELETE_TOO_LARGE', '', { max: mostMoved }))
  return { prepared: found.map(({ change }) => followerOf(change)), decided: found }
}

/** Records that would go over to another one, which nobody named; what goes along cannot be handed over, so its holders hold it. */
const heldBy = ({ holder }: Holding, count: number, canBeNamed: boolean) =>
  issue(canBeNamed ? 'DELETE_HANDS_OVER' : 'DELETE_RESTRICTED', canBeNamed ? 'reassignTo' : '', { count, objects: holder.pluralLabel })

/** A record that points somewhere else from now on, at the row of the deletion that it follows from. */
const moved = ({ holder, field }: Holding, values: Values, to: string | null, gone: ReadonlyMap<string, Decided>): Decided => ({
  change: changeOf(holder, values, { [field.key]: to }),
  row: gone.get(String(values[field.key]))?.row ?? 0,
})

/** Live records that point at what goes and stay themselves, locked. */
async function leftBehind(
  client: Queryable,
  { holder, field }: Holding,
  gone: ReadonlyMap<string, Decided>,
  context: WriteContext,
): Promise<readonly Values[]> {
  const ids = [...gone.keys()]
  const rows = await rowsOf<{ id: string }>(
    client,
    sql`select t.id from ${from(holder, 't')} where ${column(field, 't')} = any(${param(ids)}::uuid[]) and t.deleted_at is null and t.id <> all(${param(ids)}::uuid[]) order by t.id limit ${mostMoved + 1}`,
    context,
  )
  if (rows.length === 0) return []
  const found = rows.map(({ id }) => id)
  const present = await readPresent(client, holder, found, 'update', { ...context, profile: null })
  return [...present.values()].map(({ values }) => values).filter(values => gone.has(String(values[field.key])))
}

/** What stands above each record that goes: the nearest one in its tree that stays, null at the top. */
async function aboveEach(
  client: Queryable,
  { holder, field }: Holding,
  gone: ReadonlyMap<string, Decided>,
  context: WriteContext,
): Promise<ReadonlyMap<string, string | null>> {
  const mine = [...gone.values()].filter(({ change }) => change.object === holder)
  const above = new Map(mine.map(({ change }) => [change.id, staying(change.after, field, gone)]))
  const wanted = new Set([...above.values()].filter(id => id !== null))
  const there = await readExisting(client, new Map(), { ...context, profile: null }, new Map([[holder.name, wanted]]))
  return new Map([...above].map(([id, to]) => [id, to !== null && there.has(`${holder.name} ${to}`) ? to : null]))
}

function staying(values: Values, field: FieldModel, gone: ReadonlyMap<string, Decided>): string | null {
  const seen = new Set<string>()
  let at = values[field.key]
  while (typeof at === 'string' && !seen.has(at)) {
    const next = gone.get(at)
    if (!next) return at
    seen.add(at)
    at = next.change.after[field.key]
  }
  return null
}

/** The record that takes over is one of the same object that the writer sees and that stays. */
async function checkSuccessor(
  client: Queryable,
  { object, decided }: Going,
  successor: string,
  { issues }: Prepared,
  context: WriteContext,
): Promise<boolean> {
  const there = await readExisting(client, new Map(), context, new Map([[object.name, new Set([successor])]]))
  const isFit = there.has(`${object.name} ${successor}`) && !decided.some(({ change }) => change.id === successor)
  if (!isFit) issues.push(issue('SUCCESSOR_UNFIT', 'reassignTo'))
  return isFit
}
