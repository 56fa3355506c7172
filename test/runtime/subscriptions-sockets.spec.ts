import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { PoolClient } from 'pg'
import { WebSocket } from 'ws'
import { createApp, type RunningApp } from '../../runtime/main.js'
import { connectionLimits } from '../../runtime/subscriptions/connection.js'
import { dataOf, post, signInHeaders, testPassword } from '../support/app.js'
import { testConfig, workerDatabaseUrl } from '../support/database.js'
import { type Listening, listen, liveClient, type Message } from '../support/follow.js'
import { publish } from '../support/publish.js'
import { type RecordsWorld, recordsWorld } from '../support/records.js'

const slug = 'subscriptions-sockets'
const thing = (fields: Record<string, unknown> = {}) => ({
  object: 'thing',
  plural: 'things',
  label: 'Thing',
  title: 'name',
  fields: { name: { type: 'text', label: 'Name' }, body: { type: 'longText', label: 'Body' }, ...fields },
})
const reader = { role: 'reader', label: 'Reader', grants: { thing: { actions: ['read'] } } }
const thingChanged =
  'subscription($after: String, $where: ThingWhere) { thingChanged(after: $after, where: $where) { kind id cursor record { name } } }'

let world: RecordsWorld
let other: RunningApp
const open: { stop(): void }[] = []

beforeAll(async () => {
  const readers = Array.from({ length: 4 }, (_, index) => ({ email: `r${index}@${slug}.test`, name: `R${index}`, roles: ['reader'] }))
  world = await recordsWorld(slug, [thing({ hint: { type: 'text', label: 'Hint' } }), reader], [{}, ...readers])
  other = await createApp(testConfig(await workerDatabaseUrl()))
})
afterAll(async () => {
  for (const one of open) one.stop()
  await other.close()
  await world.app.close()
})

const started = <T extends { stop(): void }>(one: T): T => {
  open.push(one)
  return one
}
const follow = (variables: Record<string, unknown> = {}, query = thingChanged, headers = world.headers, app: { url: string } = world.app) =>
  started(listen(app, headers, query, variables))
const create = async (name: string, body = '') =>
  (await world.get<{ id: string }>('mutation($data: ThingCreate!) { createThing(data: $data) { id } }', { data: { name, body } })).id
const named = (name: string) => (message: Message) => message.record?.name === name
/** Makes sure that somebody is listening. */
const heard = async (one: Listening, name: string) => {
  await create(name)
  return one.until(named(name))
}
const reading = (id: number) => signInHeaders(world.app, `r${id}@${slug}.test`)

/** Counts the statements with a word in them that are sent over connections of the pool from now on. */
function countStatements(word: string): { stop(): number } {
  const { pool } = world.app.database
  const connect = pool.connect.bind(pool) as (...args: unknown[]) => Promise<PoolClient>
  const kept = pool.connect
  let count = 0
  const seen = new WeakSet<PoolClient>()
  const watch = (client: PoolClient) => {
    if (seen.has(client)) return client
    seen.add(client)
    const query = client.query.bind(client) as (...args: unknown[]) => unknown
    client.query = ((...args: unknown[]) => {
      if (((args[0] as { text?: string }).text ?? '').includes(word)) count++
      return query(...args)
    }) as typeof client.query
    return client
  }
  // the pool's own statements ask by callback
  pool.connect = ((callback?: unknown) => (callback === undefined ? connect().then(watch) : connect(callback))) as typeof pool.connect
  return {
    stop: () => {
      pool.connect = kept
      return count
    },
  }
}

