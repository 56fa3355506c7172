import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Answer, dataOf, post, signInHeaders } from '../support/app.js'
import { type RecordsWorld, recordsWorld, trade } from '../support/records.js'

type Headers = Record<string, string>
interface Draft {
  id: string
  name: string
  author: string
  editors: string[]
  base: number
  revision: number
  count: number
  changedBy: string
  entries?: unknown[]
}

let world: RecordsWorld
let other: Headers
let clerk: Headers
let ids: { readonly own: string; readonly other: string }

const platform = (query: string, variables: Record<string, unknown>, headers: Headers): Promise<Answer> =>
  post(`${world.app.url}/platform`, query, variables, headers)
const meOf = async (headers: Headers) => dataOf<{ id: string }>(await platform('{ me { id } }', {}, headers), 'me').id

beforeAll(async () => {
  const role = { role: 'clerk', label: 'Clerk', grants: { deal: { actions: ['read'] } } }
  world = await recordsWorld(
    'drafts',
    [...trade, role],
    [
      {},
      { email: 'second@drafts.test', name: 'Sam Second', roles: ['admin'], locale: 'en' },
      { email: 'clerk@drafts.test', name: 'Cleo Clerk', roles: ['clerk'], locale: 'en' },
    ],
  )
  other = await signInHeaders(world.app, 'second@drafts.test')
  clerk = await signInHeaders(world.app, 'clerk@drafts.test')
  ids = { own: await meOf(world.headers), other: await meOf(other) }
})
afterAll(() => world.app.close())

const fields = 'id name author editors base revision count changedBy'
const entry = (label: string) => ({
  kind: 'view',
  name: 'rich',
  before: null,
  after: { view: 'rich', label, object: 'deal', kind: 'list', columns: ['name'] },
})
const list = async (headers: Headers) => dataOf<Draft[]>(await platform(`{ drafts { ${fields} } }`, {}, headers), 'drafts')
const begin = async (headers: Headers, name: string, entries: unknown[] = []) =>
  dataOf<Draft>(
    await platform(
      `mutation($name: String!, $entries: [JSON!]!) { beginDraft(name: $name, entries: $entries) { ${fields} entries } }`,
      { name, entries },
      headers,
    ),
    'beginDraft',
  )
const save = (headers: Headers, id: string, revision: number, entries: unknown[]) =>
  platform(
    `mutation($id: ID!, $revision: Int!, $base: Int!, $entries: [JSON!]!) { saveDraft(id: $id, revision: $revision, base: $base, entries: $entries) { ${fields} } }`,
    { id, revision, base: 1, entries },
    headers,
  )
const open = (headers: Headers, id: string) => platform(`query($id: ID!) { draft(id: $id) { ${fields} entries } }`, { id }, headers)
const describeDraft = (headers: Headers, id: string, name: string, editors: string[]) =>
  platform(
    `mutation($id: ID!, $name: String!, $editors: [ID!]!) { describeDraft(id: $id, name: $name, editors: $editors) { ${fields} } }`,
    { id, name, editors },
    headers,
  )
const discard = (headers: Headers, id: string) => platform('mutation($id: ID!) { discardDraft(id: $id) }', { id }, headers)
const codes = (answer: Answer) => answer.body.errors?.map(({ extensions }) => [extensions.code, extensions.issues.map(({ code }) => code)])

