import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { post } from '../support/app.js'
import { type RecordsWorld, recordsWorld, trade } from '../support/records.js'

let world: RecordsWorld
interface Page {
  nodes: { id: string; quantity: number | null; day: string | null; name: string }[]
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string }
}

beforeAll(async () => {
  world = await recordsWorld('records-read', trade)
  const parties = await world.get<{ nodes: { id: string }[] }>(
    'mutation($data: [PartyCreate!]!) { createParties(data: $data) { nodes { id } } }',
    { data: ['Beijing', 'Berlin', 'Paris'].map(city => ({ name: `Party ${city}`, city, code: city })) },
  )
  const data = Array.from({ length: 1000 }, (_, index) => ({
    name: `Deal ${index % 7}`,
    quantity: index % 5 === 0 ? null : index % 11,
    day: index % 3 === 0 ? null : `2026-01-${String((index % 28) + 1).padStart(2, '0')}`,
    amount: String(index),
    stage: index % 4 === 0 ? 'won' : 'open',
    currency: index % 2 ? 'CNY' : 'EUR',
    partyId: index % 10 === 0 ? null : parties.nodes[index % 3]?.id,
  })).map(row => (row.amount === '0' ? { ...row, stage: 'open' } : row))
  await world.get('mutation($data: [DealCreate!]!) { createDeals(data: $data) { count } }', { data })
})
afterAll(async () => world?.app.close())

const orders = {
  'with empty values and ties, ascending': '[{ quantity: ASC }]',
  'descending, empty values last all the same': '[{ quantity: DESC }, { name: ASC }]',
  'in mixed directions, empty values first': '[{ day: DESC_NULLS_FIRST }, { quantity: ASC }, { name: DESC }]',
  'by a related record': '[{ party: { city: DESC } }, { amount: ASC }]',
  'by id': '[{ id: DESC }]',
}

