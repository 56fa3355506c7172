import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { schemaOf } from '../../runtime/database/schema.js'
import { Purger } from '../../runtime/recycle-bin/purger.js'
import { type Answer, dataOf, post, signInHeaders } from '../support/app.js'
import { everything, type RecordsWorld, recordsWorld } from '../support/records.js'

const named = (object: string, plural: string, fields: object = {}) => ({
  object,
  plural,
  label: { en: object[0]?.toUpperCase() + object.slice(1) },
  title: 'name',
  fields: { name: { type: 'text', label: 'Name' }, ...fields },
})
const objects = [
  named('firm', 'firms', {
    code: { type: 'text', label: 'Code', unique: true },
    tags: { type: 'manyToMany', label: 'Tags', to: 'mark', inverse: 'firms' },
    siteCount: { type: 'rollup', label: 'Sites', of: 'sites', function: 'count' },
  }),
  named('site', 'sites', {
    code: { type: 'text', label: 'Code', unique: true },
    firm: { type: 'masterDetail', label: 'Firm', to: 'firm', inverse: 'sites' },
    plan: { type: 'file', label: 'Plan' },
  }),
  named('room', 'rooms', { site: { type: 'masterDetail', label: 'Site', to: 'site', inverse: 'rooms' } }),
  named('person', 'people', { employer: { type: 'lookup', label: 'Employer', to: 'firm', inverse: 'people', onDelete: 'setNull' } }),
  named('bill', 'bills', {
    payer: { type: 'lookup', label: 'Payer', to: 'person', inverse: 'bills', required: true, onDelete: 'setNull' },
  }),
  named('mark', 'marks'),
  named('left', 'lefts', { other: { type: 'lookup', label: 'Other', to: 'right', onDelete: 'cascade' } }),
  named('right', 'rights', { other: { type: 'lookup', label: 'Other', to: 'left', required: true, onDelete: 'cascade' } }),
  {
    role: 'clerk',
    label: 'Clerk',
    grants: {
      firm: { ...everything, records: { '!=': [{ var: 'name' }, 'Secret'] }, fields: { code: 'hidden' } },
      person: { actions: ['read', 'delete'] },
    },
  },
]

interface Deletion {
  readonly id: string
  readonly until: string
  readonly at: string
  readonly actor: { readonly name: string } | null
  readonly deleted: readonly {
    readonly object: string
    readonly count: number
    readonly along: number
    readonly restorable: boolean
    readonly records: { readonly id: string; readonly title: string }[]
  }[]
}
interface Conflict {
  readonly object: string
  readonly title: string | null
  readonly code: string
  readonly path: string
  readonly message: string
  readonly hint: string
  readonly other: { readonly object: string; readonly title: string | null } | null
}

let world: RecordsWorld
let clerk: Record<string, string>
const schema = schemaOf('bin')
beforeAll(async () => {
  world = await recordsWorld('bin', objects, [{}, { email: 'clerk@bin.test', name: 'Cleo Clerk', roles: ['clerk'] }])
  clerk = await signInHeaders(world.app, 'clerk@bin.test')
})
afterAll(async () => world?.app.close())

const platform = (query: string, variables: object = {}, as = world.headers): Promise<Answer> =>
  post(`${world.app.url}/platform`, query, { ...variables }, as)
const binOf = async (as = world.headers, variables: object = {}) =>
  dataOf<{ deletions: Deletion[]; next: string | null; days: number }>(
    await platform(
      'query($mine: Boolean! = false, $first: Int! = 20, $after: String) { deletions(mine: $mine, first: $first, after: $after) { days next deletions { id at until actor { name } deleted { object count along restorable records { id title } } } } }',
      variables,
      as,
    ),
    'deletions',
  )
const newest = async (as = world.headers) => (await binOf(as)).deletions[0] as Deletion
const conflictsOf = async (deletion: string, as = world.headers) =>
  dataOf<Conflict[]>(
    await platform(
      'query($d: ID!) { restoreConflicts(deletion: $d) { object title code path message hint other { object title } } }',
      { d: deletion },
      as,
    ),
    'restoreConflicts',
  )
