import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { addMember } from '../../runtime/access/members.js'
import { createWorkspace, dropWorkspace } from '../../runtime/database/workspace.js'
import { createApp } from '../../runtime/main.js'
import { type Answer, dataOf, post, signInHeaders, testPassword } from '../support/app.js'
import { testConfig, workerDatabaseUrl } from '../support/database.js'
import { until } from '../support/follow-up.js'
import { type Mailbox, openMailbox, textOf } from '../support/mailbox.js'
import { everything, type RecordsWorld, recordsWorld } from '../support/records.js'

type Headers = Record<string, string>
const slug = 'members-spec'
const admin = `admin@${slug}.test`
const rep = `rep@${slug}.test`
let mailbox: Mailbox
let world: RecordsWorld

const task = {
  object: 'task',
  plural: 'tasks',
  label: 'Task',
  title: 'name',
  fields: {
    name: { type: 'text', label: 'Name', required: true },
    helper: { type: 'user', label: 'Helper' },
    stage: {
      type: 'select',
      label: 'Stage',
      options: [{ value: 'open' }, { value: 'closed', editable: [] }],
      default: 'open',
      states: {
        initial: ['open'],
        transitions: [{ transition: 'close', label: 'Close', from: ['open'], to: 'closed' }],
      },
    },
  },
}

beforeAll(async () => {
  mailbox = await openMailbox()
  const rights = { task: everything }
  world = await recordsWorld(
    slug,
    [task, { role: 'rep', label: 'Rep', grants: rights }, { role: 'lead', label: 'Lead', grants: rights }],
    [{}, { email: rep, name: 'Rita Rep', roles: ['rep'] }],
    { SMTP_URL: mailbox.url, MAIL_FROM: 'CRM <crm@example.test>', PUBLIC_URL: 'https://crm.example/' },
  )
})
afterAll(async () => {
  await world.app.close()
  await mailbox.close()
})
beforeEach(() => world.app.database.pool.query('delete from tessera.sign_in_attempt'))

const ask = (query: string, variables: Record<string, unknown> = {}, headers: Headers = world.headers) =>
  post(`${world.app.url}/platform`, query, variables, headers)
const codes = ({ body }: Answer) =>
  body.errors?.map(({ extensions }) => [extensions.code, ...extensions.issues.map(({ code, path }) => `${code} ${path}`.trim())])
const signIn = (email: string, password: string) =>
  ask('mutation($e: String!, $p: String!) { signIn(email: $e, password: $p) { token } }', { e: email, p: password }, {})
const invite = (email: string, name: string, roles: string[], headers?: Headers) =>
  ask(
    'mutation($e: String!, $n: String!, $r: [String!]!) { inviteMember(email: $e, name: $n, roles: $r) { mailed link } }',
    { e: email, n: name, r: roles },
    headers,
  )
const accept = (token: string, password: string, more: object = {}) =>
  ask(
    'mutation($t: String!, $p: String!, $n: String) { acceptInvitation(token: $t, password: $p, name: $n) { token } }',
    { t: token, p: password, ...more },
    {},
  )
const lastToken = async (count: number, page: string) => {
  const mails = await mailbox.until(count)
  expect(mails).toHaveLength(count)
  const mail = mails.at(-1)
  const token = mail && new RegExp(`https://crm\\.example/sign-in/${page}#([\\w-]{43})\\s`).exec(textOf(mail))?.[1]
  return { mail, token: token ?? '' }
}
const idOf = async (email: string) =>
  dataOf<{ id: string; email: string }[]>(await ask('{ members { id email } }'), 'members').find(member => member.email === email)?.id ?? ''

