import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbedded } from '../runtime/database/embedded.js'
import { fill } from './data.js'
import type { Target } from './load.js'
import type { Known } from './operations.js'

const root = new URL('..', import.meta.url).pathname

/** The programs of a run: the product and the limit over one database, and what requests draw from. */
export interface Servers {
  readonly product: Target
  readonly limit: Target
  readonly known: Known
  /** Processes whose CPU time is counted; `database` has the children that serve connections. */
  readonly pids: { readonly product: number; readonly limit: number; readonly database: number }
}

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

/**
 * Serves the product with a data set of its own, beside the limit over the same database, while `work` runs.
 * @param size `scale` is 1 for 300,000 opportunities; not `durable` leaves out waiting for the disk
 */
export async function withServers(size: { scale: number; durable: boolean }, work: (servers: Servers) => Promise<void>): Promise<void> {
  const { scale, durable } = size
  const folder = await mkdtemp(join(tmpdir(), 'tessera-bench-'))
  await chmod(folder, 0o755) // as root, PostgreSQL runs as another user
  const database = await startEmbedded({ directory: folder, durable, log: () => undefined })
  const { url } = database
  const product = spawn(process.execPath, ['runtime/bin/serve-built.js'], {
    cwd: root,
    env: { ...process.env, PORT: '0', DATABASE_URL: url, LOG_LEVEL: 'warn' },
  })
  const children: ChildProcess[] = [product]
  try {
    const address = await started(product, /is ready: (http:\S+)/)
    const client = new pg.Client({ connectionString: url })
    client.on('error', () => undefined) // it ends with its server when something fails before
    await client.connect()
    const { rows } = await client.query<{ id: string }>(`select id from w_demo._member where email = 'admin@demo.test'`)
    const member = rows[0]?.id ?? ''
    process.stdout.write(`Filling tables at scale ${scale} …\n`)
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
      pids: { product: product.pid ?? 0, limit: limit.pid ?? 0, database: postmasterOf(folder) },
    })
  } finally {
    for (const child of children) child.kill('SIGTERM')
    if (product.exitCode === null) await new Promise(resolve => product.once('exit', resolve))
    await database.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** The process of the PostgreSQL of a data directory: the first line of its `postmaster.pid`. */
const postmasterOf = (folder: string): number => Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])

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
