import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Answer } from '../support/app.js'
import { type RecordsWorld, recordsWorld } from '../support/records.js'

const banned = '019a0000-0000-7000-8000-0000000000aa'
const big = { '>': [{ var: 'price' }, 100] }
const objects = [
  {
    object: 'basket',
    plural: 'baskets',
    label: 'Basket',
    fields: {
      name: { type: 'text', label: 'Name' },
      limit: { type: 'decimal', label: 'Limit' },
      tags: { type: 'multiSelect', label: 'Tags', options: [{ value: 'a' }, { value: 'b' }] },
    },
    rules: [
      {
        rule: 'nothingBig',
        at: ['name'],
        message: 'Too big',
        must: { none: [{ var: 'lines' }, { and: [big, { '==': [{ var: 'parent.name' }, 'small'] }] }] },
      },
      {
        rule: 'withinLimit',
        at: ['limit'],
        message: 'Over the limit',
        must: {
          or: [
            { '==': [{ var: 'limit' }, null] },
            { '<=': [{ sum: [{ var: 'lines' }, { '*': [{ var: 'price' }, { var: 'ware.weight' }] }] }, { var: 'limit' }] },
          ],
        },
      },
    ],
  },
  {
    object: 'ware',
    plural: 'wares',
    label: 'Ware',
    fields: {
      name: { type: 'text', label: 'Name' },
      weight: { type: 'decimal', label: 'Weight' },
      kind: { type: 'lookup', label: 'Kind', to: 'kind', inverse: 'wares', onDelete: 'setNull' },
    },
    rules: [{ rule: 'notBanned', at: ['kind'], message: 'Banned', must: { '!': { within: [{ var: 'kind' }, banned] } } }],
  },
  {
    object: 'kind',
    plural: 'kinds',
    label: 'Kind',
    fields: { name: { type: 'text', label: 'Name' }, above: { type: 'hierarchy', label: 'Above', inverse: 'below' } },
  },
  {
    object: 'line',
    plural: 'basketLines',
    label: 'Line',
    title: 'price',
    fields: {
      basket: { type: 'masterDetail', label: 'Basket', to: 'basket', inverse: 'lines' },
      ware: { type: 'lookup', label: 'Ware', to: 'ware', inverse: 'uses', onDelete: 'setNull' },
      price: { type: 'decimal', label: 'Price' },
    },
    rules: [
      {
        rule: 'noneInClosed',
        at: ['price'],
        message: 'Closed',
        must: { or: [{ '!': { var: 'record.isNew' } }, { '!=': [{ var: 'parent.name' }, 'closed'] }] },
      },
    ],
  },
]

let world: RecordsWorld
beforeAll(async () => {
  world = await recordsWorld('rulesrows', objects)
})
afterAll(async () => world?.app.close())

const create = (data: object) =>
  world.ask('mutation($data: BasketCreate!) { createBasket(data: $data) { id lines { nodes { id } } } }', { data })
const idOf = ({ body }: Answer) =>
  (body.data?.createBasket as { id: string; lines: { nodes: { id: string }[] } } | null) ?? { id: '', lines: { nodes: [] } }
const broken = ({ body }: Answer) =>
  (body.errors?.[0]?.extensions.issues as { message: string }[] | undefined)?.map(issue => issue.message) ?? []
const names = async (rule: unknown) =>
  (
    await world.get<{ nodes: { name: string }[] }>(
      'query($where: BasketWhere) { baskets(where: $where, orderBy: [{ name: ASC }]) { nodes { name } } }',
      { where: { rule } },
    )
  ).nodes.map(node => node.name)

