import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { dataOf, post, signInHeaders } from '../support/app.js'
import { everything, type RecordsWorld, recordsWorld } from '../support/records.js'

let world: RecordsWorld
let clerk: Record<string, string>
let id = ''

const definitions = [
  {
    object: 'house',
    plural: 'houses',
    label: { en: 'House', 'zh-CN': '楼盘' },
    title: 'name',
    fields: {
      name: { type: 'text', label: { en: 'Name', 'zh-CN': '名称' } },
      price: { type: 'decimal', label: { en: 'Price', 'zh-CN': '单价' } },
      cost: { type: 'decimal', label: { en: 'Cost', 'zh-CN': '成本' } },
      margin: {
        type: 'formula',
        label: { en: 'Margin', 'zh-CN': '毛利' },
        returns: 'decimal',
        rule: { '-': [{ var: 'price' }, { var: 'cost' }] },
      },
      note: { type: 'text', label: { en: 'Note', 'zh-CN': '备注' }, requiredWhen: { '>': [{ var: 'roomArea' }, 50] } },
      roomArea: {
        type: 'rollup',
        label: { en: 'Area', 'zh-CN': '面积' },
        of: 'rooms',
        function: 'sum',
        field: 'area',
        where: { '!=': [{ var: 'kind' }, 'attic'] },
      },
      above: { type: 'hierarchy', label: { en: 'Above', 'zh-CN': '上级' }, inverse: 'below' },
      branch: { type: 'rollup', label: 'Branch', of: 'below', tree: true, function: 'sum', field: 'price' },
      status: {
        type: 'select',
        label: { en: 'Status', 'zh-CN': '状态' },
        default: 'open',
        options: [
          { value: 'open', label: { en: 'Open', 'zh-CN': '在售' } },
          { value: 'sold', label: { en: 'Sold', 'zh-CN': '已售' } },
        ],
        states: {
          initial: ['open'],
          transitions: [
            {
              transition: 'sell',
              label: { en: 'Sell', 'zh-CN': '售出' },
              from: ['open'],
              to: 'sold',
              when: { '>': [{ var: 'roomArea' }, 100] },
              message: { en: 'It is too small.', 'zh-CN': '面积太小。' },
            },
          ],
        },
      },
    },
  },
  {
    object: 'room',
    plural: 'rooms',
    label: { en: 'Room', 'zh-CN': '房间' },
    pluralLabel: { en: 'Rooms', 'zh-CN': '房间' },
    title: 'name',
    owner: 'user',
    fields: {
      name: { type: 'text', label: { en: 'Name', 'zh-CN': '名称' } },
      kind: { type: 'text', label: { en: 'Kind', 'zh-CN': '类别' } },
      area: { type: 'decimal', label: { en: 'Area', 'zh-CN': '面积' } },
      house: { type: 'lookup', label: { en: 'House', 'zh-CN': '楼盘' }, to: 'house', inverse: 'rooms' },
    },
  },
  {
    role: 'clerk',
    label: { en: 'Clerk', 'zh-CN': '职员' },
    grants: {
      house: { ...everything, fields: { cost: 'hidden' } },
      room: { actions: ['read'], records: { '!=': [{ var: 'name' }, 'Vault'] } },
    },
  },
  { role: 'guest', label: { en: 'Guest', 'zh-CN': '访客' }, grants: { room: { actions: ['read'] } } },
]

beforeAll(async () => {
  world = await recordsWorld('why', definitions, [
    {},
    { email: 'clerk@why.test', name: 'Cleo Clerk', roles: ['clerk'] },
    { email: 'guest@why.test', name: 'Gus Guest', roles: ['guest'] },
  ])
  clerk = await signInHeaders(world.app, 'clerk@why.test')
  const data = { name: 'Elm', price: '9', cost: '4', note: 'x' }
  id = (await world.get<{ id: string }>('mutation($data: HouseCreate!) { createHouse(data: $data) { id } }', { data })).id
  for (const [name, area, kind] of [
    ['Hall', '40', 'hall'],
    ['Vault', '30', 'hall'],
    ['Attic', '90', 'attic'],
  ])
    await world.get('mutation($data: RoomCreate!) { createRoom(data: $data) { id } }', { data: { name, area, kind, houseId: id } })
})
afterAll(async () => world?.app.close())

