import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { RefusedTokens } from '../../runtime/access/refused-tokens.js'
import { hasComing } from '../../runtime/audit/chain.js'
import { note } from '../../runtime/audit/entry.js'
import { AuditFollower } from '../../runtime/audit/follower.js'
import { type Walked, walk } from '../../runtime/audit/walk.js'
import { schemaOf } from '../../runtime/database/schema.js'
import { inTransaction } from '../../runtime/database/transaction.js'
import { type Answer, dataOf, post, signInHeaders, testPassword } from '../support/app.js'
import { until } from '../support/follow-up.js'
import { type Mailbox, openMailbox, type Received, textOf } from '../support/mailbox.js'
import { type Person, type RolesWorld, rolesWorld } from '../support/roles-world.js'
import { serveProgram } from '../support/served.js'

interface Entry {
  readonly id: string
  readonly at: string
  readonly kind: string
  readonly action: string
  readonly actor: { readonly id: string; readonly name: string } | null
  readonly object: string | null
  readonly record: string | null
  readonly title: string | null
  readonly changes: readonly { readonly field: string; readonly before: unknown; readonly after: unknown }[] | null
  readonly channel: string | null
  readonly address: string | null
  readonly data: Record<string, unknown> | null
  readonly position: number | null
}
interface Page {
  readonly entries: readonly Entry[]
  readonly next: string | null
}

let world: RolesWorld
let mailbox: Mailbox
const schema = schemaOf('audit')
const pool = () => world.app.database.pool
beforeAll(async () => {
  mailbox = await openMailbox()
  world = await rolesWorld('audit', { SMTP_URL: mailbox.url })
})
afterAll(async () => {
  await world?.app.close()
  await mailbox?.close()
})

/** Waits until everything that happened has its place in the chain, whoever gives it. */
async function chained(): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    await world.app.app.get(AuditFollower).work(schema)
    if (!(await hasComing(pool(), schema))) return
    await pause(25)
  }
  throw new Error('The chain does not come to its end')
}
const walked = (anchor: Parameters<typeof walk>[2] = null): Promise<Walked> =>
  inTransaction(pool(), async client => {
    await client.query('set transaction isolation level repeatable read')
    return walk(client, schema, anchor)
  })
const search = `query($member: ID, $record: ID, $kinds: [String!], $from: DateTime, $until: DateTime, $first: Int! = 50, $after: String) {
  auditLog(member: $member, record: $record, kinds: $kinds, from: $from, until: $until, first: $first, after: $after) { next
    entries { id at kind action actor { id name } object record title changes channel address data position } } }`
const pageOf = async (variables: object = {}, who: Person = 'admin') =>
  dataOf<Page>(await world.platform(who, search, { ...variables }), 'auditLog')
const entriesOf = async (variables: object = {}, who: Person = 'admin') => (await pageOf(variables, who)).entries
const codeOf = ({ body }: Answer) => body.errors?.[0]?.extensions.code
const issueOf = ({ body }: Answer) => body.errors?.[0]?.extensions.issues[0]?.code
let count = 0
const firm = async (data: object = {}): Promise<string> => {
  const made = { name: `F${count++}`, ownerId: world.ids.east, ...data }
  return (await world.get<{ id: string }>('mutation($data: FirmCreate!) { createFirm(data: $data) { id } }', { data: made })).id
}
const change = (who: Person, id: string, data: object) =>
  world.as(who, 'mutation($id: ID!, $data: FirmUpdate!) { updateFirm(id: $id, data: $data) { id } }', { id, data })

