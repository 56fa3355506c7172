import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Answer, dataOf, post, signInHeaders } from '../support/app.js'
import { upload } from '../support/files.js'
import { everything, type RecordsWorld, recordsWorld } from '../support/records.js'
import { driftsIn } from './computed-drifts.js'
import { mergeObjects } from './merge-objects.js'

let world: RecordsWorld
let headers: Record<string, Record<string, string>> = {}
const own = { '==': [{ var: 'record.owner' }, { var: 'user.id' }] }
const roles = [
  { role: 'keeper', label: 'Keeper', grants: { firm: { actions: ['read', 'update'] }, job: { actions: ['read'] } } },
  {
    role: 'clerk',
    label: 'Clerk',
    grants: { firm: everything, job: { actions: ['read', 'create'], records: own } },
  },
  { role: 'shy', label: 'Shy', grants: { firm: { ...everything, records: own } } },
]
beforeAll(async () => {
  const members = roles.map(({ role }) => ({ email: `${role}@merge.test`, name: role, roles: [role] }))
  world = await recordsWorld('merge', [...mergeObjects, ...roles], [{}, ...members])
  headers = Object.fromEntries(
    await Promise.all(roles.map(async ({ role }) => [role, await signInHeaders(world.app, `${role}@merge.test`)] as const)),
  )
})
afterAll(async () => world?.app.close())

type Made = { id: string; version: number }
const typeOf = (object: string) => object.charAt(0).toUpperCase() + object.slice(1)
const make = (object: string, data: object) =>
  world.get<Made>(`mutation($data: ${typeOf(object)}Create!) { create${typeOf(object)}(data: $data) { id version } }`, { data })
const firm = async (name: string, more: object = {}) => (await make('firm', { name, ...more })).id
const job = async (firmId: string, hours: number, more: object = {}) =>
  (await make('job', { name: `J${hours}`, firmId, hours, ...more })).id
const mergeQuery = (shown: string) =>
  `mutation($into: ID!, $from: [ID!]!, $data: FirmUpdate, $version: Int) { mergeFirms(into: $into, from: $from, data: $data, version: $version) { ${shown} } }`
const tryMerge = (into: string, from: readonly string[], more: object = {}, as?: Record<string, string>): Promise<Answer> =>
  world.ask(mergeQuery('id'), { into, from, ...more }, as)
const merge = (into: string, from: readonly string[], data: object = {}, shown = 'id') =>
  world.get<Record<string, unknown>>(mergeQuery(shown), { into, from, data })
const read = (id: string, shown: string, root = 'firm') =>
  world.get<Record<string, unknown> | null>(`query($id: ID!) { ${root}(id: $id) { ${shown} } }`, { id })
const issuesOf = ({ body }: Answer) => (body.errors?.[0]?.extensions.issues ?? []).map(({ code, path }) => `${code} ${path}`)
const codeOf = ({ body }: Answer) => body.errors?.[0]?.extensions.code
const noDrift = async () => expect((await driftsIn(world)).drifts).toEqual([])

