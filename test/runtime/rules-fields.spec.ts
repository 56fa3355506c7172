import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { schemaOf } from '../../runtime/database/schema.js'
import { type Answer, post, signInHeaders } from '../support/app.js'
import { upload } from '../support/files.js'
import { runImport } from '../support/imports.js'
import { everything, type RecordsWorld, recordsWorld } from '../support/records.js'

const isLost = { '==': [{ var: 'stage' }, 'lost'] }
const objects = [
  {
    object: 'house',
    plural: 'houses',
    label: 'House',
    fields: {
      name: { type: 'text', label: 'Name' },
      level: { type: 'select', label: 'Level', options: [{ value: 'gold' }, { value: 'plain' }] },
      seats: { type: 'integer', label: 'Seats' },
    },
    rules: [
      {
        rule: 'seatsFit',
        lock: ['id'],
        message: 'Full',
        must: { '<=': [{ count: [{ var: 'guests' }] }, { coalesce: [{ var: 'seats' }, 1000] }] },
      },
      { rule: 'notGold', on: ['delete'], at: ['level'], message: 'A gold house stays: {name}', must: { '!=': [{ var: 'level' }, 'gold'] } },
    ],
  },
  {
    object: 'guest',
    plural: 'guests',
    label: 'Guest',
    fields: {
      name: { type: 'text', label: 'Name' },
      house: { type: 'lookup', label: 'House', to: 'house', inverse: 'guests', onDelete: 'setNull' },
    },
  },
  {
    object: 'bid',
    plural: 'bids',
    label: 'Bid',
    title: 'name',
    fields: {
      name: { type: 'text', label: 'Name', unique: true },
      stage: {
        type: 'select',
        label: 'Stage',
        options: [{ value: 'open' }, { value: 'vip', label: 'VIP', when: { '==': [{ var: 'house.level' }, 'gold'] } }, { value: 'lost' }],
        default: 'open',
      },
      amount: { type: 'money', label: { en: 'Amount', 'zh-CN': '金额' }, currency: 'workspace' },
      rebate: { type: 'percent', label: 'Rebate' },
      budget: { type: 'decimal', label: { en: 'Budget', 'zh-CN': '预算' }, requiredWhen: { '>': [{ var: 'total' }, 100000] } },
      reason: { type: 'text', label: 'Reason', required: true, visibleWhen: isLost },
      code: { type: 'text', label: 'Code', readOnlyWhen: { '==': [{ var: 'house.level' }, 'gold'] } },
      greeting: { type: 'text', label: 'Greeting', defaultRule: { cat: ['Dear ', { var: 'house.name' }] }, default: 'Dear all' },
      shout: { type: 'text', label: 'Shout', defaultRule: { upper: [{ var: 'greeting' }] } },
      secret: { type: 'text', label: 'Secret' },
      house: { type: 'lookup', label: 'House', to: 'house', inverse: 'bids', onDelete: 'setNull' },
      total: { type: 'rollup', label: 'Total', of: 'parts', function: 'sum', field: 'price' },
    },
    rules: [
      {
        rule: 'bigRebate',
        severity: 'warning',
        at: ['rebate'],
        message: {
          en: '{rebate} of {amount} for {house} ({secret}) is much.',
          'zh-CN': '{house}的{amount}折扣 {rebate}（{secret}）偏高。',
        },
        must: { '!': { '>': [{ var: 'rebate' }, '0.3'] } },
      },
      {
        rule: 'importsNamed',
        on: ['import'],
        at: ['amount'],
        message: 'Imports need an amount',
        must: { '!=': [{ var: 'amount' }, null] },
      },
      { rule: 'noZero', on: ['api'], at: ['amount'], message: 'Not zero', must: { '!=': [{ var: 'amount' }, 0] } },
    ],
  },
  {
    object: 'part',
    plural: 'parts',
    label: 'Part',
    title: 'what',
    fields: {
      bid: { type: 'masterDetail', label: 'Bid', to: 'bid', inverse: 'parts' },
      what: { type: 'text', label: 'What', requiredWhen: { '==': [{ var: 'parent.stage' }, 'lost'] } },
      price: { type: 'decimal', label: 'Price' },
    },
  },
  {
    role: 'rep',
    label: 'Rep',
    grants: {
      bid: { actions: everything.actions, fields: { secret: 'hidden' } },
      part: everything,
      guest: everything,
      house: { actions: ['read'], records: { '!=': [{ var: 'level' }, 'gold'] } },
    },
  },
]

let world: RecordsWorld
let rep: Record<string, string>
const houses: Record<string, string> = {}
beforeAll(async () => {
  world = await recordsWorld('rulesfields', objects, [{}, { email: 'rep@rulesfields.test', name: 'Rita', roles: ['rep'] }])
  rep = await signInHeaders(world.app, 'rep@rulesfields.test')
  for (const [name, level] of [
    ['Gold', 'gold'],
    ['Plain', 'plain'],
  ] as const)
    houses[name] = (
      await world.get<{ id: string }>('mutation($data: HouseCreate!) { createHouse(data: $data) { id } }', { data: { name, level } })
    ).id
})
afterAll(async () => world?.app.close())

