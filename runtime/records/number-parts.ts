import type { PartText } from '@tessera/platform/fields/number-format.js'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { column, from } from '@tessera/platform/query/source.js'
import { lookup } from '@tessera/platform/registry.js'
import { name, param, sql } from '@tessera/platform/sql/sql.js'
import type { Queryable } from '../database/queryable.js'
import type { Prepared } from './decide.js'
import type { NumberBlocks } from './number-blocks.js'
import { rowsOf } from './run.js'
import type { WriteContext } from './write-context.js'

type Values = Record<string, unknown>

/** What numbers are drawn with. */
export interface Drawing {
  readonly client: Queryable
  readonly blocks: NumberBlocks
  readonly context: WriteContext
  /** Everything that the same request writes. */
  readonly prepared: readonly Prepared[]
}

const asText = (value: unknown): string => (value === null || value === undefined ? '' : String(value))

/** The texts of the fields that numbers are made of: the record's own, and those of records that it points at, made in the same request or stored. */
export async function readParts(
  object: ObjectModel,
  parts: readonly string[],
  records: readonly Values[],
  drawing: Drawing,
): Promise<(record: Values) => PartText> {
  const along = new Map<string, { key: string; read: ReadonlyMap<string, string> }>()
  for (const part of parts.filter(path => path.includes('.'))) {
    const [relation = '', end = ''] = part.split('.')
    const pointing = lookup(object.fields, relation)
    const target = lookup(drawing.context.model.objects, pointing?.relation?.to ?? '')
    const field = target && lookup(target.fields, end)
    if (pointing && target && field)
      along.set(part, { key: pointing.key, read: await readOf(target, field, pointing.key, records, drawing) })
  }
  return record => part => {
    const related = along.get(part)
    return related ? (related.read.get(String(record[related.key])) ?? '') : asText(record[lookup(object.fields, part)?.key ?? part])
  }
}

async function readOf(
  target: ObjectModel,
  field: FieldModel,
  key: string,
  records: readonly Values[],
  { client, context, prepared }: Drawing,
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(records.flatMap(record => (typeof record[key] === 'string' ? [record[key]] : [])))]
  const rows = await rowsOf<{ id: string; v: unknown }>(
    client,
    sql`select t.id, ${field.class.read(column(field, 't'))} as v from ${from(target, 't')} where ${name('t', 'id')} = any(${param(ids)}::uuid[])`,
    context,
  )
  const read = new Map(rows.map(row => [row.id, asText(row.v)]))
  for (const { draft, values } of prepared)
    if (draft.object === target && Object.hasOwn(values, field.key)) read.set(draft.id, asText(values[field.key]))
  return read
}