describe('merging records into one of them', () => {
  it('keeps the id of the survivor, gives it the chosen values and leaves the others as they are', async () => {
    const [into, other] = [await firm('Acme', { city: 'Bonn' }), await firm('Acme Ltd', { city: 'Rome', code: 'A-1' })]
    expect(await merge(into, [other], { name: 'Acme Ltd' }, 'id name city code')).toEqual({
      id: into,
      name: 'Acme Ltd',
      city: 'Bonn',
      code: null,
    })
  })

  it('moves everything that points at the merged records, with what is computed from it', async () => {
    const [into, a, b] = [await firm('Into'), await firm('A'), await firm('B')]
    const first = await job(a, 3, { billedId: b })
    await job(b, 4)
    await job(into, 5)
    await make('memo', { text: 'about A', about: { firm: { id: a } } })
    await make('site', { firmId: b, rooms: 2 })
    const below = await firm('Below', { aboveId: a })
    expect(
      await merge(into, [a, b], {}, 'hours jobs { totalCount } rooms sites { nodes { rooms } } below { nodes { name } } under'),
    ).toEqual({
      hours: '12',
      jobs: { totalCount: 3 },
      rooms: '2',
      sites: { nodes: [{ rooms: 2 }] },
      below: { nodes: [{ name: 'Below' }] },
      under: 1,
    })
    expect(await read(first, 'firmId billedId place', 'job')).toEqual({ firmId: into, billedId: into, place: 'Into' })
    expect(
      await world.get('query($id: ID!) { memos(where: { aboutId: { eq: $id } }) { nodes { aboutType about { ... on Firm { name } } } } }', {
        id: into,
      }),
    ).toEqual({
      nodes: [{ aboutType: 'firm', about: { name: 'Into' } }],
    })
    expect(await read(below, 'aboveId')).toEqual({ aboveId: into })
    await noDrift()
  })

  it('moves links, of each one only', async () => {
    const [x, y] = [(await make('tag', { name: 'x' })).id, (await make('tag', { name: 'y' })).id]
    const link = (...ids: string[]) => ({ tags: { link: ids.map(id => ({ id })) } })
    const into = await firm('Into', link(x))
    const gone = await firm('Gone', link(x, y))
    expect(await merge(into, [gone], {}, 'tagCount tags(orderBy: [{ name: ASC }]) { nodes { name } }')).toEqual({
      tagCount: 2,
      tags: { nodes: [{ name: 'x' }, { name: 'y' }] },
    })
    expect(await read(x, 'firms { nodes { id } }', 'tag')).toEqual({ firms: { nodes: [{ id: into }] } })
    await noDrift()
  })

  it('empties what the survivor itself has of a merged record, unless it is given something else', async () => {
    const [gone, other] = [await firm('Gone'), await firm('Other')]
    const into = await firm('Into', { aboveId: gone, partnerId: gone })
    expect(await merge(into, [gone], { aboveId: other }, 'aboveId partnerId')).toEqual({ aboveId: other, partnerId: null })
    const [second, last] = [await firm('Second'), await firm('Last')]
    expect(await merge(last, [second], { partnerId: second }, 'partnerId')).toEqual({ partnerId: null })
    await noDrift()
  })

  it('keeps copies as they were taken, and lets locked and finished records follow', async () => {
    const [into, gone] = [await firm('New name'), await firm('Old name')]
    const done = await job(gone, 1, { state: 'open' })
    await world.get('mutation($id: ID!) { transitionJob(id: $id, transition: "finish") { id } }', { id: done })
    await merge(into, [gone])
    expect(await read(done, 'firmId firmName state', 'job')).toEqual({ firmId: into, firmName: 'Old name', state: 'done' })
  })

  it('deletes the merged records and says where they went: their ids lead to the survivor, over any number of merges', async () => {
    const [last, into, gone] = [await firm('Last'), await firm('Into'), await firm('Gone')]
    await merge(into, [gone])
    expect(await read(gone, 'id name')).toEqual({ id: into, name: 'Into' })
    await merge(last, [into])
    expect(await read(gone, 'id name')).toEqual({ id: last, name: 'Last' })
    const named = await make('job', { name: 'late', firmId: gone, hours: 1 })
    expect(await read(named.id, 'firmId', 'job')).toEqual({ firmId: last })
    const restored = await world.ask('mutation($id: ID!) { restoreFirm(id: $id) { id } }', { id: gone })
    expect([codeOf(restored), issuesOf(restored)]).toEqual(['CONFLICT', ['RECORD_MERGED ']])
  })

  it('lets the survivor take values that have to be unique, and files, from the merged ones', async () => {
    const papers = await upload(world.app.url, world.headers, 'a.csv', 'one')
    const [into, gone] = [await firm('Into', { code: 'U-1' }), await firm('Gone', { code: 'U-2', papers: { id: papers } })]
    const shown = await merge(into, [gone], { code: 'U-2', papers: { id: papers } }, 'code papers { name }')
    expect(shown).toEqual({ code: 'U-2', papers: { name: 'a.csv' } })
    expect((await fetch(`${world.app.url}/files/${papers}`, { headers: world.headers })).status).toBe(200)
    expect(await firm('Free again', { code: 'U-1' })).toBeTruthy()
  })

  it('writes history and events of all that changed', async () => {
    const [into, gone] = [await firm('Into'), await firm('Gone')]
    const moved = await job(gone, 2)
    await merge(into, [gone], { city: 'Oslo' })
    const { rows } = await world.app.database.pool.query(
      `select h.record, h.action, o.event, o.fields from w_merge._history h join w_merge._outbox o using (record, version)
       where record = any($1::uuid[]) and h.version > 1 and h.action <> 'merged' order by h.object, h.action desc`,
      [[into, gone, moved]],
    )
    expect(rows.map(row => [row.record, row.action, row.event])).toEqual([
      [into, 'updated', 'updated'],
      [gone, 'deleted', 'deleted'],
      [moved, 'updated', 'updated'],
    ])
    expect(rows[2].fields).toContain('firmId')
    const told = await post(
      `${world.app.url}/platform`,
      'query($id: ID!) { history(object: "firm", id: $id, first: 10) { action } }',
      { id: into },
      world.headers,
    )
    const deeds = dataOf<{ action: string }[]>(told, 'history').map(({ action }) => action)
    expect(deeds.sort()).toEqual(['created', 'merged', 'updated'])
  })

  it('brings what was deleted before to the survivor when it is restored', async () => {
    const [into, gone] = [await firm('Into'), await firm('Gone')]
    const moved = await job(gone, 7)
    await world.get('mutation($id: ID!) { deleteJob(id: $id) { id } }', { id: moved })
    await merge(into, [gone])
    await world.get('mutation($id: ID!) { restoreJob(id: $id) { id } }', { id: moved })
    expect(await read(into, 'hours')).toEqual({ hours: '7' })
    await noDrift()
  })
})

