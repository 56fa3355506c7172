import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { createApp, type RunningApp } from '../../runtime/main.js'
import { dataOf, post, signIn } from '../support/app.js'
import { testConfig, workerDatabaseUrl } from '../support/database.js'
import { upload } from '../support/files.js'
import { listen } from '../support/follow.js'
import { until } from '../support/follow-up.js'
import { runImport } from '../support/imports.js'
import { describeBehindPooler, type Pooler, startPooler } from '../support/pgbouncer.js'
import { publish } from '../support/publish.js'
import { type RecordsWorld, recordsWorld, trade } from '../support/records.js'

const slug = 'pgbouncer'
/** Sessions as no answer may depend on them. */
const strange = {
  datestyle: 'German, DMY',
  timezone: 'Asia/Shanghai',
  search_path: 'pg_catalog',
  intervalstyle: 'sql_standard',
  bytea_output: 'escape',
  lc_monetary: 'C',
}
const follow = {
  workflow: 'lineOnWin',
  label: 'Line',
  on: { object: 'deal', event: 'updated', fields: ['stage'] },
  when: { '==': [{ var: 'record.stage' }, 'won'] },
  steps: [{ do: 'create', object: 'dealLine', values: { deal: { var: 'record.id' }, what: 'Thanks', price: 1 } }],
}

let pooler: Pooler
let world: RecordsWorld
let plain: RunningApp

