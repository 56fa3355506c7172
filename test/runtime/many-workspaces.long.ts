import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createApiKey } from '../../runtime/access/api-keys.js'
import { addMember } from '../../runtime/access/members.js'
import { type Database, openDatabase } from '../../runtime/database/database.js'
import { schemaOf } from '../../runtime/database/schema.js'
import { listWorkspaces } from '../../runtime/database/workspace.js'
import { Memory } from '../../runtime/memory/memory.js'
import { Finisher } from '../../runtime/publishing/finisher.js'
import { Models } from '../../runtime/publishing/models.js'
import { Publisher } from '../../runtime/publishing/publisher.js'
import { post } from '../support/app.js'
import { emptyDatabase, type OwnDatabase, testConfig } from '../support/database.js'
import { cpuOf, ownMegabytes, residentMegabytes } from '../support/processes.js'
import { type Served, serveProgram } from '../support/served.js'

const all = Number(process.env.TESSERA_MANY ?? 1_000)
const withOwnField = all / 10
const active = all / 20
const slugs = Array.from({ length: all }, (_, n) => `many-${String(n).padStart(4, '0')}`)

let own: OwnDatabase
let database: Database
let node: Served
const keys = new Map<string, string>()
const told: string[] = []
const tell = (what: string, value: string) => told.push(`${what.padEnd(72)}${value}`)
const median = (values: readonly number[]) => [...values].sort((one, other) => one - other)[values.length >> 1] ?? 0
const most = (values: readonly number[]) => Math.max(...values)

beforeAll(async () => {
  own = await emptyDatabase()
  found()
  database = await openDatabase(testConfig(own.url), { info: () => undefined, error: () => undefined })
  await addFields(slugs.slice(0, withOwnField))
  for (const workspace of await listWorkspaces(database)) {
    const at = slugs.indexOf(workspace.slug)
    if (at >= active && (at < withOwnField || at >= withOwnField + active)) continue
    const person = { email: 'ada@many.test', name: 'Ada', password: null, roles: ['admin'], service: true }
    await addMember(database, workspace, person)
    const { rows } = await database.pool.query<{ id: string }>("select id from tessera.account where email = 'ada@many.test'")
    const key = { accountId: rows[0]?.id ?? '', workspaceId: workspace.id, name: 'many', expiresAt: null, createdBy: null }
    keys.set(workspace.slug, await createApiKey(database, key))
  }
})
afterAll(async () => {
  process.stdout.write(`\n${told.join('\n')}\n`)
  await node?.kill()
  await database?.close()
  await own?.drop()
})

/** By the command that whoever runs an installation has. */
function found(): void {
  const program = join(import.meta.dirname, '..', '..', 'runtime', 'bin', 'tessera.js')
  const { status, stdout } = spawnSync(process.execPath, [program, 'workspace', 'create', ...slugs], {
    env: { ...process.env, DATABASE_URL: own.url },
    encoding: 'utf8',
    maxBuffer: 10_000_000,
  })
  expect(status).toBe(0)
  const times = [...stdout.matchAll(/in (\d+) ms/g)].map(([, ms]) => Number(ms))
  expect(times).toHaveLength(all)
  tell(`founding one of ${all} workspaces from the template, median and most`, `${median(times)} and ${most(times)} ms`)
}

/** Each gets a field that no other has. */
async function addFields(of: readonly string[]): Promise<void> {
  const models = new Models(database, new Memory(67_108_864))
  const finisher = new Finisher(database, models)
  const publisher = new Publisher(database, models, finisher)
  const begun = performance.now()
  for (const slug of of) {
    const [customer] = (await publisher.definitions(schemaOf(slug), 'object', null)).filter(({ name }) => name === 'customer')
    const fields = { ...(customer?.definition.fields as object), [`own${slug.slice(-4)}`]: { type: 'text', label: `Own ${slug}` } }
    const change = { put: [{ ...customer?.definition, fields }], remove: [], confirm: [], expectedVersion: null, message: null }
    await publisher.publish(change, schemaOf(slug), null)
    await finisher.finish(schemaOf(slug))
  }
  tell('publishing a field of its own, each', `${Math.round((performance.now() - begun) / of.length)} ms`)
  await finisher.onModuleDestroy()
}

const ask = async (slug: string, query: string, variables: Record<string, unknown> = {}) => {
  const answer = await post(`${node.url}/graphql`, query, variables, { authorization: `Bearer ${keys.get(slug)}` })
  if (answer.body.errors) throw new Error(JSON.stringify(answer.body.errors))
  return answer.body.data as Record<string, { readonly id: string; readonly nodes?: readonly { readonly name: string }[] }>
}

const list = `query($first: Int) { customers(first: $first, orderBy: [{ name: ASC }]) {
  totalCount pageInfo { hasNextPage endCursor } edges { cursor node { id number name level owner { id name } contacts(first: 3) { nodes { id name } } } } } }`
const one = 'query($id: ID!) { customer(id: $id) { id version name legalName level createdAt updatedAt createdBy { id name } } }'
const create = 'mutation($data: CustomerCreate!) { createCustomer(data: $data) { id name } }'
const change = 'mutation($id: ID!, $data: CustomerUpdate!) { updateCustomer(id: $id, data: $data) { id version name } }'

