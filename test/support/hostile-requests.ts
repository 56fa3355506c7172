import { request } from 'node:http'

/** What a server said to a request that nobody means well: its status, or that it hung up. */
export type Reaction = number | 'closed'

const json = { 'content-type': 'application/json' }
const query = (text: string, variables: unknown = {}) => JSON.stringify({ query: text, variables })
const signIn = 'mutation($e: String!, $p: String!) { signIn(email: $e, password: $p) { token } }'
const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`

interface Hostile {
  readonly path: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

const bodies: readonly string[] = [
  '',
  '{',
  'null',
  '[]',
  '"x"',
  '{"query":1}',
  '{"query":{}}',
  '{"query":"{"}',
  '{"query":"{ __typename }","variables":[]}',
  '{"__proto__":{"query":"{ __typename }"}}',
  `{"query":"${'\\u0000'}"}`,
  `{"query":"query(${'$a: Int '.repeat(5_000)}) { __typename }"}`,
  query(`{ ${'a '.repeat(30_000)} }`),
  query(`${'{ a '.repeat(2_000)}${'}'.repeat(2_000)}`),
  query('query($x: JSON) { __typename }', { x: 'y'.repeat(10) }),
  `{"query":"{ __typename }","variables":{"x":${deep(5_000)}}}`,
  `{"query":"{ ${Array.from({ length: 60 }, (_, at) => `a${at}: __typename`).join(' ')} }"}`,
  query('{ __schema { types { name } } }'),
  deep(50_000),
  query('fragment A on Query { ...B } fragment B on Query { ...A } { ...A }'),
]

/** Requests that no client of ours sends: wrong sign-ins, wrong tokens, no JSON, too much of everything. */
export const hostileRequests: readonly Hostile[] = [
  ...['/graphql', '/platform', '/exports'].flatMap(path => bodies.map(body => ({ path, method: 'POST', headers: json, body }))),
  ...['/graphql', '/platform', '/exports', '/files'].map(path => ({
    path,
    method: 'POST',
    headers: json,
    body: `"${'x'.repeat(2_500_000)}"`,
  })),
  ...['x', 'Bearer', 'Bearer x', `Bearer ${'y'.repeat(6_000)}`, 'Basic eDp4', 'Bearer \u00e9'].flatMap(authorization =>
    ['/graphql', '/platform'].map(path => ({ path, method: 'POST', headers: { ...json, authorization }, body: query('{ __typename }') })),
  ),
  ...['nobody@none.test', '', "' or 1=1 --", 'x'.repeat(100_000), '\u0000'].map(e => ({
    path: '/platform',
    method: 'POST',
    headers: json,
    body: query(signIn, { e, p: 'wrong' }),
  })),
  ...[
    '/files/%00',
    '/files/..%2f..%2fetc%2fpasswd',
    `/files/${'a'.repeat(3_000)}`,
    '/%',
    '/assets/../../package.json',
    '//x',
    '/graphql?query=%7B',
    '/sign-in/oidc/callback?code=x',
  ].map(path => ({ path })),
  ...['multipart/form-data', 'multipart/form-data; boundary=', 'text/xml', 'application/json; charset=nonsense'].map(type => ({
    path: '/files',
    method: 'POST',
    headers: { 'content-type': type },
    body: '--x\r\n\r\nx',
  })),
  { path: '/graphql', method: 'TRACE' },
  { path: '/platform', method: 'DELETE' },
  { path: '/graphql', method: 'POST', headers: { ...json, 'content-encoding': 'gzip' }, body: 'not gzip' },
  { path: '/graphql', method: 'POST', headers: { ...json, 'content-length': '5' }, body: '{"query":"{ __typename }"}' },
]

/** Sends one of them as it is, whatever the client of the platform would say to it. */
export function sendHostile(url: string, { path, method = 'GET', headers = {}, body = '' }: Hostile): Promise<Reaction> {
  const { hostname, port } = new URL(url)
  return new Promise(resolve => {
    const sent = request({
      hostname,
      port,
      path,
      method,
      agent: false,
      headers: { 'content-length': String(Buffer.byteLength(body)), ...headers },
    })
    sent.on('response', response => {
      response.resume()
      response.on('end', () => resolve(response.statusCode ?? 0))
      response.on('error', () => resolve('closed'))
    })
    sent.on('error', () => resolve('closed'))
    sent.setTimeout(20_000, () => sent.destroy())
    sent.end(body)
  })
}
