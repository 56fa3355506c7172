import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Answer, dataOf, post } from '../support/app.js'
import { upload } from '../support/files.js'
import { until } from '../support/follow-up.js'
import { runImport } from '../support/imports.js'
import { type Person, type RolesWorld, rolesWorld } from '../support/roles-world.js'

let world: RolesWorld
beforeAll(async () => {
  world = await rolesWorld('roles')
})
afterAll(() => world?.app.close())

/** A time that comes in so many milliseconds. */
const soon = (milliseconds: number) => new Date(Date.now() + milliseconds).toISOString()

const issuesOf = ({ body }: Answer) =>
  body.errors?.flatMap(({ extensions }) => extensions.issues.map(({ code, path }) => `${code} ${path}`)) ?? []
const codeOf = ({ body }: Answer) => body.errors?.[0]?.extensions.code
let count = 0
const firm = async (owner: Person | null, more: object = {}): Promise<string> => {
  const data = { name: `F${count++}`, ownerId: owner === null ? null : world.ids[owner], ...more }
  const { id } = await world.get<{ id: string }>('mutation($data: FirmCreate!) { createFirm(data: $data) { id } }', { data })
  return id
}
const nameOf = async (id: string) => (await world.get<{ name: string } | null>('query($id: ID!) { firm(id: $id) { name } }', { id }))?.name
const sees = async (who: Person, id: string) =>
  dataOf<{ id: string } | null>(await world.as(who, 'query($id: ID!) { firm(id: $id) { id } }', { id }), 'firm') !== null
const whoSee = async (id: string, people: readonly Person[]) => {
  const seen = await Promise.all(people.map(async who => ((await sees(who, id)) ? [who] : [])))
  return seen.flat()
}
const rename = (who: Person, id: string, data: object = { name: 'renamed' }) =>
  world.as(who, 'mutation($id: ID!, $data: FirmUpdate!) { updateFirm(id: $id, data: $data) { id name } }', { id, data })
const everybody = ['admin', 'manager', 'east', 'west', 'both', 'finance', 'agent', 'boss'] as const

describe('which records one reaches', () => {
  it('is one’s own, those of positions below, of one’s territory, and what owner rules give', async () => {
    const id = await firm('east')
    expect(await whoSee(id, everybody)).toEqual(['admin', 'manager', 'east', 'finance', 'agent'])
    const north = await firm('east', { region: 'north' })
    expect(await whoSee(north, everybody)).toEqual(['admin', 'manager', 'east', 'west', 'finance', 'agent'])
    expect(await whoSee(await firm('west'), everybody)).toEqual(['admin', 'manager', 'west', 'agent'])
    expect(codeOf(await world.as('guest', '{ firms { totalCount } }'))).toBe('BAD_REQUEST')
  })

  it('holds for changes: those above may, those who may only see it may not, the others do not find it', async () => {
    const id = await firm('east')
    expect(issuesOf(await rename('manager', id))).toEqual([])
    expect(issuesOf(await rename('west', id))).toEqual(['RECORD_NOT_FOUND id'])
    const query = 'mutation($data: FirmCreate!) { createFirm(data: $data) { id } }'
    expect(issuesOf(await world.as('east', query, { data: { name: 'Mine' } }))).toEqual([])
  })

  it('holds in lists, aggregates, filters over relations, and links to what one does not see', async () => {
    const id = await firm('east', { name: 'Hidden from west' })
    const where = { name: { eq: 'Hidden from west' } }
    const ask = async (who: Person) =>
      (
        await world.as(
          who,
          'query($where: FirmWhere) { firms(where: $where, search: "Hidden") { totalCount } firmsAggregate(where: $where) { count } }',
          { where },
        )
      ).body.data
    expect(await ask('east')).toEqual({ firms: { totalCount: 1 }, firmsAggregate: [{ count: 1 }] })
    expect(await ask('west')).toEqual({ firms: { totalCount: 0 }, firmsAggregate: [{ count: 0 }] })
    await world.get('mutation($data: TaskCreate!) { createTask(data: $data) { id } }', { data: { name: 'linked', firmId: id } })
    const tasks =
      '{ tasks(where: { name: { eq: "linked" } }) { nodes { firmId firm { name } } } none: tasks(where: { firm: { name: { eq: "Hidden from west" } } }) { totalCount } }'
    expect((await world.as('west', tasks)).body.data).toEqual({ tasks: { nodes: [{ firmId: null, firm: null }] }, none: { totalCount: 0 } })
  })

  it('follows the parent for lines, and lets nobody put a line under a parent that they may not change', async () => {
    const own = await firm('east')
    const seen = await firm('east', { name: 'seen by finance' })
    const create = (who: Person, firmId: string) =>
      world.as(who, 'mutation($data: NoteCreate!) { createNote(data: $data) { id } }', { data: { firmId, text: 'x' } })
    const { id } = dataOf<{ id: string }>(await create('east', own), 'createNote')
    expect(issuesOf(await create('manager', own))).toEqual([])
    expect(issuesOf(await create('west', own))).toEqual(['RECORD_UNKNOWN firmId'])
    const shared = await world.platform(
      'east',
      'mutation($id: ID!, $with: ID!) { shareRecord(object: "firm", id: $id, with: $with) { level } }',
      { id: seen, with: world.ids.west },
    )
    expect(dataOf(shared, 'shareRecord')).toEqual({ level: 'read' })
    expect(issuesOf(await create('west', seen))).toEqual(['ACTION_FORBIDDEN '])
    const move = { id, data: { firmId: seen } }
    expect(
      issuesOf(await world.as('east', 'mutation($id: ID!, $data: NoteUpdate!) { updateNote(id: $id, data: $data) { id } }', move)),
    ).toEqual([])
    const notes = async (who: Person) =>
      dataOf<{ totalCount: number }>(
        await world.as(who, 'query($id: ID!) { notes(where: { firmId: { eq: $id } }) { totalCount } }', { id: seen }),
        'notes',
      ).totalCount
    expect([await notes('east'), await notes('finance'), await notes('west'), await notes('both')]).toEqual([1, 1, 1, 0])
    const nested = await world.as(
      'east',
      'mutation { createFirm(data: { name: "with notes", notes: { create: [{ text: "a" }] } }) { notes { totalCount } } }',
    )
    expect(dataOf(nested, 'createFirm')).toEqual({ notes: { totalCount: 1 } })
  })
})

