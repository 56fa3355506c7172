import type { Label } from '@tessera/platform/label.js'
import { type Change, fieldPath } from '@tessera/platform/model/changes.js'
import type { FieldModel, Model, ObjectModel } from '@tessera/platform/model/model.js'
import { lookup } from '@tessera/platform/registry.js'
import { integer, name, type Sql, sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { Queryable } from '../database/queryable.js'
import { pointsAt } from './convert.js'
import { takenOver } from './taking-over.js'
import { send } from './version-store.js'

/** Values that a change hides or cannot take over. */
export interface Loss {
  /** The path that must be confirmed. */
  readonly key: string
  readonly what: Label
  readonly loses: Label
  readonly count: number
}

/** Counting stops here: whoever loses more knows enough. */
const mostCounted = 10_000

/**
 * What a set of changes loses, counted on the records that are; changes that hit no value are not among them.
 * @param before the model of the present version, with its physical names
 * @param after the model to come, with its physical names
 */
export async function lossesOf(
  client: Queryable,
  schema: string,
  changes: readonly Change[],
  before: Model,
  after: Model,
): Promise<Loss[]> {
  const losses: Loss[] = []
  for (const change of changes) {
    const loss = await lossOf(client, schema, change, before, after)
    if (loss && loss.count > 0) losses.push(loss)
  }
  return losses
}

async function lossOf(client: Queryable, schema: string, change: Change, before: Model, after: Model): Promise<Loss | null> {
  if (change.kind === 'object' && change.do === 'remove') {
    const object = lookup(before.objects, change.path.split('/')[1] ?? '')
    return object ? lossFor(change.path, object.label, records(await countRows(client, schema, object, null))) : null
  }
  const field = change.field?.before ? placed(change.field.before, before) : null
  const object = field ? lookup(before.objects, field.object) : undefined
  if (!field || !object) return null
  if (change.do === 'remove') return lossFor(fieldPath(field), field.label, values(await countRows(client, schema, object, field)))
  const next = change.field?.after ? placed(change.field.after, after) : null
  if (!next || !isMoved(field, next)) return null
  return lossFor(fieldPath(next), next.label, unfit(await countUnfit(client, schema, object, field, next, before.objects)))
}

/** The field of a change in the model that has physical names. */
export const placed = (field: FieldModel, model: Model): FieldModel | null =>
  lookup(lookup(model.objects, field.object)?.fields ?? {}, field.name) ?? null

/** Whether a field's values must be carried into another column. */
export function isMoved(before: FieldModel, after: FieldModel): boolean {
  const [from, to] = [before.columns[0], after.columns[0]]
  return from !== undefined && (to === undefined || from.name !== to.name)
}

interface Counted {
  readonly count: number
  readonly loses: Label
}

const lossFor = (key: string, what: Label, { count, loses }: Counted): Loss => ({ key, what, loses, count })

const number = (count: number): string => (count > mostCounted ? `> ${mostCounted.toLocaleString('en')}` : count.toLocaleString('en'))
const records = (count: number): Counted => ({
  count,
  loses: {
    en: `${number(count)} ${count === 1 ? 'record' : 'records'}, kept for 30 days`,
    'zh-CN': `${number(count)} 条记录（保留 30 天）`,
  },
})
const values = (count: number): Counted => ({
  count,
  loses: { en: `${number(count)} ${count === 1 ? 'value' : 'values'}, kept for 30 days`, 'zh-CN': `${number(count)} 个值（保留 30 天）` },
})
const unfit = (count: number): Counted => ({
  count,
  loses: {
    en: `${number(count)} ${count === 1 ? 'value that does' : 'values that do'} not convert`,
    'zh-CN': `${number(count)} 个无法转换的值`,
  },
})

async function countRows(client: Queryable, schema: string, object: ObjectModel, field: FieldModel | null): Promise<number> {
  const column = field?.columns[0]
  if (field && !column) return 0
  const filled = column ? sql` and ${name(column.name)} is not null` : sql``
  const { rows } = await send(
    client,
    schema,
    sql`select count(*)::integer as count from (select from ${workspaceTable(object.table)} where deleted_at is null${filled} limit ${integer(mostCounted + 1)}) found`,
  )
  return Number(rows[0]?.count ?? 0)
}

async function countUnfit(
  client: Queryable,
  schema: string,
  object: ObjectModel,
  before: FieldModel,
  after: FieldModel,
  objects: Model['objects'],
): Promise<number> {
  if (after.type.converts[before.type.name] === undefined && before.type.name !== after.type.name)
    return countRows(client, schema, object, before)
  if (before.relation && !pointsAt(after, before.relation.to)) return countRows(client, schema, object, before)
  const { rows } = await send(client, schema, oldValues(object, before))
  const old = rows.map(({ value }) => value)
  const taken = await takenOver(client, schema, old, before, after, objects)
  return taken.filter(value => value === null).length
}

const oldValues = (object: ObjectModel, field: FieldModel): Sql => {
  const column = name(field.columns[0]?.name ?? '')
  return sql`select ${field.class.read(column)} as value from ${workspaceTable(object.table)} where deleted_at is null and ${column} is not null limit ${integer(mostCounted)}`
}
