import { memoryOf } from './cpu.js'
import { load, loadSteadily, type Run, type Target } from './load.js'
import { operations } from './operations.js'
import { say } from './report.js'
import type { Servers } from './servers.js'

/** How much of the load each operation is. */
const shares = { Q1: 0.6, Q2: 0.2, M1: 0.1, M2: 0.1 } as const
const most = 3

/**
 * Asks for half of what the product can do, for minutes, at an even pace whatever the answers do: how long the slowest of a
 * thousand take against the usual one, and whether memory stays where it is. Then the limit is asked the same as often: what
 * its slowest take is of the machine, the disk and the program that asks.
 */
export async function measureSoak(servers: Servers, minutes: number): Promise<unknown> {
  const { product, pids } = servers
  const parts = partsOf(servers)
  const mixed: Target = { ...product, body: n => parts[parts.findIndex((_part, at) => n % 10 < tenths(parts, at))]?.product.body(n) ?? '' }
  await load(mixed, 5)
  const { perSecond } = await load(mixed, 10)
  const askEvenly = (side: 'product' | 'limit', seconds: number) =>
    Promise.all(parts.map(async part => ({ name: part.name, run: await loadSteadily(part[side], seconds, (perSecond / 2) * part.share) })))
  await askEvenly('limit', 10)
  const limit = await askEvenly('limit', minutes * 60)
  await askEvenly('product', 10)
  const memory = [memoryOf(pids.product)]
  const watch = setInterval(() => memory.push(memoryOf(pids.product)), 10_000)
  const runs = await askEvenly('product', minutes * 60)
  clearInterval(watch)
  for (const { name, run } of limit) say(lineOf(`${name} limit`, run))
  for (const { name, run } of runs) say(lineOf(name, run))
  const [start, end] = [memory[0] ?? 0, memory.at(-1) ?? 0]
  say(`Memory of the server: ${start.toFixed(0)} MB at first, ${Math.max(...memory).toFixed(0)} MB at most, ${end.toFixed(0)} MB at last`)
  return { operation: 'soak', minutes, offered: perSecond / 2, goal: most, runs, limit, memory }
}

/** What is asked, of the product and of the limit, and how much of the load it is. */
const partsOf = ({ product, limit, known }: Servers) =>
  operations.flatMap(({ name, query, variables }) => {
    const share = Object.hasOwn(shares, name) ? shares[name as keyof typeof shares] : 0
    const asked = {
      product: { ...product, body: (n: number) => JSON.stringify({ query, variables: variables(n, known) }) },
      limit: { ...limit, body: (n: number) => JSON.stringify({ name, variables: variables(n, known) }) },
    }
    return share > 0 ? [{ name, share, ...asked }] : []
  })

const tenths = (parts: readonly { readonly share: number }[], at: number): number =>
  Math.round(parts.slice(0, at + 1).reduce((sum, { share }) => sum + share * 10, 0))

const lineOf = (name: string, { requests, p50, p99, p999 }: Run): string =>
  `L ${name} ${(p999 / p50).toFixed(1)}  p99.9 times p50 at half load, at most ${most} · p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms, p99.9 ${p999.toFixed(2)} ms of ${requests}`
