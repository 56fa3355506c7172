import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { dataOf, post, signInHeaders } from '../support/app.js'
import { everything, type RecordsWorld, recordsWorld } from '../support/records.js'
import { driftsIn } from './computed-drifts.js'

const named = (object: string, plural: string, fields: object = {}) => ({
  object,
  plural,
  label: object,
  title: 'name',
  fields: { name: { type: 'text', label: 'Name' }, ...fields },
})
const objects = [
  named('firm', 'firms', {
    siteCount: { type: 'rollup', label: 'Sites', of: 'sites', function: 'count' },
    tags: { type: 'manyToMany', label: 'Tags', to: 'mark', inverse: 'firms' },
  }),
  named('mark', 'marks'),
  {
    object: 'site',
    plural: 'sites',
    label: 'site',
    title: 'name',
    fields: {
      name: { type: 'text', label: 'Name' },
      code: { type: 'text', label: 'Code', unique: true },
      firm: { type: 'masterDetail', label: 'Firm', to: 'firm', inverse: 'sites' },
    },
  },
  {
    object: 'room',
    plural: 'rooms',
    label: 'room',
    title: 'name',
    fields: { name: { type: 'text', label: 'Name' }, site: { type: 'masterDetail', label: 'Site', to: 'site', inverse: 'rooms' } },
  },
  named('letter', 'letters', { about: { type: 'polymorphic', label: 'About', to: ['firm', 'site'], inverse: 'letters' } }),
  named('person', 'people', { employer: { type: 'lookup', label: 'Employer', to: 'firm', inverse: 'people', onDelete: 'setNull' } }),
  named('bill', 'bills', { payer: { type: 'lookup', label: 'Payer', to: 'firm', inverse: 'bills', onDelete: 'restrict' } }),
  named('permit', 'permits', { place: { type: 'polymorphic', label: 'Place', to: ['site', 'firm'], onDelete: 'cascade' } }),
  named('left', 'lefts', { other: { type: 'lookup', label: 'Other', to: 'right', onDelete: 'cascade' } }),
  named('right', 'rights', { other: { type: 'lookup', label: 'Other', to: 'left', onDelete: 'cascade' } }),
  named('branch', 'branches', {
    above: { type: 'hierarchy', label: 'Above', to: 'branch', inverse: 'below', onDelete: 'lift' },
    countBelow: { type: 'rollup', label: 'Below', of: 'below', function: 'count', tree: true },
  }),
  named('agent', 'agents'),
  {
    ...named('duty', 'duties', {
      agent: { type: 'lookup', label: 'Agent', to: 'agent', inverse: 'duties', onDelete: 'reassign' },
      about: { type: 'polymorphic', label: 'About', to: ['agent', 'mark'], inverse: 'about', onDelete: 'reassign' },
    }),
    rules: [
      {
        rule: 'notForNovices',
        must: { or: [{ '!=': [{ var: 'name' }, 'hard'] }, { '!=': [{ var: 'agent.name' }, 'novice'] }] },
        message: 'A novice may not have {name}',
      },
    ],
  },
  {
    role: 'clerk',
    label: 'Clerk',
    grants: {
      firm: everything,
      person: { actions: ['read'], records: { '!=': [{ var: 'name' }, 'Hidden'] } },
      bill: { actions: ['create'] },
      agent: everything,
      duty: { actions: ['read'], records: { '==': [{ var: 'name' }, 'seen'] } },
    },
  },
]

let world: RecordsWorld
let clerk: Record<string, string>
beforeAll(async () => {
  world = await recordsWorld('deleting', objects, [{}, { email: 'clerk@deleting.test', roles: ['clerk'] }])
  clerk = await signInHeaders(world.app, 'clerk@deleting.test')
})
afterAll(async () => world?.app.close())

const typeOf = (object: string) => `${object[0]?.toUpperCase()}${object.slice(1)}`
const make = async (object: string, data: object = {}) =>
  (
    await world.get<{ id: string }>(`mutation($data: ${typeOf(object)}Create!) { create${typeOf(object)}(data: $data) { id } }`, {
      data: { name: object, ...data },
    })
  ).id
const run = (deed: 'delete' | 'restore', object: string, id: string) =>
  world.ask(`mutation($id: ID!) { ${deed}${typeOf(object)}(id: $id) { id } }`, { id })
const effects = async (object: string, ids: readonly unknown[], headers = world.headers) => {
  const query = 'query($object: String!, $ids: [ID!]!) { deletionEffects(object: $object, ids: $ids) { rule object field count } }'
  const answer = await post(`${world.app.url}/platform`, query, { object, ids }, headers)
  const found = dataOf<{ rule: string; object: string; field: string; count: number }[]>(answer, 'deletionEffects')
  return found.map(({ rule, object: of, field, count }) => `${rule} ${count} ${of}.${field}`)
}
const live = async (plural: string) => (await world.get<{ totalCount: number }>(`{ ${plural} { totalCount } }`)).totalCount

