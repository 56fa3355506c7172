import { parseArgs } from 'node:util'
import { compare } from './compare.js'
import { guard } from './guard.js'
import { measureHotParents } from './hot-parents.js'
import type { Effort } from './measure.js'
import { operations } from './operations.js'
import { measurePeers } from './peers/peers.js'
import { circumstancesOf, lineOf, say, writeResults } from './report.js'
import { measureImport, measureRuleCost } from './rule-cost.js'
import { type Servers, schema, withServers } from './servers.js'
import { checkStanding } from './standing.js'

const { values: options } = parseArgs({
  options: {
    scale: { type: 'string' },
    seconds: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '5' },
    only: { type: 'string' },
    durable: { type: 'string', default: 'on' },
    connections: { type: 'string', default: '16' },
    guard: { type: 'boolean', default: false },
    peers: { type: 'boolean', default: false },
  },
})
const scale = Number(options.scale ?? (options.guard ? 0.1 : 1))
const durable = options.durable !== 'off'
const effort: Effort = { seconds: Number(options.seconds), rounds: Number(options.rounds), connections: Number(options.connections) }
const wants = (name: string): boolean => !options.only || options.only.split(',').includes(name)

/** Every operation against its limit, and what is asked for by name. */
async function measureAll(servers: Servers): Promise<void> {
  const circumstances = await circumstancesOf(servers, {
    scale,
    durable,
    seconds: effort.seconds,
    roundCount: effort.rounds,
    connections: effort.connections,
  })
  const results: unknown[] = []
  for (const operation of operations.filter(({ name }) => wants(name))) {
    const measured = await compare(operation, servers, effort)
    say(lineOf(operation, measured))
    results.push(measured)
  }
  await checkStanding(servers.client, schema)
  if (options.peers) results.push(...(await measurePeers(servers, effort, wants)))
  // these speak of the product alone
  const asked = options.only?.split(',') ?? []
  if (asked.includes('R1') || asked.includes('R2')) results.push(await measureRuleCost(servers, effort))
  if (asked.includes('R2')) results.push(await measureImport(servers, 100_000))
  if (asked.includes('H1')) results.push(await measureHotParents(servers, effort, effort.connections))
  await writeResults(circumstances, results)
}

await withServers({ scale, durable: durable && !options.guard }, async servers => {
  if (!options.guard) await measureAll(servers)
  else if (!(await guard(servers))) process.exitCode = 1
})
