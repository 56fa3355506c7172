import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { column, from } from '@tessera/platform/query/source.js'
import { integer, name, nothing, param, type Sql, sql } from '@tessera/platform/sql/sql.js'
import type { Queryable } from '../database/queryable.js'
import type { Recompute } from './recompute-jobs.js'
import { rowsOf } from './run.js'
import type { WriteContext } from './write-context.js'

/** Which part of the records is meant, in the order of their ids. */
export interface Part {
  readonly after?: string
  readonly limit: number
}

/** The ids of live records that reach one of some records along relations, with the one that they reach. */
export function reachingSql(
  { object: start, path, causes }: Recompute,
  { model }: Pick<WriteContext, 'model'>,
  { after, limit }: Part,
): Sql {
  const { source, end } = joined(start, path, model)
  const behind = after === undefined ? nothing : sql` and ${name('t0', 'id')} > ${param(after)}::uuid`
  return sql`select ${name('t0', 'id')} as id, ${end} as cause from ${source} where ${end} = any(${param(causes)}::uuid[]) and ${name('t0', 'deleted_at')} is null${behind} order by 1 limit ${integer(limit)}`
}

/** The next records of a part. */
export async function readReaching(client: Queryable, recompute: Recompute, part: Part, context: WriteContext): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(client, reachingSql(recompute, context, part), context)
  return rows.map(({ id }) => id)
}

/** How many live records reach one of some records. */
export async function countReaching(client: Queryable, { object, path, causes }: Recompute, context: WriteContext): Promise<number> {
  const { source, end } = joined(object, path, context.model)
  const [row] = await rowsOf<{ count: number }>(
    client,
    sql`select count(*)::int as count from ${source} where ${end} = any(${param(causes)}::uuid[]) and ${name('t0', 'deleted_at')} is null`,
    context,
  )
  return row?.count ?? 0
}

/** The table of an object with those behind its relations but the last, and the id that the last one points at. */
function joined(start: string, path: readonly string[], model: WriteContext['model']): { readonly source: Sql; readonly end: Sql } {
  let at: ObjectModel | undefined = model.objects[start]
  if (!at) throw new Error(`No object ${start}`)
  let source = from(at, 't0')
  let end: Sql = name('t0', 'id')
  for (const [index, step] of path.entries()) {
    const relation: FieldModel | undefined = at?.fields[step]
    const target: ObjectModel | undefined = model.objects[relation?.relation?.to ?? '']
    if (!relation || !target) throw new Error(`No relation ${step} on the way from ${start}`)
    end = column(relation, `t${index}`)
    const next = `t${index + 1}`
    if (index + 1 < path.length)
      source = sql`${source} join ${from(target, next)} on ${name(next, 'id')} = ${end} and ${name(next, 'deleted_at')} is null`
    at = target
  }
  return { source, end }
}