describe('rules over the rows of a record', () => {
  it('judge the lines as the write leaves them, with what stands in the record and along lookups', async () => {
    const { id: wareId } = await world.get<{ id: string }>('mutation { createWare(data: { name: "W", weight: "2" }) { id } }')
    expect(broken(await create({ name: 'small', lines: { create: [{ price: '101' }] } }))).toEqual(['Too big'])
    expect(broken(await create({ name: 'large', lines: { create: [{ price: '101' }] } }))).toEqual([])
    const line = { price: '6', wareId }
    expect(broken(await create({ name: 'x', limit: '10', lines: { create: [line] } }))).toEqual(['Over the limit'])
    const made = await create({ name: 'x', limit: '12', lines: { create: [line] } })
    expect(broken(made)).toEqual([])
    const { id, lines } = idOf(made)
    const update = (data: object) =>
      world.ask('mutation($id: ID!, $data: BasketUpdate!) { updateBasket(id: $id, data: $data) { id } }', { id, data })
    expect(broken(await update({ limit: '11' }))).toEqual(['Over the limit'])
    expect(broken(await update({ limit: '11', lines: { update: [{ id: lines.nodes[0]?.id, data: { price: '5' } }] } }))).toEqual([])
    expect(broken(await update({ limit: '1', lines: { delete: [lines.nodes[0]?.id] } }))).toEqual([])
  })

  it('judge the record also when a line is written alone', async () => {
    const { id: wareId } = await world.get<{ id: string }>('mutation { createWare(data: { name: "W", weight: "1" }) { id } }')
    const { id, lines } = idOf(await create({ name: 'y', limit: '5', lines: { create: [{ price: '5', wareId }] } }))
    const add = await world.ask('mutation($data: LineCreate!) { createLine(data: $data) { id } }', {
      data: { basketId: id, price: '1', wareId },
    })
    expect(broken(add)).toEqual(['Over the limit'])
    const edit = (price: string) =>
      world.ask('mutation($id: ID!, $data: LineUpdate!) { updateLine(id: $id, data: $data) { id } }', {
        id: lines.nodes[0]?.id,
        data: { price },
      })
    expect(broken(await edit('5.01'))).toEqual(['Over the limit'])
    expect(broken(await edit('4'))).toEqual([])
  })

  it('know the parent of a line, and whether a record is new', async () => {
    const { id } = idOf(await create({ name: 'closed' }))
    const add = await world.ask('mutation($data: LineCreate!) { createLine(data: $data) { id } }', { data: { basketId: id, price: '1' } })
    expect(broken(add)).toEqual(['Closed'])
    const other = idOf(await create({ name: 'open', lines: { create: [{ price: '1' }] } }))
    await world.ask('mutation($id: ID!) { updateBasket(id: $id, data: { name: "closed" }) { id } }', { id: other.id })
    const edit = await world.ask('mutation($id: ID!) { updateLine(id: $id, data: { price: "2" }) { price } }', {
      id: other.lines.nodes[0]?.id,
    })
    expect(broken(edit)).toEqual([])
  })

  it('filter lists in the database, as JavaScript would', async () => {
    await create({ name: 'f1', tags: ['a'], lines: { create: [{ price: '7000' }, { price: '8000' }] } })
    await create({ name: 'f2', tags: ['a', 'b'], lines: { create: [{ price: '9000' }] } })
    const high = (least: number) => ({ '>=': [{ var: 'price' }, least] })
    expect(await names({ some: [{ var: 'lines' }, high(8000)] })).toEqual(['f1', 'f2'])
    expect(await names({ and: [{ all: [{ var: 'lines' }, high(8000)] }, { some: [{ var: 'lines' }, true] }] })).toEqual(['f2'])
    expect(await names({ '==': [{ count: [{ var: 'lines' }, high(7000)] }, 2] })).toEqual(['f1'])
    expect(await names({ '==': [{ maxOf: [{ var: 'lines' }, { var: 'price' }] }, 9000] })).toEqual(['f2'])
    expect(await names({ some: [{ var: 'lines' }, { and: [high(7000), { '==': [{ var: 'parent.name' }, 'f1'] }] }] })).toEqual(['f1'])
    expect(await names({ '==': [{ map: [{ var: 'lines' }, { var: 'price' }] }, [7000, 8000]] })).toEqual(['f1'])
    expect(
      await names({ some: [{ var: 'tags' }, { and: [{ '==': [{ var: '' }, 'b'] }, { '==': [{ var: 'parent.name' }, 'f2'] }] }] }),
    ).toEqual(['f2'])
  })

  it('follow a tree upwards, in JavaScript and in the database', async () => {
    const kind = async (name: string, aboveId: string | null, id?: string) =>
      (
        await world.get<{ id: string }>('mutation($data: KindCreate!) { createKind(data: $data) { id } }', {
          data: { name, aboveId, ...(id ? { id } : {}) },
        })
      ).id
    const root = await kind('all', null)
    await kind('banned', root, banned)
    const deep = await kind('deep', await kind('middle', banned))
    const beside = await kind('beside', root)
    const make = (name: string, kindId: string | null) =>
      world.ask('mutation($data: WareCreate!) { createWare(data: $data) { id } }', { data: { name, kindId } })
    expect(broken(await make('no', deep))).toEqual(['Banned'])
    expect(broken(await make('no', banned))).toEqual(['Banned'])
    expect(broken(await make('yes', beside))).toEqual([])
    expect(broken(await make('none', null))).toEqual([])
    const kinds = async (rule: unknown) =>
      (
        await world.get<{ nodes: { name: string }[] }>(
          'query($where: KindWhere) { kinds(where: $where, orderBy: [{ name: ASC }]) { nodes { name } } }',
          { where: { rule } },
        )
      ).nodes.map(node => node.name)
    expect(await kinds({ within: [{ var: 'id' }, banned] })).toEqual(['banned', 'deep', 'middle'])
    expect(await kinds({ within: [{ var: 'above' }, banned] })).toEqual(['deep', 'middle'])
    const wares = await world.get<{ nodes: { name: string }[] }>('query($where: WareWhere) { wares(where: $where) { nodes { name } } }', {
      where: { rule: { within: [{ var: 'kind' }, root] } },
    })
    expect(wares.nodes.map(node => node.name)).toEqual(['yes'])
  })

  it('are refused where the database cannot follow', async () => {
    const refused = async (rule: unknown) => {
      const { body } = await world.ask('query($where: BasketWhere) { baskets(where: $where) { nodes { name } } }', { where: { rule } })
      return (body.errors?.[0]?.extensions.issues as { code: string }[] | undefined)?.map(issue => issue.code)
    }
    const sum = { reduce: [{ var: 'lines' }, { '+': [{ var: 'accumulator' }, { var: 'current.price' }] }, 0] }
    expect(await refused({ '>': [sum, 1] })).toEqual(['RULE_NOT_SQL'])
    expect(await refused({ isWorkday: [{ var: 'today' }] })).toEqual(['RULE_NOT_SQL'])
  })
})
