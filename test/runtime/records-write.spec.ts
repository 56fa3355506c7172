import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { render, sql, workspaceTable } from '../../platform/sql/sql.js'
import { post } from '../support/app.js'
import { type RecordsWorld, recordsWorld, trade } from '../support/records.js'

let world: RecordsWorld
const create =
  'mutation($data: DealCreate!) { createDeal(data: $data) { id number name stage amount amountCurrency weighted version party { name } partyId lines { nodes { id what price priceCurrency } } } }'

beforeAll(async () => {
  world = await recordsWorld('records-write', trade)
})
afterAll(async () => world?.app.close())

const codes = (answer: Awaited<ReturnType<RecordsWorld['ask']>>) =>
  answer.body.errors?.map(error => [error.extensions.code, ...error.extensions.issues.map(found => `${found.code} ${found.path}`)])
const count = async (table: string) => {
  const { rows } = await world.app.database.pool.query<{ n: number }>(
    render(sql`select count(*)::int as n from ${workspaceTable(table)}`, 'w_records_write').text,
  )
  return rows[0]?.n
}

describe('creating a record', () => {
  it('gives defaults, a number, nested records and computed values in one answer', async () => {
    const deal = await world.get<Record<string, unknown>>(create, {
      data: {
        name: 'First',
        amount: '1200.50',
        share: '0.1',
        party: { create: { name: 'Acme', code: 'A1' } },
        lines: {
          create: [
            { what: 'Desk', price: '10' },
            { what: 'Chair', price: 5 },
          ],
        },
      },
    })
    expect(deal).toMatchObject({
      number: 'D-0001',
      stage: 'open',
      amount: '1200.5',
      amountCurrency: 'CNY',
      weighted: '120.05',
      version: 1,
      party: { name: 'Acme' },
    })
    expect(deal.lines).toMatchObject({
      nodes: [
        { what: 'Desk', price: '10', priceCurrency: 'CNY' },
        { what: 'Chair', price: '5' },
      ],
    })
  })

  it('takes a related record by its key', async () => {
    expect(await world.get(create, { data: { name: 'By key', party: { by: { code: 'A1' } } } })).toMatchObject({ party: { name: 'Acme' } })
    expect(codes(await world.ask(create, { data: { name: 'By key', party: { by: { code: 'nobody' } } } }))).toEqual([
      ['VALIDATION_FAILED', 'MATCH_NONE party'],
    ])
  })

  it('takes the id that a client made, once', async () => {
    const id = '01990000-0000-7000-8000-000000000001'
    expect(await world.get(create, { data: { id, name: 'Own id' } })).toMatchObject({ id })
    expect(codes(await world.ask(create, { data: { id, name: 'Own id' } }))?.[0]?.[0]).toBe('DUPLICATE')
  })

  it('keeps nothing when only validation is asked for', async () => {
    const before = await count('deal')
    const validate = 'mutation($data: DealCreate!) { createDeal(data: $data, validateOnly: true) { id } }'
    expect(await world.get(validate, { data: { name: 'Only looked at' } })).toBeNull()
    expect(codes(await world.ask(validate, { data: {} }))).toEqual([['VALIDATION_FAILED', 'VALUE_REQUIRED name']])
    expect(await count('deal')).toBe(before)
  })
})

