import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { plainOf } from '../../platform/fields/rich-text.js'
import { cleanHtml } from '../../runtime/records/rich-text.js'
import { dataOf } from '../support/app.js'
import { publish } from '../support/publish.js'
import { type RecordsWorld, recordsWorld } from '../support/records.js'

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
    const created = await world.get<{ id: string; body: string }>('mutation($data: PageCreate!) { createPage(data: $data) { id body } }', {
      data: { name: 'a', body: attack },
    })
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
    const read = () => world.ask('{ pages(where: { name: { eq: "c" } }) { nodes { notes } } }')
    let notes: unknown = null
    for (let attempt = 0; attempt < 50 && notes === null; attempt++) {
      await new Promise(resolve => setTimeout(resolve, 100))
      notes = dataOf<{ nodes: { notes: string | null }[] }>(await read(), 'pages').nodes[0]?.notes ?? null
    }
    expect(notes).toBe('<p>&lt;img src=x onerror=x&gt; &amp; 1<br />2</p>')
  })

  it('may not be unique', async () => {
    await expect(publish(world.app, world.headers, [page({ needed: { type: 'richText', unique: true } })])).rejects.toThrow(
      'PROPERTY_UNFIT',
    )
  })
})
