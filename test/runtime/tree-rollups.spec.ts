import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type RecordsWorld, recordsWorld } from '../support/records.js'
import { driftsIn } from './computed-drifts.js'

const under = (name: string, more: object = {}) => ({ type: 'rollup', label: name, of: 'below', tree: true, function: name, ...more })
const objects = [
  {
    object: 'unit',
    plural: 'units',
    label: 'Unit',
    title: 'name',
    fields: {
      name: { type: 'text', label: 'Name' },
      size: { type: 'integer', label: 'Size' },
      above: { type: 'hierarchy', label: 'Above', inverse: 'below', onDelete: 'setNull' },
      count: under('count'),
      total: under('sum', { field: 'size' }),
      biggest: under('max', { field: 'size' }),
      whole: { type: 'formula', label: 'Whole', returns: 'integer', stored: true, rule: { '+': [{ var: ['size', 0] }, { var: 'total' }] } },
    },
  },
]

let world: RecordsWorld
beforeAll(async () => {
  world = await recordsWorld('treerollups', objects)
})
afterAll(async () => world?.app.close())

const unit = async (name: string, size: number, aboveId: string | null = null) =>
  (await world.get<{ id: string }>('mutation($data: UnitCreate!) { createUnit(data: $data) { id } }', { data: { name, size, aboveId } })).id
const update = (id: string, data: object) =>
  world.get('mutation($id: ID!, $data: UnitUpdate!) { updateUnit(id: $id, data: $data) { id } }', { id, data })
const read = async (id: string) => {
  const found = await world.get<Record<string, unknown>>('query($id: ID!) { unit(id: $id) { count total biggest whole } }', { id })
  return [found.count, Number(found.total), found.biggest === null ? null : Number(found.biggest), Number(found.whole)]
}

describe('a rollup over all records below in a tree', () => {
  it('counts at any depth, not the record itself, and follows values, moves, deletions and returns', async () => {
    const top = await unit('top', 1)
    const other = await unit('other', 100)
    const middle = await unit('middle', 10, top)
    const leaf = await unit('leaf', 5, middle)
    await unit('second leaf', 3, middle)
    expect(await read(top)).toEqual([3, 18, 10, 19])
    expect(await read(middle)).toEqual([2, 8, 5, 18])
    expect(await read(leaf)).toEqual([0, 0, null, 5])

    await update(leaf, { size: 50 })
    expect(await read(top)).toEqual([3, 63, 50, 64])

    await update(middle, { aboveId: other })
    expect(await read(top)).toEqual([0, 0, null, 1])
    expect(await read(other)).toEqual([3, 63, 50, 163])

    await world.get('mutation($id: ID!) { deleteUnit(id: $id) { id } }', { id: middle })
    expect(await read(other)).toEqual([0, 0, null, 100])
    await world.get('mutation($id: ID!) { restoreUnit(id: $id) { id } }', { id: middle })
    expect(await read(other)).toEqual([3, 63, 50, 163])
    expect((await driftsIn(world)).drifts).toEqual([])
  })

  it('stays right while branches move and values change at once', async () => {
    const tops = await Promise.all(['a', 'b', 'c'].map(name => unit(name, 0)))
    const branches = await Promise.all(tops.map((top, at) => unit(`branch ${at}`, 1, top)))
    const leaves = await Promise.all(branches.map((branch, at) => unit(`leaf ${at}`, at, branch)))
    const moves = branches.flatMap((branch, at) => [
      update(branch, { aboveId: tops[(at + 1) % 3] }),
      update(branch, { aboveId: tops[(at + 2) % 3] }),
    ])
    const changes = leaves.map((leaf, at) => update(leaf, { size: at + 11 }))
    await Promise.all([...moves, ...changes])
    expect((await driftsIn(world)).drifts).toEqual([])
    const totals = await Promise.all(tops.map(read))
    expect(totals.reduce((sum, [, total]) => sum + Number(total), 0)).toBe(3 + 11 + 12 + 13)
  })
})
