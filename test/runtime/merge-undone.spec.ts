import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Answer } from '../support/app.js'
import { upload } from '../support/files.js'
import { type RecordsWorld, recordsWorld } from '../support/records.js'
import { driftsIn } from './computed-drifts.js'
import { mergeObjects } from './merge-objects.js'

let world: RecordsWorld
beforeAll(async () => {
  world = await recordsWorld('unmerge', mergeObjects)
})
afterAll(async () => world?.app.close())

const typeOf = (object: string) => object.charAt(0).toUpperCase() + object.slice(1)
const make = async (object: string, data: object) =>
  (await world.get<{ id: string }>(`mutation($data: ${typeOf(object)}Create!) { create${typeOf(object)}(data: $data) { id } }`, { data }))
    .id
const update = (object: string, id: string, data: object) =>
  world.get(`mutation($id: ID!, $data: ${typeOf(object)}Update!) { update${typeOf(object)}(id: $id, data: $data) { id } }`, { id, data })
const firm = (name: string, more: object = {}) => make('firm', { name, ...more })
const job = (firmId: string, hours: number, more: object = {}) => make('job', { name: `J${hours}`, firmId, hours, ...more })
const merge = (into: string, from: readonly string[], data: object = {}) =>
  world.get('mutation($into: ID!, $from: [ID!]!, $data: FirmUpdate) { mergeFirms(into: $into, from: $from, data: $data) { id } }', {
    into,
    from,
    data,
  })
const tryUnmerge = (id: string) =>
  world.ask('mutation($id: ID!) { unmergeFirms(id: $id) { count nodes { id } issues { id code path message } } }', { id })
const unmerge = async (id: string) => {
  const { body } = await tryUnmerge(id)
  if (body.errors) throw new Error(JSON.stringify(body.errors))
  return body.data?.unmergeFirms as {
    count: number
    nodes: { id: string }[]
    issues: { id: string; code: string; path: string; message: string }[]
  }
}
const issuesOf = ({ body }: Answer) => (body.errors?.[0]?.extensions.issues ?? []).map(({ code, path }) => `${code} ${path}`)
const read = (id: string, shown: string, root = 'firm') =>
  world.get<Record<string, unknown> | null>(`query($id: ID!) { ${root}(id: $id) { ${shown} } }`, { id })
const noDrift = async () => expect((await driftsIn(world)).drifts).toEqual([])

