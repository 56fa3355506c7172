import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Desk, openDesk } from '../support/publishing.js'

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