/** A firm with everything that hangs on it. */
async function firm() {
  const id = await make('firm')
  const site = await make('site', { firm: { id } })
  await make('site', { firm: { id } })
  await make('room', { site: { id: site } })
  await make('permit', { place: { site: { id: site } } })
  await make('letter', { about: { site: { id: site } } })
  await make('person', { employer: { id } })
  const mark = await make('mark', { firms: { link: [{ id }] } })
  return { id, site, mark }
}

describe('what deleting records would do', () => {
  it('is told by object and rule, at any depth, and nothing is done', async () => {
    const { id } = await firm()
    expect((await effects('firm', [id])).sort()).toEqual([
      'cascade 1 permit.place',
      'cascade 1 room.site',
      'cascade 2 site.firm',
      'setNull 1 letter.about',
      'setNull 1 person.employer',
      'unlink 1 firmTagsLink.firm',
    ])
    const bill = await make('bill', { payer: { id } })
    expect((await effects('firm', [id]))[0]).toBe('restrict 1 bill.payer')
    expect((await run('delete', 'firm', id)).body.errors?.[0]?.extensions.code).toBe('VALIDATION_FAILED')
    expect((await run('delete', 'bill', bill)).body.errors).toBeUndefined()
    expect((await effects('firm', [id])).filter(one => one.startsWith('restrict'))).toEqual([])
  })

  it('counts only what the caller may see, and tells nothing of what is not there', async () => {
    const { id } = await firm()
    await make('person', { employer: { id }, name: 'Hidden' })
    expect(await effects('firm', [id], clerk)).toEqual(['setNull 1 person.employer'])
    expect(await effects('firm', [id])).toContain('setNull 2 person.employer')
    expect(await effects('firm', [])).toEqual([])
    expect(await effects('firm', ['x', "'; drop table firm", '\u0000', '01890a5d-ac96-774b-bcce-b302099a8057'])).toEqual([])
    const questions = [
      'query($object: String!, $ids: [ID!]!) { deletionEffects(object: $object, ids: $ids) { count } }',
      'query($object: String!, $ids: [ID!]!) { mergeEffects(object: $object, from: $ids) { count } }',
    ]
    for (const object of ['site', 'nothing', '__proto__', ''])
      for (const question of questions) {
        const answer = await post(`${world.app.url}/platform`, question, { object, ids: [id] }, clerk)
        expect(answer.body.errors?.[0]?.extensions.issues).toMatchObject([{ code: 'OBJECT_UNKNOWN', path: 'object' }])
        expect(answer.body.errors?.[0]?.extensions.code).toBe('NOT_FOUND')
      }
  })
})

describe('a deletion', () => {
  it('takes along what belongs to the record as one group, which comes back together, but not what went before', async () => {
    const { id, site } = await firm()
    const extra = await make('site', { firm: { id }, code: 'once' })
    await run('delete', 'site', extra)
    const counts = async () => [
      await live('firms'),
      await live('sites'),
      await live('rooms'),
      await live('permits'),
      await live('firmTagsLinks'),
    ]
    const before = await counts()
    await run('delete', 'firm', id)
    expect(await counts()).toEqual(before.map((count, at) => count - ([1, 2, 1, 1, 1][at] ?? 0)))
    expect((await run('restore', 'site', site)).body.errors?.[0]?.extensions.issues).toMatchObject([
      { code: 'RECORD_UNKNOWN', path: 'firmId' },
    ])
    await run('restore', 'firm', id)
    expect(await counts()).toEqual(before)
    expect(await world.get('query($id: ID!) { firm(id: $id) { siteCount tags { totalCount } people { totalCount } } }', { id })).toEqual({
      siteCount: 2,
      tags: { totalCount: 1 },
      people: { totalCount: 1 },
    })
    expect((await driftsIn(world)).drifts).toEqual([])
  })

  it('empties what only points at the record, until it comes back', async () => {
    const { id } = await firm()
    const person = await make('person', { employer: { id } })
    const employer = () => world.get<{ employerId: string | null }>('query($id: ID!) { person(id: $id) { employerId } }', { id: person })
    await run('delete', 'firm', id)
    expect(await employer()).toEqual({ employerId: null })
    await run('restore', 'firm', id)
    expect(await employer()).toEqual({ employerId: id })
  })

  it('refuses to bring a group back whose unique values were taken meanwhile', async () => {
    const id = await make('firm')
    await make('site', { firm: { id }, code: 'taken' })
    await run('delete', 'firm', id)
    const other = await make('firm')
    await make('site', { firm: { id: other }, code: 'taken' })
    const answer = await run('restore', 'firm', id)
    expect(answer.body.errors?.[0]?.extensions.code).toBe('DUPLICATE')
    expect(await world.get('query($id: ID!) { firm(id: $id) { id } }', { id })).toBeNull()
  })

  it('ends where records that take each other along point in a circle', async () => {
    const left = await make('left')
    const right = await make('right', { other: { id: left } })
    await world.get('mutation($id: ID!, $other: ID) { updateLeft(id: $id, data: { otherId: $other }) { id } }', { id: left, other: right })
    expect(await effects('left', [left])).toEqual(['cascade 1 right.other'])
    expect((await run('delete', 'left', left)).body.errors).toBeUndefined()
    expect([await live('lefts'), await live('rights')]).toEqual([0, 0])
    expect((await run('restore', 'left', left)).body.errors).toBeUndefined()
    expect([await live('lefts'), await live('rights')]).toEqual([1, 1])
  })
})

