import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { filledCandidates } from '../../platform/model/candidates.js'
import { compileModel } from '../../platform/model/compile.js'
import { dataOf } from '../support/app.js'
import { type RecordsWorld, recordsWorld } from '../support/records.js'

const candidates = {
  or: [
    { '==': [{ var: 'parent.party' }, null] },
    { and: [{ '==': [{ var: 'party' }, { var: 'parent.party' }] }, { '!=': [{ var: 'party.closed' }, true] }] },
  ],
}
const deal = {
  object: 'deal',
  plural: 'deals',
  label: 'Deal',
  title: 'name',
  fields: {
    name: { type: 'text', label: 'Name' },
    party: { type: 'lookup', label: 'Party', to: 'party', inverse: 'deals' },
    person: { type: 'lookup', label: { en: 'Person', 'zh-CN': '联系人' }, to: 'person', inverse: 'deals', candidates },
    province: { type: 'select', label: 'Province', options: [{ value: 'bj' }, { value: 'sh' }] },
    city: {
      type: 'select',
      label: 'City',
      dependsOn: 'province',
      options: [
        { value: 'haidian', of: ['bj'] },
        { value: 'pudong', of: ['sh'] },
      ],
    },
  },
}
const definitions = [
  {
    object: 'party',
    plural: 'parties',
    label: 'Party',
    title: 'name',
    fields: { name: { type: 'text', label: 'Name', unique: true }, closed: { type: 'boolean', label: 'Closed' } },
  },
  {
    object: 'person',
    plural: 'persons',
    label: 'Person',
    title: 'name',
    fields: {
      name: { type: 'text', label: 'Name', unique: true },
      party: { type: 'lookup', label: 'Party', to: 'party', inverse: 'people' },
    },
  },
  deal,
]

let world: RecordsWorld
const ids: Record<string, string> = {}
beforeAll(async () => {
  world = await recordsWorld('records-choices', definitions)
  const make = async (type: string, data: object) =>
    dataOf<{ id: string }>(
      await world.ask(`mutation($data: ${type}Create!) { create${type}(data: $data) { id } }`, { data }),
      `create${type}`,
    ).id
  ids.red = await make('Party', { name: 'Red' })
  ids.blue = await make('Party', { name: 'Blue' })
  ids.closed = await make('Party', { name: 'Closed', closed: true })
  for (const [name, party] of [
    ['Rita', 'red'],
    ['Bob', 'blue'],
    ['Carl', 'closed'],
  ] as const)
    ids[name] = await make('Person', { name, partyId: ids[party] })
})
afterAll(async () => world?.app.close())

const create = (data: object) => world.ask('mutation($data: DealCreate!) { createDeal(data: $data) { id } }', { data })
const update = (id: string, data: object) =>
  world.ask('mutation($id: ID!, $data: DealUpdate!) { updateDeal(id: $id, data: $data) { id } }', { id, data })
const problems = (answer: Awaited<ReturnType<typeof create>>) =>
  answer.body.errors?.[0]?.extensions.issues.map(found => `${found.code} ${found.path}`) ?? []

