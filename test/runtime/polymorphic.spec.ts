import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { dataOf, post, signInHeaders } from '../support/app.js'
import { upload } from '../support/files.js'
import { runImport } from '../support/imports.js'
import { everything, type RecordsWorld, recordsWorld } from '../support/records.js'
import { driftsIn } from './computed-drifts.js'

const named = (object: string, plural: string, more: object = {}) => ({
  object,
  plural,
  label: object,
  title: 'name',
  fields: {
    name: { type: 'text', label: 'Name', required: true },
    code: { type: 'text', label: 'Code', unique: true },
    noteCount: { type: 'rollup', label: 'Notes', of: 'notes', function: 'count' },
    ...more,
  },
})
const objects = [
  named('house', 'houses', { isShut: { type: 'boolean', label: 'Shut' } }),
  named('boat', 'boats'),
  {
    object: 'note',
    plural: 'notes',
    label: 'Note',
    title: 'text',
    fields: {
      text: { type: 'text', label: 'Text' },
      about: { type: 'polymorphic', label: 'About', to: ['house', 'boat'], inverse: 'notes', inverseLabel: 'Notes' },
      keptFor: { type: 'polymorphic', label: 'Kept for', to: ['boat'], onDelete: 'restrict' },
    },
  },
  {
    role: 'rep',
    label: 'Rep',
    grants: { note: everything, house: { actions: ['read'], records: { '!=': [{ var: 'isShut' }, true] } }, boat: { actions: ['read'] } },
  },
  { role: 'boats', label: 'Boats', grants: { note: everything, boat: { actions: ['read'] } } },
  { role: 'none', label: 'None', grants: { note: everything } },
]

let world: RecordsWorld
const headers: Record<string, Record<string, string>> = {}
beforeAll(async () => {
  const roles = ['rep', 'boats', 'none']
  world = await recordsWorld('polymorphic', objects, [{}, ...roles.map(role => ({ email: `${role}@polymorphic.test`, roles: [role] }))])
  for (const role of roles) headers[role] = await signInHeaders(world.app, `${role}@polymorphic.test`)
})
afterAll(async () => world?.app.close())

const shown = 'id aboutId aboutType about { __typename ... on House { id name } ...OnBoat }'
const fragment = 'fragment OnBoat on Boat { name code }'
type Shown = Readonly<Record<string, unknown>>
const issuesOf = (answer: Awaited<ReturnType<RecordsWorld['ask']>>) =>
  (answer.body.errors ?? []).flatMap(({ extensions }) => extensions.issues as { code: string; path: string }[])
const make = async (object: string, data: object) =>
  (await world.get<{ id: string }>(`mutation($data: ${object}Create!) { create${object}(data: $data) { id } }`, { data })).id
const note = (about: object | null, text = 'n') =>
  world.get<Shown>(`mutation($data: NoteCreate!) { createNote(data: $data) { ${shown} } } ${fragment}`, { data: { text, about } })
const rewrite = (id: unknown, about: object | null) =>
  world.get<Shown>(`mutation($id: ID!, $data: NoteUpdate!) { updateNote(id: $id, data: $data) { ${shown} } } ${fragment}`, {
    id,
    data: { about },
  })

