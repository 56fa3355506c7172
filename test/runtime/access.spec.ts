import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { addMember } from '../../runtime/access/members.js'
import { isPassword } from '../../runtime/access/passwords.js'
import { WhoAsks } from '../../runtime/access/who-asks.js'
import { createWorkspace, dropWorkspace } from '../../runtime/database/workspace.js'
import { type Answer, dataOf, post, signInHeaders, startTestApp, type TestApp, testPassword } from '../support/app.js'

const admin = 'admin@access-spec.test'
const rep = 'rep@access-spec.test'
let app: TestApp

beforeAll(async () => {
  app = await startTestApp(
    'access-spec',
    [{}, { email: rep, name: 'Rita Rep', roles: ['rep'], locale: 'zh-CN', timeZone: 'Asia/Shanghai' }],
    undefined,
    {},
    'bare',
  )
})
afterAll(async () => {
  await dropWorkspace(app.database, 'access-other')
  await app.close()
})

const ask = (query: string, variables: Record<string, unknown> = {}, headers: Record<string, string> = {}) =>
  post(`${app.url}/platform`, query, variables, headers)

const signIn = (email: string, password: string, headers: Record<string, string> = {}) =>
  ask(
    'mutation($email: String!, $password: String!) { signIn(email: $email, password: $password) { token } }',
    { email, password },
    headers,
  )

const codes = ({ body }: Answer) => body.errors?.map(({ extensions }) => [extensions.code, ...extensions.issues.map(({ code }) => code)])
const cookieOf = (answer: Answer) => answer.headers.get('set-cookie') ?? ''

describe('signing in', () => {
  it('gives a token to programs and a cookie that scripts cannot read to browsers', async () => {
    const answer = await signIn(` ${admin.toUpperCase()} `, testPassword)
    expect(answer.body.data).toEqual({ signIn: { token: expect.stringMatching(/^[\w-]{43}$/) } })
    expect(cookieOf(answer)).toMatch(/^tessera_session=[\w-]{43}; Max-Age=7776000; Path=\/; HttpOnly; SameSite=Lax$/)
  })

  it('keeps the cookie to encrypted connections when the page came over one', async () => {
    expect(cookieOf(await signIn(admin, testPassword, { origin: 'https://crm.example' }))).toContain('; Secure')
  })

  it('refuses a wrong password and an unknown e-mail with the same words', async () => {
    const wrong = await signIn(admin, 'not the password')
    const unknown = await signIn('nobody@access-spec.test', 'not the password')
    expect(codes(wrong)).toEqual([['UNAUTHENTICATED', 'SIGN_IN_FAILED']])
    expect(wrong.body).toEqual(unknown.body)
  })

  it('refuses after ten failures, even the right password, for a quarter of an hour', async () => {
    await app.database.source.query('delete from tessera.sign_in_attempt')
    for (let attempt = 0; attempt < 10; attempt++) await signIn(rep, 'guess')
    expect(codes(await signIn(rep, testPassword))).toEqual([['RATE_LIMITED', 'SIGN_IN_LIMITED']])
    expect((await signIn(admin, testPassword)).body.errors).toBeUndefined()
    await app.database.source.query(`update tessera.sign_in_attempt set since = since - interval '16 minutes'`)
    expect((await signIn(rep, testPassword)).body.errors).toBeUndefined()
  })

  it('stores neither passwords nor tokens', async () => {
    const { token } = dataOf<{ token: string }>(await signIn(admin, testPassword), 'signIn')
    const rows = JSON.stringify(
      await app.database.source.query('select * from tessera.session s join tessera.account a on a.id = s.account_id'),
    )
    expect(rows).not.toContain(token)
    expect(rows).not.toContain(testPassword)
    expect(rows).toContain('$argon2id$v=19$m=19456,t=2,p=1$')
  })

  it('takes as long for nobody as for somebody', async () => {
    expect(await isPassword(null, 'nobody has this password')).toBe(false)
  })
})

