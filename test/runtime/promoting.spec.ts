import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { runCommand } from '../../runtime/commands/index.js'
import { readAppFolder } from '../../runtime/publishing/app-folder.js'
import { dataOf, post } from '../support/app.js'
import { testConfig, workerDatabaseUrl } from '../support/database.js'
import { publish } from '../support/publish.js'
import { type Desk, openDesk } from '../support/publishing.js'
import { type RecordsWorld, recordsWorld } from '../support/records.js'

const house = (fields: Record<string, unknown> = {}, label = 'House') => ({
  object: 'house',
  plural: 'houses',
  label,
  title: 'name',
  fields: { name: { type: 'text', label: 'Name' }, ...fields },
})
const rooms = { rooms: { type: 'integer', label: 'Rooms' } }

let world: RecordsWorld
let desk: Desk
let key = ''

beforeAll(async () => {
  process.env.DATABASE_URL = await workerDatabaseUrl()
  process.env.DATABASE_ISOLATE = testConfig(process.env.DATABASE_URL).database.isolates ? 'on' : 'off'
  world = await recordsWorld('promote-from', [house(rooms)])
  key = dataOf<string>(
    await post(`${world.app.url}/platform`, 'mutation { createApiKey(name: "promotion") }', {}, world.headers),
    'createApiKey',
  )
  desk = await openDesk('promote-to')
})
afterAll(async () => {
  delete process.env.DATABASE_URL
  delete process.env.DATABASE_ISOLATE
  delete process.env.TESSERA_TOKEN
  await desk.close()
  await world.app.close()
})

/** Runs a command; gives its exit code and what it said. */
async function run(...args: string[]): Promise<{ code: number; said: string }> {
  const lines: string[] = []
  const write = jest.spyOn(process.stdout, 'write').mockImplementation(text => lines.push(String(text)) > 0)
  const code = await runCommand(args).finally(() => write.mockRestore())
  return { code, said: lines.join('') }
}

const promote = (from: string, ...more: string[]) => run('promote', '--from', from, '--workspace', 'promote-to', ...more)
const present = async () => (await desk.publisher.definitions(desk.schema, 'object', null)).map(({ definition }) => definition)

describe('promoting definitions from one workspace to another', () => {
  it('shows what would change, and then does it, with where it came from in the history', async () => {
    const shown = await promote('promote-from', '--check')
    expect(shown).toMatchObject({ code: 0, said: expect.stringContaining('objects/house') })
    expect(await present()).toEqual([])
    expect(await promote('promote-from', '--message', 'houses')).toMatchObject({
      code: 0,
      said: expect.stringContaining('Version 1 is live.'),
    })
    expect(await present()).toMatchObject([house(rooms)])
    expect((await desk.publisher.versions(desk.schema))[0]?.message).toMatch(/^promoted from promote-from, version \d+: houses$/)
    expect(await promote('promote-from')).toMatchObject({ code: 0, said: expect.stringContaining('Nothing differs.') })
  })

  it('tells what was changed meanwhile where it goes, and overwrites that only when asked', async () => {
    await desk.publish([house(rooms, 'Changed here')])
    expect(await promote('promote-from', '--check')).toMatchObject({ code: 1, said: expect.stringContaining('drift  objects/house') })
    expect(await promote('promote-from')).toMatchObject({ code: 1, said: expect.stringContaining('Nothing is promoted.') })
    expect(await present()).toMatchObject([house(rooms, 'Changed here')])
    expect(await promote('promote-from', '--overwrite')).toMatchObject({ code: 0 })
    expect(await present()).toMatchObject([house(rooms)])
  })

  it('reads another installation with the key of an admin', async () => {
    await publish(world.app, world.headers, [house({ ...rooms, built: { type: 'date', label: 'Built' } })])
    await expect(promote(world.app.url)).rejects.toThrow('TESSERA_TOKEN')
    process.env.TESSERA_TOKEN = 'wrong'
    await expect(promote(world.app.url)).rejects.toThrow(/answered/)
    process.env.TESSERA_TOKEN = key
    expect(await promote(world.app.url)).toMatchObject({ code: 0, said: expect.stringContaining('objects/house/fields/built') })
    expect((await desk.publisher.versions(desk.schema))[0]?.message).toMatch(/^promoted from 127\.0\.0\.1:\d+, version \d+$/)
  })

  it('asks before values are lost, and refuses what is not sound', async () => {
    await desk.insert('house', [{ name: 'one', rooms: 3 }])
    await publish(world.app, world.headers, [house({ built: { type: 'date', label: 'Built' } })])
    expect(await promote('promote-from', '--overwrite')).toMatchObject({ code: 1, said: expect.stringContaining('CONFIRM_NEEDED') })
    expect(await promote('promote-from', '--overwrite', '--confirm', 'objects/house/fields/rooms')).toMatchObject({ code: 0 })
    await expect(promote('promote-to')).rejects.toThrow('into itself')
  })
})

describe('what leaves a workspace as definitions', () => {
  it('holds no member, key, secret, setting or record', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tessera-promote-'))
    try {
      await world.get('mutation { createHouse(data: { name: "A house of a record" }) { id } }')
      expect(await run('export', folder, '--workspace', 'promote-from')).toMatchObject({ code: 0 })
      const files = readAppFolder(join(folder, 'app')).map(({ path }) => readFileSync(join(folder, 'app', path), 'utf8'))
      expect(files.length).toBeGreaterThan(1)
      const { database, workspace } = world.app
      const secrets = await database.pool.query<{ text: string }>(
        `select password_hash as text from tessera.account union all select token_hash from tessera.api_key union all select email from tessera.account`,
      )
      const kept = [key, process.env.DATABASE_URL ?? '', workspace.id, 'A house of a record', ...secrets.rows.map(({ text }) => text)]
      for (const secret of kept) expect(files.filter(file => secret !== null && file.includes(secret))).toEqual([])
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