describe('actions', () => {
  it('are not in the schema of who has not got them, and are asked one by one', async () => {
    const names = async (who: Person) => {
      const { __schema } = (await world.as(who, '{ __schema { mutationType { fields { name } } } }')).body.data as {
        __schema: { mutationType: { fields: { name: string }[] } | null }
      }
      return __schema.mutationType?.fields.map(({ name }) => name).filter(name => /Firm/.test(name)) ?? []
    }
    expect(await names('east')).toEqual(['createFirm', 'createFirms', 'updateFirm', 'upsertFirms', 'deleteFirm', 'restoreFirm'])
    expect(await names('boss')).toEqual(expect.arrayContaining(['updateFirms', 'deleteFirms', 'mergeFirms', 'unmergeFirms']))
    expect(await names('finance')).toEqual([])
  })

  it('may each have their own records', async () => {
    const make = (name: string, done: boolean) =>
      world.get<{ id: string }>('mutation($data: TaskCreate!) { createTask(data: $data) { id } }', { data: { name, done } })
    const [open, closed] = [await make('open', false), await make('closed', true)]
    await make('fixed', false)
    const update = (id: string) => world.as('hr', 'mutation($id: ID!) { updateTask(id: $id, data: { name: "new" }) { id } }', { id })
    expect([issuesOf(await update(open.id)), issuesOf(await update(closed.id))]).toEqual([[], ['ACTION_FORBIDDEN ']])
    const all = await world.as(
      'hr',
      'mutation { updateTasks(where: { name: { in: ["new", "closed", "fixed"] } }, data: { done: true }) { count } }',
    )
    expect(dataOf(all, 'updateTasks')).toEqual({ count: 1 })
  })

  it('give a record to somebody else only with the right to transfer', async () => {
    const id = await firm('east')
    expect((await rename('east', id, { ownerId: world.ids.west })).body.errors?.[0]?.message).toMatch(/ownerId/)
    const own = await firm('boss')
    expect(issuesOf(await rename('boss', own, { ownerId: world.ids.west }))).toEqual([])
    expect(await whoSee(own, ['boss', 'west'])).toEqual(['west'])
  })

  it('are withheld by a restriction, whatever other roles grant', async () => {
    const id = await firm('both', { mail: 'ann@example.com', phone: '13812341234' })
    const read = await world.as('both', 'query($id: ID!) { firm(id: $id) { name phone } }', { id })
    expect(dataOf(read, 'firm')).toMatchObject({ phone: '138****1234' })
    for (const query of ['mutation($id: ID!) { deleteFirm(id: $id) { id } }', 'query($id: ID!) { firm(id: $id) { mail } }'])
      expect(codeOf(await world.as('both', query, { id }))).toBe('BAD_REQUEST')
    const order = await world.platform('both', 'mutation { exportRecords(object: "firm", format: "csv") { id } }')
    expect(codeOf(order)).toBe('FORBIDDEN')
  })

  it('last as long as they are given, by the clock of the database, and end at once', async () => {
    const { id, headers } = await world.join('temp', ['guest'])
    const asked = async () => (await world.ask('{ tasks { totalCount } }', {}, headers)).body.errors === undefined
    const assign =
      'mutation($member: ID!, $from: DateTime, $until: DateTime) { assignRole(member: $member, role: "hr", from: $from, until: $until) { id active } }'
    expect(await asked()).toBe(false)
    const later = await world.platform('admin', assign, { member: id, from: '2100-01-01T00:00:00.000Z' })
    expect(dataOf(later, 'assignRole')).toMatchObject({ active: false })
    expect(await asked()).toBe(false)
    const give = async (time: { until?: string }) =>
      dataOf<{ id: string; active: boolean }>(await world.platform('admin', assign, { member: id, ...time }), 'assignRole')
    for (const time of [{ until: soon(3_600_000) }, {}]) {
      const given = await give(time)
      expect(given.active).toBe(true)
      expect(await asked()).toBe(true)
      await world.platform('admin', 'mutation($id: ID!) { endAssignment(id: $id) }', { id: given.id })
      expect(await asked()).toBe(false)
    }
    await give({ until: soon(500) })
    await until(asked, may => !may)
    expect(codeOf(await world.platform('east', assign, { member: id }))).toBe('FORBIDDEN')
    const wrong = await world.platform('admin', assign.replace('"hr"', '"none"'), {
      member: 'x\u0001',
      from: soon(0),
      until: '2020-01-01T00:00:00.000Z',
    })
    expect(issuesOf(wrong)).toEqual(['ELEMENT_UNKNOWN role', 'MEMBER_UNKNOWN member', 'TIMES_CROSSED until'])
  })
})

