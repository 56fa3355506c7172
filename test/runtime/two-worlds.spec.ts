import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { buildClientSchema, type GraphQLSchema, getIntrospectionQuery } from 'graphql'
import { differences, type Question } from './two-worlds-asking.js'
import { recordChannels, rootsOf } from './two-worlds-channels.js'
import { differ } from './two-worlds-hidden.js'
import { background, backgroundOf, routes, routesOf } from './two-worlds-http.js'
import { platformMutations, platformQueries } from './two-worlds-platform.js'
import { mark, type TwoWorlds, twoWorlds } from './two-worlds.js'

let worlds: TwoWorlds
let schema: GraphQLSchema
let platformSchema: GraphQLSchema
beforeAll(async () => {
  worlds = await twoWorlds(differ)
  schema = buildClientSchema((await worlds.a.ask(getIntrospectionQuery())).body.data as never)
  platformSchema = buildClientSchema((await worlds.a.platform(getIntrospectionQuery())).body.data as never)
})
afterAll(() => worlds?.close())

const questionsOf = (table: Readonly<Record<string, string | ((given: TwoWorlds) => readonly Question[])>>) =>
  Object.values(table).flatMap(channel => (typeof channel === 'string' ? [] : channel(worlds)))

const tell = async (name: string, found: string[]) => {
  const { appendFileSync } = await import('node:fs')
  appendFileSync('/tmp/worlds/found.txt', `== ${name}\n${found.join('\n')}\n`)
  expect(found.length).toEqual(0)
}

describe('the tables of channels', () => {
  it('have every root field and argument of the records API', () => {
    const { roots, unknown } = rootsOf(schema)
    expect(unknown).toEqual([])
    const untold = roots.flatMap(({ name, kind, args }) => args.filter(arg => !recordChannels[kind].takes.includes(arg)).map(arg => `${name} ${arg}`))
    expect(untold).toEqual([])
  })

  it('have every root field of /platform', () => {
    expect(Object.keys(platformQueries).sort()).toEqual(Object.keys(platformSchema.getQueryType()?.getFields() ?? {}).sort())
    expect(Object.keys(platformMutations).sort()).toEqual(Object.keys(platformSchema.getMutationType()?.getFields() ?? {}).sort())
    expect(platformSchema.getSubscriptionType() ?? null).toBeNull()
  })

  it('have every route and everything that works behind the requests', () => {
    expect(routesOf(worlds.app).filter(route => !(route in routes))).toEqual([])
    expect(backgroundOf(worlds.app)).toEqual(Object.keys(background).sort())
  })
})

describe('two worlds that differ in what must not be seen answer the same', () => {
  it('introspection', async () => {
    const [a, b] = await Promise.all([worlds.a, worlds.b].map(world => world.ask(getIntrospectionQuery())))
    expect(a?.body).toEqual(b?.body)
    expect(JSON.stringify(a?.body)).not.toMatch(/margin|vault|secretPaper/i)
  })

  it.each(Object.keys(recordChannels) as (keyof typeof recordChannels)[])('records API: %s', async kind => {
    const roots = rootsOf(schema).roots.filter(root => root.kind === kind)
    expect(roots).not.toEqual([])
    const found: string[] = []
    for (const { asked } of roots) found.push(...(await differences(worlds, recordChannels[kind].questions(asked, worlds))))
    await tell(kind, found)
  })

  it('queries of /platform', async () => tell('pq', await differences(worlds, questionsOf(platformQueries))))
  it('mutations of /platform', async () => tell('pm', await differences(worlds, questionsOf(platformMutations))))
  it('routes', async () => {
    await tell('routes', await differences(worlds, questionsOf(routes)))
    expect(await (await fetch(`${worlds.a.url}/metrics`)).text()).not.toMatch(new RegExp(`${mark}|two-worlds|firm`))
  })
})
