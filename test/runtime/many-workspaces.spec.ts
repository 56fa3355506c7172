import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { sql, workspaceTable } from '../../platform/sql/sql.js'
import { addMember } from '../../runtime/access/members.js'
import { newId } from '../../runtime/database/id.js'
import { inTurn } from '../../runtime/database/rounds.js'
import { Watch } from '../../runtime/database/watch.js'
import { dropWorkspace } from '../../runtime/database/workspace.js'
import { SchemaEntries } from '../../runtime/graphql/schema-entries.js'
import { Memory } from '../../runtime/memory/memory.js'
import { Models } from '../../runtime/publishing/models.js'
import { Publisher } from '../../runtime/publishing/publisher.js'
import { foundBare, post, testPassword } from '../support/app.js'
import { listen } from '../support/follow.js'
import { everything, type RecordsWorld, recordsWorld } from '../support/records.js'

const admin = { role: 'admin', label: 'Admin', admin: true, grants: { '*': everything } }
const thing = (fields: Record<string, unknown> = {}) => ({
  object: 'thing',
  plural: 'things',
  label: 'Thing',
  title: 'name',
  fields: { name: { type: 'text', label: 'Name' }, ...fields },
})

/** The least that the settings allow: the schemas of these workspaces do not fit in together for long. */
const cacheMegabytes = 8
let world: RecordsWorld

/** A workspace beside the first, with the same admin. */
async function beside(slug: string, ...definitions: readonly unknown[]): Promise<void> {
  await dropWorkspace(world.app.database, slug)
  const workspace = await foundBare(world.app, slug)
  const change = { put: [admin, ...definitions], remove: [], confirm: [], expectedVersion: null, message: null }
  await world.app.app.get(Publisher).publish(change, schemaOf(slug), null)
  const person = { email: 'admin@many-one.test', name: 'Ada Admin', password: testPassword, roles: ['admin'] }
  await addMember(world.app.database, workspace, person)
}

const schemaOf = (slug: string) => `w_${slug.replaceAll('-', '_')}`
const as = (slug: string) => ({ ...world.headers, 'x-workspace': slug })
const live = (slug: string) => world.app.app.get(Models).current(schemaOf(slug))
const names = 'query Names($first: Int) { things(first: $first, orderBy: [{ name: ASC }]) { totalCount nodes { id name } } }'

async function namesIn(slug: string, query = names): Promise<string[]> {
  const { body } = await world.ask(query, { first: 50 }, as(slug))
  if (body.errors) throw new Error(JSON.stringify(body.errors))
  return (body.data as { things: { nodes: { name: string }[] } }).things.nodes.map(({ name }) => name)
}

const add = (slug: string, name: string) =>
  world.ask('mutation($name: String) { createThing(data: { name: $name }) { id } }', { name }, as(slug))

beforeAll(async () => {
  world = await recordsWorld('many-one', [thing()], [{}], { CACHE_MB: String(cacheMegabytes) })
  await beside('many-two', thing())
  await beside('many-own', thing({ colour: { type: 'text', label: 'Colour' } }))
})
afterAll(async () => world?.app.close())

describe('workspaces with an equal model', () => {
  it('share it, and with it profiles and the schema; a field of its own splits them', async () => {
    const [one, two, own] = [await live('many-one'), await live('many-two'), await live('many-own')]
    expect(two.model).toBe(one.model)
    expect(own.model).not.toBe(one.model)
    const models = world.app.app.get(Models)
    expect(models.profile(two, ['admin'])).toBe(models.profile(one, ['admin']))
    // definitions that are equal are the same objects wherever they are
    const role = (of: typeof one) => of.elements.find(({ kind }) => kind === 'role')
    expect(role(own)).toBe(role(one))
    const entryOf = (of: typeof one) =>
      world.app.app.get(SchemaEntries).of({ live: of, profile: models.profile(of, ['admin']) } as Parameters<SchemaEntries['of']>[0])
    expect(entryOf(two)).toBe(entryOf(one))
    expect(entryOf(own)).not.toBe(entryOf(one))
  })

  it('read and write their own rows only, whoever had the plan compiled', async () => {
    expect(await namesIn('many-one')).toEqual([])
    await add('many-one', 'first')
    expect(await namesIn('many-two')).toEqual([])
    await add('many-two', 'second')
    for (let round = 0; round < 3; round++) {
      expect(await namesIn('many-one')).toEqual(['first'])
      expect(await namesIn('many-two')).toEqual(['second'])
    }
    const { rows } = await world.app.database.pool.query<{ statement: string }>(
      "select statement from pg_prepared_statements where name like 'r%w\\_many\\_one' and statement like '%w_many_two%'",
    )
    expect(rows).toEqual([])
  })

  it('are followed each by itself, also by one document', async () => {
    const told = 'subscription { thingChanged { kind id record { name } } }'
    const [one, two] = [listen(world.app, as('many-one'), told), listen(world.app, as('many-two'), told)]
    await add('many-two', 'told')
    await add('many-one', 'apart')
    await one.until(({ record }) => record?.name === 'apart')
    await two.until(({ record }) => record?.name === 'told')
    const heard = [one, two].map(({ messages }) => messages.map(({ record }) => record?.name))
    expect(heard).toEqual([expect.not.arrayContaining(['told']), expect.not.arrayContaining(['apart'])])
    one.stop()
    two.stop()
  })
})

