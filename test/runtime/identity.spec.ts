import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { Secret, TOTP } from 'otpauth'
import { networkOf } from '../../runtime/access/networks.js'
import { checkPassword } from '../../runtime/access/password-policy.js'
import { Sealer } from '../../runtime/access/sealer.js'
import { WhoAsks } from '../../runtime/access/who-asks.js'
import { createApp } from '../../runtime/main.js'
import { type Answer, dataOf, post, signInHeaders, startTestApp, type TestApp, testPassword } from '../support/app.js'
import { testConfig, workerDatabaseUrl } from '../support/database.js'
import { publish } from '../support/publish.js'

const admin = 'admin@identity-spec.test'
const rep = 'rep@identity-spec.test'
const sam = 'sam@identity-spec.test'
type Headers = Record<string, string>
const newSecret = 'a secret of the tests that is newer and long enough'
let app: TestApp

beforeAll(async () => {
  app = await startTestApp(
    'identity-spec',
    [{}, { email: rep, name: 'Rita Rep', roles: ['rep'] }, { email: sam, name: 'Sam Stone', roles: ['rep'], mustChangePassword: true }],
    undefined,
    { TRUSTED_PROXIES: '127.0.0.1', TESSERA_SECRET: newSecret },
    'bare',
  )
})
afterAll(() => app.close())
beforeEach(() => app.database.pool.query('delete from tessera.sign_in_attempt'))

const ask = (query: string, variables: Record<string, unknown> = {}, headers: Headers = {}) =>
  post(`${app.url}/platform`, query, variables, headers)
const codes = ({ body }: Answer) =>
  body.errors?.map(({ extensions }) => [extensions.code, ...extensions.issues.map(({ code, path }) => `${code} ${path}`.trim())])
const signIn = (email: string, password: string, more: { code?: string; address?: string; device?: string } = {}) =>
  ask(
    'mutation($email: String!, $password: String!, $code: String) { signIn(email: $email, password: $password, code: $code) { token } }',
    { email, password, code: more.code },
    {
      ...(more.address ? { 'x-forwarded-for': more.address } : {}),
      ...(more.device ? { 'user-agent': more.device } : {}),
    },
  )
const headersOf = (answer: Answer): Headers => ({ authorization: `Bearer ${dataOf<{ token: string }>(answer, 'signIn').token}` })
const isIn = async (headers: Headers) => (await ask('{ me { id } }', {}, headers)).body.data?.me !== null

