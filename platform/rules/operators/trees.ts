import { sql } from '../../sql/sql.js'
import { at, exactly, never, type Operator, type RuleContext, takes } from '../operator.js'

const id = takes(['id'])

/** Whether the record that a relation points at is another, or stands below it in their tree. */
export const within: Operator = {
  name: 'within',
  takes: exactly(id, id),
  gives: 'boolean',
  isNullable: never,
  isForTrees: true,
  js: (args, context, { reads }) => {
    const top = at(args, 1)(context)
    const branch: RuleContext['branch'] = context.branch
    return typeof top === 'string' && (branch?.(reads[0]?.path ?? []) ?? []).includes(top)
  },
  sql: (args, { reads, branch }) =>
    sql`exists (select from (${branch?.(reads[0]?.path ?? []) ?? sql`select null::uuid as id`}) b where b.id = ${at(args, 1)})`,
  cases: [{ args: [null, null], as: 'id', gives: false }],
}