const restore = (deletion: string, as = world.headers) =>
  platform('mutation($d: ID!) { restoreDeletion(deletion: $d) { object ids } }', { d: deletion }, as)
const codeOf = ({ body }: Answer) => body.errors?.[0]?.extensions.code
const make = async (object: string, data: object): Promise<string> =>
  (await world.get<{ id: string }>(`mutation($data: ${object}Create!) { create${object}(data: $data) { id } }`, { data })).id
const drop = (object: string, id: string, as?: Record<string, string>) =>
  world.ask(`mutation($id: ID!) { delete${object}(id: $id) { id } }`, { id }, as)
const isThere = async (one: string, id: string) => (await world.get(`query($id: ID!) { ${one}(id: $id) { id } }`, { id })) !== null
const shape = ({ deleted }: Deletion) => deleted.map(({ object, count, along }) => [object, count, along])

describe('a deletion', () => {
  it('is one group with everything that went along, and tells who, when and until when', async () => {
    const firm = await make('Firm', {
      name: 'Acme',
      sites: { create: [{ name: 'A', rooms: { create: [{ name: '1' }, { name: '2' }] } }, { name: 'B' }] },
    })
    await drop('Firm', firm)
    const deletion = await newest()
    expect(shape(deletion)).toEqual([
      ['firm', 1, 0],
      ['room', 0, 2],
      ['site', 0, 2],
    ])
    expect(deletion.actor?.name).toBe('Ada Admin')
    expect(deletion.deleted[0]?.records).toEqual([{ id: firm, title: 'Acme' }])
    expect(Date.parse(deletion.until) - Date.parse(deletion.at)).toBe(30 * 86_400_000)
  })

  it('of many records at once is one group too', async () => {
    for (const name of ['Many 1', 'Many 2', 'Many 3']) await make('Person', { name })
    await world.get('mutation { deletePeople(where: { name: { startsWith: "Many" } }) { count } }')
    expect(shape(await newest())).toEqual([['person', 3, 0]])
  })

  it('comes back as a whole, and leaves the bin', async () => {
    const firm = await make('Firm', { name: 'Back', code: 'B1', sites: { create: [{ name: 'S', rooms: { create: [{ name: 'R' }] } }] } })
    await drop('Firm', firm)
    const { id } = await newest()
    expect(await conflictsOf(id)).toEqual([])
    expect(await isThere('firm', firm)).toBe(false)
    expect(dataOf(await restore(id), 'restoreDeletion')).toEqual([{ object: 'firm', ids: [firm] }])
    const back = await world.get('query($id: ID!) { firm(id: $id) { name siteCount sites { nodes { name rooms { nodes { name } } } } } }', {
      id: firm,
    })
    expect(back).toEqual({ name: 'Back', siteCount: 1, sites: { nodes: [{ name: 'S', rooms: { nodes: [{ name: 'R' }] } }] } })
    expect((await binOf()).deletions.map(one => one.id)).not.toContain(id)
    expect(codeOf(await restore(id))).toBe('NOT_FOUND')
  })

  it('comes back with links, and with what it must point at and went with it', async () => {
    const mark = await make('Mark', { name: 'M' })
    const firm = await make('Firm', { name: 'Linked', tags: { link: [{ id: mark }] } })
    await drop('Mark', mark)
    expect(await conflictsOf((await newest()).id)).toEqual([])
    expect((await restore((await newest()).id)).body.errors).toBeUndefined()
    expect(await world.get('query($id: ID!) { firm(id: $id) { tags { totalCount } } }', { id: firm })).toEqual({ tags: { totalCount: 1 } })
    const left = await make('Left', { name: 'L' })
    const right = await make('Right', { name: 'R', otherId: left })
    await drop('Left', left)
    expect(dataOf(await restore((await newest()).id), 'restoreDeletion')).toEqual([{ object: 'left', ids: [left] }])
    expect(await isThere('right', right)).toBe(true)
  })

  it('comes back once when twenty ask for it', async () => {
    const firm = await make('Firm', { name: 'Twenty' })
    await drop('Firm', firm)
    const { id } = await newest()
    const answers = await Promise.all(Array.from({ length: 20 }, () => restore(id)))
    expect(answers.filter(({ body }) => !body.errors)).toHaveLength(1)
    expect(new Set(answers.map(codeOf))).toEqual(new Set([undefined, 'NOT_FOUND']))
  })

  it('loses the records that are restored by themselves', async () => {
    const ids = await Promise.all(['Own 1', 'Own 2'].map(name => make('Person', { name })))
    await world.get('mutation { deletePeople(where: { name: { startsWith: "Own" } }) { count } }')
    await world.get('mutation($id: ID!) { restorePerson(id: $id) { id } }', { id: ids[0] })
    expect(shape(await newest())).toEqual([['person', 1, 0]])
  })

  it('is no group for what was merged', async () => {
    const [into, from] = [await make('Person', { name: 'Into' }), await make('Person', { name: 'From' })]
    const before = (await newest()).id
    await world.get('mutation($into: ID!, $from: [ID!]!) { mergePeople(into: $into, from: $from, data: {}) { id } }', {
      into,
      from: [from],
    })
    expect((await newest()).id).toBe(before)
  })
})

