import { issue } from '@tessera/platform/errors.js'
import { positionName } from '@tessera/platform/model/junctions.js'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { column, from } from '@tessera/platform/query/source.js'
import type { Change } from '@tessera/platform/records/change.js'
import type { Values } from '@tessera/platform/records/values.js'
import { join, param, sql } from '@tessera/platform/sql/sql.js'
import type { Queryable } from '../database/queryable.js'
import { changeOf, followerOf, marked } from './changes-of.js'
import type { Decided } from './complete.js'
import type { Prepared } from './decide.js'
import { readPresent } from './gather.js'
import { pointsAt } from './holders.js'
import type { Move } from './merged.js'
import { rowsOf } from './run.js'
import type { WriteContext } from './write-context.js'

/** So many records may point at those that are merged. */
const mostMoved = 10_000

/** The relations of one object that can point at another. */
export interface Pointing {
  readonly holder: ObjectModel
  readonly fields: readonly FieldModel[]
}

/** The relations by which records of any object point at those of one: lookups, lines, trees, links, one of several objects. */
export const pointingAt = (object: ObjectModel, { model }: Pick<WriteContext, 'model'>): readonly Pointing[] =>
  Object.values(model.objects).flatMap(holder => {
    const fields = Object.values(holder.fields).filter(
      field => field.columns.length > 0 && !field.along && (field.relation?.to === object.name || field.targets?.includes(object.name)),
    )
    return fields.length > 0 ? [{ holder, fields }] : []
  })

/** What is moved in a merge. */
export interface Moving {
  readonly object: ObjectModel
  readonly survivor: string
  readonly gone: ReadonlySet<string>
  /** What is decided already of the request. */
  readonly decided: readonly Decided[]
}

/** What follows from a merge for those that point at the merged records. */
export interface Moved {
  readonly prepared: readonly Prepared[]
  readonly decided: readonly Decided[]
  readonly moves: readonly Move[]
}

/**
 * Points everything at the survivor that points at merged records, whoever may see it; a link that it has already goes with them.
 * @param issues gets what keeps it from being done
 */
export async function moveToSurvivor(client: Queryable, moving: Moving, issues: Prepared['issues'], context: WriteContext): Promise<Moved> {
  const prepared: Prepared[] = []
  const decided: Decided[] = []
  const moves: Move[] = []
  for (const pointing of pointingAt(moving.object, context)) {
    const records = await readPointing(client, moving, pointing, mostMoved - decided.length, context)
    if (records.length > mostMoved - decided.length) {
      issues.push(issue('MERGE_TOO_LARGE', '', { max: mostMoved }))
      return { prepared: [], decided: [], moves: [] }
    }
    const asDecided = withDecided(pointing, records, moving)
    const changes = pointing.holder.junction
      ? await movedLinks(client, pointing, asDecided, moving, context)
      : asDecided.map(values => movedRecord(pointing, values, moving))
    for (const change of changes.filter(({ deed, changed }) => deed === 'deleted' || changed.length > 0)) {
      decided.push({ change, row: 0 })
      if (change.id === moving.survivor) moves.push(...movesOf(change))
      else if (change.deed === 'updated') {
        prepared.push(followerOf(change))
        moves.push(...movesOf(change))
      }
    }
  }
  return { prepared, decided, moves }
}

/** Records as the request itself leaves them, and those that only it points at merged records. */
function withDecided({ holder, fields }: Pointing, records: readonly Values[], { gone, decided }: Moving): readonly Values[] {
  const own = new Map(
    decided.flatMap(({ change }) => (change.object === holder && change.deed !== 'deleted' ? [[change.id, change.after] as const] : [])),
  )
  const known = new Set(records.map(({ id }) => id))
  const others = [...own].filter(([id, after]) => !known.has(id) && fields.some(field => gone.has(String(after[field.key]))))
  return [...records.map(values => own.get(String(values.id)) ?? values), ...others.map(([id, after]) => ({ version: 0, ...after, id }))]
}

const movesOf = ({ object, id, before, after, changed }: Change): Move[] =>
  changed.flatMap(key => {
    const field = Object.values(object.fields).find(one => one.key === key)
    if (!field || key === positionName) return []
    const to = after[key]
    return [
      {
        object: object.table,
        record: id,
        field: field.columns[0]?.name ?? '',
        from: String(before?.[key]),
        to: typeof to === 'string' ? to : null,
      },
    ]
  })

