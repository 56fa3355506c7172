import { setTimeout as pause } from 'node:timers/promises'
import type { Storage } from '../../platform/tables/storage.js'
import { addMember } from '../../runtime/access/members.js'
import { dataOf, post, signIn, type TestApp, testPassword } from './app.js'
import { liveClient } from './follow.js'
import { random } from './kill-rounds.js'
import { definitionsOf, firstShape, lossesOf, type Shape, stepped, steps } from './publish-shapes.js'
import { type Crowd, User } from './publish-users.js'
import { everything } from './records.js'

/** How much is done at once. */
export interface LoadSize {
  readonly users: number
  readonly publishes: number
  readonly rollbacks: number
  /** Milliseconds between two publishes, and between the requests of a user. */
  readonly between: number
  readonly pause: number
  readonly seed: number
}

/** What a load came to. */
export interface Loaded {
  readonly requests: number
  readonly refusals: number
  readonly failures: readonly unknown[]
  /** Values that were answered and are nowhere now. */
  readonly lost: readonly unknown[]
  readonly written: number
  readonly publishes: number
  /** Milliseconds that 99.9 of 100 requests stay below, without and with publishing. */
  readonly calm: number
  readonly moving: number
}

const roles = [
  { role: 'admin', label: 'Admin', admin: true, grants: { '*': everything } },
  {
    role: 'rep',
    label: 'Rep',
    grants: { '*': everything, thing: { actions: everything.actions, records: { '==': [{ var: 'record.owner' }, { var: 'user.id' }] } } },
  },
  { role: 'clerk', label: 'Clerk', grants: { '*': everything, thing: { ...everything, fields: { secret: 'hidden' } } } },
]

/**
 * Users read and write while the model changes under them, again and again.
 * @param urls where users ask, by turns; the first is where publishes are made
 * @param calmFor milliseconds in which nobody publishes, before it begins
 */
export async function publishUnderLoad(app: TestApp, urls: readonly string[], size: LoadSize, calmFor = 0): Promise<Loaded> {
  const { slug } = app.workspace
  const draw = random(size.seed)
  for (const role of ['rep', 'clerk'])
    await addMember(app.database, app.workspace, { email: `${role}@${slug}.test`, name: role, password: testPassword, roles: [role] })
  const desk = new Desk(urls[0] ?? app.url, await signIn(app.url, slug, `admin@${slug}.test`), draw)
  const first = await desk.publish([...roles, ...definitionsOf(firstShape)], [], [])
  desk.shapes.set(first, firstShape)
  const crowd: Crowd = {
    shapes: desk.shapes,
    ledger: new Map(),
    failures: [],
    times: [],
    refusals: 0,
    isWorking: true,
    draw,
    pause: size.pause,
  }
  const users = await usersOf(app, urls, size.users, crowd)
  const watch = await watching(urls, users[0]?.headers ?? {})
  const working = users.map(({ user }) => user.work())
  await pause(calmFor)
  const calm = slowest(crowd.times.splice(0))
  let before = 0
  for (const deed of deedsOf(size, draw)) {
    await pause(size.between)
    await (deed === 'rollback' ? desk.rollback() : desk.step())
    before++
  }
  await pause(size.between)
  crowd.isWorking = false
  await Promise.all(working)
  await desk.settled()
  const stopped = await watch.end()
  return {
    requests: crowd.times.length,
    refusals: crowd.refusals,
    failures: [...crowd.failures, ...stopped],
    lost: await lostOf(app, crowd, desk.backed),
    written: crowd.ledger.size,
    publishes: before,
    calm,
    moving: slowest(crowd.times),
  }
}

/** Publishes and rollbacks in an order drawn by chance, beginning with three publishes. */
function deedsOf({ publishes, rollbacks }: LoadSize, draw: () => number): ('publish' | 'rollback')[] {
  const deeds: ('publish' | 'rollback')[] = Array.from({ length: publishes }, () => 'publish' as const)
  for (let n = 0; n < rollbacks; n++) deeds.splice(3 + Math.floor(draw() * (deeds.length - 2)), 0, 'rollback')
  return deeds
}

const slowest = (times: readonly number[]): number => [...times].sort((a, b) => a - b)[Math.floor(times.length * 0.999)] ?? 0

/** Whoever publishes. */
class Desk {
  readonly shapes = new Map<number, Shape>()
  /** Slots whose type somebody went back to: their column of that time may hold an older value. */
  readonly backed = new Set<string>()
  private version = 0
  private count = 0

  constructor(
    private readonly url: string,
    private readonly headers: Record<string, string>,
    private readonly draw: () => number,
  ) {}

  async publish(put: readonly object[], remove: readonly { kind: string; name: string }[], confirm: readonly string[]): Promise<number> {
    const query =
      'mutation($put: [JSON!], $remove: [ElementRef!], $confirm: [String!]) { publish(put: $put, remove: $remove, confirm: $confirm) { version } }'
    this.version = dataOf<{ version: number }>(await this.ask(query, { put, remove, confirm }), 'publish').version
    return this.version
  }