describe('inviting', () => {
  it('sends a link that works once, for whoever got it, with the roles that the admin chose', async () => {
    const before = mailbox.mails.length
    expect((await invite(' Nina@Members-Spec.test ', '妮娜\r\nBcc: x@example.test', ['rep'])).body.data).toEqual({
      inviteMember: { mailed: true, link: null },
    })
    const { mail, token } = await lastToken(before + 1, 'invitation')
    expect(mail?.to).toEqual(['nina@members-spec.test'])
    expect(mail?.source).toMatch(/^From: CRM <crm@example.test>\r?$/m)
    expect(mail?.source).not.toMatch(/^Bcc:/im)
    expect(JSON.stringify((await world.app.database.pool.query('select * from tessera.invitation')).rows)).not.toContain(token)
    expect(
      (await ask('query($t: String!) { invitation(token: $t) { email name workspace hasAccount least } }', { t: token }, {})).body.data,
    ).toEqual({
      invitation: { email: 'nina@members-spec.test', name: '妮娜\r\nBcc: x@example.test', workspace: slug, hasAccount: false, least: 12 },
    })
    expect(codes(await accept(token, 'short'))).toEqual([['VALIDATION_FAILED', 'VALUE_TOO_SHORT password']])
    const both = await Promise.all([accept(token, 'blue kettle on moss', { n: 'Nina New' }), accept(token, 'blue kettle on moss')])
    expect(both.filter(answer => !answer.body.errors)).toHaveLength(1)
    expect(codes(await accept(token, 'blue kettle on moss'))).toEqual([['NOT_FOUND', 'LINK_USED']])
    expect((await signIn('nina@members-spec.test', 'blue kettle on moss')).body.errors).toBeUndefined()
    expect(codes(await invite('nina@members-spec.test', 'Nina', ['rep']))).toEqual([['CONFLICT', 'MEMBER_PRESENT email']])
  })

  it('makes earlier links worth nothing when done again, and ends by its time or when taken back', async () => {
    const count = mailbox.mails.length
    await invite('olaf@members-spec.test', 'Olaf', ['rep'])
    const first = await lastToken(count + 1, 'invitation')
    await invite('olaf@members-spec.test', 'Olaf', ['lead'])
    const second = await lastToken(count + 2, 'invitation')
    expect(codes(await accept(first.token, 'blue kettle on moss'))).toEqual([['NOT_FOUND', 'LINK_USED']])
    await world.app.database.pool.query("update tessera.invitation set expires_at = now() - interval '1 second'")
    expect(codes(await accept(second.token, 'blue kettle on moss'))).toEqual([['NOT_FOUND', 'LINK_USED']])
    const [open] = dataOf<{ id: string; email: string }[]>(await ask('{ invitations { id email name roles expiresAt } }'), 'invitations')
    expect(open).toMatchObject({ email: 'olaf@members-spec.test', roles: ['lead'] })
    expect((await ask('mutation($id: ID!) { revokeInvitation(id: $id) }', { id: open?.id })).body.data).toEqual({ revokeInvitation: true })
    for (const id of [open?.id, '\u0000', "' or true --"])
      expect((await ask('mutation($id: ID!) { revokeInvitation(id: $id) }', { id })).body.data).toEqual({ revokeInvitation: false })
  })

  it('asks who has an account for the password of it, so that no invitation takes an account over', async () => {
    await dropWorkspace(world.app.database, 'members-other')
    const other = await createWorkspace(world.app.database, 'members-other', 'Other')
    await addMember(world.app.database, other, { email: 'pia@members-spec.test', name: 'Pia', password: testPassword, roles: ['admin'] })
    const count = mailbox.mails.length
    await invite('pia@members-spec.test', 'Pia', ['rep'])
    const { token } = await lastToken(count + 1, 'invitation')
    expect(codes(await accept(token, 'blue kettle on moss'))).toEqual([['UNAUTHENTICATED', 'SIGN_IN_FAILED password']])
    expect((await accept(token, testPassword)).body.errors).toBeUndefined()
    const reset = await ask('mutation($id: ID!) { resetMember(id: $id) { link } }', { id: await idOf('pia@members-spec.test') })
    expect(codes(reset)).toEqual([['FORBIDDEN', 'ACCOUNT_SHARED id']])
    await dropWorkspace(world.app.database, 'members-other')
  })

  it('is for admins in a session, who learn all issues at once', async () => {
    const own = await signInHeaders(world.app, rep)
    for (const query of [
      '{ invitations { id } }',
      '{ offboardings { id } }',
      '{ ownedRecords(member: "x") { count } }',
      'mutation { addServiceAccount(name: "x", roles: ["admin"]) { id } }',
    ])
      expect(codes(await ask(query, {}, own))).toEqual([['FORBIDDEN', 'ADMIN_NEEDED']])
    expect(codes(await invite('x@y.z', 'X', ['admin'], own))).toEqual([['FORBIDDEN', 'ADMIN_NEEDED']])
    const change = await ask('mutation($id: ID!) { changeMember(id: $id, roles: ["admin"]) { id } }', { id: await idOf(rep) }, own)
    expect(codes(change)).toEqual([['FORBIDDEN', 'ADMIN_NEEDED']])
    const key = dataOf<string>(await ask('mutation { createApiKey(name: "k") }'), 'createApiKey')
    expect(codes(await invite('x@y.z', 'X', ['rep'], { authorization: `Bearer ${key}` }))).toEqual([['FORBIDDEN', 'SESSION_NEEDED']])
    expect(codes(await invite('no address', ' ', ['nobody', '__proto__']))).toEqual([
      ['VALIDATION_FAILED', 'SETTING_INVALID email', 'SETTING_INVALID name', 'SETTING_INVALID roles', 'SETTING_INVALID roles'],
    ])
  })
})