describe('a lookup with a rule over its candidates', () => {
  it('takes records that fit, and no others', async () => {
    expect(problems(await create({ partyId: ids.red, personId: ids.Rita }))).toEqual([])
    expect(problems(await create({ partyId: ids.red, personId: ids.Bob }))).toEqual(['CANDIDATE_UNFIT personId'])
    expect(problems(await create({ personId: ids.Bob }))).toEqual([])
    expect(problems(await create({ partyId: ids.closed, personId: ids.Carl }))).toEqual(['CANDIDATE_UNFIT personId'])
    expect(problems(await create({ partyId: ids.red, person: { by: { name: 'Bob' } } }))).toEqual(['CANDIDATE_UNFIT personId'])
  })

  it('looks at records that the same request makes', async () => {
    const made = { create: { name: 'New', partyId: ids.blue } }
    expect(problems(await create({ partyId: ids.red, person: made }))).toEqual(['CANDIDATE_UNFIT personId'])
    expect(problems(await create({ partyId: ids.blue, person: made }))).toEqual([])
  })

  it('is asked when it changes, or what it is to fit to, and not otherwise', async () => {
    const { id } = dataOf<{ id: string }>(await create({ partyId: ids.red, personId: ids.Rita }), 'createDeal')
    expect(problems(await update(id, { partyId: ids.blue }))).toEqual(['CANDIDATE_UNFIT personId'])
    expect(problems(await update(id, { partyId: ids.blue, personId: ids.Bob }))).toEqual([])
    await world.ask('mutation($id: ID!, $to: ID!) { updatePerson(id: $id, data: { partyId: $to }) { id } }', { id: ids.Bob, to: ids.red })
    expect(problems(await update(id, { name: 'still goes' }))).toEqual([])
    await world.ask('mutation($id: ID!, $to: ID!) { updatePerson(id: $id, data: { partyId: $to }) { id } }', { id: ids.Bob, to: ids.blue })
  })

  it('refuses single rows of a batch', async () => {
    const data = [
      { partyId: ids.red, personId: ids.Rita },
      { partyId: ids.red, personId: ids.Bob },
    ]
    const answer = await world.ask(
      'mutation($data: [DealCreate!]!) { createDeals(data: $data, atomic: false) { count issues { row code } } }',
      { data },
    )
    expect(answer.body.data?.createDeals).toEqual({ count: 1, issues: [{ row: 1, code: 'CANDIDATE_UNFIT' }] })
  })

  it('offers in a form what it will take, by a rule that the API answers', async () => {
    const offered = async (values: object) => {
      const { model } = compileModel(
        definitions
          .map(definition => ('object' in definition ? { kind: 'object', name: definition.object, definition } : null))
          .filter(one => one !== null) as never,
      )
      const object = model.objects.deal
      if (!object) throw new Error('No object')
      const rule = filledCandidates(candidates, object, { ...values })
      const found = await world.get<{ nodes: { name: string }[] }>(
        'query($where: PersonWhere) { persons(where: $where, orderBy: [{ name: ASC }]) { nodes { name } } }',
        { where: { and: [{ rule }, { name: { in: ['Rita', 'Bob', 'Carl'] } }] } },
      )
      return found.nodes.map(({ name }) => name)
    }
    expect(await offered({ partyId: ids.red })).toEqual(['Rita'])
    expect(await offered({ partyId: ids.closed })).toEqual([])
    expect(await offered({ partyId: null })).toEqual(['Bob', 'Carl', 'Rita'])
  })

  it('is checked when it is published', () => {
    const issues = (rule: unknown) =>
      compileModel(
        [...definitions.slice(0, 2), { ...deal, fields: { ...deal.fields, person: { ...deal.fields.person, candidates: rule } } }].map(
          definition => ({
            kind: 'object',
            name: (definition as { object: string }).object,
            definition,
          }),
        ) as never,
      ).issues.map(found => `${found.code} ${found.path}`)
    expect(issues(candidates)).toEqual([])
    expect(issues({ '==': [{ var: 'party' }, { var: 'parent.nobody' }] })).toEqual([
      'RULE_FIELD_UNKNOWN objects/deal/fields/person/candidates/==/1/var',
    ])
    expect(issues({ '==': [{ var: 'name' }, { var: 'parent.party' }] }).length).toBe(1)
  })
})

describe('choices that depend on choices, on the server', () => {
  it('are refused where they do not fit, when one of the two changes', async () => {
    expect(problems(await create({ province: 'bj', city: 'pudong' }))).toEqual(['OPTION_UNFIT city'])
    const { id } = dataOf<{ id: string }>(await create({ province: 'bj', city: 'haidian' }), 'createDeal')
    expect(problems(await update(id, { province: 'sh' }))).toEqual(['OPTION_UNFIT city'])
    expect(problems(await update(id, { province: 'sh', city: null }))).toEqual([])
    expect(problems(await update(id, { city: 'pudong', name: 'x' }))).toEqual([])
  })
})