describe('a session', () => {
  const who = '{ me { name email locale timeZone roles admin workspace { slug } } }'

  it('says who is signed in, and nothing when nobody is', async () => {
    expect((await ask(who, {}, await signInHeaders(app, rep))).body.data).toEqual({
      me: {
        name: 'Rita Rep',
        email: rep,
        locale: 'zh-CN',
        timeZone: 'Asia/Shanghai',
        roles: ['rep'],
        admin: false,
        workspace: { slug: 'access-spec' },
      },
    })
    expect((await ask(who)).body.data).toEqual({ me: null })
    expect((await ask(who, {}, { authorization: 'Bearer made-up' })).body.data).toEqual({ me: null })
  })

  it('is taken from a cookie only when the page is our own', async () => {
    const cookie = cookieOf(await signIn(admin, testPassword)).split(';')[0] ?? ''
    const own = await ask(who, {}, { cookie, origin: app.url })
    expect(own.body.data?.me).toMatchObject({ email: admin, admin: true })
    for (const origin of ['https://evil.example', 'null', null]) {
      const foreign = await ask(who, {}, origin ? { cookie, origin } : { cookie })
      expect([foreign.status, codes(foreign)]).toEqual([403, [['FORBIDDEN', 'ORIGIN_FOREIGN']]])
    }
  })

  it('ends for good when its owner signs out', async () => {
    const headers = await signInHeaders(app, admin)
    expect((await ask('mutation { signOut }', {}, headers)).body.data).toEqual({ signOut: true })
    expect((await ask(who, {}, headers)).body.data).toEqual({ me: null })
  })

  it('ends by its time, and when account or member is switched off', async () => {
    const { pool } = app.database
    const whoAsks = app.app.get(WhoAsks)
    const isKnown = async (headers: Record<string, string>) => {
      whoAsks.forget()
      return (await whoAsks.resolve(headers)) !== null
    }
    const headers = await signInHeaders(app, rep)
    const known = [await isKnown(headers)]
    await pool.query('update w_access_spec._member set active = false where email = $1', [rep])
    known.push(await isKnown(headers))
    await pool.query('update w_access_spec._member set active = true where email = $1', [rep])
    await pool.query('update tessera.account set disabled_at = now() where email = $1', [rep])
    known.push(await isKnown(headers))
    await pool.query('update tessera.account set disabled_at = null where email = $1', [rep])
    known.push(await isKnown(headers))
    await pool.query(`update tessera.session set expires_at = now() - interval '1 second'`) // it is kept to the millisecond, and may be rounded up
    known.push(await isKnown(headers))
    expect(known).toEqual([true, false, false, true, false])
  })

  it('goes to another workspace of the same account by X-Workspace, and to no other', async () => {
    const headers = await signInHeaders(app, admin)
    await dropWorkspace(app.database, 'access-other')
    const other = await createWorkspace(app.database, 'access-other', 'Other')
    const go = async (slug: string) => (await ask(who, {}, { ...headers, 'x-workspace': slug })).body.data?.me
    expect(await go('absent')).toBeNull()
    expect(await go('access-other')).toBeNull()
    await addMember(app.database, other, { email: admin, name: 'Ada', password: 'unused, she has one', roles: ['rep'] })
    app.app.get(WhoAsks).forget()
    expect(await go('access-other')).toMatchObject({ roles: ['rep'], admin: false, workspace: { slug: 'access-other' } })
  })

  it('is asked of the database once in five seconds, not with every request', async () => {
    const headers = await signInHeaders(app, admin)
    const whoAsks = app.app.get(WhoAsks)
    expect(await whoAsks.resolve(headers)).toBe(await whoAsks.resolve(headers))
  })
})

describe('what members may set', () => {
  it('is their own language and time zone', async () => {
    const headers = await signInHeaders(app, rep)
    const change =
      'mutation($locale: String, $timeZone: String) { updateProfile(locale: $locale, timeZone: $timeZone) { locale timeZone } }'
    expect((await ask(change, { locale: 'en' }, headers)).body.data).toEqual({ updateProfile: { locale: 'en', timeZone: 'Asia/Shanghai' } })
    expect(codes(await ask(change, { locale: 'xx', timeZone: 'Mars/Base' }, headers))).toEqual([
      ['VALIDATION_FAILED', 'SETTING_INVALID', 'SETTING_INVALID'],
    ])
  })

  it('is the whole workspace for an admin, with all issues at once', async () => {
    const change = 'mutation($data: WorkspaceSettingsUpdate!) { updateWorkspaceSettings(data: $data) { name currency firstWeekday } }'
    const headers = await signInHeaders(app, admin)
    expect(codes(await ask(change, { data: { name: 'Mine' } }, await signInHeaders(app, rep)))).toEqual([['FORBIDDEN', 'ADMIN_NEEDED']])
    const wrong = await ask(change, { data: { name: ' ', currency: 'XXQ', firstWeekday: 9, timeZone: 'Nowhere' } }, headers)
    expect(wrong.body.errors?.[0]?.extensions.issues).toMatchObject([
      { path: 'name' },
      { path: 'timeZone' },
      { path: 'currency' },
      { path: 'firstWeekday' },
    ])
    expect((await ask(change, { data: { currency: 'CNY', firstWeekday: 7 } }, headers)).body.data).toEqual({
      updateWorkspaceSettings: { name: 'access-spec', currency: 'CNY', firstWeekday: 7 },
    })
  })

  it('lists the members to members only', async () => {
    expect(codes(await ask('{ members { email } }'))).toEqual([['UNAUTHENTICATED', 'SIGN_IN_NEEDED']])
    expect((await ask('{ members { email roles } }', {}, await signInHeaders(app, rep))).body.data).toEqual({
      members: [
        { email: admin, roles: ['admin'] },
        { email: rep, roles: ['rep'] },
      ],
    })
  })
})
