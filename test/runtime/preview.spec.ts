import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { dataOf, post, signInHeaders } from '../support/app.js'
import { type RecordsWorld, recordsWorld } from '../support/records.js'

const house = (fields: Record<string, unknown> = {}, more: Record<string, unknown> = {}) => ({
  object: 'house',
  plural: 'houses',
  label: 'House',
  title: 'name',
  fields: {
    name: { type: 'text', label: 'Name', required: true },
    cost: { type: 'integer', label: 'Cost' },
    yard: { type: 'text', label: 'Yard' },
    ...fields,
  },
  ...more,
})
const guest = (grants: Record<string, unknown>) => ({ role: 'guest', label: 'Guest', grants })
const before = { house: { actions: ['read', 'update'], fields: { cost: 'hidden' } } }
const room = {
  object: 'room',
  plural: 'rooms',
  label: 'Room',
  title: 'name',
  fields: { name: { type: 'text', label: 'Name' }, house: { type: 'lookup', label: 'House', to: 'house', inverse: 'rooms' } },
}
const entry = (kind: string, name: string, was: unknown, after: unknown) => ({ kind, name, before: was, after })
const floors = {
  floors: { type: 'integer', label: 'Floors' },
  long: { type: 'formula', label: 'Long', returns: 'text', rule: { var: 'name' } },
}
const additive = [
  entry('object', 'house', house(), house(floors)),
  entry('object', 'room', null, room),
  entry('role', 'guest', guest(before), guest({ ...before, room: { actions: ['read'] } })),
]

let world: RecordsWorld
let as: Record<'guest' | 'other', Record<string, string>>
let guestId = ''

const platform = (query: string, variables: Record<string, unknown>, headers = world.headers) =>
  post(`${world.app.url}/platform`, query, variables, headers)

/** A draft that the guest is let in to. */
async function draftOf(entries: readonly unknown[]): Promise<string> {
  const begun = await platform('mutation($entries: [JSON!]!) { beginDraft(name: "Rooms", entries: $entries) { id } }', { entries })
  const { id } = dataOf<{ id: string }>(begun, 'beginDraft')
  const described = 'mutation($id: ID!, $editors: [ID!]!) { describeDraft(id: $id, name: "Rooms", editors: $editors) { id } }'
  dataOf(await platform(described, { id, editors: [guestId] }), 'describeDraft')
  return id
}
const seen = (id: string, query: string, headers = as.guest) => world.ask(query, {}, { ...headers, 'x-tessera-draft': id })

beforeAll(async () => {
  const people = ['guest', 'other'].map(name => ({ email: `${name}@preview.test`, name, roles: ['guest'] }))
  world = await recordsWorld('preview', [house(), guest(before)], [{}, ...people])
  as = { guest: await signInHeaders(world.app, 'guest@preview.test'), other: await signInHeaders(world.app, 'other@preview.test') }
  guestId = dataOf<{ id: string }>(await platform('{ me { id } }', {}, as.guest), 'me').id
  await world.get('mutation { createHouse(data: { name: "Mill", cost: 5 }) { id } }')
})
afterAll(() => world.app.close())

