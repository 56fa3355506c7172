import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import fc from 'fast-check'
import { plainOf } from '../../platform/fields/rich-text.js'
import { rowsIn } from '../../runtime/database/rows-in.js'
import { schemaOf } from '../../runtime/database/schema.js'
import { rangeOf } from '../../runtime/files/range.js'
import { cleanHtml } from '../../runtime/records/rich-text.js'
import { dataOf, post, signInHeaders, startTestApp, type TestApp } from '../support/app.js'
import { upload } from '../support/files.js'
import { until } from '../support/follow-up.js'
import { publish } from '../support/publish.js'
import { type RecordsWorld, recordsWorld } from '../support/records.js'

describe('files of records', () => {
  let app: TestApp
  let admin: Record<string, string>
  let rep: Record<string, string>
  let other: Record<string, string>

  const own = { '==': [{ var: 'record.owner' }, { var: 'user.id' }] }
  const actions = ['read', 'create', 'update']

  beforeAll(async () => {
    const member = (name: string, role: string) => ({ email: `${name}@papers.test`, name, roles: [role] })
    app = await startTestApp(
      'papers',
      [{}, member('rep', 'rep'), member('other', 'reader'), member('blind', 'blind')],
      undefined,
      {},
      'bare',
    )
    admin = await signInHeaders(app, 'admin@papers.test')
    await publish(app, admin, [
      { role: 'admin', label: 'Admin', admin: true, grants: { '*': { actions } } },
      { role: 'rep', label: 'Rep', grants: { paper: { actions, records: own } } },
      { role: 'reader', label: 'Reader', grants: { paper: { actions, records: { '==': [{ var: 'open' }, true] } } } },
      { role: 'blind', label: 'Blind', grants: { paper: { actions, fields: { scan: 'hidden' } } } },
      {
        object: 'paper',
        plural: 'papers',
        label: 'Paper',
        title: 'name',
        fields: {
          name: { type: 'text' },
          open: { type: 'boolean' },
          scan: { type: 'file', accept: '.pdf,text/csv', maxSize: 100 },
          photo: { type: 'image' },
          annexes: { type: 'file', multiple: true, maxFiles: 3, accept: '.csv' },
        },
      },
    ])
    rep = await signInHeaders(app, 'rep@papers.test')
    other = await signInHeaders(app, 'other@papers.test')
  })
  afterAll(() => app?.close())

  const ask = (headers: Record<string, string>, query: string, variables: Record<string, unknown> = {}) =>
    post(`${app.url}/graphql`, query, variables, headers)
  const create = (headers: Record<string, string>, data: object) =>
    ask(headers, 'mutation($data: PaperCreate!) { createPaper(data: $data) { id scan { id name type size } } }', { data })
  const update = (headers: Record<string, string>, id: string, data: object) =>
    ask(headers, 'mutation($id: ID!, $data: PaperUpdate!) { updatePaper(id: $id, data: $data) { scan { name __typename } } }', { id, data })
  const status = async (id: string, headers: Record<string, string>) => (await fetch(`${app.url}/files/${id}`, { headers })).status

  describe('a file in a record', () => {
    it('is told of with the record, and is for whoever may read that field of the record', async () => {
      const blind = await signInHeaders(app, 'blind@papers.test')
      const id = await upload(app.url, rep, 'a.csv', 'one')
      const paper = dataOf<{ id: string; scan: object }>(await create(rep, { name: 'a', scan: { id } }), 'createPaper')
      expect(paper.scan).toEqual({ id, name: 'a.csv', type: 'text/csv', size: 3 })
      const askers = [rep, other, blind, admin]
      expect(await Promise.all(askers.map(headers => status(id, headers)))).toEqual([200, 404, 404, 200])
      dataOf(await update(admin, paper.id, { open: true }), 'updatePaper')
      expect(await status(id, other)).toBe(200)
    })

    it('is refused when it is of another type, too large, of somebody else, or in another record already', async () => {
      const codeOf = async (headers: Record<string, string>, scan: object) =>
        (await create(headers, { name: 'x', scan })).body.errors?.[0]?.extensions.issues.map(({ code, path }) => `${code} ${path}`)
      const mine = await upload(app.url, rep, 'mine.csv', 'x')
      expect(await codeOf(rep, { id: await upload(app.url, rep, 'large.csv', 'x'.repeat(101)) })).toEqual(['FILE_TOO_LARGE scan'])
      expect(await codeOf(other, { id: mine })).toEqual(['FILE_UNKNOWN scan'])
      const held = dataOf<{ id: string }>(await create(rep, { name: 'm', scan: { id: mine } }), 'createPaper')
      expect(await codeOf(rep, { id: mine })).toEqual(['FILE_UNKNOWN scan'])
      const photo = await create(rep, { name: 'p', photo: { id: await upload(app.url, rep, 'no.csv', 'x') } })
      expect(photo.body.errors?.[0]?.extensions.issues[0]).toMatchObject({ code: 'FILE_TYPE', path: 'photo' })
      expect(held.id).toBeTruthy()
    })

    it('can be given back as it was read, replaced and let go', async () => {
      const [first, second] = [await upload(app.url, rep, '1.csv', '1'), await upload(app.url, rep, '2.csv', '2')]
      const paper = dataOf<{ id: string; scan: object }>(await create(rep, { name: 'r', scan: { id: first } }), 'createPaper')
      expect(dataOf(await update(rep, paper.id, { scan: paper.scan }), 'updatePaper')).toEqual({
        scan: { name: '1.csv', __typename: 'File' },
      })
      expect(dataOf(await update(rep, paper.id, { scan: { id: second } }), 'updatePaper')).toMatchObject({ scan: { name: '2.csv' } })
      expect(dataOf(await update(rep, paper.id, { scan: null }), 'updatePaper')).toEqual({ scan: null })
      expect(dataOf(await update(rep, paper.id, { scan: { id: first } }), 'updatePaper')).toMatchObject({ scan: { name: '1.csv' } })
    })
  })

  describe('several files in a record', () => {
    const createWith = (annexes: unknown) =>
      ask(rep, 'mutation($data: PaperCreate!) { createPaper(data: $data) { id annexes { id name __typename } } }', {
        data: { name: 'several', annexes },
      })
    const updateTo = (id: string, annexes: unknown) =>
      ask(rep, 'mutation($id: ID!, $data: PaperUpdate!) { updatePaper(id: $id, data: $data) { annexes { name } } }', {
        id,
        data: { annexes },
      })
    const files = (...names: string[]) => Promise.all(names.map(name => upload(app.url, rep, name, name)))
    const asInput = (ids: readonly (string | undefined)[]) => ids.map(id => ({ id }))

    it('keep the order that they are given in, each once, and are empty as nothing', async () => {
      const [a, b, c] = await files('a.csv', 'b.csv', 'c.csv')
      const paper = dataOf<{ id: string; annexes: object[] }>(await createWith(asInput([c, a, c])), 'createPaper')
      expect(paper.annexes).toEqual([
        { id: c, name: 'c.csv', __typename: 'File' },
        { id: a, name: 'a.csv', __typename: 'File' },
      ])
      expect(dataOf(await updateTo(paper.id, asInput([a, b, c])), 'updatePaper')).toEqual({
        annexes: [{ name: 'a.csv' }, { name: 'b.csv' }, { name: 'c.csv' }],
      })
      expect(dataOf(await ask(rep, '{ papers(where: { annexes: { isNull: false } }) { totalCount } }'), 'papers')).toEqual({
        totalCount: 1,
      })
      expect(dataOf(await updateTo(paper.id, []), 'updatePaper')).toEqual({ annexes: null })
      expect(dataOf(await createWith(null), 'createPaper')).toMatchObject({ annexes: null })
    })

    it('are for whoever may read the record, and let go one by one', async () => {
      const [a, b] = await files('a.csv', 'b.csv')
      const paper = dataOf<{ id: string }>(await createWith(asInput([a, b])), 'createPaper')
      dataOf(await ask(admin, 'mutation($id: ID!) { updatePaper(id: $id, data: { open: true }) { id } }', { id: paper.id }), 'updatePaper')
      expect(await Promise.all([a, b].map(id => status(id ?? '', other)))).toEqual([200, 200])
      dataOf(await updateTo(paper.id, asInput([b])), 'updatePaper')
      expect(await Promise.all([a, b].map(id => status(id ?? '', other)))).toEqual([404, 200])
    })

    it('are refused when they are too many, of another type, or held elsewhere', async () => {
      const problems = async (ids: readonly (string | undefined)[]) =>
        (await createWith(asInput(ids))).body.errors?.[0]?.extensions.issues.map(({ code, path }) => `${code} ${path}`)
      const [a, b, c, d, e] = await files('a.csv', 'b.csv', 'c.csv', 'd.csv', 'e.txt')
      expect(await problems([a, b, c, d])).toEqual(['VALUES_TOO_MANY annexes'])
      expect(await problems([a, e])).toEqual(['FILE_TYPE annexes'])
      dataOf(await createWith(asInput([a])), 'createPaper')
      expect(await problems([a, b])).toEqual(['FILE_UNKNOWN annexes'])
      expect(await problems(['0195f2a0-0000-7000-8000-000000000000'])).toEqual(['FILE_UNKNOWN annexes'])
    })
  })
})

