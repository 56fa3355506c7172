import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import { rowsIn } from '../../runtime/database/rows-in.js'
import { schemaOf } from '../../runtime/database/schema.js'
import { rangeOf } from '../../runtime/files/range.js'
import { signInHeaders, startTestApp, type TestApp } from '../support/app.js'
import { upload } from '../support/files.js'

let app: TestApp
let admin: Record<string, string>
let rep: Record<string, string>
let other: Record<string, string>

beforeAll(async () => {
  const member = (name: string) => ({ email: `${name}@files.test`, name, roles: ['salesRep'] })
  app = await startTestApp('files', [{}, member('rep'), member('other')])
  admin = await signInHeaders(app, 'admin@files.test')
  rep = await signInHeaders(app, 'rep@files.test')
  other = await signInHeaders(app, 'other@files.test')
})
afterAll(() => app.close())

const read = (id: string, headers: Record<string, string>) => fetch(`${app.url}/files/${id}`, { headers })
const send = (headers: Record<string, string>, size = 10) => {
  const form = new FormData()
  form.append('file', new Blob([new Uint8Array(size)]), 'zeros.bin')
  return fetch(`${app.url}/files`, { method: 'POST', headers, body: form })
}

describe('a file', () => {
  const bytes = Uint8Array.from({ length: 700_000 }, (_, index) => (index * 31) % 251)

  it('is told of when it is stored, and comes back byte for byte to be saved under its name', async () => {
    const form = new FormData()
    form.append('file', new Blob([bytes], { type: 'text/html' }), '报价 "1".html')
    const answer = await fetch(`${app.url}/files`, { method: 'POST', headers: rep, body: form })
    const stored = (await answer.json()) as { id: string }
    expect([answer.status, stored]).toEqual([201, { id: expect.any(String), name: '报价 "1".html', type: 'text/html', size: 700_000 }])
    const back = await read(stored.id, rep)
    expect(Buffer.compare(Buffer.from(await back.arrayBuffer()), Buffer.from(bytes))).toBe(0)
    expect(
      Object.fromEntries(
        ['content-type', 'content-length', 'content-disposition', 'x-content-type-options', 'accept-ranges'].map(name => [
          name,
          back.headers.get(name),
        ]),
      ),
    ).toEqual({
      'content-type': 'text/html',
      'content-length': '700000',
      'x-content-type-options': 'nosniff',
      'accept-ranges': 'bytes',
      'content-disposition': `attachment; filename="__ _1_.html"; filename*=UTF-8''%E6%8A%A5%E4%BB%B7%20%221%22.html`,
    })
  })

  it('comes in parts when a range is asked for, across chunks', async () => {
    const id = await upload(app.url, rep, 'parts.bin', bytes)
    const part = async (range: string) => {
      const answer = await read(id, { ...rep, range })
      return [answer.status, answer.headers.get('content-range'), Buffer.from(await answer.arrayBuffer())] as const
    }
    expect(await part('bytes=262140-262150')).toEqual([206, 'bytes 262140-262150/700000', Buffer.from(bytes.subarray(262_140, 262_151))])
    expect(await part('bytes=-3')).toEqual([206, 'bytes 699997-699999/700000', Buffer.from(bytes.subarray(699_997))])
    expect((await part('bytes=700000-'))[0]).toBe(416)
    expect((await part('bytes=1-2,5-6'))[0]).toBe(200)
  })

  it('is there for whoever uploaded it and for admins, and for nobody else', async () => {
    const id = await upload(app.url, rep, 'mine.csv', 'a,b')
    expect(await Promise.all([rep, admin, other, {}].map(async headers => (await read(id, headers)).status))).toEqual([200, 200, 404, 401])
    expect((await read('not-an-id', rep)).status).toBe(404)
  })

  it('is refused without sign-in, from another site, when nothing is sent, and beyond 50 MB', async () => {
    expect((await send({})).status).toBe(401)
    const cookie = { cookie: `tessera_session=${rep.authorization?.slice(7)}`, 'x-workspace': 'files' }
    expect((await send({ ...cookie, origin: 'https://elsewhere.test' })).status).toBe(403)
    expect((await send({ ...cookie, origin: app.url })).status).toBe(201)
    expect(
      (await fetch(`${app.url}/files`, { method: 'POST', headers: { ...rep, 'content-type': 'application/json' }, body: '{}' })).status,
    ).toBe(400)
    const large = await send(rep, 51 * 1024 * 1024)
    expect([large.status, ((await large.json()) as { errors: { message: string }[] }).errors[0]?.message]).toEqual([
      413,
      'The request is larger than 50 MB.',
    ])
    const [left] = await rowsIn<{ n: number }>(
      app.database.pool,
      schemaOf('files'),
      sql`select count(*)::int as n from ${workspaceTable('_file')} where size < 0`,
    )
    expect(left?.n).toBe(0)
  })

  it('may be empty', async () => {
    const back = await read(await upload(app.url, rep, 'empty.txt', ''), rep)
    expect([back.status, await back.text()]).toEqual([200, ''])
  })
})

describe('a range', () => {
  it('is cut to the file, and what makes no sense means all of it', () => {
    expect(['bytes=0-0', 'bytes=2-', 'bytes=2-99', 'bytes=-99'].map(header => rangeOf(header, 5))).toEqual([
      { start: 0, end: 0 },
      { start: 2, end: 4 },
      { start: 2, end: 4 },
      { start: 0, end: 4 },
    ])
    expect(['bytes=5-', 'bytes=-0'].map(header => rangeOf(header, 5))).toEqual(['unsatisfiable', 'unsatisfiable'])
    expect([undefined, 'bytes=', 'bytes=3-1', 'lines=1-2', 'bytes=0-1,3-4'].map(header => rangeOf(header, 5))).toEqual([
      null,
      null,
      null,
      null,
      null,
    ])
  })
})
