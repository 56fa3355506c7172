import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { sql, workspaceTable } from '../../platform/sql/sql.js'
import { rowsIn } from '../../runtime/database/rows-in.js'
import { schemaOf } from '../../runtime/database/schema.js'
import { dataOf, post } from '../support/app.js'
import { until } from '../support/follow-up.js'
import { type RecordsWorld, recordsWorld } from '../support/records.js'
import { driftsIn } from './computed-drifts.js'

/** Many items have one tariff, which a kept formula of each reads; shelves sum the items up. */
const definitions = [
  {
    object: 'tariff',
    plural: 'tariffs',
    label: 'Tariff',
    title: 'name',
    fields: { name: { type: 'text', label: 'Name' }, factor: { type: 'decimal', label: 'Factor' } },
  },
  {
    object: 'shelf',
    plural: 'shelves',
    label: 'Shelf',
    title: 'name',
    fields: {
      name: { type: 'text', label: 'Name' },
      total: { type: 'rollup', label: 'Total', of: 'items', function: 'sum', field: 'value' },
    },
  },
  {
    object: 'item',
    plural: 'items',
    label: 'Item',
    title: 'name',
    fields: {
      name: { type: 'text', label: 'Name' },
      amount: { type: 'decimal', label: 'Amount' },
      tariff: { type: 'lookup', label: 'Tariff', to: 'tariff', inverse: 'items' },
      shelf: { type: 'lookup', label: 'Shelf', to: 'shelf', inverse: 'items' },
      value: {
        type: 'formula',
        label: 'Value',
        returns: 'decimal',
        stored: true,
        rule: { '*': [{ var: 'amount' }, { var: 'tariff.factor' }] },
      },
    },
  },
]

let world: RecordsWorld
const tariffs: string[] = []
beforeAll(async () => {
  world = await recordsWorld('recomputing', definitions)
  const idsOf = async (type: string, data: readonly unknown[]) =>
    (
      await world.get<{ nodes: { id: string }[] }>(
        `mutation($data: [${type}Create!]!) { create${type === 'Shelf' ? 'Shelves' : `${type}s`}(data: $data) { nodes { id } } }`,
        { data },
      )
    ).nodes.map(({ id }) => id)
  tariffs.push(
    ...(await idsOf('Tariff', [
      { name: 'Many', factor: '2' },
      { name: 'Few', factor: '2' },
    ])),
  )
  const shelves = await idsOf('Shelf', [{ name: 'A' }, { name: 'B' }])
  const items = Array.from({ length: 1_250 }, (_, n) => ({
    name: `Item ${n}`,
    amount: String(n % 10),
    tariffId: tariffs[n < 1_200 ? 0 : 1],
    shelfId: shelves[n % 2],
  }))
  await idsOf('Item', items)
})
afterAll(() => world.app.close())

const setFactor = (which: number, factor: string) =>
  world.get('mutation($id: ID!, $factor: Decimal!) { updateTariff(id: $id, data: { factor: $factor }) { id } }', {
    id: tariffs[which],
    factor,
  })
const sums = async () =>
  (await world.get<{ keys: [string]; sum: { value: string } }[]>('{ itemsAggregate(groupBy: [{ tariffId: {} }]) { keys sum { value } } }'))
    .map(({ keys, sum }) => [tariffs.indexOf(keys[0]), sum.value])
    .sort()
const recalculating = async () =>
  dataOf<{ object: string; field: string; done: number; total: number | null }[]>(
    await post(`${world.app.url}/platform`, '{ recalculating(object: "item") { object field done total } }', {}, world.headers),
    'recalculating',
  )
const settled = () => until(recalculating, open => open.length === 0)
const drift = async () => (await driftsIn(world)).drifts

describe('a change that very many records follow', () => {
  it('is answered at once; the records follow by a job whose progress can be seen', async () => {
    await setFactor(0, '3')
    const open = await recalculating()
    expect(open).toMatchObject([{ object: 'item', field: 'value' }])
    await settled()
    expect(await sums()).toEqual([
      [0, '16200'],
      [1, '450'],
    ])
    expect(await drift()).toEqual([])
  })

  it('of few is followed in its own transaction', async () => {
    await setFactor(1, '4')
    expect(await recalculating()).toEqual([])
    expect((await sums())[1]).toEqual([1, '900'])
  })

  it('several times, also while the job works, ends with what was written last', async () => {
    for (const factor of ['5', '6', '7', '8']) {
      await setFactor(0, factor)
      await new Promise(resolve => setTimeout(resolve, 150))
    }
    await settled()
    expect((await sums())[0]).toEqual([0, '43200'])
    expect(await drift()).toEqual([])
  })

  it('makes events of the records that follow, and no history', async () => {
    // all but each tenth, which amounts to nothing; changes that come while a job works may be followed together, so each has one event or more
    const [counts] = await rowsIn<{ records: number; history: number }>(
      world.app.database.pool,
      schemaOf(world.app.workspace.slug),
      sql`select (select count(distinct record)::int from ${workspaceTable('_outbox')} where object = 'item' and event = 'updated' and 'value' = any(fields)) as records,
        (select count(*)::int from ${workspaceTable('_history')} where object = 'item' and action = 'updated') as history`,
    )
    expect(counts?.records).toBe(1_125)
    expect(counts?.history).toBe(0)
  })
})
