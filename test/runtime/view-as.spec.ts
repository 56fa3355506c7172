import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { schemaOf } from '../../runtime/database/schema.js'
import { type Answer, dataOf } from '../support/app.js'
import { type RolesWorld, rolesWorld } from '../support/roles-world.js'

let world: RolesWorld
beforeAll(async () => {
  world = await rolesWorld('view-as')
})
afterAll(() => world?.app.close())

const codes = ({ body }: Answer) =>
  body.errors?.flatMap(({ extensions }) => [extensions.code, ...extensions.issues.map(({ code }) => code)])
const begin = (member: string, who: Parameters<RolesWorld['platform']>[0] = 'admin') =>
  world.platform(who, 'mutation($member: ID!) { beginView(member: $member) }', { member })
const end = () => world.platform('admin', 'mutation { endView }')
const me = async () =>
  dataOf<{ name: string; admin: boolean; roles: string[]; needs: string[]; viewing: { by: string } | null; workspaces: unknown[] }>(
    await world.platform('admin', '{ me { name admin roles needs viewing { by } workspaces { slug } } }'),
    'me',
  )
const firm = (owner: 'east' | 'west', name: string) =>
  world.get<{ id: string }>('mutation($data: FirmCreate!) { createFirm(data: $data) { id } }', {
    data: { name, ownerId: world.ids[owner] },
  })
const seen = async () => {
  const { nodes } = dataOf<{ nodes: { name: string }[] }>(await world.as('admin', '{ firms { nodes { name } } }'), 'firms')
  return nodes.map(({ name }) => name)
}

describe('looking through the eyes of a member', () => {
  it('shows what they see, and says so', async () => {
    await firm('east', 'Of East')
    await firm('west', 'Of West')
    expect(await seen()).toEqual(['Of East', 'Of West'])
    expect(dataOf(await begin(world.ids.east), 'beginView')).toBe(true)
    expect(await seen()).toEqual(['Of East'])
    expect(await me()).toEqual({
      name: 'east',
      admin: false,
      roles: ['rep'],
      needs: [],
      viewing: { by: 'Ada Admin' },
      workspaces: [{ slug: 'view-as' }],
    })
  })

  it('changes nothing, by no door', async () => {
    const id = (await world.get<{ nodes: { id: string }[] }>('{ firms { nodes { id } } }')).nodes[0]?.id ?? ''
    const refused = ['FORBIDDEN', 'VIEW_READS']
    const rename = 'mutation($id: ID!) { updateFirm(id: $id, data: { name: "x" }) { id } }'
    expect(codes(await world.as('admin', rename, { id }))).toEqual(refused)
    expect(codes(await world.as('admin', `query A { firms { totalCount } } ${rename}`, { id }))).toBeDefined()
    expect(codes(await world.platform('admin', 'mutation { claimRecord(object: "firm", id: "x") }'))).toEqual(refused)
    expect(codes(await world.platform('admin', 'mutation { updateProfile(locale: "zh-CN") { id } }'))).toEqual(refused)
    expect(codes(await world.platform('admin', 'mutation { endView signOut revokeOtherSessions }'))).toEqual(refused)
    const hidden = 'mutation { ...All } fragment All on Mutation { revokeOtherSessions }'
    expect(codes(await world.platform('admin', hidden))).toEqual(refused)
    for (const door of ['files', 'exports']) {
      const response = await fetch(`${world.app.url}/${door}`, {
        method: 'POST',
        headers: { ...world.headers, 'content-type': 'application/json' },
        body: JSON.stringify({ object: 'firm', format: 'csv', columns: ['name'] }),
      })
      expect([response.status, await response.text()]).toEqual([403, expect.stringContaining('VIEW_READS')])
    }
  })

  it('tells nothing of the admin, and lets nobody look further', async () => {
    expect(codes(await world.platform('admin', '{ sessions { id } }'))).toEqual(['FORBIDDEN', 'VIEW_READS'])
    expect(codes(await world.platform('admin', '{ apiKeys { id } }'))).toEqual(['FORBIDDEN', 'VIEW_READS'])
    expect(codes(await world.platform('admin', '{ offboardings { id } }'))).toEqual(['FORBIDDEN', 'VIEW_READS'])
    expect(codes(await begin(world.ids.west))).toEqual(['FORBIDDEN', 'VIEW_READS'])
  })

  it('is over when it is ended, once', async () => {
    expect(dataOf(await end(), 'endView')).toBe(true)
    expect(dataOf(await end(), 'endView')).toBe(false)
    expect(await me()).toMatchObject({ name: 'Ada Admin', admin: true, viewing: null })
    expect(await seen()).toEqual(['Of East', 'Of West'])
  })

  it('stands in the log as the admin’s own deed, and what was refused meanwhile too', async () => {
    const { rows } = await world.app.database.pool.query<{ action: string; actor: string; member: string | null }>(
      `select action, actor, coalesce(data ->> 'member', data ->> 'seenAs') as member from "${schemaOf(world.app.workspace.slug)}"."_audit" where kind in ('signIn', 'denial') and action ~ 'view|VIEW_READS' order by id`,
    )
    expect(rows[0]).toEqual({ action: 'viewBegan', actor: world.ids.admin, member: world.ids.east })
    expect(rows.at(-1)).toEqual({ action: 'viewEnded', actor: world.ids.admin, member: world.ids.east })
    expect(new Set(rows.map(({ actor }) => actor))).toEqual(new Set([world.ids.admin]))
    expect(rows.map(({ action }) => action)).toContain('VIEW_READS')
  })

  it('leaves nothing to do but to end it when its time is over', async () => {
    await begin(world.ids.east)
    await world.app.database.pool.query("update tessera.session set view_until = now() - interval '1 second' where view_member is not null")
    await world.platform('boss', 'mutation { updateProfile(timeZone: "Asia/Shanghai") { id } }') // looks everybody up again
    expect(await me()).toMatchObject({ name: 'Ada Admin', needs: ['view'], viewing: null })
    const rename = 'mutation { createFirm(data: { name: "Not mine" }) { id } }'
    expect(codes(await world.as('admin', rename))).toEqual(['FORBIDDEN', 'VIEW_ENDED'])
    expect(codes(await world.as('admin', '{ firms { totalCount } }'))).toEqual(['FORBIDDEN', 'VIEW_ENDED'])
    expect(codes(await world.platform('admin', '{ members { id } }'))?.[0]).toBe('UNAUTHENTICATED')
    expect(dataOf(await end(), 'endView')).toBe(true)
    expect(await seen()).toEqual(['Of East', 'Of West'])
  })

  it('is for admins, over members who are active and no admins', async () => {
    expect(codes(await begin(world.ids.west, 'east'))).toEqual(['FORBIDDEN', 'ADMIN_NEEDED'])
    expect(codes(await begin(world.ids.admin))).toEqual(['VALIDATION_FAILED', 'VIEW_UNFIT'])
    for (const nobody of ['', 'x\u0000', '__proto__', '00000000-0000-0000-0000-000000000000'])
      expect(codes(await begin(nobody))).toEqual(['VALIDATION_FAILED', 'VIEW_UNFIT'])
    const leaver = await world.join('leaver', ['rep'])
    await world.platform('admin', 'mutation($id: ID!) { changeMember(id: $id, active: false) { id } }', { id: leaver.id })
    expect(codes(await begin(leaver.id))).toEqual(['VALIDATION_FAILED', 'VIEW_UNFIT'])
  })
})