describe('undoing a merge', () => {
  it('brings all its records back with everything that pointed at them, and gives the survivor its former values', async () => {
    const [tag, shared] = [await make('tag', { name: 'x' }), await make('tag', { name: 'y' })]
    const papers = await upload(world.app.url, world.headers, 'a.csv', 'one')
    const old = await upload(world.app.url, world.headers, 'b.csv', 'two')
    const into = await firm('Into', { code: 'C-1', papers: { id: old }, tags: { link: [{ id: shared }] } })
    const a = await firm('A', { code: 'C-2', papers: { id: papers }, tags: { link: [{ id: shared }, { id: tag }] } })
    const b = await firm('B')
    const below = await firm('Below', { aboveId: a })
    await job(a, 3, { billedId: b })
    await job(b, 4)
    await make('site', { firmId: b, rooms: 2 })
    await make('memo', { text: 'm', about: { firm: { id: a } } })
    const shown =
      'id name code papers { name } hours rooms under tagCount tags(orderBy: [{ name: ASC }]) { nodes { name } } jobs { totalCount }'
    const before = [await read(into, shown), await read(a, shown), await read(b, shown)]
    await merge(into, [a, b], { code: 'C-2', papers: { id: papers }, city: 'Rome' })
    const undone = await unmerge(b)
    expect({ ...undone, nodes: undone.nodes.map(({ id }) => id).sort() }).toEqual({ count: 2, nodes: [a, b].sort(), issues: [] })
    expect([await read(into, shown), await read(a, shown), await read(b, shown)]).toEqual(before)
    expect(await read(into, 'city')).toEqual({ city: null })
    expect(await read(below, 'aboveId')).toEqual({ aboveId: a })
    expect(await world.get('query($id: ID!) { memos(where: { aboutId: { eq: $id } }) { totalCount } }', { id: a })).toEqual({
      totalCount: 1,
    })
    for (const id of [papers, old]) expect((await fetch(`${world.app.url}/files/${id}`, { headers: world.headers })).status).toBe(200)
    await noDrift()
  })

  it('leaves what was changed meanwhile, and tells of it', async () => {
    const [into, gone, third] = [await firm('Into'), await firm('Gone'), await firm('Third')]
    const [still, elsewhere, deleted] = [await job(gone, 1), await job(gone, 2), await job(gone, 4)]
    await merge(into, [gone], { name: 'Both', city: 'Rome' })
    await update('job', elsewhere, { firmId: third })
    await update('firm', into, { city: 'Oslo' })
    await world.get('mutation($id: ID!) { deleteJob(id: $id) { id } }', { id: deleted })
    const later = await job(into, 8)
    const { issues } = await unmerge(gone)
    expect(issues.map(({ id, code, path }) => `${id} ${code} ${path}`)).toEqual([
      `${into} MERGE_LEFT city`,
      `${elsewhere} MERGE_LEFT jobs/${elsewhere}/firmId`,
    ])
    expect(issues[1]?.message).toBe('Firm was changed since the merge and stays as it is.')
    expect(await read(into, 'name city hours')).toEqual({ name: 'Into', city: 'Oslo', hours: '8' })
    expect(await read(still, 'firmId', 'job')).toEqual({ firmId: gone })
    expect(await read(later, 'firmId', 'job')).toEqual({ firmId: into })
    await world.get('mutation($id: ID!) { restoreJob(id: $id) { id } }', { id: deleted })
    expect(await read(gone, 'hours')).toEqual({ hours: '5' })
    await noDrift()
  })

  it('works from the last merge to the first, and older ids lead to where their records are then', async () => {
    const [last, middle, first] = [await firm('Last'), await firm('Middle'), await firm('First')]
    await job(first, 3)
    await merge(middle, [first])
    await merge(last, [middle])
    expect(issuesOf(await tryUnmerge(first))).toEqual(['MERGE_MOVED_ON id'])
    await unmerge(middle)
    expect(await read(first, 'id')).toEqual({ id: middle })
    expect(await read(middle, 'hours')).toEqual({ hours: '3' })
    await unmerge(first)
    expect(await read(first, 'id hours')).toEqual({ id: first, hours: '3' })
  })

  it('is refused where there is none, where it is too old, and where the record would come back below itself', async () => {
    const [into, gone] = [await firm('Into'), await firm('Gone')]
    for (const id of [into, '__proto__', '\u0000', '00000000-0000-4000-8000-000000000001'])
      expect(issuesOf(await tryUnmerge(id))).toEqual(['MERGE_UNKNOWN id'])
    const top = await firm('Top')
    await update('firm', gone, { aboveId: top })
    const below = await firm('Below', { aboveId: gone })
    await merge(into, [gone])
    await update('firm', top, { aboveId: below })
    expect(issuesOf(await tryUnmerge(gone))).toEqual(['HIERARCHY_CYCLE aboveId'])
    await update('firm', top, { aboveId: null })
    await world.app.database.pool.query(`update w_unmerge._merge set at = at - interval '91 days' where survivor = $1`, [into])
    expect(issuesOf(await tryUnmerge(gone))).toEqual(['MERGE_UNKNOWN id'])
    await world.get('mutation($id: ID!) { restoreFirm(id: $id) { id } }', { id: gone })
    expect(await read(gone, 'id')).toEqual({ id: gone })
  })

  it('happens once, however many ask for it', async () => {
    const [into, gone] = [await firm('Into'), await firm('Gone')]
    await job(gone, 2)
    await merge(into, [gone])
    const answers = await Promise.all([1, 2, 3, 4].map(() => tryUnmerge(gone)))
    expect(answers.filter(({ body }) => !body.errors).length).toBe(1)
    expect(await read(gone, 'hours')).toEqual({ hours: '2' })
    await noDrift()
  })
})