describe('a write that fails', () => {
  const missing = '01990000-0000-7000-8000-00000000dead'
  it.each([
    ['a related record that does not exist', { name: 'x', partyId: missing }, 'VALIDATION_FAILED', 'RECORD_UNKNOWN partyId'],
    ['an id that is none', { name: 'x', partyId: 'nonsense' }, 'VALIDATION_FAILED', 'ID_INVALID partyId'],
    ['a fraction as a number for a decimal', { name: 'x', amount: 1.5 }, 'BAD_REQUEST', 'INPUT_INVALID data/amount'],
    ['a text for a decimal', { name: 'x', amount: 'much' }, 'BAD_REQUEST', 'INPUT_INVALID data/amount'],
    ['too many decimals', { name: 'x', amount: '1.23456' }, 'VALIDATION_FAILED', 'VALUE_SCALE amount'],
    ['a number beyond range', { name: 'x', amount: '99999999999999999' }, 'VALIDATION_FAILED', 'VALUE_TOO_LARGE amount'],
    ['a whole number beyond 32 bits', { name: 'x', quantity: 3_000_000_000 }, 'BAD_REQUEST', 'INPUT_INVALID data/quantity'],
    ['a day that the calendar lacks', { name: 'x', day: '2023-02-29' }, 'BAD_REQUEST', 'INPUT_INVALID data/day'],
    ['an unknown option', { name: 'x', stage: 'lost' }, 'VALIDATION_FAILED', 'OPTION_UNKNOWN stage'],
    ['an unknown key', { name: 'x', colour: 'red' }, 'BAD_REQUEST', 'INPUT_INVALID data'],
    ['NUL', { name: 'a\u0000b' }, 'VALIDATION_FAILED', 'CHARACTER_FORBIDDEN name'],
    ['half a surrogate pair', { name: 'a\ud800b' }, 'VALIDATION_FAILED', 'CHARACTER_FORBIDDEN name'],
    ['a text that is too long', { name: 'x'.repeat(41) }, 'VALIDATION_FAILED', 'VALUE_TOO_LONG name'],
    ['a broken rule', { name: 'x', stage: 'won' }, 'VALIDATION_FAILED', 'RULE_VIOLATED amount'],
    [
      'a line without what it needs',
      { name: 'x', lines: { create: [{ price: '1' }] } },
      'VALIDATION_FAILED',
      'VALUE_REQUIRED lines/create/0/what',
    ],
    [
      'a nested record without what it needs',
      { name: 'x', party: { create: {} } },
      'VALIDATION_FAILED',
      'VALUE_REQUIRED party/create/name',
    ],
  ])('says why: %s', async (_, data, code, found) => {
    const before = [await count('deal'), await count('party'), await count('deal_line'), await count('_history'), await count('_outbox')]
    const answer = await world.ask(create, { data })
    expect(codes(answer)).toEqual([[code, found]])
    expect(answer.body.errors?.[0]?.extensions.issues[0]?.message).not.toBe('')
    expect(answer.status).toBeLessThan(500)
    expect([await count('deal'), await count('party'), await count('deal_line'), await count('_history'), await count('_outbox')]).toEqual(
      before,
    )
  })

  it('tells every problem at once', async () => {
    expect(codes(await world.ask(create, { data: { amount: '1.23456', stage: 'lost', partyId: missing } }))).toEqual([
      ['VALIDATION_FAILED', 'OPTION_UNKNOWN stage', 'VALUE_SCALE amount', 'RECORD_UNKNOWN partyId', 'VALUE_REQUIRED name'],
    ])
  })

  it('refuses a line without its parent', async () => {
    expect(codes(await world.ask('mutation { createDealLine(data: { what: "loose" }) { id } }'))).toEqual([
      ['VALIDATION_FAILED', 'PARENT_MISSING dealId'],
    ])
  })

  it('refuses bodies that are too large, and answers in the form of errors', async () => {
    const answer = await world.ask(create, { data: { name: 'x'.repeat(10_000_000) } })
    expect([answer.status, answer.body.errors?.[0]?.extensions.issues[0]?.code]).toEqual([413, 'BODY_TOO_LARGE'])
  })

  it('speaks the language of the caller', async () => {
    const { ask, headers } = world
    await ask('mutation { __typename }')
    const answer = await fetch(`${world.app.url}/platform`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ query: 'mutation { updateProfile(locale: "zh-CN") { locale } }' }),
    })
    expect(answer.status).toBe(200)
    const refused = await ask(create, { data: { name: 'x', stage: 'won' } })
    expect(refused.body.errors?.[0]?.extensions.issues[0]?.message).toBe('赢单要有金额。')
  })

  it('speaks the language that the request asks for, whatever the member chose', async () => {
    const told = async (language: string) => {
      const as = { ...world.headers, 'accept-language': language }
      const record = await world.ask(create, { data: { name: 'x', stage: 'won' } }, as)
      const batch = 'mutation($data: [DealCreate!]!) { createDeals(data: $data, atomic: false) { issues { message } } }'
      const { body } = await world.ask(batch, { data: [{ name: 'x', stage: 'won' }] }, as)
      const platform = await post(`${world.app.url}/platform`, 'mutation { updateProfile(locale: "xx") { id } }', {}, as)
      const created = body.data?.createDeals as { issues: { message: string }[] } | undefined
      return [record.body.errors?.[0]?.message, created?.issues[0]?.message, platform.body.errors?.[0]?.message]
    }
    const english = ['A won deal needs an amount.', 'A won deal needs an amount.', expect.stringContaining('does not fit here')]
    const chinese = ['赢单要有金额。', '赢单要有金额。', expect.stringMatching(/[一-龥]/)]
    expect(await told('en-GB,zh;q=0.5')).toEqual(english)
    expect(await told('zh-CN')).toEqual(chinese)
    expect(await told('en;q=0.1, zh')).toEqual(chinese)
    expect(await told('fr, *;q=0.5')).toEqual(chinese)
  })
})

