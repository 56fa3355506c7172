import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { FirstAdmin } from '../../runtime/access/first-admin.js'
import { runCommand } from '../../runtime/commands/index.js'
import { createApp, type RunningApp } from '../../runtime/main.js'
import { dataOf, post } from '../support/app.js'
import { emptyDatabase, testConfig } from '../support/database.js'

let app: RunningApp
let drop: () => Promise<void>
beforeAll(async () => {
  const empty = await emptyDatabase()
  drop = empty.drop
  process.env.DATABASE_URL = empty.url
  app = await createApp(testConfig(empty.url))
})
afterAll(async () => {
  delete process.env.DATABASE_URL
  await app.close()
  await drop()
})

const input = {
  code: '',
  adminName: '王芳',
  email: 'fang@example.test',
  password: 'a long password',
  name: '示例公司',
  locale: 'zh-CN',
  timeZone: 'Asia/Shanghai',
  currency: 'CNY',
}
const create = (given: Partial<typeof input>) =>
  post(
    `${app.url}/platform`,
    `mutation($code: String!, $adminName: String!, $email: String!, $password: String!, $name: String!, $locale: String!, $timeZone: String!, $currency: String!) {
      firstAdmin(code: $code, adminName: $adminName, email: $email, password: $password, name: $name, locale: $locale, timeZone: $timeZone, currency: $currency) { token }
    }`,
    { ...input, ...given },
  )

describe('the first admin of an installation', () => {
  it('is made once, by the newest code of the log, with all issues told before', async () => {
    const firstAdmin = app.app.get(FirstAdmin)
    const old = await firstAdmin.issueCode()
    const code = await firstAdmin.issueCode()
    expect(code).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}$/)
    expect((await post(`${app.url}/platform`, '{ needsFirstAdmin }')).body.data).toEqual({ needsFirstAdmin: true })
    for (const wrong of ['', old ?? '', 'AAAA-BBBB-CCCC']) {
      expect((await create({ code: wrong })).body.errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    }
    const faulty = await create({ code: code ?? '', password: 'short', email: 'no', currency: 'ZZZ' })
    expect(faulty.body.errors?.[0]?.extensions.issues).toMatchObject([{ path: 'email' }, { path: 'password' }, { path: 'currency' }])

    const { token } = dataOf<{ token: string }>(await create({ code: code?.toLowerCase().replaceAll('-', ' ') ?? '' }), 'firstAdmin')
    const me = await post(
      `${app.url}/platform`,
      '{ me { name admin timeZone workspace { slug name } } workspaceSettings { currency locale } }',
      {},
      { authorization: `Bearer ${token}` },
    )
    expect(me.body.data).toEqual({
      me: { name: '王芳', admin: true, timeZone: 'Asia/Shanghai', workspace: { slug: 'main', name: '示例公司' } },
      workspaceSettings: { currency: 'CNY', locale: 'zh-CN' },
    })
    expect([await firstAdmin.issueCode(), (await create({ code: code ?? '' })).body.errors?.[0]?.extensions.code]).toEqual([
      null,
      'FORBIDDEN',
    ])
  })
})

describe('tessera user', () => {
  const signIn = (email: string, password: string) =>
    post(`${app.url}/platform`, 'mutation($e: String!, $p: String!) { signIn(email: $e, password: $p) { token } }', {
      e: email,
      p: password,
    })
  const run = async (...args: string[]) => {
    const lines: string[] = []
    const write = jest.spyOn(process.stdout, 'write').mockImplementation(text => lines.push(String(text)) > 0)
    const code = await runCommand(args).finally(() => write.mockRestore())
    return { code, said: lines.join('') }
  }

  it('adds a real admin with a password that is changed at the first sign-in', async () => {
    const { code, said } = await run('user', 'Ada@Example.test', '--name', 'Ada')
    expect([code, said]).toEqual([
      0,
      expect.stringMatching(/^Ada@Example\.test is a member of main\. A new account has the password \S{16};/),
    ])
    const password = /password (\S{16});/.exec(said)?.[1] ?? ''
    const { token } = dataOf<{ token: string }>(await signIn('ada@example.test', password), 'signIn')
    const me = await post(`${app.url}/platform`, '{ me { name roles needs } }', {}, { authorization: `Bearer ${token}` })
    expect(me.body.data).toEqual({ me: { name: 'Ada', roles: ['admin'], needs: ['password'] } })
    process.env.TESSERA_PASSWORD = 'password1234'
    await expect(run('user', 'bob@example.test')).rejects.toThrow('easily guessed')
    delete process.env.TESSERA_PASSWORD
  })

  it('is the only way beside the one-time code: without demo data nobody has the password of the demo', async () => {
    expect((await post(`${app.url}/platform`, '{ demoMembers { email } }')).body.data).toEqual({ demoMembers: [] })
    expect((await signIn('admin@demo.test', 'tessera-demo')).body.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED')
  })
})
