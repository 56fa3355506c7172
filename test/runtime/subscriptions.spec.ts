import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { dataOf, signInHeaders } from '../support/app.js'
import { type Listening, listen } from '../support/follow.js'
import { publish } from '../support/publish.js'
import { type RolesWorld, rolesWorld } from '../support/roles-world.js'

/** Everybody's circles, which name firms that are not everybody's. */
const circles = [
  {
    object: 'circle',
    plural: 'circles',
    label: 'Circle',
    title: 'name',
    fields: {
      name: { type: 'text', label: 'Name' },
      firms: { type: 'manyToMany', label: 'Firms', to: 'firm', inverse: 'circles', attributes: { note: { type: 'text', label: 'Note' } } },
    },
  },
  { role: 'member', label: 'Member', grants: { circle: { actions: ['read'] } } },
]

let world: RolesWorld
let headers: Record<string, Record<string, string>>
const open: Listening[] = []

beforeAll(async () => {
  world = await rolesWorld('subscriptions')
  await publish(world.app, world.headers, circles)
  headers = { admin: world.headers }
  for (const name of ['east', 'west', 'finance', 'agent', 'manager', 'guest'])
    headers[name] = await signInHeaders(world.app, `${name}@subscriptions.test`)
})
afterAll(async () => {
  for (const one of open) one.stop()
  await world.app.close()
})

const firmChanged =
  'subscription($where: FirmWhere, $ids: [ID!], $after: String) { firmChanged(where: $where, ids: $ids, after: $after) { kind id cursor record { id name version } } }'
const as = (who: string, query = firmChanged, variables: Record<string, unknown> = {}) => {
  const one = listen(world.app, headers[who] ?? {}, query, variables)
  open.push(one)
  return one
}
const create = async (data: Record<string, unknown>, who: 'admin' | 'east' | 'west' = 'admin') =>
  dataOf<{ id: string }>(await world.as(who, 'mutation($data: FirmCreate!) { createFirm(data: $data) { id } }', { data }), 'createFirm').id
const update = async (id: string, data: Record<string, unknown>) =>
  dataOf(
    await world.as('admin', 'mutation($id: ID!, $data: FirmUpdate!) { updateFirm(id: $id, data: $data) { id } }', { id, data }),
    'updateFirm',
  )
const kinds = (one: Listening, id: string) => one.messages.filter(message => message.id === id).map(({ kind }) => kind)

