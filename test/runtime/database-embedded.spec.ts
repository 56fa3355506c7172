import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readFile, rm, stat, unlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import pg from 'pg'
import { startEmbedded } from '../../runtime/database/embedded.js'
import { claimDirectory, isRunning } from '../../runtime/database/embedded-owner.js'

const program = join(import.meta.dirname, '..', 'support', 'embedded-program.ts')
let directory = ''
let running: Started | null = null

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tessera-embedded-'))
  await chmod(directory, 0o755)
  running = await start()
  await query(running.url, 'create table kept (n integer); insert into kept values (1)')
})

afterAll(async () => {
  if (running) await end(running.node, 'SIGTERM')
  await rm(directory, { recursive: true, force: true })
})

interface Started {
  readonly node: ChildProcess
  readonly url: string
  readonly log: readonly string[]
}

async function start(): Promise<Started> {
  const node = spawn(process.execPath, ['--import', 'tsx', program, directory], { stdio: ['ignore', 'pipe', 'pipe'] })
  const said: string[] = []
  node.stderr?.on('data', chunk => said.push(String(chunk)))
  const line = await Promise.race([once(node.stdout as NodeJS.ReadableStream, 'data').then(String), once(node, 'exit').then(() => '')])
  if (!line) throw new Error(said.join(''))
  return { node, ...(JSON.parse(line) as { url: string; log: string[] }) }
}

async function end(node: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (node.exitCode !== null || node.signalCode !== null) return
  const exited = once(node, 'exit')
  node.kill(signal)
  await exited
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return await client
    .query(text)
    .then(result => result.rows ?? [])
    .finally(() => client.end())
}

const kept = (started: Started) => query(started.url, 'select n from kept')
const serverPid = async () => Number.parseInt(await readFile(join(directory, 'postgres', 'postmaster.pid'), 'utf8'), 10)

/** Ends what runs now in some way, starts again, and gives the new one. */
async function restartAfter(ending: (old: Started) => Promise<unknown>): Promise<Started> {
  if (running) await ending(running)
  running = await start()
  return running
}

describe('the embedded PostgreSQL', () => {
  it('keeps its password for its owner alone', async () => {
    expect((await stat(join(directory, 'postgres.json'))).mode & 0o777).toBe(0o600)
  })

  it('refuses a second start on its directory, and the first one goes on', async () => {
    await expect(start()).rejects.toThrow(`is in use by process ${running?.node.pid}`)
    expect(running && (await kept(running))).toEqual([{ n: 1 }])
  })

  it('stops with its process, and keeps port and data', async () => {
    const before = running?.url
    const pid = await serverPid()
    const again = await restartAfter(async old => {
      await end(old.node, 'SIGTERM')
      expect(isRunning(pid)).toBe(false)
    })
    expect([again.url, await kept(again)]).toEqual([before, [{ n: 1 }]])
  })

  it('takes over the server that a killed process left behind', async () => {
    const pid = await serverPid()
    const again = await restartAfter(async old => {
      await end(old.node, 'SIGKILL')
      expect(isRunning(pid)).toBe(true)
    })
    expect(again.log).toEqual([`Stopping the PostgreSQL (process ${pid}) that an earlier run left behind.`])
    expect(await kept(again)).toEqual([{ n: 1 }])
  })

  it('recovers when process and server are killed at once', async () => {
    const again = await restartAfter(async old => {
      const pid = await serverPid()
      process.kill(pid, 'SIGKILL')
      await end(old.node, 'SIGKILL')
    })
    expect(await kept(again)).toEqual([{ n: 1 }])
  })

  it('never signals a stranger whose number stands in an old pid file', async () => {
    const again = await restartAfter(async old => {
      await end(old.node, 'SIGTERM')
      await writeFile(
        join(directory, 'postgres', 'postmaster.pid'),
        `${process.pid}\n${join(directory, 'postgres')}\n0\n1\n\n127.0.0.1\n0\n`,
      )
    })
    expect(await kept(again)).toEqual([{ n: 1 }])
  })

  it('makes a half-made cluster again, and moves when its port was taken', async () => {
    const again = await restartAfter(async old => {
      await end(old.node, 'SIGTERM')
      await mkdir(join(directory, 'postgres.init'), { recursive: true })
      await rm(join(directory, 'postgres'), { recursive: true })
    })
    await query(again.url, 'create table kept (n integer); insert into kept values (1)')
    const squatter = createServer()
    const moved = await restartAfter(async old => {
      await end(old.node, 'SIGTERM')
      squatter.listen(Number(new URL(old.url).port), '127.0.0.1')
      await once(squatter, 'listening')
    })
    squatter.close()
    expect(new URL(moved.url).port).not.toBe(new URL(again.url).port)
    expect(await kept(moved)).toEqual([{ n: 1 }])
  })
})

const isRoot = process.getuid?.() === 0

if (isRoot)
  describe('as root', () => {
    it('names the directory that PostgreSQL cannot enter', async () => {
      const closed = await mkdtemp(join(tmpdir(), 'tessera-closed-'))
      await expect(startEmbedded({ directory: join(closed, 'data') })).rejects.toThrow(`The directory ${closed} is closed to other users`)
      await rm(closed, { recursive: true })
    })
  })

describe('the right to a data directory', () => {
  it('goes on from an owner that has ended, though its parent never asks how', async () => {
    const parent = spawn('sh', ['-c', 'sleep 1 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] })
    const folder = await mkdtemp(join(tmpdir(), 'tessera-owner-'))
    try {
      const [said] = (await once(parent.stdout, 'data')) as [Buffer]
      const pid = Number(said.toString())
      const { 19: since } = (await readFile(`/proc/${pid}/stat`, 'utf8')).replace(/^.*\) /, '').split(' ')
      await writeFile(join(folder, 'owner.json'), JSON.stringify({ pid, since }))
      await expect(claimDirectory(folder)).rejects.toThrow(`in use by process ${pid}`)
      while (!/\) Z /.test(await readFile(`/proc/${pid}/stat`, 'utf8'))) await new Promise(done => setTimeout(done, 20))
      expect(isRunning(pid)).toBe(true)
      await (await claimDirectory(folder)).release()
    } finally {
      parent.kill()
      await rm(folder, { recursive: true })
    }
  })
})

describe('the shared libraries', () => {
  it('get their missing links back', async () => {
    const { binaryDirectory, repairLinks } = await import('../../runtime/database/embedded-package.js')
    const native = join(binaryDirectory(), 'native')
    const links = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')) as { target: string }[]
    const [first] = links
    if (!first) return
    const link = join(binaryDirectory(), first.target)
    await unlink(link)
    await repairLinks()
    expect((await stat(link)).isFile()).toBe(true)
  })
})
