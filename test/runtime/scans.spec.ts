import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { PoolClient } from 'pg'
import type { ObjectModel } from '../../platform/model/model.js'
import { chosen } from '../../platform/query/filter.js'
import type { Where } from '../../platform/query/plan.js'
import { from, queryContext, unrestricted } from '../../platform/query/source.js'
import type { RowInput } from '../../platform/records/input.js'
import { render, sql, valuesOf } from '../../platform/sql/sql.js'
import { Models } from '../../runtime/publishing/models.js'
import { removeRecords } from '../../runtime/records/remove.js'
import type { WriteContext } from '../../runtime/records/write-context.js'
import { Writer } from '../../runtime/records/writer.js'
import { type RecordsWorld, recordsWorld } from '../support/records.js'

const rollup = (of: string, name: string, more: object = {}) => ({ type: 'rollup', label: name, of, function: name, ...more })
const number = { type: 'integer', label: 'Number' }
const counted = { '==': [{ var: 'kind' }, 'a'] }
const definitions = [
  {
    object: 'bin',
    plural: 'bins',
    label: 'Bin',
    title: 'name',
    fields: {
      name: { type: 'text', label: 'Name' },
      factor: number,
      least: rollup('parts', 'min', { field: 'size' }),
      most: rollup('parts', 'max', { field: 'size', where: counted }),
      first: rollup('parts', 'first', { field: 'name', by: 'day' }),
      last: rollup('parts', 'last', { field: 'size', by: 'day', where: counted }),
      kinds: rollup('parts', 'countDistinct', { field: 'kind' }),
      names: rollup('parts', 'concat', { field: 'name', by: 'name' }),
      total: rollup('parts', 'sum', { field: 'size', where: counted }),
      fanMost: rollup('fans', 'max', { field: 'size' }),
      fans: { type: 'manyToMany', label: 'Fans', to: 'part', inverse: 'likes' },
    },
  },
  {
    object: 'part',
    plural: 'parts',
    label: 'Part',
    title: 'name',
    fields: {
      name: { type: 'text', label: 'Name' },
      kind: { type: 'text', label: 'Kind' },
      code: { type: 'text', label: 'Code', unique: true },
      size: number,
      day: { type: 'date', label: 'Day' },
      until: { type: 'date', label: 'Until' },
      bin: { type: 'lookup', label: 'Bin', to: 'bin', inverse: 'parts', onDelete: 'setNull' },
      above: { type: 'hierarchy', label: 'Above', inverse: 'below' },
      mostBelow: rollup('below', 'max', { field: 'size', tree: true }),
      weight: {
        type: 'formula',
        label: 'Weight',
        returns: 'decimal',
        stored: true,
        rule: { '*': [{ var: 'size' }, { var: 'bin.factor' }] },
      },
    },
    unique: [{ unique: 'onceADay', fields: ['bin', 'code'] }],
    indexes: [{ index: 'latestOfKind', fields: [{ field: 'kind' }, { field: 'day', direction: 'desc' }] }],
    ranges: [{ range: 'term', from: 'day', to: 'until', per: ['code'] }],
    rules: [{ rule: 'fewBelow', message: 'Too many.', must: { '<': [{ count: [{ var: 'below' }] }, 1000] } }],
  },
] as const

const [parts, bins] = [100_000, 5_000]
const id = (kind: number, n: string) => `('0190000${kind}-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`
const idOf = (kind: number, n: number) => `0190000${kind}-0000-7000-8000-${n.toString(16).padStart(12, '0')}`

