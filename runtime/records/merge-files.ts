import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { isSame, type Values } from '@tessera/platform/records/values.js'
import { param, sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { Queryable } from '../database/queryable.js'
import { rowsOf } from './run.js'
import type { WriteContext } from './write-context.js'

const fileFields = (object: ObjectModel): FieldModel[] =>
  Object.values(object.fields).filter(({ class: { name } }) => name === 'file' || name === 'files')

/** The ids in a value of a file field, as records have it or as it was given. */
const idsOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value])
    .map((one: unknown) => (typeof one === 'object' && one !== null && 'id' in one ? one.id : one))
    .filter(id => typeof id === 'string')
    .map(id => id.toLowerCase())

/** Hands files that stand in a field of some records over to another one, in the same field; an empty list stands for files that were let go of. */
async function handOver(
  client: Queryable,
  { table }: ObjectModel,
  field: FieldModel,
  ids: readonly string[],
  from: readonly string[],
  to: string,
  context: WriteContext,
): Promise<void> {
  if (ids.length === 0) return
  const column = field.columns[0]?.name ?? ''
  await rowsOf(
    client,
    sql`update ${workspaceTable('_file')} set record = ${to}::uuid where id::text = any(${param(ids)}::text[]) and object = ${table} and field = ${column}
      and ${from.length === 0 ? sql`record is null` : sql`record = any(${param(from)}::uuid[])`}`,
    context,
  )
}

/** Files of merged records that the survivor takes over are its own before it is written. */
export async function giveFiles(
  client: Queryable,
  object: ObjectModel,
  into: string,
  data: Values,
  from: readonly string[],
  context: WriteContext,
): Promise<void> {
  for (const field of fileFields(object)) await handOver(client, object, field, idsOf(data[field.key]), from, into, context)
}

/** Files that the survivor gives up for others stay with a merged record, so that the merge can be undone. */
export async function keepFiles(
  client: Queryable,
  object: ObjectModel,
  before: Values,
  after: Values,
  gone: readonly string[],
  context: WriteContext,
): Promise<void> {
  const [keeper] = gone
  for (const field of fileFields(object)) {
    if (!keeper || isSame(before[field.key], after[field.key])) continue
    const given = new Set(idsOf(after[field.key]))
    const left = idsOf(before[field.key]).filter(id => !given.has(id))
    await handOver(client, object, field, left, [], keeper, context)
  }
}

/** The files of a merge go back: to the survivor those that it had, to the merged records theirs. */
export async function returnFiles(
  client: Queryable,
  object: ObjectModel,
  survivor: Values,
  back: readonly Values[],
  context: WriteContext,
): Promise<void> {
  const own = String(survivor.id)
  const ids = back.map(values => String(values.id))
  for (const field of fileFields(object)) {
    await handOver(client, object, field, idsOf(survivor[field.key]), ids, own, context)
    const kept = new Set(idsOf(survivor[field.key]))
    for (const values of back) {
      const theirs = idsOf(values[field.key]).filter(id => !kept.has(id))
      await handOver(client, object, field, theirs, [own, ...ids], String(values.id), context)
    }
  }
}
