import { countedUpTo } from '@tessera/platform/query/counted.js'
import { estimates, roughly } from '@tessera/platform/query/estimate.js'
import { type Env, valuesOf } from '@tessera/platform/sql/sql.js'
import type { QueryConfig } from 'pg'
import type { CompiledEstimate } from './plans.js'

/** What `explain (format json)` says, as far as it is read here. */
type Explained = readonly { readonly Plan: { readonly 'Plan Rows': number } }[]

type Run = (statement: QueryConfig) => Promise<{ readonly rows: readonly unknown[] }>

/**
 * Finds the rough numbers that a read asks for: counted where they are small, else as the planner expects them of the very
 * statement that would count, with everything that the caller may not see left out.
 * @param prepares whether the database keeps prepared statements
 * @returns what the read is executed with
 */
export async function withEstimates(asked: readonly CompiledEstimate[], env: Env, prepares: boolean, run: Run): Promise<Env> {
  const found = new Map<string, number>()
  for (const one of asked) found.set(one.root, await estimate(one, env, prepares, run))
  return { ...env, context: { ...env.context, [estimates]: found } }
}

async function estimate({ counted, rows }: CompiledEstimate, env: Env, prepares: boolean, run: Run): Promise<number> {
  const { name, statement } = counted
  const answer = await run({ ...(prepares ? { name } : {}), text: statement.text, values: valuesOf(statement, env) })
  const { count } = answer.rows[0] as { count: number }
  if (count <= countedUpTo) return count
  const explained = await run({ text: `explain (format json) ${rows.text}`, values: valuesOf(rows, env) })
  const [plan] = (explained.rows[0] as { 'QUERY PLAN': Explained })['QUERY PLAN']
  return roughly(plan?.Plan['Plan Rows'] ?? 0)
}