type Told = { code: string; path: string; message: string; severity?: string; rule?: string }
const told = ({ body }: Answer): Told[] => (body.errors?.[0]?.extensions.issues as Told[] | undefined) ?? []
const said = (answer: Answer) => told(answer).map(({ path, message }) => `${path}: ${message}`)
const create = (data: object, more: Record<string, unknown> = {}, headers?: Record<string, string>) =>
  world.ask(
    'mutation($data: BidCreate!, $confirm: [String!]) { createBid(data: $data, confirm: $confirm) { id version greeting shout stage parts { nodes { id } } } }',
    { data, ...more },
    headers,
  )
interface Bid {
  id: string
  version: number
  greeting: string
  shout: string
  parts: { nodes: { id: string }[] }
}
const made = ({ body }: Answer): Bid => body.data?.createBid as Bid
const update = (id: string, data: object, more: Record<string, unknown> = {}) =>
  world.ask(
    'mutation($id: ID!, $data: BidUpdate!, $confirm: [String!]) { updateBid(id: $id, data: $data, confirm: $confirm) { id version } }',
    {
      id,
      data,
      ...more,
    },
  )

describe('the rules of fields, on the server', () => {
  it('require by values as they will be, computed ones included', async () => {
    const parts = { create: [{ price: '100000' }, { price: '1' }] }
    expect(said(await create({ parts }))).toEqual(['budget: Budget is required.'])
    const { id, parts: lines } = made(await create({ parts, budget: '5' }))
    expect(said(await update(id, { budget: null }))).toEqual(['budget: Budget is required.'])
    expect(said(await update(id, { budget: null, parts: { delete: [lines.nodes[0]?.id] } }))).toEqual([])
    const line = await world.ask('mutation($data: PartCreate!) { createPart(data: $data) { id } }', {
      data: { bidId: id, price: '200000' },
    })
    expect(said(line)).toEqual(['budget: Budget is required.'])
  })

  it('ask what is visible only, and lines by their parent', async () => {
    expect(said(await create({ stage: 'open' }))).toEqual([])
    expect(said(await create({ stage: 'lost', parts: { create: [{ price: '1' }] } }))).toEqual([
      'reason: Reason is required.',
      'parts/create/0/what: What is required.',
    ])
  })

  it('refuse another value of what is read-only, not the same one, and let the way out of it pass', async () => {
    const { id } = made(await create({ code: 'x', houseId: houses.Gold }))
    expect(id).toBeDefined()
    expect(told(await update(id, { code: 'y' }))).toMatchObject([
      { code: 'FIELD_LOCKED', path: 'code', message: 'Code cannot be changed now.' },
    ])
    expect(said(await update(id, { code: 'x', name: 'n1' }))).toEqual([])
    expect(said(await update(id, { code: 'y', houseId: houses.Plain }))).toEqual([])
    expect(said(await update(id, { code: 'z' }))).toEqual([])
  })

  it('take an option only when it is offered, and leave an old one alone', async () => {
    expect(said(await create({ stage: 'vip', houseId: houses.Plain }))).toEqual(['stage: “VIP” cannot be chosen for Stage here.'])
    const { id } = made(await create({ stage: 'vip', houseId: houses.Gold }))
    expect(said(await update(id, { houseId: houses.Plain, stage: 'vip' }))).toEqual([])
  })

  it('begin a new record with what a rule gives: along lookups, from one another, with nothing given only', async () => {
    expect(made(await create({ houseId: houses.Plain }))).toMatchObject({ greeting: 'Dear Plain', shout: 'DEAR PLAIN' })
    expect(made(await create({}))).toMatchObject({ greeting: 'Dear all', shout: 'DEAR ALL' })
    expect(made(await create({ greeting: 'Hi', houseId: houses.Plain }))).toMatchObject({ greeting: 'Hi', shout: 'HI' })
    expect(made(await create({ greeting: null, shout: null }))).toMatchObject({ greeting: null, shout: null })
    expect(made(await create({ house: { create: { name: 'New' } } }))).toMatchObject({ greeting: 'Dear New' })
  })
})

