import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { WhoAsks } from '../../runtime/access/who-asks.js'
import { unkeptBy } from '../../runtime/checking/unkept.js'
import { schemaOf } from '../../runtime/database/schema.js'
import { Models } from '../../runtime/publishing/models.js'
import { Publisher } from '../../runtime/publishing/publisher.js'
import { FieldUses } from '../../runtime/usage/field-uses.js'
import { dataOf, post, signInHeaders } from '../support/app.js'
import { owning } from '../support/database.js'
import { publish } from '../support/publish.js'
import { everything, type RecordsWorld, recordsWorld } from '../support/records.js'

const slug = 'checking'
const schema = schemaOf(slug)

const own = { '==': [{ var: 'record.owner' }, { var: 'user.id' }] }
const fields = {
  name: { type: 'text', label: 'Name', maxLength: 40 },
  code: { type: 'text', label: 'Code' },
  stage: { type: 'select', label: 'Stage', options: [{ value: 'open' }, { value: 'won' }, { value: 'lost' }] },
  amount: { type: 'decimal', label: 'Amount' },
  cost: { type: 'decimal', label: 'Cost' },
  size: { type: 'text', label: 'Size' },
}
const deal = { object: 'deal', plural: 'deals', label: 'Deal', title: 'name', fields }
const secret = { object: 'paper', plural: 'papers', label: 'Paper', title: 'name', fields: { name: { type: 'text', label: 'Name' } } }
const seller = { role: 'seller', label: 'Seller', grants: { deal: { ...everything, records: own, fields: { cost: 'hidden' } } } }
/** May change definitions, and sees neither papers nor what deals cost, nor the deals of others. */
const builder = {
  role: 'builder',
  label: 'Builder',
  admin: true,
  grants: { deal: { actions: ['read'], records: own, fields: { cost: 'hidden' } } },
}
const form = {
  form: 'deal',
  label: 'Deal',
  object: 'deal',
  sections: [{ section: 'main', label: 'Main', fields: ['name', 'stage', 'size'] }],
}
const list = { view: 'deals', label: 'All deals', object: 'deal', kind: 'list', columns: ['name', 'stage'] }
const navigation = {
  navigation: 'work',
  label: 'Work',
  groups: [{ group: 'all', label: 'All', items: [{ object: 'deal' }, { view: 'deals' }] }],
}

interface Unkept {
  readonly kind: string
  readonly path: string
  readonly count: number | null
  readonly isMore: boolean
  readonly looked: number | null
  readonly unchecked: string | null
  readonly rule: unknown
  readonly examples: readonly { id: string | null; title: string | null; value: unknown }[]
}

let world: RecordsWorld
let admin: Record<string, string>
let limited: Record<string, string>

const rows = [
  { name: 'First', code: 'a', stage: 'open', amount: '10', cost: '1', size: '5' },
  { name: 'Second', code: 'a', stage: 'won', amount: '200', cost: '2', size: 'big' },
  { name: 'Third', code: 'b', stage: 'lost', amount: '3000' },
  { name: 'A name that is rather long', stage: 'won' },
]

beforeAll(async () => {
  world = await recordsWorld(
    slug,
    [deal, secret, seller, builder, form, list, navigation],
    [
      {},
      { email: `builder@${slug}.test`, name: 'Bo Builder', roles: ['builder'] },
      { email: `sue@${slug}.test`, name: 'Sue Seller', roles: ['seller'] },
    ],
  )
  admin = world.headers
  limited = await signInHeaders(world.app, `builder@${slug}.test`)
  const create = 'mutation($data: [DealCreate!]!) { createDeals(data: $data) { count } }'
  await world.get(create, { data: rows })
  const { authorization, ...headers } = await signInHeaders(world.app, `sue@${slug}.test`)
  await world.ask(create, { data: [{ name: 'Sue’s own', stage: 'open', amount: '7' }] }, { authorization: authorization ?? '', ...headers })
})
afterAll(() => world?.app.close())

