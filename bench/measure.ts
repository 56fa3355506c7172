import { cpuOf, cpuOfTree, quiet } from './cpu.js'
import type { Both } from './equal.js'
import { loadCount, type Run, type Target } from './load.js'
import type { Operation } from './operations.js'
import type { Servers } from './servers.js'

/** How a measurement is taken. */
export interface Effort {
  readonly seconds: number
  readonly rounds: number
  readonly connections: number
}

/** One round of one side; CPU in milliseconds a request. */
export interface Sample extends Run {
  /** The program that answers. */
  readonly server: number
  readonly postgres: number
  /** What of both came after the last answer: events that are followed. */
  readonly afterwards: number
}

export interface Measured {
  readonly operation: Operation['name']
  readonly measure: Operation['measure']
  /** Product by limit: throughput, or time where that is what is measured; the median of the rounds. */
  readonly ratio: number
  /** CPU of the limit by that of the product, server and PostgreSQL together; the median of the rounds. */
  readonly cpuRatio: number
  readonly rounds: readonly { readonly product: Sample; readonly limit: Sample }[]
}

/** The middle one of some figures; of an even number the upper of the two. */
export const median = (list: readonly number[]): number => [...list].sort((left, right) => left - right)[Math.floor(list.length / 2)] ?? 0

type Side = 'product' | 'limit'

/**
 * Lets both answer the same requests by turns, a round each, and compares round by round. Whoever is not asked is stopped
 * meanwhile, so that what it does in the background counts for nobody else.
 */
export async function measure(operation: Operation, both: Both, servers: Servers, effort: Effort): Promise<Measured> {
  const count = Math.max(1, Math.round(operation.aSecond * effort.seconds))
  const rounds: { product: Sample; limit: Sample }[] = []
  for (let round = 0; round < effort.rounds; round++) {
    const samples: Partial<Record<Side, Sample>> = {}
    for (const side of round % 2 === 0 ? (['product', 'limit'] as const) : (['limit', 'product'] as const)) {
      // a write that says what is there already is no write: each side and round has numbers of its own
      const from = count * (operation.writes ? 2 * round + (side === 'product' ? 0 : 1) : round)
      samples[side] = await sample(operation, both, servers, side, { from, count, connections: effort.connections })
    }
    if (samples.product && samples.limit) rounds.push({ product: samples.product, limit: samples.limit })
  }
  const isTime = operation.measure === 'time'
  const ratio = median(rounds.map(({ product, limit }) => (isTime ? product.p50 / limit.p50 : product.perSecond / limit.perSecond)))
  const cpuRatio = median(rounds.map(({ product, limit }) => cpuSum(limit) / cpuSum(product)))
  return { operation: operation.name, measure: operation.measure, ratio, cpuRatio, rounds }
}

/** CPU milliseconds of a request, server and PostgreSQL. */
export const cpuSum = ({ server, postgres }: Sample): number => server + postgres

async function sample(
  operation: Operation,
  both: Both,
  { pids }: Servers,
  side: Side,
  { from, count, connections }: { from: number; count: number; connections: number },
): Promise<Sample> {
  if (operation.writes) await quiet(pids.product, pids.database)
  const used = () => [cpuOf(pids[side]), cpuOfTree(pids.database)] as const
  if (side === 'limit') process.kill(pids.product, 'SIGSTOP')
  try {
    const before = used()
    const run = await loadCount(both[side], from, count, operation.measure === 'time' ? 1 : connections)
    const answered = used()
    const isFollowed = side === 'product' && operation.writes
    if (isFollowed) await quiet(pids.product, pids.database)
    const after = isFollowed ? used() : answered
    const sum = ([server, postgres]: readonly [number, number]) => server + postgres
    return {
      ...run,
      server: (after[0] - before[0]) / count,
      postgres: (after[1] - before[1]) / count,
      afterwards: (sum(after) - sum(answered)) / count,
    }
  } finally {
    if (side === 'limit') process.kill(pids.product, 'SIGCONT')
  }
}

const [fewestSlices, mostSlices, stillFalls] = [3, 12, 0.97]

/**
 * Asks until whoever answers is warm: plans, caches, and the code that the engine compiles while it runs. That is so when the CPU of a
 * request has stopped falling from one slice of requests to the next.
 * @param from the number of the first request
 * @param count requests of a slice
 */
export async function warm(target: Target, pid: number, from: number, count: number, connections: number): Promise<void> {
  for (let slice = 0, least = Number.POSITIVE_INFINITY; slice < mostSlices; slice++) {
    const before = cpuOf(pid)
    await loadCount(target, from + slice * count, count, connections)
    const used = cpuOf(pid) - before
    if (slice + 1 >= fewestSlices && used > least * stillFalls) return
    least = Math.min(least, used)
  }
}

/** Warms both up for an operation. */
export async function warmUp(operation: Operation, both: Both, { pids }: Servers, { connections, seconds }: Effort): Promise<void> {
  const count = Math.ceil(operation.aSecond * Math.min(1, 2 * seconds))
  for (const [at, side] of (['product', 'limit'] as const).entries()) {
    const from = 500_000 + at * mostSlices * count
    await warm(both[side], pids[side], from, count, operation.measure === 'time' ? 1 : connections)
  }
}
