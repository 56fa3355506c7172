import { parseArgs } from 'node:util'
import { type Both, checkEqual } from './equal.js'
import { measureHotParents } from './hot-parents.js'
import { type Effort, type Measured, measure, warmUp } from './measure.js'
import { type Operation, operations } from './operations.js'
import { circumstancesOf, lineOf, say, writeResults } from './report.js'
import { measureImport, measureRuleCost } from './rule-cost.js'
import { type Servers, schema, withServers } from './servers.js'
import { checkStanding } from './standing.js'

const { values: options } = parseArgs({
  options: {
    scale: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '5' },
    only: { type: 'string' },
    durable: { type: 'string', default: 'on' },
    connections: { type: 'string', default: '16' },
  },
})
const scale = Number(options.scale)
const durable = options.durable !== 'off'
const effort: Effort = { seconds: Number(options.seconds), rounds: Number(options.rounds), connections: Number(options.connections) }
const wants = (name: string): boolean => !options.only || options.only.split(',').includes(name)

const bothOf = ({ name, query, variables }: Operation, { product, limit, known }: Servers): Both => ({
  product: { ...product, body: n => JSON.stringify({ query, variables: variables(n, known) }) },
  limit: { ...limit, body: n => JSON.stringify({ name, variables: variables(n, known) }) },
})

/** Compares an operation with its limit: first whether they answer alike, then what it costs. */
async function compare(operation: Operation, servers: Servers): Promise<Measured> {
  const both = bothOf(operation, servers)
  await checkEqual(operation, both, servers)
  await warmUp(operation, both, effort.connections)
  const measured = await measure(operation, both, servers, effort)
  say(lineOf(operation, measured))
  return measured
}

await withServers({ scale, durable }, async servers => {
  const circumstances = await circumstancesOf(servers, {
    scale,
    durable,
    seconds: effort.seconds,
    roundCount: effort.rounds,
    connections: effort.connections,
  })
  const results: unknown[] = []
  for (const operation of operations.filter(({ name }) => wants(name))) results.push(await compare(operation, servers))
  await checkStanding(servers.client, schema)
  // these are asked for by name: they speak of the product alone
  const asked = options.only?.split(',') ?? []
  if (asked.includes('R1') || asked.includes('R2')) results.push(await measureRuleCost(servers, effort))
  if (asked.includes('R2')) results.push(await measureImport(servers, 100_000))
  if (asked.includes('H1')) results.push(await measureHotParents(servers, effort, effort.connections))
  await writeResults(circumstances, results)
})