describe('what keeps a deletion from coming back', () => {
  it('is told before, all at once, by name, with what to do, and nothing comes back', async () => {
    const firm = await make('Firm', { name: 'Clash', code: 'C1', sites: { create: [{ name: 'Clash site', code: 'S1' }] } })
    await drop('Firm', firm)
    const { id } = await newest()
    const other = await make('Firm', { name: 'Taker', code: 'C1', sites: { create: [{ name: 'Other site', code: 'S1' }] } })
    expect(await conflictsOf(id)).toEqual([
      {
        object: 'firm',
        title: 'Clash',
        code: 'RESTORE_TAKEN',
        path: 'code',
        message: 'Code “C1” now belongs to “Taker”.',
        hint: 'Change it there, then restore.',
        other: { object: 'firm', title: 'Taker' },
      },
      {
        object: 'site',
        title: 'Clash site',
        code: 'RESTORE_TAKEN',
        path: 'code',
        message: 'Code “S1” now belongs to “Other site”.',
        hint: 'Change it there, then restore.',
        other: { object: 'site', title: 'Other site' },
      },
    ])
    expect(codeOf(await restore(id))).toBe('DUPLICATE')
    expect(await isThere('firm', firm)).toBe(false)
    await drop('Firm', other)
    expect(dataOf(await restore(id), 'restoreDeletion')).toEqual([{ object: 'firm', ids: [firm] }])
  })

  it('is a parent that is deleted, or a record that it must point at', async () => {
    const firm = await make('Firm', { name: 'Parent', sites: { create: [{ name: 'Child' }] } })
    const { sites } = await world.get<{ sites: { nodes: { id: string }[] } }>(
      'query($id: ID!) { firm(id: $id) { sites { nodes { id } } } }',
      { id: firm },
    )
    await drop('Site', sites.nodes[0]?.id ?? '')
    const { id } = await newest()
    await drop('Firm', firm)
    expect((await conflictsOf(id)).map(({ title, code, message, other }) => [title, code, message, other?.title])).toEqual([
      ['Child', 'RESTORE_PARENT', 'Firm “Parent” is deleted.', 'Parent'],
    ])
    const payer = await make('Person', { name: 'Payer' })
    const bill = await make('Bill', { name: 'Bill', payerId: payer })
    await drop('Bill', bill)
    const billed = (await newest()).id
    await drop('Person', payer)
    expect((await conflictsOf(billed)).map(({ title, code, hint }) => [title, code, hint])).toEqual([
      ['Bill', 'RESTORE_PARENT', 'Restore that first.'],
    ])
  })
})

