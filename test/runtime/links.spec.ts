import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { signInHeaders } from '../support/app.js'
import { upload } from '../support/files.js'
import { runImport } from '../support/imports.js'
import { everything, type RecordsWorld, recordsWorld } from '../support/records.js'
import { driftsIn } from './computed-drifts.js'

const number = (of: string, name: string, more: object = {}) => ({ type: 'rollup', label: name, of, function: name, ...more })
const objects = [
  {
    object: 'gadget',
    plural: 'gadgets',
    label: 'Gadget',
    title: 'name',
    fields: {
      name: { type: 'text', label: 'Name', required: true },
      code: { type: 'text', label: 'Code', unique: true },
      price: { type: 'decimal', label: 'Price' },
      isSecret: { type: 'boolean', label: 'Secret' },
      status: { type: 'select', label: 'Status', options: [{ value: 'open' }, { value: 'gone' }], default: 'open' },
      driveCount: number('drives', 'count'),
      bigDrives: number('drives', 'count', { where: { '==': [{ var: 'isBig' }, true] } }),
      reach: number('drivesLinks', 'sum', { field: 'share' }),
    },
  },
  {
    object: 'drive',
    plural: 'drives',
    label: 'Drive',
    title: 'name',
    fields: {
      name: { type: 'text', label: 'Name', required: true },
      gadgets: {
        type: 'manyToMany',
        label: 'Gadgets',
        to: 'gadget',
        inverse: 'drives',
        ordered: true,
        max: 4,
        labels: [{ value: 'main', label: 'Main', max: 1 }, { value: 'side' }],
        attributes: { share: { type: 'decimal', label: 'Share', min: '0' }, note: { type: 'text', label: 'Note' } },
      },
      isBig: { type: 'boolean', label: 'Big' },
      gadgetCount: number('gadgets', 'count'),
      openCount: number('gadgets', 'count', { where: { '!=': [{ var: 'price' }, '7'] } }),
      worth: number('gadgets', 'sum', { field: 'price', where: { '==': [{ var: 'status' }, 'open'] } }),
      dearest: number('gadgets', 'max', { field: 'price' }),
      names: number('gadgets', 'concat', { field: 'name', by: 'name' }),
    },
    rules: [
      { rule: 'noGone', at: [], message: 'A gadget is gone.', must: { none: [{ var: 'gadgets' }, { '==': [{ var: 'status' }, 'gone'] }] } },
    ],
  },
  {
    role: 'rep',
    label: 'Rep',
    grants: {
      drive: { actions: ['read', 'create', 'update'] },
      gadget: { actions: ['read'], records: { '!=': [{ var: 'isSecret' }, true] }, fields: { price: 'hidden' } },
    },
  },
  { role: 'reader', label: 'Reader', grants: { drive: { actions: ['read'] }, gadget: { actions: ['read'] } } },
  {
    role: 'closed',
    label: 'Closed',
    grants: { drive: { actions: ['read', 'update'], fields: { gadgets: 'hidden' } }, gadget: everything },
  },
  {
    role: 'fixed',
    label: 'Fixed',
    grants: { drive: { actions: ['read', 'update'], fields: { gadgets: 'read' } }, gadget: { actions: ['read'] } },
  },
]

let world: RecordsWorld
let headers: Record<string, Record<string, string>> = {}
beforeAll(async () => {
  const roles = ['rep', 'reader', 'closed', 'fixed']
  world = await recordsWorld('links', objects, [{}, ...roles.map(role => ({ email: `${role}@links.test`, roles: [role] }))])
  headers = Object.fromEntries(await Promise.all(roles.map(async role => [role, await signInHeaders(world.app, `${role}@links.test`)])))
})
afterAll(async () => world?.app.close())

interface Named {
  readonly id: string
  readonly [key: string]: unknown
}
const gadget = async (name: string, more: object = {}) =>
  (await world.get<Named>('mutation($data: GadgetCreate!) { createGadget(data: $data) { id } }', { data: { name, ...more } })).id
const shownLinks =
  'id name version gadgetCount worth dearest names gadgets { totalCount nodes { name } } gadgetsLinks(orderBy: [{ position: ASC }]) { nodes { label share position gadget { name } } }'
const drive = (gadgets: object) =>
  world.get<Named>(`mutation($data: DriveCreate!) { createDrive(data: $data) { ${shownLinks} } }`, { data: { name: 'C', gadgets } })
const relink = (id: string, gadgets: object, as?: Record<string, string>) =>
  world.ask(
    `mutation($id: ID!, $data: DriveUpdate!) { updateDrive(id: $id, data: $data) { ${shownLinks} } }`,
    { id, data: { gadgets } },
    as,
  )
