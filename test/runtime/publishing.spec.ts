import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { readCatalog } from '../../runtime/database/catalog.js'
import { type Desk, fieldsOf, openDesk, thing } from '../support/publishing.js'

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