describe('a field that points at several objects', () => {
  it('is written by object and id, key or a new record, and read as a union', async () => {
    const house = await make('House', { name: 'H' })
    await make('Boat', { name: 'B', code: 'b' })
    const made = await note({ house: { id: house } })
    expect(made).toMatchObject({ aboutId: house, aboutType: 'house', about: { __typename: 'House', id: house, name: 'H' } })
    expect(await rewrite(made.id, { boat: { by: { code: 'b' } } })).toMatchObject({
      aboutType: 'boat',
      about: { __typename: 'Boat', name: 'B', code: 'b' },
    })
    expect(await rewrite(made.id, { boat: { create: { name: 'New' } } })).toMatchObject({ about: { name: 'New', code: null } })
    expect(await rewrite(made.id, null)).toMatchObject({ aboutId: null, aboutType: null, about: null })
    const answer = await world.ask(`mutation($data: NoteCreate!) { createNote(data: $data) { id } }`, {
      data: { about: { boat: { id: house } } },
    })
    expect(issuesOf(answer)[0]).toMatchObject({
      code: 'RECORD_UNKNOWN',
      path: 'aboutId',
    })
  })

  it('is counted and listed at each object, and filtered by each', async () => {
    const [house, boat] = [await make('House', { name: 'Listed house' }), await make('Boat', { name: 'Listed boat' })]
    const one = await note({ house: { id: house } }, 'one')
    const two = await note({ boat: { id: boat } }, 'two')
    const read = await world.get('query($id: ID!) { house(id: $id) { noteCount notes { totalCount nodes { text } } } }', { id: house })
    expect(read).toEqual({ noteCount: 1, notes: { totalCount: 1, nodes: [{ text: 'one' }] } })
    const list = async (where: object) =>
      (
        await world.get<{ nodes: { id: string }[] }>(
          'query($where: NoteWhere) { notes(where: $where, orderBy: [{ text: ASC }]) { nodes { id } } }',
          { where },
        )
      ).nodes.map(({ id }) => id)
    const both = { id: { in: [one.id, two.id] } }
    expect(await list({ about: { house: { name: { eq: 'Listed house' } } } })).toEqual([one.id])
    expect(await list({ ...both, aboutType: { eq: 'boat' } })).toEqual([two.id])
    expect(await list({ aboutId: { eq: boat } })).toEqual([two.id])
    expect(await list({ ...both, or: [{ about: { house: {} } }, { about: { boat: {} } }] })).toEqual([one.id, two.id])
    await rewrite(one.id, { boat: { id: boat } })
    expect(await world.get('query($id: ID!) { boat(id: $id) { noteCount } }', { id: boat })).toEqual({ noteCount: 2 })
    expect((await driftsIn(world)).drifts).toEqual([])
  })

  it('reads as empty where its record is deleted, and restricts deletion where it says so', async () => {
    const [house, boat] = [await make('House', { name: 'Gone' }), await make('Boat', { name: 'Kept' })]
    const { id } = await note({ house: { id: house } })
    await world.get('mutation($id: ID!) { deleteHouse(id: $id) { id } }', { id: house })
    expect(await world.get(`query($id: ID!) { note(id: $id) { ${shown} } } ${fragment}`, { id })).toMatchObject({
      aboutId: null,
      aboutType: null,
      about: null,
    })
    await world.get('mutation($data: NoteCreate!) { createNote(data: $data) { id } }', { data: { keptFor: { boat: { id: boat } } } })
    const refused = await world.ask('mutation($id: ID!) { deleteBoat(id: $id) { id } }', { id: boat })
    expect(issuesOf(refused)[0]?.code).toBe('DELETE_RESTRICTED')
  })

  it('shows nothing of records and objects that the reader may not see', async () => {
    const house = await make('House', { name: 'Shut', isShut: true })
    const { id } = await note({ house: { id: house } }, 'shut')
    const query = 'query($id: ID!) { note(id: $id) { aboutId aboutType about { __typename } } }'
    const nothing = { note: { aboutId: null, aboutType: null, about: null } }
    expect((await world.ask(query, { id }, headers.rep)).body.data).toEqual(nothing)
    expect((await world.ask(query, { id }, headers.boats)).body.data).toEqual(nothing)
    const filtered = 'query($where: NoteWhere) { notes(where: $where) { totalCount } }'
    for (const where of [{ aboutId: { eq: house } }, { aboutType: { eq: 'house' }, text: { eq: 'shut' } }])
      expect((await world.ask(filtered, { where }, headers.rep)).body.data).toEqual({ notes: { totalCount: 0 } })
    const write = 'mutation($data: NoteCreate!) { createNote(data: $data) { id } }'
    expect((await world.ask(write, { data: { about: { house: { id: house } } } }, headers.rep)).body.errors).toHaveLength(1)
    const fields = async (role: string) => {
      const { body } = await world.ask(
        '{ n: __type(name: "Note") { fields { name } } u: __type(name: "NoteAbout") { possibleTypes { name } } }',
        {},
        headers[role],
      )
      return body.data as { n: { fields: { name: string }[] }; u: { possibleTypes: { name: string }[] } | null }
    }
    expect((await fields('boats')).u?.possibleTypes).toEqual([{ name: 'Boat' }])
    expect((await fields('none')).n.fields.map(({ name }) => name).filter(name => name.startsWith('about'))).toEqual([])
  })
})