describe('updating, deleting and restoring', () => {
  const update =
    'mutation($id: ID!, $data: DealUpdate!, $version: Int) { updateDeal(id: $id, data: $data, version: $version) { id version name lines { nodes { what } } } }'
  const make = (data: Record<string, unknown>) =>
    world.get<{ id: string; version: number; lines: { nodes: { id: string }[] } }>(create, { data: { name: 'Deal', ...data } })

  it('changes only what is given and counts versions', async () => {
    const { id } = await make({ quantity: 4 })
    expect(await world.get(update, { id, data: { name: 'Renamed' } })).toMatchObject({ name: 'Renamed', version: 2 })
    expect(await world.get(update, { id, data: { name: 'Renamed' } })).toMatchObject({ version: 2 })
    expect(await world.get(`{ deal(id: "${id}") { quantity name } }`)).toEqual({ quantity: 4, name: 'Renamed' })
  })

  it('refuses a stale version and tells the present one', async () => {
    const { id } = await make({})
    await world.get(update, { id, data: { name: 'Two' }, version: 1 })
    expect(codes(await world.ask(update, { id, data: { name: 'Three' }, version: 1 }))).toEqual([['CONFLICT', 'VERSION_CONFLICT version']])
  })

  it('answers with the version of the write itself, whoever writes beside it: who goes on with it is told of them', async () => {
    const { id } = await make({})
    const names = Array.from({ length: 20 }, (_, at) => `N${at}`)
    const answers = await Promise.all(names.map(name => world.get<{ version: number }>(update, { id, data: { name } })))
    const versions = answers.map(({ version }) => version).sort((a, b) => a - b)
    expect(versions).toEqual(names.map((_, at) => at + 2))
    const { rows } = await world.app.database.pool.query<{ version: number; name: string }>(
      "select version, after ->> 'name' as name from w_records_write._history where record = $1 and version > 1",
      [id],
    )
    const written = new Map(rows.map(row => [row.name, row.version]))
    expect(answers.map(({ version }) => version)).toEqual(names.map(name => written.get(name)))
    expect(codes(await world.ask(update, { id, data: { name: 'X' }, version: 20 }))).toEqual([['CONFLICT', 'VERSION_CONFLICT version']])
  })

  it('answers with the version of each record of a batch', async () => {
    const { id } = await make({ secret: 'batch' })
    const upsert = 'mutation($data: [DealCreate!]!) { upsertDeals(data: $data, by: ["id"]) { nodes { name now: version } } }'
    const data = [{ name: 'New' }, { id, name: 'Known' }]
    expect(await world.get(upsert, { data })).toEqual({
      nodes: [
        { name: 'New', now: 1 },
        { name: 'Known', now: 2 },
      ],
    })
    expect(await world.get(upsert, { data: [{ id, name: 'Known' }] })).toEqual({ nodes: [{ name: 'Known', now: 2 }] })
    expect(await world.get('mutation($id: ID!) { deleteDeal(id: $id) { version } }', { id })).toEqual({ version: 3 })
    expect(await world.get('mutation($id: ID!) { restoreDeal(id: $id) { version } }', { id })).toEqual({ version: 4 })
  })

  it('says of an absent record that it is not found', async () => {
    expect(codes(await world.ask(update, { id: '01990000-0000-7000-8000-00000000dead', data: { name: 'x' } }))).toEqual([
      ['NOT_FOUND', 'RECORD_NOT_FOUND id'],
    ])
    expect(codes(await world.ask(update, { id: 'nonsense', data: { name: 'x' } }))).toEqual([['NOT_FOUND', 'RECORD_NOT_FOUND id']])
  })

  it('sets once what is set once', async () => {
    const { id } = await make({ secret: 'first' })
    expect(codes(await world.ask(update, { id, data: { secret: 'second' } }))).toEqual([['VALIDATION_FAILED', 'FIELD_SET_ONCE secret']])
  })

  it('changes lines with their parent: create, update, delete, replace', async () => {
    const { id, lines } = await make({ lines: { create: [{ what: 'a' }, { what: 'b' }] } })
    const [first, second] = lines.nodes
    const changed = await world.get<{ lines: { nodes: { what: string }[] } }>(update, {
      id,
      data: { lines: { create: [{ what: 'c' }], update: [{ id: first?.id, data: { what: 'A' } }], delete: [second?.id] } },
    })
    expect(changed.lines.nodes.map(line => line.what).sort()).toEqual(['A', 'c'])
    const replaced = await world.get<{ lines: { nodes: { what: string }[] } }>(update, {
      id,
      data: { lines: { replace: [{ what: 'only' }] } },
    })
    expect(replaced.lines.nodes.map(line => line.what)).toEqual(['only'])
  })

  it('deletes with the lines, and restores both', async () => {
    const { id } = await make({ lines: { create: [{ what: 'kept' }] } })
    await world.get(`mutation { deleteDeal(id: "${id}") { id deletedAt } }`)
    expect(await world.get(`{ deal(id: "${id}") { id } }`)).toBeNull()
    expect(await world.get(`{ deals(deleted: ONLY, where: { id: { eq: "${id}" } }) { totalCount } }`)).toEqual({ totalCount: 1 })
    expect(await world.get(`mutation { restoreDeal(id: "${id}") { id lines { nodes { what } } } }`)).toEqual({
      id,
      lines: { nodes: [{ what: 'kept' }] },
    })
  })

  it('keeps what others hold on to, and empties what may be emptied', async () => {
    const party = await world.get<{ id: string }>('mutation { createParty(data: { name: "Held" }) { id } }')
    const held = await make({ partyId: party.id })
    expect(codes(await world.ask(`mutation { deleteParty(id: "${party.id}") { id } }`))).toEqual([
      ['VALIDATION_FAILED', 'DELETE_RESTRICTED '],
    ])
    await world.get(update, { id: held.id, data: { partyId: null, backupId: party.id } })
    await world.get(`mutation { deleteParty(id: "${party.id}") { id } }`)
    expect(await world.get(`{ deal(id: "${held.id}") { backupId backup { name } } }`)).toEqual({ backupId: null, backup: null })
  })

  it('refuses a circle in a tree', async () => {
    const area = (name: string, above: string | null) =>
      world.get<{ id: string }>('mutation($data: AreaCreate!) { createArea(data: $data) { id } }', { data: { name, aboveId: above } })
    const top = await area('top', null)
    const mid = await area('mid', top.id)
    const low = await area('low', mid.id)
    expect(codes(await world.ask(`mutation { updateArea(id: "${top.id}", data: { aboveId: "${low.id}" }) { id } }`))).toEqual([
      ['VALIDATION_FAILED', 'HIERARCHY_CYCLE aboveId'],
    ])
    expect(codes(await world.ask(`mutation { updateArea(id: "${top.id}", data: { aboveId: "${top.id}" }) { id } }`))).toEqual([
      ['VALIDATION_FAILED', 'HIERARCHY_CYCLE aboveId'],
    ])
  })

  it('writes history and an event for each change', async () => {
    const { id } = await make({ quantity: 1 })
    await world.get(update, { id, data: { quantity: 2 } })
    const { rows } = await world.app.database.pool.query(
      'select action, version, before, after from w_records_write._history where record = $1 order by version',
      [id],
    )
    expect(rows[1]).toEqual({ action: 'updated', version: 2, before: { quantity: 1 }, after: { quantity: 2 } })
    const events = await world.app.database.pool.query(
      'select event, version, fields from w_records_write._outbox where record = $1 order by version',
      [id],
    )
    expect(events.rows).toMatchObject([
      { event: 'created', version: 1 },
      { event: 'updated', version: 2, fields: ['quantity'] },
    ])
  })
})

