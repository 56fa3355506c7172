import { numberText } from '@tessera/platform/fields/autonumber.js'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { Queryable } from '../database/queryable.js'
import { readHolders } from './gather.js'
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
    let without = records.filter(record => (record[field.key] ?? null) === null)
    // a number that an import brought along is passed over
    while (without.length > 0) {
      const texts = await draw(client, object, field, without.length, context)
      const holders = await readHolders(client, object, field, texts, context)
      const free = texts.filter(text => !holders.has(text))
      free.forEach((text, index) => {
        const record = without[index]
        if (record) record[field.key] = text
      })
      without = without.slice(free.length)
    }
  }
}

async function draw(client: Queryable, object: ObjectModel, field: FieldModel, count: number, context: WriteContext): Promise<string[]> {
  const counter = `${object.name}.${field.name}`
  const [row] = await rowsOf<{ n: string }>(
    client,
    sql`insert into ${workspaceTable('_counter')} as c (name, n) values (${counter}, ${count}) on conflict (name) do update set n = c.n + excluded.n returning n`,
    context,
  )
  const first = BigInt(row?.n ?? 0) - BigInt(count) + 1n
  return Array.from({ length: count }, (_, index) => numberText(field.definition.format, first + BigInt(index), context.moment.today))
}