describe('a new password', () => {
  const found = (password: string) =>
    checkPassword(password, { least: 12, known: ['rita.rep@example.test', 'Rita Rep'] }).map(({ code }) => code)

  it('is long, and not what is guessed first', () => {
    expect(found('short')).toEqual(['VALUE_TOO_SHORT'])
    expect(found('x'.repeat(201))).toEqual(['VALUE_TOO_LONG'])
    const guessed = [
      'password1234',
      'PasswordPassword',
      'aaaaaaaaaaaaaaa',
      '123456789012',
      'qwertyuiop12',
      'rita.rep@example.test',
      'RitaRep20262026',
      'abcabcabcabcabc',
    ]
    expect(guessed.map(found)).toEqual(guessed.map(() => ['PASSWORD_GUESSABLE']))
    expect(['correct horse battery', '四个不相关的词语在一起才够长', 'k2#Vq9!pLx7Z'].map(found)).toEqual([[], [], []])
  })

  it('is changed by its owner, who knows the present one, and ends the other sessions', async () => {
    const change = 'mutation($current: String!, $password: String!) { changePassword(current: $current, password: $password) }'
    const [here, there] = [await signInHeaders(app, rep), await signInHeaders(app, rep)]
    expect(codes(await ask(change, { current: 'wrong', password: 'another long one' }, here))).toEqual([
      ['VALIDATION_FAILED', 'PASSWORD_WRONG current'],
    ])
    expect(codes(await ask(change, { current: testPassword, password: 'rita rep rita' }, here))).toEqual([
      ['VALIDATION_FAILED', 'PASSWORD_GUESSABLE password'],
    ])
    expect(codes(await ask(change, { current: testPassword, password: testPassword }, here))).toEqual([
      ['VALIDATION_FAILED', 'PASSWORD_SAME password'],
    ])
    expect(await isIn(there)).toBe(true)
    expect((await ask(change, { current: testPassword, password: 'another long one' }, here)).body.data).toEqual({ changePassword: true })
    expect([await isIn(here), await isIn(there)]).toEqual([true, false])
    expect(codes(await signIn(rep, testPassword))).toEqual([['UNAUTHENTICATED', 'SIGN_IN_FAILED password']])
    expect((await ask(change, { current: 'another long one', password: testPassword }, here)).body.data).toEqual({ changePassword: true })
  })

  it('comes before anything else for whom somebody else gave the present one', async () => {
    const headers = await signInHeaders(app, sam)
    expect((await ask('{ me { needs } }', {}, headers)).body.data).toEqual({ me: { needs: ['password'] } })
    expect(codes(await ask('{ members { id } }', {}, headers))).toEqual([['UNAUTHENTICATED', 'SIGN_IN_NEEDED']])
    expect(codes(await post(`${app.url}/graphql`, '{ __typename }', {}, headers))).toEqual([['FORBIDDEN', 'PASSWORD_CHANGE_NEEDED']])
    for (const path of ['/files/0190a0a0-0000-7000-8000-000000000000', '/exports'])
      expect(
        (await fetch(`${app.url}${path}`, path === '/exports' ? { method: 'POST', headers, body: '{}' } : { headers })).status,
      ).toBeGreaterThan(399)
    const change = 'mutation($p: String!, $c: String!) { changePassword(current: $c, password: $p) }'
    await ask(change, { c: testPassword, p: 'another long one' }, headers)
    expect((await ask('{ me { needs } members { name } }', {}, headers)).body.data).toMatchObject({
      me: { needs: [] },
      members: [{}, {}, {}],
    })
    await ask(change, { c: 'another long one', p: testPassword }, headers)
  })
})

