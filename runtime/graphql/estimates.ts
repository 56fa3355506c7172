import { countedUpTo } from '@tessera/platform/query/counted.js'
import { estimates, roughly } from '@tessera/platform/query/estimate.js'
import { type Env, inSchema, valuesOf } from '@tessera/platform/sql/sql.js'
import type { QueryConfig } from 'pg'
import { type CompiledEstimate, renderedFor } from './plans.js'

/** What `explain (format json)` says, as far as it is read here. */
type Explained = readonly { readonly Plan: { readonly 'Plan Rows': number } }[]

/** How statements of a workspace are run. */
interface Running {
  readonly schema: string
  /** Whether the database keeps prepared statements. */
  readonly prepares: boolean
  readonly run: (statement: QueryConfig) => Promise<{ readonly rows: readonly unknown[] }>
}

/**
 * Finds the rough numbers that a read asks for: counted where they are small, else as the planner expects them of the very
 * statement that would count, with everything that the caller may not see left out.
 * @returns what the read is executed with
 */
export async function withEstimates(asked: readonly CompiledEstimate[], env: Env, running: Running): Promise<Env> {
  const found = new Map<string, number>()
  for (const one of asked) found.set(one.root, await estimate(one, env, running))
  // what is asked before reckons some of it only when it is read
  return { ...env, context: Object.assign(Object.create(env.context) as Record<PropertyKey, unknown>, { [estimates]: found }) }
}

async function estimate({ counted, rows }: CompiledEstimate, env: Env, { schema, prepares, run }: Running): Promise<number> {
  const { name, text } = renderedFor(counted, schema)
  const answer = await run({ ...(prepares ? { name } : {}), text, values: valuesOf(counted.statement, env) })
  const { count } = answer.rows[0] as { count: number }
  if (count <= countedUpTo) return count
  const explained = await run({ text: `explain (format json) ${inSchema(rows.text, schema)}`, values: valuesOf(rows, env) })
  const [plan] = (explained.rows[0] as { 'QUERY PLAN': Explained })['QUERY PLAN']
  return roughly(plan?.Plan['Plan Rows'] ?? 0)
}
