import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { addMember } from '../../runtime/access/members.js'
import { createApp, type RunningApp } from '../../runtime/main.js'
import { type Answer, dataOf, foundBare, post, signIn, testPassword } from '../support/app.js'
import { testConfig } from '../support/database.js'
import { listen } from '../support/follow.js'
import { until } from '../support/follow-up.js'
import { type Pair, startPair } from '../support/postgres-pair.js'
import { publish } from '../support/publish.js'
import { everything } from '../support/records.js'

const slug = 'replica'
const note = (fields: object = {}) => ({
  object: 'note',
  plural: 'notes',
  label: 'Note',
  title: 'name',
  fields: { name: { type: 'text', label: 'Name' }, ...fields },
})
const roles = [
  { role: 'admin', label: 'Admin', admin: true, grants: { '*': everything } },
  { role: 'reader', label: 'Reader', grants: { note: { actions: ['read', 'create'] } } },
]

type Headers = Record<string, string>
let pair: Pair
let [here, there]: (RunningApp | undefined)[] = []
let admin: Headers
let reader: Headers
let stranger: Headers

const lag = 3

beforeAll(async () => {
  pair = await startPair()
  const environment = { DATABASE_REPLICA_URLS: pair.replica.url, DATABASE_REPLICA_LAG: String(lag) }
  here = await createApp(testConfig(pair.primary.url, environment))
  there = await createApp(testConfig(pair.primary.url, environment))
  const workspace = await foundBare(here, slug)
  for (const [name, role] of [
    ['admin', 'admin'],
    ['reader', 'reader'],
    ['stranger', 'reader'],
  ] as const)
    await addMember(here.database, workspace, { email: `${name}@${slug}.test`, name, password: testPassword, roles: [role] })
  admin = await comeIn('admin')
  await publish({ url: urlOf(here) }, admin, [...roles, note()])
  reader = await comeIn('reader')
  stranger = await comeIn('stranger')
})
afterAll(async () => {
  await here?.close()
  await there?.close()
  await pair.drop()
})

const urlOf = (node: RunningApp | undefined) => node?.url ?? ''
const comeIn = (name: string) => signIn(urlOf(here), slug, `${name}@${slug}.test`)
const ask = (node: RunningApp | undefined, query: string, headers: Headers): Promise<Answer> =>
  post(`${urlOf(node)}/graphql`, query, {}, headers)
const write = async (name: string, headers = admin, node = here) =>
  dataOf<{ id: string }>(await ask(node, `mutation { createNote(data: { name: "${name}" }) { id } }`, headers), 'createNote').id
const names = async (headers: Headers, node = here) =>
  dataOf<{ nodes: { name: string }[] }>(await ask(node, '{ notes(first: 1000) { nodes { name } } }', headers), 'notes').nodes.map(
    ({ name }) => name,
  )
const sees = (name: string, headers: Headers, node = here) =>
  until(
    () => names(headers, node),
    found => found.includes(name),
  )

/** Keeps the replica from replaying; what is read afterwards tells by what it lacks where it was read. Whoever asks for it waits until it is so. */
async function hold(): Promise<void> {
  await pair.replica.ask('select pg_wal_replay_pause()')
  await until(
    () => pair.replica.ask('select pg_get_wal_replay_pause_state() as state'),
    ([row]) => row?.state === 'paused',
  )
}
const letGo = () => pair.replica.ask('select pg_wal_replay_resume()')

/** A record that only the primary has, and a reader whom the replica still answers. */
async function heldBehind(name: string): Promise<void> {
  const known = `before ${name}`
  await write(known)
  await until(
    () => pair.replica.ask(`select name from w_replica.note where name = '${known}'`),
    rows => rows.length === 1,
  )
  await hold()
  await write(name)
  // where the replica stands is asked every 200 ms; until then the primary answers
  await until(
    () => names(stranger),
    found => found.includes(known) && !found.includes(name),
  )
}

describe('a read replica', () => {
  it('answers who only reads, and never who has just written, on whichever node', async () => {
    await heldBehind('one')
    try {
      expect(await names(stranger)).not.toContain('one')
      for (const node of [here, there]) expect(await names(admin, node)).toContain('one')
      await write('own', reader, there)
      for (const node of [here, there]) expect(await names(reader, node)).toContain('own')
    } finally {
      await letGo()
    }
    await sees('one', stranger)
  })

  it('is not read from when it is too far behind', async () => {
    await heldBehind('two')
    try {
      await new Promise(resolve => setTimeout(resolve, lag * 1000 + 500))
      expect(await names(stranger)).toContain('two')
    } finally {
      await letGo()
    }
  })

  it('holds up neither a publish nor a right that is taken away', async () => {
    await heldBehind('three')
    try {
      await publish({ url: urlOf(here) }, admin, [note({ more: { type: 'text', label: 'More' } })])
      for (const node of [here, there])
        await until(
          () => ask(node, '{ notes { nodes { name more } } }', stranger),
          ({ body }) => body.errors === undefined,
        )
      expect(await names(stranger)).toContain('three')
    } finally {
      await letGo()
    }
  })

  it('does not hide from who is told of a change what they are told of', async () => {
    const following = listen({ url: urlOf(there) }, stranger, 'subscription { noteChanged { kind id cursor record { name } } }')
    await write('followed')
    await following.until(({ record }) => record?.name === 'followed')
    await hold()
    try {
      await write('told')
      await following.until(({ record }) => record?.name === 'told')
      for (const node of [here, there]) expect(await names(stranger, node)).toContain('told')
    } finally {
      following.stop()
      await letGo()
    }
  })

  it('may fail and come back: nobody notices', async () => {
    const before = (await names(stranger)).length
    const answers: (string[] | Error)[] = []
    let isOver = false
    const asking = Promise.all(
      Array.from({ length: 4 }, async () => {
        while (!isOver) answers.push(await names(stranger).catch((error: Error) => error))
      }),
    )
    await pair.replica.kill()
    await write('while it is away')
    await sees('while it is away', stranger)
    await pair.replica.start()
    isOver = true
    await asking
    expect(answers.filter(answer => answer instanceof Error)).toEqual([])
    expect(answers.every(answer => answer instanceof Error || answer.length >= before)).toBe(true)
    await heldBehind('it is back')
    await letGo()
  })
})
