import { ask, askPlatform } from './ask.js'
import { cpuOf, cpuOfTree, quiet } from './cpu.js'
import type { Target } from './load.js'
import { median } from './measure.js'
import { say } from './report.js'
import { type Servers, schema } from './servers.js'

/** After how many milliseconds what is new answers over GraphQL; the median stays below. */
const goals = { field: 150, object: 400 } as const
const times = 20
const table = 'bench_thing'
const publish = 'mutation($put: [JSON!]) { publish(put: $put) { version } }'

/** One publish; milliseconds since it was asked for. */
interface Sample {
  /** When a query that names the new thing was answered. */
  readonly usable: number
  /** When the publish itself was answered. */
  readonly answered: number
  /** CPU of server and PostgreSQL, until nothing is left to do. */
  readonly cpu: number
}

/**
 * Publishes fields of an object with many records, and new objects, again and again, and asks for each until it answers.
 * @param rows how many records the object has
 */
export async function measurePublish(servers: Servers, rows: number): Promise<unknown[]> {
  const { admin } = servers
  await askPlatform(admin, publish, { put: [thing(0)] })
  await fillThings(servers, rows)
  const results: unknown[] = []
  for (const kind of ['field', 'object'] as const) {
    const samples: Sample[] = []
    // the first one warms up
    for (let n = 0; n <= times; n++) samples.push(await sample(servers, kind, n + 1))
    const of = (what: keyof Sample) => median(samples.slice(1).map(one => one[what]))
    const [usable, answered, cpu] = [of('usable'), of('answered'), of('cpu')]
    say(
      `P ${kind} ${usable.toFixed(0)} ms  after a publish is asked for, its ${kind} answers, at most ${goals[kind]} · the publish is answered after ${answered.toFixed(0)} ms · ${cpu.toFixed(0)} ms of CPU, server and PostgreSQL · ${rows} records`,
    )
    results.push({ operation: `publish ${kind}`, rows, goal: goals[kind], usable, answered, cpu, samples })
  }
  return results
}

/** An object with so many fields of its own beside two. */
function thing(fields: number): object {
  const more = Array.from({ length: fields }, (_, n) => [`more${n + 1}`, { type: 'text', label: `More ${n + 1}` }] as const)
  return {
    object: 'benchThing',
    plural: 'benchThings',
    label: 'Thing',
    title: 'name',
    fields: { name: { type: 'text', label: 'Name' }, size: { type: 'integer', label: 'Size' }, ...Object.fromEntries(more) },
  }
}

const other = (n: number): object => ({
  object: `benchOther${n}`,
  plural: `benchOthers${n}`,
  label: `Other ${n}`,
  title: 'name',
  fields: {
    name: { type: 'text', label: 'Name', required: true, search: 5 },
    code: { type: 'text', label: 'Code', unique: true },
    thing: { type: 'lookup', label: 'Thing', to: 'benchThing', inverse: `others${n}` },
  },
})

async function fillThings({ client, pids }: Servers, rows: number): Promise<void> {
  await client.query(
    `insert into "${schema}".${table} (id, version, created_at, updated_at, name, size)
      select ('01900009-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, 1, now(), now(), 'Thing ' || i, i from generate_series(1, $1::integer) i`,
    [rows],
  )
  await client.query(`vacuum (analyze) "${schema}".${table}`)
  await client.query('checkpoint')
  await quiet(pids.product, pids.database)
}

async function sample({ admin, pids }: Servers, kind: keyof typeof goals, n: number): Promise<Sample> {
  await quiet(pids.product, pids.database)
  const used = () => cpuOf(pids.product) + cpuOfTree(pids.database)
  const before = used()
  const begun = performance.now()
  const publishing = askPlatform(admin, publish, { put: [kind === 'field' ? thing(n) : other(n)] }).then(() => performance.now() - begun)
  const query =
    kind === 'field' ? `{ benchThings(first: 1) { nodes { id more${n} } } }` : `{ benchOthers${n}(first: 1) { nodes { id name } } }`
  const usable = answering(admin, query).then(() => performance.now() - begun)
  const [answered, answers] = await Promise.all([publishing, usable])
  await quiet(pids.product, pids.database)
  return { usable: answers, answered, cpu: used() - before }
}

/** Asks until there is an answer: so long the server does not know what is asked for. */
async function answering(admin: Target, query: string): Promise<void> {
  for (;;) {
    const isAnswered = await ask(admin, query).then(
      () => true,
      (error: Error) => {
        if (!error.message.includes('BAD_REQUEST')) throw error
        return false
      },
    )
    if (isAnswered) return
    await new Promise(resolve => setTimeout(resolve, 3))
  }
}
