import { type Sql, sql, workspaceTable } from '../sql/sql.js'
import type { Change, Circumstance } from './change.js'

/** The statement that keeps the changes of states; null when there are none. */
export function stateStatement(
  changes: readonly Change[],
  { member, channel }: Circumstance,
  newId: () => string,
): { readonly name: string; readonly sql: Sql; readonly expects: number } | null {
  const rows = changes.flatMap(({ object, id, moves = [] }) =>
    moves.map(({ workSeconds, ...move }) => ({ id: newId(), object: object.name, record: id, work_seconds: workSeconds, ...move })),
  )
  if (rows.length === 0) return null
  const into = sql`insert into ${workspaceTable('_state')} (id, object, record, field, from_state, to_state, at, actor, transition, comment, seconds, work_seconds, channel)`
  const [one] = rows
  if (one && rows.length === 1)
    return {
      name: 'states',
      expects: 1,
      sql: sql`${into} values (${one.id}::uuid, ${one.object}, ${one.record}::uuid, ${one.field}, ${one.from}, ${one.to}, ${one.at}::timestamptz, ${member}::uuid, ${one.transition}, ${one.comment}, ${one.seconds}::bigint, ${one.work_seconds}::bigint, ${channel}) returning id`,
    }
  return {
    name: 'states',
    expects: rows.length,
    sql: sql`${into}
      select x.id, x.object, x.record, x.field, x."from", x."to", x.at, ${member}::uuid, x.transition, x.comment, x.seconds, x.work_seconds, ${channel}
      from json_to_recordset(${JSON.stringify(rows)}::json) as x(id uuid, object text, record uuid, field text, "from" text, "to" text, at timestamptz, transition text, comment text, seconds bigint, work_seconds bigint) returning id`,
  }
}