describe('what stands in the log', () => {
  it('is every change of a record: who, by which way, before and after', async () => {
    const id = await firm({ name: 'Before', phone: '13811112222' })
    await change('east', id, { name: 'After' })
    await chained()
    const entries = await entriesOf({ record: id })
    expect(entries.map(({ kind, action, actor, title, channel }) => [kind, action, actor?.name, title, channel])).toEqual([
      ['record', 'updated', 'east', 'After', 'api'],
      ['record', 'created', 'Ada Admin', 'After', 'api'],
    ])
    expect(entries[0]?.changes).toEqual([{ field: 'name', before: 'Before', after: 'After' }])
    expect(entries[0]?.position).toBeGreaterThan(entries[1]?.position ?? 0)
  })

  it('is a merge, of which no event tells', async () => {
    const [into, from] = [await firm({ name: 'Into' }), await firm({ name: 'From' })]
    const merge = 'mutation($into: ID!, $from: [ID!]!) { mergeFirms(into: $into, from: $from, data: {}) { id } }'
    expect((await world.as('admin', merge, { into, from: [from] })).body.errors).toBeUndefined()
    await chained()
    expect((await entriesOf({ record: into })).map(({ action }) => action)).toContain('merged')
    expect((await walked()).broken).toBeNull()
  })

  it('is who came in and who did not, but nobody whom nobody knows', async () => {
    const signIn = (email: string, password: string) =>
      post(`${world.app.url}/platform`, 'mutation($e: String!, $p: String!) { signIn(email: $e, password: $p) { token } }', {
        e: email,
        p: password,
      })
    expect(codeOf(await signIn('west@audit.test', 'not this one'))).toBe('UNAUTHENTICATED')
    expect(codeOf(await signIn('nobody@audit.test', 'not this one'))).toBe('UNAUTHENTICATED')
    dataOf(await signIn('west@audit.test', testPassword), 'signIn')
    const entries = await until(
      () => entriesOf({ kinds: ['signIn'], member: world.ids.west }),
      found => found.length >= 3,
    )
    expect(entries.map(({ action, data, address }) => [action, data?.method, data?.reason, address]).sort()).toEqual([
      ['failed', 'password', 'password', '127.0.0.1'],
      ['ok', 'password', undefined, '127.0.0.1'],
      ['ok', 'password', undefined, '127.0.0.1'],
    ])
    expect((await entriesOf({ kinds: ['signIn'] })).every(({ actor }) => actor !== null)).toBe(true)
  })

  it('is what was refused, the same once in a while, with what was asked', async () => {
    for (let times = 0; times < 3; times++) expect(codeOf(await world.platform('east', '{ runs { id } }'))).toBe('FORBIDDEN')
    const share = 'mutation($id: ID!, $with: ID!) { shareRecord(object: "task", id: $id, with: $with) { id } }'
    const { id } = await world.get<{ id: string }>('mutation { createTask(data: { name: "t" }) { id } }')
    expect(codeOf(await world.platform('east', share, { id, with: world.ids.west }))).toBe('FORBIDDEN')
    const denials = await entriesOf({ kinds: ['denial'], member: world.ids.east })
    expect(denials.map(({ action, data }) => [action, data?.what])).toEqual([
      ['ACTION_FORBIDDEN', '/platform shareRecord'],
      ['ADMIN_NEEDED', '/platform runs'],
    ])
  })

  it('is not filled by who tries everything', async () => {
    const parts = [
      'runs { id }',
      'building',
      'versions { number }',
      'definitions',
      'assignments { id }',
      'invitations { id }',
      'offboardings { id }',
    ]
    const subsets = Array.from({ length: 100 }, (_, n) => parts.filter((_part, at) => ((n + 1) >> at) % 2 === 1))
    const answers = await Promise.all(subsets.map(some => world.platform('both', `{ ${some.join(' ')} }`)))
    expect(new Set(answers.map(codeOf))).toEqual(new Set(['FORBIDDEN']))
    expect(await entriesOf({ kinds: ['denial'], member: world.ids.both, first: 200 })).toHaveLength(60)
  })

  it('is which API key was made, and that it was refused elsewhere', async () => {
    const make = 'mutation($name: String!, $a: [String!]) { createApiKey(name: $name, mayWrite: true, addresses: $a) }'
    const token = dataOf<string>(await world.platform('admin', make, { name: 'robot', a: ['10.0.0.0/8'] }), 'createApiKey')
    expect(codeOf(await world.ask('{ firms { totalCount } }', {}, { authorization: `Bearer ${token}` }))).toBe('FORBIDDEN')
    const keys = await entriesOf({ kinds: ['key'] })
    expect(keys.map(({ action, actor }) => [action, actor?.name])).toEqual([
      ['refused', 'Ada Admin'],
      ['made', 'Ada Admin'],
    ])
    expect(JSON.stringify(keys)).not.toContain(token)
  })

  it('is roles, groups, shares, reveals, settings and publishes', async () => {
    const id = await firm({ phone: '13812341234' })
    const give = 'mutation($m: ID!) { assignRole(member: $m, role: "guest") { id } }'
    dataOf(await world.platform('admin', give, { m: world.ids.west }), 'assignRole')
    const share = 'mutation($id: ID!, $with: ID!) { shareRecord(object: "firm", id: $id, with: $with) { id } }'
    dataOf(await world.platform('east', share, { id, with: world.ids.west }), 'shareRecord')
    const reveal = 'mutation($id: ID!) { reveal(object: "firm", id: $id, field: "phone") }'
    expect(dataOf(await world.platform('finance', reveal, { id }), 'reveal')).toBe('13812341234')
    dataOf(
      await world.platform('admin', 'mutation { updateWorkspaceSettings(data: { binDays: 40 }) { binDays } }'),
      'updateWorkspaceSettings',
    )
    const role = {
      role: 'auditor',
      label: 'Auditor',
      audit: true,
      grants: { firm: { actions: ['read', 'seeAll'], fields: { phone: 'masked', margin: 'hidden' } } },
    }
    dataOf(await world.platform('admin', 'mutation($put: [JSON!]!) { publish(put: $put) { version } }', { put: [role] }), 'publish')
    expect(
      (await entriesOf({ record: id, kinds: ['rights', 'reveal'] })).map(({ action, actor, data }) => [action, actor?.name, data?.field]),
    ).toEqual([
      ['shown', 'finance', 'phone'],
      ['shared', 'east', undefined],
    ])
    expect((await entriesOf({ kinds: ['rights'] })).map(({ action }) => action)).toEqual(expect.arrayContaining(['roleGiven', 'groupMade']))
    expect((await entriesOf({ kinds: ['settings'] }))[0]?.data).toEqual({ before: { binDays: 30 }, after: { binDays: 40 } })
    expect((await entriesOf({ kinds: ['metadata'] }))[0]?.data).toMatchObject({ put: ['roles/auditor'], removed: [] })
  })
})

