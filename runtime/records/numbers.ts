import { numberText } from '@tessera/platform/fields/autonumber.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { Queryable } from '../database/queryable.js'
import { rowsOf } from './run.js'
import type { WriteContext } from './write-context.js'

/** Draws automatic numbers for new records that have none; the counter's row stays locked until the transaction ends, so none is lost. */
export async function drawNumbers(
  client: Queryable,
  object: ObjectModel,
  records: readonly Record<string, unknown>[],
  context: WriteContext,
): Promise<void> {
  for (const field of Object.values(object.fields).filter(candidate => candidate.type.name === 'autonumber')) {
    const without = records.filter(record => (record[field.key] ?? null) === null)
    if (without.length === 0) continue
    const counter = `${object.name}.${field.name}`
    const [row] = await rowsOf<{ n: string }>(
      client,
      sql`insert into ${workspaceTable('_counter')} as c (name, n) values (${counter}, ${without.length}) on conflict (name) do update set n = c.n + excluded.n returning n`,
      context,
    )
    const first = BigInt(row?.n ?? 0) - BigInt(without.length) + 1n
    without.forEach((record, index) => {
      record[field.key] = numberText(field.definition.format, first + BigInt(index), context.moment.today)
    })
  }
}
