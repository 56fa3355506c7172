import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { addMember } from '../../runtime/access/members.js'
import { createApp } from '../../runtime/main.js'
import { dataOf, post, testPassword } from '../support/app.js'
import { testConfig, workerDatabaseUrl } from '../support/database.js'
import { type Identities, openIdentities, type Person } from '../support/identities.js'
import { everything, type RecordsWorld, recordsWorld } from '../support/records.js'

const slug = 'oidc-spec'
let identities: Identities
let world: RecordsWorld
let port: number

const freePort = () =>
  new Promise<number>(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = server.address() as AddressInfo
      server.close(() => resolve(free))
    })
  })
const environment = (more: Record<string, string> = {}) => ({
  PORT: String(port),
  PUBLIC_URL: `http://127.0.0.1:${port}`,
  OIDC_ISSUER: identities.issuer,
  OIDC_CLIENT_ID: 'tessera',
  OIDC_CLIENT_SECRET: 'a secret of the tests that nobody knows',
  OIDC_LABEL: 'Example Login',
  ...more,
})

beforeAll(async () => {
  // the provider of the tests says at length that it is none for real people
  for (const level of ['info', 'warn'] as const) jest.spyOn(console, level).mockImplementation(() => undefined)
  port = await freePort()
  identities = await openIdentities({
    id: 'tessera',
    secret: 'a secret of the tests that nobody knows',
    callback: `http://127.0.0.1:${port}/sign-in/oidc/callback`,
  })
  const rep = { role: 'rep', label: 'Rep', grants: { thing: everything } }
  const thing = { object: 'thing', plural: 'things', label: 'Thing', fields: { name: { type: 'text', label: 'Name' } } }
  world = await recordsWorld(
    slug,
    [thing, rep, { ...rep, role: 'lead', label: 'Lead' }],
    [{}, { email: `rep@${slug}.test`, name: 'Rita', roles: ['rep'] }],
    environment(),
  )
})
afterAll(async () => {
  await world.app.close()
  await identities.close()
})
beforeEach(() => world.app.database.pool.query('delete from tessera.sign_in_attempt'))

/** A browser that follows redirects and keeps the cookies of each server. */
function browser() {
  const jars = new Map<string, Map<string, string>>()
  const step = async (url: URL, headers: Record<string, string> = {}) => {
    const jar = jars.get(url.host) ?? new Map<string, string>()
    jars.set(url.host, jar)
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, { redirect: 'manual', headers: { cookie, ...headers } })
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      if (value === '') jar.delete(name)
      else jar.set(name, value)
    }
    await response.arrayBuffer()
    return response
  }
  const follow = async (start: string, until: (url: URL) => boolean = () => false) => {
    let url = new URL(start)
    for (let steps = 0; steps < 15; steps++) {
      if (until(url)) return url
      const response = await step(url)
      const next = response.headers.get('location')
      if (next === null) return url
      url = new URL(next, url)
    }
    return url
  }
  const cookie = (name: string) => jars.get(`127.0.0.1:${port}`)?.get(name)
  return { follow, cookie, set: (name: string, value: string) => jars.get(`127.0.0.1:${port}`)?.set(name, value) }
}

const person = (given: Partial<Person>): Person => ({
  sub: 'rita-1',
  email: `rep@${slug}.test`,
  email_verified: true,
  name: 'Rita at the provider',
  ...given,
})
async function come(given: Partial<Person>) {
  identities.person = person(given)
  const own = browser()
  const url = await own.follow(`${world.app.url}/sign-in/oidc`)
  const token = own.cookie('tessera_session')
  const answer =
    token === undefined
      ? null
      : await post(`${world.app.url}/platform`, '{ me { email name roles } }', {}, { authorization: `Bearer ${token}` })
  return { path: url.pathname, me: answer?.body.data?.me ?? null }
}
const refused = { path: '/sign-in/refused', me: null }