describe('every way in', () => {
  const ways = {
    list: (who: Person) => world.as(who, '{ firms(where: { name: { eq: "Everywhere" } }) { totalCount } }'),
    one: (who: Person, id: string) => world.as(who, 'query($id: ID!) { firm(id: $id) { id } }', { id }),
    update: (who: Person, id: string) => rename(who, id, { name: 'Everywhere' }),
    bulk: (who: Person, id: string) =>
      world.as(who, 'mutation($id: ID!) { updateFirms(where: { id: { eq: $id } }, data: { name: "Everywhere" }) { count } }', { id }),
    remove: (who: Person, id: string) => world.as(who, 'mutation($id: ID!) { deleteFirm(id: $id, version: 99) { id } }', { id }),
    merge: (who: Person, id: string) => world.as(who, 'mutation($id: ID!) { mergeFirms(into: $id, from: []) { id } }', { id }),
    history: (who: Person, id: string) =>
      world.platform(who, 'query($id: ID!) { history(object: "firm", id: $id, first: 1) { action } }', { id }),
    export: (who: Person) => world.platform(who, 'mutation { exportRecords(object: "firm", where: { name: { eq: "None" } }) { name } }'),
    import: (who: Person) =>
      world.platform(who, 'mutation($file: ID!) { importRecords(object: "firm", file: $file, mapping: []) { id } }', {
        file: world.ids.east,
      }),
    share: (who: Person, id: string) => world.platform(who, 'query($id: ID!) { shares(object: "firm", id: $id) { level } }', { id }),
    reveal: (who: Person, id: string) =>
      world.platform(who, 'mutation($id: ID!) { reveal(object: "firm", id: $id, field: "phone") }', { id }),
    claim: (who: Person, id: string) => world.platform(who, 'mutation($id: ID!) { claimRecord(object: "firm", id: $id) }', { id }),
    why: (who: Person, id: string) => world.platform(who, 'query($id: ID!) { explainAccess(object: "firm", id: $id) { action } }', { id }),
    settings: (who: Person) => world.platform(who, 'mutation { updateWorkspaceSettings(data: {}) { slug } }'),
    publish: (who: Person) => world.platform(who, '{ versions { number } }'),
  } as const
  const got = (answer: Answer) => {
    const [value] = Object.values(answer.body.data ?? {})
    if (answer.body.errors) return codeOf(answer)
    if (value === null || (Array.isArray(value) && value.length === 0)) return '–'
    const { totalCount, count } = (value ?? {}) as { totalCount?: number; count?: number }
    return totalCount ?? count ?? 'yes'
  }

  it('gives each role what it grants and no more', async () => {
    const id = await firm('east', { name: 'Everywhere' })
    const none = 'BAD_REQUEST' // not in the caller's schema
    const hidden = 'NOT_FOUND'
    const expected: Readonly<Record<Exclude<Person, 'both' | 'boss'>, readonly unknown[]>> = {
      admin: [1, 'yes', 'yes', 1, 'CONFLICT', 'VALIDATION_FAILED', 'yes', 'yes', hidden, '–', '–', 'CONFLICT', 'yes', 'yes', 'yes'],
      manager: [1, 'yes', 'yes', none, 'CONFLICT', none, 'yes', 'yes', 'FORBIDDEN', '–', '–', 'CONFLICT', 'yes', 'FORBIDDEN', 'FORBIDDEN'],
      east: [1, 'yes', 'yes', none, 'CONFLICT', none, 'yes', 'yes', 'FORBIDDEN', '–', '–', 'CONFLICT', 'yes', 'FORBIDDEN', 'FORBIDDEN'],
      west: [0, '–', hidden, none, hidden, none, '–', 'yes', 'FORBIDDEN', hidden, hidden, hidden, hidden, 'FORBIDDEN', 'FORBIDDEN'],
      finance: [
        1,
        'yes',
        none,
        none,
        none,
        none,
        'yes',
        'yes',
        'FORBIDDEN',
        'FORBIDDEN',
        '–',
        'FORBIDDEN',
        'yes',
        'FORBIDDEN',
        'FORBIDDEN',
      ],
      agent: [
        1,
        'yes',
        none,
        none,
        none,
        none,
        'yes',
        'yes',
        'FORBIDDEN',
        'FORBIDDEN',
        'FORBIDDEN',
        'FORBIDDEN',
        'yes',
        'FORBIDDEN',
        'FORBIDDEN',
      ],
      hr: [none, none, none, none, none, none, '–', hidden, 'FORBIDDEN', hidden, hidden, hidden, hidden, 'FORBIDDEN', 'FORBIDDEN'],
      employee: [none, none, none, none, none, none, '–', hidden, 'FORBIDDEN', hidden, hidden, hidden, hidden, 'FORBIDDEN', 'FORBIDDEN'],
      guest: [none, none, none, none, none, none, '–', hidden, 'FORBIDDEN', hidden, hidden, hidden, hidden, 'FORBIDDEN', 'FORBIDDEN'],
    }
    for (const [who, wanted] of Object.entries(expected)) {
      const answers: Record<string, unknown> = {}
      for (const [way, ask] of Object.entries(ways)) answers[way] = got(await ask(who as Person, id))
      expect([who, answers]).toEqual([who, Object.fromEntries(Object.keys(ways).map((way, at) => [way, wanted[at]]))])
    }
  })
})

