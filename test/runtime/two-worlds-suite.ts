import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { buildClientSchema, type GraphQLSchema, getIntrospectionQuery } from 'graphql'
import { mark, type TwoWorlds, twoWorlds, type World } from './two-worlds.js'
import { answerOf, differences, type Question } from './two-worlds-asking.js'
import { recordChannels, rootsOf } from './two-worlds-channels.js'
import { differ, hidden } from './two-worlds-hidden.js'
import { background, backgroundOf, routes, routesOf } from './two-worlds-http.js'
import { platformMutations, platformQueries } from './two-worlds-platform.js'
import { inShort, rightly } from './two-worlds-rightly.js'

type Kind = keyof typeof recordChannels
type Table = Readonly<Record<string, string | ((given: TwoWorlds) => readonly Question[])>>

/** Says that two worlds which differ only in what must not be seen answer the same by every channel; in the long suite with every question. */
export function describeTwoWorlds(): void {
  let worlds: TwoWorlds
  let schema: GraphQLSchema
  let platformSchema: GraphQLSchema
  let before: readonly string[]
  beforeAll(async () => {
    worlds = await twoWorlds(differ)
    schema = buildClientSchema((await worlds.a.ask(getIntrospectionQuery())).body.data as never)
    platformSchema = buildClientSchema((await worlds.a.platform(getIntrospectionQuery())).body.data as never)
    before = await Promise.all([worlds.a, worlds.b].map(hiddenRows))
  })
  afterAll(() => worlds?.close())
  const asked = (table: Table) => Object.values(table).flatMap(channel => (typeof channel === 'string' ? [] : channel(worlds)))
  const same = async (questions: readonly Question[]) => expect(await differences(worlds, questions)).toEqual([])

  describe('the tables of channels', () => {
    it('have every root field and argument of the records API', () => {
      const { roots, unknown } = rootsOf(schema)
      expect(unknown).toEqual([])
      const untold = roots.flatMap(({ name, kind, args }) =>
        args.flatMap(arg => (recordChannels[kind].takes.includes(arg) ? [] : [`${name} ${arg}`])),
      )
      expect(untold).toEqual([])
    })

    it('have every root field of /platform', () => {
      expect(Object.keys(platformSchema.getQueryType()?.getFields() ?? {}).sort()).toEqual(Object.keys(platformQueries).sort())
      expect(Object.keys(platformSchema.getMutationType()?.getFields() ?? {}).sort()).toEqual(Object.keys(platformMutations).sort())
      expect(platformSchema.getSubscriptionType() ?? null).toBeNull()
    })

    it('have every route, and everything that works behind the requests', () => {
      expect(routesOf(worlds.app).filter(route => !(route in routes))).toEqual([])
      expect(backgroundOf(worlds.app)).toEqual(Object.keys(background).sort())
    })
  })

  describe('two worlds that differ only in what must not be seen answer the same', () => {
    it('when asked for the schema', async () => {
      const [a, b] = await Promise.all([worlds.a, worlds.b].map(world => world.ask(getIntrospectionQuery())))
      expect(a && answerOf(a)).toEqual(b && answerOf(b))
      expect(JSON.stringify(a?.body)).not.toMatch(/margin|vault|secretPaper/i)
    })

    it.each(Object.keys(recordChannels) as Kind[])('in the records API: %s', async kind => {
      const roots = rootsOf(schema).roots.filter(root => root.kind === kind)
      expect(roots).not.toEqual([])
      for (const root of roots) await same(recordChannels[kind].questions(root.asked, worlds))
    })

    it('to queries of /platform', () => same(asked(platformQueries)))
    it('to mutations of /platform', () => same(asked(platformMutations)))
    it('by every route', async () => {
      await same(asked(routes))
      expect(await (await fetch(`${worlds.a.url}/metrics`)).text()).not.toMatch(new RegExp(`${mark}|two-worlds|firm`))
    })

    it('also after all that was tried, which changed nothing of what is hidden', async () => {
      expect(await Promise.all([worlds.a, worlds.b].map(hiddenRows))).toEqual(before)
      const { roots } = rootsOf(schema)
      for (const { kind, asked: object } of roots) if (kind === 'one') await same(recordChannels.one.questions(object, worlds))
    })
  })

  describe('what differs rightly', () => {
    it.each(Object.entries(rightly))('is %s', async (_, { ask, says }) => {
      for (const world of [worlds.a, worlds.b]) {
        const answer = await ask(world)
        expect([world.name, inShort(answer)]).toEqual([world.name, says[world.name]])
        expect(JSON.stringify(answer.body).replaceAll(`${mark}-both`, '')).not.toContain(mark)
      }
    })
  })

  /** Hidden records as the database has them, less what is counted in them of records that are seen. */
  async function hiddenRows({ schema: own }: World): Promise<string> {
    const { pool } = worlds.app.database
    const tables = ['firm', 'person', 'note', 'bond', 'slot', 'vault']
    const rows = await Promise.all(
      tables.map(table =>
        pool.query(`select to_jsonb(t) - 'version' - 'task_count' as t from ${own}.${table} t where id = any($1) order by id`, [
          Object.values(hidden),
        ]),
      ),
    )
    return JSON.stringify(rows.map(found => found.rows))
  }
}
