import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { dataOf, post, signInHeaders } from '../support/app.js'
import { everything, type RecordsWorld, recordsWorld } from '../support/records.js'

const objects = [
  {
    object: 'part',
    plural: 'parts',
    label: 'Part',
    title: 'name',
    fields: { name: { type: 'text', label: 'Name' }, code: { type: 'text', label: 'Code', unique: true } },
  },
  {
    object: 'kit',
    plural: 'kits',
    label: 'Kit',
    title: 'name',
    fields: {
      name: { type: 'text', label: 'Name' },
      isBig: { type: 'boolean', label: 'Big' },
      isPlain: { type: 'boolean', label: 'Plain' },
      isShut: { type: 'boolean', label: 'Shut' },
      state: {
        type: 'select',
        label: 'State',
        options: [{ value: 'open' }, { value: 'packed', editable: ['spares'] }],
        states: {
          initial: ['open'],
          transitions: [
            { transition: 'pack', label: 'Pack', from: ['open'], to: 'packed' },
            { transition: 'unpack', label: 'Unpack', from: ['packed'], to: 'open' },
          ],
        },
      },
      parts: {
        type: 'manyToMany',
        label: 'Parts',
        to: 'part',
        inverse: 'kits',
        requiredWhen: { '==': [{ var: 'isBig' }, true] },
        visibleWhen: { '!': [{ '==': [{ var: 'isPlain' }, true] }] },
        readOnlyWhen: { '==': [{ var: 'isShut' }, true] },
      },
      spares: { type: 'manyToMany', label: 'Spares', to: 'part', inverse: 'spareOf' },
    },
  },
  {
    object: 'shelf',
    plural: 'shelves',
    label: 'Shelf',
    title: 'name',
    fields: { name: { type: 'text', label: 'Name' }, holds: { type: 'manyToMany', label: 'Holds', to: 'kit', required: true } },
  },
  { role: 'packer', label: 'Packer', grants: { '*': everything } },
  { role: 'looker', label: 'Looker', grants: { kit: { actions: ['read'], fields: { isBig: 'hidden' } }, part: { actions: ['read'] } } },
  { role: 'stranger', label: 'Stranger', grants: { kit: { actions: ['read'] } } },
]
let world: RecordsWorld
let headers: Record<string, string>
beforeAll(async () => {
  world = await recordsWorld('ruledlinks', objects, [
    {},
    ...['packer', 'looker', 'stranger'].map(role => ({ email: `${role}@ruledlinks.test`, roles: [role] })),
  ])
  headers = await signInHeaders(world.app, 'packer@ruledlinks.test')
})
afterAll(async () => world?.app.close())

const types: Readonly<Record<string, string>> = { kit: 'Kit', part: 'Part', shelf: 'Shelf' }
const write = (deed: 'create' | 'update', object: string, data: object, id?: string) =>
  world.ask(
    deed === 'create'
      ? `mutation($data: ${types[object]}Create!) { done: create${types[object]}(data: $data) { id } }`
      : `mutation($id: ID!, $data: ${types[object]}Update!) { done: update${types[object]}(id: $id, data: $data) { id } }`,
    { data, ...(id ? { id } : {}) },
    headers,
  )
const problems = (answer: Awaited<ReturnType<typeof write>>) =>
  (answer.body.errors ?? []).flatMap(({ extensions }) =>
    ((extensions.issues ?? []) as { code: string; path: string }[]).map(({ code, path }) => `${code} ${path}`),
  )
const idOf = (answer: Awaited<ReturnType<typeof write>>) => {
  expect(answer.body.errors ?? []).toEqual([])
  return (answer.body.data as { done: { id: string } }).done.id
}
const part = async (data: object = {}) => idOf(await write('create', 'part', { name: 'P', ...data }))
const kit = async (data: object) => idOf(await write('create', 'kit', { name: 'K', ...data }))

