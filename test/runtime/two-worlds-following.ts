import { setTimeout as pause } from 'node:timers/promises'
import type { GraphQLInputObjectType, GraphQLObjectType } from 'graphql'
import { cursorOf } from '../../runtime/subscriptions/cursor.js'
import type { Feed } from '../../runtime/subscriptions/feed.js'
import { Feeds } from '../../runtime/subscriptions/feeds.js'
import type { Subscriber } from '../../runtime/subscriptions/subscriber.js'
import { lastPosition, relayEvents } from '../../runtime/workflows/outbox.js'
import { type Listening, liveClient, type Message } from '../support/follow.js'
import { idOf, mark, type TwoWorlds, type World } from './two-worlds.js'
import { chosen, type Question } from './two-worlds-asking.js'
import { hidden, seen } from './two-worlds-hidden.js'
import { everything, everyWhere } from './two-worlds-probes.js'
import { type Asked, ids } from './two-worlds-reads.js'

/** Something that others do: in sight, or out of sight, in each world something else. */
type Deed = (world: World) => Promise<unknown>

const isA = ({ name }: World) => name === 'a'
const typeOf = (object: string) => `${object[0]?.toUpperCase()}${object.slice(1)}`
const update = (object: string, id: string, data: object | ((world: World) => object)) => (world: World) => {
  const query = `mutation($id: ID!, $data: ${typeOf(object)}Update!) { update${typeOf(object)}(id: $id, data: $data) { id } }`
  return world.run('graphql', query, { id, data: typeof data === 'function' ? data(world) : data })
}
const remove = (object: string, id: string) => (world: World) =>
  world.run('graphql', `mutation($id: ID!) { delete${typeOf(object)}(id: $id) { id } }`, { id })
const restore = (object: string, id: string) => (world: World) =>
  world.run('graphql', `mutation($id: ID!) { restore${typeOf(object)}(id: $id) { id } }`, { id })

/** A record that comes out of hiding, goes back, and what happens to it meanwhile; and one that was in sight all the time. */
function comesAndGoes(object: string, number: number, out: object, away: object, more: object = {}): Deed[] {
  const [hiding, open] = [idOf(number), idOf(number + 1)]
  const which = (world: World) => `${mark} later ${isA(world) ? 'One' : 'Two'}`
  return [
    async world => world.make(object, { id: hiding, name: which(world), ...more, ...away }),
    world => world.make(object, { id: open, name: 'Later', ...out }),
    update(object, hiding, world => ({ name: `${mark} again ${world.name}` })),
    update(object, hiding, { name: 'Out', ...out }),
    update(object, hiding, { name: `${mark} back`, ...away }),
    async world => (isA(world) ? remove(object, hiding)(world) : null),
    async world => (isA(world) ? restore(object, hiding)(world) : null),
    remove(object, open),
    restore(object, open),
  ]
}

/** Links of a record in sight to one that is hidden, and to one that is not; of the first nothing is told at either end. */
function linksTo(person: string): Deed[] {
  const relink = (people: object) => update('firm', idOf(2), { people })
  return [
    async world => world.make('person', { id: person, name: `${mark} linked`, open: false }),
    update('firm', idOf(2), world => ({ people: { link: [{ id: person, attributes: { role: `${mark} ${world.name}` } }] } })),
    relink({ link: [{ id: seen.person, attributes: { role: 'seen' } }] }),
    relink({ unlink: [person] }),
    relink({ unlink: [seen.person] }),
  ]
}

/** Shares of what stays hidden, in each world of another record, and of one that is shown by it for a while. */
function shares({ members }: TwoWorlds): Deed[] {
  const [shown, on] = [idOf(404), '$id: ID!, $with: ID!']
  const share = (id: string, member: string) => (world: World) =>
    world.run('platform', `mutation(${on}) { shareRecord(object: "firm", id: $id, with: $with) { id } }`, { id, with: member })
  const unshare = (id: string, member: string) => (world: World) =>
    world.run('platform', `mutation(${on}) { unshareRecord(object: "firm", id: $id, with: $with) }`, { id, with: member })
  const only = (world: World) => (isA(world) ? hidden.onlyA : hidden.onlyB)
  return [
    world => world.make('firm', { id: shown, name: 'Shared', ownerId: members.other }),
    share(shown, members.clerk),
    world => share(only(world), members.admin)(world),
    unshare(shown, members.clerk),
    world => unshare(only(world), members.admin)(world),
  ]
}

