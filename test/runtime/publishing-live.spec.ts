import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Models } from '../../runtime/publishing/models.js'
import { type Desk, fieldsOf, openDesk, thing } from '../support/publishing.js'

let desk: Desk

beforeAll(async () => {
  desk = await openDesk('publishing-live')
  await desk.publish([thing({ name: { type: 'text' } })])
})

afterAll(() => desk.close())

/** Asks again until it is so; a test that waits for ever fails by its time limit. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await pause(20)
}

describe('publishing while people work', () => {
  it('fails no read and no write, on the model that each of them began with', async () => {
    let isWorking = true
    const work = async () => {
      let done = 0
      while (isWorking) {
        const live = await desk.models.current(desk.schema)
        const columns = Object.values(fieldsOf(live.model, 'thing')).map(column => `"${column}"`)
        await desk.insert('thing', [{ name: `work ${done}` }])
        await desk.run(`select ${columns.join()} from ${desk.schema}.thing limit 5`)
        done++
      }
      return done
    }
    const workers = [work(), work(), work()]
    for (let number = 1; number <= 8; number++) {
      const fields = {
        name: { type: 'text', index: number % 2 === 0 },
        [`extra${number}`]: { type: number % 2 === 0 ? 'text' : 'integer' },
        parent: { type: 'hierarchy' },
      }
      await desk.publish([thing(fields)])
    }
    isWorking = false
    const done = await Promise.all(workers)
    await desk.finisher.finish(desk.schema)
    expect((await desk.values('thing', 'name')).length).toBe(done.reduce((sum, count) => sum + count))
    expect(await desk.publisher.building(desk.schema)).toEqual([])
  })

  it('lets only one of two publishes from the same version through, when they say from which', async () => {
    const { version } = await desk.models.current(desk.schema)
    const change = (name: string) =>
      desk.publish([thing({ name: { type: 'text' }, [name]: { type: 'text' } })], { expectedVersion: version })
    const results = await Promise.allSettled([change('left'), change('right')])
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(results.find(result => result.status === 'rejected')).toMatchObject({ reason: { code: 'CONFLICT' } })
  })
})

describe('a busy table', () => {
  it('is tried again until it is free, and nobody waits behind the publish', async () => {
    const holder = await desk.database.pool.connect()
    await holder.query('begin')
    await holder.query(`lock table ${desk.schema}.thing in access share mode`)
    const publishing = desk.publish([thing({ name: { type: 'text' }, waited: { type: 'text' } })])
    for (let read = 0; read < 5; read++) {
      await desk.run(`select count(*) from ${desk.schema}.thing`)
      await pause(20)
    }
    await holder.query('commit')
    holder.release()
    await publishing
    expect(fieldsOf((await desk.models.current(desk.schema)).model, 'thing').waited).toBe('waited')
  })

  it('that stays busy refuses the publish and leaves everything as it was', async () => {
    const holder = await desk.database.pool.connect()
    const { version } = await desk.models.current(desk.schema)
    await holder.query('begin')
    await holder.query(`lock table ${desk.schema}.thing in access share mode`)
    await expect(desk.publish([thing({ name: { type: 'text' }, never: { type: 'text' } })])).rejects.toMatchObject({
      code: 'CONFLICT',
      issues: [{ code: 'STORAGE_BUSY' }],
    })
    await holder.query('commit')
    holder.release()
    expect((await desk.models.current(desk.schema)).version).toBe(version)
  })
})

describe('another node', () => {
  it('follows by the signal, and gives the same object until then', async () => {
    const other = new Models(desk.database)
    await other.onModuleInit()
    const before = await other.current(desk.schema)
    expect(await other.current(desk.schema)).toBe(before)
    await desk.publish([thing({ name: { type: 'text' }, followed: { type: 'text' } })])
    await until(async () => (await other.current(desk.schema)).version > before.version)
    await other.onModuleDestroy()
  })

  it('follows without the signal too', async () => {
    const other = new Models(desk.database)
    const before = await other.current(desk.schema)
    await desk.publish([thing({ name: { type: 'text' }, polled: { type: 'text' } })])
    await until(async () => (await other.current(desk.schema)).version > before.version)
    await other.onModuleDestroy()
  })

  it('shares a model between workspaces that are equal, with their profiles', async () => {
    const twin = await openDesk('publishing-twin')
    const first = await desk.models.current(desk.schema)
    await twin.publish(first.elements.map(({ definition }) => definition))
    const [one, two] = [await twin.models.current(desk.schema), await twin.models.current(twin.schema)]
    expect(Object.keys(two.model.objects)).toEqual(Object.keys(one.model.objects))
    expect(twin.models.profile(two, ['b', 'a'])).toBe(twin.models.profile(two, ['a', 'b']))
    await twin.close()
  })
})