describe('of people who come and go the log', () => {
  const said = (entries: readonly Entry[]) => entries.map(({ kind, action, actor, data }) => [`${kind} ${action}`, actor?.name, data])
  const door = (query: string, variables: object, headers: Record<string, string> = {}) =>
    post(`${world.app.url}/platform`, query, { ...variables }, headers)

  it('has who signed out, and whose sessions were ended by whom', async () => {
    const gia = await world.join('gia', ['rep'])
    const again = () => signInHeaders(world.app, 'gia@audit.test')
    expect(dataOf(await door('mutation { signOut }', {}, gia.headers), 'signOut')).toBe(true)
    const [kept] = [await again(), await again()]
    expect(dataOf(await door('mutation { revokeOtherSessions }', {}, kept), 'revokeOtherSessions')).toBe(1)
    dataOf(await world.platform('admin', 'mutation($id: ID!) { resetMember(id: $id) { mailed } }', { id: gia.id }), 'resetMember')
    const token = /reset#([\w-]{43})/.exec(textOf((await mailbox.until(1))[0] as Received))?.[1] ?? ''
    const set = 'mutation($t: String!, $p: String!) { resetPassword(token: $t, password: $p) }'
    dataOf(await door(set, { t: token, p: 'seven green lanterns' }), 'resetPassword')
    const entries = (await entriesOf({ kinds: ['signIn', 'member'] })).filter(
      ({ actor, data }) => actor?.id === gia.id || data?.why === 'reset',
    )
    expect(said(entries.filter(({ action }) => action !== 'ok'))).toEqual([
      ['signIn passwordReset', 'gia', null],
      ['signIn sessionsEnded', 'Ada Admin', { why: 'reset', sessions: 1, member: gia.id }],
      ['signIn sessionsEnded', 'gia', { why: 'asked', sessions: 1 }],
      ['signIn signedOut', 'gia', null],
    ])
  })

  it('has tokens that open nothing: the first at once, how often they came again later, and a flood of them fills nothing', async () => {
    const make = 'mutation($name: String!, $until: DateTime) { createApiKey(name: $name, expiresAt: $until) }'
    const until = new Date(Date.now() + 3_600_000).toISOString()
    const token = dataOf<string>(await world.platform('admin', make, { name: 'old', until }), 'createApiKey')
    await pool().query("update tessera.api_key set expires_at = now() - interval '1 hour' where name = 'old'")
    const tokens = [...Array.from({ length: 30 }, () => token), ...Array.from({ length: 90 }, (_, n) => `nobody-knows-${n}`)]
    const ask = (one: string) => world.ask('{ firms { totalCount } }', {}, { authorization: `Bearer ${one}`, 'x-workspace': 'audit' })
    expect(new Set((await Promise.all(tokens.map(ask))).map(codeOf))).toEqual(new Set(['UNAUTHENTICATED']))
    await world.app.app.get(RefusedTokens).settled()
    const refused = async () =>
      said(await entriesOf({ kinds: ['signIn', 'key'] })).filter(([what]) => /expired|tokenUnknown/.test(String(what)))
    const key = { key: expect.any(String), name: 'old' }
    expect(new Set(await refused())).toEqual(
      new Set([
        ['signIn tokenUnknown', undefined, null],
        ['key expired', 'Ada Admin', key],
      ]),
    )
    await world.app.app.get(RefusedTokens).writeCounts()
    expect((await refused()).slice(0, 2)).toEqual(
      expect.arrayContaining([
        ['signIn tokenUnknown', undefined, { repeats: 89 }],
        ['key expired', 'Ada Admin', { ...key, repeats: 29 }],
      ]),
    )
    expect(JSON.stringify(await refused())).not.toMatch(/nobody-knows/)
  })

  it('has a deed or the deed was not done', async () => {
    await pool().query(`create function ${schema}.refuse() returns trigger language plpgsql as 'begin raise exception ''full''; end'`)
    await pool().query(
      `create trigger refuse before insert on ${schema}._audit for each row when (new.kind = 'member') execute function ${schema}.refuse()`,
    )
    try {
      const invite = 'mutation { inviteMember(email: "ina@audit.test", name: "Ina", roles: ["rep"]) { mailed } }'
      expect(codeOf(await world.platform('admin', invite))).toBe('INTERNAL')
      const reset = 'mutation($id: ID!) { resetMember(id: $id, secondFactor: true) { mailed } }'
      expect(codeOf(await world.platform('admin', reset, { id: world.ids.both }))).toBe('INTERNAL')
    } finally {
      await pool().query(`drop function ${schema}.refuse() cascade`)
    }
    expect(dataOf(await world.platform('admin', '{ invitations { id } }'), 'invitations')).toEqual([])
    await signInHeaders(world.app, 'both@audit.test')
    expect(codeOf(await world.platform('both', '{ me { id } }'))).toBeUndefined()
    expect(mailbox.mails).toHaveLength(1)
  })
})