/** Live records that point at merged ones and stay, locked; one more than may be moved tells that there are too many. */
async function readPointing(
  client: Queryable,
  { object, gone }: Moving,
  { holder, fields }: Pointing,
  most: number,
  context: WriteContext,
): Promise<readonly Values[]> {
  const ids = [...gone]
  const any = fields.map(field => sql`${column(field, 't')} = any(${param(ids)}::uuid[])`)
  const own = holder === object ? sql` and t.id <> all(${param(ids)}::uuid[])` : sql``
  const rows = await rowsOf<{ id: string }>(
    client,
    sql`select t.id from ${from(holder, 't')} where (${join(any, ' or ')}) and t.deleted_at is null${own} order by t.id limit ${most + 1}`,
    context,
  )
  if (rows.length === 0 || rows.length > most) return rows.map(() => ({}))
  const present = await readPresent(
    client,
    holder,
    rows.map(({ id }) => id),
    'update',
    { ...context, profile: null },
  )
  return [...present.values()].map(({ values }) => values)
}

/** A record with every relation to a merged record pointing at the survivor; the survivor does not come to point at itself. */
function movedRecord({ holder, fields }: Pointing, values: Values, { object, survivor, gone }: Moving): Change {
  const to = holder === object && values.id === survivor ? null : survivor
  const moved = fields.filter(field => gone.has(String(values[field.key])) && pointsAt(field, holder, values, object))
  return changeOf(holder, values, Object.fromEntries(moved.flatMap(field => [[field.key, to] as const, ...typeToo(field, holder, to)])))
}

/** Of a polymorphic relation that is emptied, its companion is, too. */
const typeToo = (field: FieldModel, holder: ObjectModel, to: string | null): (readonly [string, null])[] =>
  to !== null || !field.targets
    ? []
    : Object.values(holder.fields)
        .filter(({ typeOf }) => typeOf === field.name)
        .map(({ key }) => [key, null] as const)

/** Links at the survivor's; one that it has already, or that would join it with itself, is deleted and comes back with its record. */
async function movedLinks(
  client: Queryable,
  { holder, fields }: Pointing,
  records: readonly Values[],
  { survivor, gone, decided }: Moving,
  context: WriteContext,
): Promise<Change[]> {
  const [near, far] = [holder.fields[holder.junction?.near ?? ''], holder.fields[holder.junction?.far ?? '']]
  if (!near || !far || records.length === 0) return []
  const isLoop = near.relation?.to === far.relation?.to
  const pair = (values: Values) => `${String(values[near.key])} ${String(values[far.key])}`
  const present = await linksOf(client, holder, fields, survivor, context)
  const taken = new Set(present.map(pair))
  let last = Math.max(0, ...present.map(values => Number(values[positionName] ?? 0)))
  for (const { change } of decided.filter(one => one.change.object === holder)) {
    if (change.deed === 'deleted') taken.delete(pair(change.after))
    else taken.add(pair(change.after))
    last = Math.max(last, Number(change.after[positionName] ?? 0))
  }
  const inOrder = [...records].sort((left, right) => Number(left[positionName] ?? 0) - Number(right[positionName] ?? 0))
  return inOrder.map(values => {
    const moved = Object.fromEntries(fields.filter(field => gone.has(String(values[field.key]))).map(field => [field.key, survivor]))
    const after = { ...values, ...moved }
    if ((isLoop && after[near.key] === after[far.key]) || taken.has(pair(after)))
      return { ...marked(holder, values, 'deleted'), isMerged: true }
    taken.add(pair(after))
    const isPlaced = values[positionName] !== undefined && values[positionName] !== null && Object.hasOwn(moved, near.key)
    return changeOf(holder, values, isPlaced ? { ...moved, [positionName]: ++last } : moved)
  })
}

async function linksOf(
  client: Queryable,
  holder: ObjectModel,
  fields: readonly FieldModel[],
  survivor: string,
  context: WriteContext,
): Promise<readonly Values[]> {
  const any = fields.map(field => sql`${column(field, 't')} = ${survivor}::uuid`)
  const rows = await rowsOf<{ id: string }>(
    client,
    sql`select t.id from ${from(holder, 't')} where (${join(any, ' or ')}) and t.deleted_at is null order by t.id`,
    context,
  )
  const ids = rows.map(({ id }) => id)
  return [...(await readPresent(client, holder, ids, 'update', { ...context, profile: null }, 'NO', false)).values()].map(
    ({ values }) => values,
  )
}