describe('guessing', () => {
  const outcome = (answers: Answer[]) => {
    const each = answers.map(answer => codes(answer)?.[0]?.[0] ?? 'in')
    return { wrong: each.filter(code => code === 'UNAUTHENTICATED').length, limited: each.filter(code => code === 'RATE_LIMITED').length }
  }
  const failures = (count: number) => app.database.pool.query('update tessera.sign_in_attempt set failures = $1', [count])

  it('is limited also when all come at once', async () => {
    expect(outcome(await Promise.all(Array.from({ length: 16 }, () => signIn(rep, 'guess'))))).toEqual({ wrong: 10, limited: 6 })
    const answer = await signIn(rep, testPassword)
    expect(answer.body.errors?.[0]?.extensions.issues[0]).toMatchObject({ code: 'SIGN_IN_LIMITED', hint: 'Wait 15 minutes and try again.' })
  })

  it('locks an account against all networks, and a network against all accounts', async () => {
    await signIn(rep, 'guess', { address: '203.0.113.1' })
    await failures(50)
    expect(codes(await signIn(rep, testPassword, { address: '203.0.113.99' }))).toEqual([['RATE_LIMITED', 'SIGN_IN_LIMITED password']])
    expect((await signIn(admin, testPassword, { address: '203.0.113.1' })).body.errors).toBeUndefined()
    await app.database.pool.query('delete from tessera.sign_in_attempt')
    await signIn('nobody@identity-spec.test', 'guess', { address: '2001:db8:1:2:aaaa::1' })
    await failures(100)
    expect(codes(await signIn(admin, testPassword, { address: '2001:db8:1:2:bbbb::2' }))).toEqual([
      ['RATE_LIMITED', 'SIGN_IN_LIMITED password'],
    ])
    expect((await signIn(admin, testPassword, { address: '2001:db8:1:3::1' })).body.errors).toBeUndefined()
  })

  it('counts for all nodes and over a restart, and is answered alike for who does not exist', async () => {
    const nobody = 'nobody@identity-spec.test'
    const other = await createApp(testConfig(await workerDatabaseUrl(), { TRUSTED_PROXIES: '127.0.0.1' }))
    try {
      const elsewhere = (email: string) =>
        post(`${other.url}/platform`, 'mutation($e: String!) { signIn(email: $e, password: "guess") { token } }', { e: email })
      // one after the other: what is counted of one must not stand in what the other one is told
      const tries = async (email: string) => {
        await app.database.pool.query('delete from tessera.sign_in_attempt')
        const told = [await signIn(email, 'guess'), await elsewhere(email)]
        await failures(10)
        return [...told, await signIn(email, 'guess'), await elsewhere(email)].map(({ body }) => body)
      }
      expect(await tries(rep)).toEqual(await tries(nobody))
    } finally {
      await other.close()
    }
  })

  it('takes whatever text comes without breaking', async () => {
    for (const [email, password] of [
      ['\u0000', 'x'],
      [rep, '\u0000'],
      [rep, 'x'.repeat(100_000)],
      ["' or 1=1 --", "' or 1=1 --"],
      ['__proto__', '__proto__'],
    ] as const)
      expect(codes(await signIn(email, password))).toEqual([['UNAUTHENTICATED', 'SIGN_IN_FAILED password']])
  })

  it('is told apart by IPv4 address and by the network of an IPv6 address', () => {
    expect(['10.1.2.3', '::ffff:10.1.2.3', '2001:db8::1', '2001:0DB8:0:0:ffff::1', '::1'].map(networkOf)).toEqual([
      '10.1.2.3',
      '10.1.2.3',
      '2001:db8:0:0::/64',
      '2001:db8:0:0::/64',
      '0:0:0:0::/64',
    ])
  })
})

describe('sessions', () => {
  const list = async (headers: Headers) =>
    (await ask('{ sessions { id device address method current } }', {}, headers)).body.data?.sessions as { id: string; current: boolean }[]
  const end = (id: string, headers: Headers) => ask('mutation($id: ID!) { revokeSession(id: $id) }', { id }, headers)

  it('are listed with device and address, and ended one by one or all others at once, only by their owner', async () => {
    await app.database.pool.query('delete from tessera.session')
    const [desk, phone, third] = [
      headersOf(await signIn(rep, testPassword, { address: '203.0.113.7', device: 'Desk/1.0' })),
      headersOf(await signIn(rep, testPassword, { address: '203.0.113.8', device: `Phone/1.0 ${'x'.repeat(400)}` })),
      headersOf(await signIn(rep, testPassword)),
    ]
    const known = await list(desk)
    expect(known).toHaveLength(3)
    expect(known).toContainEqual({ id: expect.any(String), device: 'Desk/1.0', address: '203.0.113.7', method: 'password', current: true })
    const phoneId = (await list(phone)).find(({ current }) => current)?.id ?? ''
    const other = await signInHeaders(app, admin)
    for (const [id, headers] of [
      [phoneId, other],
      ['not-an-id', desk],
      ['\u0000', desk],
    ] as const)
      expect((await end(id, headers)).body.data).toEqual({ revokeSession: false })
    expect((await end(phoneId, desk)).body.data).toEqual({ revokeSession: true })
    expect([await isIn(desk), await isIn(phone), await isIn(third)]).toEqual([true, false, true])
    expect((await ask('mutation { revokeOtherSessions }', {}, desk)).body.data).toEqual({ revokeOtherSessions: 1 })
    expect([await isIn(desk), await isIn(third), await isIn(other)]).toEqual([true, false, true])
  })

  it('end when they are not used, and at the latest after so many days, as the workspace says', async () => {
    const owner = await signInHeaders(app, admin)
    const set = (data: object) =>
      ask('mutation($data: WorkspaceSettingsUpdate!) { updateWorkspaceSettings(data: $data) { sessionIdle sessionDays } }', { data }, owner)
    expect(codes(await set({ sessionIdle: 1, sessionDays: 0, passwordLeast: 4, secondFactorRoles: ['no role'] }))).toEqual([
      [
        'VALIDATION_FAILED',
        'SETTING_INVALID passwordLeast',
        'SETTING_INVALID sessionIdle',
        'SETTING_INVALID sessionDays',
        'SETTING_INVALID secondFactorRoles',
      ],
    ])
    const headers = await signInHeaders(app, rep)
    const { id } = (await list(headers)).find(({ current }) => current) ?? { id: '' }
    const lasts = async (column: string, age: string) => {
      await app.database.pool.query(`update tessera.session set ${column} = now() - $2::interval where id = $1`, [id, age])
      app.app.get(WhoAsks).forget()
      return isIn(headers)
    }
    await set({ sessionIdle: 30, sessionDays: 2 })
    expect([
      await lasts('last_seen', '29 minutes'),
      await lasts('last_seen', '31 minutes'),
      (await list(owner)).some(each => each.id === id),
    ]).toEqual([true, false, false])
    expect([await lasts('last_seen', '0 minutes'), await lasts('created_at', '47 hours'), await lasts('created_at', '49 hours')]).toEqual([
      true,
      true,
      false,
    ])
    await set({ sessionIdle: 43_200, sessionDays: 90 })
  })
})

