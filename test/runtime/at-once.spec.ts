import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { schemaOf } from '../../runtime/database/schema.js'
import { type RecordsWorld, recordsWorld } from '../support/records.js'

const schema = schemaOf('at-once')

const objects = [
  {
    object: 'party',
    plural: 'parties',
    label: 'Party',
    title: 'name',
    fields: {
      name: { type: 'text', label: 'Name', required: true },
      count: { type: 'rollup', label: 'Deals', of: 'deals', function: 'count' },
      worth: { type: 'rollup', label: 'Worth', of: 'deals', function: 'sum', field: 'amount' },
      brought: { type: 'rollup', label: 'Brought', of: 'referred', function: 'count' },
    },
  },
  {
    object: 'deal',
    plural: 'deals',
    label: 'Deal',
    title: 'name',
    fields: {
      number: { type: 'autonumber', label: 'Number', unique: true, format: 'D-{seq:3}' },
      name: { type: 'text', label: 'Name', required: true },
      amount: { type: 'decimal', label: 'Amount' },
      party: { type: 'lookup', label: 'Party', to: 'party', inverse: 'deals', onDelete: 'restrict' },
      referrer: { type: 'lookup', label: 'Referrer', to: 'party', inverse: 'referred', onDelete: 'setNull' },
      note: { type: 'formula', label: 'Note', returns: 'text', stored: true, rule: { cat: [{ var: 'name' }, '!'] } },
    },
    rules: [
      {
        rule: 'positive',
        at: ['amount'],
        message: 'Not below 0.',
        must: { or: [{ '==': [{ var: 'amount' }, null] }, { '>=': [{ var: 'amount' }, 0] }] },
      },
    ],
  },
]

/** What was sent while somebody worked, and what is done before a statement that fits. */
let sent: string[] = []
let before: { readonly fits: RegExp; readonly work: () => Promise<unknown> } | null = null

let world: RecordsWorld

beforeAll(async () => {
  // statements one by one are for folding.spec
  world = await recordsWorld('at-once', objects, [{}], { DATABASE_FOLD: 'on' })
  const { pool } = world.app.database
  const send = pool.query.bind(pool) as (...args: unknown[]) => Promise<unknown>
  const watched = async (...args: unknown[]) => {
    const [text] = args
    if (typeof text === 'string' && text.includes(`"${schema}".`)) sent.push(text)
    if (before && typeof text === 'string' && before.fits.test(text)) {
      const { work } = before
      before = null
      await work()
    }
    return send(...args)
  }
  pool.query = watched as typeof pool.query
})
afterAll(() => world.app.close())
beforeEach(() => {
  sent = []
  before = null
})

const party = (name: string) => world.get<{ id: string }>('mutation($n: String!) { createParty(data: { name: $n }) { id } }', { n: name })
const shown = '{ id number name amount note version partyId }'
const create = (data: object) =>
  world.get<Record<string, unknown>>(`mutation($data: DealCreate!) { createDeal(data: $data) ${shown} }`, { data })
const update = (id: unknown, data: object, version?: number) =>
  world.ask(`mutation($id: ID!, $data: DealUpdate!, $v: Int) { updateDeal(id: $id, data: $data, version: $v) ${shown} }`, {
    id,
    data,
    v: version,
  })
const kept = (id: string) => world.get<{ count: number; worth: string }>('query($id: ID!) { party(id: $id) { count worth } }', { id })
const inDeals = () => sent.filter(text => /"deal"|"party"|"_counter"|"_outbox"|"_history"/.test(text) && !/"_relay"|position/.test(text))