describe('the preview of a draft', () => {
  it('shows the records as they are, with what is new as empty', async () => {
    const id = await draftOf(additive)
    const query =
      '{ houses(where: { floors: { isNull: true } }, orderBy: [{ floors: ASC }]) { nodes { name floors long rooms { totalCount } } } rooms { nodes { name house { name } } } housesAggregate { count sum { floors } } }'
    expect((await seen(id, query)).body).toEqual({
      data: {
        houses: { nodes: [{ name: 'Mill', floors: null, long: 'Mill', rooms: { totalCount: 0 } }] },
        rooms: { nodes: [] },
        housesAggregate: [{ count: 1, sum: { floors: null } }],
      },
    })
    const { name, definitions } = dataOf<{ name: string; definitions: { object?: string }[] }>(
      await platform('query($id: ID!) { preview(id: $id) { name definitions } }', { id }, as.guest),
      'preview',
    )
    expect(name).toBe('Rooms')
    expect(definitions.map(({ object }) => object)).toEqual(expect.arrayContaining(['house', 'room']))
    expect(JSON.stringify(definitions)).not.toContain('cost')
  })

  it('changes nothing for anybody else, and follows the draft', async () => {
    const id = await draftOf(additive)
    expect((await world.ask('{ rooms { totalCount } }')).body.errors?.[0]?.extensions.code).toBe('BAD_REQUEST')
    const saved = 'mutation($id: ID!, $entries: [JSON!]!) { saveDraft(id: $id, revision: 1, base: 0, entries: $entries) { id } }'
    dataOf(
      await platform(saved, { id, entries: [entry('object', 'house', house(), house({ wide: { type: 'text', label: 'Wide' } }))] }),
      'saveDraft',
    )
    expect((await seen(id, '{ houses { nodes { wide } } }')).body.data).toEqual({ houses: { nodes: [{ wide: null }] } })
    expect((await seen(id, '{ rooms { totalCount } }')).body.errors?.[0]?.extensions.code).toBe('BAD_REQUEST')
  })

  it('writes nothing', async () => {
    const id = await draftOf(additive)
    const answer = await seen(id, 'mutation { updateHouses(where: {}, all: true, data: { name: "x" }) { count } }', world.headers)
    expect(answer.body.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', issues: [{ code: 'PREVIEW_READS' }] })
    expect(await world.get('{ houses { nodes { name } } }')).toEqual({ nodes: [{ name: 'Mill' }] })
  })

  it('is for those who were let in', async () => {
    const id = await draftOf(additive)
    expect((await seen(id, '{ houses { totalCount } }', as.other)).body.errors?.[0]?.extensions.code).toBe('NOT_FOUND')
    expect((await seen('nonsense', '{ houses { totalCount } }')).body.errors?.[0]?.extensions.code).toBe('NOT_FOUND')
    expect((await platform('query($id: ID!) { preview(id: $id) { name } }', { id }, as.other)).body.errors?.[0]?.extensions.code).toBe(
      'NOT_FOUND',
    )
  })

  it('shows nobody more than their present rights do, and takes no value away: such drafts are refused with words', async () => {
    const shown = guest({ house: { actions: ['read'] } })
    const { yard: _, ...fields } = house().fields
    const drafts = {
      'roles/guest': entry('role', 'guest', guest(before), shown),
      'objects/house/fields/yard': entry('object', 'house', house(), { ...house(), fields }),
      'objects/house/fields/name': entry('object', 'house', house(), house({ name: { type: 'richText', label: 'Name' } })),
      'objects/house': entry('object', 'house', house(), house({}, { access: { default: 'private' } })),
    }
    for (const [path, one] of Object.entries(drafts)) {
      const id = await draftOf([one])
      const { errors } = (await seen(id, '{ houses { totalCount } }', world.headers)).body
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'VALIDATION_FAILED', issues: [{ code: 'PREVIEW_NOT_ADDITIVE', path }] })
      const told = (await seen(id, '{ houses { totalCount } }')).body.errors?.[0]?.extensions
      expect(told).toMatchObject({ code: 'VALIDATION_FAILED', issues: [{ code: 'PREVIEW_UNREADY', path: '' }] })
    }
  })

  it('tells admins what is wrong with a draft that is not sound', async () => {
    const id = await draftOf([entry('object', 'house', house(), house({ at: { type: 'lookup', label: 'At', to: 'nowhere' } }))])
    expect((await seen(id, '{ houses { totalCount } }', world.headers)).body.errors?.[0]?.extensions).toMatchObject({
      code: 'VALIDATION_FAILED',
      issues: [{ code: 'RELATION_TARGET_UNKNOWN' }],
    })
  })
})
