import type { Profile } from '@tessera/platform/access/profile.js'
import { maskedText } from '@tessera/platform/fields/masks.js'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { column, from, queryContext, shown, visible } from '@tessera/platform/query/source.js'
import { fieldOfKey, type Values } from '@tessera/platform/records/values.js'
import { lookup } from '@tessera/platform/registry.js'
import { param, sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { Queryable } from '../database/queryable.js'
import { rowsOf } from '../records/run.js'
import type { WriteContext } from '../records/write-context.js'

/** A value that changed; of a relation with the titles of its records, null where the caller may not see them. */
export interface ShownChange {
  readonly field: string
  readonly before: unknown
  readonly after: unknown
  readonly beforeTitle?: string | null
  readonly afterTitle?: string | null
}

/** Something that was done to a record, as a caller may see it. */
export interface ShownDeed {
  readonly id: string
  readonly at: Date
  readonly actor: { readonly id: string; readonly name: string } | null
  readonly action: string
  readonly version: number
  readonly changes: readonly ShownChange[]
  readonly channel: string | null
  /** The rules whose warnings were confirmed. */
  readonly confirmed: readonly string[]
}

interface HistoryRow {
  readonly id: string
  readonly at: Date
  readonly actor: string | null
  readonly actor_name: string | null
  readonly action: string
  readonly version: number
  readonly before: Values | null
  readonly after: Values | null
  readonly channel: string | null
  readonly confirmed: readonly string[]
  readonly [column: string]: unknown
}

/** Who asks for what was done, and with what rights. */
export type Asking = Pick<WriteContext, 'schema' | 'model' | 'moment' | 'currency' | 'reach'> & { readonly profile: Profile }

/** What was done to a record, newest first; nothing when there is no such record for the caller. Fields that they may not see are left out. */
export async function readHistory(client: Queryable, objectName: string, id: string, first: number, asking: Asking): Promise<ShownDeed[]> {
  const shownObject = lookup(asking.profile.model.objects, objectName)
  const object = shownObject && asking.model.objects[objectName]
  const record = object && (await findRecord(client, object, id, asking))
  if (!object || !record) return []
  const rows = await rowsOf<HistoryRow>(
    client,
    sql`select h.id, h.at, h.actor, m.name as actor_name, h.action, h.version, h.before, h.after, h.channel,
      array(select c.rule from ${workspaceTable('_confirmation')} c where c.record = h.record and c.object = h.object and c.version = h.version and h.action not in ('merged', 'unmerged') order by c.rule) as confirmed
    from ${workspaceTable('_history')} h left join ${workspaceTable('_member')} m on m.id = h.actor
    where h.record = ${id}::uuid and h.object = ${objectName} order by h.version desc, h.at desc limit ${first}`,
    asking,
  )
  const titles = await readTitles(client, shownObject, rows, asking)
  return rows.map(row => ({
    id: row.id,
    at: row.at,
    action: row.action,
    version: row.version,
    channel: row.channel,
    confirmed: row.confirmed,
    actor: row.actor === null ? null : { id: row.actor, name: row.actor_name ?? '' },
    changes: changesOf(row, shownObject, titles, record.isOwn),
  }))
}

const queryOf = ({ model, profile }: Asking) => queryContext(model, profile.conditions, profile.model)

/** Whether a record is the asker's own; null when it is not there for them. */
async function findRecord(client: Queryable, object: ObjectModel, id: string, asking: Asking): Promise<{ readonly isOwn: boolean } | null> {
  const { owner } = object.fields
  const own = owner ? sql`coalesce(${column(owner, 't')} = ${asking.moment.member?.id ?? null}::uuid, false)` : sql`false`
  const [row] = await rowsOf<{ own: boolean }>(
    client,
    sql`select ${own} as own from ${from(object, 't')} where t.id = ${id}::uuid and ${visible(object, 't', queryOf(asking), 'WITH')}`,
    asking,
  )
  return row ? { isOwn: row.own } : null
}

/**
 * The changes of a row of history as the caller may see them: masked values masked, of relations what they may see.
 * @param isOwn whether the record is theirs: some values are masked for others only
 */
export function changesOf(
  { before, after }: ChangedRow,
  object: ObjectModel,
  titles: ReadonlyMap<string, string>,
  isOwn = false,
): ShownChange[] {
  const keys = [...new Set([...Object.keys(after ?? {}), ...Object.keys(before ?? {})])]
  return keys.flatMap((key): ShownChange[] => {
    const field = fieldOfKey(object, key)
    if (!field || field.name === 'id') return []
    const mask = field.masked && !(isOwn && field.masked.unlessOwner) ? field.masked : undefined
    const shownAs = (value: unknown) => (mask && typeof value === 'string' ? maskedText(value, mask) : (value ?? null))
    const change = { field: field.name, before: shownAs(before?.[key]), after: shownAs(after?.[key]) }
    const pointing = pointingOf(field, object)
    if (!pointing) return [change]
    const [beforeTitle, afterTitle] = [before, after].map(values => titleOf(pointing, values, titles)) as [string | null, string | null]
    // what a relation pointed at is told only to those who may see it, and to the others nothing at all
    if (beforeTitle === null && afterTitle === null) return []
    const told = {
      field: field.name,
      before: beforeTitle === null ? null : change.before,
      after: afterTitle === null ? null : change.after,
    }
    return [field.relation ? { ...told, beforeTitle, afterTitle } : told]
  })
}

/** The values of a row of history that differ. */
export interface ChangedRow {
  readonly before: Values | null
  readonly after: Values | null
}

/** The field by which a value is told or not: a relation itself, and for the kind of a record that it points at the relation beside it. */
const pointingOf = (field: FieldModel, object: ObjectModel): FieldModel | undefined =>
  field.relation || field.targets ? field : field.typeOf === undefined ? undefined : object.fields[field.typeOf]

/** The objects that a relation may point at; the empty name stands for members. */
const targetsOf = ({ relation, targets }: FieldModel): readonly string[] => targets ?? (relation ? [relation.to ?? ''] : [])

/** The title of what a relation pointed at; null where that was nothing, or nothing that the caller may see. */
function titleOf(field: FieldModel, values: Values | null, titles: ReadonlyMap<string, string>): string | null {
  const id = values?.[field.key]
  if (typeof id !== 'string') return null
  return targetsOf(field).flatMap(target => titles.get(`${target} ${id}`) ?? [])[0] ?? null
}

/** The titles of all records that relations in these rows name and the caller may see: `object id` to title; members by their name. */
export async function readTitles(
  client: Queryable,
  object: ObjectModel,
  rows: readonly ChangedRow[],
  asking: Asking,
): Promise<ReadonlyMap<string, string>> {
  const wanted = new Map<string, Set<string>>()
  for (const field of Object.values(object.fields)) {
    const ids = rows.flatMap(({ before, after }) => [before?.[field.key], after?.[field.key]]).filter(id => typeof id === 'string')
    for (const target of ids.length > 0 ? targetsOf(field) : []) wanted.set(target, new Set([...(wanted.get(target) ?? []), ...ids]))
  }
  const titles = new Map<string, string>()
  for (const [target, ids] of wanted)
    for (const { id, title } of await titlesOf(client, target, [...ids], asking)) titles.set(`${target} ${id}`, title ?? '')
  return titles
}

async function titlesOf(
  client: Queryable,
  targetName: string,
  ids: readonly string[],
  asking: Asking,
): Promise<{ id: string; title: string | null }[]> {
  if (targetName === '')
    return rowsOf(client, sql`select id, name as title from ${workspaceTable('_member')} where id = any(${param(ids)}::uuid[])`, asking)
  const target = lookup(asking.profile.model.objects, targetName) && asking.model.objects[targetName]
  const title = target && asking.profile.model.objects[targetName]?.fields[target.title]
  if (!target) return []
  const query = queryOf(asking)
  const read = title ? sql`(${shown(title, 't', query)})::text` : sql`null::text`
  return rowsOf(
    client,
    sql`select t.id, ${read} as title from ${from(target, 't')} where t.id = any(${param(ids)}::uuid[]) and ${visible(target, 't', query)}`,
    asking,
  )
}