interface Line {
  readonly level: number
  readonly text: string
  readonly value: string | null
  readonly holds: boolean | null
}

const printed = (lines: readonly Line[]) =>
  lines.map(
    ({ level, text, value, holds }) =>
      `${'  '.repeat(level)}${holds === null ? '' : holds ? '✓ ' : '✗ '}${text}${value === null ? '' : ` = ${value}`}`,
  )

const query =
  'query($object: String!, $id: ID!, $field: String!) { why(object: $object, id: $id, field: $field) { kind title lines { level text value holds remark } rows { object field count } } }'
const why = async (field: string, headers = world.headers, of = id) => {
  const answer = await post(`${world.app.url}/platform`, query, { object: 'house', id: of, field }, headers)
  const found = dataOf<{ kind: string; title: string; lines: Line[]; rows: unknown }[]>(answer, 'why')
  return found.map(one => ({ ...one, lines: printed(one.lines) }))
}

describe('why a value is as it is, over the API', () => {
  it('tells a formula with the values of its inputs, in the language of the caller', async () => {
    expect(await why('margin')).toEqual([
      { kind: 'computed', title: 'Margin is computed', rows: null, lines: ['Price − Cost = 5', '  Price = 9', '  Cost = 4'] },
    ])
    expect(await why('margin', { ...world.headers, 'accept-language': 'zh-CN' })).toEqual([
      { kind: 'computed', title: '毛利由公式计算', rows: null, lines: ['单价 − 成本 = 5', '  单价 = 9', '  成本 = 4'] },
    ])
  })

  it('shows nothing of what the caller may not see', async () => {
    expect((await why('margin', clerk))[0]?.lines).toEqual(['Price − … = 5', '  Price = 9', '  … = …'])
    expect(await why('cost', clerk)).toEqual([])
    expect(await why('margin', await signInHeaders(world.app, 'guest@why.test'))).toEqual([])
    expect(await why('margin', world.headers, '019a0000-0000-7000-8000-000000000001')).toEqual([])
    expect(await why('margin', world.headers, 'no id')).toEqual([])
    expect(await why('constructor')).toEqual([])
  })

  it('tells of a rollup which children it gathers, and how many of them the caller does not see', async () => {
    expect(await why('roomArea')).toEqual([
      {
        kind: 'rollup',
        title: 'Area is gathered from other records',
        rows: { object: 'room', field: 'house', count: 2 },
        lines: [
          'Sum of Area of Rooms = 70',
          '  Only those for which: Kind is not attic',
          '  Records that you see = 2',
          '  Hall = 40',
          '  Vault = 30',
        ],
      },
    ])
    expect((await why('roomArea', clerk))[0]?.lines).toEqual([
      'Sum of Area of Rooms = 70',
      '  Only those for which: Kind is not attic',
      '  Records that you see = 1',
      '  Hall = 40',
      '  1 more that you may not see',
    ])
  })

  it('tells of a rollup over a tree all that is below, at any depth', async () => {
    const document = 'mutation($data: HouseCreate!) { createHouse(data: $data) { id } }'
    const below = await world.get<{ id: string }>(document, { data: { name: 'Oak', price: '3', aboveId: id } })
    await world.get(document, { data: { name: 'Ash', price: '4', aboveId: below.id } })
    const [found] = await why('branch')
    expect([found?.rows, found?.lines.map(line => line.trim())]).toEqual([
      null,
      ['Sum of Price of House = 7', 'Records that you see = 2', 'Oak = 3', 'Ash = 4'],
    ])
  })

  it('tells why a field is required', async () =>
    expect(await why('note')).toEqual([{ kind: 'required', title: 'Note is required', rows: null, lines: ['✓ Area > 50', '  Area = 70'] }]))

  it('tells with a refused transition which guard refused it', async () => {
    const document =
      'query($ids: [ID!]!) { transitions(object: "house", ids: $ids) { transition allowed reason why { level text value holds } } }'
    const answer = await post(`${world.app.url}/platform`, document, { ids: [id] }, clerk)
    const [offer] = dataOf<{ transition: string; allowed: boolean; reason: string; why: Line[] }[]>(answer, 'transitions')
    expect(offer).toMatchObject({ transition: 'sell', allowed: false, reason: 'It is too small.' })
    expect(printed(offer?.why ?? [])).toEqual(['✗ Area > 100', '  Area = 70'])
  })
})