interface Times {
  readonly cpu: number[]
  readonly wall: number[]
}

/** What a member does who comes in: a list, a new record, looking at it, changing it. The first answer is the cold one. */
async function comeIn(slug: string, cold: Times): Promise<void> {
  const [cpu, wall] = [cpuOf(node.pid), performance.now()]
  await ask(slug, list, { first: 50 })
  cold.wall.push(performance.now() - wall)
  cold.cpu.push(cpuOf(node.pid) - cpu)
  const { createCustomer } = await ask(slug, create, { data: { name: `Of ${slug}` } })
  const id = createCustomer?.id
  expect((await ask(slug, one, { id })).customer).toMatchObject({ name: `Of ${slug}` })
  await ask(slug, change, { id, data: { name: `${slug} changed` } })
  expect(JSON.stringify(await ask(slug, list, { first: 50 }))).toContain(`${slug} changed`)
}

async function coldTimes(of: readonly string[], what: string): Promise<Times> {
  const times: Times = { cpu: [], wall: [] }
  for (const slug of of) await comeIn(slug, times)
  const { cpu, wall } = times
  const average = cpu.reduce((sum, ms) => sum + ms, 0) / cpu.length
  tell(`first answer of a cold workspace, ${what}`, `${average.toFixed(0)} ms of CPU (most ${most(cpu)}); ${median(wall).toFixed(0)} ms`)
  return times
}

async function backends(): Promise<number[]> {
  const { rows } = await database.pool.query<{ pid: number }>(
    "select pid from pg_stat_activity where datname = current_database() and application_name in ('tessera', 'tessera watch') and pid <> pg_backend_pid()",
  )
  return rows.map(({ pid }) => ownMegabytes(pid))
}

async function transactions(): Promise<number> {
  const { rows } = await database.pool.query<{ count: string }>(
    'select xact_commit as count from pg_stat_database where datname = current_database()',
  )
  return Number(rows[0]?.count)
}

describe(`${all} workspaces in one process, ${withOwnField} with a field of their own`, () => {
  it('are there soon after the start, and cost little while nobody works', async () => {
    const begun = performance.now()
    node = await serveProgram({ DATABASE_URL: own.url, DATABASE_POOL: '10', LOG_LEVEL: 'error' })
    tell('ready after the start', `${Math.round(performance.now() - begun)} ms, ${cpuOf(node.pid)} ms of CPU`)
    // by then all have been looked at once
    await pause(1_000 * Math.ceil(all / 50) + 10_000)
    const [cpu, count] = [cpuOf(node.pid), await transactions()]
    const seconds = 60
    await pause(seconds * 1_000)
    const share = (cpuOf(node.pid) - cpu) / seconds / 10
    tell(
      'idle: CPU of one core, transactions a second',
      `${share.toFixed(1)} %, ${(((await transactions()) - count) / seconds).toFixed(0)}`,
    )
    tell('idle: memory', `${residentMegabytes(node.pid).toFixed(0)} MB`)
    expect(share).toBeLessThan(6)
    expect(residentMegabytes(node.pid)).toBeLessThan(300)
  })

  it('answer cold ones, and many at once within a bound of memory', async () => {
    const begun = performance.now()
    await coldTimes(slugs.slice(withOwnField, withOwnField + 1), 'the first of all')
    const shared = await coldTimes(slugs.slice(withOwnField + 1, withOwnField + active), 'an equal model in use')
    tell(`${active} active with equal models: memory`, `${residentMegabytes(node.pid).toFixed(0)} MB`)
    const others = await coldTimes(slugs.slice(0, active), 'a field of its own')
    tell(`${active} more, each with a field of its own: memory`, `${residentMegabytes(node.pid).toFixed(0)} MB`)
    tell('all of them came in within', `${((performance.now() - begun) / 1_000).toFixed(0)} s`)
    const kept = await backends()
    tell(
      `PostgreSQL: ${kept.length} connections, each with memory of its own`,
      `${median(kept).toFixed(0)} MB, at most ${most(kept).toFixed(0)} MB`,
    )
    expect(median(shared.cpu)).toBeLessThan(150)
    // CPU of one answer and of what goes on behind it, on a machine that does nothing else
    expect(median(others.cpu)).toBeLessThan(600)
    expect(residentMegabytes(node.pid)).toBeLessThan(1_000)
  })

  it('come and go again and again, and memory stays where it is', async () => {
    const times: Times = { cpu: [], wall: [] }
    const sizes: number[] = []
    for (let round = 0; round < 3; round++) {
      await Promise.all(
        [0, 1, 2, 3].map(async part => {
          for (const slug of [...keys.keys()].filter((_, n) => n % 4 === part)) await comeIn(slug, times)
        }),
      )
      sizes.push(residentMegabytes(node.pid))
    }
    tell(`three more rounds of all ${keys.size}, four at once: memory`, sizes.map(size => `${size.toFixed(0)} MB`).join(', '))
    expect(most(sizes)).toBeLessThan(1_000)
  })
})
