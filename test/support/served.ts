import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { workerDatabaseUrl } from './database.js'

const program = join(import.meta.dirname, '..', '..', 'runtime', 'bin', 'serve-built.js')

/** The built program over this worker's database, in a process that can be killed. */
export interface Served {
  readonly url: string
  readonly pid: number
  /** Ends the process at once, as a power cut would. */
  kill(): Promise<void>
}

const started = new Set<ChildProcess>()
process.once('exit', () => {
  for (const node of started) node.kill('SIGKILL')
})

/**
 * Starts the program and waits until it answers.
 * @param other variables of its environment that differ, such as another database
 */
export async function serveProgram(other: Readonly<Record<string, string>> = {}): Promise<Served> {
  const environment = {
    ...process.env,
    DATABASE_URL: await workerDatabaseUrl(),
    PORT: '0',
    TESSERA_DEMO: 'off',
    LOG_LEVEL: 'error',
    DATABASE_POOL: '5',
    ...other,
  }
  const node: ChildProcess = spawn(process.execPath, [program], { env: environment, stdio: ['ignore', 'pipe', 'inherit'] })
  started.add(node)
  let url = ''
  for await (const line of createInterface({ input: node.stdout as NodeJS.ReadableStream })) {
    url ||= /^Tessera is ready: (\S+)$/.exec(line)?.[1] ?? ''
    if (line.startsWith('Stop with')) break
  }
  if (!url) throw new Error('The program did not start')
  node.stdout?.resume()
  const kill = async () => {
    if (node.exitCode !== null || node.signalCode !== null) return
    node.kill('SIGKILL')
    await once(node, 'exit')
    started.delete(node)
  }
  return { url, pid: node.pid ?? 0, kill }
}