describe('the id of a record that was merged', () => {
  const update = (id: string, data: object, version?: number, as?: Record<string, string>): Promise<Answer> =>
    world.ask(
      'mutation($id: ID!, $data: FirmUpdate!, $version: Int) { updateFirm(id: $id, data: $data, version: $version) { id city version } }',
      { id, data, version },
      as,
    )
  const remove = (id: string, version?: number, as?: Record<string, string>): Promise<Answer> =>
    world.ask('mutation($id: ID!, $version: Int) { deleteFirm(id: $id, version: $version) { id } }', { id, version }, as)
  const versionOf = async (id: string) => Number((await read(id, 'version'))?.version)
  const told = (answer: Answer) => [codeOf(answer), issuesOf(answer)]

  it('leads writes to the survivor, over any number of merges, with what they nest', async () => {
    const [last, into, gone] = [await firm('Last'), await firm('Into'), await firm('Gone')]
    await merge(into, [gone])
    await merge(last, [into])
    expect(dataOf(await update(gone, { city: 'Oslo', sites: { create: [{ rooms: 3 }] } }), 'updateFirm')).toMatchObject({
      id: last,
      city: 'Oslo',
    })
    expect(await read(last, 'city rooms')).toEqual({ city: 'Oslo', rooms: '3' })
    const upsert = await world.get<{ nodes: { id: string }[] }>(
      'mutation($data: [FirmCreate!]!) { upsertFirms(data: $data, by: ["id"]) { nodes { id } } }',
      { data: [{ id: gone, name: 'Last', city: 'Rome' }] },
    )
    expect(upsert.nodes).toEqual([{ id: last }])
  })

  it('leads transitions to the survivor', async () => {
    const at = await firm('At')
    const [into, gone] = [await job(at, 1, { state: 'open' }), await job(at, 2, { state: 'open' })]
    await world.get('mutation($into: ID!, $from: [ID!]!) { mergeJobs(into: $into, from: $from) { id } }', { into, from: [gone] })
    const query = 'mutation($id: ID!) { transitionJob(id: $id, transition: "finish") { id state } }'
    expect(await world.get(query, { id: gone })).toEqual({ id: into, state: 'done' })
  })

  it('takes the version of the survivor alone: no version of before the merge is one of it', async () => {
    const [into, gone] = [await firm('Into'), await firm('Gone')]
    await update(gone, { city: 'A' })
    await update(gone, { city: 'B' })
    const [before, own] = [await versionOf(gone), await versionOf(into)]
    await merge(into, [gone])
    const present = await versionOf(gone)
    expect(present).toBeGreaterThan(before)
    for (const version of [own, before, present + 1])
      expect(told(await update(gone, { city: 'C' }, version))).toEqual(['CONFLICT', ['VERSION_CONFLICT version']])
    expect(dataOf(await update(gone, { city: 'C' }, present), 'updateFirm')).toEqual({ id: into, city: 'C', version: present + 1 })
  })

  it('deletes nothing unless the survivor was read: it is told that the record was merged', async () => {
    const [into, gone] = [await firm('Into'), await firm('Gone')]
    await merge(into, [gone])
    expect(told(await remove(gone))).toEqual(['CONFLICT', ['RECORD_MERGED id']])
    const many = 'mutation($where: FirmWhere!) { deleteFirms(where: $where) { count } }'
    expect(await world.get(many, { where: { id: { in: [gone] } } })).toEqual({ count: 0 })
    expect(told(await remove(gone, 99))).toEqual(['CONFLICT', ['VERSION_CONFLICT version']])
    expect(dataOf(await remove(gone, await versionOf(into)), 'deleteFirm')).toEqual({ id: into })
    expect(told(await remove(gone))).toEqual(['NOT_FOUND', ['RECORD_NOT_FOUND id']])
    expect(told(await update(gone, { city: 'X' }))).toEqual(['NOT_FOUND', ['RECORD_NOT_FOUND id']])
  })

  it('says nothing to whom the survivor is hidden', async () => {
    const [into, gone] = [await firm('Into'), await firm('Gone')]
    await merge(into, [gone])
    for (const answer of [await update(gone, { city: 'X' }, undefined, headers.shy), await remove(gone, undefined, headers.shy)])
      expect(told(answer)).toEqual(['NOT_FOUND', ['RECORD_NOT_FOUND id']])
    expect(told(await remove(into, undefined, headers.shy))).toEqual(['NOT_FOUND', ['RECORD_NOT_FOUND id']])
  })

  it('finds the survivor and what points at it in filters of lists, aggregates and bulk updates', async () => {
    const [last, into, gone, other] = [await firm('Last'), await firm('Into'), await firm('Gone'), await firm('Other')]
    await merge(into, [gone])
    await merge(last, [into])
    await job(last, 5)
    const stays = await job(other, 6)
    await make('memo', { text: 'about', about: { firm: { id: last } } })
    const firms = (where: object, deleted = 'NO') =>
      world.get<{ nodes: { id: string }[] }>(
        'query($where: FirmWhere, $deleted: DeletedChoice) { firms(where: $where, deleted: $deleted) { nodes { id } } }',
        {
          where,
          deleted,
        },
      )
    const ids = async (where: object, deleted?: string) => (await firms(where, deleted)).nodes.map(({ id }) => id)
    expect(await ids({ id: { eq: gone } })).toEqual([last])
    expect((await ids({ id: { in: [gone, into, other] } })).sort()).toEqual([last, other].sort())
    expect(await ids({ id: { in: [last, other], ne: gone } })).toEqual([other])
    expect(await ids({ id: { in: [last, other], notIn: [into] } })).toEqual([other])
    expect(await ids({ id: { eq: gone } }, 'ONLY')).toEqual([gone])
    const jobs = async (where: object) =>
      (await world.get<{ nodes: { hours: number }[] }>('query($where: JobWhere) { jobs(where: $where) { nodes { hours } } }', { where }))
        .nodes
    for (const where of [
      { firmId: { eq: gone } },
      { firmId: { in: [gone, into] } },
      { firm: { id: { eq: gone } } },
      { firm: { id: { in: [into] } } },
    ])
      expect(await jobs(where)).toEqual([{ hours: 5 }])
    expect(await ids({ id: { in: [last, other] }, jobs: { some: { firmId: { eq: gone } } } })).toEqual([last])
    const memos = await world.get('query($id: ID!) { memos(where: { aboutId: { eq: $id } }) { nodes { text } } }', { id: gone })
    expect(memos).toEqual({ nodes: [{ text: 'about' }] })
    expect(await world.get('query($id: ID!) { jobsAggregate(where: { firmId: { eq: $id } }) { count } }', { id: gone })).toEqual([
      { count: 1 },
    ])
    const bulk = 'mutation($where: JobWhere!) { updateJobs(where: $where, data: { hours: 7 }) { count } }'
    expect(await world.get(bulk, { where: { firmId: { eq: gone } } })).toEqual({ count: 1 })
    expect(await read(stays, 'hours', 'job')).toEqual({ hours: 6 })
    for (const id of ['__proto__', 'x', '\u0000']) expect(await jobs({ firmId: { in: [id] } })).toEqual([])
  })
})