describe('validation rules', () => {
  it('hold a write back by a warning until it is confirmed, and keep who confirmed it', async () => {
    const data = { name: 'w', rebate: '0.4', amount: '1200', houseId: houses.Gold, secret: 's3' }
    const held = await create(data)
    expect(told(held)).toEqual([
      {
        code: 'RULE_VIOLATED',
        path: 'rebate',
        message: '40% of $1,200.00 for Gold (s3) is much.',
        hint: '',
        severity: 'warning',
        rule: 'bigRebate',
      },
    ])
    expect(said(await create(data, { confirm: ['other'] }))).toHaveLength(1)
    const { id } = made(await create(data, { confirm: ['bigRebate'] }))
    expect(said(await update(id, { name: 'w2' }))).toEqual([])
    expect(said(await update(id, { rebate: '0.5' }))).toHaveLength(1)
    expect(said(await update(id, { rebate: '0.5' }, { confirm: ['bigRebate'] }))).toEqual([])
    const { body } = await post(
      `${world.app.url}/platform`,
      'query($id: ID!) { history(object: "bid", id: $id) { version confirmed } }',
      { id },
      world.headers,
    )
    expect(body.data?.history).toEqual([
      { version: 3, confirmed: ['bigRebate'] },
      { version: 2, confirmed: [] },
      { version: 1, confirmed: ['bigRebate'] },
    ])
    const { rows } = await world.app.database.pool.query(
      `select object, record, version, rule, actor is not null as known, channel from ${schemaOf(world.app.workspace.slug)}._confirmation order by version`,
    )
    expect(rows).toEqual([
      { object: 'bid', record: id, version: 1, rule: 'bigRebate', known: true, channel: 'api' },
      { object: 'bid', record: id, version: 3, rule: 'bigRebate', known: true, channel: 'api' },
    ])
  })

  it('are told with all errors at once, row by row in a batch', async () => {
    const batch =
      'mutation($data: [BidCreate!]!, $confirm: [String!]) { createBids(data: $data, atomic: false, confirm: $confirm) { count issues { row code severity rule path } } }'
    const data = [{ rebate: '0.9' }, { rebate: '0.9', amount: '0' }, {}]
    const { issues, count } = await world.get<{ count: number; issues: unknown[] }>(batch, { data })
    expect({ issues, count }).toEqual({
      count: 1,
      issues: [
        { row: 0, code: 'RULE_VIOLATED', severity: 'warning', rule: 'bigRebate', path: 'rebate' },
        { row: 1, code: 'RULE_VIOLATED', severity: 'warning', rule: 'bigRebate', path: 'rebate' },
        { row: 1, code: 'RULE_VIOLATED', severity: null, rule: null, path: 'amount' },
      ],
    })
    expect(await world.get<object>(batch, { data, confirm: ['bigRebate'] })).toMatchObject({ count: 2 })
  })

  it('judge what is deleted, before it goes', async () => {
    const remove = (id: string | undefined) => world.ask('mutation($id: ID!) { deleteHouse(id: $id) { id } }', { id })
    expect(said(await remove(houses.Gold))).toEqual(['level: A gold house stays: Gold'])
    const { id } = await world.get<{ id: string }>('mutation { createHouse(data: { name: "x" }) { id } }')
    expect(said(await remove(id))).toEqual([])
  })

  it('let through exactly those of many writes at once that fit', async () => {
    const { id } = await world.get<{ id: string }>('mutation { createHouse(data: { name: "small", seats: 7 }) { id } }')
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        world.ask('mutation($data: GuestCreate!) { createGuest(data: $data) { id } }', { data: { name: `g${index}`, houseId: id } }),
      ),
    )
    expect(answers.filter(answer => told(answer).length === 0)).toHaveLength(7)
    expect(new Set(answers.flatMap(said))).toEqual(new Set([': Full']))
    expect(
      await world.get<object>('query($where: GuestWhere) { guests(where: $where) { totalCount } }', { where: { houseId: { eq: id } } }),
    ).toEqual({
      totalCount: 7,
    })
  })

  it('tell nobody what they may not see', async () => {
    const data = { rebate: '0.4', amount: '1200', houseId: houses.Gold, secret: 's3' }
    const { id } = made(await create(data, { confirm: ['bigRebate'] }))
    const answer = await world.ask('mutation($id: ID!) { updateBid(id: $id, data: { rebate: "0.6" }) { id } }', { id }, rep)
    expect(said(answer)).toEqual(['rebate: 60% of $1,200.00 for … (…) is much.'])
  })
})

describe('an import', () => {
  const take = async (csv: string, more: object = {}) => {
    const file = await upload(world.app.url, world.headers, 'bids.csv', Buffer.from(csv))
    const mapping = csv
      .split('\n')[0]
      ?.split(',')
      .map(field => ({ column: field, field }))
    return runImport(world.app.url, world.headers, { object: 'bid', file, mapping, ...more })
  }
  const reasons = ({ reasons: all }: Awaited<ReturnType<typeof take>>) =>
    all.map(({ code, column, count }) => `${column} ${code} ${count}`).sort()

  it('follows the same rules, and those for imports alone', async () => {
    const job = await take('name,stage,amount,rebate\ni1,lost,5,0.1\ni2,open,,0.1\ni3,open,5,0.4\ni4,open,5,0.1')
    expect(job).toMatchObject({ state: 'done', result: { created: 1, refused: 3 } })
    expect(reasons(job)).toEqual(['amount RULE_VIOLATED 1', 'rebate RULE_VIOLATED 1', ' VALUE_REQUIRED 1'].sort())
  })

  it('lets rows in that rules only warn of when whoever imports accepts it', async () => {
    const csv = 'name,amount,rebate\nv1,5,0.4\nv2,,0.4'
    expect(await take(csv, { dryRun: true })).toMatchObject({ result: { created: 0, refused: 2 } })
    expect(await take(csv, { acceptWarnings: true })).toMatchObject({ result: { created: 1, refused: 1 } })
    expect(reasons(await take(csv, { acceptWarnings: true, dryRun: true }))).toEqual(['amount RULE_VIOLATED 1', 'name VALUE_DUPLICATE 1'])
  })
})
