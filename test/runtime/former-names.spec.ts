import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Models } from '../../runtime/publishing/models.js'
import { sdkOf } from '../../runtime/sdk/sdk.js'
import { dataOf, post } from '../support/app.js'
import { listen } from '../support/follow.js'
import { publish } from '../support/publish.js'
import { type RecordsWorld, recordsWorld } from '../support/records.js'

const company = {
  object: 'company',
  plural: 'companies',
  label: 'Company',
  title: 'name',
  fields: { name: { type: 'text', label: 'Name' } },
}
const text = (label: string, more: object = {}) => ({ type: 'text', label, ...more })
const lookup = (more: object = {}) => ({ type: 'lookup', label: 'Company', to: 'company', inverse: 'deals', ...more })

/** The object as programs know it, and as it is called after two renames. */
const before = {
  object: 'deal',
  plural: 'deals',
  label: 'Deal',
  title: 'name',
  fields: {
    name: text('Name'),
    code: text('Code', { unique: true }),
    client: lookup(),
    budget: { type: 'money', label: 'Budget', currency: 'own' },
  },
}
const after = {
  object: 'chance',
  plural: 'chances',
  label: 'Chance',
  was: ['deal'],
  pluralWas: ['deals'],
  title: 'name',
  fields: {
    name: text('Name'),
    number: text('Number', { unique: true, was: ['code'] }),
    partner: lookup({ was: ['client'] }),
    amount: { type: 'money', label: 'Amount', currency: 'own', was: ['budget'] },
  },
}

/** One document in former names, and what it answers before and after the renames. */
const documents = {
  list: '{ deals(where: { code: { eq: "A" }, client: { name: { eq: "Acme" } } }, orderBy: [{ code: ASC }, { client: { name: DESC } }]) { nodes { name code clientId client { name } budget budgetCurrency } totalCount } }',
  byVariable:
    'query Deals($where: DealWhere, $order: [DealOrderBy!]) { deals(where: $where, orderBy: $order) { nodes { ...Shown } } } fragment Shown on Deal { code }',
  aggregate: '{ dealsAggregate(groupBy: [{ code: {} }]) { keys count } }',
  update: 'mutation($id: ID!, $data: DealUpdate!) { updateDeal(id: $id, data: $data) { code clientId } }',
}

let world: RecordsWorld
let id = ''
let companyId = ''
let key = ''

beforeAll(async () => {
  world = await recordsWorld('former-names', [company, before])
  companyId = (await world.get<{ id: string }>('mutation { createCompany(data: { name: "Acme" }) { id } }')).id
  const data = { name: 'One', code: 'A', clientId: companyId, budget: '5', budgetCurrency: 'CNY' }
  id = (await world.get<{ id: string }>('mutation($data: DealCreate!) { createDeal(data: $data) { id } }', { data })).id
  const mutation = 'mutation($objects: [KeyObjectInput!]) { createApiKey(name: "narrow", objects: $objects) }'
  const objects = [{ object: 'deal', fields: ['name', 'code'] }]
  key = dataOf<string>(await post(`${world.app.url}/platform`, mutation, { objects }, world.headers), 'createApiKey')
})
afterAll(() => world.app.close())

const answers = async () => ({
  list: (await world.ask(documents.list)).body,
  byVariable: (await world.ask(documents.byVariable, { where: { code: { isNull: false } }, order: [{ client: { name: 'ASC' } }] })).body,
  aggregate: (await world.ask(documents.aggregate)).body,
  update: (await world.ask(documents.update, { id, data: { code: 'A', clientId: companyId } })).body,
})

