import { cpuOf, cpuOfTree } from '../cpu.js'
import { loadCount, type Target } from '../load.js'
import { type Effort, median } from '../measure.js'
import { type Operation, operations } from '../operations.js'
import { say } from '../report.js'
import type { Servers } from '../servers.js'
import { type Peer, servePostGraphile } from './postgraphile.js'

/** A second's requests are counted for the product; others get through fewer. */
const slower = 4

interface Side {
  readonly target: Target
  readonly pid: number
}

interface Sample {
  readonly perSecond: number
  /** CPU milliseconds a request, server and PostgreSQL. */
  readonly cpu: number
}

/**
 * Asks another program the same over the same tables, by turns with the product: what the product does in its time, as times.
 * The other one knows no members, rules, history or events.
 */
export async function measurePeers(servers: Servers, effort: Effort, wants: (name: string) => boolean): Promise<unknown[]> {
  say('Directus is not part of this: it is not installed here.')
  const peer = await servePostGraphile(servers)
  if (!peer) return []
  say(`${peer.name} is asked with all rights and without row security; it writes neither history nor events.`)
  const results: unknown[] = []
  try {
    for (const operation of operations.filter(({ name }) => wants(name))) {
      const target = peer.targetOf(operation, servers.known)
      if (target) results.push(await compareWith(peer, target, operation, servers, effort))
    }
  } finally {
    await peer.stop()
  }
  return results
}

async function compareWith(peer: Peer, target: Target, operation: Operation, servers: Servers, effort: Effort): Promise<unknown> {
  const { query, variables, name, title, aSecond } = operation
  const body = (n: number) => JSON.stringify({ query, variables: variables(n, servers.known) })
  const own: Side = { target: { ...servers.product, body }, pid: servers.pids.product }
  const theirs: Side = { target, pid: peer.pid }
  const count = Math.max(1, Math.round((aSecond * effort.seconds) / slower))
  for (const side of [own, theirs]) await loadCount(side.target, 800_000, count, effort.connections)
  const rounds: { own: Sample; theirs: Sample }[] = []
  for (let round = 0; round < effort.rounds; round++) {
    const from = 1_000_000 + 2 * count * round
    const ours = await sample(own, theirs, servers, { from, count, connections: effort.connections })
    rounds.push({ own: ours, theirs: await sample(theirs, own, servers, { from: from + count, count, connections: effort.connections }) })
  }
  const ratio = median(rounds.map(round => round.own.perSecond / round.theirs.perSecond))
  const cpuRatio = median(rounds.map(round => round.theirs.cpu / round.own.cpu))
  const of = (side: 'own' | 'theirs', what: keyof Sample) => median(rounds.map(round => round[side][what]))
  say(
    `${name} x ${peer.name} ${ratio.toFixed(1)}  ${title} · ${of('own', 'perSecond').toFixed(0)}/s against ${of('theirs', 'perSecond').toFixed(0)}/s · CPU a request, server and PostgreSQL: ${of('own', 'cpu').toFixed(2)} against ${of('theirs', 'cpu').toFixed(2)} ms, ${cpuRatio.toFixed(1)} times`,
  )
  return { operation: name, measure: 'peer', peer: peer.name, ratio, cpuRatio, rounds }
}

/** One side answers while the other is stopped. */
async function sample(
  side: Side,
  other: Side,
  { pids }: Servers,
  { from, count, connections }: { from: number; count: number; connections: number },
): Promise<Sample> {
  const used = () => cpuOf(side.pid) + cpuOfTree(pids.database)
  process.kill(other.pid, 'SIGSTOP')
  try {
    const before = used()
    const { perSecond } = await loadCount(side.target, from, count, connections)
    return { perSecond, cpu: (used() - before) / count }
  } finally {
    process.kill(other.pid, 'SIGCONT')
  }
}