const check = async (part: string, variables: Record<string, unknown>, headers = admin) => {
  const query = `query($put: [JSON!], $remove: [ElementRef!], $to: Int) { check(put: $put, remove: $remove, to: $to) { issues ${part} } }`
  const answer = await post(`${world.app.url}/platform`, query, variables, headers)
  return dataOf<Record<string, unknown>>(answer, 'check')
}
const dataFor = async (changed: Record<string, unknown>, headers = admin) =>
  (await check('data', { put: [{ ...deal, ...changed }] }, headers)).data as Unkept[]
const withFields = (changed: Record<string, unknown>) => ({ fields: { ...fields, ...changed } })
const told = ({ kind, count, examples }: Unkept) => [kind, count, examples.map(({ title }) => title)]

describe('records that do not fit what is published', () => {
  it('are those without a value that is required from now on', async () => {
    const [found, ...others] = await dataFor(withFields({ amount: { ...fields.amount, required: true } }))
    expect(others).toEqual([])
    expect(found).toMatchObject({
      kind: 'required',
      path: 'objects/deal/fields/amount/required',
      count: 1,
      isMore: false,
      looked: null,
      unchecked: null,
    })
    expect(found?.examples).toEqual([{ id: expect.any(String), title: 'A name that is rather long', value: null }])
    expect(await world.get('query($rule: JSON) { deals(where: { rule: $rule }) { totalCount } }', { rule: found?.rule })).toEqual({
      totalCount: 1,
    })
  })

  it('are all of them for a new field, and those of its condition where it is required by rule', async () => {
    const budget = { type: 'decimal', label: 'Budget', required: true }
    expect((await dataFor(withFields({ budget }))).map(told)).toEqual([['required', 5, expect.any(Array)]])
    const ruled = { type: 'decimal', label: 'Budget', requiredWhen: { '>': [{ var: 'amount' }, 100] } }
    expect((await dataFor(withFields({ budget: ruled }))).map(told)).toEqual([['required', 2, ['Second', 'Third']]])
  })

  it.each([
    ['min', { amount: { ...fields.amount, min: '10' } }, ['min', 1, ['Sue’s own']]],
    ['max', { amount: { ...fields.amount, max: '1000' } }, ['max', 1, ['Third']]],
    ['maxLength', { name: { ...fields.name, maxLength: 10 } }, ['maxLength', 1, ['A name that is rather long']]],
    [
      'options',
      { stage: { ...fields.stage, options: [{ value: 'open' }, { value: 'lost' }] } },
      ['options', 2, ['Second', 'A name that is rather long']],
    ],
    ['pattern', { code: { ...fields.code, pattern: '[b-z]' } }, ['values', 2, ['First', 'Second']]],
    ['a wider bound', { name: { ...fields.name, maxLength: 80 } }, null],
    [
      'an option that is switched off',
      { stage: { ...fields.stage, options: [{ value: 'open' }, { value: 'won', inactive: true }, { value: 'lost' }] } },
      null,
    ],
  ])('are found by %s', async (_, changed, expected) => {
    expect((await dataFor(withFields(changed))).map(told)).toEqual(expected === null ? [] : [expected])
  })

  it('are those that break a rule that is new or differs, under the names that fields have now', async () => {
    const rule = (must: unknown) => [{ rule: 'cheap', message: 'Too dear', must }]
    const found = await dataFor({ rules: rule({ '<': [{ var: 'amount' }, 100] }) })
    expect(found.map(told)).toEqual([['rule', 3, ['Second', 'Third', 'A name that is rather long']]])
    const { amount, ...others } = fields
    const renamed = { fields: { ...others, worth: { ...amount, was: ['amount'] } }, rules: rule({ '<': [{ var: 'worth' }, 1000] }) }
    expect((await dataFor(renamed)).map(told)).toEqual([['rule', 2, ['Third', 'A name that is rather long']]])
    const empty = { ...withFields({ budget: { type: 'decimal', label: 'Budget' } }), rules: rule({ '>': [{ var: 'budget' }, 1] }) }
    expect((await dataFor(empty)).map(({ count }) => count)).toEqual([5])
  })

  it('are values that a change of type loses, and values that are not unique', async () => {
    const retyped = await dataFor(withFields({ size: { type: 'integer', label: 'Size' } }))
    expect(retyped.map(told)).toEqual([['converts', 1, ['Second']]])
    expect(await world.get('query($rule: JSON) { deals(where: { rule: $rule }) { nodes { size } } }', { rule: retyped[0]?.rule })).toEqual({
      nodes: [{ size: 'big' }],
    })
    const [double] = await dataFor(withFields({ code: { ...fields.code, unique: true } }))
    expect(double).toMatchObject({
      kind: 'double',
      count: 1,
      examples: [{ id: null, title: 'a', value: 2 }],
      rule: { in: [{ var: 'code' }, ['a']] },
    })
  })

  it('are counted up to ten thousand', async () => {
    const { pool } = world.app.database
    await pool.query(
      `insert into ${schema}.paper (id, version, created_at, updated_at) select gen_random_uuid(), 1, now(), now() from generate_series(1, 10050)`,
    )
    const required = { ...secret, fields: { name: { ...secret.fields.name, required: true } } }
    const [found] = (await check('data', { put: [required] })).data as Unkept[]
    expect(found).toMatchObject({ kind: 'required', count: 10_000, isMore: true, looked: null })
    const late = await unkeptBy(...(await asking([required])), { whole: 0, part: 5_000 })
    expect(late).toEqual([expect.objectContaining({ count: 10_000, isMore: false, looked: 10_000, unchecked: null })])
    expect(late[0]?.examples).toHaveLength(5)
    const kept = { ...secret, rules: [{ rule: 'other', message: 'Other', must: { '!=': [{ var: 'name' }, 'zz'] } }] }
    expect(await unkeptBy(...(await asking([kept])), { whole: 0, part: 5_000 })).toEqual([
      expect.objectContaining({ count: 0, looked: 10_000 }),
    ])
    const never = await unkeptBy(...(await asking([required])), { whole: 0, part: 0 })
    expect(never).toEqual([expect.objectContaining({ count: null, unchecked: 'slow', examples: [] })])
    await pool.query(`delete from ${schema}.paper`)
  })

  /** What looking at records for a draft is given, as the admin asks. */
  async function asking(put: readonly unknown[]) {
    const { app, database } = world.app
    const { decided } = await app.get(Publisher).check({ put, remove: [] }, schema)
    const caller = await app.get(WhoAsks).resolve(admin)
    const live = await app.get(Models).current(schema)
    if (!decided || !caller) throw new Error('Nothing to look at')
    return [decided, database, { caller, live, profile: app.get(Models).profile(live, caller.roles) }] as const
  }

  it('are told only as far as the admin who asks sees them', async () => {
    expect((await dataFor(withFields({ amount: { ...fields.amount, required: true } }), limited)).map(told)).toEqual([])
    const hidden = await dataFor(withFields({ cost: { ...fields.cost, required: true } }), limited)
    expect(hidden).toEqual([expect.objectContaining({ count: null, unchecked: 'hidden', examples: [], rule: null })])
    const byRule = await dataFor({ rules: [{ rule: 'dear', message: 'Dear', must: { '>': [{ var: 'cost' }, 1] } }] }, limited)
    expect(byRule).toEqual([expect.objectContaining({ count: null, unchecked: 'hidden', examples: [] })])
    const paper = { ...secret, fields: { name: { ...secret.fields.name, required: true } } }
    await world.get('mutation { createPaper(data: {}) { id } }')
    expect((await check('data', { put: [paper] }, limited)).data).toEqual([expect.objectContaining({ count: null, unchecked: 'hidden' })])
    expect((await dataFor(withFields({ size: { type: 'integer', label: 'Size' } }), limited)).map(({ count }) => count)).toEqual([])
  })
})