describe('batches', () => {
  const many =
    'mutation($data: [PartyCreate!]!, $atomic: Boolean! = true) { createParties(data: $data, atomic: $atomic) { count nodes { name } issues { row code path } } }'
  it('lets nothing in when one row is wrong', async () => {
    expect(codes(await world.ask(many, { data: [{ name: 'good one' }, {}] }))).toEqual([['VALIDATION_FAILED', 'VALUE_REQUIRED 1/name']])
    expect(await world.get('{ parties(where: { name: { eq: "good one" } }) { totalCount } }')).toEqual({ totalCount: 0 })
  })

  it('names the id that is taken, given alone or among others', async () => {
    const [id, other] = ['01990000-0000-7000-8000-0000000000d1', '01990000-0000-7000-8000-0000000000d2']
    await world.get(many, { data: [{ id, name: 'first' }] })
    const again = 'mutation($data: PartyCreate!) { createParty(data: $data) { id } }'
    for (const answer of [
      await world.ask(again, { data: { id, name: 'second' } }),
      await world.ask(many, {
        data: [
          { id: other, name: 'new' },
          { id, name: 'second' },
        ],
      }),
    ]) {
      const [error] = answer.body.errors ?? []
      expect(error?.extensions).toMatchObject({
        code: 'DUPLICATE',
        issues: [{ code: 'VALUE_DUPLICATE', message: `id「${id}」已被使用。` }],
      })
    }
    expect(await world.get('{ parties(where: { name: { in: ["new", "second"] } }) { totalCount } }')).toEqual({ totalCount: 0 })
    await world.get(`mutation { deleteParty(id: "${id}") { id } }`)
  })

  it('lets good rows in and reports the others when asked to', async () => {
    const data = [{ name: 'p1', code: 'P1' }, {}, { name: 'p3', code: 'P1' }, { name: 'p4' }]
    expect(await world.get(many, { data, atomic: false })).toEqual({
      count: 2,
      nodes: [{ name: 'p1' }, { name: 'p4' }],
      issues: [
        { row: 1, code: 'VALUE_REQUIRED', path: 'name' },
        { row: 2, code: 'VALUE_DUPLICATE', path: 'code' },
      ],
    })
  })

  it('updates and deletes what a filter chooses, but never everything by accident', async () => {
    expect(codes(await world.ask('mutation { updateParties(where: {}, data: { city: "x" }) { count } }'))?.[0]?.[0]).toBe('BAD_REQUEST')
    expect(
      await world.get('mutation { updateParties(where: { code: { in: ["P1"] } }, data: { city: "Berlin" }) { count nodes { city } } }'),
    ).toEqual({ count: 1, nodes: [{ city: 'Berlin' }] })
    expect(await world.get('mutation { deleteParties(where: { city: { eq: "Berlin" } }) { count } }')).toEqual({ count: 1 })
  })

  it('creates or updates by a key', async () => {
    const upsert = 'mutation($data: [PartyCreate!]!) { upsertParties(data: $data, by: ["code"]) { count nodes { name version } } }'
    expect(
      await world.get(upsert, {
        data: [
          { code: 'U1', name: 'one' },
          { code: 'U2', name: 'two' },
        ],
      }),
    ).toEqual({
      count: 2,
      nodes: [
        { name: 'one', version: 1 },
        { name: 'two', version: 1 },
      ],
    })
    expect(
      await world.get(upsert, {
        data: [
          { code: 'U1', name: 'uno' },
          { code: 'U3', name: 'three' },
        ],
      }),
    ).toEqual({
      count: 2,
      nodes: [
        { name: 'uno', version: 2 },
        { name: 'three', version: 1 },
      ],
    })
    expect(codes(await world.ask('mutation { upsertParties(data: [{ name: "x" }], by: ["city"]) { count } }'))).toEqual([
      ['BAD_REQUEST', 'KEY_UNFIT by'],
    ])
  })
})

describe('automatic numbers', () => {
  it('pass over a number that is taken already', async () => {
    const pool = world.app.database.pool
    const { number } = await world.get<{ number: string }>(create, { data: { name: 'Before' } })
    const next = `D-${String(Number(number.slice(2)) + 1).padStart(4, '0')}`
    const taken = await world.get<{ id: string }>(create, { data: { name: 'Brought along' } })
    await pool.query('update w_records_write.deal set number = $2 where id = $1', [
      taken.id,
      `D-${String(Number(number.slice(2)) + 2).padStart(4, '0')}`,
    ])
    expect(next).not.toBe(number)
    expect(await world.get(create, { data: { name: 'After' } })).toMatchObject({
      number: `D-${String(Number(number.slice(2)) + 3).padStart(4, '0')}`,
    })
  })
})
