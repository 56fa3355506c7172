import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { addMember } from '../../runtime/access/members.js'
import { WhoAsks } from '../../runtime/access/who-asks.js'
import { createApp, type RunningApp } from '../../runtime/main.js'
import { type Answer, dataOf, foundBare, post, signIn, testPassword } from '../support/app.js'
import { testConfig } from '../support/database.js'
import { listen } from '../support/follow.js'
import { followUp, until } from '../support/follow-up.js'
import { startServer } from '../support/postgres-pair.js'
import { publish } from '../support/publish.js'
import { everything } from '../support/records.js'

type Headers = Record<string, string>
const slugs = ['near', 'far'] as const
const headers = {} as Record<(typeof slugs)[number], Headers>
let server: Awaited<ReturnType<typeof startServer>>
let app: RunningApp

beforeAll(async () => {
  server = await startServer()
  app = await createApp(testConfig(server.url))
  for (const slug of slugs) {
    const email = `admin@${slug}.test`
    const workspace = await foundBare(app, slug)
    await addMember(app.database, workspace, { email, name: 'Ada', password: testPassword, roles: ['admin'] })
    headers[slug] = await signIn(app.url, slug, email)
    await publish(app, headers[slug], [{ role: 'admin', label: 'Admin', admin: true, grants: { '*': everything } }, ...followUp])
  }
})
afterAll(async () => {
  await app?.close()
  await server?.drop()
})

const ask = (query: string, slug: (typeof slugs)[number] = 'near') => post(`${app.url}/graphql`, query, {}, headers[slug])
const create = (name: string) => ask(`mutation { createDeal(data: { name: "${name}", party: { create: { name: "P" } } }) { id } }`)
const win = async (name: string, slug: (typeof slugs)[number] = 'near') =>
  dataOf(await ask(`mutation { updateDeals(where: { name: { eq: "${name}" } }, data: { stage: "won" }) { count } }`, slug), 'updateDeals')
const isFine = ({ body }: Answer) => body.errors === undefined
const unavailable = { code: 'INTERNAL', issues: [{ code: 'UNAVAILABLE', path: '' }] }

/** People who read and write without pause, until they are told to stop; what each of them was answered. */
function load(): { stop(): Promise<Answer[]> } {
  const answers: Answer[] = []
  let isOver = false
  const one = async (index: number) => {
    for (let round = 0; !isOver; round++)
      answers.push(await (index % 2 === 0 ? create(`Load ${index}/${round}`) : ask('{ deals(first: 5) { totalCount nodes { name } } }')))
  }
  const all = Promise.all(Array.from({ length: 8 }, (_, index) => one(index)))
  return {
    stop: async () => {
      isOver = true
      await all
      return answers
    },
  }
}

const endAll = "select pg_terminate_backend(pid) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()"

describe('a database that goes away', () => {
  it('costs only the requests that are under way when its connections end', async () => {
    const following = listen(app, headers.near, 'subscription { dealChanged { kind id cursor record { name } } }')
    const people = load()
    await following.until(() => true)
    await server.ask(endAll)
    await until(() => create('after the end'), isFine)
    const answers = await people.stop()
    const failed = answers.filter(answer => !isFine(answer))
    expect(failed.length).toBeLessThanOrEqual(8)
    for (const { body } of failed) expect(body.errors?.[0]?.extensions).toMatchObject(unavailable)
    await following.until(({ record }) => record?.name === 'after the end')
    following.stop()
  })

  it('is told as such while it is away, and everything goes on when it is back', async () => {
    await create('kept')
    const people = load()
    await server.kill()
    const away = await ask('{ deals { totalCount } }')
    expect(away.body.errors?.[0]?.extensions).toMatchObject(unavailable)
    expect(away.body.errors?.[0]?.extensions.trace).toMatch(/^[0-9a-f]{16}$/)
    expect((await fetch(`${app.url}/healthz`)).status).toBe(200)
    expect((await fetch(`${app.url}/readyz`)).status).toBe(503)
    await server.start()
    await until(() => ask('{ deals { totalCount } }'), isFine)
    for (const answer of (await people.stop()).filter(one => !isFine(one)))
      expect(answer.body.errors?.[0]?.extensions).toMatchObject(unavailable)
    // a subscription, and work behind the requests
    const following = listen(app, headers.near, 'subscription { taskChanged { kind id cursor record { subject } } }')
    await win('kept')
    await following.until(({ record }) => record?.subject === 'Call P about kept')
    following.stop()
    expect((await fetch(`${app.url}/readyz`)).status).toBe(200)
  })

  it('takes with it only the workspaces that lie on it, where the database has several machines', async () => {
    // each table of the workspace fails as it does when its machine is away
    await server.ask(`create function public.away() returns boolean language plpgsql as $$ begin
      raise exception 'connection to the remote node failed' using errcode = '08006'; end $$`)
    const tables = await server.ask("select relname as name from pg_class where relnamespace = 'w_far'::regnamespace and relkind = 'r'")
    for (const { name } of tables)
      await server.ask(
        `begin; alter table w_far."${name}" rename to "away${name}"; create view w_far."${name}" as select * from w_far."away${name}" where public.away(); grant all on w_far."${name}" to public; commit`,
      )
    const far = await until(
      () => ask('{ deals { totalCount } }', 'far'),
      answer => !isFine(answer),
    )
    expect(far.body.errors?.[0]?.extensions).toMatchObject(unavailable)
    // nobody is known there any more: not even who asks can be found out
    app.app.get(WhoAsks).forgetHere()
    expect((await ask('{ deals { totalCount } }', 'far')).status).toBe(503)
    await create('near by')
    await win('near by')
    await until(
      () => ask('{ tasks(where: { subject: { eq: "Call P about near by" } }) { totalCount } }'),
      ({ body }) => (body.data?.tasks as { totalCount: number } | undefined)?.totalCount === 1,
    )
    const again = await createApp(testConfig(server.url))
    expect((await post(`${again.url}/graphql`, '{ deals { totalCount } }', {}, headers.near)).body.errors).toBeUndefined()
    await again.close()
  })
})