describe('a value that several records have', () => {
  const unique = { put: [{ ...deal, ...withFields({ code: { ...fields.code, unique: true } }) }] }
  const hint = async (headers: Record<string, string>) =>
    ((await check('plan', unique, headers)).issues as { code: string; hint: string }[]).map(({ code, hint: text }) => [
      code,
      text.includes('“a”'),
    ])

  it('is told as an example only to who sees all of them, by check and publish', async () => {
    expect(await hint(admin)).toEqual([['VALUES_DOUBLE', true]])
    expect(await hint(limited)).toEqual([['VALUES_DOUBLE', false]])
    const mutation = 'mutation($put: [JSON!]) { publish(put: $put) { version } }'
    const { body } = await post(`${world.app.url}/platform`, mutation, unique, limited)
    expect(JSON.stringify(body.errors?.[0]?.extensions.issues)).toMatch(/“…”/)
  })
})

describe('who gains and loses sight', () => {
  const sights = async (put: readonly unknown[], headers = admin) =>
    (await check('access', { put }, headers)).access as Record<string, unknown>[]

  it('is told by role, with what members see more and fewer of', async () => {
    const open = { ...seller, grants: { deal: { ...everything, fields: { code: 'hidden' } } } }
    expect(await sights([open])).toEqual([
      {
        role: 'seller',
        label: 'Seller',
        members: 1,
        object: 'deal',
        title: 'Deal',
        read: 'changes',
        actionsGained: [],
        actionsLost: [],
        fieldsGained: ['Cost'],
        fieldsLost: ['Code'],
        people: [{ name: 'Sue Seller', gained: 4, lost: 0, looked: null, unchecked: null }],
      },
    ])
  })

  it('is told of objects that come into sight and go out of it, and of actions', async () => {
    const other = { ...seller, grants: { paper: { actions: ['read'] } } }
    const found = await sights([other])
    expect(found.map(({ object, read, people }) => [object, read, (people as { lost: number }[])[0]?.lost])).toEqual([
      ['deal', 'loses', 1],
      ['paper', 'gains', 0],
    ])
    const reads = { ...seller, grants: { deal: { ...seller.grants.deal, actions: ['read', 'update'] } } }
    expect((await sights([reads])).map(({ read, actionsLost }) => [read, (actionsLost as string[]).includes('delete')])).toEqual([
      ['same', true],
    ])
  })

  it('follows who reaches records by the object itself', async () => {
    const byAccess = { ...seller, grants: { deal: { ...everything } } }
    await publish(world.app, admin, [byAccess])
    const found = await sights([{ ...deal, access: { default: 'private' } }])
    expect(found.find(({ role }) => role === 'seller')).toMatchObject({
      read: 'changes',
      people: [{ name: 'Sue Seller', gained: 0, lost: 4 }],
    })
    await publish(world.app, admin, [seller])
  })

  it('says no numbers to an admin who does not see all of the records', async () => {
    const open = { ...seller, grants: { deal: everything } }
    const [found] = await sights([open], limited)
    expect(found?.people).toEqual([{ name: 'Sue Seller', gained: 0, lost: 0, looked: null, unchecked: 'hidden' }])
  })

  it('is nobody where only labels change', async () => expect(await sights([{ ...seller, label: 'Sellers' }])).toEqual([]))
})