describe('following records', () => {
  it('tells of what is created, changed, deleted and restored, with the record as it is', async () => {
    const admin = as('admin')
    const id = await create({ name: 'Alpha' })
    const created = await admin.until(message => message.id === id)
    expect(created).toMatchObject({ kind: 'CREATED', record: { id, name: 'Alpha', version: 1 } })
    await update(id, { name: 'Beta' })
    expect(await admin.until(({ record }) => record?.name === 'Beta')).toMatchObject({ kind: 'UPDATED', record: { version: 2 } })
    await world.as('admin', 'mutation($id: ID!) { deleteFirm(id: $id) { id } }', { id })
    expect(await admin.until(({ kind }) => kind === 'LEFT')).toMatchObject({ id, record: null })
    await world.as('admin', 'mutation($id: ID!) { restoreFirm(id: $id) { id } }', { id })
    expect(await admin.until(({ kind }) => kind === 'ENTERED')).toMatchObject({ id, record: { name: 'Beta' } })
  })

  it('shows each what their role shows: other records, entering and leaving with who owns them, and nothing of the rest', async () => {
    const [east, west] = [as('east'), as('west')]
    const id = await create({ name: 'Gamma', ownerId: world.ids.east })
    const of = await create({ name: 'Of West', ownerId: world.ids.west })
    await east.until(message => message.id === id)
    await west.until(message => message.id === of)
    await update(id, { ownerId: world.ids.west })
    expect(await west.until(message => message.id === id)).toMatchObject({ kind: 'ENTERED', record: { name: 'Gamma' } })
    expect(await east.until(({ kind }) => kind === 'LEFT')).toMatchObject({ id, record: null })
    await update(id, { name: 'Hidden from East' })
    await west.until(({ record }) => record?.name === 'Hidden from East')
    const sentinel = await create({ name: 'Sentinel', ownerId: world.ids.east })
    await east.until(message => message.id === sentinel)
    expect(kinds(east, id)).toEqual(['CREATED', 'LEFT'])
    expect(kinds(west, sentinel)).toEqual([])
  })

  it('follows a filter: a record enters and leaves as its values change', async () => {
    const north = as('admin', firmChanged, { where: { region: { eq: 'north' }, name: { startsWith: 'F' } } })
    const all = as('admin')
    const first = await create({ name: 'First', region: 'north' })
    for (const one of [north, all]) await one.until(message => message.id === first)
    const id = await create({ name: 'Filter', region: 'south' })
    await all.until(message => message.id === id)
    // told of what came after it, the other one is through with it as well
    const fence = await create({ name: 'Fence', region: 'north' })
    await north.until(message => message.id === fence)
    await update(id, { region: 'north' })
    expect(await north.until(message => message.id === id)).toMatchObject({ kind: 'ENTERED' })
    await update(id, { margin: 4 })
    await north.until(({ kind }) => kind === 'UPDATED')
    await update(id, { region: 'south' })
    await north.until(({ kind }) => kind === 'LEFT')
    expect(kinds(north, id)).toEqual(['ENTERED', 'UPDATED', 'LEFT'])
  })

  it('follows single records by their ids', async () => {
    const [one, other] = [await create({ name: 'One' }), await create({ name: 'Other' })]
    const follower = as('admin', firmChanged, { ids: [one.toUpperCase(), 'no id'] })
    await update(other, { name: 'Other 2' })
    await update(one, { name: 'One 2' })
    await follower.until(({ record }) => record?.name === 'One 2')
    expect(follower.messages.every(({ id }) => id === one)).toBe(true)
  })

  it('refuses what the schema of the caller does not have, with the words of any other answer', async () => {
    const hidden = as('agent', 'subscription { firmChanged { record { margin } } }')
    const filtered = as('agent', firmChanged, { where: { margin: { gt: 1 } } })
    const nothing = as('guest', firmChanged)
    const query = as('admin', '{ firms { totalCount } }')
    const two = as('admin', 'subscription { a: firmChanged { id } b: firmChanged { id } }')
    for (const one of [hidden, filtered, nothing, query, two]) {
      await one.ended()
      expect(one.failures).toMatchObject([[{ extensions: { code: 'BAD_REQUEST' } }]])
    }
    const overHttp = await world.as('admin', 'subscription { firmChanged { id } }')
    expect(overHttp.body.errors?.[0]?.extensions.code).toBe('BAD_REQUEST')
  })

  it('masks what is masked', async () => {
    const finance = as('manager', 'subscription { firmChanged { id record { phone } } }')
    const agent = as('agent', 'subscription { firmChanged { id record { phone } } }')
    const id = await create({ name: 'Masked', phone: '13812341234', ownerId: world.ids.east })
    expect((await finance.until(message => message.id === id)).record).toEqual({ phone: '13812341234' })
    expect((await agent.until(message => message.id === id)).record?.phone).toMatch(/\*/)
  })
})