describe('masked fields', () => {
  let id = ''
  beforeAll(async () => {
    id = await firm('east', { phone: '13812349876', mail: 'ann@example.com', margin: 5, name: 'Masked' })
  })

  it('show a part in reads, history and exports, and cannot be asked about', async () => {
    const read = await world.as('finance', 'query($id: ID!) { firm(id: $id) { phone mail margin } }', { id })
    expect(dataOf(read, 'firm')).toEqual({ phone: '138****9876', mail: 'a****@example.com', margin: 5 })
    const asking = [
      '{ firms(where: { phone: { eq: "13812349876" } }) { totalCount } }',
      '{ firms(orderBy: [{ phone: ASC }]) { totalCount } }',
      '{ firmsAggregate(groupBy: [{ phone: {} }]) { keys } }',
      '{ firmsAggregate { countDistinct { phone } } }',
      '{ firms(where: { margim: { eq: 1 } }) { totalCount } }',
    ]
    for (const query of asking) {
      const { body } = await world.as('finance', query)
      expect([body.errors?.[0]?.extensions.code, JSON.stringify(body)]).toEqual([
        'BAD_REQUEST',
        expect.not.stringContaining('Did you mean'),
      ])
    }
    const rule = { rule: { '==': [{ var: 'phone' }, '13812349876'] } }
    expect(issuesOf(await world.as('finance', 'query($rule: JSON) { firms(where: { rule: $rule }) { totalCount } }', rule))).toEqual([
      'RULE_FIELD_UNKNOWN where/rule/==/0/var',
    ])
    const search = dataOf<{ totalCount: number }>(await world.as('finance', '{ firms(search: "13812349876") { totalCount } }'), 'firms')
    expect([
      search.totalCount,
      dataOf<{ totalCount: number }>(await world.as('east', '{ firms(search: "13812349876") { totalCount } }'), 'firms').totalCount,
    ]).toEqual([0, 1])
    const history = await world.platform('finance', 'query($id: ID!) { history(object: "firm", id: $id) { changes } }', {
      id,
    })
    expect(JSON.stringify(history.body.data)).toContain('138****9876')
    expect(JSON.stringify([history.body, read.body])).not.toMatch(/1234|ann@/)
  })

  it('can be masked for all but the owner of the record', async () => {
    const [own, other] = [await firm('finance', { wechat: 'wx-own' }), await firm('east', { wechat: 'wx-other' })]
    const query =
      'query($ids: [ID!]) { firms(where: { id: { in: $ids } }, orderBy: [{ id: ASC }]) { nodes { id wechat } } notes(where: { firmId: { in: $ids } }) { nodes { firm { wechat } } } }'
    for (const firmId of [own, other])
      await world.get('mutation($data: NoteCreate!) { createNote(data: $data) { id } }', { data: { text: 'a', firmId } })
    const read = (who: Person) => world.as(who, query, { ids: [own, other] })
    const seen = (await read('finance')).body.data as {
      firms: { nodes: { id: string; wechat: string }[] }
      notes: { nodes: { firm: { wechat: string } }[] }
    }
    expect(new Map(seen.firms.nodes.map(({ id: one, wechat }) => [one, wechat]))).toEqual(
      new Map([
        [own, 'wx-own'],
        [other, '****'],
      ]),
    )
    expect(seen.notes.nodes.map(({ firm: { wechat } }) => wechat).sort()).toEqual(['****', 'wx-own'])
    expect(JSON.stringify((await world.as('east', query, { ids: [other] })).body.data)).toContain('wx-other')
    const changes = async (one: string) =>
      JSON.stringify(
        (await world.platform('finance', 'query($id: ID!) { history(object: "firm", id: $id) { changes } }', { id: one })).body.data,
      )
    expect(await changes(own)).toContain('wx-own')
    expect(await changes(other)).not.toContain('wx-other')
    await rename('admin', own, { ownerId: world.ids.east })
    expect(JSON.stringify((await read('finance')).body)).not.toContain('wx-o')
    expect(await changes(own)).not.toContain('wx-own')
    const filtered = await world.as('finance', '{ firms(where: { wechat: { eq: "wx-own" } }) { totalCount } }')
    expect(codeOf(filtered)).toBe('BAD_REQUEST')
  })

  it('are shown whole on demand to those who may, and it is kept who saw them', async () => {
    const reveal = (who: Person, field: string) =>
      world.platform(who, 'mutation($id: ID!, $field: String!) { reveal(object: "firm", id: $id, field: $field) }', { id, field })
    expect(dataOf(await reveal('finance', 'phone'), 'reveal')).toBe('13812349876')
    expect(codeOf(await reveal('finance', 'mail'))).toBe('FORBIDDEN')
    expect(codeOf(await reveal('agent', 'phone'))).toBe('FORBIDDEN')
    expect(codeOf(await reveal('agent', 'margin'))).toBe('NOT_FOUND')
    expect(codeOf(await reveal('agent', '__proto__'))).toBe('NOT_FOUND')
    expect(codeOf(await reveal('west', 'phone'))).toBe('NOT_FOUND')
    const seen = await world.platform('admin', 'query($id: ID!) { reveals(object: "firm", id: $id) { field member } }', { id })
    expect(dataOf(seen, 'reveals')).toEqual([{ field: 'phone', member: world.ids.finance }])
    expect(codeOf(await world.platform('finance', '{ reveals(object: "firm") { field } }'))).toBe('FORBIDDEN')
  })

  it('leave hidden ones out of the schema altogether', async () => {
    const { body } = await world.as(
      'agent',
      '{ t: __type(name: "Firm") { fields { name } } w: __type(name: "FirmWhere") { inputFields { name } } }',
    )
    expect(JSON.stringify(body)).not.toContain('margin')
    expect(JSON.stringify((await world.as('agent', '{ firms { nodes { margins } } }')).body)).not.toContain('"margin"')
    expect(JSON.stringify((await world.platform('agent', '{ app { definitions } }')).body)).not.toMatch(/margin|moneySeesSales/)
  })
})