  /** One more version. */
  async step(): Promise<void> {
    const before = this.shapes.get(this.version) as Shape
    const after = stepped(before, steps[this.count++ % steps.length] ?? 'addField', this.count, this.draw)
    const there = new Set(after.objects.map(({ name }) => name))
    const gone = before.objects.filter(({ name }) => !there.has(name)).map(({ name }) => ({ kind: 'object', name }))
    this.shapes.set(this.version + 1, after)
    await this.publish(definitionsOf(after), gone, lossesOf(before, after))
  }

  /** Back to one of the three versions before. */
  async rollback(): Promise<void> {
    const to = Math.max(Math.min(...this.shapes.keys()), this.version - 1 - Math.floor(this.draw() * 3))
    const [now, then] = [this.shapes.get(this.version) as Shape, this.shapes.get(to) as Shape]
    for (const { key, type } of then.fields) {
      const present = now.fields.find(slot => slot.key === key)
      if (present?.type !== type) this.backed.add(key)
    }
    this.shapes.set(this.version + 1, then)
    const answer = await this.ask('mutation($to: Int!) { rollback(to: $to) { version } }', { to })
    this.version = dataOf<{ version: number }>(answer, 'rollback').version
  }

  /** Waits until nothing is left to be built. */
  async settled(): Promise<void> {
    for (;;) {
      const building = dataOf<{ error: string | null }[]>(await this.ask('{ building }', {}), 'building')
      if (building.length === 0) return
      if (building.some(({ error }) => error !== null)) throw new Error(JSON.stringify(building))
      await pause(100)
    }
  }

  private ask(query: string, variables: Record<string, unknown>) {
    return post(`${this.url}/platform`, query, variables, this.headers)
  }
}

async function usersOf(app: TestApp, urls: readonly string[], count: number, crowd: Crowd) {
  const { slug } = app.workspace
  const names = ['admin', 'rep', 'clerk']
  const signedIn = await Promise.all(names.map(name => signIn(app.url, slug, `${name}@${slug}.test`)))
  return Array.from({ length: count }, (_, n) => {
    const headers = { ...signedIn[n % names.length], name: String(n), workspace: slug } as Record<string, string>
    return { headers, user: new User(crowd, urls[n % urls.length] ?? app.url, headers, names[n % names.length] !== 'clerk') }
  })
}

/** Somebody at each address who follows all things from the beginning to the end, and is told of one that is made last. */
async function watching(urls: readonly string[], { name: _, workspace, ...headers }: Record<string, string>) {
  const as = { ...headers, 'x-workspace': workspace ?? '' }
  const query = 'subscription { thingChanged { kind id record { name } cursor } }'
  const followed = urls.map(url => {
    const { client, follow } = liveClient({ url }, as)
    return { client, listening: follow(query) }
  })
  const end = async (): Promise<unknown[]> => {
    const create = 'mutation { createThing(data: { name: "the last" }) { id } }'
    const { id } = dataOf<{ id: string }>(await post(`${urls[0]}/graphql`, create, {}, as), 'createThing')
    for (const { listening } of followed) await listening.until(message => message.id === id)
    const failed = followed.flatMap(({ listening }) => listening.failures)
    for (const { client } of followed) await client.dispose()
    return failed
  }
  return { end }
}

/** The answered values that no column of their field holds, and those that the present column lacks although nobody went back to it. */
async function lostOf(
  { database, workspace: { slug } }: TestApp,
  { ledger, shapes }: Crowd,
  backed: ReadonlySet<string>,
): Promise<unknown[]> {
  const schema = `w_${slug.replaceAll('-', '_')}`
  const run = async (text: string) => (await database.pool.query<Record<string, unknown>>(text)).rows
  const versions = (await run(`select number, storage from ${schema}._version order by number`)) as { number: number; storage: Storage }[]
  const columns = new Map<string, string[]>()
  const tables = new Map<string, string>()
  for (const { number, storage } of versions) {
    const shape = shapes.get(number)
    for (const { key, name } of shape?.fields ?? []) {
      const column = storage.objects.thing?.columns[name]?.name ?? ''
      columns.set(key, [...(columns.get(key) ?? []).filter(other => other !== column), column])
    }
    for (const { key, name } of shape?.objects ?? []) tables.set(key, storage.objects[name]?.table ?? '')
  }
  const rows = new Map<string, Record<string, unknown>>()
  for (const table of ['thing', ...tables.values()])
    for (const row of await run(`select * from ${schema}."${table}"`)) rows.set(String(row.id), row)
  const live = new Set(shapes.get(Math.max(...shapes.keys()))?.fields.map(({ key }) => key))
  return [...ledger].flatMap(([id, { object, values }]) =>
    [...values].flatMap(([key, value]) => {
      const own = object === 'thing' ? (columns.get(key) ?? []) : ['name']
      const isStrict = object !== 'thing' || (live.has(key) && !backed.has(key))
      const held = own.map(column => String(rows.get(id)?.[column] ?? ''))
      const isThere = isStrict ? held.at(-1) === value : held.includes(value)
      return isThere ? [] : [{ id, object, key, value, held, own, isStrict }]
    }),
  )
}
