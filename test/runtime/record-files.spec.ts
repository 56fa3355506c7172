import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { dataOf, post, signInHeaders, startTestApp, type TestApp } from '../support/app.js'
import { upload } from '../support/files.js'
import { publish } from '../support/publish.js'

let app: TestApp
let admin: Record<string, string>
let rep: Record<string, string>
let other: Record<string, string>

const own = { '==': [{ var: 'record.owner' }, { var: 'user.id' }] }
const actions = ['read', 'create', 'update']

beforeAll(async () => {
  const member = (name: string, role: string) => ({ email: `${name}@papers.test`, name, roles: [role] })
  app = await startTestApp('papers', [{}, member('rep', 'rep'), member('other', 'reader'), member('blind', 'blind')])
  admin = await signInHeaders(app, 'admin@papers.test')
  await publish(app, admin, [
    { role: 'admin', label: 'Admin', admin: true, grants: { '*': { actions } } },
    { role: 'rep', label: 'Rep', grants: { paper: { actions, records: own } } },
    { role: 'reader', label: 'Reader', grants: { paper: { actions, records: { '==': [{ var: 'open' }, true] } } } },
    { role: 'blind', label: 'Blind', grants: { paper: { actions, fields: { scan: 'hidden' } } } },
    {
      object: 'paper',
      plural: 'papers',
      label: 'Paper',
      title: 'name',
      fields: {
        name: { type: 'text' },
        open: { type: 'boolean' },
        scan: { type: 'file', accept: '.pdf,text/csv', maxSize: 100 },
        photo: { type: 'image' },
        annexes: { type: 'file', multiple: true, maxFiles: 3, accept: '.csv' },
      },
    },
  ])
  rep = await signInHeaders(app, 'rep@papers.test')
  other = await signInHeaders(app, 'other@papers.test')
})
afterAll(() => app?.close())

const ask = (headers: Record<string, string>, query: string, variables: Record<string, unknown> = {}) =>
  post(`${app.url}/graphql`, query, variables, headers)
const create = (headers: Record<string, string>, data: object) =>
  ask(headers, 'mutation($data: PaperCreate!) { createPaper(data: $data) { id scan { id name type size } } }', { data })
const update = (headers: Record<string, string>, id: string, data: object) =>
  ask(headers, 'mutation($id: ID!, $data: PaperUpdate!) { updatePaper(id: $id, data: $data) { scan { name __typename } } }', { id, data })
const status = async (id: string, headers: Record<string, string>) => (await fetch(`${app.url}/files/${id}`, { headers })).status

describe('a file in a record', () => {
  it('is told of with the record, and is for whoever may read that field of the record', async () => {
    const blind = await signInHeaders(app, 'blind@papers.test')
    const id = await upload(app.url, rep, 'a.csv', 'one')
    const paper = dataOf<{ id: string; scan: object }>(await create(rep, { name: 'a', scan: { id } }), 'createPaper')
    expect(paper.scan).toEqual({ id, name: 'a.csv', type: 'text/csv', size: 3 })
    const askers = [rep, other, blind, admin]
    expect(await Promise.all(askers.map(headers => status(id, headers)))).toEqual([200, 404, 404, 200])
    dataOf(await update(admin, paper.id, { open: true }), 'updatePaper')
    expect(await status(id, other)).toBe(200)
  })

  it('is refused when it is of another type, too large, of somebody else, or in another record already', async () => {
    const codeOf = async (headers: Record<string, string>, scan: object) =>
      (await create(headers, { name: 'x', scan })).body.errors?.[0]?.extensions.issues.map(({ code, path }) => `${code} ${path}`)
    const mine = await upload(app.url, rep, 'mine.csv', 'x')
    expect(await codeOf(rep, { id: await upload(app.url, rep, 'large.csv', 'x'.repeat(101)) })).toEqual(['FILE_TOO_LARGE scan'])
    expect(await codeOf(other, { id: mine })).toEqual(['FILE_UNKNOWN scan'])
    const held = dataOf<{ id: string }>(await create(rep, { name: 'm', scan: { id: mine } }), 'createPaper')
    expect(await codeOf(rep, { id: mine })).toEqual(['FILE_UNKNOWN scan'])
    const photo = await create(rep, { name: 'p', photo: { id: await upload(app.url, rep, 'no.csv', 'x') } })
    expect(photo.body.errors?.[0]?.extensions.issues[0]).toMatchObject({ code: 'FILE_TYPE', path: 'photo' })
    expect(held.id).toBeTruthy()
  })

  it('can be given back as it was read, replaced and let go', async () => {
    const [first, second] = [await upload(app.url, rep, '1.csv', '1'), await upload(app.url, rep, '2.csv', '2')]
    const paper = dataOf<{ id: string; scan: object }>(await create(rep, { name: 'r', scan: { id: first } }), 'createPaper')
    expect(dataOf(await update(rep, paper.id, { scan: paper.scan }), 'updatePaper')).toEqual({
      scan: { name: '1.csv', __typename: 'File' },
    })
    expect(dataOf(await update(rep, paper.id, { scan: { id: second } }), 'updatePaper')).toMatchObject({ scan: { name: '2.csv' } })
    expect(dataOf(await update(rep, paper.id, { scan: null }), 'updatePaper')).toEqual({ scan: null })
    expect(dataOf(await update(rep, paper.id, { scan: { id: first } }), 'updatePaper')).toMatchObject({ scan: { name: '1.csv' } })
  })
})

