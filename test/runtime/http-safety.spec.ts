import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { dataOf, post, startTestApp, type TestApp, testPassword } from '../support/app.js'
import { workerDatabaseUrl } from '../support/database.js'
import { everyPlatformAnswer } from '../support/every-answer.js'
import { hostileRequests, type Reaction, sendHostile } from '../support/hostile-requests.js'

const admin = 'admin@http-safety.test'
let app: TestApp
let cookie: string
let pages: string

beforeAll(async () => {
  pages = mkdtempSync(join(tmpdir(), 'pages-'))
  mkdirSync(join(pages, 'assets'))
  writeFileSync(join(pages, 'index.html'), '<!doctype html><title>Tessera</title>')
  writeFileSync(join(pages, 'assets', 'app.js'), '')
  app = await startTestApp('http-safety', [{}], pages, { TESSERA_SECRET: 'a secret of the tests that is long enough' }, 'bare')
  const query = 'mutation($e: String!, $p: String!) { signIn(email: $e, password: $p) { token } }'
  const answer = await post(`${app.url}/platform`, query, { e: admin, p: testPassword })
  cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
})
afterAll(async () => {
  await app.close()
  rmSync(pages, { recursive: true })
})

const send = async (path: string, headers: Record<string, string>, body: string, method = 'POST') => {
  const response = await fetch(`${app.url}${path}`, { method, headers, ...(method === 'GET' ? {} : { body }), redirect: 'manual' })
  return { status: response.status, text: await response.text(), headers: response.headers }
}
const isSignedIn = async () => {
  const { text } = await send('/platform', { cookie, origin: app.url, 'content-type': 'application/json' }, '{"query":"{ me { email } }"}')
  return text.includes(admin)
}

describe('a request with the cookie of a browser', () => {
  const mutation = JSON.stringify({ query: 'mutation { signOut }' })
  const json = { 'content-type': 'application/json' }

  it('is refused from another site, whatever its form, on every way in', async () => {
    for (const path of ['/platform', '/graphql', '/files', '/exports'])
      for (const origin of [
        'https://evil.example',
        'null',
        `${app.url}.evil.example`,
        app.url.replace('http:', 'ftp:').replace(/\d+$/, '1'),
      ])
        expect([path, origin, (await send(path, { cookie, origin, ...json }, mutation)).status]).toEqual([path, origin, 403])
    for (const path of ['/platform', '/graphql', '/files', '/exports'])
      expect([path, (await send(path, { cookie, ...json }, mutation)).status]).toEqual([path, 403])
    expect(await isSignedIn()).toBe(true)
  })

  it('is refused as the form of a page, which needs no leave of the browser to be sent', async () => {
    const forms = ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x']
    for (const path of ['/platform', '/graphql'])
      for (const type of forms)
        for (const origin of ['https://evil.example', app.url]) {
          const { status } = await send(path, { cookie, origin, 'content-type': type }, type.startsWith('multipart') ? '--x--' : mutation)
          expect([path, type, origin, status >= 400]).toEqual([path, type, origin, true])
        }
    expect(await isSignedIn()).toBe(true)
  })

  it('changes nothing by an address alone', async () => {
    for (const path of ['/platform', '/graphql']) {
      const answer = await send(`${path}?query=${encodeURIComponent('mutation { signOut }')}`, { cookie }, '', 'GET')
      expect([path, answer.status >= 400 || answer.text.includes('errors')]).toEqual([path, true])
    }
    expect(await isSignedIn()).toBe(true)
  })

  it('is not asked for by other sites: no answer opens itself to them', async () => {
    for (const path of ['/platform', '/graphql', '/files', '/exports']) {
      const { headers } = await send(
        path,
        { origin: 'https://evil.example', 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
        '',
        'OPTIONS',
      )
      expect([path, headers.get('access-control-allow-origin'), headers.get('access-control-allow-credentials')]).toEqual([
        path,
        null,
        null,
      ])
    }
  })

  it('believes a forwarded host of trusted proxies only', async () => {
    const forged = { cookie, origin: 'https://evil.example', 'x-forwarded-host': 'evil.example', ...json }
    expect((await send('/platform', forged, mutation)).status).toBe(403)
  })
})

describe('every answer', () => {
  it('has the headers that keep a browser from being misled', async () => {
    const answers = [
      await send('/', {}, '', 'GET'),
      await send('/explorer', {}, '', 'GET'),
      await send('/studio/members', {}, '', 'GET'),
      await send('/assets/app.js', {}, '', 'GET'),
      await send('/platform', { 'content-type': 'application/json' }, '{"query":"{ needsFirstAdmin }"}'),
      await send('/graphql', { 'content-type': 'application/json' }, '{}'),
      await send('/files/0190a0a0-0000-7000-8000-000000000000', {}, '', 'GET'),
      await send('/healthz', {}, '', 'GET'),
    ]
    for (const { headers } of answers) {
      const told = Object.fromEntries(
        [
          'x-content-type-options',
          'x-frame-options',
          'referrer-policy',
          'cross-origin-opener-policy',
          'cross-origin-resource-policy',
          'x-powered-by',
          'server',
        ].map(name => [name, headers.get(name)]),
      )
      expect(told).toEqual({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'SAMEORIGIN',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'x-powered-by': null,
        server: null,
      })
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy).toContain("script-src 'self';")
      for (const part of ["default-src 'self'", "object-src 'none'", "base-uri 'self'", "form-action 'self'", "frame-ancestors 'none'"])
        expect(policy).toContain(part)
      expect(policy).not.toMatch(/script-src[^;]*unsafe/)
    }
  })
})

