import type { ObjectModel } from '../model/model.js'
import { lookup } from '../registry.js'
import { join, name, type Sql, sql } from '../sql/sql.js'
import { needsLook } from './needs-look.js'
import type { Output, RecordPlan } from './plan.js'
import type { QueryContext } from './source.js'

/** Ids of records that are shown beside them: where the record is there for the caller so is its id, and it need not be looked up for both. */
export function sharedLooks({ outputs }: RecordPlan, object: ObjectModel, context: QueryContext): ReadonlyMap<Output, string> {
  const found = new Map<Output, string>()
  for (const output of outputs) {
    const field = output.kind === 'field' ? lookup(object.fields, output.field) : undefined
    if (!field || !needsLook(field, context)) continue
    const beside = outputs.find(other => other.kind === 'one' && other.field === field.name)
    if (beside) found.set(output, beside.key)
  }
  return found
}

/** The rows of a page, which are few, with what follows from their values; a limit keeps PostgreSQL from reckoning these twice. */
export function afterwards(rows: Sql, outputs: readonly Output[], shared: ReadonlyMap<Output, string>, context: QueryContext): Sql {
  const row = context.alias()
  const values = outputs.map(output => {
    const own = name(row, output.key)
    const beside = shared.get(output)
    return beside === undefined ? own : sql`case when ${name(row, beside)} is not null then ${own} end as ${name(output.key)}`
  })
  return sql`(select ${join(values)} from ${rows} ${name(row)})`
}