/** A bare socket that speaks the protocol by hand. */
async function socket(headers: Record<string, string> = {}): Promise<{ readonly ws: WebSocket; readonly closed: Promise<number> }> {
  const ws = new WebSocket(`${world.app.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers })
  const closed = new Promise<number>(resolve => ws.on('close', resolve))
  ws.on('error', () => undefined)
  started({ stop: () => ws.terminate() })
  await once(ws, 'open')
  return { ws, closed }
}
const send = (ws: WebSocket, message: unknown) => ws.send(typeof message === 'string' ? message : JSON.stringify(message))

describe('a broken connection', () => {
  it('goes on behind its cursor, and misses nothing', async () => {
    const one = follow()
    const { cursor } = await heard(one, 'before the break')
    one.stop()
    const [a, b] = [await create('missed'), await create('gone again')]
    await world.get('mutation($id: ID!) { deleteThing(id: $id) { id } }', { id: b })
    const again = follow({ after: cursor })
    expect((await again.until(named('missed'))).kind).toBe('CREATED')
    await heard(again, 'after the break')
    expect(again.messages.map(({ id }) => id)).not.toContain(b)
    expect(again.messages.filter(({ id }) => id === a)).toHaveLength(1)
    expect(again.messages.some(named('before the break'))).toBe(false)
  })

  it('is told to read again where its cursor is of no use', async () => {
    for (const after of ['', 'AAAAAAAAAAAAAAAAAAAAAA', "'; drop table x; --", 'x'.repeat(5_000)])
      expect(await follow({ after }).until(({ kind }) => kind === 'RESYNC')).toEqual({
        kind: 'RESYNC',
        id: null,
        cursor: null,
        record: null,
      })
  })

  it('is cleared away when the client vanishes', async () => {
    const { client, follow: begin } = liveClient(world.app, world.headers)
    const one = begin(thingChanged)
    await heard(one, 'vanishing')
    client.terminate()
    await one.ended()
    await create('after the vanishing')
    await heard(follow(), 'others go on')
  })
})

describe('two nodes', () => {
  it('tell of what is written on either', async () => {
    const here = follow()
    const there = follow({}, thingChanged, world.headers, other)
    await heard(here, 'written here')
    await there.until(named('written here'))
    const answer = await post(`${other.url}/graphql`, 'mutation { createThing(data: { name: "written there" }) { id } }', {}, world.headers)
    dataOf(answer, 'createThing')
    for (const one of [here, there]) await one.until(named('written there'))
  })

  it('tell of a publish to read again and go on, or why not', async () => {
    const here = follow({}, thingChanged)
    const there = follow({}, thingChanged, world.headers, other)
    const hint = follow({}, 'subscription { thingChanged { kind id cursor record { name hint } } }')
    await heard(hint, 'before the publish')
    await publish(world.app, world.headers, [thing({ more: { type: 'text', label: 'More' } })], [], ['objects/thing/fields/hint'])
    for (const one of [here, there]) {
      await one.until(({ kind }) => kind === 'RESYNC')
      await heard(one, `after the publish ${open.indexOf(one)}`)
    }
    await hint.ended()
    expect(hint.failures).toMatchObject([[{ extensions: { code: 'BAD_REQUEST' } }]])
    await heard(follow({}, 'subscription { thingChanged { kind id cursor record { name more } } }'), 'with the new field')
  })
})

describe('many who follow by one document', () => {
  it('cost one read for each batch', async () => {
    const readers = await Promise.all([0, 1, 2, 3].map(reading))
    const clients = readers.map(headers => started({ ...liveClient(world.app, headers), stop: () => undefined }))
    const document = thingChanged.replace('name', 'shownToMany: name name')
    const all = clients.flatMap(({ follow: begin }) => Array.from({ length: 50 }, () => started(begin(document))))
    await create('warm')
    for (const one of all) await one.until(named('warm'))
    const reads = countStatements('shownToMany')
    await create('told to 200')
    for (const one of all) await one.until(named('told to 200'))
    expect(all).toHaveLength(200)
    expect(reads.stop()).toBe(1)
    for (const { client } of clients) client.terminate()
  })
})

describe('a client that reads slowly', () => {
  it('is told to read again instead of everything that waits', async () => {
    const { ws } = await socket(world.headers)
    const messages: { type: string; payload: { data: { thingChanged: Message } } }[] = []
    ws.on('message', text => messages.push(JSON.parse(String(text))))
    send(ws, { type: 'connection_init' })
    await once(ws, 'message')
    send(ws, { id: '1', type: 'subscribe', payload: { query: 'subscription { thingChanged { kind record { name body } } }' } })
    await heard(follow(), 'listening slowly')
    ws.pause()
    const rows = Array.from({ length: 60 }, (_, index) => ({ name: `big ${index}`, body: 'x'.repeat(30_000) }))
    const watcher = follow()
    for (let round = 0; round < 12; round++)
      await world.get('mutation($data: [ThingCreate!]!) { createThings(data: $data) { count } }', { data: rows })
    await heard(watcher, 'the last one')
    ws.resume()
    while (!messages.some(({ payload }) => payload?.data?.thingChanged.kind === 'RESYNC')) await once(ws, 'message')
    expect(messages.length).toBeLessThan(700)
  })
})

describe('who may listen', () => {
  it('is asked at the upgrade: a cookie from another site is refused', async () => {
    const query = 'mutation($e: String!, $p: String!) { signIn(email: $e, password: $p) { token } }'
    const answer = await post(`${world.app.url}/platform`, query, { e: `admin@${slug}.test`, p: testPassword })
    const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
    for (const origin of ['https://evil.example', 'null', undefined]) {
      const ws = new WebSocket(`${world.app.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
        headers: { cookie, ...(origin === undefined ? {} : { origin }) },
      })
      const [error] = (await once(ws, 'error').catch((thrown: unknown) => [thrown])) as [Error]
      expect(error.message).toBe('Unexpected server response: 403')
    }
    const { ws } = await socket({ cookie, origin: world.app.url })
    send(ws, { type: 'connection_init' })
    const [ack] = await once(ws, 'message')
    expect(JSON.parse(String(ack))).toEqual({ type: 'connection_ack' })
  })

  it('is somebody known; anything else is closed', async () => {
    const nobody = await socket()
    send(nobody.ws, { type: 'connection_init' })
    expect(await nobody.closed).toBe(4403)
    const early = await socket(world.headers)
    send(early.ws, { id: '1', type: 'subscribe', payload: { query: 'subscription { thingChanged { id } }' } })
    expect(await early.closed).toBe(4401)
    for (const nonsense of ['', '{', '[]', '{"type":"__proto__"}', '\u0000', JSON.stringify({ type: 'connection_init', payload: 7 })]) {
      const one = await socket(world.headers)
      send(one.ws, nonsense)
      expect(await one.closed).toBe(4400)
    }
    const large = await socket(world.headers)
    send(large.ws, `{"type":"ping","payload":{"x":"${'x'.repeat(connectionLimits.message)}"}}`)
    expect(await large.closed).toBe(1009)
    const talker = await socket(world.headers)
    send(talker.ws, { type: 'connection_init' })
    for (let index = 0; index <= connectionLimits.messages; index++) send(talker.ws, { type: 'ping' })
    expect(await talker.closed).toBe(4429)
  })

  it('is opened at its address alone, whatever an upgrade names instead', async () => {
    const { hostname, port } = new URL(world.app.url)
    for (const address of ['//', '/', '*', 'http://', '/graphql/socket', '//graphql', '/graphql%00', `/${'x'.repeat(5_000)}`]) {
      const socket = connect(Number(port), hostname)
      const head = [
        'Host: x',
        'Connection: Upgrade',
        'Upgrade: websocket',
        'Sec-WebSocket-Version: 13',
        'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
      ]
      socket.write(`GET ${address} HTTP/1.1\r\n${head.join('\r\n')}\r\n\r\n`)
      const [answer] = (await once(socket, 'data')) as [Buffer]
      expect(String(answer)).toMatch(/^HTTP\/1\.1 40[04] /)
      socket.destroy()
    }
    await heard(follow({}, thingChanged), 'still served')
  })

  it('has so many subscriptions, of so much each', async () => {
    const { client, follow: begin } = liveClient(world.app, world.headers)
    const many = Array.from({ length: connectionLimits.subscriptions + 1 }, () => begin(thingChanged))
    const last = many.at(-1) as Listening
    await last.ended()
    expect(last.failures).toMatchObject([[{ extensions: { code: 'RATE_LIMITED' } }]])
    client.terminate()
    const deep = `subscription { thingChanged { record { ${'createdBy { '.repeat(120)}id${' }'.repeat(120)} } } }`
    const wide = `subscription { thingChanged { record { ${Array.from({ length: 2_100 }, (_, index) => `a${index}: name`).join(' ')} } } }`
    for (const query of [deep, wide]) {
      const one = follow({}, query)
      await one.ended()
      expect(one.failures).toMatchObject([[{ extensions: { code: 'TOO_COMPLEX' } }]])
    }
  })

  it('hears nothing more when the session has ended', async () => {
    const headers = await reading(0)
    const one = follow({}, thingChanged, headers)
    await heard(one, 'while signed in')
    await post(`${world.app.url}/platform`, 'mutation { signOut }', {}, headers)
    await create('after signing out')
    await one.ended()
    expect(one.messages.some(named('after signing out'))).toBe(false)
  })

  it('is told goodbye when the server stops', async () => {
    const third = await createApp(testConfig(await workerDatabaseUrl()))
    const one = follow({}, thingChanged, world.headers, third)
    await heard(one, 'before the stop')
    await third.close()
    await one.ended()
    expect(one.failures).toMatchObject([{ code: 1001 }])
  })
})
