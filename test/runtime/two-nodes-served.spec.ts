import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { addMember } from '../../runtime/access/members.js'
import { findWorkspace } from '../../runtime/database/workspace.js'
import { dataOf, post, signIn, testPassword } from '../support/app.js'
import { openTestDatabase } from '../support/database.js'
import { upload } from '../support/files.js'
import { listen } from '../support/follow.js'
import { followUp, until } from '../support/follow-up.js'
import { readImport, startImport } from '../support/imports.js'
import { foundTrade } from '../support/kill-rounds.js'
import { publish } from '../support/publish.js'
import { type Served, serveProgram } from '../support/served.js'

/** Less than the five seconds for which a node that hears nothing believes who somebody is. */
const atOnce = 4_000

const slug = 'two-nodes'
const narrow = `narrow@${slug}.test`
let [a, b]: [Served, Served] = [{} as Served, {} as Served]
let headers: Record<string, string>

beforeAll(async () => {
  headers = await foundTrade(slug)
  const database = await openTestDatabase()
  const workspace = await findWorkspace(database, slug)
  if (workspace) await addMember(database, workspace, { email: narrow, name: 'Nora', password: testPassword, roles: ['narrow'] })
  await database.close()
  ;[a, b] = await Promise.all([serveProgram(), serveProgram()])
})
afterAll(async () => {
  await a.kill?.()
  await b.kill?.()
})

const ask = (node: Served, query: string, variables = {}, as = headers) => post(`${node.url}/graphql`, query, variables, as)
const administer = (node: Served, query: string, variables = {}, as = headers) => post(`${node.url}/platform`, query, variables, as)
const createDeals = (node: Served, names: readonly string[]) =>
  ask(node, 'mutation($data: [DealCreate!]!) { createDeals(data: $data) { count } }', {
    data: names.map(name => ({ name, party: { create: { name: 'Acme' } } })),
  })
const winAll = (node: Served, start: string) =>
  ask(node, 'mutation($start: String!) { updateDeals(where: { name: { startsWith: $start } }, data: { stage: "won" }) { count } }', {
    start,
  })
const tasks = async (node: Served) =>
  dataOf<{ count: number; countDistinct: { dealId: number } }[]>(
    await ask(node, '{ tasksAggregate { count countDistinct { dealId } } }'),
    'tasksAggregate',
  )[0]
const named = (start: string, count: number) => Array.from({ length: count }, (_, index) => `${start} ${index}`)

describe('two processes over one database', () => {
  it('see the same members and sessions: who is signed out on one is out on the other', async () => {
    const as = await signIn(a.url, slug, `admin@${slug}.test`)
    for (const node of [a, b]) expect((await ask(node, '{ deals { nodes { id } } }', {}, as)).status).toBe(200)
    await administer(a, 'mutation { signOut }', {}, as)
    const out = await until(
      () => ask(b, '{ deals { nodes { id } } }', {}, as),
      ({ status }) => status === 401,
      atOnce,
    )
    expect(out.body.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED')
  })

  it('follow a publish of either, and what roles may do after it', async () => {
    const [deal] = followUp
    await publish(a, headers, [{ ...deal, fields: { ...deal?.fields, source: { type: 'text', label: 'Source' } } }])
    await until(
      () => ask(b, '{ deals { nodes { source } } }'),
      ({ body }) => body.errors === undefined,
    )
    await publish(b, headers, [{ role: 'narrow', label: 'Narrow', grants: { deal: { actions: ['read'] } } }])
    const reader = await signIn(a.url, slug, narrow)
    expect((await ask(a, '{ deals { nodes { source } } }', {}, reader)).body.errors).toBeUndefined()
    await publish(b, headers, [{ role: 'narrow', label: 'Narrow', grants: { deal: { actions: ['read'], fields: { source: 'hidden' } } } }])
    await until(
      () => ask(a, '{ deals { nodes { source } } }', {}, reader),
      ({ body }) => body.errors !== undefined,
    )
  })

  it('tell whoever listens at one of what is written at the other', async () => {
    const following = listen(b, headers, 'subscription { dealChanged { kind id cursor record { name } } }')
    await until(
      async () => {
        await createDeals(a, ['a ping'])
        return following.messages.length
      },
      count => count > 0,
    )
    await createDeals(a, ['told by the other'])
    await following.until(({ record }) => record?.name === 'told by the other')
    following.stop()
  })

  it('do each job once, together, and one alone when the other is killed in the middle of it', async () => {
    await Promise.all([createDeals(a, named('A', 30)), createDeals(b, named('B', 30))])
    await Promise.all([winAll(a, 'A '), winAll(b, 'B ')])
    await until(
      () => tasks(b),
      found => found?.count === 60,
    )
    const lines = named('I', 3_000).map(name => `${name},open`)
    const file = await upload(a.url, headers, 'deals.csv', `name,stage\n${lines.join('\n')}\n`)
    const mapping = ['name', 'stage'].map(column => ({ column, field: column }))
    const { id } = await startImport(a.url, headers, { object: 'deal', file, mapping })
    await createDeals(a, named('C', 40))
    await winAll(a, 'C ')
    await until(
      () => readImport(b.url, headers, id),
      ({ progress }) => progress.done > 0,
    )
    await a.kill()
    const job = await until(
      () => readImport(b.url, headers, id),
      ({ state }) => state === 'done',
    )
    expect(job).toMatchObject({ progress: { done: 3_000 }, result: { created: 3_000, refused: 0 } })
    await until(
      () => tasks(b),
      found => (found?.count ?? 0) >= 100,
    )
    expect(await tasks(b)).toEqual({ count: 100, countDistinct: { dealId: 100 } })
    const [imported] = dataOf<{ count: number; countDistinct: { name: number } }[]>(
      await ask(b, '{ dealsAggregate(where: { name: { startsWith: "I " } }) { count countDistinct { name } } }'),
      'dealsAggregate',
    )
    expect(imported).toEqual({ count: 3_000, countDistinct: { name: 3_000 } })
  })
})
