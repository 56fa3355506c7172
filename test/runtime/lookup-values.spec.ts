import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { signInHeaders } from '../support/app.js'
import { upload } from '../support/files.js'
import { runImport } from '../support/imports.js'
import { everything, type RecordsWorld, recordsWorld } from '../support/records.js'
import { driftsIn } from './computed-drifts.js'

const of = (field: string, mode: string, more: object = {}) => ({ type: 'lookupValue', label: field, of: 'party', field, mode, ...more })
const objects = [
  {
    object: 'party',
    plural: 'parties',
    label: 'Party',
    title: 'name',
    fields: {
      name: { type: 'text', label: 'Name' },
      address: { type: 'address', label: 'Address' },
      level: { type: 'select', label: 'Level', options: [{ value: 'a', label: 'Best' }, { value: 'b' }] },
      price: { type: 'money', label: 'Price' },
      stage: {
        type: 'select',
        label: 'Stage',
        options: [
          { value: 'new', limit: 2, when: { '!=': [{ var: 'name' }, 'Never'] } },
          { value: 'known', editable: ['price'] },
        ],
        states: { initial: ['new'], transitions: [{ transition: 'meet', label: 'Meet', from: ['new'], to: 'known' }] },
      },
      double: { type: 'formula', label: 'Double', returns: 'decimal', rule: { '*': [{ var: 'price' }, 2] } },
      isShut: { type: 'boolean', label: 'Shut' },
    },
  },
  {
    object: 'shipment',
    plural: 'shipments',
    label: 'Shipment',
    title: 'name',
    fields: {
      name: { type: 'text', label: 'Name' },
      count: { type: 'integer', label: 'Count' },
      party: { type: 'lookup', label: 'Party', to: 'party', inverse: 'shipments' },
      addressNow: of('address', 'live'),
      level: of('level', 'live'),
      doubleNow: of('double', 'live'),
      address: of('address', 'snapshot'),
      price: of('price', 'snapshot'),
      double: of('double', 'snapshot'),
      total: { type: 'formula', label: 'Total', returns: 'money', stored: true, rule: { '*': [{ var: 'price' }, { var: 'count' }] } },
      priceSent: of('price', 'snapshot', { at: 'send' }),
      stage: of('stage', 'live'),
      status: {
        type: 'select',
        label: 'Status',
        options: [{ value: 'open' }, { value: 'sent' }],
        states: { initial: ['open'], transitions: [{ transition: 'send', label: 'Send', from: ['open'], to: 'sent' }] },
      },
      rank: { type: 'formula', label: 'Rank', returns: 'text', stored: true, rule: { var: 'level' } },
    },
  },
  {
    role: 'rep',
    label: 'Rep',
    grants: {
      shipment: everything,
      party: { actions: ['read'], records: { '!=': [{ var: 'isShut' }, true] }, fields: { level: 'hidden' } },
    },
  },
  { role: 'blind', label: 'Blind', grants: { shipment: everything } },
]

let world: RecordsWorld
let rep: Record<string, string>
let blind: Record<string, string>
beforeAll(async () => {
  world = await recordsWorld('lookupvalues', objects, [
    {},
    { email: 'rep@lookupvalues.test', roles: ['rep'] },
    { email: 'blind@lookupvalues.test', roles: ['blind'] },
  ])
  rep = await signInHeaders(world.app, 'rep@lookupvalues.test')
  blind = await signInHeaders(world.app, 'blind@lookupvalues.test')
})
afterAll(async () => world?.app.close())

const address = (city: string) => ({ city, country: 'CN' })
const party = async (data: object) =>
  (await world.get<{ id: string }>('mutation($data: PartyCreate!) { createParty(data: $data) { id } }', { data })).id
const shown = 'id addressNow { city } address { city } level price priceCurrency double doubleNow total rank'
const ship = (data: object) =>
  world.get<Record<string, unknown>>(`mutation($data: ShipmentCreate!) { createShipment(data: $data) { ${shown} } }`, { data })