describe('former names of objects and fields', () => {
  it('answer as before, in reads, filters, orders, groupings and inputs', async () => {
    const known = await answers()
    expect(known.list.errors).toBeUndefined()
    await publish(world.app, world.headers, [after], [{ kind: 'object', name: 'deal' }])
    // the first time a document is read, and again when it is known
    expect(await answers()).toEqual(known)
    expect(await answers()).toEqual(known)
  })

  it('write what a present name reads', async () => {
    const query = 'mutation($id: ID!, $data: ChanceUpdate!) { updateChance(id: $id, data: $data) { number amount } }'
    expect(await world.get(query, { id, data: { code: 'B', amount: '7' } })).toEqual({ number: 'B', amount: '7' })
    expect(
      await world.get('mutation { upsertDeals(data: [{ code: "B", name: "Two" }], by: ["code"]) { nodes { id name number } } }'),
    ).toEqual({
      nodes: [{ id, name: 'Two', number: 'B' }],
    })
  })

  it('are followed', async () => {
    const listening = listen(
      world.app,
      world.headers,
      'subscription($where: DealWhere) { dealChanged(where: $where) { kind id record { code } } }',
      {
        where: { code: { eq: 'C' } },
      },
    )
    await world.get('mutation($id: ID!) { updateChance(id: $id, data: { number: "C" }) { id } }', { id })
    expect(await listening.until(({ kind }) => kind === 'ENTERED' || kind === 'UPDATED')).toMatchObject({ record: { code: 'C' } })
    listening.stop()
  })

  it('are refused beside the present name of the same field', async () => {
    for (const [query, data] of [
      ['mutation($data: ChanceCreate!) { createChance(data: $data) { id } }', { code: 'X', number: 'Y' }],
      ['mutation { createChance(data: { code: "X", number: "Y" }) { id } }', undefined],
    ] as const)
      expect((await world.ask(query, data ? { data } : {})).body.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_REQUEST' })
  })

  it('are deprecated in the schema, with the present name', async () => {
    const query =
      '{ __type(name: "Chance") { fields(includeDeprecated: true) { name isDeprecated deprecationReason } } input: __type(name: "ChanceWhere") { inputFields(includeDeprecated: true) { name deprecationReason } } root: __schema { queryType { fields(includeDeprecated: true) { name deprecationReason } } } }'
    const { data } = (await world.ask(query)).body as unknown as {
      data: {
        __type: { fields: { name: string }[] }
        input: { inputFields: { name: string }[] }
        root: { queryType: { fields: { name: string }[] } }
      }
    }
    const reason = { deprecationReason: 'It is called “number” now.' }
    expect(data.__type.fields).toContainEqual({ name: 'code', isDeprecated: true, ...reason })
    expect(data.input.inputFields).toContainEqual({ name: 'code', ...reason })
    expect(data.root.queryType.fields).toContainEqual({ name: 'deals', deprecationReason: 'It is called “chances” now.' })
  })

  it('are deprecated in the typed client', async () => {
    const models = world.app.app.get(Models)
    const live = await models.current('w_former_names')
    const client = sdkOf(models.profile(live, ['admin']), live.version)
    expect(client).toContain('/** @deprecated It is called “number” now. Number */\n  readonly code: string | null')
  })

  it('are held to the fields of a limited key, which was made when they were present ones', async () => {
    const as = { authorization: `Bearer ${key}` }
    expect((await world.ask('{ deals { nodes { name code } } }', {}, as)).body.errors).toBeUndefined()
    expect((await world.ask('{ chances { nodes { name number } } }', {}, as)).body.errors).toBeUndefined()
    for (const query of [
      '{ deals { nodes { budget } } }',
      '{ deals(where: { client: { name: { eq: "Acme" } } }) { nodes { name } } }',
      'mutation { deleteDeal(id: "1") { id } }',
    ])
      expect((await world.ask(query, {}, as)).body.errors?.[0]?.extensions.code).toBe('FORBIDDEN')
  })

  it('give way to whatever is called so now', async () => {
    const deal = { object: 'deal', plural: 'deals', label: 'Deal', title: 'title', fields: { title: text('Title') } }
    await publish(world.app, world.headers, [deal])
    expect(await world.get('{ deals { nodes { title } } }')).toEqual({ nodes: [] })
    const taken = { ...after, fields: { ...after.fields, code: text('Code') } }
    await expect(publish(world.app, world.headers, [taken])).rejects.toThrow('WAS_TAKEN')
  })

  it('end when they are taken out of `was`', async () => {
    const { was: _, pluralWas: __, ...rest } = after
    const { was: ___, ...number } = after.fields.number as { was?: unknown }
    const { was: ____, ...partner } = after.fields.partner as { was?: unknown }
    const { was: _____, ...amount } = after.fields.amount as { was?: unknown }
    const put = [{ ...rest, fields: { ...rest.fields, number, partner, amount } }]
    const { plan } = dataOf<{ plan: { path: string; detail: unknown }[] }>(
      await post(`${world.app.url}/platform`, 'query($put: [JSON!]) { check(put: $put) { plan } }', { put }, world.headers),
      'check',
    )
    expect(plan).toContainEqual(
      expect.objectContaining({
        path: 'objects/chance/fields/number',
        detail: { en: 'Changed: former names that answer: removed “code”.', 'zh-CN': '修改：仍可使用的曾用名：移除「code」。' },
      }),
    )
    await publish(world.app, world.headers, put)
    expect((await world.ask('{ chances { nodes { code } } }')).body.errors?.[0]?.extensions.code).toBe('BAD_REQUEST')
    expect(await world.get('{ chances { nodes { number amount } } }')).toEqual({ nodes: [{ number: 'C', amount: '7' }] })
  })
})

describe('the version that a request says it knows', () => {
  const said = async (version: string, query: string) => {
    const { status, body } = await post(`${world.app.url}/graphql`, query, {}, { ...world.headers, 'x-tessera-version': version })
    return [status, body.errors?.[0]?.extensions.code, body.errors?.[0]?.extensions.issues.map(({ code }) => code)]
  }

  it('tells who is not understood that the model has changed, and nobody else', async () => {
    expect(await said('1', '{ chances { nodes { code } } }')).toEqual([400, 'BAD_REQUEST', ['MODEL_CHANGED', 'INPUT_INVALID']])
    expect(await said('1', '{ chances { totalCount } }')).toEqual([200, undefined, undefined])
  })

  it('is a positive whole number, else the request is refused, whether or not it is understood', async () => {
    for (const wrong of ['-1', '0', '1.5', '1e3', 'abc', '0x1', '1, 2', '9'.repeat(4_000)])
      for (const query of ['{ chances { totalCount } }', '{ chances { nodes { code } } }'])
        expect([wrong, ...(await said(wrong, query))]).toEqual([wrong, 400, 'BAD_REQUEST', ['MODEL_VERSION_INVALID']])
    expect((await said('99999999', '{ chances { totalCount } }'))[0]).toBe(200)
  })
})
