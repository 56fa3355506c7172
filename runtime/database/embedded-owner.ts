import { execFile } from 'node:child_process'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** The right to run the server of one data directory. */
export interface Ownership {
  release(): Promise<void>
}

interface Owner {
  readonly pid: number
  readonly since: string
}

const run = promisify(execFile)

/**
 * Claims a data directory for this process. An owner that died without releasing it is replaced.
 * Throws when a living process owns it: a second start must not stop the first one's database.
 */
export async function claimDirectory(directory: string): Promise<Ownership> {
  const file = join(directory, 'owner.json')
  const me: Owner = { pid: process.pid, since: await startMark(process.pid) }
  for (let attempt = 0; attempt < 3; attempt++) {
    if (await writeNew(file, JSON.stringify(me))) return { release: () => rm(file, { force: true }) }
    const owner = await readOwner(file)
    if (owner && (await isAlive(owner))) {
      throw new Error(
        `The data directory ${directory} is in use by process ${owner.pid}. Stop that one, or set TESSERA_DATA to another directory.`,
      )
    }
    await rm(file, { force: true })
  }
  throw new Error(`The data directory ${directory} is being claimed by several processes at once. Start only one.`)
}

/** Whether a living process owns a data directory. */
export async function isOwned(directory: string): Promise<boolean> {
  const owner = await readOwner(join(directory, 'owner.json'))
  return owner !== null && (await isAlive(owner))
}

async function writeNew(file: string, text: string): Promise<boolean> {
  try {
    await writeFile(file, text, { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

async function readOwner(file: string): Promise<Owner | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Owner
  } catch {
    return null // vanished, or cut off by a crash
  }
}

async function isAlive(owner: Owner): Promise<boolean> {
  return isRunning(owner.pid) && (await startMark(owner.pid)) === owner.since
}

/** Whether a process of this number exists, whoever it belongs to. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** States of processes that have ended and only wait for their parent to ask, which in a container may be never. Source: proc_pid_stat(5). */
const ended: ReadonlySet<string> = new Set(['Z', 'X', 'x'])

/** When the process began, as the system tells it: numbers are reused, this is not. Empty where nothing tells, and of one that has ended. */
async function startMark(pid: number): Promise<string> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return ended.has(fields[0] ?? '') ? '' : (fields[19] ?? '')
  } catch {
    return run('ps', ['-o', 'lstart=', '-p', String(pid)]).then(
      ({ stdout }) => stdout.trim(),
      () => '',
    )
  }
}
