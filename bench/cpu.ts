import { readdirSync, readFileSync } from 'node:fs'

/** A file of `/proc`; nothing when the process has ended, or elsewhere than on Linux. */
function readProc(path: string): string {
  try {
    return readFileSync(`/proc/${path}`, 'utf8')
  } catch {
    return ''
  }
}

function listProc(path: string): readonly string[] {
  try {
    return readdirSync(`/proc/${path}`).filter(name => /^\d+$/.test(name))
  } catch {
    return []
  }
}

/** The numbers of `/proc/<pid>/stat` behind the name of the program, as proc(5) lists them from `state` on. */
function statOf(pid: string): readonly string[] {
  const stat = readProc(`${pid}/stat`)
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}

const ticks = (parts: readonly string[], ...at: number[]): number => at.reduce((sum, each) => sum + Number(parts[each] ?? 0), 0) * 10

/** CPU milliseconds that a process has used, to the microsecond where the kernel counts its threads so finely (Linux); 0 elsewhere. */
export function cpuOf(pid: number): number {
  const threads = listProc(`${pid}/task`).map(thread => Number(readProc(`${pid}/task/${thread}/schedstat`).split(' ')[0]) / 1e6)
  const fine = threads.reduce((sum, each) => sum + each, 0)
  return fine > 0 ? fine : ticks(statOf(String(pid)), 11, 12)
}

/** CPU milliseconds that a process and its children have used, those that ended too (Linux); 0 elsewhere. */
export function cpuOfTree(pid: number): number {
  const children = listProc('').filter(name => statOf(name)[1] === String(pid))
  return children.reduce((sum, child) => sum + cpuOf(Number(child)), cpuOf(pid) + ticks(statOf(String(pid)), 13, 14))
}

/** The memory that a process holds now, in MB (Linux). */
export function memoryOf(pid: number): number {
  const found = /VmRSS:\s+(\d+) kB/.exec(readProc(`${pid}/status`))
  return Number(found?.[1] ?? 0) / 1024
}

const [window, stillFor, mostWindows] = [100, 3, 300]

/** Waits until processes have nothing left to do, half a minute at most. */
export async function quiet(...pids: readonly number[]): Promise<void> {
  const used = () => pids.reduce((sum, pid) => sum + cpuOfTree(pid), 0)
  for (let still = 0, tries = 0, last = used(); still < stillFor && tries < mostWindows; tries++) {
    await new Promise(resolve => setTimeout(resolve, window))
    const now = used()
    still = now - last <= window / 20 ? still + 1 : 0
    last = now
  }
}
