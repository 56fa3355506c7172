import type { Change } from '@tessera/platform/model/changes.js'
import { compileModel } from '@tessera/platform/model/compile.js'
import type { FieldModel, Model } from '@tessera/platform/model/model.js'
import { kindField } from '@tessera/platform/model/scope.js'
import { isSame, storedValue } from '@tessera/platform/records/values.js'
import { lookup } from '@tessera/platform/registry.js'
import { columnType } from '@tessera/platform/sql/column-type.js'
import { integer, literal, name, nothing, type Sql, sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import { withStorage } from '@tessera/platform/tables/storage.js'
import type { Queryable } from '../database/queryable.js'
import { isMoved, placed } from './losses.js'
import { takenOver } from './taking-over.js'
import { readVersion, send } from './version-store.js'

/** Values of a field that go into another column because its type changed. */
export interface Move {
  readonly from: { readonly version: number; readonly object: string; readonly field: string }
  readonly to: { readonly version: number; readonly object: string; readonly field: string }
}

const batchSize = 1_000

/**
 * The moves that a set of changes needs.
 * @param version the number of the version to come
 */
export function movesOf(changes: readonly Change[], before: Model, after: Model, version: number): Move[] {
  return changes.flatMap(({ do: deed, field }): Move[] => {
    const old = field?.before ? placed(field.before, before) : null
    const next = field?.after ? placed(field.after, after) : null
    if (deed === 'rename' || !old || !next || next.columns.length === 0 || !isMoved(old, next)) return []
    return [{ from: { version: version - 1, object: old.object, field: old.name }, to: { version, object: next.object, field: next.name } }]
  })
}

/**
 * Carries values over, batch by batch; where the new column has a value already, that one stays. It can be broken off anywhere and begun again.
 */
export async function backfill(client: Queryable, schema: string, move: Move): Promise<void> {
  const from = await fieldAt(client, schema, move.from)
  const to = await fieldAt(client, schema, move.to)
  if (!from || !to) return
  let last = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const { rows } = await send(client, schema, nextBatch(to, from.field, last))
    if (rows.length === 0) return
    last = String(rows.at(-1)?.id)
    const old = rows.map(({ value }) => value)
    const taken = await takenOver(client, schema, old, from.field, to.field, to.objects)
    const values = rows
      .map(({ id }, at) => ({ id, value: storedValue(to.field, to.field.key, taken[at] ?? null) }))
      .filter(({ value }) => value !== null)
    if (values.length > 0) await send(client, schema, fill(to, from.field, values, sql` and t.${columnOf(to.field)} is null`))
  }
}

/**
 * Mends what was said of a field while its values were carried over: until every node has heard of a publish, some write the former column
 * and others the new one. The history tells what was said last: by the former version, then that is carried; or that it is empty, then it is.
 */
export async function mendLate(client: Queryable, schema: string, move: Move): Promise<void> {
  const from = await fieldAt(client, schema, move.from)
  const to = await fieldAt(client, schema, move.to)
  if (!from || !to) return
  const { rows } = await send(client, schema, saidLate(from.field, to, await idAt(client, schema, move.to.version)))
  const late = rows.filter(({ said, value }) => said === null || isSame(said, value))
  const old = late.map(({ said }) => said).filter(said => said !== null)
  const taken = await takenOver(client, schema, old, from.field, to.field, to.objects)
  let at = 0
  const values = late.map(({ id, said }) => ({
    id,
    value: said === null ? null : storedValue(to.field, to.field.key, taken[at++] ?? null),
  }))
  if (values.length > 0) await send(client, schema, fill(to, from.field, values))
}

interface Place {
  readonly table: string
  readonly field: FieldModel
  /** Beside a field that points at several objects: the one that names the object. */
  readonly kind: FieldModel | undefined
  readonly objects: Model['objects']
}

async function fieldAt(client: Queryable, schema: string, { version, object, field }: Move['from']): Promise<Place | null> {
  const stored = await readVersion(client, schema, version)
  if (!stored) return null
  const { objects } = withStorage(compileModel(stored.elements).model, stored.storage)
  const found = lookup(objects, object)
  const known = found && lookup(found.fields, field)
  return found && known ? { table: found.table, field: known, kind: kindField(found, field), objects } : null
}

const columnOf = (field: FieldModel): Sql => name(field.columns[0]?.name ?? '')

const nextBatch = ({ table, field }: Place, from: FieldModel, last: string): Sql =>
  sql`select id, ${from.class.read(columnOf(from))} as value from ${workspaceTable(table)}
      where id > ${last}::uuid and ${columnOf(field)} is null and ${columnOf(from)} is not null order by id limit ${integer(batchSize)}`

/** How far the clocks of nodes may be apart, in milliseconds. */
const apart = 2_000

/** The least id of what was written since a version was published; ids begin with the time. */
async function idAt(client: Queryable, schema: string, version: number): Promise<string> {
  const { rows } = await send(client, schema, sql`select published_at as at from ${workspaceTable('_version')} where number = ${version}`)
  const at = (rows[0] as { at: Date } | undefined)?.at ?? new Date()
  const time = (at.getTime() - apart).toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-0000-0000-000000000000`
}

/** Of each record of which something was said since: the value in the former column, and the last that was said of the field. */
const saidLate = (from: FieldModel, { table, field }: Place, since: string): Sql => {
  const said = sql`coalesce(h.after -> ${from.key}::text, h.after -> ${field.key}::text)`
  return sql`select distinct on (h.record) h.record as id, ${from.class.read(sql`t.${columnOf(from)}`)} as value, ${said} as said
    from ${workspaceTable('_history')} h join ${workspaceTable(table)} t on t.id = h.record
    where h.id >= ${since}::uuid and ${said} is not null
    order by h.record, h.version desc`
}

const fill = ({ table, field, kind }: Place, from: FieldModel, values: readonly object[], more: Sql = nothing): Sql => {
  const object = from.relation?.to ?? null
  const beside = field.targets && kind && object !== null ? sql`, ${columnOf(kind)} = ${literal(object)}` : nothing
  return sql`update ${workspaceTable(table)} t set ${columnOf(field)} = v.value${beside}
      from json_to_recordset(${JSON.stringify(values)}::json) as v (id uuid, value ${columnType(field.columns[0]?.type ?? '')})
      where t.id = v.id${more}`
}