describe('what uses the things that change', () => {
  it('are definitions, saved views and API keys, for each thing by itself', async () => {
    const save =
      'mutation($query: String!, $name: String!, $isShared: Boolean!) { saveView(object: "deal", name: $name, query: $query, isShared: $isShared) { id } }'
    for (const [name, query, isShared] of [
      ['Open ones', 'view=deals&f=stage.in.open', true],
      ['Mine', 'view=deals&sort=stage:desc', false],
      ['Others', 'view=deals&f=name.contains.stage', true],
    ] as const)
      dataOf(await post(`${world.app.url}/platform`, save, { name, query, isShared }, admin), 'saveView')
    const made = await post(`${world.app.url}/platform`, 'mutation { createApiKey(name: "Website") }', {}, admin)
    const token = dataOf<string>(made, 'createApiKey')
    for (const _ of [1, 2]) await world.ask('{ deals { nodes { stage } } }', {}, { authorization: `Bearer ${token}`, 'x-workspace': slug })
    await world.app.app.get(FieldUses).keep()
    const { stage, ...others } = fields
    const renamed = { ...deal, fields: { ...others, phase: { ...stage, was: ['stage'] } } }
    const columns = { ...list, columns: ['name', 'phase'] }
    const section = { ...form, sections: [{ section: 'main', label: 'Main', fields: ['name', 'phase', 'size'] }] }
    const { touched } = await check('touched', { put: [renamed, columns, section] })
    expect(touched).toEqual([
      {
        do: 'rename',
        kind: 'field',
        path: 'objects/deal/fields/stage',
        title: 'Stage',
        mentions: [
          { kind: 'form', name: 'deal', label: 'Deal', at: ['forms/deal/sections/0/fields/1'], package: null },
          { kind: 'view', name: 'deals', label: 'All deals', at: ['views/deals/columns/1'], package: null },
        ],
        views: { shared: [{ id: expect.any(String), name: 'Open ones', object: 'deal', owner: 'Ada Admin' }], others: 1 },
        clients: [
          {
            key: expect.any(String),
            name: 'Website',
            object: 'deal',
            field: 'stage',
            access: 'read',
            count: 2,
            lastAt: expect.any(String),
          },
        ],
      },
    ])
  })

  it('are for an object everything that is for it or points at it', async () => {
    const remove = [
      { kind: 'object', name: 'deal' },
      { kind: 'form', name: 'deal' },
      { kind: 'view', name: 'deals' },
    ]
    const put = [
      { ...seller, grants: {} },
      { ...builder, grants: {} },
      { ...navigation, groups: [] },
    ]
    const { touched } = await check('touched', { put, remove })
    const used = (touched as { path: string; mentions: { kind: string; name: string }[]; views: { shared: unknown[] } }[]).map(
      ({ path, mentions, views }) => [path, mentions.map(({ kind, name }) => `${kind} ${name}`), views.shared.length],
    )
    expect(used).toEqual([
      ['objects/deal', ['form deal', 'view deals', 'role builder', 'role seller', 'navigation work'], 2],
      ['forms/deal', [], 0],
      ['views/deals', ['navigation work'], 0],
    ])
  })
})

