import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { newId } from '../../runtime/database/id.js'
import { backfill, mendLate } from '../../runtime/publishing/backfill.js'
import { type Desk, openDesk, thing } from '../support/publishing.js'

describe('what is written while values are carried into the column of another type', () => {
  const [carried, late, emptied, anew] = [newId(), newId(), newId(), newId()]
  let desk: Desk

  /** A write of a node, as its history tells it. */
  const write = async (id: string, column: string, value: unknown) => {
    await desk.run(`update ${desk.schema}.thing set "${column}" = $2 where id = $1`, [id, value])
    await desk.run(
      `insert into ${desk.schema}._history (id, object, record, version, at, action, before, after) values ($1, 'thing', $2, 2, now(), 'updated', '{}', $3)`,
      [newId(), id, JSON.stringify({ size: value })],
    )
  }

  beforeAll(async () => {
    desk = await openDesk('publishing-late')
    await desk.publish([thing({ size: { type: 'text', label: 'Size' } })])
    await desk.insert(
      'thing',
      [carried, late, emptied, anew].map(id => ({ id, size: '1' })),
    )
    await desk.publish([thing({ size: { type: 'integer', label: 'Size' } })])
    await desk.finisher.finish(desk.schema)
  })
  afterAll(() => desk.close())

  it('stands in the end as it was said last, whichever version said it', async () => {
    await write(late, 'size', '7')
    await write(emptied, 'size_2', null)
    await write(anew, 'size_2', 9)
    const place = { object: 'thing', field: 'size' }
    const move = { from: { version: 1, ...place }, to: { version: 2, ...place } }
    const { pool } = desk.database
    // as a program does that takes the job up again
    for (let time = 0; time < 2; time++) {
      await backfill(pool, desk.schema, move)
      await mendLate(pool, desk.schema, move)
    }
    const rows = await desk.run(`select id, size_2 as size from ${desk.schema}.thing`)
    expect(Object.fromEntries(rows.map(({ id, size }) => [id, size]))).toEqual({ [carried]: 1, [late]: 7, [emptied]: null, [anew]: 9 })
  })
})
