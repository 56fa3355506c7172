import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** The numbers of `/proc/<pid>/stat` behind the name of the program, as proc(5) lists them from `state` on; none elsewhere than on Linux. */
function statOf(pid: number): readonly string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return []
  }
}

const ticks = (parts: readonly string[], ...at: number[]): number => at.reduce((sum, each) => sum + Number(parts[each] ?? 0), 0) * 10

/** CPU milliseconds that a process has used (Linux); 0 elsewhere. */
export const cpuOf = (pid: number): number => ticks(statOf(pid), 11, 12)

/** CPU milliseconds that a process and its children have used, those that ended too (Linux); 0 elsewhere. */
export function cpuOfTree(pid: number): number {
  const own = ticks(statOf(pid), 11, 12, 13, 14)
  const children = existsSync('/proc')
    ? readdirSync('/proc').filter(name => /^\d+$/.test(name) && statOf(Number(name))[1] === String(pid))
    : []
  return children.reduce((sum, child) => sum + cpuOf(Number(child)), own)
}

/** The memory that a process holds now, in MB (Linux). */
export function memoryOf(pid: number): number {
  const found = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Number(found?.[1] ?? 0) / 1024
}

/** Waits until processes have nothing left to do, half a minute at most. */
export async function quiet(...pids: readonly number[]): Promise<void> {
  const used = () => pids.reduce((sum, pid) => sum + cpuOfTree(pid), 0)
  for (let still = 0, tries = 0, last = used(); still < 3 && tries < 150; tries++) {
    await new Promise(resolve => setTimeout(resolve, 200))
    const now = used()
    still = now - last <= 10 ? still + 1 : 0
    last = now
  }
}