describe('who sees what is in the bin', () => {
  it('sees only what they may see, and restores only that', async () => {
    await make('Firm', { name: 'Secret' })
    const open = await make('Firm', { name: 'Open', sites: { create: [{ name: 'unseen' }] } })
    await world.get('mutation { deleteFirms(where: { name: { in: ["Secret", "Open"] } }) { count } }')
    expect(shape(await newest())).toEqual([
      ['firm', 2, 0],
      ['site', 0, 1],
    ])
    const seen = await newest(clerk)
    expect(shape(seen)).toEqual([['firm', 1, 0]])
    expect(dataOf(await restore(seen.id, clerk), 'restoreDeletion')).toEqual([{ object: 'firm', ids: [open] }])
    expect((await newest()).deleted[0]?.records.map(({ title }) => title)).toEqual(['Secret'])
    for (const query of [
      restore(seen.id, clerk),
      platform('query($d: ID!) { restoreConflicts(deletion: $d) { code } }', { d: seen.id }, clerk),
    ])
      expect(codeOf(await query)).toBe('NOT_FOUND')
  })

  it('learns nothing of fields that they do not see', async () => {
    const firm = await make('Firm', { name: 'Quiet', code: 'Q1' })
    await drop('Firm', firm)
    const { id } = await newest()
    await make('Firm', { name: 'Secret', code: 'Q1' })
    const conflicts = await conflictsOf(id, clerk)
    expect(conflicts.map(({ code, path, other }) => [code, path, other])).toEqual([['RESTORE_HELD', '', null]])
    expect(JSON.stringify((await restore(id, clerk)).body)).not.toMatch(/Q1|Secret/)
  })

  it('needs the right to restore', async () => {
    const person = await make('Person', { name: 'Gone' })
    await drop('Person', person, clerk)
    const [deletion] = (await binOf(clerk, { mine: true })).deletions
    expect([deletion?.actor?.name, deletion?.deleted[0]?.restorable]).toEqual(['Cleo Clerk', false])
    expect(codeOf(await restore(deletion?.id ?? '', clerk))).toBe('FORBIDDEN')
  })

  it('pages through it, and is told of ids and cursors that are none', async () => {
    const all: string[] = []
    for (let after: string | null = null; ; ) {
      const page: Awaited<ReturnType<typeof binOf>> = await binOf(world.headers, { first: 2, after })
      all.push(...page.deletions.map(({ id }) => id))
      after = page.next
      if (after === null) break
    }
    expect(all).toEqual((await binOf(world.headers, { first: 100 })).deletions.map(({ id }) => id))
    for (const id of ['\u0000', '__proto__', '018f0000-0000-7000-8000-000000000000']) expect(codeOf(await restore(id))).toBe('NOT_FOUND')
    expect(codeOf(await platform('{ deletions(after: "bm9uZQ") { next } }'))).toBe('BAD_REQUEST')
    expect(codeOf(await platform('{ deletions { next } }', {}, {}))).toBe('UNAUTHENTICATED')
  })
})

