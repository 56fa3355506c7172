import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Answer, dataOf, post, signInHeaders } from '../support/app.js'
import { publish } from '../support/publish.js'
import { everything, type RecordsWorld, recordsWorld } from '../support/records.js'

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
  world = await recordsWorld('rulesrows', objects, [
    {},
    { email: 'half@rulesrows.test', name: 'Half', roles: ['half'] },
    { email: 'clerk@rulesrows.test', name: 'Clerk', roles: ['clerk'] },
  ])
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

describe('records that break a rule as they are', () => {
  const smallOnly = { '<': [{ var: 'price' }, 5] }
  const shelf = {
    object: 'shelf',
    plural: 'shelves',
    label: 'Shelf',
    title: 'name',
    fields: {
      name: { type: 'text', label: 'Name' },
      price: { type: 'decimal', label: 'Price' },
      made: { type: 'date', label: 'Made' },
      kind: { type: 'lookup', label: 'Kind', to: 'kind', onDelete: 'setNull' },
    },
  }
  const rules = [
    { rule: 'cheap', at: ['price'], message: { en: 'Too dear', 'zh-CN': '太贵' }, must: smallOnly },
    { rule: 'kindNamed', message: 'No kind', severity: 'warning', must: { '!=': [{ var: 'kind.name' }, null] } },
    { rule: 'mineOrCheap', message: 'Not yours', must: { or: [{ '==': [{ var: 'owner' }, { var: 'user.id' }] }, smallOnly] } },
    { rule: 'workday', message: 'No workday', must: { or: [{ '==': [{ var: 'made' }, null] }, { isWorkday: [{ var: 'made' }] }] } },
    { rule: 'notLower', message: 'Lower', must: { '>=': [{ var: 'price' }, { var: 'before.price' }] } },
    { rule: 'newCheap', message: 'New', must: { or: [{ '!': { var: 'record.isNew' } }, smallOnly] } },
    { rule: 'kept', message: 'Kept', on: ['delete'], must: smallOnly },
  ]
  const half = {
    role: 'half',
    label: 'Half',
    admin: true,
    grants: { shelf: { ...everything, fields: { kind: 'hidden' }, records: smallOnly } },
  }
  const clerk = { role: 'clerk', label: 'Clerk', grants: { shelf: everything } }
  const question = `query($object: String!, $first: Int, $after: ID) {
    ruleBreaks(object: $object, first: $first, after: $after) { looked next rules { rule message severity unchecked count ids } } }`
  type Breaks = {
    looked: number
    next: string | null
    rules: { rule: string; message: string; severity: string; unchecked: string | null; count: number; ids: string[] }[]
  }
  const tell = (object: string, more: object = {}, headers = world.headers) =>
    post(`${world.app.url}/platform`, question, { object, ...more }, headers)
  const breaks = async (more: object = {}, headers = world.headers) => dataOf<Breaks>(await tell('shelf', more, headers), 'ruleBreaks')
  const made: string[] = []

  beforeAll(async () => {
    await publish(world.app, world.headers, [shelf, half, clerk])
    for (const price of ['1', '7', '9', null]) {
      const data = { name: `S${price}`, price }
      made.push((await world.get<{ id: string }>('mutation($data: ShelfCreate!) { createShelf(data: $data) { id } }', { data })).id)
    }
    await publish(world.app, world.headers, [{ ...shelf, rules }])
  })

  it('are found by the rules as they are published, and which rules cannot be asked is said', async () => {
    const { looked, next, rules: found } = await breaks()
    expect([looked, next]).toEqual([4, null])
    expect(found.map(({ rule, unchecked, count }) => [rule, unchecked, count])).toEqual([
      ['cheap', null, 3],
      ['kindNamed', null, 4],
      ['mineOrCheap', null, 0],
      ['workday', 'notSql', 0],
      ['notLower', 'change', 0],
      ['newCheap', 'change', 0],
      ['kept', 'event', 0],
    ])
    expect(found[0]).toMatchObject({ ids: made.slice(1).sort(), message: 'Too dear', severity: 'error' })
    expect(found[1]?.severity).toBe('warning')
    const chinese = await breaks({}, { ...world.headers, 'accept-language': 'zh-CN' })
    expect(chinese.rules[0]?.message).toBe('太贵')
  })

  it('are those that a write would be refused for, and that a list finds by the rule', async () => {
    const { rules: found } = await breaks()
    for (const id of made) {
      const answer = await world.ask(
        'mutation($id: ID!) { updateShelf(id: $id, data: { name: "again" }, confirm: ["kindNamed"]) { id } }',
        { id },
      )
      expect(broken(answer).includes('Too dear')).toBe(found[0]?.ids.includes(id))
    }
    const listed = await world.get<{ nodes: { id: string }[] }>('query($where: ShelfWhere) { shelves(where: $where) { nodes { id } } }', {
      where: { rule: { '!': [smallOnly] } },
    })
    expect(listed.nodes.map(({ id }) => id).sort()).toEqual(found[0]?.ids)
  })

  it('are looked for page by page', async () => {
    const pages: Breaks[] = []
    for (let after: string | null = null; pages.length === 0 || after !== null; after = pages.at(-1)?.next ?? null)
      pages.push(await breaks({ first: 3, after }))
    expect(pages.map(({ looked }) => looked)).toEqual([3, 1])
    expect(pages.reduce((sum, { rules: found }) => sum + (found[0]?.count ?? 0), 0)).toBe(3)
  })

  it('are told to admins only, of the records and by the rules that they see', async () => {
    const [half, clerk] = [await signInHeaders(world.app, 'half@rulesrows.test'), await signInHeaders(world.app, 'clerk@rulesrows.test')]
    const found = await breaks({}, half)
    expect(found.looked).toBe(1)
    expect(found.rules.map(({ rule, unchecked, count }) => `${rule} ${unchecked} ${count}`)).toContain('kindNamed hidden 0')
    expect(found.rules[0]).toMatchObject({ count: 0, ids: [] })
    expect((await tell('shelf', {}, clerk)).body.errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    for (const object of ['basket', 'nothing', '__proto__'])
      expect((await tell(object, {}, half)).body.errors?.[0]?.extensions.code).toBe('NOT_FOUND')
    for (const more of [{ first: 0 }, { first: 10_001 }, { first: -1 }, { after: 'x' }, { after: '\u0000' }])
      expect((await tell('shelf', more)).body.errors?.[0]?.extensions.code).toBe('BAD_REQUEST')
    for (const object of ['basket', 'ware', 'kind', 'line'])
      expect(dataOf<Breaks>(await tell(object), 'ruleBreaks').rules.filter(({ count }) => count > 0)).toEqual([])
  })
})
