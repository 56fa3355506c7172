import { ask, askPlatform } from './ask.js'
import { cpuOf, cpuOfTree } from './cpu.js'
import { load, type Target } from './load.js'
import type { Effort } from './rule-cost.js'
import type { Servers } from './servers.js'

const name = { type: 'text', label: 'Name', required: true }
const rollups = {
  total: { type: 'rollup', label: 'Total', of: 'items', function: 'sum', field: 'amount' },
  items: { type: 'rollup', label: 'Items', of: 'items', function: 'count' },
}
const parentOf = (object: string, fields: object, rules: readonly unknown[] = []) => ({
  object: `bench${object}`,
  plural: `bench${object}s`,
  label: object,
  title: 'name',
  fields: { name, ...fields },
  rules,
})
const childOf = (object: string) => ({
  object: `bench${object}Item`,
  plural: `bench${object}Items`,
  label: `${object} item`,
  title: 'name',
  fields: {
    name,
    amount: { type: 'decimal', label: 'Amount', scale: 2 },
    parent: { type: 'lookup', label: 'Parent', to: `bench${object}`, inverse: 'items' },
  },
})
const budget = { rule: 'withinBudget', message: 'Too much.', must: { '<': [{ var: 'total' }, 1_000_000_000] } }

/** What children are made under: parents without rollups, with two, and with a rule over them besides. */
const kinds = ['Loose', 'Summed', 'Judged']
const hotModel: readonly unknown[] = [
  parentOf('Loose', {}),
  parentOf('Summed', { total: rollups.total, itemCount: rollups.items }),
  parentOf('Judged', { total: rollups.total, itemCount: rollups.items }, [budget]),
  ...kinds.map(childOf),
]

const manyParents = 500
const median = (list: readonly number[]): number => [...list].sort((left, right) => left - right)[Math.floor(list.length / 2)] ?? 0

interface Spread {
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
  readonly cpu: number
}

/**
 * What it costs that many create children of one parent at the same time, against children of many parents:
 * throughput, latency and CPU (server and PostgreSQL), by what the parent gathers; medians over rounds that take turns.
 * @param connections how many create at once
 */
export async function measureHotParents(servers: Servers, effort: Effort, connections: number): Promise<Record<string, unknown>> {
  const { admin: product } = servers
  await askPlatform(product, 'mutation($put: [JSON!]) { publish(put: $put) { version } }', { put: hotModel })
  const results: Record<string, unknown> = {}
  for (const kind of kinds) {
    const one = await targetOf(product, kind, 1)
    const many = await targetOf(product, kind, manyParents)
    await load(many, 1, connections)
    const runs: { one: Spread; many: Spread }[] = []
    for (let round = 0; round < effort.rounds; round++)
      runs.push({ one: await spread(servers, one, effort, connections), many: await spread(servers, many, effort, connections) })
    const of = (which: 'one' | 'many', what: keyof Spread) => median(runs.map(run => run[which][what]))
    const ratio = median(runs.map(({ one: hot, many: spreadOut }) => hot.perSecond / spreadOut.perSecond))
    const told = (which: 'one' | 'many') =>
      `${of(which, 'perSecond').toFixed(0)}/s, p50 ${of(which, 'p50').toFixed(1)} ms, p99 ${of(which, 'p99').toFixed(1)} ms, ${of(which, 'cpu').toFixed(2)} ms of CPU`
    process.stdout.write(
      `H1 ratio ${ratio.toFixed(2)}  ${connections} at once create under one ${kind} parent (${told('one')}) against many (${told('many')})\n`,
    )
    results[kind] = { ratio, runs }
  }
  return { operation: 'H1', measure: 'ratio', connections, results }
}

async function spread({ pids }: Servers, target: Target, { seconds }: Effort, connections: number): Promise<Spread> {
  const cpu = () => cpuOf(pids.product) + cpuOfTree(pids.database)
  const before = cpu()
  const { requests, perSecond, p50, p99 } = await load(target, seconds, connections)
  return { perSecond, p50, p99, cpu: (cpu() - before) / Math.max(1, requests) }
}

async function targetOf(product: Target, kind: string, count: number): Promise<Target> {
  const data = Array.from({ length: count }, (_, n) => ({ name: `${kind} ${n}` }))
  const query = `mutation($data: [Bench${kind}Create!]!) { made: createBench${kind}s(data: $data) { nodes { id } } }`
  const { made } = await ask<{ made: { nodes: { id: string }[] } }>(product, query, { data })
  const ids = made.nodes.map(node => node.id)
  const create = `mutation($data: Bench${kind}ItemCreate!) { made: createBench${kind}Item(data: $data) { id name amount } }`
  return {
    ...product,
    body: n =>
      JSON.stringify({
        query: create,
        variables: { data: { name: `Item ${n}`, amount: String(n % 100), parentId: ids[(n * 7919) % ids.length] } },
      }),
  }
}