describe('what is kept', () => {
  it('stays within its bytes, forgets what was used longest ago, and nothing comes back that was closed', () => {
    const memory = new Memory(10_000)
    const forgotten: string[] = []
    const [texts, others] = [
      memory.map<string>(
        text => text.length,
        text => forgotten.push(text.slice(0, 1)),
      ),
      memory.map<string>(() => 4_000),
    ]
    texts.set('a', 'a'.repeat(3_000))
    texts.set('b', 'b'.repeat(3_000))
    expect(texts.get('a')).toBeDefined()
    others.set('c', 'c')
    expect([forgotten, texts.get('b'), others.get('c')]).toEqual([['b'], undefined, 'c'])
    texts.set('huge', 'h'.repeat(20_000))
    expect([texts.size, others.size]).toEqual([1, 0])
    texts.set('d', 'd')
    texts.close()
    texts.set('e', 'e')
    expect([texts.size, memory.bytes]).toEqual([0, 0])
  })

  it('is bounded while many documents come for many schemas, and answers stay right', async () => {
    const memory = world.app.app.get(Memory)
    for (let round = 0; round < 24; round++) {
      const wide = Array.from({ length: 400 }, (_, n) => `a${n}x${round}: name`).join(' ')
      for (const slug of ['many-one', 'many-own'])
        expect(await namesIn(slug, `{ things { nodes { name ${wide} } } }`)).toHaveLength((await namesIn(slug)).length)
    }
    expect(memory.bytes).toBeGreaterThan((cacheMegabytes * 1_048_576) / 2)
    expect(memory.bytes).toBeLessThan(cacheMegabytes * 1_048_576)
  })

  it('leaves requests alone that are under way when a schema is forgotten', async () => {
    const one = await live('many-one')
    const models = world.app.app.get(Models)
    const entries = world.app.app.get(SchemaEntries)
    const entry = entries.of({ live: one, profile: models.profile(one, ['admin']) } as Parameters<SchemaEntries['of']>[0])
    const asked = Array.from({ length: 10 }, (_, n) =>
      post(`${world.app.url}/graphql`, `{ things { nodes { name n${n}: id } } }`, {}, as('many-one')),
    )
    entry.close()
    for (const { body } of await Promise.all(asked)) expect(body.errors).toBeUndefined()
    expect(await namesIn('many-one')).toContain('first')
  })
})

describe('rounds over all workspaces', () => {
  it('come around to each, wherever they begin', () => {
    const schemas = Array.from({ length: 120 }, (_, n) => `w_${n}`)
    for (const begin of [0, 71, 119]) {
      const rounds = [0, 50, 100].map(further => inTurn(schemas, begin + further))
      expect(rounds.map(round => new Set(round).size)).toEqual([50, 50, 50])
      expect(new Set(rounds.flat()).size).toBe(120)
    }
    expect(inTurn(['w_a', 'w_b'], 5)).toEqual(['w_b', 'w_a'])
    expect(inTurn([], 0)).toEqual([])
  })
})

describe('the watch over all workspaces', () => {
  it('finds what no signal told of, and begins what is due when it is', async () => {
    const { database } = world.app
    const schema = schemaOf('many-two')
    const watch = new Watch(database.directUrl)
    const begun: string[] = []
    const jobs = workspaceTable('_job')
    const kind = { waits: sql`exists(select from ${jobs} where kind = 'watched')`, begin: (found: string) => void begun.push(found) }
    const dueAt = sql`select created_at from ${jobs} where kind = 'soon'`
    const late = {
      waits: sql`exists(select from ${jobs} where kind = 'soon' and created_at <= now())`,
      due: dueAt,
      begin: () => void begun.push('late'),
    }
    const job = (name: string, at: Date) =>
      database.pool.query(
        `insert into ${schema}._job (id, kind, state, data, created_at, updated_at) values ($1, $2, 'done', '{}', $3, $3)`,
        [newId(), name, at],
      )
    try {
      const ends = [watch.add(kind), watch.add(late)]
      await job('soon', new Date(Date.now() + 2_000))
      await job('watched', new Date())
      for (let tries = 0; tries < 300 && !(begun.includes(schema) && begun.includes('late')); tries++)
        await new Promise(resolve => setTimeout(resolve, 100))
      expect(begun).toEqual(expect.arrayContaining([schema, 'late']))
      for (const end of ends) end()
    } finally {
      await watch.stop()
      await database.pool.query(`delete from ${schema}._job where kind in ('watched', 'soon')`)
    }
  })
})