describe('links under rules', () => {
  it('are required while a rule says so, when a record is made, when its links go and when the rule begins to hold', async () => {
    const one = await part()
    expect(problems(await write('create', 'kit', { isBig: true }))).toEqual(['VALUE_REQUIRED parts'])
    expect(problems(await write('create', 'kit', { isBig: true, parts: { link: [] } }))).toEqual(['VALUE_REQUIRED parts'])
    const id = await kit({ isBig: true, parts: { link: [{ id: one }] } })
    expect(problems(await write('update', 'kit', { parts: { unlink: [one] } }, id))).toEqual(['VALUE_REQUIRED parts'])
    expect(problems(await write('update', 'kit', { parts: { replace: [] } }, id))).toEqual(['VALUE_REQUIRED parts'])
    expect(problems(await write('update', 'part', { kits: { unlink: [id] } }, one))).toEqual(['VALUE_REQUIRED kits/unlink'])
    expect(problems(await write('update', 'kit', { isBig: false, parts: { replace: [] } }, id))).toEqual([])
    expect(problems(await write('update', 'kit', { isBig: true }, id))).toEqual(['VALUE_REQUIRED parts'])
    expect(problems(await write('update', 'kit', { name: 'other' }, id))).toEqual([])
  })

  it('are never required where they are not visible', async () => {
    expect(problems(await write('create', 'kit', { isBig: true, isPlain: true }))).toEqual([])
  })

  it('are required always where the field says so', async () => {
    expect(problems(await write('create', 'shelf', { name: 'S' }))).toEqual(['VALUE_REQUIRED holds'])
    const inside = await kit({})
    const id = idOf(await write('create', 'shelf', { holds: { link: [{ id: inside }] } }))
    expect(problems(await write('update', 'shelf', { holds: { unlink: [inside] } }, id))).toEqual(['VALUE_REQUIRED holds'])
  })

  it('stay as they are while a rule keeps them, from either end, and in the same write as what ends it they may change', async () => {
    const [one, two] = [await part(), await part({ code: 'two' })]
    const id = await kit({ parts: { link: [{ id: one }] } })
    expect(problems(await write('update', 'kit', { isShut: true, parts: { link: [{ by: { code: 'two' } }] } }, id))).toEqual([])
    expect(problems(await write('update', 'kit', { parts: { unlink: [two] } }, id))).toEqual(['FIELD_LOCKED parts'])
    expect(problems(await write('update', 'part', { kits: { unlink: [id] } }, two))).toEqual(['FIELD_LOCKED kits/unlink'])
    expect(problems(await write('update', 'part', { kits: { link: [{ id }] } }, await part()))).toEqual(['FIELD_LOCKED kits/link/0'])
    expect(problems(await write('update', 'kit', { isShut: false, parts: { unlink: [two] } }, id))).toEqual([])
  })

  it('go with the record at their other end all the same', async () => {
    const one = await part()
    const id = await kit({ isBig: true, parts: { link: [{ id: one }] } })
    expect(problems(await write('update', 'kit', { isShut: true }, id))).toEqual([])
    await world.get('mutation($id: ID!) { deletePart(id: $id) { id } }', { id: one })
    expect(await world.get('query($id: ID!) { kit(id: $id) { parts { totalCount } } }', { id })).toEqual({ parts: { totalCount: 0 } })
  })
})

describe('links of a record whose state locks fields', () => {
  it('are locked with them, from either end, unless the state opens them by name', async () => {
    const one = await part()
    const id = await kit({ parts: { link: [{ id: one }] } })
    await write('update', 'kit', { state: 'packed' }, id)
    expect(problems(await write('update', 'kit', { parts: { unlink: [one] } }, id))).toEqual(['STATE_LOCKS parts/unlink'])
    expect(problems(await write('update', 'part', { kits: { unlink: [id] } }, one))).toEqual(['STATE_LOCKS kits/unlink'])
    expect(problems(await write('update', 'kit', { spares: { link: [{ id: one }] } }, id))).toEqual([])
    expect(problems(await write('update', 'part', { spareOf: { unlink: [id] } }, one))).toEqual([])
    await world.get('mutation($id: ID!) { deletePart(id: $id) { id } }', { id: one })
    await world.get('mutation($id: ID!) { restorePart(id: $id) { id } }', { id: one })
    expect(await world.get('query($id: ID!) { kit(id: $id) { parts { totalCount } } }', { id })).toEqual({ parts: { totalCount: 1 } })
  })
})

describe('why links stand as they do', () => {
  type Why = { kind: string; title: string; lines: { text: string; value: string | null; holds: boolean | null }[] }
  const question =
    'query($object: String!, $id: ID!, $field: String!) { why(object: $object, id: $id, field: $field) { kind title lines { text value holds } } }'
  const why = async (id: string, field: string, as = headers, object = 'kit') => {
    const told = dataOf<Why[]>(await post(`${world.app.url}/platform`, question, { object, id, field }, as), 'why')
    return told.map(
      ({ kind, lines: [first, second] }) => `${kind}: ${first?.text} ${first?.holds ?? first?.value}${second ? `, ${second.value}` : ''}`,
    )
  }

  it('is told by the rules that show, require and keep them, and by the state that locks them', async () => {
    const one = await part()
    const id = await kit({ isBig: true, parts: { link: [{ id: one }] } })
    expect(await why(id, 'parts')).toEqual(['visible: not (Plain is Yes) true, —', 'required: Big is Yes true, Yes'])
    await write('update', 'kit', { isShut: true }, id)
    expect((await why(id, 'parts')).at(-1)).toBe('readOnly: Shut is Yes true, Yes')
    await write('update', 'kit', { state: 'packed' }, id)
    expect((await why(id, 'parts')).at(-1)).toBe('readOnly: State packed')
    expect(await why(id, 'spares')).toEqual([])
    expect(await why(one, 'kits', headers, 'part')).toEqual([])
    const hidden = await kit({ isBig: true, isPlain: true })
    expect(await why(hidden, 'parts')).toEqual(['hidden: not (Plain is Yes) false, Yes'])
  })

  it('shows nothing of what the caller may not see', async () => {
    const id = await kit({ isBig: true, parts: { link: [{ id: await part() }] } })
    const [looker, stranger] = await Promise.all(['looker', 'stranger'].map(name => signInHeaders(world.app, `${name}@ruledlinks.test`)))
    expect((await why(id, 'parts', looker)).at(-1)).toMatch(/^required: .*true, …$/)
    expect(await why(id, 'parts', stranger)).toEqual([])
    for (const field of ['partsLinks', '__proto__', 'nothing', '']) expect(await why(id, field)).toEqual([])
  })
})