describe('drafts', () => {
  it('are begun on the version that is live, and kept with every save', async () => {
    const [live] = dataOf<{ number: number }[]>(await platform('{ versions { number } }', {}, world.headers), 'versions')
    const draft = await begin(world.headers, ' Spring ', [entry('Rich')])
    expect(draft).toMatchObject({
      name: 'Spring',
      author: ids.own,
      editors: [],
      base: live?.number,
      revision: 1,
      count: 1,
      entries: [entry('Rich')],
    })
    expect(dataOf(await save(world.headers, draft.id, 1, [entry('Richer')]), 'saveDraft')).toMatchObject({
      revision: 2,
      changedBy: ids.own,
    })
    expect(dataOf<Draft>(await open(world.headers, draft.id), 'draft').entries).toEqual([entry('Richer')])
  })

  it('are seen by nobody but their authors, admins among them, until somebody is let in', async () => {
    const { id } = await begin(world.headers, 'Mine')
    expect(await list(other)).toEqual([])
    for (const refused of [open(other, id), save(other, id, 1, []), discard(other, id), describeDraft(other, id, 'Taken', [])])
      expect(codes(await refused)).toEqual([['NOT_FOUND', ['RECORD_NOT_FOUND']]])
    dataOf(await describeDraft(world.headers, id, 'Ours', [ids.other]), 'describeDraft')
    expect(await list(other)).toMatchObject([{ id, name: 'Ours', editors: [ids.other] }])
    expect(dataOf(await save(other, id, 1, [entry('By Sam')]), 'saveDraft')).toMatchObject({ revision: 2, changedBy: ids.other })
    expect(codes(await discard(other, id))).toEqual([['NOT_FOUND', ['RECORD_NOT_FOUND']]])
  })

  it('tell whoever saves over a revision of somebody else, and keep what that one saved', async () => {
    const { id } = await begin(world.headers, 'Both')
    dataOf(await describeDraft(world.headers, id, 'Both', [ids.other]), 'describeDraft')
    const answers = await Promise.all([save(world.headers, id, 1, [entry('One')]), save(other, id, 1, [entry('Two')])])
    expect(answers.map(answer => codes(answer) ?? 'saved').sort()).toEqual([[['CONFLICT', ['DRAFT_STALE']]], 'saved'])
    const winner = codes(answers[0]) === undefined ? 'One' : 'Two'
    expect(dataOf<Draft>(await open(world.headers, id), 'draft')).toMatchObject({ revision: 2, entries: [entry(winner)] })
  })

  it('take nothing that is no definition of its name', async () => {
    const { id } = await begin(world.headers, 'Strict')
    const wrong = [{ ...entry('x'), name: 'other' }, { kind: 'view', name: 'rich', before: null, after: null }, 'text', entry('good')]
    const answer = await save(world.headers, id, 1, wrong)
    expect(answer.body.errors?.[0]?.extensions.issues.map(({ path }) => path)).toEqual(['entries/0', 'entries/1', 'entries/2'])
  })

  it('refuse names and versions that cannot be, and what is nested beyond all measure', async () => {
    const named = await describeDraft(world.headers, (await begin(world.headers, 'Named')).id, 'a\u0000b', [])
    expect(codes(named)).toEqual([['VALIDATION_FAILED', ['INPUT_INVALID']]])
    const { id } = await begin(world.headers, 'Versions')
    const ofNone = `mutation($id: ID!, $base: Int!) { saveDraft(id: $id, revision: 1, base: $base, entries: []) { id } }`
    for (const base of [-1, 99_999])
      expect(codes(await platform(ofNone, { id, base }, world.headers))).toEqual([['VALIDATION_FAILED', ['VERSION_UNKNOWN']]])
    const deep = JSON.parse(`${'{"a":'.repeat(900)}1${'}'.repeat(900)}`) as unknown
    expect(codes(await save(world.headers, id, 1, [{ kind: 'view', name: 'a', before: null, after: { view: 'a', label: deep } }]))).toEqual(
      [['TOO_COMPLEX', ['INPUT_INVALID']]],
    )
  })

  it('are for admins, and go when their authors throw them away', async () => {
    const { id } = await begin(world.headers, 'Gone')
    expect(codes(await platform('{ drafts { id } }', {}, clerk))).toEqual([['FORBIDDEN', ['ADMIN_NEEDED']]])
    expect(codes(await describeDraft(world.headers, id, 'Gone', ['00000000-0000-7000-8000-000000000000']))).toEqual([
      ['VALIDATION_FAILED', ['RECORD_NOT_FOUND']],
    ])
    expect(dataOf(await discard(world.headers, id), 'discardDraft')).toBe(true)
    expect(codes(await open(world.headers, id))).toEqual([['NOT_FOUND', ['RECORD_NOT_FOUND']]])
  })
})