describe('for good, before its days,', () => {
  const purge = (deletion: string, as = world.headers) =>
    platform('mutation($d: ID!) { purgeDeletion(deletion: $d) { records isDone } }', { d: deletion }, as)
  const empty = (until: string, as = world.headers) =>
    platform('mutation($u: DateTime!) { emptyBin(until: $u) { records isDone } }', { u: until }, as)

  it('a deletion goes whole when an admin wants it, once of many who ask, and the log says who', async () => {
    const firm = await make('Firm', { name: 'Never', sites: { create: [{ name: 'S' }] } })
    await drop('Firm', firm)
    const { id } = await newest()
    expect(codeOf(await purge(id, clerk))).toBe('FORBIDDEN')
    expect(codeOf(await purge('\u0000'))).toBe('NOT_FOUND')
    const answers = await Promise.all(Array.from({ length: 20 }, () => purge(id)))
    expect(answers.reduce((sum, { body }) => sum + ((body.data?.purgeDeletion as { records: number } | null)?.records ?? 0), 0)).toBe(2)
    expect((await binOf()).deletions.map(one => one.id)).not.toContain(id)
    expect(codeOf(await restore(id))).toBe('NOT_FOUND')
    const log = await platform('{ auditLog(kinds: ["bin"], first: 1) { entries { action actor { name } channel data } } }')
    expect(dataOf<{ entries: unknown[] }>(log, 'auditLog').entries[0]).toEqual({
      ...{ action: 'purged', actor: { name: 'Ada Admin' }, channel: 'api' },
      data: { deletion: id, counts: { firm: 1, site: 1 } },
    })
  })

  it('all go that were deleted until then, and no later ones', async () => {
    const [before, after] = [await make('Person', { name: 'Before' }), await make('Person', { name: 'After' })]
    await drop('Person', before)
    const until = (await newest()).at
    await drop('Person', after)
    expect(codeOf(await empty(until, clerk))).toBe('FORBIDDEN')
    expect(dataOf(await empty(until), 'emptyBin')).toMatchObject({ isDone: true })
    expect((await binOf()).deletions.map(({ deleted }) => deleted[0]?.records[0]?.title)).toEqual(['After'])
  })
})

describe('after its days', () => {
  const age = (days: number) => world.app.database.pool.query(`update ${schema}._bin set at = at - make_interval(days => $1::int)`, [days])
  const purge = () => world.app.app.get(Purger).work(schema)

  it('a deletion is gone for good, with lines and links, whatever still points at it', async () => {
    const firm = await make('Firm', { name: 'Old', sites: { create: [{ name: 'S', rooms: { create: [{ name: 'R' }] } }] } })
    const person = await make('Person', { name: 'Stays', employerId: firm })
    await drop('Firm', firm)
    const left = await make('Left', { name: 'L' })
    const right = await make('Right', { name: 'R', otherId: left })
    await world.get('mutation($id: ID!, $other: ID!) { updateLeft(id: $id, data: { otherId: $other }) { id } }', { id: left, other: right })
    await drop('Left', left)
    expect(await purge()).toBe(0)
    await age(31)
    await Promise.all([purge(), purge(), purge()])
    await purge()
    expect((await binOf()).deletions).toEqual([])
    const { rows } = await world.app.database.pool.query(
      `select (select count(*)::int from ${schema}.firm where id = $1) as firms, (select count(*)::int from ${schema}.room where deleted_at is not null) as rooms, (select count(*)::int from ${schema}."left" where deleted_at is not null) as lefts, (select count(*)::int from ${schema}._bin_record) as binned`,
      [firm],
    )
    expect(rows[0]).toEqual({ firms: 0, rooms: 0, lefts: 0, binned: 0 })
    expect(await world.get('query($id: ID!) { person(id: $id) { name employerId } }', { id: person })).toEqual({
      name: 'Stays',
      employerId: null,
    })
    expect(codeOf(await world.ask('mutation($id: ID!) { restoreFirm(id: $id) { id } }', { id: firm }))).toBe('NOT_FOUND')
  })

  it('stands in the log, which stays whole', async () => {
    const log = await platform('{ auditLog(kinds: ["bin"]) { entries { action actor { id } data } } }')
    const { entries } = dataOf<{ entries: { action: string; data: { counts: Record<string, number> } }[] }>(log, 'auditLog')
    expect(entries.map(({ data }) => data.counts)).toContainEqual({ firm: 1, site: 1, room: 1 })
  })

  it('is as many days as the workspace says', async () => {
    const person = await make('Person', { name: 'Later' })
    await drop('Person', person)
    await platform('mutation { updateWorkspaceSettings(data: { binDays: 60 }) { binDays } }')
    await age(59)
    expect(await purge()).toBe(0)
    expect((await binOf()).days).toBe(60)
    await age(2)
    expect(await purge()).toBe(1)
    expect(codeOf(await platform('mutation { updateWorkspaceSettings(data: { binDays: 0 }) { binDays } }'))).toBe('VALIDATION_FAILED')
  })
})