describe('who means no good', () => {
  it('is refused, twenty at once, and breaks nothing: the server serves meanwhile and afterwards', async () => {
    const reactions: Reaction[] = []
    for (let first = 0; first < hostileRequests.length; first += 20) {
      const some = hostileRequests.slice(first, first + 20)
      const [refused, served] = await Promise.all([Promise.all(some.map(one => sendHostile(app.url, one))), isSignedIn()])
      reactions.push(...refused)
      expect(served).toBe(true)
    }
    const failed = reactions.flatMap((reaction, at) =>
      typeof reaction === 'number' && reaction >= 500 ? [[reaction, hostileRequests[at]]] : [],
    )
    expect(failed).toEqual([])
    expect((await fetch(`${app.url}/readyz`)).status).toBe(200)
    await app.database.pool.query('delete from tessera.sign_in_attempt')
  })
})

/** What the database keeps of secrets: hashes, and second factors that are sealed. */
async function keptSecrets(): Promise<string[]> {
  const { rows } = await app.database.pool.query<{ secret: string }>(
    `select token_hash as secret from tessera.session union select token_hash from tessera.api_key union select token_hash from tessera.invitation
     union select token_hash from tessera.password_reset union select code_hash from tessera.recovery_code union select code_hash from tessera.one_time_code
     union select password_hash from tessera.account union select totp_secret from tessera.account`,
  )
  return rows.flatMap(({ secret }) => (secret ? [secret] : []))
}

describe('secrets', () => {
  it('stand in no line of the log and in no answer of the administration, also where something fails', async () => {
    const program = join(import.meta.dirname, '..', '..', 'runtime', 'bin', 'serve-built.js')
    const environment = {
      ...process.env,
      DATABASE_URL: await workerDatabaseUrl(),
      PORT: '0',
      TESSERA_DEMO: 'off',
      LOG_LEVEL: 'trace',
      SMTP_URL: 'smtp://mailer:smtp-secret@127.0.0.1:1',
      TESSERA_SECRET: 'a secret of the tests that is long enough',
      OIDC_ISSUER: 'http://127.0.0.1:1',
      OIDC_CLIENT_ID: 'tessera',
      OIDC_CLIENT_SECRET: 'oidc-secret',
      PUBLIC_URL: 'http://127.0.0.1:1',
    }
    const node = spawn(process.execPath, [program], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
    let log = ''
    node.stdout.on('data', (chunk: Buffer) => {
      log += chunk.toString()
    })
    node.stderr.on('data', (chunk: Buffer) => {
      log += chunk.toString()
    })
    try {
      for (let tries = 0; tries < 600 && !log.includes('Stop with'); tries++) await new Promise(resolve => setTimeout(resolve, 50))
      const url = /Tessera is ready: (\S+)/.exec(log)?.[1] ?? ''
      const ask = (query: string, variables: object = {}, headers: Record<string, string> = {}) =>
        post(`${url}/platform`, query, { ...variables }, headers)
      const signIn = 'mutation($e: String!, $p: String!) { signIn(email: $e, password: $p) { token } }'
      await ask(signIn, { e: admin, p: 'a wrong secret password' })
      const { token } = dataOf<{ token: string }>(await ask(signIn, { e: admin, p: testPassword }), 'signIn')
      const own = { authorization: `Bearer ${token}`, 'x-workspace': 'http-safety' }
      const key = dataOf<string>(await ask('mutation { createApiKey(name: "k") }', {}, own), 'createApiKey')
      const { secret } = dataOf<{ secret: string }>(
        await ask('mutation($p: String!) { beginSecondFactor(password: $p) { secret } }', { p: testPassword }, own),
        'beginSecondFactor',
      )
      const invite = 'mutation { inviteMember(email: "x@http-safety.test", name: "X", roles: ["admin"]) { link } }'
      const published = await ask(
        'mutation { publish(put: [{ role: "admin", label: "Admin", admin: true, grants: {} }]) { version } }',
        {},
        own,
      )
      expect(published.body.errors).toBeUndefined()
      const { link } = dataOf<{ link: string }>(await ask(invite, {}, own), 'inviteMember')
      await ask('mutation { requestPasswordReset(email: "admin@http-safety.test") }')
      await fetch(`${url}/platform`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie: `tessera_session=${token}` },
        body: '{"query":',
      })
      const given = { object: 'none', version: '1', kind: 'role', member: 'none', token: link.split('#')[1] ?? '', to: '1' }
      const answers = await everyPlatformAnswer(url, own, given)
      expect([...answers.values()].filter(text => !text.includes('"errors"')).length).toBeGreaterThan(20)
      const kept = await keptSecrets()
      expect(kept.length).toBeGreaterThan(4)
      node.kill('SIGTERM')
      await once(node, 'exit')
      expect(log).toContain('A mail could not be sent')
      const answered = [...answers].map(([name, text]) => `${name}: ${text}`).join('\n')
      for (const said of [
        ...kept,
        'oidc-secret',
        'a secret of the tests',
        'a wrong secret password',
        testPassword,
        token,
        key,
        secret,
        link.split('#')[1] ?? 'no link',
        'smtp-secret',
        'tessera_session',
      ])
        expect([said, log.includes(said), answered.includes(said)]).toEqual([said, false, false])
    } finally {
      node.kill('SIGKILL')
    }
  })
})
