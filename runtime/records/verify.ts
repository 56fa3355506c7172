import type { ComputedField } from '@tessera/platform/model/computed-model.js'
import type { FieldModel, Model, ObjectModel } from '@tessera/platform/model/model.js'
import { column, from, queryContext, ruleScope, unrestricted } from '@tessera/platform/query/source.js'
import { countRollup } from '@tessera/platform/records/rollups.js'
import { toSql } from '@tessera/platform/rules/sql-reading.js'
import { name, param, sql } from '@tessera/platform/sql/sql.js'
import type { Queryable } from '../database/queryable.js'
import { keyed, readParts } from './roll-up.js'
import { readingOf, rowsOf } from './run.js'
import type { WriteContext } from './write-context.js'

/** A kept value that is not what computing it anew gives. */
export interface Drift {
  readonly object: string
  readonly field: string
  readonly id: string
}

/** Where and how a workspace is looked at. */
export type Verifying = Pick<WriteContext, 'schema' | 'moment' | 'currency'> & { readonly model: Model }

/** So many records are computed anew at once. */
export const verifiedAtOnce = 1_000

/** The id before every other one. */
export const beforeAll = '00000000-0000-0000-0000-000000000000'

/**
 * Computes every stored formula and rollup of live records anew, by PostgreSQL alone, and tells which kept values differ.
 * Between the reading of two objects others may write; run it in a transaction of `repeatable read` to see one moment.
 * @param tell called with each difference
 * @returns how many values were looked at
 */
export async function verifyComputed(client: Queryable, verifying: Verifying, tell: (drift: Drift) => void): Promise<number> {
  let seen = 0
  for (const computed of verifying.model.computed) {
    let last = beforeAll
    for (;;) {
      const { ids, drifted } = await verifyBatch(client, computed, last, verifying)
      if (ids.length === 0) break
      seen += ids.length
      last = ids.at(-1) ?? last
      for (const id of drifted) tell({ object: computed.object, field: computed.field, id })
    }
  }
  return seen
}

/** Computes one field of records anew, `verifiedAtOnce` of those behind an id; it looks at fewer at their end. */
export async function verifyBatch(client: Queryable, computed: ComputedField, last: string, verifying: Verifying): Promise<Batch> {
  const object = verifying.model.objects[computed.object]
  const field = object?.fields[computed.field]
  if (!object || !field) return { ids: [], drifted: [] }
  return (field.rollup ? rollupBatch : formulaBatch)(client, object, field, last, verifying)
}

/** The records that were looked at, in the order of their ids, and those of them whose kept value differs. */
interface Batch {
  readonly ids: readonly string[]
  readonly drifted: readonly string[]
}

async function formulaBatch(client: Queryable, object: ObjectModel, field: FieldModel, last: string, verifying: Verifying): Promise<Batch> {
  if (!field.rule) return { ids: [], drifted: [] }
  const anew = toSql(field.rule, ruleScope(object, 't', queryContext(verifying.model, unrestricted)), 'value')
  const rows = await rowsOf<{ id: string; same: boolean }>(
    client,
    sql`select t.id, ${column(field, 't')} is not distinct from ${anew} as same from ${from(object, 't')} where t.id > ${param(last)}::uuid and t.deleted_at is null order by t.id limit ${verifiedAtOnce}`,
    verifying,
  )
  return { ids: rows.map(({ id }) => id), drifted: rows.filter(({ same }) => !same).map(({ id }) => id) }
}

async function rollupBatch(client: Queryable, object: ObjectModel, field: FieldModel, last: string, verifying: Verifying): Promise<Batch> {
  const { rollup } = field
  const child = rollup && verifying.model.objects[rollup.object]
  if (!rollup || !child) return { ids: [], drifted: [] }
  const { columns, valuesOf } = readingOf(object, 't')
  const rows = await rowsOf<Record<string, unknown>>(
    client,
    sql`select ${columns} from ${from(object, 't')} where ${name('t', 'id')} > ${param(last)}::uuid and t.deleted_at is null order by t.id limit ${verifiedAtOnce}`,
    verifying,
  )
  const records = rows.map(valuesOf)
  const ids = records.map(({ id }) => String(id))
  const parts = await readParts(client, field, rollup, new Map(records.map(record => [String(record.id), record])), [], verifying)
  const drifted = records.filter(record => {
    const anew = keyed(field, countRollup(rollup, child, parts.get(String(record.id)), []))
    return Object.entries(anew).some(([key, value]) => (record[key] ?? null) !== (value ?? null))
  })
  return { ids, drifted: drifted.map(({ id }) => String(id)) }
}