const namesOf = (record: unknown) => (record as { gadgets: { nodes: { name: string }[] } }).gadgets.nodes.map(({ name }) => name)
const updated = (answer: Awaited<ReturnType<typeof relink>>) => {
  if (answer.body.errors) throw new Error(JSON.stringify(answer.body.errors))
  return (answer.body.data as { updateDrive: Named }).updateDrive
}
const codes = (answer: Awaited<ReturnType<typeof relink>>) =>
  answer.body.errors?.flatMap(({ extensions }) =>
    (extensions.issues as { code: string; path: string }[]).map(one => `${one.code} ${one.path}`),
  )

describe('links of a many-to-many', () => {
  it('are made with their record, in order, with attributes, and named by keys', async () => {
    const [a, b] = [await gadget('A', { price: '3' }), await gadget('B', { price: '5', code: 'b1' })]
    const made = await drive({ link: [{ by: { code: 'b1' }, attributes: { share: '0.5', label: 'main' } }, { id: a }] })
    expect(namesOf(made)).toEqual(['B', 'A'])
    expect(made).toMatchObject({ gadgetCount: 2, worth: '8', dearest: '5', names: 'A, B' })
    expect(made.gadgetsLinks).toEqual({
      nodes: [
        { label: 'main', share: '0.5', position: 1, gadget: { name: 'B' } },
        { label: null, share: null, position: 2, gadget: { name: 'A' } },
      ],
    })
    const again = await relink(String(made.id), { replace: [{ id: a }, { by: { code: 'b1' } }] })
    expect(updated(again).gadgetsLinks).toMatchObject({ nodes: [{ gadget: { name: 'A' } }, { gadget: { name: 'B' }, share: '0.5' }] })
    expect(b).not.toBe(a)
  })

  it('are changed by link, unlink and replace from either end', async () => {
    const [a, b, c] = [await gadget('A'), await gadget('B'), await gadget('C')]
    const { id } = await drive({ link: [{ id: a }, { id: b }] })
    expect(namesOf(updated(await relink(id, { link: [{ id: c }, { id: a, attributes: { note: 'n' } }], unlink: [b] })))).toEqual(['A', 'C'])
    expect(namesOf(updated(await relink(id, { replace: [{ id: c }, { id: b }, { id: a }] })))).toEqual(['C', 'B', 'A'])
    const fromGadget = await world.get<Named>(
      'mutation($id: ID!, $data: GadgetUpdate!) { updateGadget(id: $id, data: $data) { driveCount drives { nodes { id } } } }',
      { id: b, data: { drives: { unlink: [id] } } },
    )
    expect(fromGadget).toEqual({ driveCount: 0, drives: { nodes: [] } })
    const again = await world.get<Named>(
      'mutation($id: ID!, $data: GadgetUpdate!) { updateGadget(id: $id, data: $data) { driveCount reach drives { nodes { id } } } }',
      { id: b, data: { drives: { link: [{ id, attributes: { share: '2' } }] } } },
    )
    expect(again).toEqual({ driveCount: 1, reach: '2', drives: { nodes: [{ id }] } })
  })

  it('filter by the records at their other end, and by their own attributes', async () => {
    const [a, b] = [await gadget('Filtered A'), await gadget('Filtered B')]
    const one = await drive({ link: [{ id: a, attributes: { share: '7' } }] })
    const two = await drive({ link: [{ id: b }] })
    const ids = async (where: object) =>
      (await world.get<{ nodes: Named[] }>('query($where: DriveWhere) { drives(where: $where) { nodes { id } } }', { where })).nodes.map(
        ({ id }) => id,
      )
    const some = { gadgets: { some: { name: { eq: 'Filtered A' } } } }
    expect(await ids(some)).toEqual([one.id])
    expect(await ids({ id: { in: [one.id, two.id] }, gadgets: { none: { name: { eq: 'Filtered A' } } } })).toEqual([two.id])
    expect(await ids({ gadgetsLinks: { some: { share: { gte: '7' } } } })).toEqual([one.id])
    const none = await drive({ link: [] })
    const these = { id: { in: [one.id, two.id, none.id] } }
    expect(await ids({ ...these, gadgets: { none: {} } })).toEqual([none.id])
    expect((await ids({ ...these, gadgets: { some: { id: { in: [a, b] } } } })).sort()).toEqual([one.id, two.id].sort())
    const rule = { some: [{ var: 'gadgets' }, { '==': [{ var: 'name' }, 'Filtered B'] }] }
    expect(await ids({ rule })).toEqual([two.id])
  })

  it('go with either end and come back with it, when the other is there', async () => {
    const [a, b] = [await gadget('A', { price: '1' }), await gadget('B', { price: '2' })]
    const { id } = await drive({ link: [{ id: a }, { id: b }] })
    const read = () => world.get<Named>(`query($id: ID!) { drive(id: $id) { ${shownLinks} } }`, { id })
    const run = (deed: string, object: string, of: string) =>
      world.get(`mutation($id: ID!) { ${deed}${object}(id: $id) { id } }`, { id: of })
    await run('delete', 'Gadget', a)
    expect(await read()).toMatchObject({ gadgetCount: 1, worth: '2' })
    await run('delete', 'Drive', id)
    await run('restore', 'Gadget', a)
    expect(await world.get<Named>('query($id: ID!) { gadget(id: $id) { driveCount } }', { id: a })).toEqual({ driveCount: 0 })
    await run('restore', 'Drive', id)
    expect(await read()).toMatchObject({ gadgetCount: 2, worth: '3' })
    expect((await driftsIn(world)).drifts).toEqual([])
  })

  it('keep rollups over the other end right when that changes', async () => {
    const a = await gadget('A', { price: '1' })
    const { id } = await drive({ link: [{ id: a }] })
    await world.get('mutation($id: ID!) { updateGadget(id: $id, data: { price: "9", name: "Z" }) { id } }', { id: a })
    expect(await world.get<Named>('query($id: ID!) { drive(id: $id) { worth dearest names } }', { id })).toEqual({
      worth: '9',
      dearest: '9',
      names: 'Z',
    })
    expect((await driftsIn(world)).drifts).toEqual([])
  })

  it('count only what fits, on both sides, and follow what makes it fit', async () => {
    const [a, b] = [await gadget('A', { price: '1' }), await gadget('B', { price: '7' })]
    const { id } = await drive({ link: [{ id: a }, { id: b }] })
    const read = () => world.get('query($id: ID!) { drive(id: $id) { gadgetCount openCount } }', { id })
    const big = () => world.get('query($id: ID!) { gadget(id: $id) { driveCount bigDrives } }', { id: a })
    expect([await read(), await big()]).toEqual([
      { gadgetCount: 2, openCount: 1 },
      { driveCount: 1, bigDrives: 0 },
    ])
    await world.get('mutation($id: ID!) { updateGadget(id: $id, data: { price: "8" }) { id } }', { id: b })
    await world.get('mutation($id: ID!) { updateDrive(id: $id, data: { isBig: true }) { id } }', { id })
    expect([await read(), await big()]).toEqual([
      { gadgetCount: 2, openCount: 2 },
      { driveCount: 1, bigDrives: 1 },
    ])
    await relink(id, { unlink: [a] })
    expect([await read(), await big()]).toEqual([
      { gadgetCount: 1, openCount: 1 },
      { driveCount: 0, bigDrives: 0 },
    ])
    expect((await driftsIn(world)).drifts).toEqual([])
  })

  it('are limited in all and with a label, and judged by rules over the other end', async () => {
    const ids = await Promise.all(['1', '2', '3', '4', '5'].map(name => gadget(name)))
    const { id } = await drive({ link: ids.slice(0, 4).map(one => ({ id: one })) })
    expect(codes(await relink(id, { link: [{ id: ids[4] }] }))).toEqual(['LINKS_TOO_MANY gadgets/link/0'])
    const main = { attributes: { label: 'main' } }
    expect(
      codes(
        await relink(id, {
          link: [
            { id: ids[0], ...main },
            { id: ids[1], ...main },
          ],
        }),
      ),
    ).toEqual(['LINKS_TOO_MANY gadgets/link/0', 'LINKS_TOO_MANY gadgets/link/1'])
    expect(codes(await relink(id, { link: [{ id: ids[0], attributes: { share: '-1' } }] }))?.[0]).toMatch(/gadgets\/link\/0\/share/)
    const gone = await gadget('Gone', { status: 'gone' })
    expect(codes(await relink(id, { unlink: [ids[0]], link: [{ id: gone }] }))).toEqual(['RULE_VIOLATED '])
  })

  it('are named by an import one after the other, separated by semicolons', async () => {
    await Promise.all(['Imported A', 'Imported B'].map(name => gadget(name)))
    const file = await upload(
      world.app.url,
      world.headers,
      'd.csv',
      Buffer.from('Drive,Gadgets\nFrom file,Imported A; Imported B\nNo such,Imported C;Imported A\n'),
    )
    const mapping = [
      { column: 'Drive', field: 'name' },
      { column: 'Gadgets', field: 'gadgets' },
    ]
    const job = await runImport(world.app.url, world.headers, { object: 'drive', file, mapping })
    expect(job.result).toMatchObject({ created: 1, refused: 1 })
    expect(job.reasons).toMatchObject([{ code: 'MATCH_NONE', column: 'Gadgets', count: 1 }])
    const read = await world.get<{ nodes: Named[] }>(
      '{ drives(where: { name: { eq: "From file" } }) { nodes { gadgetCount gadgets { nodes { name } } } } }',
    )
    expect(read.nodes[0]).toEqual({ gadgetCount: 2, gadgets: { nodes: [{ name: 'Imported A' }, { name: 'Imported B' }] } })
  })

  it('join two records once, however many link them at the same time', async () => {
    const a = await gadget('Once')
    const { id } = await drive({ link: [] })
    const from = (end: number) =>
      end % 2 === 0
        ? relink(id, { link: [{ id: a }] })
        : world.ask('mutation($id: ID!, $data: GadgetUpdate!) { updateGadget(id: $id, data: $data) { id } }', {
            id: a,
            data: { drives: { link: [{ id }] } },
          })
    const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => from(index)))
    expect(answers.flatMap(answer => answer.body.errors ?? [])).toEqual([])
    const { rows } = await world.app.database.pool.query('select count(*)::int as n from w_links.drive_gadgets_link where gadget_id = $1', [
      a,
    ])
    expect(rows[0].n).toBe(1)
    expect((await driftsIn(world)).drifts).toEqual([])
  })
})