describe('what it is reckoned to take', () => {
  it('is told for each step by rough numbers of rows, with whom it makes wait', async () => {
    const owner = await owning(world.app.database)
    await owner.query(`update pg_class set reltuples = 2000000 where oid = '${schema}.deal'::regclass`)
    const put = [{ ...deal, ...withFields({ code: { ...fields.code, index: true }, size: { type: 'integer', label: 'Size' } }) }]
    const { cost } = await check('cost', { put })
    expect(cost).toEqual([
      {
        do: 'addColumn',
        table: 'deal',
        title: 'Deal',
        name: 'size_2',
        rows: 0,
        seconds: expect.any(Number),
        waits: 'moment',
        isBehind: false,
      },
      expect.objectContaining({ do: 'createIndex', rows: 2_000_000, waits: 'nobody', isBehind: true }),
      expect.objectContaining({ do: 'carryOver', name: 'size', rows: 2_000_000, waits: 'rows', isBehind: true }),
    ])
    await owner.query(`analyze ${schema}.deal`)
    await owner.end()
  })
})

describe('going back', () => {
  it('lists what was written since in what goes and what changes back', async () => {
    const { version } = await publish(world.app, admin, [{ ...deal, ...withFields({ note: { type: 'text', label: 'Note' } }) }])
    const [first] = (await world.get<{ nodes: { id: string }[] }>('{ deals(where: { name: { eq: "First" } }) { nodes { id } } }')).nodes
    await world.get('mutation($id: ID!) { updateDeal(id: $id, data: { note: "new" }) { id } }', { id: first?.id })
    const { meanwhile } = await check('meanwhile', { to: version - 1 })
    expect(meanwhile).toEqual([
      {
        kind: 'hides',
        path: 'objects/deal/fields/note',
        object: 'deal',
        title: 'Note',
        count: 1,
        isMore: false,
        unchecked: null,
        examples: [{ id: first?.id, title: 'First', at: expect.any(String) }],
      },
    ])
    const gone = await publish(world.app, admin, [deal], [], ['objects/deal/fields/note'])
    await world.get('mutation { createDeal(data: { name: "Late" }) { id } }')
    const returning = await check('meanwhile', { to: gone.version - 1 })
    expect(returning.meanwhile).toEqual([expect.objectContaining({ kind: 'returns', title: 'Note', count: 1 })])
    expect((await check('meanwhile', { put: [deal] })).meanwhile).toEqual([])
  })
})