describe('the file endpoints', () => {
  let app: TestApp
  let admin: Record<string, string>
  let rep: Record<string, string>
  let other: Record<string, string>

  beforeAll(async () => {
    const member = (name: string) => ({ email: `${name}@files.test`, name, roles: ['salesRep'] })
    app = await startTestApp('files', [{}, member('rep'), member('other')], undefined, {}, 'bare')
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
      expect(await Promise.all([rep, admin, other, {}].map(async headers => (await read(id, headers)).status))).toEqual([
        200, 200, 404, 401,
      ])
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
})

describe('rich text', () => {
  describe('cleaning rich text', () => {
    it.each([
      ['a script', '<p>a<script>alert(1)</script>b</p>', '<p>ab</p>'],
      ['a broken script', '<scr<script>ipt>alert(1)</script>', 'ipt&gt;alert(1)'],
      ['handlers', '<p onclick="x()" onmouseover=x>a</p><img src=x onerror=alert(1)>', '<p>a</p>'],
      ['an address that runs', '<a href="javascript:alert(1)">a</a>', '<a>a</a>'],
      [
        'one that hides its scheme',
        '<a href=" java\u0000script:x">a</a><a href="jav&#x09;ascript:x">b</a><a href="JaVaScRiPt:x">c</a>',
        '<a>a</a><a>b</a><a>c</a>',
      ],
      [
        'data and files',
        '<a href="data:text/html;base64,PHN2Zz4=">a</a><a href="file:///etc/passwd">b</a><a href="//evil.example">c</a>',
        '<a>a</a><a>b</a><a>c</a>',
      ],
      ['pictures', '<p>a<img src="https://tracker.example/x.gif">b</p>', '<p>ab</p>'],
      ['drawings', '<svg><script>x</script><a xlink:href="javascript:x"><text>a</text></a></svg>b', 'b'],
      ['formulas', '<math><mtext><table><mglyph><style><img src=x onerror=x></style></mglyph></table></mtext></math>b', 'b'],
      ['styles', '<style>p{background:url(//x)}</style><p style="position:fixed" class="a" id="b">a</p>', '<p>a</p>'],
      ['frames', '<iframe srcdoc="<script>x</script>"></iframe><object data=x></object><embed src=x>a', 'a'],
      ['forms', '<form action=x><input name=a><button>b</button></form>', 'b'],
      ['wrong nesting', '<p><strong>a<em>b</strong>c</em></p></div></p>d', '<p><strong>a<em>b</em></strong>c</p><p></p>d'],
      ['what is not closed', '<p><ul><li>a<li>b', '<p></p><ul><li>a</li><li>b</li></ul>'],
      ['raw text', '<xmp><img src=x onerror=x></xmp><noscript><p title="</noscript><img src=x onerror=x>">a', ''],
      ['templates and comments', '<template><script>x</script></template><!--><script>x</script>-->a<!-- b -->c', '--&gt;ac'],
      ['older tags, as newer ones', '<b>a</b><i>b</i><strike>c</strike><h1>d</h1>', '<strong>a</strong><em>b</em><s>c</s><h2>d</h2>'],
      ['what looks like a tag and is none', '1 < 2 & 3 > 2', '1 &lt; 2 &amp; 3 &gt; 2'],
      [
        'good links',
        '<a href="https://a.example/?a=1&amp;b=2" target="_blank">a</a><a href="mailto:a@b.example">b</a>',
        '<a href="https://a.example/?a=1&amp;b=2">a</a><a href="mailto:a@b.example">b</a>',
      ],
    ])('takes care of %s', (_, html, clean) => expect(cleanHtml(html)).toBe(clean))

    const piece = fc.constantFrom(
      ...'<p> </p> <b> </b> <script> </script> <svg> </svg> <math> <style> </style> <!-- --> <![CDATA[ ]]> <a href="javascript:x"> <a href=\'x\'> </a> <img src=x onerror=x> <xmp> </xmp> <template> <li> <ul> </ul> &lt; &amp;lt; &#106; < > " \' = / a b <title> </title> <textarea> <noscript> </noscript> <iframe> <plaintext>'.split(
        ' ',
      ),
      ' ',
      '\n',
      '\u0000',
    )
    it('leaves nothing but its tags and good links of 1,000 random soups, and cleaned again all stays as it is', () =>
      fc.assert(
        fc.property(fc.array(piece, { maxLength: 40 }), pieces => {
          const clean = cleanHtml(pieces.join(''))
          expect(cleanHtml(clean)).toBe(clean)
          const tags = clean.match(/<[^>]*>/g) ?? []
          for (const tag of tags)
            expect(tag).toMatch(
              /^<\/?(?:p|br \/|strong|em|u|s|code|pre|blockquote|ul|ol|li|a|h2|h3|h4|hr \/)(?: href="(?:https?|mailto|tel):[^"<>]*")?>$/,
            )
          expect(clean.replace(/<[^>]*>/g, '')).not.toMatch(/[<>]/)
        }),
        { numRuns: 1000, seed: 11 },
      ))
  })

  describe('rich text as plain text', () => {
    it('is what readers see, a line for each block', () =>
      expect(plainOf('<h2>Off<strong>er</strong></h2><ul><li>a &amp; b</li><li>1 &lt; 2</li></ul><p></p>')).toBe('Offer\na & b\n1 < 2'))
  })

  describe('rich text in records', () => {
    const page = (more: object) => ({
      object: 'page',
      plural: 'pages',
      label: 'Page',
      title: 'name',
      fields: {
        name: { type: 'text' },
        notes: { type: 'longText' },
        body: { type: 'richText', search: 3, default: '<p onclick="x">new</p>' },
        needed: { type: 'richText' },
        ...more,
      },
    })
    let world: RecordsWorld
    beforeAll(async () => {
      world = await recordsWorld('rich-text', [page({})])
    })
    afterAll(async () => world?.app.close())
    const attack = '<p onclick="x()">a<script>alert(1)</script> &amp; <b>b</b>old</p><img src=x onerror=x>'

    it('is clean whichever way it came', async () => {
      const created = await world.get<{ id: string; body: string }>(
        'mutation($data: PageCreate!) { createPage(data: $data) { id body } }',
        {
          data: { name: 'a', body: attack },
        },
      )
      expect(created.body).toBe('<p>a &amp; <strong>b</strong>old</p>')
      expect(await world.get('mutation { createPage(data: { name: "b" }) { body } }')).toEqual({ body: '<p>new</p>' })
      const update = 'mutation($id: ID!, $body: String) { updatePage(id: $id, data: { body: $body }) { body } }'
      expect(await world.get(update, { id: created.id, body: '<h1>x</h1><svg onload=x>' })).toEqual({ body: '<h2>x</h2>' })
      expect(await world.get(update, { id: created.id, body: '<script>x</script>' })).toEqual({ body: null })
      expect(
        await world.get('mutation($data: [PageCreate!]!) { upsertPages(data: $data, by: ["id"]) { nodes { body } } }', {
          data: [{ id: created.id, body: attack }],
        }),
      ).toEqual({ nodes: [{ body: '<p>a &amp; <strong>b</strong>old</p>' }] })
    })

    it('is found by what readers see, not by its tags', async () => {
      const found = (where: object) => world.get('query($where: PageWhere) { pages(where: $where) { totalCount } }', { where })
      expect(await found({ body: { contains: 'a & bold' } })).toEqual({ totalCount: 1 })
      expect(await found({ body: { contains: 'strong' } })).toEqual({ totalCount: 0 })
      expect(await world.get('{ pages(search: "bold") { totalCount } }')).toEqual({ totalCount: 1 })
    })

    it('made of a plain text shows that text, HTML in it as well', async () => {
      await world.get('mutation { createPage(data: { name: "c", notes: "<img src=x onerror=x> & 1\\n2" }) { id } }')
      await publish(world.app, world.headers, [page({ notes: { type: 'richText' } })])
      const read = () => world.get<{ nodes: { notes: string | null }[] }>('{ pages(where: { name: { eq: "c" } }) { nodes { notes } } }')
      const { nodes } = await until(read, pages => typeof pages.nodes[0]?.notes === 'string')
      expect(nodes[0]?.notes).toBe('<p>&lt;img src=x onerror=x&gt; &amp; 1<br />2</p>')
    })

    it('may not be unique', async () => {
      await expect(publish(world.app, world.headers, [page({ needed: { type: 'richText', unique: true } })])).rejects.toThrow(
        'PROPERTY_UNFIT',
      )
    })
  })
})
