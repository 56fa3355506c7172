import type { Change } from '@tessera/platform/model/changes.js'
import { compileModel } from '@tessera/platform/model/compile.js'
import type { FieldModel, Model } from '@tessera/platform/model/model.js'
import { kindField } from '@tessera/platform/model/scope.js'
import { storedValue } from '@tessera/platform/records/values.js'
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
 * Carries values over, batch by batch; where the new column has a value already, that one stays.
 * It can be broken off anywhere and begun again.
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
    if (values.length > 0) await send(client, schema, fill(to, from.field, values))
  }
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

const fill = ({ table, field, kind }: Place, from: FieldModel, values: readonly object[]): Sql => {
  const object = from.relation?.to ?? null
  const beside = field.targets && kind && object !== null ? sql`, ${columnOf(kind)} = ${literal(object)}` : nothing
  return sql`update ${workspaceTable(table)} t set ${columnOf(field)} = v.value${beside}
      from json_to_recordset(${JSON.stringify(values)}::json) as v (id uuid, value ${columnType(field.columns[0]?.type ?? '')})
      where t.id = v.id and t.${columnOf(field)} is null`
}
