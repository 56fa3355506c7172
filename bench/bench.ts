import { parseArgs } from 'node:util'
import { compare } from './compare.js'
import { writeDocs } from './docs.js'
import { guard } from './guard.js'
import { measureHotParents } from './hot-parents.js'
import type { Effort } from './measure.js'
import { operations } from './operations.js'
import { measurePeers } from './peers/peers.js'
import { measurePublish } from './publish.js'
import { circumstancesOf, lineOf, say, writeResults } from './report.js'
import { measureImport, measureRuleCost } from './rule-cost.js'
import { type Servers, schema, withServers } from './servers.js'
import { measureSizes } from './sizes.js'
import { measureSoak } from './soak.js'
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
    publish: { type: 'boolean', default: false },
    rows: { type: 'string', default: '10000' },
    sizes: { type: 'boolean', default: false },
    soak: { type: 'string' },
    'write-docs': { type: 'boolean', default: false },
  },
})
const scale = Number(options.scale ?? (options.guard || options.publish ? 0.1 : 1))
const durable = options.durable !== 'off'
const effort: Effort = { seconds: Number(options.seconds), rounds: Number(options.rounds), connections: Number(options.connections) }
const wants = (name: string): boolean => !options.only || options.only.split(',').includes(name)

/** Every operation against its limit, and what is asked for by name. */
async function measureAll(servers: Servers): Promise<unknown[]> {
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
  return results
}

async function keep(results: readonly unknown[]): Promise<void> {
  const { seconds, rounds: roundCount, connections } = effort
  const circumstances = circumstancesOf({ scale, durable, seconds, roundCount, connections })
  await writeResults(circumstances, results)
  if (options['write-docs']) await writeDocs(circumstances, results)
}

/** From 10,000 opportunities over those of scale 1 to what the scale says. */
const sizes = [1 / 30, 1, ...(scale > 1 ? [scale] : [])]

if (options.sizes) await keep(await measureSizes(sizes, durable))
else
  await withServers({ scale, durable: durable && !options.guard }, async servers => {
    if (options.guard) process.exitCode = (await guard(servers)) ? 0 : 1
    else if (options.publish) await keep(await measurePublish(servers, Number(options.rows)))
    else await keep(options.soak ? [await measureSoak(servers, Number(options.soak))] : await measureAll(servers))
  })