describe('a second factor', () => {
  const code = (secret: string, at = Date.now()) => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at })
  const begin = (headers: Headers, password = testPassword) =>
    ask('mutation($p: String!) { beginSecondFactor(password: $p) { secret uri } }', { p: password }, headers)
  const confirm = (headers: Headers, given: string) => ask('mutation($c: String!) { confirmSecondFactor(code: $c) }', { c: given }, headers)
  let known = ''
  const stored = async () =>
    (await app.database.pool.query<{ totp_secret: string }>('select totp_secret from tessera.account where email = $1', [rep])).rows[0]
      ?.totp_secret ?? ''
  const soon = () => app.database.pool.query('update tessera.account set totp_step = totp_step - 5 where totp_step is not null')

  it('is set up with the password and a first code, asked for at every sign-in, and each code counts once', async () => {
    const headers = await signInHeaders(app, rep)
    expect(codes(await begin(headers, 'wrong'))).toEqual([['VALIDATION_FAILED', 'PASSWORD_WRONG password']])
    const { secret, uri } = dataOf<{ secret: string; uri: string }>(await begin(headers), 'beginSecondFactor')
    expect(uri).toMatch(/^otpauth:\/\/totp\/Tessera:rep%40identity-spec\.test\?issuer=Tessera&secret=[A-Z2-7]{32}&/)
    expect((await signIn(rep, testPassword)).body.errors).toBeUndefined() // does not count yet
    expect(codes(await confirm(headers, '000000'))).toEqual([['VALIDATION_FAILED', 'SECOND_FACTOR_WRONG code']])
    known = secret
    expect(await stored()).toMatch(/^v1\.[\w-]{8}\.[\w-]{16}\.[\w-]+$/)
    expect(await stored()).not.toContain(secret)
    const now = code(secret)
    const recovery = dataOf<string[]>(await confirm(headers, now), 'confirmSecondFactor')
    expect(recovery).toHaveLength(10)
    expect(codes(await begin(headers))).toEqual([['CONFLICT', 'SECOND_FACTOR_PRESENT']])

    expect(codes(await signIn(rep, testPassword))).toEqual([['UNAUTHENTICATED', 'SECOND_FACTOR_NEEDED code']])
    expect(codes(await signIn(rep, 'wrong', { code: now }))).toEqual([['UNAUTHENTICATED', 'SIGN_IN_FAILED password']])
    expect(codes(await signIn(rep, testPassword, { code: now }))).toEqual([['UNAUTHENTICATED', 'SECOND_FACTOR_WRONG code']]) // it set the factor up
    await soon()
    const both = await Promise.all([1, 2, 3].map(() => signIn(rep, testPassword, { code: code(secret) })))
    expect(both.filter(answer => !answer.body.errors)).toHaveLength(1)
    const once = await Promise.all([1, 2, 3].map(() => signIn(rep, testPassword, { code: recovery[0]?.toLowerCase() ?? '' })))
    expect(once.filter(answer => !answer.body.errors)).toHaveLength(1)
    expect((await ask('{ secondFactor { active required recoveryCodesLeft } }', {}, headers)).body.data).toEqual({
      secondFactor: { active: true, required: false, recoveryCodesLeft: 9 },
    })
    const kept = JSON.stringify((await app.database.pool.query('select * from tessera.recovery_code')).rows)
    expect(recovery.some(each => kept.includes(each) || kept.includes(each.replaceAll('-', '')))).toBe(false)
  })

  it('cannot be guessed at faster than a password', async () => {
    for (let guess = 0; guess < 10; guess++) await signIn(rep, testPassword, { code: '000000' })
    expect(codes(await signIn(rep, testPassword, { code: '000000' }))).toEqual([['RATE_LIMITED', 'SIGN_IN_LIMITED password']])
  })

  it('lies sealed in the database: what an older version or secret left is sealed anew by the next code, and a wrong key opens nothing', async () => {
    const put = (text: string) => app.database.pool.query('update tessera.account set totp_secret = $2 where email = $1', [rep, text])
    const { rows } = await app.database.pool.query<{ id: string }>('select id from tessera.account where email = $1', [rep])
    const id = rows[0]?.id ?? ''
    const come = async () => {
      await soon()
      await app.database.pool.query('delete from tessera.sign_in_attempt')
      return (await signIn(rep, testPassword, { code: code(known) })).body.errors === undefined
    }
    await put(known) // as it was before it was sealed
    expect([await come(), (await stored()).startsWith('v1.')]).toEqual([true, true])
    const directory = mkdtempSync(join(tmpdir(), 'tessera-'))
    const [older, both] = [new Sealer([], directory), new Sealer([newSecret], directory)]
    const sealed = older.seal(known, id)
    expect([both.open(sealed, id), both.isCurrent(sealed), both.isCurrent(both.seal(known, id))]).toEqual([known, false, true])
    expect([both.open(sealed, 'somebody else'), new Sealer([newSecret], tmpdir()).open(sealed, id)]).toEqual([null, null])
    expect([both.open(`${sealed.slice(0, -4)}AAAA`, id), both.open('v1.x', id)]).toEqual([null, null])
    expect([statSync(join(directory, 'secret')).mode & 0o777, readdirSync(directory)]).toEqual([0o600, ['secret']])
    rmSync(directory, { recursive: true })
    const good = await stored()
    await put(sealed) // by a secret that the server does not know
    expect(await come()).toBe(false)
    await put(good)
    expect(await come()).toBe(true)
  })

  it('is taken away with password and code only', async () => {
    const secret = known
    await soon()
    const headers = headersOf(await signIn(rep, testPassword, { code: code(secret) }))
    const remove = (password: string, given: string) =>
      ask('mutation($p: String!, $c: String!) { removeSecondFactor(password: $p, code: $c) }', { p: password, c: given }, headers)
    expect(codes(await remove('wrong', code(secret)))).toEqual([['VALIDATION_FAILED', 'PASSWORD_WRONG password']])
    expect(codes(await remove(testPassword, '000000'))).toEqual([['VALIDATION_FAILED', 'SECOND_FACTOR_WRONG code']])
    await soon()
    expect((await remove(testPassword, code(secret))).body.data).toEqual({ removeSecondFactor: true })
    expect((await signIn(rep, testPassword)).body.errors).toBeUndefined()
  })

  it('is asked of everybody, or of some roles, by the workspace: without it a session can only set it up', async () => {
    const owner = await signInHeaders(app, admin)
    const set = (data: object) =>
      ask('mutation($data: WorkspaceSettingsUpdate!) { updateWorkspaceSettings(data: $data) { slug } }', { data }, owner)
    await set({ secondFactorRoles: ['rep'] })
    const headers = await signInHeaders(app, rep)
    expect((await ask('{ me { needs } }', {}, headers)).body.data).toEqual({ me: { needs: ['secondFactor'] } })
    expect(codes(await ask('{ sessions { id } }', {}, headers))).toEqual([['UNAUTHENTICATED', 'SIGN_IN_NEEDED']])
    expect(codes(await post(`${app.url}/graphql`, '{ __typename }', {}, headers))).toEqual([['FORBIDDEN', 'SECOND_FACTOR_REQUIRED']])
    expect((await ask('{ me { needs } }', {}, owner)).body.data).toEqual({ me: { needs: [] } })
    const { secret } = dataOf<{ secret: string }>(await begin(headers), 'beginSecondFactor')
    expect((await confirm(headers, code(secret))).body.errors).toBeUndefined()
    expect((await ask('{ me { needs } sessions { current } }', {}, headers)).body.data).toEqual({
      me: { needs: [] },
      sessions: [{ current: true }],
    })
    await set({ secondFactorRoles: [], secondFactor: false })
    await app.database.pool.query('update tessera.account set totp_secret = null, totp_confirmed_at = null')
  })
})