describe('what an entry says', () => {
  it('may hold any text', async () => {
    const name = 'a\u0000b \\u0000 \ud800 "\'; drop table x; -- 商机 \u2028'
    await note(pool(), schema, { kind: 'settings', action: 'odd', actor: null, data: { name, list: [name] } })
    await chained()
    const kept = 'ab \\u0000 \ufffd "\'; drop table x; -- 商机 \u2028'
    expect((await entriesOf({ kinds: ['settings'] })).find(({ action }) => action === 'odd')?.data).toEqual({ name: kept, list: [kept] })
    expect((await walked()).broken).toBeNull()
  })
})

describe('who may search it', () => {
  it('is an admin or an auditor', async () => {
    const answer = await world.platform('boss', search)
    expect([codeOf(answer), issueOf(answer)]).toEqual(['FORBIDDEN', 'AUDIT_NEEDED'])
    expect(codeOf(await post(`${world.app.url}/platform`, search, {}, {}))).toBe('UNAUTHENTICATED')
  })

  it('sees of records what their roles show: masked, hidden, or not at all', async () => {
    const auditor = await world.join('auditor', ['auditor'])
    const id = await firm({ name: 'Seen', phone: '13812345678', margin: 7 })
    const { id: task } = await world.get<{ id: string }>('mutation { createTask(data: { name: "hidden" }) { id } }')
    await chained()
    const ask = async (record: string) =>
      dataOf<Page>(await post(`${world.app.url}/platform`, search, { record }, auditor.headers), 'auditLog')
    const [entry] = (await ask(id)).entries
    expect(entry?.title).toBe('Seen')
    const changes = Object.fromEntries((entry?.changes ?? []).map(({ field, after }) => [field, after]))
    expect(changes).toMatchObject({ name: 'Seen', phone: '138****5678' })
    expect(Object.keys(changes)).not.toContain('margin')
    const [other] = (await ask(task)).entries
    expect([other?.object, other?.record, other?.title, other?.changes]).toEqual([null, null, null, null])
  })

  it('pages through it without losing or doubling an entry, by person, day and kind', async () => {
    await chained()
    const all: string[] = []
    for (let after: string | null = null; ; ) {
      const page: Page = await pageOf({ first: 7, after })
      all.push(...page.entries.map(({ id }) => id))
      after = page.next
      if (after === null) break
    }
    const { rows } = await pool().query<{ id: string }>(`select id from ${schema}._audit order by at desc, id desc`)
    expect(all.slice(-rows.length)).toEqual(rows.map(({ id }) => id))
    expect(new Set(all).size).toBe(all.length)
    const day = new Date().toISOString().slice(0, 10)
    expect(await entriesOf({ until: `${day}T00:00:00Z` })).toEqual([])
    const own = await entriesOf({ member: world.ids.east, kinds: ['record'], from: `${day}T00:00:00Z` })
    expect(own.length).toBeGreaterThan(0)
    expect(own.every(({ actor, kind }) => actor?.id === world.ids.east && kind === 'record')).toBe(true)
  })

  it('is told of a search that is none', async () => {
    for (const wrong of [{ member: 'x' }, { record: '\u0000' }, { kinds: ['__proto__'] }, { after: 'bm9uZQ' }, { first: 0, after: '' }])
      expect(codeOf(await world.platform('admin', search, wrong))).toBe('BAD_REQUEST')
  })
})