describe('signing in by a provider of identities', () => {
  it('opens the account of the verified address, and links it by subject for ever', async () => {
    expect((await post(`${world.app.url}/platform`, '{ signInProvider }')).body.data).toEqual({ signInProvider: 'Example Login' })
    const rita = { email: `rep@${slug}.test`, name: 'Rita', roles: ['rep'] }
    expect(await come({})).toEqual({ path: '/', me: rita })
    expect(await come({ email: 'renamed@elsewhere.test', email_verified: false })).toEqual({ path: '/', me: rita })
    const { rows } = await world.app.database.pool.query('select method from tessera.session where method <> $1', ['password'])
    expect(rows).toEqual([{ method: 'oidc' }, { method: 'oidc' }])
  })

  it('links by nothing else: not by an address that is not verified, nor by one that came to somebody else', async () => {
    expect(await come({ sub: 'other', email_verified: false })).toEqual(refused)
    expect(await come({ sub: 'other', email_verified: 'true' as unknown as boolean })).toEqual(refused)
    expect(await come({ sub: 'other' })).toEqual(refused) // the account belongs to rita-1 of this provider
    expect(await come({ sub: 'stranger', email: 'stranger@elsewhere.test' })).toEqual(refused)
    expect(await come({ sub: '__proto__', email: 'stranger\u0000@elsewhere.test' })).toEqual(refused)
  })

  it('lets nobody in who was let out', async () => {
    const { pool } = world.app.database
    const id = await addMember(world.app.database, world.app.workspace, {
      email: `gone@${slug}.test`,
      name: 'Gone',
      password: testPassword,
      roles: ['rep'],
    })
    expect((await come({ sub: 'gone', email: `gone@${slug}.test` })).me).toMatchObject({ name: 'Gone' })
    await post(`${world.app.url}/platform`, 'mutation($id: ID!) { changeMember(id: $id, active: false) { id } }', { id }, world.headers)
    expect(await come({ sub: 'gone', email: `gone@${slug}.test` })).toEqual(refused)
    await pool.query('update tessera.account set disabled_at = now() where email = $1', [`gone@${slug}.test`])
    expect(await come({ sub: 'gone', email: `gone@${slug}.test` })).toEqual(refused)
  })

  it('takes an invitation as accepted by whose verified address it was sent to', async () => {
    const invite = `mutation { inviteMember(email: "ivy@${slug}.test", name: "Ivy", roles: ["lead"]) { link } }`
    dataOf(await post(`${world.app.url}/platform`, invite, {}, world.headers), 'inviteMember')
    expect(await come({ sub: 'ivy', email: `ivy@${slug}.test`, name: 'Ivy Elsewhere', email_verified: false })).toEqual(refused)
    expect((await come({ sub: 'ivy', email: `ivy@${slug}.test`, name: 'Ivy Elsewhere' })).me).toMatchObject({ roles: ['lead'] })
  })

  it('refuses an answer that belongs to no round of this browser, or to another one', async () => {
    identities.person = person({})
    const [mine, theirs] = [browser(), browser()]
    const isBack = (url: URL) => url.pathname.endsWith('/callback')
    const back = await theirs.follow(`${world.app.url}/sign-in/oidc`, isBack)
    const stolen = await mine.follow(back.href) // no round began here
    await mine.follow(`${world.app.url}/sign-in/oidc`, isBack)
    const mixed = await mine.follow(back.href) // another state
    theirs.set('tessera_round', Buffer.from('{"state":1}').toString('base64url'))
    const broken = await theirs.follow(back.href)
    expect([stolen, mixed, broken].map(({ pathname }) => pathname)).toEqual(['/sign-in/refused', '/sign-in/refused', '/sign-in/refused'])
    expect([mine, theirs].map(each => each.cookie('tessera_session'))).toEqual([undefined, undefined])
    const again = browser()
    const once = await again.follow(`${world.app.url}/sign-in/oidc`, isBack)
    const round = again.cookie('tessera_round') ?? ''
    expect((await again.follow(once.href)).pathname).toBe('/')
    again.set('tessera_round', round)
    expect((await again.follow(once.href)).pathname).toBe('/sign-in/refused') // a code counts once
  })
})

describe('where the configuration says so', () => {
  it('people join by themselves, and roles follow from a claim at every sign-in', async () => {
    await world.app.close()
    const rules = { OIDC_JOINS: slug, OIDC_ROLE_CLAIM: 'groups', OIDC_ROLES_BY_CLAIM: 'sales=rep,leads=lead,x=nothing' }
    const running = await createApp(testConfig(await workerDatabaseUrl(), environment(rules)))
    world = { ...world, app: { ...running, workspace: world.app.workspace } }
    const new1 = { sub: 'new-1', email: `new@${slug}.test`, name: 'New One' }
    expect(await come({ ...new1, groups: ['x', '__proto__', 'constructor'] })).toEqual(refused)
    expect((await come({ ...new1, groups: ['sales'] })).me).toEqual({ email: `new@${slug}.test`, name: 'New One', roles: ['rep'] })
    expect((await come({ ...new1, groups: ['leads', 'sales'] })).me).toMatchObject({ roles: ['lead', 'rep'] })
    expect(await come({ ...new1, groups: [] })).toEqual(refused)
  })

  it('the last admin stays one, whatever the claim says; with another beside them they follow it too', async () => {
    const boss = { sub: 'boss-1', email: `admin@${slug}.test`, name: 'Boss' }
    expect((await come({ ...boss, groups: ['sales'] })).me).toMatchObject({ roles: ['admin'] })
    expect(await come({ ...boss, groups: [] })).toEqual(refused)
    const second = { email: `second@${slug}.test`, name: 'Second', password: testPassword, roles: ['admin'] }
    await addMember(world.app.database, world.app.workspace, second)
    expect((await come({ ...boss, groups: ['sales'] })).me).toMatchObject({ roles: ['rep'] })
  })
})
