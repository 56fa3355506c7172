import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import {
  buildClientSchema,
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getIntrospectionQuery,
  getNamedType,
  getNullableType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql'
import { queryWithin } from '../../runtime/database/within.js'
import { contentType } from '../../runtime/files/content-type.js'
import { type Answer, post, signInHeaders } from '../support/app.js'
import { listen } from '../support/follow.js'
import { type RecordsWorld, recordsWorld, trade } from '../support/records.js'

const slug = 'hostile-input'
/** Every sign that means something to SQL, JSON, LIKE, GraphQL, a shell or JavaScript, at once. */
const hostile = [`'";--/*\\ $1 $$ %_ {}[]() \`\${x}\` \n\r\t 你 😀 \ud800 ' or '1'='1`, '\u0000', '__proto__']

let world: RecordsWorld

type Values = Record<string, unknown>

/** In the long suite everything is asked, else one of so many places; what is left out of one field is asked of its neighbours. */
const stride = process.env.TESSERA_TEST_LONG === 'on' ? 1 : 9

/** The root fields of the objects of this world. */
const ours = /^(part|deal(?!Line))|(Part|Deal(?!Line))/

/** One place of an argument where a text can stand. */
interface Place {
  readonly path: readonly string[]
  readonly fill: (text: string) => unknown
}

const texts = new Set(['String', 'ID', 'Decimal', 'Date', 'DateTime', 'Time', 'Duration', 'JSON'])

/** The least value that a type takes. */
function least(type: GraphQLInputType): unknown {
  const plain = getNullableType(type)
  if (isListType(plain)) return []
  if (isEnumType(plain)) return plain.getValues()[0]?.name
  if (isInputObjectType(plain)) {
    const required = Object.values(plain.getFields()).filter(isRequiredInputField)
    return Object.fromEntries(required.map(field => [field.name, least(field.type)]))
  }
  const byName: Values = { Int: 1, Float: 1, Boolean: false, Decimal: '1', ID: '01890a5d-ac96-774b-bcce-b302099a8057', Date: '2026-01-31' }
  return byName[plain.name] ?? 'x'
}

/** Every place within a type, some levels down; lists have one item. */
function placesIn(type: GraphQLInputType, depth: number): Place[] {
  const plain = getNullableType(type)
  if (isListType(plain))
    return placesIn(plain.ofType as GraphQLInputType, depth).map(({ path, fill }) => ({ path, fill: text => [fill(text)] }))
  if (isInputObjectType(plain)) {
    if (depth === 0) return []
    return Object.values(plain.getFields()).flatMap(field =>
      placesIn(field.type, depth - 1).map(({ path, fill }) => ({
        path: [field.name, ...path],
        fill: (text: string) => ({ ...(plain.isOneOf ? {} : (least(plain) as Values)), [field.name]: fill(text) }),
      })),
    )
  }
  if (!texts.has(plain.name)) return []
  const json = (text: string) => ({ '==': [{ var: text }, text] })
  return plain.name === 'JSON'
    ? [
        { path: ['(text)'], fill: text => text },
        { path: ['(rule)'], fill: json },
        { path: ['(key)'], fill: text => ({ [text]: text }) },
      ]
    : [{ path: [], fill: text => text }]
}

interface Asked {
  readonly at: string
  readonly document: string
  readonly variables: Values
}

/** A request for every text in every place of every field of a root type. */
function* requests(root: GraphQLObjectType | null | undefined, word: string, depth: number, only = /./): Generator<Asked> {
  let count = 0
  for (const field of Object.values(root?.getFields() ?? {}).filter(({ name }) => only.test(name))) {
    const selection = isCompositeType(getNamedType(field.type)) ? ' { __typename }' : ''
    const required = field.args.filter(isRequiredArgument)
    for (const argument of field.args) {
      const used: readonly GraphQLArgument[] = [...required.filter(one => one !== argument), argument]
      const head = used.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ')
      const document = `${word} (${head}) { ${field.name}(${used.map(({ name }) => `${name}: $${name}`).join(', ')})${selection} }`
      const others = Object.fromEntries(used.map(({ name, type }) => [name, isNonNullType(type) ? least(type) : undefined]))
      for (const [index, { path, fill }] of placesIn(argument.type, depth).entries()) {
        // the first place of every argument is asked in every run
        if (index > 0 && ++count % stride !== 0) continue
        for (const text of index % 8 === 0 ? hostile : hostile.slice(0, 1))
          yield { at: [field.name, argument.name, ...path].join('.'), document, variables: { ...others, [argument.name]: fill(text) } }
      }
    }
  }
}

const schemaAt = async (path: string, headers: Record<string, string>): Promise<GraphQLSchema> =>
  buildClientSchema((await post(`${world.app.url}${path}`, getIntrospectionQuery(), {}, headers)).body.data as never)

/** Sends all, a few at a time; gives those that were answered as a bug, or not in the form of the API. */
async function bugsOf(all: Iterable<Asked>, send: (asked: Asked) => Promise<Answer>): Promise<{ bugs: unknown[]; count: number }> {
  const bugs: unknown[] = []
  let count = 0
  const queue = all[Symbol.iterator]()
  await Promise.all(
    Array.from({ length: 6 }, async () => {
      for (let next = queue.next(); !next.done; next = queue.next()) {
        count++
        const { status, body } = await send(next.value)
        const code = body.errors?.[0]?.extensions.code
        if (code === 'INTERNAL' || status >= 500) bugs.push([next.value.at, JSON.stringify(next.value.variables), code])
      }
    }),
  )
  return { bugs, count }
}

/** Says what becomes of hostile requests; in the long suite with every text in every place. */
export function describeHostileInput(): void {
  beforeAll(async () => {
    world = await recordsWorld(slug, trade.slice(0, 3), [{}, { email: `plain@${slug}.test`, name: 'Plain', roles: [] }])
  })
  afterAll(() => world.app.close())

  describe('a hostile text', () => {
    it('is a text like any other in every place of the records API', async () => {
      const schema = await schemaAt('/graphql', world.headers)
      const send = ({ document, variables }: Asked) => world.ask(document, variables)
      // two objects have every class of value that the others have
      const queries = await bugsOf(requests(schema.getQueryType(), 'query', 2, ours), send)
      const mutations = await bugsOf(requests(schema.getMutationType(), 'mutation', 2, ours), send)
      expect([queries.bugs, mutations.bugs]).toEqual([[], []])
      expect(queries.count + mutations.count).toBeGreaterThan(stride === 1 ? 500 : 100)
      await world.get('mutation { createParty(data: { name: "Goes on", code: "S2" }) { id } }')
      expect(await world.get('{ parties(where: { code: { eq: "S2" } }) { nodes { name } } }')).toEqual({ nodes: [{ name: 'Goes on' }] })
    })

    it('is a text like any other in a subscription', async () => {
      const schema = await schemaAt('/graphql', world.headers)
      const codes = new Set<unknown>()
      const other = listen(
        world.app,
        world.headers,
        'subscription ($where: PartyWhere) { partyChanged(where: $where) { id kind record { name } } }',
        {
          where: { name: { ne: 'nobody' } },
        },
      )
      const spoiled = listen(
        world.app,
        world.headers,
        'subscription ($where: PartyWhere) { partyChanged(where: $where) { id kind record { name } } }',
        {
          where: { name: { ne: '\u0000' } },
        },
      )
      for (const { document, variables } of [...requests(schema.getSubscriptionType(), 'subscription', 3)].filter(
        (_, index) => index % (stride === 1 ? 40 : 5) === 0,
      )) {
        const one = listen(world.app, world.headers, document, variables)
        await new Promise(resolve => setTimeout(resolve, 5))
        for (const failure of one.failures.flat()) codes.add((failure as { extensions?: { code: string } }).extensions?.code ?? failure)
        one.stop()
      }
      await world.get('mutation { createParty(data: { name: "Told" }) { id } }')
      await other.until(({ record }) => record?.name === 'Told')
      await spoiled.ended()
      expect(spoiled.failures).toMatchObject([[{ extensions: { code: 'BAD_REQUEST' } }]])
      codes.delete('BAD_REQUEST')
      expect([...codes]).toEqual([])
    })

    it('is a text like any other in every place of the administration, for members without rights and for nobody', async () => {
      const schema = await schemaAt('/platform', world.headers)
      const plain = await signInHeaders(world.app, `plain@${slug}.test`)
      for (const [headers, step] of [
        [plain, 1],
        [{}, 3],
      ] as const) {
        const send = ({ document, variables }: Asked) => post(`${world.app.url}/platform`, document, variables, headers)
        const fields = [...requests(schema.getQueryType(), 'query', 2), ...requests(schema.getMutationType(), 'mutation', 2)]
        // sign-ins are hashed, which is dear, and counted
        const cheap = fields.filter(({ at }, index) => index % step === 0 && !/assword|^signIn|Factor|^foundWorkspace|firstAdmin/.test(at))
        const { bugs } = await bugsOf(cheap, send)
        expect(bugs).toEqual([])
      }
    })
  })

  describe('an error', () => {
    it('repeats no over-long name of the request and guesses none', async () => {
      const long = 'x'.repeat(5_000)
      const wrong = await signInHeaders(world.app, `admin@${slug}.test`)
      for (const [path, query, variables] of [
        ['/graphql', `{ ${long} }`, {}],
        ['/graphql', `{ parties(where: { ${long}: 1 }) { totalCount } }`, {}],
        ['/graphql', `query($w: PartyWhere) { parties(where: $w) { totalCount } }`, { w: { [long]: 1 } }],
        ['/graphql', `mutation { createParty(data: { name: 5, ${long}: "${long}" }) { id } }`, {}],
        ['/platform', `{ ${long} }`, {}],
        ['/platform', `query { ...${long} }`, {}],
      ] as const) {
        const { body } = await post(`${world.app.url}${path}`, query, variables, wrong)
        expect(body.errors?.length).toBeGreaterThan(0)
        for (const error of body.errors ?? [])
          for (const text of [error.message, ...error.extensions.issues.flatMap(({ message, hint, path: at }) => [message, hint, at])])
            expect((text ?? '').length).toBeLessThan(1_000)
        expect(JSON.stringify(body)).not.toContain('x'.repeat(100))
      }
      const { body } = await world.ask('{ partiez { totalCount } }')
      expect(body.errors?.[0]?.message).not.toContain('parties')
    })
  })

  describe('a request that asks for too much', () => {
    const code = async (query: string, path = '/graphql', headers = world.headers) =>
      (await post(`${world.app.url}${path}`, query, {}, headers)).body.errors?.[0]?.extensions.code

    it('is refused before anything is read: lists within lists, many roots, circles, long documents', async () => {
      expect(await code('{ parties(first: 1000) { nodes { deals(first: 1000) { nodes { id } } } } }')).toBe('TOO_COMPLEX')
      expect(
        await code('{ parties(first: 100) { nodes { deals(first: 100) { nodes { id party { deals(first: 10) { totalCount } } } } } } }'),
      ).toBe('TOO_COMPLEX')
      expect(await code('{ parties(first: 1000) { nodes { deals(first: 10) { nodes { id } } } } }')).toBeUndefined()
      expect(await code(`{ ${Array.from({ length: 500 }, (_, index) => `a${index}: partiesAggregate { count }`).join(' ')} }`)).toBe(
        'TOO_COMPLEX',
      )
      expect(await code('query { ...a } fragment a on Query { ...b } fragment b on Query { ...a }')).toBe('BAD_REQUEST')
      expect(await code(`{ parties { nodes { ${'name '.repeat(15_000)} } } }`)).toBe('BAD_REQUEST')
      expect(await code(`{ ${Array.from({ length: 21 }, (_, index) => `a${index}: members { id }`).join(' ')} }`, '/platform')).toBe(
        'TOO_COMPLEX',
      )
      const doubling = Array.from(
        { length: 40 },
        (_, index) => `fragment f${index} on Query { ...f${index + 1} x${index}: me { id } }`,
      ).join(' ')
      expect(await code(`{ ...f0 } ${doubling} fragment f40 on Query { me { id } }`, '/platform')).toBe('TOO_COMPLEX')
    })

    it('is given up by the database when it takes too long, and the next one is answered', async () => {
      const { pool } = world.app.database
      const slow = Array.from({ length: 12 }, () => queryWithin(pool, { text: 'select pg_sleep(600)' }, 50))
      for (const one of await Promise.allSettled(slow)) expect(one).toMatchObject({ status: 'rejected', reason: { code: '57014' } })
      expect((await queryWithin(pool, { text: 'select 1 as one' }, 5_000)).rows).toEqual([{ one: 1 }])
    })

    it('is refused as a list of requests', async () => {
      for (const path of ['/graphql', '/platform']) {
        const body = JSON.stringify(Array.from({ length: 50 }, () => ({ query: '{ __typename }' })))
        const response = await fetch(`${world.app.url}${path}`, {
          method: 'POST',
          headers: { ...world.headers, 'content-type': 'application/json' },
          body,
        })
        expect([path, response.status]).toEqual([path, 400])
      }
    })

    it('learns nothing of the schema without signing in', async () => {
      for (const query of [
        getIntrospectionQuery(),
        '{ __type(name: "Query") { name } }',
        '{ needsFirstAdmin ...f } fragment f on Query { __schema { types { name } } }',
      ])
        for (const path of ['/graphql', '/platform']) expect([path, await code(query, path, {})]).toEqual([path, 'UNAUTHENTICATED'])
    })
  })

  describe('the type of an upload', () => {
    const bytes = (text: string) => Buffer.from(text, 'latin1')
    it('is what its bytes say', () => {
      expect(contentType(bytes('\u0089PNG\r\n\u001a\n....'), 'text/plain')).toBe('image/png')
      expect(contentType(bytes('%PDF-1.7'), 'image/png')).toBe('application/pdf')
      expect(contentType(bytes('<script>'), 'image/png')).toBe('application/octet-stream')
      expect(contentType(bytes('<html>'), 'application/pdf')).toBe('application/octet-stream')
      expect(contentType(bytes('PK\u0003\u0004'), 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')).toMatch(/sheet$/)
      expect(contentType(bytes('PK\u0003\u0004'), 'text/html')).toBe('application/zip')
      expect(contentType(bytes('a;b'), 'text/csv')).toBe('text/csv')
      expect(contentType(new Uint8Array(), 'text/plain')).toBe('text/plain')
    })
  })
}
