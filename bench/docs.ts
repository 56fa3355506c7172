import { readFile, writeFile } from 'node:fs/promises'
import { type Measured, median, type Sample } from './measure.js'
import type { Circumstances } from './report.js'

const file = new URL('../docs/performance.md', import.meta.url)

/** What an operation is to reach. */
const goals: Readonly<Record<string, { readonly limit: string; readonly postGraphile: string }>> = {
  Q1: { limit: '≥ 0.80', postGraphile: '≥ 4' },
  Q2: { limit: '≥ 0.90', postGraphile: '≥ 3.5' },
  Q3: { limit: '≥ 0.85', postGraphile: '≥ 3' },
  M1: { limit: '≥ 0.7', postGraphile: '≥ 1.5' },
  M2: { limit: '≥ 0.7', postGraphile: '≥ 1.5' },
  M3: { limit: '≤ 1.5 (time)', postGraphile: '–' },
}

/** Other ways that were tried before anything was built, on a machine of the same kind, as shares of their limit. */
const ways: Readonly<Record<string, string>> = {
  Q1: '0.79 | 0.81 | 0.35 | 0.18 | 0.11 | 0.17 | 0.02 | 0.05',
  Q2: '1.05 | 1.04 | 0.77 | 0.38 | 0.11 | 0.28 | 0.06 | 0.05–0.28',
  Q3: '0.92 | 0.87 | 0.85 | 0.31 | 0.13 | 0.27 | 0.10 | 0.01–0.4',
}

interface PeerResult {
  readonly operation: string
  readonly measure: 'peer'
  readonly ratio: number
  readonly cpuRatio: number
}

/**
 * Writes the tables of a run into `docs/performance.md`, between the marks of each; tables that the run has nothing for stay.
 * Throws when the page has no such marks.
 */
export async function writeDocs(circumstances: Circumstances, results: readonly unknown[]): Promise<void> {
  let text = await readFile(file, 'utf8')
  const measured = results.filter(isMeasured)
  const peers = results.filter(isPeer)
  if (measured.length > 0) {
    text = replaced(text, 'goals', goalTable(circumstances, measured, peers))
    text = replaced(text, 'ways', wayTable(measured))
    text = replaced(text, 'costs', costTable(measured))
  }
  const sizes = results.find(isSizes)
  if (sizes) text = replaced(text, 'sizes', sizeTable(sizes))
  const soak = results.find(isSoak)
  if (soak) text = replaced(text, 'soak', soakTable(soak))
  await writeFile(file, text)
}

const isMeasured = (result: unknown): result is Measured =>
  Array.isArray((result as Measured).rounds) && 'cpuRatio' in (result as Measured) && (result as { measure: string }).measure !== 'peer'
const isPeer = (result: unknown): result is PeerResult => (result as PeerResult).measure === 'peer'

interface Sizes {
  readonly operation: 'sizes'
  readonly sizes: readonly {
    readonly opportunities: number
    readonly costs: Readonly<Record<string, { cpu: number; p50: number; buffers: number }>>
  }[]
}
interface SoakRun {
  readonly name: string
  readonly run: { p50: number; p99: number; p999: number; requests: number }
}
interface Soak {
  readonly operation: 'soak'
  readonly minutes: number
  readonly offered: number
  readonly runs: readonly SoakRun[]
  readonly limit: readonly SoakRun[]
  readonly memory: readonly number[]
}
const isSizes = (result: unknown): result is Sizes => (result as Sizes).operation === 'sizes'
const isSoak = (result: unknown): result is Soak => (result as Soak).operation === 'soak'

function replaced(text: string, name: string, table: string): string {
  const marks = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- /${name} -->)`)
  if (!marks.test(text)) throw new Error(`docs/performance.md has no marks for ${name}`)
  return text.replace(marks, (_, begin: string, end: string) => `${begin}${table}\n${end}`)
}

const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`
const headed = (head: readonly string[], rows: readonly string[]): string =>
  [row(...head), row(...head.map(() => '---')), ...rows].join('\n')
const digits = ({ measure, ratio }: Measured): string => ratio.toFixed(measure === 'time' ? 1 : 2)
const of = ({ rounds }: Measured, side: 'product' | 'limit', what: keyof Sample): number => median(rounds.map(round => round[side][what]))