describe('read-only fields', () => {
  it('are refused by every way in, whether a role or a rule closes them', async () => {
    const { headers } = await world.join('closer', ['keeper'])
    const phone = '+442079460077'
    const id = await firm(null, { region: 'south', margin: 150, grade: 'a', phone })
    const { id: note } = await world.get<{ id: string }>('mutation($data: NoteCreate!) { createNote(data: $data) { id } }', {
      data: { firmId: id },
    })
    const ways = (field: object, ofNote: object) =>
      [
        ['updateFirm(id: $id, data: $data) { id }', '$id: ID!, $data: FirmUpdate!', { id, data: field }],
        [
          'updateFirms(where: $where, data: $data) { count }',
          '$where: FirmWhere!, $data: FirmUpdate!',
          { where: { id: { eq: id } }, data: field },
        ],
        ['upsertFirms(data: $data, by: ["phone"]) { count }', '$data: [FirmCreate!]!', { data: [{ name: 'closed', phone, ...field }] }],
        [
          'updateFirm(id: $id, data: $data) { id }',
          '$id: ID!, $data: FirmUpdate!',
          { id, data: { notes: { update: [{ id: note, data: ofNote }] } } },
        ],
      ] as const
    const told = async (field: object, ofNote: object) => {
      const answers = []
      for (const [call, of, variables] of ways(field, ofNote))
        answers.push(await world.ask(`mutation(${of}) { done: ${call} }`, variables, headers))
      return answers.map(answer => `${codeOf(answer)} ${answer.body.errors?.[0]?.extensions.issues[0]?.code}`)
    }
    expect(new Set(await told({ touched: '2026-02-02' }, { mark: 'x' }))).toEqual(new Set(['BAD_REQUEST INPUT_INVALID']))
    expect(new Set(await told({ grade: 'b' }, { text: 'x' }))).toEqual(new Set(['VALIDATION_FAILED FIELD_LOCKED']))
    expect(new Set(await told({ name: 'still open' }, {}))).toEqual(new Set(['undefined undefined']))
    const order = async (column: string) => ({
      object: 'firm',
      file: await upload(world.app.url, headers, 'firms.csv', `phone,${column}\n${phone},2026-02-02\n`),
      match: 'phone',
      mapping: ['phone', column].map(field => ({ column: field, field })),
    })
    await expect(runImport(world.app.url, headers, await order('touched'))).rejects.toThrow('FIELD_NOT_WRITABLE')
    expect(await runImport(world.app.url, headers, await order('grade'))).toMatchObject({
      result: { refused: 1 },
      reasons: [{ code: 'FIELD_LOCKED' }],
    })
    const found = await world.get('query($id: ID!) { firm(id: $id) { touched grade notes { nodes { text } } } }', { id })
    expect(found).toEqual({ touched: null, grade: 'a', notes: { nodes: [{ text: null }] } })
  })
})

