import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createApp } from '../../runtime/main.js'
import { post, startTestApp, type TestApp } from '../support/app.js'
import { testConfig, workerDatabaseUrl } from '../support/database.js'

let app: TestApp
let pages = ''
beforeAll(async () => {
  pages = await mkdtemp(join(tmpdir(), 'tessera-pages-'))
  await mkdir(join(pages, 'assets'))
  await writeFile(join(pages, 'index.html'), '<!doctype html><title>Tessera</title>')
  await writeFile(join(pages, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  await writeFile(join(pages, 'assets', 'app-1a2b.js'), 'export {}')
  await writeFile(join(pages, 'assets', 'app-1a2b.js.gz'), gzipSync('export {}'))
  await writeFile(join(pages, 'assets', 'check.worker-1a2b.js'), 'export {}')
  app = await startTestApp('serve-spec', [], pages, {}, 'bare')
})
afterAll(async () => {
  await app.close()
  await rm(pages, { recursive: true })
})

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${app.url}${path}`, { headers, redirect: 'manual' })

describe('health', () => {
  it('says that the process lives and can serve', async () => {
    expect([(await get('/healthz')).status, (await get('/readyz')).status]).toEqual([200, 200])
  })

  it('counts requests for Prometheus', async () => {
    const text = await (await get('/metrics')).text()
    expect(text).toContain('tessera_http_request_seconds_count{route="/healthz",status="200"} 1')
    expect(text).toContain('nodejs_heap_size_used_bytes')
  })
})

describe('every answer', () => {
  it('carries the security headers, and lets pages run only their own scripts', async () => {
    const { headers } = await get('/healthz')
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("script-src 'self';")
    expect(policy).not.toMatch(/script-src[^;]*unsafe/)
    expect([headers.get('x-content-type-options'), headers.get('x-frame-options'), headers.get('x-powered-by')]).toEqual([
      'nosniff',
      'SAMEORIGIN',
      null,
    ])
  })

  it('says the version of the model', async () => {
    expect((await get('/healthz')).headers.get('x-tessera-version')).toBe('0')
  })
})

describe('the pages', () => {
  it('are one page for every address that the studio routes', async () => {
    for (const path of ['/', '/studio/objects', '/explorer', '/crm/orders/1?view=board']) {
      const response = await get(path)
      expect([response.status, response.headers.get('content-type'), response.headers.get('cache-control')]).toEqual([
        200,
        'text/html; charset=utf-8',
        'no-cache',
      ])
    }
    expect((await get('/favicon.svg')).headers.get('content-type')).toBe('image/svg+xml')
  })

  it('keep their assets for a year, compressed beforehand', async () => {
    const { headers } = await get('/assets/app-1a2b.js', { 'accept-encoding': 'gzip' })
    expect([headers.get('cache-control'), headers.get('content-encoding')]).toEqual(['public, max-age=31536000, immutable', 'gzip'])
    expect((await get('/assets/absent.js')).status).toBe(404)
  })

  it('let nothing but a worker compile code', async () => {
    expect((await get('/assets/app-1a2b.js')).headers.get('content-security-policy')).not.toContain('unsafe-eval')
    expect((await get('/assets/check.worker-1a2b.js')).headers.get('content-security-policy')).toContain("script-src 'self' 'unsafe-eval'")
  })
})

describe('a request that is refused', () => {
  const large = JSON.stringify({ query: 'x'.repeat(10 * 1024 * 1024) })
  const body = async (response: Response) => ({ status: response.status, ...((await response.json()) as object) })

  it('is 413 with the errors form when it is too large', async () => {
    const response = await fetch(`${app.url}/platform`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: large })
    expect(await body(response)).toEqual({
      status: 413,
      errors: [
        {
          message: 'The request is larger than 2 MB.',
          extensions: {
            code: 'BAD_REQUEST',
            issues: [{ code: 'BODY_TOO_LARGE', path: '', message: 'The request is larger than 2 MB.', hint: 'Send it in smaller parts.' }],
          },
        },
      ],
    })
  })

  it('is 400 when it is no JSON, and 415 when it is another type', async () => {
    const send = (type: string, text: string) =>
      fetch(`${app.url}/platform`, { method: 'POST', headers: { 'content-type': type }, body: text })
    const broken = await send('application/json', '{')
    expect(await body(broken)).toMatchObject({ status: 400, errors: [{ extensions: { code: 'BAD_REQUEST' } }] })
    expect((await send('text/xml', '<a/>')).status).toBe(415)
  })

  it('is never a 5xx for odd addresses', async () => {
    for (const path of ['/%', '/%00', '/..%2f..%2fetc%2fpasswd', '/assets/../../package.json', `/${'x'.repeat(5000)}`]) {
      expect((await get(path)).status).toBeLessThan(500)
    }
  })

  it('says in GraphQL what is wrong, in the errors form', async () => {
    const { body: unknown } = await post(`${app.url}/platform`, '{ nothingLikeThis }')
    expect(unknown.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_REQUEST', issues: [] })
    const { body: refused } = await post(`${app.url}/platform`, '{ members { id } }', {}, { 'accept-language': 'zh-CN' })
    expect(refused.errors?.[0]).toMatchObject({
      path: ['members'],
      extensions: {
        code: 'UNAUTHENTICATED',
        issues: [{ code: 'SIGN_IN_NEEDED', path: '', message: '你尚未登录。', hint: '请登录后重试。' }],
      },
    })
  })
})

describe('starting', () => {
  it('says clearly that the port is taken', async () => {
    const port = new URL(app.url).port
    await expect(createApp(testConfig(await workerDatabaseUrl(), { PORT: port }))).rejects.toThrow(
      `Port ${port} of 127.0.0.1 is in use by another program. Stop that one, or choose another port: PORT=${Number(port) + 1} npm start`,
    )
  })

  it('says clearly that the database cannot be reached, without its password', async () => {
    const started = createApp(testConfig('postgres://someone:secret@127.0.0.1:1/none'))
    await expect(started).rejects.toThrow('The database at 127.0.0.1:1 cannot be used: connect ECONNREFUSED 127.0.0.1:1')
  })
})
