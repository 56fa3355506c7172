import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { readCatalog } from '../../runtime/database/catalog.js'
import { Memory } from '../../runtime/memory/memory.js'
import { contract } from '../../runtime/publishing/contract.js'
import { Models } from '../../runtime/publishing/models.js'
import { type Desk, fieldsOf, openDesk, thing } from '../support/publishing.js'

describe('publishing and going back', () => {
  let desk: Desk

  beforeAll(async () => {
    desk = await openDesk('publishing')
  })

  afterAll(() => desk.close())

  describe('publishing a first version', () => {
    it('makes tables and the version, and the model is live at once', async () => {
      const { version } = await desk.publish([thing({ name: { type: 'text', label: 'Name', search: 5 }, size: { type: 'integer' } })])
      expect(version).toBe(1)
      const live = await desk.models.current(desk.schema)
      expect(live.version).toBe(1)
      expect(live.model.objects.thing?.table).toBe('thing')
      const table = (await readCatalog(desk.database.pool, desk.schema)).find(({ name }) => name === 'thing')
      expect(table?.columns.map(({ name }) => name)).toEqual(
        expect.arrayContaining(['id', 'version', 'deleted_at', 'owner_id', 'name', 'size']),
      )
    })

    it('makes no version when nothing differs', async () => {
      const { version, plan } = await desk.publish([thing({ name: { type: 'text', label: 'Name', search: 5 }, size: { type: 'integer' } })])
      expect({ version, plan }).toEqual({ version: 1, plan: [] })
    })
  })

  describe('renaming', () => {
    it('is metadata only: table and column keep their names', async () => {
      await desk.insert('thing', [{ name: 'one', size: 7 }])
      await desk.publish([thing({ title: { type: 'text', label: 'Name', was: ['name'], search: 5 }, size: { type: 'integer' } })])
      const live = await desk.models.current(desk.schema)
      expect(fieldsOf(live.model, 'thing')).toMatchObject({ title: 'name', size: 'size' })
      expect(await desk.values('thing', 'name')).toEqual(['one'])
    })
  })

  describe('changing a type', () => {
    it('carries values into a new column, and asks before it loses those that do not fit', async () => {
      await desk.insert('thing', [{ name: '12' }, { name: ' 1,000 ' }])
      const change = [thing({ title: { type: 'integer', label: 'Name', was: ['name'] }, size: { type: 'integer' } })]
      const check = await desk.publisher.check({ put: change, remove: [] }, desk.schema)
      expect(check.plan).toMatchObject([
        { do: 'retype', path: 'objects/thing/fields/title', count: 1, confirm: 'objects/thing/fields/title' },
      ])
      await expect(desk.publish(change)).rejects.toMatchObject({
        code: 'VALIDATION_FAILED',
        issues: [{ code: 'CONFIRM_NEEDED', path: 'objects/thing/fields/title' }],
      })
      expect((await desk.models.current(desk.schema)).version).toBe(2)
      await desk.publish(change, { confirm: ['objects/thing/fields/title'] })
      await desk.finisher.finish(desk.schema)
      const live = await desk.models.current(desk.schema)
      const column = fieldsOf(live.model, 'thing').title ?? ''
      expect(column).toBe('title')
      expect((await desk.values('thing', column)).sort()).toEqual([1000, 12, null])
      expect(await desk.values('thing', 'name')).toHaveLength(3)
    })

    it('brings the old values back when one goes back', async () => {
      const { version } = await desk.publisher.rollback(2, null, desk.schema, null)
      expect(version).toBe(4)
      await desk.finisher.finish(desk.schema)
      const live = await desk.models.current(desk.schema)
      expect(fieldsOf(live.model, 'thing').title).toBe('name')
      expect((await desk.values('thing', 'name')).sort()).toEqual([' 1,000 ', '12', 'one'])
    })
  })

  describe('removing', () => {
    it('asks when values are lost, and the same field comes back with them', async () => {
      const without = [thing({ title: { type: 'text', label: 'Name', was: ['name'], search: 5 } })]
      await expect(desk.publish(without)).rejects.toMatchObject({
        issues: [{ code: 'CONFIRM_NEEDED', path: 'objects/thing/fields/size', params: { loses: { en: '1 value, kept for 30 days' } } }],
      })
      await desk.publish(without, { confirm: ['objects/thing/fields/size'] })
      const again = [thing({ title: { type: 'text', label: 'Name', was: ['name'], search: 5 }, size: { type: 'integer' } })]
      await desk.publish(again)
      const live = await desk.models.current(desk.schema)
      expect(fieldsOf(live.model, 'thing').size).toBe('size')
      expect((await desk.values('thing', 'size')).filter(value => value !== null)).toEqual([7])
    })

    it('refuses to make a field unique whose values are not', async () => {
      await desk.insert('thing', [{ size: 7 }])
      const unique = [thing({ title: { type: 'text', label: 'Name', was: ['name'], search: 5 }, size: { type: 'integer', unique: true } })]
      await expect(desk.publish(unique)).rejects.toMatchObject({
        issues: [{ code: 'VALUES_DOUBLE', path: 'objects/thing/fields/size/unique', params: { count: 1, example: '7' } }],
      })
    })
  })

  describe('what comes after the switch', () => {
    it('builds indexes and validates keys, and then nothing is left', async () => {
      await desk.publish([
        { object: 'part', plural: 'parts', label: 'Part', fields: { name: { type: 'text' } } },
        thing({
          title: { type: 'text', label: 'Name', was: ['name'], search: 5 },
          size: { type: 'integer', index: true },
          part: { type: 'lookup', to: 'part', onDelete: 'restrict' },
        }),
      ])
      await desk.finisher.finish(desk.schema)
      expect(await desk.publisher.building(desk.schema)).toEqual([])
      const table = (await readCatalog(desk.database.pool, desk.schema)).find(({ name }) => name === 'thing')
      expect(table?.indexes.filter(({ valid }) => valid).map(({ name }) => name)).toEqual(
        expect.arrayContaining(['thing_size_list', 'thing_part_id_list']),
      )
      expect(table?.constraints).toContainEqual(expect.objectContaining({ name: 'thing_part_id_fk', validated: true }))
    })

    it('takes up an index whose building broke off', async () => {
      await desk.run(`drop index ${desk.schema}.thing_size_list`)
      await desk.insert('thing', [{ size: 1 }, { size: 1 }])
      await desk.run(`create unique index concurrently thing_size_list on ${desk.schema}.thing (size)`).catch(() => undefined)
      await desk.run(`update ${desk.schema}._job set state = 'waiting', attempts = 0 where kind = 'publish.finish'`)
      expect(await desk.publisher.building(desk.schema)).toMatchObject([{ do: 'createIndex', name: 'thing_size_list' }])
      await desk.finisher.finish(desk.schema)
      const table = (await readCatalog(desk.database.pool, desk.schema)).find(({ name }) => name === 'thing')
      expect(table?.indexes.find(({ name }) => name === 'thing_size_list')).toMatchObject({ valid: true })
    })
  })

  describe('a stale draft', () => {
    it('is refused with the present version', async () => {
      const present = (await desk.models.current(desk.schema)).version
      await expect(desk.publish([thing({ name: { type: 'text' } })], { expectedVersion: present - 1 })).rejects.toMatchObject({
        code: 'CONFLICT',
        issues: [{ code: 'VERSION_STALE', params: { present } }],
      })
    })

    it('knows its history', async () => {
      const versions = await desk.publisher.versions(desk.schema)
      expect(versions[0]).toMatchObject({ author: null, publishedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) })
      await expect(desk.publisher.rollback(99, null, desk.schema, randomUUID())).rejects.toMatchObject({ code: 'NOT_FOUND' })
    })
  })
})