describe('shares', () => {
  it('give one record to a member or a group, at a level and until a time, and are taken back', async () => {
    const id = await firm('east')
    const share = (who: Person, more: object) =>
      world.platform(
        who,
        'mutation($id: ID!, $with: ID!, $level: String, $until: DateTime) { shareRecord(object: "firm", id: $id, with: $with, level: $level, until: $until) { level kind } }',
        { id, with: world.ids.west, ...more },
      )
    expect(dataOf(await share('east', {}), 'shareRecord')).toEqual({ level: 'read', kind: 'member' })
    expect([await sees('west', id), issuesOf(await rename('west', id))]).toEqual([true, ['ACTION_FORBIDDEN ']])
    expect(issuesOf(await share('west', { with: world.ids.both }))).toEqual(['ACTION_FORBIDDEN '])
    await share('east', { level: 'edit' })
    expect(issuesOf(await rename('west', id))).toEqual([])
    expect(issuesOf(await share('east', { until: '2020-01-01T00:00:00.000Z' }))).toEqual(['TIMES_CROSSED until'])
    expect(dataOf(await share('east', { until: soon(3_600_000) }), 'shareRecord')).toEqual({ level: 'read', kind: 'member' })
    expect(await sees('west', id)).toBe(true)
    // one that is past when it comes in is refused; then a later one is given
    await until(
      async () => issuesOf(await share('east', { until: soon(500) })),
      issues => issues.length === 0,
    )
    await until(
      () => sees('west', id),
      sight => !sight,
    )
    const groups = dataOf<{ id: string; name: string }[]>(await world.platform('east', '{ groups { id name } }'), 'groups')
    const queue = groups.find(({ name }) => name === 'first')?.id
    expect(dataOf(await share('manager', { with: queue }), 'shareRecord')).toEqual({ level: 'read', kind: 'queue' })
    expect(await sees('both', id)).toBe(true)
    const end = { id, with: queue }
    expect(
      dataOf(
        await world.platform('east', 'mutation($id: ID!, $with: ID!) { unshareRecord(object: "firm", id: $id, with: $with) }', end),
        'unshareRecord',
      ),
    ).toBe(true)
    expect(await sees('both', id)).toBe(false)
    expect(codeOf(await share('finance', {}))).toBe('FORBIDDEN')
    expect(codeOf(await share('both', {}))).toBe('NOT_FOUND')
    expect(issuesOf(await share('east', { with: id }))).toEqual(['MEMBER_UNKNOWN with'])
  })
})