describe('following links', () => {
  const circleChanged = 'subscription { circleChanged { kind id cursor record { id version firms { nodes { name } } } } }'
  const relink = async (id: string, firms: object) =>
    dataOf(
      await world.as('admin', 'mutation($id: ID!, $data: CircleUpdate!) { updateCircle(id: $id, data: $data) { id } }', {
        id,
        data: { firms },
      }),
      'updateCircle',
    )

  it('tells of a link at both of its ends, made, changed and taken away, and nobody who does not see the other end', async () => {
    const { id: insider, headers: inside } = await world.join('insider', ['rep', 'member'])
    const { headers: outside } = await world.join('outsider', ['rep', 'member'])
    const circle = dataOf<{ id: string }>(
      await world.as('admin', 'mutation { createCircle(data: { name: "C" }) { id } }'),
      'createCircle',
    ).id
    const firm = await create({ name: 'Linked', ownerId: insider })
    const [seeing, blind] = [inside, outside].map(as => listen(world.app, as, circleChanged))
    const ofFirm = listen(world.app, inside, firmChanged, { ids: [firm] })
    if (!seeing || !blind) throw new Error('Nobody listens')
    open.push(seeing, blind, ofFirm)
    for (const one of [seeing, blind]) await one.until(message => message.id === circle)
    await ofFirm.until(message => message.id === firm)
    const told = (one: Listening) => kinds(one, circle).filter(kind => kind !== 'CREATED').length
    const toldOf = async (count: number, names: string[]) => {
      const { record } = await seeing.until(({ id }) => id === circle && told(seeing) === count)
      expect(record?.version).toBe(1)
      expect(seeing.messages.at(-1)).toMatchObject({ kind: 'UPDATED', record: { firms: { nodes: names.map(name => ({ name })) } } })
      await ofFirm.until(() => kinds(ofFirm, firm).filter(kind => kind === 'UPDATED').length === count)
    }
    await relink(circle, { link: [{ id: firm }] })
    await toldOf(1, ['Linked'])
    await relink(circle, { link: [{ id: firm, attributes: { note: 'closer' } }] })
    await toldOf(2, ['Linked'])
    await relink(circle, { unlink: [firm] })
    await toldOf(3, [])
    await world.as('admin', 'mutation($id: ID!) { updateCircle(id: $id, data: { name: "D" }) { id } }', { id: circle })
    expect((await blind.until(({ kind }) => kind === 'UPDATED')).record).toMatchObject({ version: 2 })
    expect(kinds(blind, circle)).toEqual(['CREATED', 'UPDATED'])
  })
})

describe('following shares', () => {
  const share = (id: string, grantee: string, more: object = {}) =>
    world.platform(
      'admin',
      'mutation($id: ID!, $with: ID!, $level: String) { shareRecord(object: "firm", id: $id, with: $with, level: $level) { id } }',
      { id, with: grantee, level: 'read', ...more },
    )
  const unshare = (id: string, grantee: string) =>
    world.platform('admin', 'mutation($id: ID!, $with: ID!) { unshareRecord(object: "firm", id: $id, with: $with) }', { id, with: grantee })

  it('tells who sees a record by it, or not any more, at once and nobody else', async () => {
    const { id: friend, headers: asFriend } = await world.join('friend', ['rep'])
    const { headers: asOther } = await world.join('other', ['rep'])
    const id = await create({ name: 'Shared' })
    const [given, other] = [listen(world.app, asFriend, firmChanged), listen(world.app, asOther, firmChanged)]
    const owner = as('admin')
    open.push(given, other)
    await owner.until(message => message.id === id)
    dataOf(await share(id, friend), 'shareRecord')
    expect(await given.until(message => message.id === id)).toMatchObject({ kind: 'ENTERED', record: { name: 'Shared', version: 1 } })
    dataOf(await share(id, friend, { level: 'edit' }), 'shareRecord')
    await update(id, { name: 'Shared 2' })
    await given.until(({ record }) => record?.name === 'Shared 2')
    dataOf(await unshare(id, friend), 'unshareRecord')
    expect(await given.until(({ kind }) => kind === 'LEFT')).toMatchObject({ id, record: null })
    expect(kinds(given, id)).toEqual(['ENTERED', 'UPDATED', 'LEFT'])
    const fence = await create({ name: 'Fence', ownerId: null })
    for (const one of [other, owner]) await one.until(message => message.id === fence)
    expect(kinds(other, id)).toEqual([])
    expect(kinds(owner, id)).toEqual(['CREATED', 'UPDATED'])
  })

  it('tells a group the same, and whoever has it otherwise nothing', async () => {
    const groups = dataOf<{ id: string; kind: string; name: string }[]>(
      await world.platform('admin', '{ groups { id kind name } }'),
      'groups',
    )
    const team = groups.find(({ kind, name }) => kind === 'team' && name === 'sales')?.id ?? ''
    const [id, own] = [await create({ name: 'For the team' }), await create({ name: 'Own', ownerId: world.ids.east })]
    const east = as('east')
    await east.until(message => message.id === own)
    for (const one of [own, id]) dataOf(await share(one, team), 'shareRecord')
    expect(await east.until(message => message.id === id)).toMatchObject({ kind: 'ENTERED' })
    for (const one of [own, id]) dataOf(await unshare(one, team), 'unshareRecord')
    await east.until(message => message.id === id && message.kind === 'LEFT')
    expect(kinds(east, own)).toEqual(['CREATED'])
    expect(kinds(east, id)).toEqual(['ENTERED', 'LEFT'])
  })
})
