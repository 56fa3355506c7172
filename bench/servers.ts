import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbedded } from '../runtime/database/embedded.js'
import { askPlatform } from './ask.js'
import { fill } from './data.js'
import { reachesOpportunity, seesCustomer } from './limit/access.js'
import type { LimitSettings } from './limit/server.js'
import type { Target } from './load.js'
import { type Asking, memberOf } from './member.js'
import type { Known } from './operations.js'

const root = new URL('..', import.meta.url).pathname
/** The workspace that is measured. */
export const schema = 'w_demo'

/** The programs of a run: the product and the limit over one database, and what requests draw from. */
export interface Servers {
  /** Asked by a member whose roles have rules. */
  readonly product: Target
  /** Asked by an admin, for what is published by the way. */
  readonly admin: Target
  readonly limit: Target
  readonly known: Known
  /** A connection of its own to the database. */
  readonly client: pg.Client
  readonly databaseUrl: string
  /** Processes whose CPU time is counted; `database` has the children that serve connections. */
  readonly pids: { readonly product: number; readonly limit: number; readonly database: number }
}

/** Starts a program and waits for a line of its output; gives what stands behind the mark. */
export function started(child: ChildProcess, mark: RegExp): Promise<string> {
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
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined) // it ends with its server when something fails before
  const children: ChildProcess[] = []
  const start = (args: readonly string[], environment: NodeJS.ProcessEnv = {}) => {
    const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, ...environment } })
    children.push(child)
    return child
  }
  const endAll = () => {
    for (const child of children) for (const signal of ['SIGCONT', 'SIGTERM'] as const) child.kill(signal)
  }
  const leave = () => {
    endAll()
    rmSync(folder, { recursive: true, force: true })
  }
  process.once('exit', leave) // when somebody interrupts it
  try {
    const product = start(['runtime/bin/serve-built.js'], { PORT: '0', DATABASE_URL: url, LOG_LEVEL: 'warn' })
    const address = await started(product, /is ready: (http:\S+)/)
    const admin = await adminOf(address)
    const asking = await memberOf(admin)
    await client.connect()
    process.stdout.write(`Filling tables at scale ${scale} …\n`)
    await fill(client, schema, scale, asking)
    const settings: LimitSettings = { url, schema, ...asking }
    const limit = start(['--import', 'tsx', 'bench/limit/server.ts', JSON.stringify(settings)])
    const port = await started(limit, /listening (\d+)/)
    await work({
      product: { ...admin, headers: asking.headers },
      admin,
      limit: { url: new URL(`http://127.0.0.1:${port}/`), headers: {}, body: () => '' },
      known: await knownOf(client, asking),
      client,
      databaseUrl: url,
      pids: { product: product.pid ?? 0, limit: limit.pid ?? 0, database: postmasterOf(folder) },
    })
  } finally {
    process.off('exit', leave)
    await client.end().catch(() => undefined)
    const ends = children.filter(child => child.exitCode === null).map(child => new Promise(resolve => child.once('exit', resolve)))
    endAll()
    await Promise.all(ends)
    await database.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** The process of the PostgreSQL of a data directory: the first line of its `postmaster.pid`. */
const postmasterOf = (folder: string): number => Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])

/** Samples of the data set that are the same in every run and lie all over the tables; all of them may be seen by the member. */
async function knownOf(client: pg.Client, { reached, grantees }: Asking): Promise<Known> {
  const draw = async (column: string, from: string, most: number, ...values: unknown[]) =>
    (
      await client.query<{ v: string }>(
        `select distinct on (md5(${column}::text)) ${column} as v from ${from} order by md5(${column}::text) limit ${most}`,
        values,
      )
    ).rows.map(row => row.v)
  const access = reachesOpportunity(schema, 't', { reached: '$1', grantees: '$2' }, 'edit')
  const open = `${schema}.opportunity t where number like 'BO-%' and stage not in ('won', 'lost') and ${access}`
  return {
    opportunities: await draw('id', open, 5000, reached, grantees),
    customers: await draw('id', `${schema}.customer t where number like 'B-%' and ${seesCustomer('t')}`, 5000),
    cities: await draw('city', `${schema}.customer t where number like 'B-%'`, 500),
  }
}

async function adminOf(address: string): Promise<Target> {
  const bare: Target = { url: new URL('/graphql', address), headers: {}, body: () => '' }
  const { signIn } = await askPlatform<{ signIn: { token: string } }>(
    bare,
    'mutation { signIn(email: "admin@demo.test", password: "tessera-demo") { token } }',
  )
  return { ...bare, headers: { authorization: `Bearer ${signIn.token}`, 'x-workspace': 'demo' } }
}
