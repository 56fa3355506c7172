import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { startEmbedded } from '../runtime/database/embedded.js'
import { fill } from './data.js'
import { cpuOf, load, type Run, send, type Target } from './load.js'
import { type Known, type Operation, operations } from './operations.js'

const { values: options } = parseArgs({
  options: {
    scale: { type: 'string', default: '0.1' },
    seconds: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '5' },
    only: { type: 'string' },
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

/** Starts a program and waits for a line of its output; gives what stands behind the mark. */
function started(child: ChildProcess, mark: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let seen = ''
    const read = (chunk: Buffer) => {
      seen += chunk.toString()
      const found = mark.exec(seen)
      if (found) resolve(found[1] ?? '')
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.on('exit', code => reject(new Error(`A program ended with ${code}:\n${seen}`)))
  })
}

/** The product with a data set of its own, beside the limit over the same database. */
async function withServers(
  work: (servers: { product: Target; limit: Target; known: Known; pids: { product: number; limit: number } }) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'tessera-bench-'))
  await chmod(folder, 0o755) // as root, PostgreSQL runs as another user
  const database = await startEmbedded({ directory: folder, log: () => undefined })
  const { url } = database
  const product = spawn(process.execPath, ['runtime/bin/serve-built.js'], {
    cwd: root,
    env: { ...process.env, PORT: '0', DATABASE_URL: url, LOG_LEVEL: 'warn' },
  })
  const children: ChildProcess[] = [product]
  try {
    const address = await started(product, /is ready: (http:\S+)/)
    const client = new pg.Client({ connectionString: url })
    client.on('error', () => undefined) // it ends with its server when something fails before.on('error', () => undefined)
    await client.connect()
    const { rows } = await client.query<{ id: string }>(`select id from w_demo._member where email = 'admin@demo.test'`)
    const member = rows[0]?.id ?? ''
    say(`Filling tables at scale ${scale} …`)
    await fill(client, 'w_demo', scale, member)
    const known = await knownOf(client)
    await client.end()
    const limit = spawn(process.execPath, ['--import', 'tsx', 'bench/limit.ts', url, 'w_demo', '0', member], { cwd: root })
    children.push(limit)
    const port = await started(limit, /listening (\d+)/)
    const token = await signIn(address)
    const bare = { body: () => '' }
    await work({
      product: { url: new URL('/graphql', address), headers: { authorization: `Bearer ${token}`, 'x-workspace': 'demo' }, ...bare },
      limit: { url: new URL(`http://127.0.0.1:${port}/`), headers: {}, ...bare },
      known,
      pids: { product: product.pid ?? 0, limit: limit.pid ?? 0 },
    })
  } finally {
    for (const child of children) child.kill('SIGTERM')
    if (product.exitCode === null) await new Promise(resolve => product.once('exit', resolve))
    await database.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function knownOf(client: pg.Client): Promise<Known> {
  const ids = async (text: string) => (await client.query<{ v: string }>(text)).rows.map(row => row.v)
  return {
    opportunities: await ids(`select id as v from w_demo.opportunity where number like 'BO-%' order by id limit 5000`),
    customers: await ids(`select id as v from w_demo.customer where number like 'B-%' order by id limit 5000`),
    cities: await ids(`select distinct city as v from w_demo.customer where number like 'B-%' order by 1 limit 500`),
  }
}

async function signIn(address: string): Promise<string> {
  const query = 'mutation { signIn(email: "admin@demo.test", password: "tessera-demo") { token } }'
  const response = await fetch(`${address}/platform`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  })
  const { data } = (await response.json()) as { data: { signIn: { token: string } } }
  return data.signIn.token
}

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

await withServers(async ({ product, limit, known, pids }) => {
  const results = []
  for (const operation of operations.filter(candidate => !options.only || options.only.split(',').includes(candidate.name))) {
    const asked: Target = { ...product, body: n => JSON.stringify({ query: operation.query, variables: operation.variables(n, known) }) }
    const bare: Target = { ...limit, body: n => JSON.stringify({ name: operation.name, variables: operation.variables(n, known) }) }
    await checkEqual(operation, asked, bare)
    await load(asked, 1)
    await load(bare, 1)
    results.push(await measure(operation, asked, bare, pids))
  }
  await mkdir(join(root, 'bench/results'), { recursive: true })
  const file = join(root, 'bench/results', `${new Date().toISOString().replaceAll(':', '-')}.json`)
  await writeFile(file, `${JSON.stringify({ scale, seconds, rounds, node: process.version, results }, null, 2)}\n`)
  say(`Written: ${file.slice(root.length)}`)
})
