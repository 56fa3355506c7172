import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { schemaOf } from '../../runtime/database/schema.js'
import { fieldUses, keepFieldUses } from '../../runtime/usage/field-use-store.js'
import { FieldUses } from '../../runtime/usage/field-uses.js'
import { dataOf, post, signInHeaders } from '../support/app.js'
import { everything, type RecordsWorld, recordsWorld } from '../support/records.js'

const slug = 'field-use'
const schema = schemaOf(slug)

const firm = {
  object: 'firm',
  plural: 'firms',
  label: 'Firm',
  title: 'name',
  fields: { name: { type: 'text', label: 'Name' }, city: { type: 'text', label: 'City' } },
}
const deal = {
  object: 'deal',
  plural: 'deals',
  label: 'Deal',
  title: 'name',
  fields: {
    name: { type: 'text', label: 'Name' },
    stage: { type: 'text', label: 'Stage' },
    day: { type: 'date', label: 'Day' },
    price: { type: 'money', label: 'Price', currency: 'own' },
    firm: { type: 'lookup', label: 'Firm', to: 'firm', inverse: 'deals' },
  },
}

let world: RecordsWorld
let key: Record<string, string>
let other: Record<string, string>

const keyNamed = async (name: string) => {
  const query = 'mutation($name: String!) { createApiKey(name: $name) }'
  const answer = await post(`${world.app.url}/platform`, query, { name }, world.headers)
  const token = dataOf<string>(answer, 'createApiKey')
  return { authorization: `Bearer ${token}`, 'x-workspace': slug }
}

beforeAll(async () => {
  const reader = { role: 'reader', label: 'Reader', grants: { deal: everything } }
  world = await recordsWorld(slug, [firm, deal, reader], [{}, { email: `reader@${slug}.test`, roles: ['reader'] }])
  key = await keyNamed('Website')
  other = await keyNamed('Export')
})
afterAll(() => world?.app.close())

/** What is kept once all that was counted so far is, by the names of keys. */
async function kept(): Promise<string[]> {
  await world.app.app.get(FieldUses).keep()
  const query = '{ fieldUse { name object field access count } }'
  const uses = dataOf<{ name: string; object: string; field: string; access: string; count: number }[]>(
    await post(`${world.app.url}/platform`, query, {}, world.headers),
    'fieldUse',
  )
  return uses.map(({ name, object, field, access, count }) => `${name} ${access} ${object}.${field} ${count}`).sort()
}

describe('the fields that API keys use', () => {
  it('are counted by key, where they are shown, filtered or ordered by, along relations and in rules', async () => {
    const list =
      'query($where: DealWhere) { deals(where: $where, orderBy: [{ day: DESC }]) { totalCount nodes { id name firm { city } priceCurrency } } }'
    const where = { and: [{ stage: { eq: 'secret' } }, { rule: { '==': [{ var: 'firm.name' }, 'hush'] } }] }
    for (const _ of [1, 2, 3]) await world.ask(list, { where }, key)
    await world.ask('{ dealsAggregate(groupBy: [{ stage: {} }]) { count } }', {}, other)
    expect(await kept()).toEqual([
      'Export read deal.stage 1',
      'Website read deal.day 3',
      'Website read deal.firm 3',
      'Website read deal.name 3',
      'Website read deal.price 3',
      'Website read deal.stage 3',
      'Website read firm.city 3',
      'Website read firm.name 3',
    ])
  })

  it('are counted where they are written, and shown in the answer', async () => {
    await world.app.database.pool.query(`delete from ${schema}._field_use`)
    const create = 'mutation($data: DealCreate!) { createDeal(data: $data) { id stage } }'
    const data = { name: 'A', price: '5', priceCurrency: 'EUR', firm: { create: { city: 'Ulm' } } }
    await world.ask(create, { data }, key)
    await world.ask('mutation { createDeals(data: [{ name: "B" }, { name: "C" }]) { nodes { day } } }', {}, key)
    expect(await kept()).toEqual([
      'Website read deal.day 1',
      'Website read deal.stage 1',
      'Website write deal.firm 1',
      'Website write deal.name 2',
      'Website write deal.price 1',
      'Website write firm.city 1',
    ])
  })

  it('are not counted for people, and hold no value', async () => {
    const before = await kept()
    await world.get('{ deals { nodes { name stage } } }')
    await world.ask('{ deals(where: { stage: { eq: "secret" } }) { nodes { id } } }', {}, key)
    expect((await kept()).filter(use => !before.includes(use))).toEqual(['Website read deal.stage 2'])
    const { rows } = await world.app.database.pool.query(`select * from ${schema}._field_use`)
    expect(JSON.stringify(rows)).not.toMatch(/secret|hush|Ulm|EUR/)
  })

  it('are forgotten after a month, and a revoked key has no name', async () => {
    const { pool } = world.app.database
    const now = new Date()
    const gone = '01900000-0000-7000-8000-000000000001'
    const use = { key: gone, object: 'deal', field: 'name', access: 'read', count: 4102 } as const
    await keepFieldUses(pool, schema, [use], new Date(now.getTime() - 31 * 86_400_000))
    await keepFieldUses(pool, schema, [use], now)
    await keepFieldUses(pool, schema, [{ ...use, count: 1 }], now)
    expect((await fieldUses(pool, schema, { field: 'name' }, now))[0]).toMatchObject({ ...use, count: 4103 })
    expect((await pool.query(`select from ${schema}._field_use where day <= current_date - 30`)).rows).toEqual([])
    expect(await kept()).toContain('null read deal.name 4103')
  })

  it('are told to admins, and to nobody else', async () => {
    const query = '{ fieldUse(object: "deal") { key } }'
    const answer = await post(`${world.app.url}/platform`, query, {}, await signInHeaders(world.app, `reader@${slug}.test`))
    expect(answer.body.errors?.[0]?.extensions.code).toBe('FORBIDDEN')
  })
})
