import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { binaryDirectory } from '../../runtime/database/embedded-package.js'
import { freePort } from '../../runtime/database/ports.js'

/** A PostgreSQL of one spec file. */
export interface Server {
  readonly url: string
  start(): Promise<void>
  /** Ends it at once, as a power cut would. */
  kill(): Promise<void>
  /** What one statement gives, asked over a connection of its own. */
  ask(statement: string): Promise<Record<string, unknown>[]>
}

/** A primary and a streaming replica of it. */
export interface Pair {
  readonly primary: Server
  readonly replica: Server
  /** Ends both and takes their files away. */
  drop(): Promise<void>
}

const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const server of running) server.kill('SIGKILL')
})

const programs = () => process.env.TESSERA_TEST_POSTGRES ?? join(binaryDirectory(), 'native', 'bin')
const idOf = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
/** PostgreSQL refuses to run as root. */
const user = () => (process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {})

/** One server on a free port, its files made by `initdb`; without them when they are there already. */
async function serverIn(cluster: string): Promise<Server> {
  const port = await freePort()
  const url = `postgres://tessera@127.0.0.1:${port}/postgres`
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    fsync: 'off',
    timezone: 'UTC',
    wal_keep_size: '256MB',
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  let server: ChildProcess | undefined
  const start = async () => {
    const begun = spawn(join(programs(), 'postgres'), ['-D', cluster, ...flags], {
      ...user(),
      cwd: '/',
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    running.add(begun)
    server = begun
    await untilReady(begun)
  }
  const kill = async () => {
    if (!server || server.exitCode !== null || server.signalCode !== null) return
    const exited = once(server, 'exit')
    // PostgreSQL's own way to end at once; a killed postmaster would leave its children behind
    server.kill('SIGQUIT')
    await exited
    running.delete(server)
  }
  const ask = async (statement: string) => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    return client
      .query(statement)
      .then(({ rows }) => rows)
      .finally(() => client.end())
  }
  return { url, start, kill, ask }
}

async function untilReady(server: ChildProcess): Promise<void> {
  const { stderr } = server
  await new Promise<void>((resolve, reject) => {
    let said = ''
    stderr?.on('data', (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-4_000)
      if (/ready to accept (read-only )?connections/.test(said)) resolve()
    })
    server.once('exit', () => reject(new Error(`PostgreSQL did not start: ${said}`)))
  })
}

/** A PostgreSQL alone, that can be ended and started again. */
export async function startServer(): Promise<Server & { drop(): Promise<void> }> {
  const { directory, cluster } = newCluster('only')
  const server = await serverIn(cluster)
  await server.start()
  const drop = async () => {
    await server.kill()
    rmSync(directory, { recursive: true, force: true })
  }
  return { ...server, drop }
}

function newCluster(name: string): { directory: string; cluster: string } {
  const directory = mkdtempSync(join(tmpdir(), 'tessera-pair-'))
  chmodSync(directory, 0o755)
  const cluster = join(directory, name)
  mkdirSync(cluster, { mode: 0o700 })
  const { uid, gid } = user()
  if (uid !== undefined && gid !== undefined) chownSync(cluster, uid, gid)
  const flags = ['-U', 'tessera', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync']
  execFileSync(join(programs(), 'initdb'), ['-D', cluster, ...flags], { ...user(), cwd: '/', stdio: 'ignore' })
  return { directory, cluster }
}

/** Makes a cluster, copies it before it has run, and lets the copy follow the log of the first. */
export async function startPair(): Promise<Pair> {
  const { directory, cluster: first } = newCluster('primary')
  const second = join(directory, 'replica')
  const primary = await serverIn(first)
  copyAs(first, second, primary.url)
  const replica = await serverIn(second)
  await primary.start()
  await replica.start()
  const drop = async () => {
    await replica.kill()
    await primary.kill()
    rmSync(directory, { recursive: true, force: true })
  }
  return { primary, replica, drop }
}

function copyAs(first: string, second: string, primary: string): void {
  const { hostname, port, username } = new URL(primary)
  cpSync(first, second, { recursive: true })
  writeFileSync(join(second, 'standby.signal'), '')
  const source = `host=${hostname} port=${port} user=${username}`
  writeFileSync(
    join(second, 'postgresql.auto.conf'),
    `primary_conninfo = '${source}'\nhot_standby_feedback = on\nwal_retrieve_retry_interval = 200ms\n`,
  )
  const { uid, gid } = user()
  if (uid !== undefined && gid !== undefined) execFileSync('chown', ['-R', `${uid}:${gid}`, second])
}