let world: RecordsWorld
beforeAll(async () => {
  world = await recordsWorld('scans', definitions)
  const { pool } = world.app.database
  const base = 'id, version, created_at, updated_at'
  const run = (text: string) => pool.query(text.replaceAll('§', 'w_scans'))
  await run(
    `insert into §.bin (${base}, name, factor) select ${id(1, 'i')}, 1, now(), now(), 'B' || i, 1 from generate_series(1, ${bins}) i`,
  )
  await run(`insert into §.part (${base}, name, kind, code, size, day, until, bin_id, above_id)
    select ${id(2, 'i')}, 1, now(), now(), 'P' || i, (array['a','b','c'])[1 + i % 3], 'C' || i, i % 97, date '2026-01-01' + i % 300, date '2026-01-01' + i % 300 + 1, ${id(1, `1 + i % ${bins}`)},
      case when i > 10 then ${id(2, 'i / 10')} end from generate_series(1, ${parts}) i`)
  await run(`insert into §.bin_fans_link (${base}, bin_id, part_id)
    select ${id(3, 'i')}, 1, now(), now(), ${id(1, `1 + i % ${bins}`)}, ${id(2, 'i')} from generate_series(1, ${parts}) i`)
  await run('analyze')
})
afterAll(() => world?.app.close())

describe('about how many there are', () => {
  const asked = 'estimatedCount totalCount'
  const counts = (list: string) => world.get<{ estimatedCount: number; totalCount: number }>(`{ __proto__: ${list} { ${asked} } }`)

  it('is counted where they are few, and within a record', async () => {
    const few = { estimatedCount: bins, totalCount: bins }
    expect((await world.ask(`{ bins { ${asked} } }`)).body.data).toEqual({ bins: few })
    expect((await world.ask(`{ bins(first: 1) { nodes { parts { ${asked} } } } }`)).body.data).toEqual({
      bins: { nodes: [{ parts: { estimatedCount: parts / bins, totalCount: parts / bins } }] },
    })
  })

  it('is what the planner expects of the same question where they are many, to two figures', async () => {
    for (const list of [
      'parts',
      'parts(where: { kind: { eq: "a" } })',
      'parts(where: { or: [{ kind: { eq: "a" } }, { size: { lt: 9 } }] })',
    ]) {
      const { estimatedCount, totalCount } = await counts(list)
      expect([list, Math.abs(estimatedCount / totalCount - 1) < 0.2]).toEqual([list, true])
      expect(String(estimatedCount)).toMatch(/^\d\d0+$/)
    }
    expect(await counts('parts(where: { size: { eq: 5 }, kind: { eq: "a" } })')).toEqual({ estimatedCount: 344, totalCount: 344 })
  })
})

describe('an index over several fields', () => {
  it('gives a page of a list in its order without looking at the others', async () => {
    const page = 'select id from w_scans.part where deleted_at is null and kind = $1 order by day desc nulls last, id limit 50'
    const { rows } = await world.app.database.pool.query(`explain (format json) ${page}`, ['a'])
    const [{ Plan: plan }] = rows[0]['QUERY PLAN'] as [{ Plan: Plan }]
    expect(nodesOf(plan).map(node => node['Node Type'])).toEqual(['Limit', 'Index Only Scan'])
    expect(JSON.stringify(plan)).toContain('latest_of_kind')
  })
})

interface Plan {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Plan Rows': number
  readonly Plans?: readonly Plan[]
}
const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)]

/** Does a deed in a transaction that is taken back, and gives the tables that any of its statements read from end to end. */
async function scannedBy(object: string, deed: RowInput | 'delete'): Promise<string[]> {
  const { app, database, workspace } = world.app
  const { model } = await app.get(Models).current('w_scans')
  const now = '2026-06-01T00:00:00.000Z'
  const context: WriteContext = {
    schema: 'w_scans',
    model,
    profile: null,
    channel: 'app',
    cause: [],
    currency: workspace.currency,
    zone: workspace.timeZone,
    moment: { member: null, now, today: '2026-06-01', timeZone: workspace.timeZone },
  }
  const target = model.objects[object]
  if (!target) throw new Error(`No object ${object}`)
  const client = await database.pool.connect()
  const found = new Set<string>()
  try {
    await client.query('begin')
    const through = explaining(client, found)
    if (deed === 'delete')
      expect((await removeRecords(through, target, [{ id: idOf(2, 99_000), version: null }], context, 'delete', true)).issues).toEqual([])
    else
      await new Writer(database, { wrote: () => undefined }).write(target, [deed], context, {
        atomic: true,
        client: through,
      })
  } finally {
    await client.query('rollback')
    client.release()
  }
  return [...found].sort()
}

