import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { measureHotParents } from './hot-parents.js'
import { cpuOf, load, type Run, send, type Target } from './load.js'
import { type Operation, operations } from './operations.js'
import { measureImport, measureRuleCost } from './rule-cost.js'
import { withServers } from './servers.js'

const { values: options } = parseArgs({
  options: {
    scale: { type: 'string', default: '0.1' },
    seconds: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '5' },
    only: { type: 'string' },
    durable: { type: 'string', default: 'on' },
    connections: { type: 'string', default: '16' },
  },
})
const [scale, seconds, rounds] = [Number(options.scale), Number(options.seconds), Number(options.rounds)]
const root = new URL('..', import.meta.url).pathname

interface Pair {
  readonly product: Run
  readonly limit: Run
}

const median = (list: readonly number[]): number => [...list].sort((left, right) => left - right)[Math.floor(list.length / 2)] ?? 0
const say = (line: string) => process.stdout.write(`${line}\n`)

/** Both answer a few requests alike, but for what differs by nature. */
async function checkEqual(operation: Operation, product: Target, limit: Target): Promise<void> {
  for (let n = 0; n < 5; n++) {
    const [left, right] = [plain(operation, await send(product, n)), plain(operation, await send(limit, n))]
    if (left !== right)
      throw new Error(`${operation.name}: the answers differ\nproduct ${left.slice(0, 2000)}\nlimit   ${right.slice(0, 2000)}`)
  }
}

const plain = (operation: Operation, answer: string): string =>
  JSON.stringify(JSON.parse(answer), (key, value: unknown) => (operation.volatile.includes(key) ? undefined : value))

async function measure(
  operation: Operation,
  product: Target,
  limit: Target,
  pids: { product: number; limit: number },
): Promise<Record<string, unknown>> {
  const pairs: Pair[] = []
  const connections = operation.measure === 'time' ? 1 : 16
  const cpu = { product: 0, limit: 0 }
  const counted = { product: 0, limit: 0 }
  for (let round = 0; round < rounds; round++) {
    const run = async (which: 'product' | 'limit') => {
      const before = cpuOf(pids[which])
      const result = await load(which === 'product' ? product : limit, seconds, connections)
      cpu[which] += cpuOf(pids[which]) - before
      counted[which] += result.requests
      return result
    }
    const first = round % 2 === 0 ? await run('product') : null
    const second = await run('limit')
    pairs.push({ product: first ?? (await run('product')), limit: second })
  }
  const ratio = median(
    pairs.map(pair => (operation.measure === 'time' ? pair.product.p50 / pair.limit.p50 : pair.product.perSecond / pair.limit.perSecond)),
  )
  const best = pairs.map(pair => pair.product)
  const each = (which: 'product' | 'limit') => (cpu[which] / Math.max(1, counted[which])).toFixed(3)
  say(
    `${operation.name} ${operation.measure === 'time' ? 'time' : 'ratio'} ${ratio.toFixed(2)}  ${operation.title} · product ${median(best.map(run => run.perSecond)).toFixed(0)}/s, limit ${median(pairs.map(pair => pair.limit.perSecond)).toFixed(0)}/s · p50 ${median(best.map(run => run.p50)).toFixed(2)} ms, p99 ${median(best.map(run => run.p99)).toFixed(2)} ms · server CPU ${each('product')} against ${each('limit')} ms a request · ${best[0]?.bytes.toFixed(0)} bytes`,
  )
  return { operation: operation.name, measure: operation.measure, ratio, pairs, cpu: { product: each('product'), limit: each('limit') } }
}

await withServers({ scale, durable: options.durable !== 'off' }, async servers => {
  const { product, limit, known, pids } = servers
  const wants = (name: string) => !options.only || options.only.split(',').includes(name)
  const results = []
  for (const operation of operations.filter(candidate => wants(candidate.name))) {
    const asked: Target = { ...product, body: n => JSON.stringify({ query: operation.query, variables: operation.variables(n, known) }) }
    const bare: Target = { ...limit, body: n => JSON.stringify({ name: operation.name, variables: operation.variables(n, known) }) }
    await checkEqual(operation, asked, bare)
    await load(asked, 1)
    await load(bare, 1)
    results.push(await measure(operation, asked, bare, pids))
  }
  if (wants('R1') || wants('R2')) results.push(await measureRuleCost(servers, { seconds, rounds }))
  if (wants('R2')) results.push(await measureImport(servers, 100_000))
  if (wants('H1')) results.push(await measureHotParents(servers, { seconds, rounds }, Number(options.connections)))
  await mkdir(join(root, 'bench/results'), { recursive: true })
  const file = join(root, 'bench/results', `${new Date().toISOString().replaceAll(':', '-')}.json`)
  await writeFile(file, `${JSON.stringify({ scale, seconds, rounds, node: process.version, results }, null, 2)}\n`)
  say(`Written: ${file.slice(root.length)}`)
})