describe('dropping what is long gone', () => {
  let desk: Desk

  beforeAll(async () => {
    desk = await openDesk('publishing-contract')
  })

  afterAll(() => desk.close())

  /** Moves everything published so far into the past. */
  const age = (days: number) =>
    desk.run(`update ${desk.schema}._version set published_at = published_at - make_interval(days => $1)`, [days])
  const contractNow = () => contract(desk.database.pool, desk.schema, new Date())

  describe('the contract phase', () => {
    it('keeps what was in use within 30 days, drops the rest for good, and a dropped field can be made anew', async () => {
      const part = { object: 'part', plural: 'parts', label: 'Part', fields: { name: { type: 'text' } } }
      const whole = [part, thing({ name: { type: 'text' }, size: { type: 'integer', unique: true }, part: { type: 'lookup', to: 'part' } })]
      await desk.publish(whole)
      await desk.insert('thing', [{ name: 'a', size: 1 }])
      await desk.finisher.finish(desk.schema)
      await age(100)
      await desk.publish([thing({ name: { type: 'text' } })], {
        remove: [{ kind: 'object', name: 'part' }],
        confirm: ['objects/thing/fields/size'],
      })
      await age(29)
      expect(await contractNow()).toEqual([])
      await age(2)
      expect(await contractNow()).toEqual([
        { do: 'dropTable', table: 'part' },
        { do: 'dropColumn', table: 'thing', column: 'size' },
        { do: 'dropColumn', table: 'thing', column: 'part_id' },
      ])
      expect(await contractNow()).toEqual([])
      await desk.publish(whole)
      expect(await desk.values('thing', 'size')).toEqual([null])
      await desk.finisher.finish(desk.schema)
      expect(await desk.publisher.building(desk.schema)).toEqual([])
    })
  })
})