describe('a write of one record', () => {
  it('is two statements: what it must know, and all that it writes with its number, its parent and its answer', async () => {
    const { id } = await party('Acme')
    sent = []
    const deal = await create({ name: 'Mill', amount: '12.50', partyId: id })
    expect(deal).toMatchObject({ number: 'D-001', name: 'Mill', amount: '12.5', note: 'Mill!', version: 1, partyId: id })
    expect(inDeals()).toHaveLength(2)
    expect(await kept(id)).toEqual({ count: 1, worth: '12.5' })
    sent = []
    const { body } = await update(deal.id, { name: 'Mills' })
    expect(body.data?.updateDeal).toMatchObject({ name: 'Mills', note: 'Mills!', version: 2, amount: '12.5' })
    expect(inDeals()).toHaveLength(2)
  })

  it('is a third one only where its answer shows what it makes of another record', async () => {
    const { id } = await party('Guide')
    const bring = (asked: string) =>
      world.get<unknown>(`mutation($p: ID!) { createDeal(data: { name: "Led", referrerId: $p }) { ${asked} } }`, { p: id })
    sent = []
    expect(await bring('name referrerId')).toEqual({ name: 'Led', referrerId: id })
    expect(inDeals()).toHaveLength(2)
    sent = []
    expect(await bring('name referrer { brought }')).toEqual({ name: 'Led', referrer: { brought: 2 } })
    expect(inDeals()).toHaveLength(3)
  })

  it('sees what somebody else wrote between its two statements, as if it had waited for it', async () => {
    const { id } = await party('Between')
    before = { fits: / as holds/, work: () => create({ name: 'First', amount: '1', partyId: id }) }
    await create({ name: 'Second', amount: '2', partyId: id })
    expect(before).toBeNull()
    expect(await kept(id)).toEqual({ count: 2, worth: '3' })
    const deal = await create({ name: 'Third', amount: '4', partyId: id })
    before = { fits: / as holds/, work: () => update(deal.id, { amount: '5' }) }
    const { body } = await update(deal.id, { name: 'Third time' })
    expect(body.data?.updateDeal).toMatchObject({ name: 'Third time', amount: '5', version: 3 })
    expect(await kept(id)).toEqual({ count: 3, worth: '8' })
  })

  it('is told of a conflict when its record was edited between them', async () => {
    const deal = await create({ name: 'Read at 1' })
    before = { fits: / as holds/, work: () => update(deal.id, { name: 'Somebody else' }) }
    const { body } = await update(deal.id, { amount: '1' }, 1)
    expect(before).toBeNull()
    expect(body.errors?.[0]?.extensions.code).toBe('CONFLICT')
  })

  it('does not point at a record that went meanwhile', async () => {
    const { id } = await party('Gone')
    before = { fits: / as holds/, work: () => world.get('mutation($id: ID!) { deleteParty(id: $id) { id } }', { id }) }
    const { body } = await world.ask('mutation($data: DealCreate!) { createDeal(data: $data) { id } }', {
      data: { name: 'Late', partyId: id },
    })
    expect(body.errors?.[0]?.extensions.issues[0]).toMatchObject({ code: 'RECORD_UNKNOWN', path: 'partyId' })
  })

  it('passes over a number that is held, and leaves none out when it is refused', async () => {
    const held = await create({ name: 'Holder' })
    const next = Number(String(held.number).slice(2)) + 1
    const { database } = world.app
    await database.pool.query(`update "${schema}"."deal" set number = $1 where id = $2`, [`D-${String(next).padStart(3, '0')}`, held.id])
    expect(await create({ name: 'After it' })).toMatchObject({ number: `D-${String(next + 1).padStart(3, '0')}` })
    const refused = await world.ask('mutation { createDeal(data: { name: "No", amount: "-1" }) { id } }')
    expect(refused.body.errors?.[0]?.extensions.issues[0]).toMatchObject({ code: 'RULE_VIOLATED', path: 'amount' })
    expect(await create({ name: 'Then' })).toMatchObject({ number: `D-${String(next + 2).padStart(3, '0')}` })
  })

  it('adds up under one parent, however many come at once', async () => {
    const { id } = await party('Hot')
    await Promise.all(Array.from({ length: 25 }, (_, n) => create({ name: `At once ${n}`, amount: '1', partyId: id })))
    expect(await kept(id)).toEqual({ count: 25, worth: '25' })
    const numbers = await world.get<{ nodes: { number: string }[] }>(
      'query($p: ID!) { deals(where: { partyId: { eq: $p } }) { nodes { number } } }',
      { p: id },
    )
    expect(new Set(numbers.nodes.map(({ number }) => number)).size).toBe(25)
  })
})
