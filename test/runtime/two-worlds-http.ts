import type { TestApp } from '../support/app.js'
import { idOf, mark, type TwoWorlds } from './two-worlds.js'
import { http, type Question } from './two-worlds-asking.js'
import { exportsAtOnce } from './two-worlds-platform.js'
import { socketQuestions } from './two-worlds-sockets.js'

type Channel = string | ((worlds: TwoWorlds) => readonly Question[])
const json = { 'content-type': 'application/json' }

/** Every route of the server. A new one has to say here what is asked of it, or why it can tell nothing. */
export const routes: Readonly<Record<string, Channel>> = {
  'GET /healthz': () => [http('healthz', '/healthz')],
  'GET /readyz': () => [http('readyz', '/readyz')],
  'GET /metrics': 'It counts answers by route and status, for the whole server; the test looks that nothing of a workspace stands in it.',
  'POST /exports': () => exportsAtOnce,
  'POST /files': 'It takes bytes and tells their name, type and size back; what may be done with them is asked where records are written.',
  'GET /files/:id': ({ files }) =>
    [...Object.values(files), idOf(999), 'none', '%00'].flatMap(id => [
      http(`file ${id}`, `/files/${id}`),
      http(`a part of file ${id}`, `/files/${id}`, { headers: { range: 'bytes=0-3' } }),
      http(`the head of file ${id}`, `/files/${id}`, { method: 'HEAD' }),
    ]),
  'GET /graphql': () => [http('a query by GET', `/graphql?query=${encodeURIComponent(`{ firms(search: "${mark}") { totalCount } }`)}`)],
  'POST /graphql': () => [
    http('no JSON', '/graphql', { method: 'POST', body: '{', headers: json }),
    http('no query', '/graphql', { method: 'POST', body: '{}', headers: json }),
  ],
  'GET /graphql/socket': () => [http('a socket without an upgrade', '/graphql/socket'), ...socketQuestions],
  'GET /platform': () => [http('the platform by GET', '/platform?query={me{id}}')],
  'POST /platform': () => [http('no query to the platform', '/platform', { method: 'POST', body: '{}', headers: json })],
  'GET /*': () => [http('a page', '/firms'), http('the address of a hidden record', `/firm/${idOf(100)}`)],
  'GET /assets/*': 'Files of the app, the same for everybody.',
  'GET /sign-in/oidc': 'It is there before anybody is signed in.',
  'GET /sign-in/oidc/callback': 'It is there before anybody is signed in.',
}

/** The routes that the router has, as `GET /files/:id`; HEAD is what GET answers without a body, and OPTIONS allows nothing. */
export function routesOf({ app }: TestApp): string[] {
  const server = app.getHttpAdapter().getInstance() as { printRoutes(options: { commonPrefix: boolean }): string }
  const path: string[] = []
  return server
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap(line => {
      const found = /^([│├└─\s]*)(\S+) \((.*)\)/.exec(line)
      if (!found) return []
      const [, indent = '', part = '', methods = ''] = found
      const depth = Math.max(0, indent.length / 4 - 1)
      path.splice(depth, path.length, part)
      const whole = path.join('').replace(/^\*$/, '/*')
      return methods.split(', ').flatMap(method => (method === 'HEAD' || method === 'OPTIONS' ? [] : [`${method} ${whole}`]))
    })
}

/**
 * Everything that works behind the requests, by the class that begins it, and where what it does is seen.
 * Each works for all records of a workspace; whoever looks sees its deeds by the channels that are named.
 */
export const background: Readonly<Record<string, string>> = {
  AskedLists: 'Counts of what lists were asked for, by names of fields: `askedLists`, for admins.',
  AuditFollower: 'Places of entries in the log: `auditLog`.',
  AutomaticTransitions: 'States of records: reads; `stateHistory`, of records that the caller sees.',
  FieldUses: 'Counts of the fields that API keys use, by names: `fieldUse`, for admins.',
  DriftWatch: 'It looks at kept values and tells the log what differs; no answer has it.',
  Feeds: 'Messages: subscriptions, of records that the caller sees.',
  Purger: 'Deleted records and what the bin has of them: reads, `deletions`.',
  Recomputer: 'Values of records: reads; how far it is: `recalculating`, of fields that the caller sees.',
  Recycler: 'Owners of records: reads; warnings: `recycledSoon`, of one’s own records.',
  SocketDoor: 'It opens connections; what goes over them is asked by subscriptions.',
  WorkflowWorker: 'Records that workflows make: reads; runs: `runs`, for admins.',
  Finisher: 'Tables and indexes: `building`, for admins.',
  ImportRunner: 'Records: reads; its answers: `importJob` and `imports`, of one’s own imports, and the file of refused rows.',
  Offboarder: 'Owners of records: reads; how far it is: `offboardings`, for admins.',
}

/** The providers that begin something when the server starts. */
export function backgroundOf({ app }: TestApp): string[] {
  const { container } = app as unknown as { container: { getModules(): Map<string, { providers: Map<unknown, { instance: unknown }> }> } }
  const begun = [...container.getModules().values()].flatMap(({ providers }) =>
    [...providers.values()].flatMap(({ instance }) => {
      const begins = typeof (instance as { onApplicationBootstrap?: unknown } | null)?.onApplicationBootstrap === 'function'
      return begins ? [(instance as object).constructor.name] : []
    }),
  )
  return [...new Set(begun)].sort()
}
