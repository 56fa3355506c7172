import { type Both, checkEqual } from './equal.js'
import { type Effort, type Measured, measure, warmUp } from './measure.js'
import type { Operation } from './operations.js'
import type { Servers } from './servers.js'

const bothOf = ({ name, query, variables }: Operation, { product, limit, known }: Servers): Both => ({
  product: { ...product, body: n => JSON.stringify({ query, variables: variables(n, known) }) },
  limit: { ...limit, body: n => JSON.stringify({ name, variables: variables(n, known) }) },
})

/** Compares an operation with its limit: first whether both answer and leave behind the same, then what it costs. Throws where they differ. */
export async function compare(operation: Operation, servers: Servers, effort: Effort): Promise<Measured> {
  const both = bothOf(operation, servers)
  await checkEqual(operation, both, servers)
  await warmUp(operation, both, servers, effort)
  return measure(operation, both, servers, effort)
}
