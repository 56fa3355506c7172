import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'

/**
 * Starts a PostgreSQL that is installed on this machine, such as Debian's 15, with a new cluster below a directory:
 * `TESSERA_TEST_POSTGRES=/usr/lib/postgresql/15/bin npm test` runs the suite on the oldest version that is served.
 * @param {string} programs the directory of `initdb` and `postgres`
 * @param {string} directory of this test run, removed by whoever made it
 */
export async function startInstalled(programs, directory) {
  const cluster = join(directory, 'installed')
  const user = process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {}
  mkdirSync(cluster)
  if (user.uid !== undefined) chownSync(cluster, user.uid, user.gid)
  const locale = ['--encoding=UTF8', '--locale=C.UTF-8', '--no-sync']
  execFileSync(join(programs, 'initdb'), ['-D', cluster, '-U', 'tessera', '--auth=trust', ...locale], {
    ...user,
    cwd: '/',
    stdio: 'ignore',
  })
  const port = await freePort()
  const settings = { listen_addresses: '127.0.0.1', port, unix_socket_directories: '', fsync: 'off', timezone: 'UTC' }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const server = spawn(join(programs, 'postgres'), ['-D', cluster, ...flags], { ...user, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] })
  await untilReady(server)
  const stop = async () => {
    const exited = once(server, 'exit')
    server.kill('SIGINT')
    await exited
  }
  return { url: `postgres://tessera@127.0.0.1:${port}/postgres`, stop }
}

const idOf = flag => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))

async function untilReady(server) {
  let said = ''
  for await (const chunk of server.stderr) {
    said += chunk
    if (said.includes('ready to accept connections')) break
  }
  if (!said.includes('ready to accept connections')) throw new Error(said)
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address()
  probe.close()
  await once(probe, 'close')
  return port
}