describe('who sees and writes links', () => {
  const asked = async (role: string, query: string, variables: object = {}) =>
    world.ask(query, variables as Record<string, unknown>, headers[role])

  it('does not show links to records that the reader may not see, nor count or keep from them', async () => {
    const [open, shut] = [await gadget('Open'), await gadget('Hidden one')]
    const { id } = await drive({ link: [{ id: open }, { id: shut }] })
    await world.app.database.pool.query(`update w_links.gadget set is_secret = true where id = $1`, [shut])
    const query = `query($id: ID!) { drive(id: $id) { gadgets { totalCount nodes { name } } gadgetsLinks { totalCount nodes { gadgetId } } } }`
    const answer = await asked('rep', query, { id })
    expect(answer.body.data).toEqual({
      drive: { gadgets: { totalCount: 1, nodes: [{ name: 'Open' }] }, gadgetsLinks: { totalCount: 1, nodes: [{ gadgetId: open }] } },
    })
    const found = await asked(
      'rep',
      'query($where: DriveWhere) { drives(where: $where) { totalCount } driveGadgetsLinks { totalCount } }',
      {
        where: { gadgets: { some: { name: { eq: 'Hidden one' } } } },
      },
    )
    expect(found.body.data).toMatchObject({ drives: { totalCount: 0 } })
    expect(codes(await relink(id, { link: [{ id: shut }] }, headers.rep))).toEqual(['RECORD_UNKNOWN gadgets/link/0/gadgetId'])
  })

  it('removes by replace only what the writer may see', async () => {
    const [open, shut] = [await gadget('Open'), await gadget('Shut')]
    const { id } = await drive({ link: [{ id: open }, { id: shut }] })
    await world.app.database.pool.query(`update w_links.gadget set is_secret = true where id = $1`, [shut])
    await relink(id, { replace: [] }, headers.rep)
    const { rows } = await world.app.database.pool.query(
      'select gadget_id from w_links.drive_gadgets_link where drive_id = $1 and deleted_at is null',
      [id],
    )
    expect(rows).toEqual([{ gadget_id: shut }])
  })

  it('offers no writing to readers, nothing at all to whom links are hidden, and no mirrored values', async () => {
    const fields = async (role: string, type: string) => {
      const answer = await asked(role, `{ __type(name: "${type}") { fields { name } inputFields { name } } }`)
      const of = (answer.body.data as { __type: { fields: Named[] | null; inputFields: Named[] | null } | null }).__type
      return (of?.fields ?? of?.inputFields ?? []).map(({ name }) => name)
    }
    expect(await fields('reader', 'DriveGadgetsLinkTargets')).toEqual([])
    expect(await fields('closed', 'Drive')).not.toContain('gadgets')
    expect(await fields('closed', 'Gadget')).not.toContain('drives')
    expect(await fields('fixed', 'Drive')).toContain('gadgets')
    expect(await fields('fixed', 'DriveUpdate')).toEqual(['name', 'isBig'])
    expect(await fields('rep', 'DriveUpdate')).toContain('gadgets')
    expect((await fields('rep', 'DriveGadgetsLink')).join()).not.toMatch(/price|\$/)
    expect(await fields('rep', 'Mutation')).not.toContain('createDriveGadgetsLink')
  })
})