describe('values of related records', () => {
  it('are read there, or copied when the relation is set', async () => {
    const id = await party({ name: 'P', address: address('Harbin'), level: 'a', price: '12.5' })
    const made = await ship({ name: 'S', count: 2, partyId: id })
    expect(made).toMatchObject({
      addressNow: { city: 'Harbin' },
      address: { city: 'Harbin' },
      level: 'a',
      price: '12.5',
      double: '25',
      doubleNow: '25',
      total: '25',
      rank: 'a',
    })
    await world.get('mutation($id: ID!, $data: PartyUpdate!) { updateParty(id: $id, data: $data) { id } }', {
      id,
      data: { address: address('Dalian'), level: 'b', price: '20' },
    })
    const read = await world.get(`query($id: ID!) { shipment(id: $id) { ${shown} } }`, { id: made.id })
    expect(read).toMatchObject({
      addressNow: { city: 'Dalian' },
      address: { city: 'Harbin' },
      level: 'b',
      rank: 'b',
      price: '12.5',
      doubleNow: '40',
    })
    const other = await party({ name: 'Q', price: '1' })
    const update = `mutation($id: ID!, $data: ShipmentUpdate!) { updateShipment(id: $id, data: $data) { ${shown} } }`
    expect(await world.get(update, { id: made.id, data: { partyId: other } })).toMatchObject({
      address: null,
      price: '1',
      total: '2',
      level: null,
    })
    expect(await world.get(update, { id: made.id, data: { partyId: null } })).toMatchObject({ price: null, total: null })
    expect((await driftsIn(world)).drifts).toEqual([])
  })

  it('are copied again at the transition that the field names, and at no other write', async () => {
    const id = await party({ name: 'T', price: '5' })
    const { id: shipment } = await ship({ name: 'T', count: 1, partyId: id })
    await world.get('mutation($id: ID!) { updateParty(id: $id, data: { price: "7" }) { id } }', { id })
    const read = 'id price priceSent stage status'
    expect(
      await world.get(`mutation($id: ID!) { updateShipment(id: $id, data: { count: 2 }) { ${read} } }`, { id: shipment }),
    ).toMatchObject({
      price: '5',
      priceSent: '5',
      stage: 'new',
      status: 'open',
    })
    expect(
      await world.get(`mutation($id: ID!) { transitionShipment(id: $id, transition: "send") { ${read} } }`, { id: shipment }),
    ).toMatchObject({ price: '5', priceSent: '7', status: 'sent' })
  })

  it('filter and sort where they are read', async () => {
    const [one, two] = [await party({ name: 'F1', level: 'b', price: '3' }), await party({ name: 'F2', level: 'a', price: '4' })]
    await ship({ name: 'filter', partyId: one })
    await ship({ name: 'filter', partyId: two })
    const list = (where: object) =>
      world.get<{ nodes: unknown[] }>(
        'query($where: ShipmentWhere) { shipments(where: $where, orderBy: [{ doubleNow: DESC }]) { nodes { level } } }',
        {
          where: { name: { eq: 'filter' }, ...where },
        },
      )
    expect((await list({})).nodes).toEqual([{ level: 'a' }, { level: 'b' }])
    expect((await list({ level: { eq: 'b' } })).nodes).toEqual([{ level: 'b' }])
    expect((await list({ rule: { '==': [{ var: 'level' }, 'a'] } })).nodes).toEqual([{ level: 'a' }])
  })

  it('are empty or not there at all for whom the related record or its field is hidden', async () => {
    const id = await party({ name: 'Shut', price: '7', isShut: true })
    const made = await ship({ name: 'shut', partyId: id })
    const query = 'query($id: ID!) { shipment(id: $id) { partyId price doubleNow } }'
    expect((await world.ask(query, { id: made.id }, rep)).body.data).toEqual({ shipment: { partyId: null, price: '7', doubleNow: null } })
    const fields = async (headers: Record<string, string>) => {
      const { body } = await world.ask('{ __type(name: "Shipment") { fields { name } } }', {}, headers)
      return (body.data as { __type: { fields: { name: string }[] } }).__type.fields.map(({ name }) => name)
    }
    expect(await fields(rep)).toEqual(expect.arrayContaining(['price', 'doubleNow']))
    expect(await fields(rep)).not.toContain('level')
    expect(await fields(blind)).toEqual(expect.arrayContaining(['price', 'address']))
    expect(await fields(blind)).not.toContain('addressNow')
  })

  it('are written by nobody but an import', async () => {
    await party({ name: 'Imported', price: '5' })
    const refused = await world.ask('mutation { createShipment(data: { name: "x", price: "1" }) { id } }')
    expect(refused.body.errors).toHaveLength(1)
    const file = await upload(world.app.url, world.headers, 's.csv', Buffer.from('Name,Party,Price\nold,Imported,3.5\nnew,Imported,\n'))
    const mapping = [
      { column: 'Name', field: 'name' },
      { column: 'Party', field: 'party' },
      { column: 'Price', field: 'price' },
    ]
    expect((await runImport(world.app.url, world.headers, { object: 'shipment', file, mapping })).result).toMatchObject({ created: 2 })
    const read = await world.get<{ nodes: unknown[] }>(
      '{ shipments(where: { name: { in: ["old", "new"] } }, orderBy: [{ name: DESC }]) { nodes { name price } } }',
    )
    expect(read.nodes).toEqual([
      { name: 'old', price: '3.5' },
      { name: 'new', price: '5' },
    ])
  })
})