describe('the pool', () => {
  const claim = (headers: Record<string, string>, id: string) =>
    post(`${world.app.url}/platform`, 'mutation($id: ID!) { claimRecord(object: "firm", id: $id) }', { id }, headers)

  it('gives a record to one of twenty who claim it at once', async () => {
    const claimants: { id: string; headers: Record<string, string> }[] = []
    for (let index = 0; index < 5; index++) claimants.push(await world.join(`claimer${index}`, ['rep']))
    const id = await firm(null)
    const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => claim(claimants[index % 5]?.headers ?? {}, id)))
    expect(answers.filter(({ body }) => !body.errors)).toHaveLength(1)
    expect(answers.flatMap(issuesOf)).toEqual(Array.from({ length: 19 }, () => 'CLAIM_TAKEN id'))
    const owner = await world.get<{ ownerId: string }>('query($id: ID!) { firm(id: $id) { ownerId } }', { id })
    expect(claimants.map(({ id: member }) => member)).toContain(owner.ownerId)
    // whose page still shows it free is told that it is gone, though they do not see it any more; for a day
    const { headers } = await world.join('late', ['rep'])
    const read = () => post(`${world.app.url}/graphql`, 'query($id: ID!) { firm(id: $id) { id } }', { id }, headers)
    expect(dataOf(await read(), 'firm')).toBeNull()
    expect(issuesOf(await claim(headers, id))).toEqual(['CLAIM_TAKEN id'])
    await world.app.database.pool.query(`update w_roles._claim set claimed_at = claimed_at - interval '25 hours' where record = $1`, [id])
    expect(issuesOf(await claim(headers, id))).toEqual(['RECORD_NOT_FOUND id'])
  })

  it('has limits: how many one may have, and when one may have the same again', async () => {
    const { headers } = await world.join('greedy', ['rep'])
    const all = await Promise.all(Array.from({ length: 5 }, () => firm(null)))
    const answers = await Promise.all(all.map(id => claim(headers, id)))
    expect(answers.flatMap(issuesOf)).toEqual(['CLAIM_LIMIT id', 'CLAIM_LIMIT id'])
    const got = all[answers.findIndex(({ body }) => !body.errors)] ?? ''
    const release = await post(
      `${world.app.url}/platform`,
      'mutation($id: ID!) { releaseRecord(object: "firm", id: $id) }',
      { id: got },
      headers,
    )
    expect(dataOf(release, 'releaseRecord')).toBe(true)
    expect(issuesOf(await claim(headers, got))).toEqual(['CLAIM_AGAIN id'])
    expect(issuesOf(await claim(headers, await firm('east')))).toEqual(['RECORD_NOT_FOUND id'])
    expect(issuesOf(await claim(headers, 'none'))).toEqual(['RECORD_NOT_FOUND id'])
  })

  it('takes records back, after a warning and not while they are protected', async () => {
    const { Recycler } = await import('../../runtime/rights/recycler.js')
    const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10)
    const { id: member, headers } = await world.join('slow', ['rep'])
    const [old, warned, fresh] = [
      await firm(null, { touched: day(20) }),
      await firm(null, { touched: day(14) }),
      await firm(null, { touched: day(1) }),
    ]
    for (const id of [old, warned, fresh]) await rename('admin', id, { ownerId: member })
    const kept = await firm(null, { touched: day(30) })
    expect(issuesOf(await rename('admin', fresh, { ownerId: world.ids.boss }))).toEqual([])
    expect(issuesOf(await claim(headers, kept))).toEqual([])
    const soon = await post(`${world.app.url}/platform`, '{ recycledSoon(object: "firm") { id } }', {}, headers)
    expect(dataOf<{ id: string }[]>(soon, 'recycledSoon').map(({ id }) => id)).toEqual([old, warned, kept])
    expect(await world.app.app.get(Recycler).work('w_roles')).toBe(1)
    const owners = await world.get<{ nodes: { id: string; ownerId: string | null }[] }>(
      'query($ids: [ID!]) { firms(where: { id: { in: $ids } }) { nodes { id ownerId } } }',
      { ids: [old, warned, kept] },
    )
    expect(new Map(owners.nodes.map(({ id, ownerId }) => [id, ownerId]))).toEqual(
      new Map([
        [old, null],
        [warned, member],
        [kept, member],
      ]),
    )
    expect(issuesOf(await claim(headers, old))).toEqual(['CLAIM_AGAIN id'])
  })

  it('is a queue for its members alone, where the object names one', async () => {
    const id = await firm(null, { desk: 'first' })
    const claimed = await world.platform('both', 'mutation($id: ID!) { claimRecord(object: "firm", id: $id) }', { id })
    expect(dataOf(claimed, 'claimRecord')).toBe(true)
    expect(await sees('both', id)).toBe(true)
  })
})