describe('several files in a record', () => {
  const createWith = (annexes: unknown) =>
    ask(rep, 'mutation($data: PaperCreate!) { createPaper(data: $data) { id annexes { id name __typename } } }', {
      data: { name: 'several', annexes },
    })
  const updateTo = (id: string, annexes: unknown) =>
    ask(rep, 'mutation($id: ID!, $data: PaperUpdate!) { updatePaper(id: $id, data: $data) { annexes { name } } }', {
      id,
      data: { annexes },
    })
  const files = (...names: string[]) => Promise.all(names.map(name => upload(app.url, rep, name, name)))
  const asInput = (ids: readonly (string | undefined)[]) => ids.map(id => ({ id }))

  it('keep the order that they are given in, each once, and are empty as nothing', async () => {
    const [a, b, c] = await files('a.csv', 'b.csv', 'c.csv')
    const paper = dataOf<{ id: string; annexes: object[] }>(await createWith(asInput([c, a, c])), 'createPaper')
    expect(paper.annexes).toEqual([
      { id: c, name: 'c.csv', __typename: 'File' },
      { id: a, name: 'a.csv', __typename: 'File' },
    ])
    expect(dataOf(await updateTo(paper.id, asInput([a, b, c])), 'updatePaper')).toEqual({
      annexes: [{ name: 'a.csv' }, { name: 'b.csv' }, { name: 'c.csv' }],
    })
    expect(dataOf(await ask(rep, '{ papers(where: { annexes: { isNull: false } }) { totalCount } }'), 'papers')).toEqual({ totalCount: 1 })
    expect(dataOf(await updateTo(paper.id, []), 'updatePaper')).toEqual({ annexes: null })
    expect(dataOf(await createWith(null), 'createPaper')).toMatchObject({ annexes: null })
  })

  it('are for whoever may read the record, and let go one by one', async () => {
    const [a, b] = await files('a.csv', 'b.csv')
    const paper = dataOf<{ id: string }>(await createWith(asInput([a, b])), 'createPaper')
    dataOf(await ask(admin, 'mutation($id: ID!) { updatePaper(id: $id, data: { open: true }) { id } }', { id: paper.id }), 'updatePaper')
    expect(await Promise.all([a, b].map(id => status(id ?? '', other)))).toEqual([200, 200])
    dataOf(await updateTo(paper.id, asInput([b])), 'updatePaper')
    expect(await Promise.all([a, b].map(id => status(id ?? '', other)))).toEqual([404, 200])
  })

  it('are refused when they are too many, of another type, or held elsewhere', async () => {
    const problems = async (ids: readonly (string | undefined)[]) =>
      (await createWith(asInput(ids))).body.errors?.[0]?.extensions.issues.map(({ code, path }) => `${code} ${path}`)
    const [a, b, c, d, e] = await files('a.csv', 'b.csv', 'c.csv', 'd.csv', 'e.txt')
    expect(await problems([a, b, c, d])).toEqual(['VALUES_TOO_MANY annexes'])
    expect(await problems([a, e])).toEqual(['FILE_TYPE annexes'])
    dataOf(await createWith(asInput([a])), 'createPaper')
    expect(await problems([a, b])).toEqual(['FILE_UNKNOWN annexes'])
    expect(await problems(['0195f2a0-0000-7000-8000-000000000000'])).toEqual(['FILE_UNKNOWN annexes'])
  })
})