describe('a merge that cannot be', () => {
  it('is refused for itself, for none, for too many, and for records that are not there', async () => {
    const [into, gone] = [await firm('Into'), await firm('Gone')]
    const many = Array.from({ length: 11 }, (_, at) => `00000000-0000-4000-8000-0000000000${10 + at}`)
    expect(issuesOf(await tryMerge(into, [gone, into]))).toEqual(['MERGE_SELF from/1'])
    expect(issuesOf(await tryMerge(into, []))).toEqual(['MERGE_COUNT from'])
    expect(issuesOf(await tryMerge(into, many))).toEqual(['MERGE_COUNT from'])
    for (const id of ['__proto__', 'x', '\u0000', many[0] ?? '']) {
      const answer = await tryMerge(into, [gone, id])
      expect([codeOf(answer), issuesOf(answer)]).toEqual(['NOT_FOUND', ['RECORD_NOT_FOUND from/1']])
    }
    expect(issuesOf(await tryMerge('x', ['__proto__']))).toEqual(['RECORD_NOT_FOUND into', 'RECORD_NOT_FOUND from/0'])
    const other = await job(into, 1)
    expect(issuesOf(await tryMerge(into, [other]))).toEqual(['RECORD_NOT_FOUND from/0'])
    expect(codeOf(await tryMerge(gone, [into], { version: 7 }))).toBe('CONFLICT')
    expect(await read(gone, 'id')).toEqual({ id: gone })
  })

  it('is refused where the survivor would stand below itself', async () => {
    const top = await firm('Top')
    const middle = await firm('Middle', { aboveId: top })
    const low = await firm('Low', { aboveId: middle })
    expect(issuesOf(await tryMerge(low, [top]))).toEqual(['HIERARCHY_CYCLE aboveId'])
    expect(issuesOf(await tryMerge(low, [top], { data: { aboveId: null } }))).toEqual([])
    expect(await read(middle, 'aboveId')).toEqual({ aboveId: low })
    await noDrift()
  })

  it('is refused by rules of the records that would move, each named', async () => {
    const [into, gone] = [await firm('Into', { closed: true }), await firm('Gone')]
    const moved = await job(gone, 2)
    expect(issuesOf(await tryMerge(into, [gone]))).toEqual([`RULE_VIOLATED jobs/${moved}/firmId`])
    await make('plan', { firmId: into, year: 2026 })
    const double = await make('plan', { firmId: gone, year: 2026 })
    expect(issuesOf(await tryMerge(into, [gone]))).toContain(`SET_DUPLICATE plans/${double.id}/year`)
  })

  it('is refused where links would be too many', async () => {
    const best = async (name: string) => ({ best: { link: [{ id: (await make('tag', { name })).id }] } })
    const [into, gone] = [await firm('Into', await best('x')), await firm('Gone', await best('y'))]
    expect(issuesOf(await tryMerge(into, [gone]))).toEqual([expect.stringMatching(/^LINKS_TOO_MANY firmBestLinks\//)])
  })

  it('leads on by the object, too: another record may have the same id', async () => {
    const [into, gone] = [await firm('Into'), await firm('Gone')]
    const same = await make('tag', { id: gone, name: 'same id' })
    await merge(into, [gone])
    expect(await read(same.id, 'name', 'tag')).toEqual({ name: 'same id' })
    expect(await read(gone, 'name')).toEqual({ name: 'Into' })
  })

  it('is refused by a rule on deleting, and while a state locks the lines of the survivor', async () => {
    const [into, held] = [await firm('Into'), await firm('Held', { held: true })]
    expect(issuesOf(await tryMerge(into, [held]))).toEqual(['RULE_VIOLATED from/held'])
    const [shut, open] = [
      await make('crate', { name: 'S', state: 'open' }),
      await make('crate', { name: 'O', lines: { create: [{ n: 1 }] } }),
    ]
    await world.get('mutation($id: ID!) { transitionCrate(id: $id, transition: "shut") { id } }', { id: shut.id })
    const query = 'mutation($into: ID!, $from: [ID!]!) { mergeCrates(into: $into, from: $from) { lines { totalCount } } }'
    expect(issuesOf(await world.ask(query, { into: shut.id, from: [open.id] }))).toEqual([
      expect.stringMatching(/^STATE_LOCKS crateLines\//),
    ])
    expect(await world.get(query, { into: open.id, from: [shut.id] })).toEqual({ lines: { totalCount: 1 } })
  })

  it('is for whoever may change the survivor and delete the others; what they may not see moves, and is not told of', async () => {
    const [into, gone] = [await firm('Into'), await firm('Gone')]
    const moved = await job(gone, 2)
    const noField = await tryMerge(into, [gone], {}, headers.keeper)
    expect(noField.body.errors?.[0]?.message).toMatch(/mergeFirms/)
    expect(issuesOf(await tryMerge(into, [gone], {}, headers.shy))).toEqual(['RECORD_NOT_FOUND into', 'RECORD_NOT_FOUND from/0'])
    const closed = await firm('Closed', { closed: true })
    expect(issuesOf(await tryMerge(closed, [gone], {}, headers.clerk))).toEqual(['MERGE_HIDDEN from'])
    expect(issuesOf(await tryMerge(into, [gone], {}, headers.clerk))).toEqual([])
    expect(await read(moved, 'firmId', 'job')).toEqual({ firmId: into })
  })
})

describe('merges at the same time', () => {
  it('of the same records: one wins, the others are told', async () => {
    const [one, two, three] = [await firm('One'), await firm('Two'), await firm('Three')]
    await job(two, 4)
    const answers = await Promise.all([
      tryMerge(one, [two, three]),
      tryMerge(three, [two, one]),
      tryMerge(two, [one, three]),
      tryMerge(one, [two]),
    ])
    const lost = answers.filter(({ body }) => body.errors)
    expect(answers.length - lost.length).toBe(1)
    expect(lost.map(codeOf)).toEqual(['CONFLICT', 'CONFLICT', 'CONFLICT'])
    const ends = await Promise.all([one, two, three].map(async id => (await read(id, 'id hours'))?.hours))
    expect(ends).toContain('4')
    await noDrift()
  })

  it('beside children being made: none is lost, whichever comes first', async () => {
    for (let round = 0; round < 4; round++) {
      const [into, gone] = [await firm('Into'), await firm('Gone')]
      const make10 = Array.from({ length: 10 }, (_, at) => job(gone, at + 1))
      // what no rollup counts, and what has no foreign key
      const others = [0, 1, 2].flatMap(at => [
        make('plan', { firmId: gone, year: round * 10 + at }),
        make('memo', { text: 'm', about: { firm: { id: gone } } }),
        make('job', { name: 'billed', hours: 1, billedId: gone }),
      ])
      const [answer] = await Promise.all([tryMerge(into, [gone]), ...make10, ...others])
      expect(issuesOf(answer as Answer)).toEqual([])
      const counts = `query($id: ID!) { a: plans(where: { firmId: { eq: $id } }) { totalCount } b: memos(where: { aboutId: { eq: $id } }) { totalCount }
        c: jobs(where: { billedId: { eq: $id } }) { totalCount } }`
      const three = { totalCount: 3 }
      expect((await world.ask(counts, { id: into })).body.data).toEqual({ a: three, b: three, c: three })
      expect(await read(into, 'hours jobs { totalCount }')).toEqual({ hours: '55', jobs: { totalCount: 10 } })
    }
    await noDrift()
  })
})