function goalTable(
  { at, scale, durable, cores, processor, node, postgres, load, roundCount }: Circumstances,
  measured: readonly Measured[],
  peers: readonly PeerResult[],
): string {
  const rows = measured.map(one => {
    const peer = peers.find(({ operation }) => operation === one.operation)
    const goal = goals[one.operation]
    return row(
      one.operation,
      goal?.limit ?? '',
      digits(one),
      one.cpuRatio.toFixed(2),
      goal?.postGraphile ?? '',
      peer?.ratio.toFixed(1) ?? 'not asked',
      peer?.cpuRatio.toFixed(1) ?? '',
    )
  })
  const told = `Scale ${scale}, ${cores} cores (${processor}), Node ${node}, PostgreSQL ${postgres}, load average at the end ${load.toFixed(0)}, ${durable ? 'waiting' : 'not waiting'} for the disk; medians of ${roundCount} interleaved rounds; ${at.slice(0, 10)}.`
  return `${told}\n\n${headed(['', 'goal x limit', 'x limit', 'by CPU', 'goal x PostGraphile 5', 'x PostGraphile 5', 'by CPU'], rows)}`
}

function wayTable(measured: readonly Measured[]): string {
  const head = [
    '',
    'limit',
    'Nest + Fastify, own pipeline',
    'Apollo executor + text splice, hot path',
    'without hot path',
    'Apollo, look-ahead, one SQL',
    'Nest resolvers + TypeORM',
    'PostGraphile 5',
    'Directus 12',
    'Twenty 2.19',
    'Tessera now',
  ]
  const rows = Object.entries(ways).flatMap(([name, cells]) => {
    const one = measured.find(({ operation }) => operation === name)
    return [row(name, '1.00', cells, one ? digits(one) : '')]
  })
  return headed(head, rows)
}

function costTable(measured: readonly Measured[]): string {
  const cost = (one: Measured, side: 'product' | 'limit') =>
    `${of(one, side, 'server').toFixed(2)} + ${of(one, side, 'postgres').toFixed(2)}`
  const times = (one: Measured, side: 'product' | 'limit') => `${of(one, side, 'p50').toFixed(1)} / ${of(one, side, 'p99').toFixed(1)}`
  const rows = measured.map(one =>
    row(
      one.operation,
      cost(one, 'product'),
      cost(one, 'limit'),
      times(one, 'product'),
      times(one, 'limit'),
      of(one, 'product', 'perSecond').toFixed(0),
      of(one, 'product', 'bytes').toFixed(0),
    ),
  )
  return headed(['', 'CPU ms, server + PostgreSQL', 'of the limit', 'p50 / p99 ms', 'of the limit', 'a second', 'bytes'], rows)
}

function sizeTable({ sizes }: Sizes): string {
  const [first] = sizes
  const rows = sizes.map(({ opportunities, costs }) =>
    row(
      opportunities.toLocaleString('en'),
      ...Object.entries(costs).map(
        ([name, { cpu, buffers }]) => `${(cpu / (first?.costs[name]?.cpu ?? cpu)).toFixed(2)} x, ${buffers.toFixed(0)} pages`,
      ),
    ),
  )
  return headed(['opportunities', ...Object.keys(first?.costs ?? {})], rows)
}

function soakTable({ minutes, offered, runs, limit, memory }: Soak): string {
  const times = (run?: SoakRun['run']) => (run ? [run.p50, run.p99, run.p999].map(time => time.toFixed(2)).join(' / ') : '')
  const rows = runs.map(({ name, run }) =>
    row(name, times(run), (run.p999 / run.p50).toFixed(1), times(limit.find(other => other.name === name)?.run)),
  )
  const told = `${minutes} minutes at ${offered.toFixed(0)} requests a second. Memory of the server: ${memory[0]?.toFixed(0)} MB at first, ${Math.max(...memory).toFixed(0)} MB at most, ${memory.at(-1)?.toFixed(0)} MB at last.`
  return `${told}\n\n${headed(['', 'p50 / p99 / p99.9 ms', 'p99.9 / p50 (at most 3)', 'of the limit, p50 / p99 / p99.9 ms'], rows)}`
}
