import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { isRunning } from '../../runtime/database/embedded-owner.js'
import { dataOf, post } from '../support/app.js'

const program = join(import.meta.dirname, '..', '..', 'runtime', 'bin', 'serve-built.js')
let directory = ''
const started = new Set<ChildProcess>()

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tessera-program-'))
  await chmod(directory, 0o755)
})
afterAll(async () => {
  for (const node of started) node.kill('SIGTERM')
  await Promise.all([...started].map(ended))
  await rm(directory, { recursive: true, force: true })
})

const ended = (node: ChildProcess) => (node.exitCode === null && node.signalCode === null ? once(node, 'exit') : Promise.resolve())

/** Starts the program as a person would, and reads what it prints until it is ready. */
async function serve(): Promise<{ node: ChildProcess; url: string; code: string }> {
  const environment = { ...process.env, TESSERA_DATA: directory, PORT: '0', TESSERA_DEMO: 'off', LOG_LEVEL: 'error', DATABASE_URL: '' }
  const node = spawn(process.execPath, [program], { env: environment, stdio: ['ignore', 'pipe', 'inherit'] })
  started.add(node)
  node.once('exit', () => started.delete(node))
  let url = ''
  let code = ''
  for await (const line of createInterface({ input: node.stdout })) {
    url ||= /^Tessera is ready: (\S+)$/.exec(line)?.[1] ?? ''
    code ||= /first admin: (\S+)$/.exec(line)?.[1] ?? ''
    if (line.startsWith('Stop with')) break
  }
  node.stdout.resume()
  return { node, url, code }
}

const create = `mutation($code: String!) {
  firstAdmin(code: $code, adminName: "Ada", email: "ada@example.test", password: "a long password", name: "Mine", locale: "en", timeZone: "UTC", currency: "EUR") { token }
}`

describe('the program', () => {
  it('keeps sign-in and data through a stop, a kill of Node, and a kill of Node and PostgreSQL', async () => {
    const first = await serve()
    const { token } = dataOf<{ token: string }>(await post(`${first.url}/platform`, create, { code: first.code }), 'firstAdmin')
    const me = async (url: string) =>
      dataOf(await post(`${url}/platform`, '{ me { email } }', {}, { authorization: `Bearer ${token}` }), 'me')
    const serverPid = async () => Number.parseInt(await readFile(join(directory, 'postgres', 'postmaster.pid'), 'utf8'), 10)
    const stop = (node: ChildProcess, signal: NodeJS.Signals) => {
      node.kill(signal)
      return ended(node)
    }

    const pid = await serverPid()
    await stop(first.node, 'SIGTERM')
    expect([first.node.exitCode, isRunning(pid)]).toEqual([0, false])

    const second = await serve()
    expect([second.code, await me(second.url)]).toEqual(['', { email: 'ada@example.test' }])
    await stop(second.node, 'SIGKILL')

    const third = await serve()
    expect(await me(third.url)).toEqual({ email: 'ada@example.test' })
    process.kill(await serverPid(), 'SIGKILL')
    await stop(third.node, 'SIGKILL')

    const fourth = await serve()
    expect(await me(fourth.url)).toEqual({ email: 'ada@example.test' })
  })
})
