import { ask } from './ask.js'
import { cpuOf, cpuOfTree, quiet } from './cpu.js'
import { loadCount, type Target } from './load.js'
import { median, warm } from './measure.js'
import { operations } from './operations.js'
import { say } from './report.js'
import { type Servers, withServers } from './servers.js'

/** What one kind of request costs at one size. */
interface Cost {
  readonly p50: number
  /** CPU milliseconds a request, server and PostgreSQL. */
  readonly cpu: number
  /** Pages of 8 kB that PostgreSQL looked at for a request, in memory or not. */
  readonly buffers: number
}

const fields = 'id name stage amount currency probability closeDate openedOn type source createdAt customerId'
const page = `query($after: String) { opportunities(orderBy: [{ createdAt: DESC }], first: 50, after: $after) { nodes { ${fields} } } }`
const [rounds, places, connections] = [5, 20, 4]
/** Requests of a round, some seconds of work: in a shorter time chance is more than what differs. */
const counts: Readonly<Record<string, number>> = { get: 6_000, create: 500, first: 1_500, deep: 1_500 }
const most = 1.3

/**
 * Measures what must not grow with a table – a record by its id, a new record, the first page of a list along its index and one
 * deep inside – at sizes one after the other, and says how many times the smallest each is.
 * @param scales 1 for 300,000 opportunities
 */
export async function measureSizes(scales: readonly number[], durable: boolean): Promise<unknown[]> {
  const sizes: { opportunities: number; costs: Record<string, Cost> }[] = []
  for (const scale of scales)
    await withServers({ scale, durable }, async servers => {
      const opportunities = Math.round(scale * 300_000)
      const costs: Record<string, Cost> = {}
      for (const [name, target] of Object.entries(await targetsOf(servers, opportunities)))
        costs[name] = await costOf(target, counts[name] ?? 500, servers)
      sizes.push({ opportunities, costs })
      for (const [name, cost] of Object.entries(costs)) say(lineOf(name, opportunities, cost, sizes[0]?.costs[name] ?? cost))
    })
  return [{ operation: 'sizes', goal: most, sizes }]
}

function lineOf(name: string, opportunities: number, { cpu, p50, buffers }: Cost, first: Cost): string {
  const times = (of: number, by: number) => (of / by).toFixed(2)
  return `S ${name} ${opportunities}  ${times(cpu, first.cpu)} x CPU of the smallest, ${times(p50, first.p50)} x p50 · ${cpu.toFixed(3)} ms of CPU, p50 ${p50.toFixed(2)} ms, ${buffers.toFixed(1)} pages a request`
}

async function targetsOf({ product, known }: Servers, opportunities: number): Promise<Readonly<Record<string, Target>>> {
  const asked = (query: string, variables: (n: number) => Record<string, unknown>): Target => ({
    ...product,
    body: n => JSON.stringify({ query, variables: variables(n) }),
  })
  const of = (name: string) => {
    const operation = operations.find(candidate => candidate.name === name)
    return asked(operation?.query ?? '', n => operation?.variables(n, known) ?? {})
  }
  const cursors: string[] = []
  for (let place = 1; place <= places; place++) {
    // far behind what the member sees is nothing: three of four records are theirs
    const offset = Math.floor((opportunities * 0.7 * place) / places)
    const found = await ask<{ opportunities: { edges: { cursor: string }[] } }>(
      product,
      'query($offset: Int) { opportunities(orderBy: [{ createdAt: DESC }], first: 1, offset: $offset) { edges { cursor } } }',
      { offset },
    )
    cursors.push(found.opportunities.edges[0]?.cursor ?? '')
  }
  return { get: of('Q1'), create: of('M1'), first: asked(page, () => ({})), deep: asked(page, n => ({ after: cursors[n % places] })) }
}

async function costOf(target: Target, count: number, { client, pids }: Servers): Promise<Cost> {
  await warm(target, pids.product, 500_000, count, connections)
  const samples: Cost[] = []
  for (let round = 1; round <= rounds; round++) {
    const pages = async () => {
      await quiet(pids.product, pids.database)
      // connections tell what they looked at a second after they have nothing to do
      await new Promise(resolve => setTimeout(resolve, 1_500))
      const text = 'select sum(blks_hit + blks_read)::float8 as n from pg_stat_database where datname = current_database()'
      return (await client.query<{ n: number }>(text)).rows[0]?.n ?? 0
    }
    const [before, used] = [await pages(), cpuOf(pids.product) + cpuOfTree(pids.database)]
    const { p50 } = await loadCount(target, round * count, count, connections)
    const cpu = (cpuOf(pids.product) + cpuOfTree(pids.database) - used) / count
    samples.push({ p50, cpu, buffers: ((await pages()) - before) / count })
  }
  const of = (what: keyof Cost) => median(samples.map(sample => sample[what]))
  return { p50: of('p50'), cpu: of('cpu'), buffers: of('buffers') }
}
