import { ask, askPlatform } from './ask.js'
import { cpuOf, cpuOfTree, memoryOf } from './cpu.js'
import { load, send, type Target } from './load.js'
import { parcel, ruledModel } from './ruled-model.js'
import type { Servers } from './servers.js'

/** How a measurement is taken. */
export interface Effort {
  readonly seconds: number
  readonly rounds: number
}

const median = (list: readonly number[]): number => [...list].sort((left, right) => left - right)[Math.floor(list.length / 2)] ?? 0

const shelves = 500

/**
 * What rules cost: the CPU (server and PostgreSQL) of a create with five rules, two stored formulas and a parent that sums it up,
 * as times that of the plain create with the same values; medians over rounds that take turns.
 */
export async function measureRuleCost({ admin: product, pids }: Servers, { seconds, rounds }: Effort): Promise<Record<string, unknown>> {
  await askPlatform(product, 'mutation($put: [JSON!]) { publish(put: $put) { version } }', { put: ruledModel })
  const plain = await targetOf(product, 'Plain', 'Shelf')
  const ruled = await targetOf(product, 'Ruled', 'Rack')
  await checkSame(plain, ruled)
  await load(plain, 2)
  await load(ruled, 2)
  const perCreate = async (target: Target): Promise<number> => {
    const before = cpuOf(pids.product) + cpuOfTree(pids.database)
    const { requests } = await load(target, seconds)
    return (cpuOf(pids.product) + cpuOfTree(pids.database) - before) / Math.max(1, requests)
  }
  const pairs: { plain: number; ruled: number }[] = []
  for (let round = 0; round < rounds; round++) {
    const first = round % 2 === 0 ? await perCreate(plain) : null
    const second = await perCreate(ruled)
    pairs.push({ plain: first ?? (await perCreate(plain)), ruled: second })
  }
  const ratio = median(pairs.map(pair => pair.ruled / pair.plain))
  const cpu = { plain: median(pairs.map(pair => pair.plain)), ruled: median(pairs.map(pair => pair.ruled)) }
  process.stdout.write(
    `R1 cpu ${ratio.toFixed(2)}  create with 5 rules, 2 stored formulas and a parent's sum, times the plain create · ${cpu.ruled.toFixed(2)} against ${cpu.plain.toFixed(2)} ms of CPU (server and PostgreSQL)\n`,
  )
  return { operation: 'R1', measure: 'cpu', ratio, cpu, pairs }
}

async function targetOf(product: Target, kind: string, shelf: string): Promise<Target> {
  const names = Array.from({ length: shelves }, (_, n) => ({ name: `${shelf} ${n}` }))
  const query = `mutation($data: [Bench${shelf}Create!]!) { made: createBench${shelf === 'Rack' ? 'Racks' : 'Shelves'}(data: $data) { nodes { id } } }`
  const { made } = await ask<{ made: { nodes: { id: string }[] } }>(product, query, { data: names })
  const ids = made.nodes.map(node => node.id)
  const create = `mutation($data: Bench${kind}Create!) { made: createBench${kind}(data: $data) { id name total net } }`
  return { ...product, body: n => JSON.stringify({ query: create, variables: { data: parcel(n, ids, kind === 'Ruled') } }) }
}

/** Both give the same values: what one computes is what the other is given. */
async function checkSame(plain: Target, ruled: Target): Promise<void> {
  for (let n = 0; n < 5; n++) {
    const [left, right] = (await Promise.all([send(plain, n), send(ruled, n)])).map(answer => answer.replace(/"id":"[^"]*"/, ''))
    if (left !== right) throw new Error(`The answers differ: ${left} and ${right}`)
  }
}

/**
 * What an import costs that runs every rule, formula and rollup: CPU (server and PostgreSQL) a row, and how much memory the server grows by.
 * @param rows how many rows the file has
 */
export async function measureImport({ admin: product, pids }: Servers, rows: number): Promise<Record<string, unknown>> {
  const lines = Array.from(
    { length: rows },
    (_, n) => `Row ${n},${1 + (n % 9)},${10 + (n % 90)},0.1,2026-11-01,2026-12-01,Rack ${n % shelves}`,
  )
  const form = new FormData()
  form.append('file', new Blob([`name,quantity,price,discount,ordered,due,shelf\n${lines.join('\n')}\n`]), 'parcels.csv')
  const sent = await fetch(new URL('/files', product.url), { method: 'POST', headers: product.headers, body: form })
  const { id: file } = (await sent.json()) as { id: string }
  const mapping = ['name', 'quantity', 'price', 'discount', 'ordered', 'due']
    .map((field): Record<string, unknown> => ({ column: field, field }))
    .concat([{ column: 'shelf', field: 'shelf', by: 'name' }])
  const before = { cpu: cpuOf(pids.product) + cpuOfTree(pids.database), memory: memoryOf(pids.product), at: performance.now() }
  const { job } = await askPlatform<{ job: { id: string } }>(
    product,
    'mutation($file: ID!, $mapping: JSON!) { job: importRecords(object: "benchRuled", file: $file, mapping: $mapping) { id } }',
    { file, mapping },
  )
  let most = before.memory
  let seen: { state: string; result: { created: number } | null; error: string | null }
  do {
    await new Promise(resolve => setTimeout(resolve, 250))
    most = Math.max(most, memoryOf(pids.product))
    seen = (
      await askPlatform<{ job: typeof seen }>(
        product,
        'query($id: ID!) { job: importJob(id: $id) { state error result { created } } }',
        job,
      )
    ).job
  } while (seen.state !== 'done' && seen.state !== 'failed')
  if (seen.result?.created !== rows) throw new Error(`The import took in ${seen.result?.created} of ${rows} rows: ${seen.error}`)
  const cpu = (cpuOf(pids.product) + cpuOfTree(pids.database) - before.cpu) / rows
  const [memory, seconds] = [most - before.memory, (performance.now() - before.at) / 1000]
  process.stdout.write(
    `R2 cpu ${cpu.toFixed(2)} ms a row  import of ${rows} rows with the same rules · ${seconds.toFixed(1)} s · memory of the server grew by ${memory.toFixed(0)} MB\n`,
  )
  return { operation: 'R2', measure: 'cpu', cpu, rows, seconds, memory }
}