describe('an API key', () => {
  const make =
    'mutation($name: String!, $member: ID, $expiresAt: DateTime, $objects: [KeyObjectInput!], $mayWrite: Boolean, $addresses: [String!]) { createApiKey(name: $name, member: $member, expiresAt: $expiresAt, objects: $objects, mayWrite: $mayWrite, addresses: $addresses) }'
  const revoke = (id: string | undefined, headers: Headers) => ask('mutation($id: ID!) { revokeApiKey(id: $id) }', { id }, headers)
  const create = async (headers: Headers, given: object = {}): Promise<{ answer: Answer; key: Headers }> => {
    const answer = await ask(make, { name: 'sync', ...given }, headers)
    return { answer, key: answer.body.errors ? {} : { authorization: `Bearer ${dataOf<string>(answer, 'createApiKey')}` } }
  }
  const records = (query: string, headers: Headers, variables: Record<string, unknown> = {}) =>
    post(`${app.url}/graphql`, query, variables, headers)
  const listed = async (headers: Headers) =>
    dataOf<{ id: string; owner: string; start: string; lastSeen: string | null; lastAddress: string | null }[]>(
      await ask(
        '{ apiKeys { id name owner own start objects { object fields } mayWrite addresses lastSeen lastAddress expiresAt } }',
        {},
        headers,
      ),
      'apiKeys',
    )
  let owner: Headers
  let own: Headers

  beforeAll(async () => {
    owner = await signInHeaders(app, admin)
    own = await signInHeaders(app, rep)
    const actions = ['read', 'create', 'update', 'delete', 'restore', 'export', 'bulk']
    await publish(app, owner, [
      {
        object: 'firm',
        plural: 'firms',
        label: 'Firm',
        title: 'name',
        fields: {
          name: { type: 'text', label: 'Name' },
          secret: { type: 'text', label: 'Secret' },
          size: { type: 'integer', label: 'Size' },
        },
      },
      {
        object: 'deal',
        plural: 'deals',
        label: 'Deal',
        title: 'name',
        fields: { name: { type: 'text', label: 'Name' }, firm: { type: 'lookup', label: 'Firm', to: 'firm', inverse: 'deals' } },
      },
      { role: 'rep', label: 'Rep', grants: { firm: { actions }, deal: { actions } } },
    ])
    const answer = await records('mutation { createFirm(data: { name: "Acme", secret: "s3cret", size: 5 }) { id } }', own)
    expect(answer.body.errors).toBeUndefined()
  })

  it('acts as its member in its own workspace only, is shown once, and is told by its first letters and last use', async () => {
    expect(codes(await ask(make, { name: 'x' }))).toEqual([['UNAUTHENTICATED', 'SIGN_IN_NEEDED']])
    const { answer, key } = await create(own, { expiresAt: '2100-01-01T00:00:00.000Z' })
    expect((await ask('{ me { email } }', {}, key)).body.data).toEqual({ me: { email: rep } })
    expect((await ask('{ me { email } }', {}, { ...key, 'x-workspace': 'demo' })).body.data).toEqual({ me: null })
    const [found] = await listed(own)
    expect(found).toMatchObject({
      owner: 'Rita Rep',
      own: true,
      start: dataOf<string>(answer, 'createApiKey').slice(0, 6),
      lastAddress: '127.0.0.1',
    })
    expect(Date.parse(found?.lastSeen ?? '')).toBeGreaterThan(Date.now() - 60_000)
    expect(JSON.stringify((await app.database.pool.query('select * from tessera.api_key')).rows)).not.toContain(
      dataOf<string>(answer, 'createApiKey'),
    )
    for (const query of [
      'mutation { revokeOtherSessions }',
      '{ sessions { id } }',
      '{ apiKeys { id } }',
      'mutation { createApiKey(name: "child") }',
    ])
      expect(codes(await ask(query, {}, key))).toEqual([['FORBIDDEN', 'SESSION_NEEDED']])
    expect((await revoke(found?.id, await signInHeaders(app, sam))).body.data).toEqual({ revokeApiKey: false })
    expect((await revoke(found?.id, own)).body.data).toEqual({ revokeApiKey: true })
    expect(await isIn(key)).toBe(false)
  })

  it('ends by its time, and works from its networks only', async () => {
    const { key } = await create(own, { addresses: ['10.1.0.0/16', '2001:db8::/32'] })
    const from = async (address: string) => codes(await records('{ firms { totalCount } }', { ...key, 'x-forwarded-for': address })) ?? 'in'
    expect([await from('10.1.2.3'), await from('::ffff:10.1.2.3'), await from('2001:db8::9')]).toEqual(['in', 'in', 'in'])
    expect([await from('10.2.0.1'), await from('2001:db9::1'), await from('127.0.0.1')]).toEqual(
      Array.from({ length: 3 }, () => [['FORBIDDEN', 'KEY_ELSEWHERE']]),
    )
    expect(codes(await ask('{ me { id } }', {}, key))).toEqual([['FORBIDDEN', 'KEY_ELSEWHERE']])
    await app.database.pool.query("update tessera.api_key set expires_at = now() - interval '1 second'")
    app.app.get(WhoAsks).forget()
    expect(codes(await records('{ firms { totalCount } }', { ...key, 'x-forwarded-for': '10.1.2.3' }))).toEqual([
      ['UNAUTHENTICATED', 'SIGN_IN_NEEDED'],
    ])
  })

  it('is refused with all issues', async () => {
    const { answer } = await create(own, {
      name: ' ',
      expiresAt: '2001-01-01T00:00:00Z',
      objects: [{ object: 'nothing' }, { object: '__proto__' }, { object: 'firm', fields: ['name', 'nothing', 'constructor'] }],
      addresses: ['10.0.0.0/33', 'example.org', '::1/129', '10.0.0.1'],
    })
    expect(answer.body.errors?.[0]?.extensions.issues.map(({ path }) => path)).toEqual([
      'name',
      'expiresAt',
      'objects/0/object',
      'objects/1/object',
      'objects/2/fields/1',
      'objects/2/fields/2',
      'addresses/0',
      'addresses/1',
      'addresses/2',
    ])
  })

  it('with a list of objects and fields reaches nothing else, whichever way it tries', async () => {
    const { key } = await create(own, {
      objects: [
        { object: 'firm', fields: ['name'] },
        { object: 'deal', fields: ['firm'] },
      ],
    })
    const may = [
      '{ firms(where: { name: { eq: "Acme" } }, orderBy: [{ name: ASC }]) { nodes { id name version deals { totalCount } } totalCount } }',
      'mutation { createFirm(data: { name: "New" }) { name } }',
      'mutation { upsertFirms(data: [{ name: "New" }], by: ["id"]) { count nodes { name } } }',
      '{ deals { nodes { firmId firm { name } } } }',
      '{ firmsAggregate(groupBy: [{ name: {} }]) { keys count } }',
    ]
    for (const query of may) expect([query, codes(await records(query, key))]).toEqual([query, undefined])
    const mayNot = [
      '{ firms { nodes { secret } } }',
      '{ firms { nodes { ...all } } } fragment all on Firm { alias: secret }',
      '{ firms(where: { secret: { startsWith: "s" } }) { totalCount } }',
      '{ firms(where: { or: [{ not: { secret: { eq: "s3cret" } } }] }) { totalCount } }',
      '{ firms(orderBy: [{ secret: ASC }]) { nodes { id } } }',
      '{ firms(search: "s3cret") { totalCount } }',
      '{ firmsAggregate(groupBy: [{ secret: {} }]) { keys } }',
      '{ firmsAggregate { sum { size } } }',
      '{ deals(where: { firm: { secret: { eq: "s3cret" } } }) { totalCount } }',
      '{ deals { nodes { name } } }',
      '{ deals(orderBy: [{ firm: { secret: ASC } }]) { nodes { id } } }',
      '{ firms(where: { deals: { some: { name: { eq: "x" } } } }) { totalCount } }',
      '{ firms { nodes { createdBy { email } } } }',
      'mutation { createFirm(data: { name: "x", secret: "y" }) { id } }',
      'mutation { createDeal(data: { firm: { create: { secret: "y" } } }) { id } }',
      'mutation { deleteFirms(where: {}, all: true) { count } }',
      'mutation { upsertFirms(data: [{ name: "New" }], by: ["secret"]) { count } }',
    ]
    for (const query of mayNot) expect([query, codes(await records(query, key))?.[0]?.[0]]).toEqual([query, 'FORBIDDEN'])
    const byVariable = '($where: FirmWhere) { firms(where: $where) { totalCount } }'
    expect(codes(await records(`query ${byVariable}`, key, { where: { name: { eq: 'Acme' } } }))).toBeUndefined()
    for (const where of [
      { secret: { eq: 'x' } },
      { and: [{ secret: { isNull: true } }] },
      { rule: { '==': [{ var: 'secret' }, 's3cret'] } },
    ])
      expect(codes(await records(`query ${byVariable}`, key, { where }))?.[0]?.[0]).toBe('FORBIDDEN')
    for (const path of ['/graphql?query={firms{nodes{secret}}}', '/files/0190a0a0-0000-7000-8000-000000000000'])
      expect((await fetch(`${app.url}${encodeURI(path)}`, { headers: key })).status).toBe(403)
    const order = { method: 'POST', headers: { ...key, 'content-type': 'application/json' }, body: '{"object":"firm","format":"csv"}' }
    expect((await fetch(`${app.url}/exports`, order)).status).toBe(403)
    for (const query of [
      '{ members { email } }',
      '{ app { definitions } }',
      '{ history(object: "firm", id: "0190a0a0-0000-7000-8000-000000000000") { at } }',
    ])
      expect((await ask(query, {}, key)).body.errors).toBeDefined()
  })

  it('may be for reading only, and never gives more than its member has', async () => {
    const { key } = await create(own, { mayWrite: false })
    expect((await records('{ firms { nodes { secret } } }', key)).body.errors).toBeUndefined()
    expect(codes(await records('mutation { createFirm(data: { name: "x" }) { id } }', key))).toEqual([
      ['FORBIDDEN', 'KEY_LIMITED mutation'],
    ])
    const limited = await create(owner, { objects: [{ object: 'firm' }] })
    expect((await ask('{ me { admin } }', {}, limited.key)).body.data).toEqual({ me: { admin: false } })
  })
})