/** A client that looks at the plan of each statement before it runs it. */
const explaining = (client: PoolClient, found: Set<string>): PoolClient =>
  new Proxy(client, {
    get: (target, key) =>
      key === 'query'
        ? async (text: string, values?: unknown[]) => {
            if (/^(select|with|update|insert)/.test(text) && !text.includes('pg_advisory')) {
              const { rows } = await target.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(`explain (format json) ${text}`, values)
              const nodes = rows.flatMap(row => nodesOf(row['QUERY PLAN'][0].Plan))
              for (const node of nodes) {
                const table = node['Relation Name']
                if (node['Node Type'] === 'Seq Scan' && ['bin', 'part', 'bin_fans_link'].includes(table ?? ''))
                  found.add(`${table}: ${text.slice(0, 1500)}`)
              }
            }
            return target.query(text, values)
          }
        : (Reflect.get(target, key) as unknown),
  })

const update = (n: number, data: Record<string, unknown>, kind = 2): RowInput => ({
  action: 'update',
  id: idOf(kind, n),
  version: null,
  data,
})

describe('a write among a hundred thousand records', () => {
  it.each<[string, string, RowInput | 'delete']>([
    [
      'counts least, greatest, first, last and names of one parent anew',
      'part',
      update(96, { size: 1, day: '2027-01-01', until: '2027-01-02', name: 'Z' }),
    ],
    ['goes over to another parent', 'part', update(97, { binId: idOf(1, 7) })],
    [
      'is made',
      'part',
      {
        action: 'create',
        id: null,
        version: null,
        data: { name: 'New', code: 'new', size: 500, day: '2027-01-01', binId: idOf(1, 9), aboveId: idOf(2, 4000) },
      },
    ],
    ['moves within a tree', 'part', update(9000, { aboveId: idOf(2, 17) })],
    ['is deleted', 'part', 'delete'],
    ['changes what few others read', 'bin', update(11, { factor: 3 }, 1)],
    ['is linked and let go', 'bin', update(12, { fans: { replace: [{ id: idOf(2, 44) }, { id: idOf(2, 45) }] } }, 1)],
  ])('%s: no statement reads a table from end to end', async (_, object, deed) => {
    expect(await scannedBy(object, deed)).toEqual([])
  })
})

describe('a filter by ids among a hundred thousand records, which may be those of merged ones', () => {
  const one = { value: idOf(1, 7), isNull: false }
  const several = { value: [idOf(1, 7), idOf(1, 8)], isNull: false }
  it.each<[string, Where]>([
    ['one id', { id: { eq: { ...one, value: idOf(2, 9) } } }],
    ['several ids', { id: { in: { ...several, value: [idOf(2, 9), idOf(2, 11)] } } }],
    ['the id of a lookup', { binId: { eq: one } }],
    ['several ids of a lookup', { binId: { in: several } }],
    ['an id along a lookup', { bin: { id: { eq: one } } }],
  ])('by %s reads by index', async (_, where) => {
    const { app, database } = world.app
    const { model } = await app.get(Models).current('w_scans')
    const part = model.objects.part as ObjectModel
    const condition = chosen({ object: 'part', where, search: null, deleted: 'NO' }, 't', queryContext(model, unrestricted))
    const statement = render(
      sql`select t.id from ${from(part, 't')} where ${condition} order by t.created_at desc, t.id limit 50`,
      'w_scans',
    )
    const found = new Set<string>()
    const client = await database.pool.connect()
    try {
      await explaining(client, found).query(statement.text, valuesOf(statement, { variables: {}, context: {} }))
    } finally {
      client.release()
    }
    expect([...found]).toEqual([])
  })
})