describeBehindPooler('behind PgBouncer in transaction mode (DATABASE_PREPARE=off, DATABASE_DIRECT_URL)', () => {
  beforeAll(async () => {
    const direct = await workerDatabaseUrl()
    pooler = await startPooler(direct, 3, strange)
    const environment = {
      DATABASE_URL: pooler.url,
      DATABASE_DIRECT_URL: direct,
      DATABASE_PREPARE: 'off',
      DATABASE_POOL: '30',
      DATABASE_ISOLATE: 'off',
    }
    world = await recordsWorld(slug, [...trade, follow], [{}], environment)
    plain = await createApp(testConfig(direct))
  })
  afterAll(async () => {
    await plain?.close()
    await world?.app.close()
    await pooler?.stop()
  })

  it('sessions are not as they are past it', async () => {
    const settings = Object.keys(strange).map(name => `current_setting('${name}') as ${name}`)
    // these two are told when a connection begins, and a pooler keeps them apart
    const own = { datestyle: 'ISO, DMY', timezone: 'UTC' }
    expect((await world.app.database.pool.query(`select ${settings.join(', ')}`)).rows).toEqual([{ ...strange, ...own }])
  })

  it('people come in, and what they write is there', async () => {
    const headers = await signIn(world.app.url, slug, `admin@${slug}.test`)
    const query =
      'mutation { createDeal(data: { name: "First", amount: "12.50", party: { create: { name: "Acme" } } }) { id number amount } }'
    const { id, ...deal } = dataOf<Record<string, string>>(await world.ask(query, {}, headers), 'createDeal')
    expect(deal).toEqual({ number: 'D-0001', amount: '12.5' })
    expect(await world.get('query($id: ID!) { deal(id: $id) { name party { name } } }', { id })).toEqual({
      name: 'First',
      party: { name: 'Acme' },
    })
  })

  it('everything works at once over three connections, and each answer belongs to its question', async () => {
    const one = async (index: number) => {
      const name = `Deal ${index}`
      const create = 'mutation($data: DealCreate!) { createDeal(data: $data) { id name day lines { nodes { what price } } } }'
      const lines = { create: [{ what: `Line of ${name}`, price: String(index) }] }
      const deal = await world.get<{ id: string }>(create, {
        data: { name, amount: String(index), share: '0.5', day: '2026-01-02', lines },
      })
      expect(deal).toMatchObject({ name, day: '2026-01-02', lines: { nodes: [{ what: `Line of ${name}`, price: String(index) }] } })
      const update = 'mutation($id: ID!) { updateDeal(id: $id, data: { stage: "won", amount: "7" }) { version weighted } }'
      expect(await world.get(update, { id: deal.id })).toEqual({ version: 2, weighted: '3.5' })
      const read = 'query($name: String!) { deals(where: { name: { eq: $name } }) { totalCount nodes { id stage } } }'
      expect(await world.get(read, { name })).toEqual({ totalCount: 1, nodes: [{ id: deal.id, stage: 'won' }] })
    }
    await Promise.all(Array.from({ length: 60 }, (_, index) => one(index + 1)))
    const numbers = await world.get<{ nodes: { number: string }[] }>('{ deals(first: 100) { nodes { number } } }')
    expect(new Set(numbers.nodes.map(({ number }) => number)).size).toBe(61)
  })

  it('jobs follow each write once', async () => {
    const lines = '{ dealLinesAggregate(where: { what: { eq: "Thanks" } }) { count countDistinct { dealId } } }'
    const found = await until(
      () => world.get<{ count: number }[]>(lines),
      ([all]) => (all?.count ?? 0) >= 60,
    )
    expect(found).toEqual([{ count: 60, countDistinct: { dealId: 60 } }])
  })

  it('a publish goes through while many read, and is read from at once', async () => {
    const [party] = trade
    const reads = Promise.all(Array.from({ length: 40 }, () => world.ask('{ parties { nodes { name } } }')))
    await publish(world.app, world.headers, [{ ...party, fields: { ...party.fields, since: { type: 'dateTime', label: 'Since' } } }])
    expect((await reads).filter(({ body }) => body.errors)).toEqual([])
    const made = await world.get('mutation { createParty(data: { name: "Late", since: "2026-01-02T23:30:00+02:00" }) { since } }')
    expect(made).toEqual({ since: '2026-01-02T21:30:00.000Z' })
  })

  it('subscriptions tell, and imports run', async () => {
    const following = listen(world.app, world.headers, 'subscription { partyChanged { kind id cursor record { name code } } }')
    await until(
      async () => {
        await world.get('mutation { createParty(data: { name: "Ping" }) { id } }')
        return following.messages.length
      },
      count => count > 0,
    )
    const file = await upload(
      world.app.url,
      world.headers,
      'parties.csv',
      `name,code\n${Array.from({ length: 500 }, (_, n) => `P${n},C${n}`).join('\n')}\n`,
    )
    const mapping = ['name', 'code'].map(column => ({ column, field: column }))
    const job = await runImport(world.app.url, world.headers, { object: 'party', file, mapping })
    expect(job).toMatchObject({ state: 'done', result: { created: 500, refused: 0 } })
    await following.until(({ record }) => record?.code === 'C499')
    following.stop()
  })

  it('every answer is the one that is given without it', async () => {
    const record = 'id number name createdAt updatedAt amount currency share weighted day version owner { name }'
    for (const query of [
      `{ deals(first: 100, orderBy: [{ name: ASC }]) { totalCount nodes { ${record} lines { nodes { what price createdAt } } } } }`,
      '{ dealsAggregate(groupBy: [{ createdAt: { by: DAY } }, { day: { by: MONTH } }]) { keys count sum { quantity } } }',
      '{ parties(where: { since: { gte: "2026-01-02T21:30:00Z" } }) { nodes { name since } } }',
      '{ deals(where: { createdAt: { within: { this: DAY } } }) { totalCount } }',
      '{ deals(search: "Deal 5") { nodes { name } } }',
    ]) {
      const through = await world.ask(query)
      const past = await post(`${plain.url}/graphql`, query, {}, world.headers)
      expect(through.body).toEqual(past.body)
    }
    const platform = '{ me { email locale timeZone } members { email } versions { number publishedAt } sessions { method address } }'
    const through = await post(`${world.app.url}/platform`, platform, {}, world.headers)
    const past = await post(`${plain.url}/platform`, platform, {}, world.headers)
    expect(through.body).toEqual(past.body)
  })
})