describe('the log', () => {
  it('is unbroken, and says where it ends', async () => {
    await firm()
    await chained()
    const { entries, waiting, end, broken } = await walked()
    expect([broken, waiting, end.position]).toEqual([null, 0, entries])
    expect(entries).toBeGreaterThan(20)
    expect((await walked(end)).broken).toBeNull()
    expect((await walked({ ...end, hash: end.hash.replace(/^./, digit => (digit === '0' ? '1' : '0')) })).broken?.what).toBe('anchor')
  })

  /** Changes something as somebody with all rights over the database would, looks what a walk finds, and puts it back. */
  async function tampered(statement: string, values: unknown[] = []): Promise<Walked['broken']> {
    const client = await pool().connect()
    try {
      await client.query('begin')
      const { rowCount } = await client.query(statement, values)
      expect(rowCount).toBe(1)
      return (await walk(client, schema)).broken
    } finally {
      await client.query('rollback')
      client.release()
    }
  }

  it('shows where it was tampered with', async () => {
    await chained()
    const { rows } = await pool().query<{ id: string; position: string; last: string }>(
      `select id, position, (select max(position) from ${schema}._audit) as last from ${schema}._audit where kind = 'record' order by position offset 3 limit 1`,
    )
    const { id = '', position: at, last } = rows[0] ?? {}
    const position = Number(at)
    expect(await tampered(`update ${schema}._audit set actor = null where id = $1`, [id])).toEqual({ what: 'altered', position, id })
    expect(await tampered(`update ${schema}._audit set at = at + interval '1 hour' where id = $1`, [id])).toEqual({
      what: 'altered',
      position,
      id,
    })
    expect(await tampered(`delete from ${schema}._audit where id = $1`, [id])).toEqual({ what: 'missing', position, id: null })
    expect(await tampered(`delete from ${schema}._audit where position = $1`, [last])).toMatchObject({
      what: 'end',
      position: Number(last),
    })
    const inHistory = (statement: string) => tampered(statement, [id])
    expect(await inHistory(`update ${schema}._history set after = '{"name": "Other"}' where id = $1`)).toEqual({
      what: 'historyChanged',
      position,
      id,
    })
    expect(await inHistory(`delete from ${schema}._history where id = $1`)).toEqual({ what: 'historyMissing', position, id })
    const added = await tampered(
      `insert into ${schema}._history (id, object, record, version, at, action) select gen_random_uuid(), object, record, 99, at, 'updated' from ${schema}._history where id = $1`,
      [id],
    )
    expect(added?.what).toBe('unlogged')
    expect((await walked()).broken).toBeNull()
  })

  it('loses nothing and doubles nothing when a node dies and others go on', async () => {
    const node = await serveProgram()
    const query = 'mutation($name: String!) { createFirm(data: { name: $name }) { id } }'
    const write = (url: string, n: number) => post(`${url}/graphql`, query, { name: `K${n}` }, world.headers).catch(() => null)
    const writes = Array.from({ length: 60 }, (_, n) => write(n % 2 === 0 ? node.url : world.app.url, n))
    await Promise.all(writes.slice(0, 30))
    await node.kill()
    await Promise.all(writes)
    await Promise.all(Array.from({ length: 6 }, () => world.app.app.get(AuditFollower).work(schema)))
    await chained()
    expect((await walked()).broken).toBeNull()
    const { rows } = await pool().query(
      `select (select count(*)::int from ${schema}._history) as history, (select count(*)::int from ${schema}._audit where kind = 'record') as entries,
        (select count(*)::int from ${schema}._history where not exists (select from ${schema}._audit a where a.id = _history.id)) as lost`,
    )
    expect(rows[0]).toEqual({ history: rows[0]?.entries, entries: rows[0]?.entries, lost: 0 })
  }, 60_000)
})