describe('a tree whose records rise', () => {
  it('puts what stood below a deleted record under what stood above it, also over several that go at once', async () => {
    const top = await make('branch', { name: 'top' })
    const middle = await make('branch', { name: 'middle', aboveId: top })
    const low = await make('branch', { name: 'low', aboveId: middle })
    const leaf = await make('branch', { name: 'leaf', aboveId: low })
    const above = async (id: string) =>
      (await world.get<{ aboveId: string | null }>('query($id: ID!) { branch(id: $id) { aboveId } }', { id })).aboveId
    expect(await effects('branch', [middle, low])).toEqual(['lift 1 branch.above'])
    await world.get('mutation($ids: [ID!]) { deleteBranches(where: { id: { in: $ids } }) { count } }', { ids: [middle, low] })
    expect(await above(leaf)).toBe(top)
    expect(await world.get('query($id: ID!) { branch(id: $id) { countBelow } }', { id: top })).toEqual({ countBelow: 1 })
    await run('delete', 'branch', top)
    expect(await above(leaf)).toBeNull()
    await run('restore', 'branch', top)
    expect(await above(leaf)).toBeNull()
    expect((await driftsIn(world)).drifts).toEqual([])
  })

  it('keeps every record in the tree when several are deleted at the same time', async () => {
    const ids: string[] = []
    for (let depth = 0; depth < 8; depth++)
      ids.push(await make('branch', { name: `b${depth}`, ...(depth > 0 ? { aboveId: ids[depth - 1] } : {}) }))
    await Promise.all(ids.slice(1, 7).map(id => run('delete', 'branch', id)))
    expect(await world.get('query($id: ID!) { branch(id: $id) { aboveId } }', { id: ids[7] })).toEqual({ aboveId: ids[0] })
    expect((await driftsIn(world)).drifts).toEqual([])
  })
})

describe('records that are handed over', () => {
  const remove = (id: string, reassignTo: unknown, headers = world.headers) =>
    post(
      `${world.app.url}/graphql`,
      'mutation($id: ID!, $to: ID) { deleteAgent(id: $id, reassignTo: $to) { id } }',
      { id, to: reassignTo },
      headers,
    )
  const issuesOf = ({ body }: Awaited<ReturnType<typeof remove>>) =>
    body.errors?.flatMap(({ extensions }) => extensions.issues.map(({ code, path }) => `${code} ${path}`)) ?? []

  it('need somebody to take them, and go to who is named', async () => {
    const [leaving, taking] = [await make('agent'), await make('agent')]
    const duty = await make('duty', { agentId: leaving, about: { agent: { id: leaving } } })
    expect(await effects('agent', [leaving])).toEqual(['reassign 1 duty.agent', 'reassign 1 duty.about'])
    expect(issuesOf(await remove(leaving, null))).toEqual(['DELETE_HANDS_OVER reassignTo', 'DELETE_HANDS_OVER reassignTo'])
    for (const wrong of [leaving, 'none', '\u0000', '01890a5d-ac96-774b-bcce-b302099a8057', await make('mark')])
      expect(issuesOf(await remove(leaving, wrong))).toEqual(['SUCCESSOR_UNFIT reassignTo'])
    expect(issuesOf(await remove(leaving, taking))).toEqual([])
    expect(await world.get('query($id: ID!) { duty(id: $id) { agentId aboutId version } }', { id: duty })).toEqual({
      agentId: taking,
      aboutId: taking,
      version: 2,
    })
    expect(issuesOf(await remove(await make('agent'), null))).toEqual([])
  })

  it('leave alone what points at a record of another object, and are judged as they will be', async () => {
    const [leaving, novice] = [await make('agent'), await make('agent', { name: 'novice' })]
    const mark = await make('mark')
    const duty = await make('duty', { name: 'hard', agentId: leaving, about: { mark: { id: mark } } })
    expect(issuesOf(await remove(leaving, novice))).toHaveLength(1)
    expect(await world.get('query($id: ID!) { duty(id: $id) { agentId } }', { id: duty })).toEqual({ agentId: leaving })
    expect(issuesOf(await remove(leaving, await make('agent')))).toEqual([])
    expect(await world.get('query($id: ID!) { duty(id: $id) { aboutId } }', { id: duty })).toEqual({ aboutId: mark })
  })

  it('go over whether who deletes sees them or not, and what is wrong with one that they do not see is not told', async () => {
    const [leaving, novice, taking] = [await make('agent'), await make('agent', { name: 'novice' }), await make('agent')]
    const duty = await make('duty', { name: 'hard', agentId: leaving })
    expect(issuesOf(await remove(leaving, novice, clerk))).toEqual(['DELETE_HIDDEN '])
    expect(issuesOf(await remove(leaving, taking, clerk))).toEqual([])
    expect(await world.get('query($id: ID!) { duty(id: $id) { agentId } }', { id: duty })).toEqual({ agentId: taking })
  })
})
