import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'

/** Where requests go: an address, its headers, and how a body is made of an operation's number. */
export interface Target {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: (n: number) => string
}

/** What a run of requests came to; times in milliseconds. */
export interface Run {
  readonly requests: number
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
  readonly bytes: number
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 })
let counter = 0

/** Sends one request and gives the answer; throws when its status is not 200 or it holds errors. */
export function send({ url, headers, body }: Target, n = counter++): Promise<string> {
  return new Promise((resolve, reject) => {
    const text = body(n)
    const sent = request(
      url,
      { agent, method: 'POST', headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), ...headers } },
      response => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => {
          const answer = Buffer.concat(chunks).toString()
          if (response.statusCode === 200 && !answer.startsWith('{"errors"')) resolve(answer)
          else reject(new Error(`${response.statusCode}: ${answer.slice(0, 500)}`))
        })
      },
    )
    sent.on('error', reject)
    sent.end(text)
  })
}

/** Keeps `connections` requests under way for some seconds. */
export async function load(target: Target, seconds: number, connections = 16): Promise<Run> {
  const until = performance.now() + seconds * 1000
  const times: number[] = []
  let bytes = 0
  const start = performance.now()
  const one = async () => {
    while (performance.now() < until) {
      const from = performance.now()
      const answer = await send(target)
      bytes += answer.length
      times.push(performance.now() - from)
    }
  }
  await Promise.all(Array.from({ length: connections }, one))
  const elapsed = (performance.now() - start) / 1000
  times.sort((left, right) => left - right)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return { requests: times.length, perSecond: times.length / elapsed, p50: at(0.5), p99: at(0.99), bytes: bytes / times.length }
}

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