describe('taking very much out', () => {
  const take = (who: Person, fields: string[]) =>
    world.platform(who, 'mutation($fields: [String!]) { exportRecords(object: "firm", fields: $fields) { name } }', { fields })
  const set = (data: object) =>
    world.platform('admin', 'mutation($data: WorkspaceSettingsUpdate!) { updateWorkspaceSettings(data: $data) { slug } }', { data })

  it('is counted by rows and by values that others see masked, told once, and marked', async () => {
    dataOf(await set({ exportAlert: 100_000, exportAlertSensitive: 10 }), 'updateWorkspaceSettings')
    dataOf(await take('boss', ['name']), 'exportRecords')
    dataOf(await take('boss', ['name']), 'exportRecords')
    expect(await entriesOf({ kinds: ['alert'] })).toEqual([])
    for (let index = 0; index < 12; index++) await firm({ ownerId: world.ids.boss, phone: `1390000${1000 + index}` })
    dataOf(await take('boss', ['name', 'phone']), 'exportRecords')
    dataOf(await take('boss', ['name', 'phone']), 'exportRecords')
    const [, mail] = await mailbox.until(2)
    expect(mail?.to).toEqual(['admin@audit.test'])
    expect(mail && textOf(mail)).toContain('boss asked for')
    expect((await entriesOf({ kinds: ['alert'] })).map(({ action, actor }) => [action, actor?.name])).toEqual([['massExport', 'boss']])
    expect((await entriesOf({ kinds: ['export'] }))[0]).toMatchObject({
      object: 'firm',
      data: { fields: ['name', 'phone'], sensitive: ['phone'], format: 'csv' },
    })
    expect(mailbox.mails).toHaveLength(2)
  })

  it('is refused where the workspace wants that, also of many at once', async () => {
    dataOf(await set({ exportAlert: 30, exportAlertSensitive: 0, exportBlock: true }), 'updateWorkspaceSettings')
    const answers = await Promise.all(Array.from({ length: 20 }, () => take('manager', ['name'])))
    const refused = answers.filter(answer => codeOf(answer) === 'FORBIDDEN')
    const rows = (await entriesOf({ kinds: ['export'], member: world.ids.manager })).reduce((sum, { data }) => sum + Number(data?.rows), 0)
    expect(rows).toBeLessThanOrEqual(30)
    expect(refused.length).toBeGreaterThan(0)
    expect(refused.map(issueOf)).toEqual(refused.map(() => 'EXPORT_LIMIT'))
    expect((await entriesOf({ kinds: ['alert'], member: world.ids.manager })).length).toBe(refused.length)
  })
})