describe('a forgotten password', () => {
  const request = (email: string) => ask('mutation($e: String!) { requestPasswordReset(email: $e) }', { e: email }, {})
  const reset = (token: string, password: string) =>
    ask('mutation($t: String!, $p: String!) { resetPassword(token: $t, password: $p) }', { t: token, p: password }, {})

  it('is replaced by a link that only the owner of the address gets; nobody learns who has one', async () => {
    const before = mailbox.mails.length
    const headers = await signInHeaders(world.app, rep)
    expect((await request('nobody@members-spec.test')).body).toEqual((await request(rep)).body)
    const { mail, token } = await lastToken(before + 1, 'reset')
    expect(mail?.to).toEqual([rep])
    expect(codes(await reset(token, 'password1234'))).toEqual([['VALIDATION_FAILED', 'PASSWORD_GUESSABLE password']])
    expect((await reset(token, 'green lamp by noon')).body.data).toEqual({ resetPassword: true })
    expect(codes(await reset(token, 'another green lamp'))).toEqual([['NOT_FOUND', 'LINK_USED']])
    expect((await ask('{ me { id } }', {}, headers)).body.data).toEqual({ me: null })
    expect((await signIn(rep, 'green lamp by noon')).body.errors).toBeUndefined()
    for (const wrong of ['', '\u0000', 'x'.repeat(43)])
      expect(codes(await reset(wrong, 'another green lamp'))).toEqual([['NOT_FOUND', 'LINK_USED']])
  })

  it('cannot be used to flood a person with mails', async () => {
    for (let count = 0; count < 5; count++) await request('nobody@members-spec.test')
    expect(codes(await request('nobody@members-spec.test'))).toEqual([['RATE_LIMITED', 'SIGN_IN_LIMITED email']])
  })

  it('may be reset by an admin: the old one is worth nothing at once, and sessions end', async () => {
    const before = mailbox.mails.length
    const { token } = dataOf<{ token: string }>(await signIn(rep, 'green lamp by noon'), 'signIn')
    const answer = await ask('mutation($id: ID!) { resetMember(id: $id, secondFactor: true) { mailed link } }', { id: await idOf(rep) })
    expect(answer.body.data).toEqual({ resetMember: { mailed: true, link: null } })
    expect(codes(await signIn(rep, 'green lamp by noon'))).toEqual([['UNAUTHENTICATED', 'SIGN_IN_FAILED password']])
    expect((await ask('{ me { id } }', {}, { authorization: `Bearer ${token}` })).body.data).toEqual({ me: null })
    const link = await lastToken(before + 1, 'reset')
    expect((await reset(link.token, testPassword)).body.errors).toBeUndefined()
    expect((await signIn(rep, testPassword)).body.errors).toBeUndefined()
  })

  it('is handed over as a link where no mails can be sent, or the server for them is away', async () => {
    const silent = await createApp(testConfig(await workerDatabaseUrl(), { SMTP_URL: 'smtp://127.0.0.1:1' }))
    try {
      const query = 'mutation($id: ID!) { resetMember(id: $id) { mailed link } }'
      const answer = await post(`${silent.url}/platform`, query, { id: await idOf(rep) }, world.headers)
      const { mailed, link } = dataOf<{ mailed: boolean; link: string }>(answer, 'resetMember')
      expect([mailed, link]).toEqual([false, expect.stringMatching(/^http:\/\/localhost:0\/sign-in\/reset#[\w-]{43}$/)])
      expect((await reset(link.split('#')[1] ?? '', testPassword)).body.errors).toBeUndefined()
    } finally {
      await silent.close()
    }
  })
})

describe('a member', () => {
  const change = (id: string, given: object, headers?: Headers) =>
    ask(
      'mutation($id: ID!, $name: String, $roles: [String!], $active: Boolean) { changeMember(id: $id, name: $name, roles: $roles, active: $active) { name roles active } }',
      { id, ...given },
      headers,
    )

  it('gets other roles at once, and is out at once with sessions and keys', async () => {
    const own = await signInHeaders(world.app, rep)
    const key = dataOf<string>(await ask('mutation { createApiKey(name: "k") }', {}, own), 'createApiKey')
    const isIn = async (headers: Headers) => (await ask('{ me { roles } }', {}, headers)).body.data?.me
    const id = await idOf(rep)
    expect((await change(id, { roles: ['lead'], name: 'Rita Lead' })).body.data).toEqual({
      changeMember: { name: 'Rita Lead', roles: ['lead'], active: true },
    })
    expect(await isIn(own)).toEqual({ roles: ['lead'] })
    await change(id, { active: false })
    expect([await isIn(own), await isIn({ authorization: `Bearer ${key}` })]).toEqual([null, null])
    expect(codes(await signIn(rep, testPassword))).toEqual([['UNAUTHENTICATED', 'SIGN_IN_FAILED password']])
    expect((await change(id, { active: true, roles: ['rep'], name: 'Rita Rep' })).body.errors).toBeUndefined()
    expect(await isIn({ authorization: `Bearer ${key}` })).toBeNull()
    for (const absent of ['0190a0a0-0000-7000-8000-000000000000', 'x', '\u0000'])
      expect(codes(await change(absent, { name: 'x' }))).toEqual([['NOT_FOUND', 'MEMBER_UNKNOWN id']])
  })

  it('cannot be the last admin and go', async () => {
    const id = await idOf(admin)
    expect(codes(await change(id, { active: false }))).toEqual([['FORBIDDEN', 'MEMBER_SELF id']])
    expect(codes(await change(id, { roles: ['rep'] }))).toEqual([['CONFLICT', 'ADMIN_LAST roles']])
    const second = `second@${slug}.test`
    await addMember(world.app.database, world.app.workspace, { email: second, name: 'Sue', password: testPassword, roles: ['admin'] })
    const theirs = await signInHeaders(world.app, second)
    const both = await Promise.all([change(id, { roles: ['rep'] }), change(await idOf(second), { roles: ['rep'] }, theirs)])
    expect(both.map(answer => codes(answer)?.[0]?.[0] ?? 'done').sort()).toEqual(['CONFLICT', 'done'])
    await world.app.database.pool.query(`update w_members_spec._member set roles = '{admin}' where id = $1`, [id])
  })

  it('that is a service account has keys and no password', async () => {
    const query = 'mutation { addServiceAccount(name: "ERP", roles: ["rep"]) { id email service } }'
    const { id, email, service } = dataOf<{ id: string; email: string; service: boolean }>(await ask(query), 'addServiceAccount')
    expect(service).toBe(true)
    const create = 'mutation($id: ID!) { createApiKey(name: "erp", member: $id) }'
    const key = dataOf<string>(await ask(create, { id }), 'createApiKey')
    expect((await ask('{ me { name } }', {}, { authorization: `Bearer ${key}` })).body.data).toEqual({ me: { name: 'ERP' } })
    expect(codes(await ask(create, { id: await idOf(rep) }))).toEqual([['FORBIDDEN', 'KEY_OF_ANOTHER member']])
    expect(codes(await ask(create, { id }, await signInHeaders(world.app, rep)))).toEqual([['FORBIDDEN', 'KEY_OF_ANOTHER member']])
    expect(codes(await signIn(email, testPassword))).toEqual([['UNAUTHENTICATED', 'SIGN_IN_FAILED password']])
    expect(codes(await ask('mutation($id: ID!) { resetMember(id: $id) { link } }', { id }))).toEqual([['FORBIDDEN', 'SERVICE_ACCOUNT id']])
  })
})

describe('who leaves', () => {
  const leave = (member: string, to: string | null, rules: object[] = [], headers?: Headers) =>
    ask(
      'mutation($m: ID!, $to: ID, $r: [MoveRule!]) { offboardMember(member: $m, to: $to, rules: $r) { id state } }',
      { m: member, to, r: rules },
      headers,
    )
  const finished = (member: string) => {
    const query = 'query($m: ID) { offboardings(member: $m) { state done total left error } }'
    return until(
      async () => dataOf<{ state: string; left: number }[]>(await ask(query, { m: member }), 'offboardings')[0],
      job => job?.state === 'done' || job?.state === 'failed',
    )
  }

  it('leaves records to others, by rule and the rest to one, through the pipeline of every write', async () => {
    const leaver = `leaver@${slug}.test`
    const id = await addMember(world.app.database, world.app.workspace, {
      email: leaver,
      name: 'Lea Ver',
      password: testPassword,
      roles: ['rep'],
    })
    const theirs = await signInHeaders(world.app, leaver)
    const [first, second] = [await idOf(admin), await idOf(rep)]
    const data = [...Array.from({ length: 230 }, (_, number) => ({ name: `Task ${number}` })), { name: 'Key account', helperId: id }]
    const made = await world.ask('mutation($d: [TaskCreate!]!) { createTasks(data: $d) { nodes { id } } }', { d: data }, theirs)
    const tasks = dataOf<{ nodes: { id: string }[] }>(made, 'createTasks').nodes
    const close = await world.ask(
      'mutation($id: ID!) { transitionTask(id: $id, transition: "close") { id } }',
      { id: tasks[0]?.id },
      theirs,
    )
    expect(close.body.errors).toBeUndefined()
    const countOwned = (member: string) => ask('query($m: ID!) { ownedRecords(member: $m) { object count } }', { m: member })
    expect(dataOf(await countOwned(id.toUpperCase()), 'ownedRecords')).toEqual([{ object: 'task', count: 231 }])
    for (const nobody of ['', 'x\u0000', '__proto__'])
      expect(codes(await countOwned(nobody))).toEqual([['NOT_FOUND', 'MEMBER_UNKNOWN member']])
    const rules = [
      { object: 'task', when: { '==': [{ var: 'name' }, 'Key account'] }, to: first },
      { object: 'task', field: 'helper', to: first },
    ]
    expect(dataOf<{ state: string }>(await leave(id, second, rules), 'offboardMember').state).toBe('waiting')
    expect((await ask('{ me { id } }', {}, theirs)).body.data).toEqual({ me: null })
    const job = await finished(id)
    expect(job).toMatchObject({ state: 'done', error: null })
    const left = job?.left ?? -1
    const { nodes } = await world.get<{ nodes: { ownerId: string; helperId: string; version: number }[] }>(
      '{ tasks(where: { name: { eq: "Key account" } }) { nodes { ownerId helperId version } } }',
    )
    expect(nodes).toEqual([{ ownerId: first, helperId: first, version: 3 }])
    const owned = async (owner: string | undefined) =>
      (await world.get<{ totalCount: number }>(`{ tasks(where: { ownerId: { eq: "${owner}" } }) { totalCount } }`)).totalCount
    expect([left, await owned(id), await owned(second), await owned(first)]).toEqual([1, 1, 229, 1]) // what is closed lets nobody change it
    const history = await ask('query($id: ID!) { history(object: "task", id: $id) { actor { name } channel } }', { id: tasks[1]?.id })
    expect(JSON.stringify(history.body)).toContain('Ada Admin')
  })

  it('is told all that is wrong before anything happens', async () => {
    const id = await addMember(world.app.database, world.app.workspace, {
      email: `gone@${slug}.test`,
      name: 'G',
      password: testPassword,
      roles: ['rep'],
    })
    const rules = [
      { object: 'nothing', to: await idOf(admin) },
      { object: 'task', field: 'name', to: await idOf(admin) },
      { object: 'task', when: { '==': [{ var: 'absent' }, 1] }, to: 'x' },
      { object: 'task', to: id },
    ]
    expect(codes(await leave(id, id, rules))?.[0]).toEqual([
      'VALIDATION_FAILED',
      'MEMBER_LEFT to',
      'SETTING_INVALID rules/0/object',
      'SETTING_INVALID rules/1/object',
      'MEMBER_UNKNOWN rules/2/to',
      'RULE_FIELD_UNKNOWN rules/2/when',
      'MEMBER_LEFT rules/3/to',
    ])
    expect((await ask('{ members { email active } }')).body.data?.members).toContainEqual({ email: `gone@${slug}.test`, active: true })
    expect(codes(await leave(await idOf(admin), null))).toEqual([['FORBIDDEN', 'MEMBER_SELF member']])
    expect(codes(await leave(id, null, [], await signInHeaders(world.app, rep)))).toEqual([['FORBIDDEN', 'ADMIN_NEEDED']])
  })
})
