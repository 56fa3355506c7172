import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe } from '@jest/globals'
import { freePort } from '../../runtime/database/ports.js'

const program = [process.env.PGBOUNCER, '/usr/sbin/pgbouncer', '/usr/bin/pgbouncer'].find(path => path && existsSync(path))
if (!program) process.stderr.write('\n!!! NO PGBOUNCER: the tests behind a pooler are skipped. Install pgbouncer or set PGBOUNCER. !!!\n\n')

/** A `describe` for tests that need PgBouncer: skipped, loudly, on a machine without it. */
export const describeBehindPooler: typeof describe | typeof describe.skip = program ? describe : describe.skip

/** A PgBouncer in transaction mode. */
export interface Pooler {
  /** As the database behind it, with another port. */
  readonly url: string
  stop(): Promise<void>
}

/**
 * Starts a PgBouncer in front of a database, as it is installed: no start-up option passes it, no named statement survives it.
 * @param connections so many it has to the server, for whoever comes
 * @param settings what the sessions of the server are made to be like, whoever uses them
 */
export async function startPooler(databaseUrl: string, connections: number, settings: Readonly<Record<string, string>>): Promise<Pooler> {
  const directory = mkdtempSync(join(tmpdir(), 'tessera-pooler-'))
  const port = await freePort()
  const { hostname, port: serverPort, username, password, pathname } = new URL(databaseUrl)
  const database = decodeURIComponent(pathname.slice(1))
  const begin = Object.entries(settings)
    .map(([name, value]) => `set ${name} to ''${value}''`)
    .join('; ')
  const file = join(directory, 'pgbouncer.ini')
  writeFileSync(
    file,
    `[databases]
${database} = host=${hostname} port=${serverPort} user=${decodeURIComponent(username)} password=${decodeURIComponent(password)} connect_query='${begin}'
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = ${connections}
max_client_conn = 300
`,
  )
  const user = process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {}
  if (user.uid !== undefined) for (const path of [directory, file]) chownSync(path, user.uid, user.gid)
  chmodSync(directory, 0o700)
  const server = spawn(program ?? '', [file], { ...user, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] })
  const kill = () => server.kill('SIGKILL')
  process.once('exit', kill)
  await untilReady(server)
  const stop = async () => {
    process.off('exit', kill)
    const exited = once(server, 'exit')
    server.kill('SIGINT')
    await exited
    rmSync(directory, { recursive: true, force: true })
  }
  return { url: Object.assign(new URL(databaseUrl), { port: String(port) }).href, stop }
}

/** It refuses to run as root. */
const idOf = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))

async function untilReady(server: ChildProcess): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    let said = ''
    server.stderr?.on('data', (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-4_000)
      if (said.includes('process up')) resolve()
    })
    server.once('exit', () => reject(new Error(`PgBouncer did not start: ${said}`)))
  })
}