describe('explainAccess', () => {
  const explain = async (who: Person, id: string, member: Person | null) => {
    const answer = await world.platform(
      who,
      'query($id: ID!, $member: ID) { explainAccess(object: "firm", id: $id, member: $member) { action allowed reasons { kind role name holds text } } }',
      { id, member: member && world.ids[member] },
    )
    return answer
  }
  type Explained = { action: string; allowed: boolean; reasons: { kind: string; holds: boolean; text: string }[] }[]
  const held = (answer: Answer, action: string) => {
    const found = dataOf<Explained>(answer, 'explainAccess').find(one => one.action === action)
    return [found?.allowed, ...(found?.reasons.filter(({ holds }) => holds).map(({ kind }) => kind) ?? [])]
  }

  it('names what gives and withholds each action', async () => {
    const id = await firm('east', { region: 'north' })
    expect(held(await explain('east', id, null), 'read')).toEqual([true, 'owner'])
    expect(held(await explain('admin', id, 'manager'), 'update')).toEqual([true, 'position'])
    expect(held(await explain('admin', id, 'west'), 'read')).toEqual([true, 'group'])
    expect(held(await explain('admin', id, 'finance'), 'read')).toEqual([true, 'ownerRule'])
    expect(held(await explain('admin', id, 'finance'), 'update')).toEqual([false, 'noGrant'])
    expect(held(await explain('admin', id, 'agent'), 'read')).toEqual([true, 'everything'])
    expect(held(await explain('admin', id, 'both'), 'read')).toEqual([false])
    expect(held(await explain('admin', await firm('both'), 'both'), 'delete')).toEqual([false, 'restrict', 'owner'])
    expect(codeOf(await explain('east', id, 'west'))).toBe('FORBIDDEN')
    expect(codeOf(await explain('both', id, null))).toBe('NOT_FOUND')
    const unknown = await world.platform(
      'admin',
      'query($id: ID!) { explainAccess(object: "firm", id: $id, member: "\u0000") { action } }',
      { id },
    )
    expect(issuesOf(unknown)).toEqual(['MEMBER_UNKNOWN member'])
  })

  interface Told {
    readonly action: string
    readonly reasons: readonly {
      holds: boolean
      text: string
      lines: { level: number; text: string; value: string | null; holds: boolean | null }[]
    }[]
  }
  const toldBy = async (headers: Record<string, string>, object: string, id: string, member: string | null, action = 'read') => {
    const query =
      'query($object: String!, $id: ID!, $member: ID) { explainAccess(object: $object, id: $id, member: $member) { action reasons { holds text lines { level text value holds } } } }'
    const answer = await post(`${world.app.url}/platform`, query, { object, id, member }, headers)
    const found = dataOf<Told[]>(answer, 'explainAccess').find(one => one.action === action)
    return (found?.reasons ?? []).flatMap(({ holds, text, lines }) =>
      holds
        ? [
            text,
            ...lines.map(line =>
              `${'· '.repeat(line.level)}${line.text}${line.value === null ? '' : `: ${line.value}`} ${line.holds ?? ''}`.trim(),
            ),
          ]
        : [],
    )
  }

  it('says by whom, which groups, shares and parents a record is reached', async () => {
    const id = await firm('east', { region: 'north' })
    const { headers } = world
    expect(await toldBy(headers, 'firm', id, world.ids.manager)).toEqual([
      'The role rep gives it on records of those in positions below: east owns this one and has the position “rep”, below “head”.',
    ])
    expect(await toldBy(headers, 'firm', id, world.ids.west)).toEqual([
      'The role rep gives it to the territory “north”, which Region names.',
    ])
    expect(await toldBy(headers, 'firm', id, world.ids.finance)).toEqual([
      'The role finance gives it by the rule “moneySeesSales”: records of owners in the team “sales” are for the team “money”. east owns this one.',
    ])
    const share =
      'mutation($id: ID!, $with: ID!, $until: DateTime) { shareRecord(object: "firm", id: $id, with: $with, until: $until) { id } }'
    await world.platform('east', share, { id, with: world.ids.both, until: '2999-12-01T10:00:00Z' })
    const { id: note } = await world.get<{ id: string }>('mutation($data: NoteCreate!) { createNote(data: $data) { id } }', {
      data: { firmId: id, text: 'x' },
    })
    expect(await toldBy(headers, 'note', note, world.ids.both)).toEqual([
      `The role rep gives it because the parent record is open: Firm ${await nameOf(id)}.`,
      'The record is shared with them.',
      '· east shared it with both, to be seen, until 1 Dec 2999, 10:00.',
    ])
    expect(await toldBy(headers, 'note', note, world.ids.both, 'update')).toEqual([])
  })

  it('spells out a record rule with what stands in the record, and nothing of fields that the asker does not see', async () => {
    const id = await firm(null, { region: 'south', margin: 150 })
    const keeper = await world.join('keeper', ['keeper'])
    const rule = 'The role keeper gives it on records that meet its rule.'
    expect(await toldBy(world.headers, 'firm', id, keeper.id)).toEqual([
      rule,
      'All of these true',
      '· Region is south true',
      '· · Region: south',
      '· Margin > 100 true',
      '· · Margin: 150',
    ])
    const own = [rule, 'All of these true', '· Region is south true', '· · Region: south', '· A condition on fields that you cannot see']
    expect(await toldBy(keeper.headers, 'firm', id, null)).toEqual(own)
    expect(await toldBy({ ...keeper.headers, 'accept-language': 'zh-CN' }, 'firm', id, null)).toContain('· 涉及你看不到的字段的条件')
  })

  it('agrees with what is answered, for everybody and every kind of record', async () => {
    const records = [
      await firm('east'),
      await firm('west', { region: 'north' }),
      await firm(null),
      await firm('both', { desk: 'first' }),
      await firm('boss'),
    ]
    for (const id of records)
      for (const who of ['manager', 'east', 'west', 'both', 'finance', 'agent', 'boss'] as const)
        expect([who, held(await explain('admin', id, who), 'read')[0]]).toEqual([who, await sees(who, id)])
  })
})

describe('groups', () => {
  it('stand in trees without circles, are changed by admins alone, and take effect at once', async () => {
    const put = (who: Person, data: object) => world.platform(who, 'mutation($data: GroupPut!) { putGroup(data: $data) { id } }', { data })
    const base = { kind: 'position', label: 'X', members: [] }
    expect(codeOf(await put('manager', { ...base, name: 'own' }))).toBe('FORBIDDEN')
    expect(issuesOf(await put('admin', { ...base, name: 'head', above: 'rep' }))).toEqual(['GROUP_CIRCLE above'])
    expect(issuesOf(await put('admin', { kind: 'clan', name: '__proto__', label: 'X', above: 'no', members: ['x'] }))).toEqual([
      'SETTING_INVALID kind',
      'NAME_INVALID name',
      'GROUP_UNKNOWN above',
      'MEMBER_UNKNOWN members/0',
    ])
    const id = await firm('boss')
    expect(await sees('both', id)).toBe(false)
    await put('admin', { ...base, name: 'chair', members: [world.ids.both] })
    await put('admin', { ...base, name: 'owner', above: 'chair', members: [world.ids.boss] })
    expect(await sees('both', id)).toBe(true)
    await world.platform('admin', 'mutation { removeGroup(kind: "position", name: "chair") }')
    expect(await sees('both', id)).toBe(false)
  })
})