describe('an import of what points at several objects', () => {
  const imported = async (csv: string, mapping: readonly object[], dryRun = false) => {
    const file = await upload(world.app.url, world.headers, 'n.csv', Buffer.from(csv))
    return runImport(world.app.url, world.headers, { object: 'note', file, mapping, dryRun })
  }
  const read = (text: string) =>
    world.get<{ nodes: Shown[] }>(`query($text: String!) { notes(where: { text: { eq: $text } }) { nodes { ${shown} } } } ${fragment}`, {
      text,
    })
  const text = { column: 'Text', field: 'text' }

  it('names the kind before the name, by the name of the object, where no column says it', async () => {
    await make('House', { name: 'Mill: old', code: 'h1' })
    await make('Boat', { name: 'Mill', code: 'b1' })
    const rows = 'Text,About\ni1,house: Mill: old\ni2,Boat：Mill\ni3,\ni4,Mill\ni5,boat: Mil\ni6,car: Mill\n'
    const mapping = [text, { column: 'About', field: 'about' }]
    const trial = await imported(rows, mapping, true)
    expect(trial.result).toMatchObject({ created: 3, refused: 3 })
    expect((await read('i1')).nodes).toEqual([])
    const job = await imported(rows, mapping)
    expect(job.result).toMatchObject({ created: 3, refused: 3 })
    expect(job.reasons.map(({ code, column, value, suggestion }) => `${code} ${column} ${value} ${suggestion}`).sort()).toEqual([
      'KIND_MISSING About Mill null',
      'KIND_MISSING About car: Mill null',
      'MATCH_NONE About boat: Mil boat: Mill',
    ])
    expect((await read('i1')).nodes).toMatchObject([{ aboutType: 'house', about: { name: 'Mill: old' } }])
    expect((await read('i2')).nodes).toMatchObject([{ aboutType: 'boat', about: { name: 'Mill' } }])
    expect((await read('i3')).nodes).toMatchObject([{ aboutType: null }])
  })

  it('takes the kind from a column of its own, and finds records by a key that they have', async () => {
    await make('House', { name: 'Keyed', code: 'same' })
    await make('Boat', { name: 'Keyed', code: 'same' })
    const rows = 'Text,Kind,Code\nk1,House,same\nk2,boat,same\nk3,,same\nk4,plane,same\n'
    const mapping = [text, { column: 'Kind', field: 'aboutType' }, { column: 'Code', field: 'about', by: 'code' }]
    const job = await imported(rows, mapping)
    expect(job.result).toMatchObject({ created: 2, refused: 2 })
    expect((await read('k1')).nodes).toMatchObject([{ aboutType: 'house', about: { name: 'Keyed' } }])
    expect((await read('k2')).nodes).toMatchObject([{ aboutType: 'boat', about: { code: 'same' } }])
    expect(job.reasons.map(({ code, column }) => `${code} ${column}`).sort()).toEqual(
      expect.arrayContaining(['KIND_MISSING Code', 'OPTION_UNKNOWN Kind']),
    )
  })

  it('is proposed by the names of its columns, with what it leaves unknown', async () => {
    const file = await upload(world.app.url, world.headers, 'g.csv', Buffer.from('Text,About\ng1,house: Nowhere\n'))
    const answer = await post(
      `${world.app.url}/platform`,
      'query($file: ID!) { inspectImport(file: $file, object: "note") { mapping values { column field value } } }',
      { file },
      world.headers,
    )
    expect(dataOf<object>(answer, 'inspectImport')).toEqual({
      mapping: [
        { column: 'Text', field: 'text' },
        { column: 'About', field: 'about' },
      ],
      values: [{ column: 'About', field: 'about', value: 'house: Nowhere' }],
    })
  })
})
