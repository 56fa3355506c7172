import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { sql, workspaceTable } from '../../platform/sql/sql.js'
import { rowsIn } from '../../runtime/database/rows-in.js'
import { schemaOf } from '../../runtime/database/schema.js'
import { Finisher } from '../../runtime/publishing/finisher.js'
import { DriftWatch } from '../../runtime/recomputing/drift-watch.js'
import { dataOf, post } from '../support/app.js'
import { until } from '../support/follow-up.js'
import { publish } from '../support/publish.js'
import { type RecordsWorld, recordsWorld } from '../support/records.js'
import { driftsIn } from './computed-drifts.js'

describe('computed fields', () => {
  const box = (more: object = {}) => ({
    object: 'box',
    plural: 'boxes',
    label: 'Box',
    fields: { name: { type: 'text', label: 'Name' }, limit: { type: 'decimal', label: 'Limit' }, ...more },
    rules: [
      {
        rule: 'withinLimit',
        at: ['limit'],
        message: { en: 'The things weigh more than the limit.', 'zh-CN': '物品总重超过上限。' },
        must: { or: [{ '==': [{ var: 'limit' }, null] }, { '<=': [{ var: 'weight' }, { var: 'limit' }] }] },
      },
    ],
  })
  const thing = {
    object: 'thing',
    plural: 'things',
    label: 'Thing',
    fields: {
      name: { type: 'text', label: 'Name' },
      weight: { type: 'decimal', label: 'Weight' },
      box: { type: 'lookup', label: 'Box', to: 'box', inverse: 'things', onDelete: 'setNull' },
    },
  }
  const weight = { type: 'rollup', label: 'Weight', of: 'things', function: 'sum', field: 'weight' }

  let world: RecordsWorld
  const ids: string[] = []
  beforeAll(async () => {
    world = await recordsWorld('computed-publish', [{ ...box(), rules: [] }, thing])
    for (const name of ['A', 'B', 'C'])
      ids.push((await world.get<{ id: string }>(`mutation { createBox(data: { name: "${name}" }) { id } }`)).id)
    for (let index = 0; index < 30; index++)
      await world.get(`mutation { createThing(data: { weight: "${index}.5", boxId: "${ids[index % 3]}" }) { id } }`)
  })
  afterAll(async () => world?.app.close())

  const weights = async () =>
    (await world.get<{ nodes: { weight: string }[] }>('{ boxes(orderBy: [{ name: ASC }]) { nodes { weight } } }')).nodes.map(
      one => one.weight,
    )
  const finished = () => world.app.app.get(Finisher).finish('w_computed_publish')

  describe('publishing computed fields over records that are there', () => {
    it('computes a new rollup of every record, while others write', async () => {
      await publish(world.app, world.headers, [box({ weight })])
      await world.get(`mutation { createThing(data: { weight: "1000", boxId: "${ids[0]}" }) { id } }`)
      await finished()
      expect(await weights()).toEqual(['1140', '150', '160'])
      expect((await driftsIn(world)).drifts).toEqual([])
    })

    it('computes it anew when its filter changes, and a stored formula that reads it with it', async () => {
      const half = { type: 'formula', label: 'Half', returns: 'decimal', stored: true, rule: { '/': [{ var: 'weight' }, 2] } }
      await publish(world.app, world.headers, [box({ weight: { ...weight, where: { '<': [{ var: 'weight' }, 100] } }, half })])
      await finished()
      expect(await weights()).toEqual(['140', '150', '160'])
      const { nodes } = await world.get<{ nodes: object[] }>('{ boxes(orderBy: [{ name: ASC }]) { nodes { half } } }')
      expect(nodes).toEqual([{ half: '70' }, { half: '75' }, { half: '80' }])
      expect((await driftsIn(world)).drifts).toEqual([])
    })

    it('is looked at again in the night, and what differs is told', async () => {
      const watch = world.app.app.get(DriftWatch)
      const schema = schemaOf(world.app.workspace.slug)
      const pool = world.app.database.pool
      const nights = ['2100-01-01T03:30:00Z', '2100-01-02T02:30:00Z', '2100-01-02T03:30:00Z'].map(text => new Date(text))
      const checks = async () => {
        const query = '{ keptChecks(first: 9) { day seen differing drifts { object field id } } }'
        return dataOf<object[]>(await post(`${world.app.url}/platform`, query, {}, world.headers), 'keptChecks')
      }
      await watch.work(schema, new Date())
      expect(await checks()).toEqual([])
      for (const at of nights) await Promise.all([watch.work(schema, at), watch.work(schema, at)])
      // no night is looked at twice, and none before three in the morning
      expect(await checks()).toEqual([
        { day: '2100-01-02', seen: 6, differing: 0, drifts: [] },
        { day: '2100-01-01', seen: 6, differing: 0, drifts: [] },
      ])
      await pool.query(`update "${schema}".box set weight = 7 where id = $1`, [ids[1]])
      await watch.work(schema, new Date('2100-01-03T04:00:00Z'))
      const drifts = [
        { object: 'box', field: 'half', id: ids[1] },
        { object: 'box', field: 'weight', id: ids[1] },
      ]
      const [last] = await checks()
      expect(last).toMatchObject({ day: '2100-01-03', seen: 6, differing: 2, drifts: expect.arrayContaining(drifts) })
      await pool.query(`update "${schema}".box set weight = 150 where id = $1`, [ids[1]])
    })

    it('keeps a rule over the parent against every way in: a child that breaks it is refused', async () => {
      await world.get(`mutation { updateBox(id: "${ids[1]}", data: { limit: "151" }) { id } }`)
      const add = (weight: string) =>
        world.ask('mutation($data: ThingCreate!) { createThing(data: $data) { id } }', { data: { weight, boxId: ids[1] } })
      expect((await add('2')).body.errors?.[0]?.extensions).toMatchObject({
        code: 'VALIDATION_FAILED',
        issues: [{ code: 'RULE_VIOLATED', message: 'The things weigh more than the limit.' }],
      })
      const answers = await Promise.all(Array.from({ length: 20 }, () => add('0.1')))
      expect(answers.filter(({ body }) => !body.errors)).toHaveLength(10)
      expect((await weights())[1]).toBe('151')
    })

    it('refuses what cannot be kept', async () => {
      const bad = {
        far: { ...weight, where: { '==': [{ var: 'box.name' }, 'A'] } },
        moment: { ...weight, where: { '<': [{ var: 'createdAt' }, { var: 'now' }] } },
        children: { ...weight, of: 'thingz' },
        unfit: { ...weight, field: 'name' },
        bare: { type: 'rollup', label: 'Bare', of: 'things' },
        late: { type: 'formula', label: 'Late', returns: 'date', stored: true, rule: { var: 'today' } },
        round: { type: 'formula', label: 'Round', returns: 'decimal', stored: true, rule: { '+': [{ var: 'circle' }, 1] } },
        circle: { type: 'formula', label: 'Circle', returns: 'decimal', stored: true, rule: { '+': [{ var: 'round' }, 1] } },
      }
      const refusal = await publish(world.app, world.headers, [box({ weight, ...bad })]).then(
        () => '',
        error => String(error),
      )
      expect(refusal).toMatch(/PROPERTY_MISSING[^}]*fields\/bare/)
      for (const said of [
        'ROLLUP_FAR',
        'CHILDREN_UNKNOWN',
        'ROLLUP_UNFIT',
        'KEPT_MOMENT',
        'fields/late/rule',
        'box.circle → box.round → box.circle',
      ])
        expect(refusal).toContain(said)
    })
  })
})

describe('rollups over trees', () => {
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
        whole: {
          type: 'formula',
          label: 'Whole',
          returns: 'integer',
          stored: true,
          rule: { '+': [{ var: ['size', 0] }, { var: 'total' }] },
        },
      },
    },
  ]

  let world: RecordsWorld
  beforeAll(async () => {
    world = await recordsWorld('treerollups', objects)
  })
  afterAll(async () => world?.app.close())

  const unit = async (name: string, size: number, aboveId: string | null = null) =>
    (await world.get<{ id: string }>('mutation($data: UnitCreate!) { createUnit(data: $data) { id } }', { data: { name, size, aboveId } }))
      .id
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
})

describe('many dependants', () => {
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
    (
      await world.get<{ keys: [string]; sum: { value: string } }[]>(
        '{ itemsAggregate(groupBy: [{ tariffId: {} }]) { keys sum { value } } }',
      )
    )
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
})
