import { readFileSync } from 'node:fs'

const status = (pid: number, key: string): number => {
  const found = new RegExp(`^${key}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Number(found?.[1] ?? 0) / 1024
}

/** Megabytes that a process has in memory; Linux only. */
export const residentMegabytes = (pid: number): number => status(pid, 'VmRSS')

/** The same, without files and what it shares with others. */
export const ownMegabytes = (pid: number): number => status(pid, 'RssAnon')

/** Milliseconds of CPU that a process has used, in steps of ten. */
export function cpuOf(pid: number): number {
  // the name in brackets may hold spaces
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}
