import { Connection, type Received } from './connection.js'

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
  readonly p999: number
  readonly bytes: number
}

const failed = Buffer.from('{"errors"')
let counter = 0

/** The body of a good answer; throws when its status is not 200 or it begins with errors. */
function good({ status, body }: Received): Buffer {
  if (status !== '200' || body.subarray(0, failed.length).equals(failed)) throw new Error(`${status}: ${body.toString().slice(0, 500)}`)
  return body
}

/** Sends one request and gives the answer; throws when its status is not 200 or it holds errors. */
export async function send({ url, headers, body }: Target, n = counter++): Promise<string> {
  const connection = new Connection(url, headers)
  try {
    return good(await connection.send(body(n))).toString()
  } finally {
    connection.close()
  }
}

/** Keeps `connections` requests under way for some seconds. */
export function load(target: Target, seconds: number, connections = 16): Promise<Run> {
  const until = performance.now() + seconds * 1000
  return drive(target, connections, () => (performance.now() < until ? counter++ : null))
}

/** Sends the requests of `count` numbers from `from` on, `connections` at a time: the same requests whoever answers how fast. */
export function loadCount(target: Target, from: number, count: number, connections = 16): Promise<Run> {
  let sent = 0
  return drive(target, connections, () => (sent < count ? from + sent++ : null))
}

/**
 * Begins a request every so often, whether the ones before it were answered or not, as people do; what has to wait for a
 * connection waits, and that counts.
 * @param perSecond how many requests begin in a second
 */
export async function loadSteadily(target: Target, seconds: number, perSecond: number, connections = 64): Promise<Run> {
  const from = performance.now()
  let begun = 0
  return drive(
    target,
    connections,
    () => (begun < perSecond * seconds ? counter++ : null),
    () => from + (begun++ * 1000) / perSecond,
  )
}

/**
 * @param next the number of the next request, null when there is none
 * @param due when the next one begins; at once unless said
 */
async function drive({ url, headers, body }: Target, connections: number, next: () => number | null, due?: () => number): Promise<Run> {
  const times: number[] = []
  let bytes = 0
  const start = performance.now()
  const one = async () => {
    const connection = new Connection(url, headers)
    try {
      for (let n = next(); n !== null; n = next()) {
        const text = body(n)
        const wanted = due?.() ?? performance.now()
        if (wanted > performance.now()) await new Promise(resolve => setTimeout(resolve, wanted - performance.now()))
        // a timer may wake up to a millisecond early
        const from = Math.min(wanted, performance.now())
        const answer = good(await connection.send(text))
        bytes += answer.length
        times.push(performance.now() - from)
      }
    } finally {
      connection.close()
    }
  }
  await Promise.all(Array.from({ length: connections }, one))
  const elapsed = (performance.now() - start) / 1000
  times.sort((left, right) => left - right)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  const requests = times.length
  return { requests, perSecond: requests / elapsed, p50: at(0.5), p99: at(0.99), p999: at(0.999), bytes: bytes / requests }
}
