import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { contract } from '../../runtime/publishing/contract.js'
import { type Desk, openDesk, thing } from '../support/publishing.js'

let desk: Desk

beforeAll(async () => {
  desk = await openDesk('publishing-contract')
})

afterAll(() => desk.close())

/** Moves everything published so far into the past. */
const age = (days: number) => desk.run(`update ${desk.schema}._version set published_at = published_at - make_interval(days => $1)`, [days])
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
