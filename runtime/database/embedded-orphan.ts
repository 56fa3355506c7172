import { existsSync } from 'node:fs'
import { readFile, realpath, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { isRunning } from './embedded-owner.js'

const patience = 15_000

/**
 * Stops a server that outlived the process which had started it. It is asked over the port of its own pid file which
 * directory it serves, because process numbers are reused and nobody else's process must be signalled.
 * Throws when a PostgreSQL runs there that does not answer to us.
 */
export async function stopOrphan(cluster: string, url: string, log: (line: string) => void): Promise<void> {
  const file = join(cluster, 'postmaster.pid')
  const deadline = Date.now() + patience
  while (existsSync(file)) {
    const orphan = await readPidFile(file)
    if (!orphan || !isRunning(orphan.pid)) return // PostgreSQL itself clears what a dead server left
    if (await serves(cluster, url, orphan.port)) {
      log(`Stopping the PostgreSQL (process ${orphan.pid}) that an earlier run left behind.`)
      process.kill(orphan.pid, 'SIGINT')
      return await untilGone(file, orphan.pid)
    }
    if (Date.now() > deadline) return await clearForeign(file, orphan.pid)
    await sleep(200)
    if (!(await isPostgres(orphan.pid))) return await rm(file, { force: true })
  }
}

async function readPidFile(file: string): Promise<{ pid: number; port: number } | null> {
  const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n')
  const pid = Number(lines[0])
  return pid > 0 ? { pid, port: Number(lines[3]) } : null
}

/** Whether the server on the port is the one of this very directory, and ours by its password. */
async function serves(cluster: string, url: string, port: number): Promise<boolean> {
  const address = new URL(url)
  address.port = String(port)
  const client = new pg.Client({ connectionString: address.href, connectionTimeoutMillis: 2000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ data_directory: string }>('show data_directory')
    return (await realpath(rows[0]?.data_directory ?? '')) === (await realpath(cluster))
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function untilGone(file: string, pid: number): Promise<void> {
  const deadline = Date.now() + patience
  while (existsSync(file) && isRunning(pid)) {
    if (Date.now() > deadline) throw new Error(`The PostgreSQL with process ${pid} does not stop. Stop it and start again.`)
    await sleep(20)
  }
}

/** Where the system can tell the name of a process; elsewhere it is taken for PostgreSQL, to be safe. */
async function isPostgres(pid: number): Promise<boolean> {
  return readFile(`/proc/${pid}/comm`, 'utf8').then(
    name => name.trim() === 'postgres',
    () => true,
  )
}

async function clearForeign(file: string, pid: number): Promise<void> {
  if (await isPostgres(pid)) {
    throw new Error(
      `Process ${pid} is named in ${file} but does not answer as the embedded PostgreSQL. Stop it, or remove that file if it is another program.`,
    )
  }
  await rm(file, { force: true })
}
