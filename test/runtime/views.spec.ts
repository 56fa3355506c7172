import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Answer, dataOf, post, signInHeaders } from '../support/app.js'
import { type RecordsWorld, recordsWorld, trade } from '../support/records.js'

type Headers = Record<string, string>
interface View {
  id: string
  name: string
  isMine: boolean
  isShared: boolean
  columns: string[] | null
  owner: string
}

let world: RecordsWorld
let clerk: Headers
let outsider: Headers

beforeAll(async () => {
  const role = { role: 'clerk', label: 'Clerk', grants: { deal: { actions: ['read'] } } }
  const other = { role: 'other', label: 'Other', grants: { party: { actions: ['read'] } } }
  world = await recordsWorld(
    'views',
    [...trade, role, other],
    [
      {},
      { email: 'clerk@views.test', name: 'Cleo Clerk', roles: ['clerk'], locale: 'en' },
      { email: 'other@views.test', name: 'Otto Other', roles: ['other'], locale: 'en' },
    ],
  )
  clerk = await signInHeaders(world.app, 'clerk@views.test')
  outsider = await signInHeaders(world.app, 'other@views.test')
})
afterAll(() => world.app.close())

const fields = 'id name isMine isShared columns owner'
const ask = (query: string, variables: Record<string, unknown>, headers: Headers): Promise<Answer> =>
  post(`${world.app.url}/platform`, query, variables, headers)
const save = (view: Record<string, unknown>, headers: Headers) =>
  ask(
    `mutation($object: String!, $name: String!, $query: String!, $id: ID, $columns: [String!], $isShared: Boolean) { saveView(object: $object, name: $name, query: $query, id: $id, columns: $columns, isShared: $isShared) { ${fields} } }`,
    { object: 'deal', query: 'f=stage.in.open', isShared: false, ...view },
    headers,
  )
const list = async (headers: Headers) =>
  dataOf<View[]>(await ask(`{ savedViews(object: "deal") { ${fields} } }`, {}, headers), 'savedViews')
const codes = (answer: Answer) => answer.body.errors?.map(({ extensions }) => [extensions.code, extensions.issues.map(({ path }) => path)])

describe('views that members save', () => {
  it('are for whoever saved them, and for everybody who may read the object once shared', async () => {
    dataOf(await save({ name: 'Mine' }, clerk), 'saveView')
    dataOf(await save({ name: 'For all', isShared: true, columns: ['name', 'amount'] }, clerk), 'saveView')
    expect((await list(clerk)).map(({ name, isMine }) => [name, isMine])).toEqual([
      ['For all', true],
      ['Mine', true],
    ])
    expect(await list(world.headers)).toMatchObject([
      { name: 'For all', isMine: false, isShared: true, columns: ['name', 'amount'], owner: 'Cleo Clerk' },
    ])
    expect(codes(await ask('{ savedViews(object: "deal") { id } }', {}, outsider))).toEqual([['NOT_FOUND', ['object']]])
  })

  it('are replaced by the same name or by their id', async () => {
    const again = dataOf<View>(await save({ name: ' Mine ', columns: ['stage'] }, clerk), 'saveView')
    const renamed = dataOf<View>(await save({ name: 'Renamed', id: again.id }, clerk), 'saveView')
    expect([renamed.id, (await list(clerk)).map(({ name }) => name)]).toEqual([again.id, ['For all', 'Renamed']])
  })

  it('are changed and removed by whoever saved them, shared ones also by an admin', async () => {
    const [shared, own] = await list(clerk)
    const remove = (id: string | undefined, headers: Headers) => ask('mutation($id: ID!) { deleteView(id: $id) }', { id }, headers)
    expect(codes(await remove(own?.id, world.headers))).toEqual([['NOT_FOUND', ['id']]])
    expect(codes(await save({ name: 'Taken', id: own?.id }, world.headers))).toEqual([['NOT_FOUND', ['id']]])
    expect(dataOf(await save({ name: 'By admin', id: shared?.id, isShared: true }, world.headers), 'saveView')).toMatchObject({
      owner: 'Cleo Clerk',
    })
    expect(dataOf(await remove(shared?.id, world.headers), 'deleteView')).toBe(true)
    expect((await list(clerk)).map(({ name }) => name)).toEqual(['Renamed'])
    expect(codes(await remove('no id', clerk))).toEqual([['NOT_FOUND', ['id']]])
  })

  it('say everything that is wrong at once', async () => {
    expect(codes(await save({ name: ' ', query: 'x'.repeat(4_001), columns: Array(101).fill('name') }, clerk))).toEqual([
      ['VALIDATION_FAILED', ['name', 'query', 'columns']],
    ])
  })
})