const deeds = (object: string, worlds: TwoWorlds): readonly Deed[] => {
  const { members } = worlds
  const [mine, theirs] = [{ ownerId: members.clerk }, { ownerId: members.other }]
  const of: Readonly<Record<string, readonly Deed[]>> = {
    firm: [
      ...comesAndGoes('firm', 400, mine, theirs),
      // hidden fields, masked ones, links from one hidden record to another: that something changed is told, not what
      update('firm', seen.firm, world => ({ margin: isA(world) ? 31 : 32, phone: isA(world) ? '13855554444' : '13866664444' })),
      update('firm', seen.other, world => ({ partnerId: isA(world) ? hidden.onlyA : hidden.onlyB })),
      ...linksTo(idOf(441)),
      ...shares(worlds),
    ],
    person: [...comesAndGoes('person', 410, { open: true }, { open: false }), ...linksTo(idOf(442))],
    note: [
      world => world.make('note', { id: idOf(421), firmId: isA(world) ? hidden.onlyA : hidden.onlyB, text: `${mark} later` }),
      world => world.make('note', { id: idOf(420), firmId: idOf(2), text: 'later' }),
      update('note', idOf(421), world => ({ text: `${mark} note ${isA(world) ? 1 : 2}` })),
      remove('note', idOf(420)),
    ],
    task: [
      update('task', seen.task, world => ({ helperId: null, firmId: isA(world) ? hidden.onlyA : hidden.onlyB })),
      update('task', seen.taskToo, world => ({ about: isA(world) ? { firm: { id: hidden.differs } } : null })),
      update('task', seen.taskToo, { helperId: null, firmId: idOf(2) }),
    ],
    bond: [
      world => world.make('bond', { id: idOf(450), name: `${mark} later`, firmId: isA(world) ? seen.other : null, ownerId: members.other }),
      update('bond', idOf(450), world => ({ name: `${mark} bond ${world.name}`, firmId: null })),
      update('bond', idOf(50), { firmId: null }),
      update('bond', idOf(50), { firmId: idOf(2) }),
    ],
    slot: comesAndGoes('slot', 430, mine, theirs),
    firmPeopleLink: linksTo(idOf(440)),
  }
  return of[object] ?? []
}

/** The cursor of the last event of a world: who goes on behind it is told of nothing that was asked before. */
async function lastCursor({ app }: TwoWorlds, { schema }: World): Promise<string> {
  const { pool } = app.database
  await relayEvents(pool, schema)
  const { rows } = await pool.query<{ id: string }>(`select id from ${schema}._outbox order by position desc limit 1`)
  return cursorOf(rows[0]?.id ?? '')
}

/** Cursors as the ids that they are made of, so that they are evened out as other ids. */
const plainCursor = (message: Message) => ({
  ...message,
  cursor:
    message.cursor &&
    Buffer.from(message.cursor, 'base64url')
      .toString('hex')
      .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
})

/**
 * Who follows an object, in every way, while others go on: by each filter, by ids of hidden records, behind a cursor.
 */
export function follows(asked: Asked, worlds: TwoWorlds): Question[] {
  const { name, type, schema } = asked
  const record = everything(schema.getType(type) as GraphQLObjectType, 0)
  // lists count as many records; each is followed by itself
  const lists = record.match(/\w+ \{ totalCount \}/g) ?? []
  const following = (shape: string) =>
    `subscription($after: String, $ids: [ID!], $where: ${type}Where) { ${name}Changed(after: $after, ids: $ids, where: $where) { kind id cursor record { ${shape} } } }`
  const whole = record.replaceAll(/\w+ \{ totalCount \}/g, '')
  const filters = chosen(everyWhere(schema.getType(`${type}Where`) as GraphQLInputObjectType), 7 * 6).slice(0, 80)
  const ask = async (world: World) => {
    const after = await lastCursor(worlds, world)
    const live = liveClient(worlds.app, world.headers.clerk)
    const listeners: Listening[] = []
    const follow = (shape: string, variables: Record<string, unknown> = {}) =>
      listeners.push(live.follow(following(shape), { after, ...variables }))
    try {
      follow(whole)
      follow(whole, { ids })
      for (const list of lists) follow(`id ${list}`)
      for (const where of filters) follow(whole, { where })
      for (const behind of [cursorOf(idOf(999)), '']) follow(whole, { after: behind })
      await begun(worlds, world, listeners)
      await perform(deeds(name, worlds), worlds, world)
      await arrived(worlds, world, live)
      if (!listeners[0]?.messages.length) throw new Error(`Nobody was told of any ${name}`)
      return listeners.map(({ messages, failures }) => ({ messages: messages.map(plainCursor), failures }))
    } finally {
      for (const one of listeners) one.stop()
      await begun(worlds, world, [])
    }
  }
  return [{ name: `${name}Changed`, ask }]
}

/** Waits until exactly these are followed, but for those that were refused. */
async function begun(worlds: TwoWorlds, world: World, listeners: readonly Listening[]): Promise<void> {
  const isFollowed = ({ failures }: Listening) => failures.length === 0
  while (subscribersOf(worlds, world).length !== listeners.filter(isFollowed).length) await pause(5)
}

const subscribersOf = ({ app }: TwoWorlds, { schema }: World) => {
  const { feeds } = app.app.get(Feeds) as unknown as { feeds: ReadonlyMap<string, { feed: Feed }> }
  return [...(feeds.get(schema)?.feed.subscribers ?? [])]
}

/** Does one after the other, each once everybody has been told of the one before, so that no two are told of at once in one world only. */
async function perform(all: readonly Deed[], worlds: TwoWorlds, world: World): Promise<void> {
  const { pool } = worlds.app.database
  for (const act of all) {
    await act(world)
    await relayEvents(pool, world.schema)
    const last = await lastPosition(pool, world.schema)
    while (subscribersOf(worlds, world).some(({ position }) => position < last)) await pause(5)
  }
}

/** Waits until all that was told has come over the wire: nothing is left to be sent, and what is asked behind it has its answer. */
async function arrived(worlds: TwoWorlds, world: World, live: ReturnType<typeof liveClient>): Promise<void> {
  // a mailbox is asked for the next message when the one before it has left
  const isAsked = ({ mailbox }: Subscriber) => (mailbox as unknown as { taker: unknown }).taker !== null
  while (!subscribersOf(worlds, world).every(isAsked)) await pause(5)
  await live.follow('subscription { nobodyKnowsThis }').ended()
}