describe('publishing while the product is in use', () => {
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
      const other = new Models(desk.database, new Memory(67_108_864))
      await other.onModuleInit()
      const before = await other.current(desk.schema)
      expect(await other.current(desk.schema)).toBe(before)
      await desk.publish([thing({ name: { type: 'text' }, followed: { type: 'text' } })])
      await until(async () => (await other.current(desk.schema)).version > before.version)
      await other.onModuleDestroy()
    })

    it('follows without the signal too', async () => {
      const other = new Models(desk.database, new Memory(67_108_864))
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
})

describe('publishing over what records hold', () => {
  const named = (object: string, plural: string, fields: object = {}) => ({
    object,
    plural,
    label: object,
    title: 'name',
    fields: { name: { type: 'text', label: 'Name' }, ...fields },
  })
  const text = (label: string) => ({ type: 'text', label })

  let desk: Desk
  beforeAll(async () => {
    desk = await openDesk('over')
    await desk.publish([
      named('house', 'houses', { code: { ...text('Code'), unique: true } }),
      named('boat', 'boats'),
      named('note', 'notes', {
        place: text('Place'),
        boat: { type: 'lookup', label: 'Boat', to: 'boat', inverse: 'notes' },
        size: { type: 'integer', label: 'Size' },
        kept: text('Kept'),
      }),
    ])
  })
  afterAll(async () => desk?.close())

  const house = (number: number) => `019a0000-0000-7000-8000-00000000000${number}`
  const boat = '019a0000-0000-7000-8000-0000000000b1'

  describe('publishing newer definitions over records', () => {
    const newer = [
      named('yard', 'yards'),
      named('note', 'notes', {
        place: { type: 'lookup', label: 'Place', to: 'house', inverse: 'notes' },
        about: { type: 'polymorphic', label: 'About', to: ['yard', 'boat'], inverse: 'about', was: ['boat'] },
        kept: text('Kept'),
        yard: { type: 'lookup', label: 'Yard', to: 'yard' },
      }),
    ]
    const paths = ['objects/note/fields/place', 'objects/note/fields/size']

    beforeAll(async () => {
      await desk.insert('house', [
        { id: house(1), name: 'Mill', code: 'm' },
        { id: house(2), name: 'Twin', code: 't1' },
        { id: house(3), name: 'Twin', code: 't2' },
        { id: house(4), name: 'Gone', deleted_at: new Date() },
      ])
      await desk.insert('boat', [{ id: boat, name: 'Ark' }])
      await desk.insert('note', [
        { name: 'byTitle', place: ' Mill ', boat_id: boat, size: 3, kept: 'a' },
        { name: 'byCode', place: 't2', kept: 'b' },
        { name: 'several', place: 'Twin', boat_id: boat },
        { name: 'deleted', place: 'Gone' },
        { name: 'none', place: 'Nowhere' },
        { name: 'id', place: '019a0000-0000-7000-8000-0000000000ff' },
        { name: 'empty' },
      ])
    })

    it('counts what does not convert and what is lost, and keeps everything as it is until that is confirmed', async () => {
      const { plan, issues } = await desk.publisher.check({ put: newer, remove: [] }, desk.schema)
      expect(issues).toEqual([])
      const losing = plan.flatMap(step => (step.confirm ? [`${step.do} ${step.confirm} ${step.count}`] : []))
      expect(losing.sort()).toEqual(['remove objects/note/fields/size 1', 'retype objects/note/fields/place 4'])
      await expect(desk.publish(newer)).rejects.toMatchObject({ code: 'VALIDATION_FAILED', issues: paths.map(path => ({ path })) })
      await expect(desk.publish(newer, { confirm: paths.slice(0, 1) })).rejects.toMatchObject({
        issues: [{ code: 'CONFIRM_NEEDED', path: paths[1] }],
      })
      expect((await desk.models.current(desk.schema)).version).toBe(1)
    })

    it('takes over texts that name one record, keeps what a relation pointed at among several objects, and hurts nothing else', async () => {
      await desk.publish(newer, { confirm: paths })
      await desk.finisher.finish(desk.schema)
      expect(await desk.publisher.building(desk.schema)).toEqual([])
      const rows = await desk.run(
        `select name, place_id, about_id, about_type, kept, place, boat_id, size from ${desk.schema}.note order by id`,
      )
      const pick = (key: string) => Object.fromEntries(rows.map(row => [row.name, row[key]]).filter(([, value]) => value !== null))
      expect(pick('place_id')).toEqual({ byTitle: house(1), byCode: house(3) })
      expect(pick('about_id')).toEqual({ byTitle: boat, several: boat })
      expect(pick('about_type')).toEqual({ byTitle: 'boat', several: 'boat' })
      expect(pick('kept')).toEqual({ byTitle: 'a', byCode: 'b' })
    })

    it('goes back with the old values', async () => {
      await desk.publisher.rollback(1, null, desk.schema, null)
      await desk.finisher.finish(desk.schema)
      const rows = await desk.run(`select name, place, boat_id, size from ${desk.schema}.note where name = 'byTitle'`)
      expect(rows).toEqual([{ name: 'byTitle', place: ' Mill ', boat_id: boat, size: 3 }])
    })
  })
})

describe('publishing what is there already', () => {
  let desk: Desk

  beforeAll(async () => {
    desk = await openDesk('publishing-again')
  })

  afterAll(() => desk.close())

  it('finds no difference in the order in which somebody wrote keys', async () => {
    const rule = { when: { '==': [{ var: 'size' }, 3] }, help: 'Three' }
    const options = [
      { value: 'a', label: 'A', color: 'green' },
      { color: 'red', label: 'B', value: 'b' },
    ]
    const phase = { helpWhen: [rule], options, label: 'Phase', type: 'select' }
    const turned = {
      type: 'select',
      label: 'Phase',
      options: options.map(option => Object.fromEntries(Object.entries(option).reverse())),
      helpWhen: [{ help: 'Three', when: rule.when }],
    }
    const of = (field: object) => ({ ...thing({ size: { type: 'integer' }, phase: field }), object: 'turned', plural: 'turneds' })
    await desk.publish([of(phase)])
    const nothing = { issues: [], plan: [], impact: [] }
    expect(await desk.publisher.check({ put: [], remove: [] }, desk.schema)).toMatchObject(nothing)
    expect(await desk.publisher.check({ put: [of(turned)], remove: [] }, desk.schema)).toMatchObject(nothing)
  })
})