describe('walking a list page by page', () => {
  const walk = async (order: string, backward: boolean) => {
    const met: string[] = []
    let cursor: string | null = null
    for (let pages = 0; pages < 50; pages++) {
      const args: string = backward ? `last: 83, before: $cursor` : `first: 83, after: $cursor`
      const page: Page = await world.get<Page>(
        `query($cursor: String) { deals(orderBy: ${order}, ${args}) { nodes { id quantity day name } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
        { cursor },
      )
      const ids = page.nodes.map(node => node.id)
      met.splice(backward ? 0 : met.length, 0, ...ids)
      cursor = backward ? page.pageInfo.startCursor : page.pageInfo.endCursor
      if (!(backward ? page.pageInfo.hasPreviousPage : page.pageInfo.hasNextPage)) return met
    }
    throw new Error('The walk does not end')
  }

  it.each(Object.entries(orders))('meets each of 1,000 records once, forward and back: %s', async (_, order) => {
    const forward = await walk(order, false)
    expect(new Set(forward).size).toBe(1000)
    expect(forward.length).toBe(1000)
    expect(await walk(order, true)).toEqual(forward)
  })

  it('refuses a cursor of another order, first with last, and too many', async () => {
    const { pageInfo } = await world.get<Page>('{ deals(orderBy: [{ name: ASC }], first: 1) { pageInfo { endCursor } } }')
    const codeOf = async (args: string) => (await world.ask(`{ deals(${args}) { nodes { id } } }`)).body.errors?.[0]?.extensions.code
    expect(await codeOf(`orderBy: [{ name: DESC }], after: "${pageInfo.endCursor}"`)).toBe('BAD_REQUEST')
    expect(await codeOf('after: "nonsense"')).toBe('BAD_REQUEST')
    expect(await codeOf('first: 1, last: 1')).toBe('BAD_REQUEST')
    expect(await codeOf('first: 1001')).toBe('BAD_REQUEST')
    expect(await codeOf('first: -1')).toBe('BAD_REQUEST')
  })
})

describe('filters', () => {
  const total = async (where: Record<string, unknown>) =>
    (await world.get<{ totalCount: number }>('query($where: DealWhere) { deals(where: $where) { totalCount } }', { where })).totalCount
  it('keep empty values with ne and notIn', async () => {
    expect((await total({ quantity: { eq: 1 } })) + (await total({ quantity: { ne: 1 } }))).toBe(1000)
    expect((await total({ quantity: { in: [1, 2] } })) + (await total({ quantity: { notIn: [1, 2] } }))).toBe(1000)
  })
  it('reach related records and lists, and combine', async () => {
    const berlin = await total({ party: { city: { eq: 'Berlin' } } })
    expect(berlin).toBeGreaterThan(0)
    expect(await total({ not: { party: { city: { eq: 'Berlin' } } } })).toBe(1000 - berlin)
    expect(
      await total({
        or: [{ party: { city: { eq: 'Berlin' } } }, { party: { city: { eq: 'Paris' } } }],
        and: [{ quantity: { isNull: false } }],
      }),
    ).toBeGreaterThan(0)
    expect(await world.get('{ parties(where: { deals: { some: { amount: { gte: "990" } } } }) { totalCount } }')).toEqual({ totalCount: 3 })
    expect(await world.get('{ parties(where: { deals: { none: {} } }) { totalCount } }')).toEqual({ totalCount: 0 })
  })
  it('take a rule as a variable', async () => {
    expect(await total({ rule: { '>=': [{ var: 'amount' }, 900] } })).toBe(100)
    expect(
      (
        await world.ask('query($where: DealWhere) { deals(where: $where) { totalCount } }', {
          where: { rule: { '>': [{ var: 'nothing' }, 1] } },
        })
      ).body.errors?.[0]?.extensions,
    ).toMatchObject({ code: 'BAD_REQUEST', issues: [{ code: 'RULE_FIELD_UNKNOWN' }] })
  })
  it('answer unknown keys without telling of others', async () => {
    const answer = await world.ask('{ deals(where: { amont: { eq: "1" } }) { totalCount } }')
    expect(answer.body.errors?.[0]?.message).not.toContain('Did you mean')
  })
  it('search in the marked fields, every word of it', async () => {
    expect(await world.get('{ parties(search: "party ber") { nodes { city } } }')).toEqual({ nodes: [{ city: 'Berlin' }] })
    expect(await world.get('{ parties(search: "%") { totalCount } }')).toEqual({ totalCount: 0 })
  })
})

describe('answers', () => {
  it('nest to any depth, with arguments at each level', async () => {
    const answer = await world.get<{ nodes: { deals: { nodes: { party: { deals: { totalCount: number } } }[] } }[] }>(
      '{ parties(orderBy: [{ city: ASC }]) { nodes { city deals(first: 2, where: { stage: { eq: "won" } }, orderBy: [{ amount: DESC }]) { totalCount nodes { amount party { deals { totalCount } } } } } } }',
    )
    expect(answer.nodes.map(node => node.deals.nodes.length)).toEqual([2, 2, 2])
    expect(answer.nodes[0]?.deals.nodes[0]?.party.deals.totalCount).toBeGreaterThan(100)
  })

  it('keep aliases, the order of fields and type names', async () => {
    const answer = await world.ask(
      'query Q($with: Boolean!) { a: deals(first: 1) { __typename n: nodes { __typename b: name name @include(if: $with) owner { __typename name } } } __typename }',
      { with: false },
    )
    expect(JSON.stringify(answer.body.data)).toMatch(
      /^\{"a":\{"__typename":"DealConnection","n":\[\{"__typename":"Deal","b":"Deal \d","owner":\{"__typename":"WorkspaceMember","name":"Ada Admin"\}\}\]\},"__typename":"Query"\}$/,
    )
  })

  it('are the same on the hot path as on the first way', async () => {
    const query =
      'query($first: Int!, $where: DealWhere) { deals(first: $first, where: $where, orderBy: [{ amount: ASC }]) { nodes { amount } pageInfo { hasNextPage } } }'
    const answers = []
    for (const variables of [
      { first: 2 },
      { first: 2 },
      { first: 3, where: { amount: { gte: '5' } } },
      { first: 3, where: { amount: { gte: '5' } } },
      { first: 2 },
    ])
      answers.push((await world.ask(query, variables)).body)
    expect(answers[0]).toEqual(answers[1])
    expect(answers[2]).toEqual(answers[3])
    expect(answers[4]).toEqual(answers[0])
    expect(answers[2]).not.toEqual(answers[0])
  })

  it.each<[string, string, Record<string, unknown>]>([
    ['of a record', 'query($id: ID!) { deal(id: $id) { id } }', { id: 'nonsense' }],
    ['without a variable that must be there', 'query($id: ID!) { deal(id: $id) { name } }', {}],
    ['with null for one that must not be', 'query($id: ID!) { deal(id: $id) { amount } }', { id: null }],
    [
      'with defaults',
      'query($first: Int! = 3, $where: DealWhere = { quantity: { gt: 4 } }) { deals(first: $first, where: $where, orderBy: [{ name: ASC }]) { nodes { name } } }',
      {},
    ],
    [
      'with null for a default',
      'query($where: DealWhere = { quantity: { gt: 4 } }) { deals(where: $where) { totalCount } }',
      { where: null },
    ],
    [
      'with values that fit nothing',
      'query($first: Int!, $where: DealWhere) { deals(first: $first, where: $where) { totalCount } }',
      { first: 1.5, where: { amount: { gte: 0.1 }, none: 1 } },
    ],
    ['with one item for a list', 'query($by: [DealOrderBy!]) { deals(first: 3, orderBy: $by) { nodes { id } } }', { by: { id: 'ASC' } }],
    [
      'with a text that cannot be stored',
      'query($name: String) { deals(where: { name: { eq: $name } }) { totalCount } }',
      { name: '\u0000' },
    ],
    ['with the cursor of another list', 'query($after: String) { deals(after: $after) { totalCount } }', { after: 'x' }],
    [
      'with variables that are too deep',
      'query($where: DealWhere) { deals(where: $where) { nodes { name } } }',
      JSON.parse(`{"where":${'{"and":['.repeat(99)}{}${']}'.repeat(99)}}`),
    ],
    ['about a moment of the day', '{ deals(where: { day: { within: { last: { unit: DAY, count: 3 } } } }) { totalCount } }', {}],
    ['with a rough number', '{ deals { estimatedCount } }', {}],
    ['about the schema', '{ __type(name: "Deal") { name } deals { totalCount } }', {}],
  ])('%s are the same, headers too, however often it is asked', async (_what, query, variables) => {
    const answers = []
    for (let time = 0; time < 3; time++) {
      const { status, body, headers } = await world.ask(query, variables)
      answers.push({ status, body, headers: Object.fromEntries([...headers].filter(([name]) => name !== 'date')) })
    }
    expect(answers[1]).toEqual(answers[0])
    expect(answers[2]).toEqual(answers[0])
  })

  it('are null for a record that is not there', async () => {
    expect(await world.get('{ deal(id: "01990000-0000-7000-8000-00000000dead") { id } }')).toBeNull()
    expect(await world.get('{ deal(id: "nonsense") { id } }')).toBeNull()
  })

  it('tell the schema to those who are signed in, and nothing to others', async () => {
    const answer = await world.ask('{ __schema { queryType { name } types { name } } }')
    expect(answer.body.data).toMatchObject({ __schema: { queryType: { name: 'Query' } } })
    expect((await world.ask('{ __typename }', {}, {})).status).toBe(401)
  })

  it('refuse what is too deep', async () => {
    const deep = `{ parties { nodes ${'{ deals { nodes { party '.repeat(8)} { id } ${'} } }'.repeat(8)} } }`
    expect((await world.ask(deep)).body.errors?.[0]?.extensions.code).toBe('TOO_COMPLEX')
    const where = JSON.parse(`${'{"and":['.repeat(2000)}{}${']}'.repeat(2000)}`)
    const nested = await world.ask('query($where: DealWhere) { deals(where: $where) { totalCount } }', { where })
    expect([nested.status < 500, nested.body.errors?.[0]?.extensions.code]).toEqual([true, 'TOO_COMPLEX'])
  })

  it('refuse a document that is too deep to be parsed, on either endpoint', async () => {
    const fields = `${'{a'.repeat(5000)}${'}'.repeat(5000)}`
    const values = `{ deals(where: ${'{and:['.repeat(2000)}{}${']}'.repeat(2000)}) { totalCount } }`
    for (const path of ['graphql', 'platform'])
      for (const document of [fields, values]) {
        const { status, body } = await post(`${world.app.url}/${path}`, document, {}, world.headers)
        expect([status, body.errors?.map(({ message, extensions }) => [extensions.code, message])]).toEqual([
          400,
          [['TOO_COMPLEX', 'A document is nested at most 100 levels deep.']],
        ])
      }
    const byAddress = await fetch(`${world.app.url}/graphql?query=${encodeURIComponent('{a'.repeat(1500))}`, { headers: world.headers })
    expect(await byAddress.json()).toMatchObject({ errors: [{ extensions: { code: 'TOO_COMPLEX' } }] })
  })

  it('count no brackets in texts and comments', async () => {
    const brackets = '{['.repeat(200)
    const document = `{ parties(where: { name: { in: ["${brackets}\\"", """${brackets}\\""" """] } }) { totalCount } } # ${brackets}`
    expect(await world.get(document)).toEqual({ totalCount: 0 })
  })
})

describe('aggregates', () => {
  it('group by values, parts of days and related records', async () => {
    const groups = await world.get<{ keys: unknown[]; count: number; sum: { amount: string } }[]>(
      '{ dealsAggregate(groupBy: [{ stage: {} }, { amountCurrency: {} }]) { keys count sum { amount } } }',
    )
    expect(groups.reduce((sum, group) => sum + group.count, 0)).toBe(1000)
    expect(groups.reduce((sum, group) => sum + Number(group.sum.amount), 0)).toBe(499_500)
    expect(await world.get('{ dealsAggregate(groupBy: [{ day: { by: MONTH } }]) { keys count } }')).toMatchObject([
      { keys: ['2026-01-01'] },
      { keys: [null], count: 334 },
    ])
    expect(
      await world.get(
        '{ dealsAggregate(groupBy: [{ party: { city: {} } }], orderBy: [{ count: DESC }], first: 1, where: { partyId: { isNull: false } }) { keys count } }',
      ),
    ).toHaveLength(1)
  })
  it('measure exactly, and choose groups by measures', async () => {
    expect(
      await world.get(
        '{ dealsAggregate(where: { currency: { eq: "CNY" } }) { count sum { amount } avg { amount } min { amount day } max { amount } countDistinct { name } } }',
      ),
    ).toEqual([
      {
        count: 500,
        sum: { amount: '250000' },
        avg: { amount: '500' },
        min: { amount: '1', day: '2026-01-02' },
        max: { amount: '999' },
        countDistinct: { name: 7 },
      },
    ])
    expect(await world.get('{ dealsAggregate(groupBy: [{ name: {} }], having: { count: { gt: 142 } }) { count } }')).toHaveLength(6)
  })
  it('never add up several currencies', async () => {
    const answer = await world.ask('{ dealsAggregate { sum { amount } } }')
    expect(answer.body.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_REQUEST', issues: [{ code: 'CURRENCY_MIXED' }] })
  })
})
