import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { AskedLists } from '../../runtime/asked/asked-lists.js'
import { askedShapes, keepAsked } from '../../runtime/asked/asked-store.js'
import { runCommand } from '../../runtime/commands/index.js'
import { schemaOf } from '../../runtime/database/schema.js'
import { Finisher } from '../../runtime/publishing/finisher.js'
import { dataOf, post, signInHeaders } from '../support/app.js'
import { workerDatabaseUrl } from '../support/database.js'
import { publish } from '../support/publish.js'
import { everything, type RecordsWorld, recordsWorld } from '../support/records.js'

const slug = 'asked-lists'
const schema = schemaOf(slug)
const day = 86_400_000
const now = new Date()

const firm = {
  object: 'firm',
  plural: 'firms',
  label: 'Firm',
  title: 'name',
  fields: { name: { type: 'text', label: 'Name' }, code: { type: 'text', label: 'Code', unique: true } },
}
const deal = {
  object: 'deal',
  plural: 'deals',
  label: 'Deal',
  title: 'name',
  fields: {
    name: { type: 'text', label: 'Name' },
    stage: { type: 'select', label: 'Stage', options: [{ value: 'open' }, { value: 'won' }, { value: 'lost' }] },
    isHot: { type: 'boolean', label: 'Hot' },
    day: { type: 'date', label: 'Day' },
    amount: { type: 'decimal', label: 'Amount' },
    firm: { type: 'lookup', label: 'Firm', to: 'firm', inverse: 'deals' },
  },
}
const running = { and: [{ in: [{ var: 'stage' }, ['open']] }, { '!=': [{ var: 'isHot' }, false] }] }
const view = {
  view: 'running',
  label: 'Running',
  object: 'deal',
  kind: 'list',
  columns: ['name'],
  where: running,
  sort: [{ field: 'day', direction: 'desc' }],
}

let world: RecordsWorld
beforeAll(async () => {
  const reader = { role: 'reader', label: 'Reader', grants: { deal: everything } }
  world = await recordsWorld(slug, [firm, deal, reader], [{}, { email: `reader@${slug}.test`, roles: ['reader'] }])
  process.env.DATABASE_URL = await workerDatabaseUrl()
})
afterAll(async () => {
  delete process.env.DATABASE_URL
  await world?.app.close()
})

/** What is kept once all that was counted so far is. */
async function kept(): Promise<string[]> {
  await world.app.app.get(AskedLists).keep()
  return (await askedShapes(world.app.database.pool, schema, new Date())).map(
    ({ object, filters, order, count }) =>
      `${count} × ${object} ${filters.map(filter => filter.join(' ')).join(', ')} | ${order.join(' ')}`,
  )
}

async function command(...args: string[]): Promise<string> {
  const lines: string[] = []
  const write = jest.spyOn(process.stdout, 'write').mockImplementation(text => lines.push(String(text)) > 0)
  await runCommand([...args, '--workspace', slug]).finally(() => write.mockRestore())
  return lines.join('')
}

const list = 'query($where: DealWhere) { deals(where: $where, orderBy: [{ day: DESC }]) { nodes { id } } }'

describe('what requests ask of lists', () => {
  it('is counted by fields and operators, whatever the values, by workspace, and kept once', async () => {
    for (const stage of ['open', 'won', 'secret']) await world.get(list, { where: { stage: { eq: stage }, amount: { gte: '12345' } } })
    await world.get('{ deals(where: { or: [{ stage: { eq: "open" } }, { name: { eq: "x" } }] }) { totalCount } }')
    await world.get('{ firms { nodes { deals(orderBy: [{ amount: ASC }, { name: DESC }]) { nodes { id } } } } }')
    await world.get('{ dealsAggregate(where: { and: [{ firmId: { eq: "01900000-0000-7000-8000-000000000001" } }] }) { count } }')
    const asked = ['3 × deal amount gte, stage eq | day,desc', '1 × deal firm eq | amount,asc name,desc', '1 × deal firm eq | ']
    expect(await kept()).toEqual(asked)
    expect(await kept()).toEqual(asked)
    await world.get(list, { where: { stage: { eq: 'won' }, amount: { gte: '1' } } })
    expect((await kept())[0]).toBe('4 × deal amount gte, stage eq | day,desc')
    const { rows } = await world.app.database.pool.query(`select * from ${schema}._asked`)
    expect(JSON.stringify(rows)).not.toMatch(/12345|secret|open|0190/)
  })

  it('is forgotten after a month, and what was asked least beyond two hundred shapes', async () => {
    const { pool } = world.app.database
    const shape = (n: number) => ({ object: 'other', filters: [[`f${n}`, 'eq']] as [string, string][], order: [] })
    await keepAsked(pool, schema, [{ shape: shape(999), count: 900 }], new Date(now.getTime() - 31 * day))
    expect((await askedShapes(pool, schema, now)).map(({ object }) => object)).not.toContain('other')
    await keepAsked(
      pool,
      schema,
      Array.from({ length: 250 }, (_, n) => ({ shape: shape(n), count: n + 2 })),
      now,
    )
    const all = await askedShapes(pool, schema, now)
    expect([all.length, all[0]?.count, all.at(-1)?.count]).toEqual([200, 251, 52])
    await pool.query(`delete from ${schema}._asked where object = 'other'`)
    const { rows } = await pool.query(`select from ${schema}._asked where day <= current_date - 30`)
    expect(rows).toEqual([])
  })

  it('is told to those who may build, and to nobody else', async () => {
    for (let n = 0; n < 12; n++) await world.get(list, { where: { stage: { eq: 'open' } } })
    await kept()
    const query = '{ askedLists(object: "deal") { object count filters { field operator } order { field direction } lastAt } }'
    const [most] = dataOf<object[]>(await post(`${world.app.url}/platform`, query, {}, world.headers), 'askedLists')
    expect(most).toMatchObject({ object: 'deal', count: 12, filters: [{ field: 'stage', operator: 'eq' }] })
    const others = await post(`${world.app.url}/platform`, query, {}, await signInHeaders(world.app, `reader@${slug}.test`))
    expect(others.body.errors?.[0]?.extensions.code).toBe('FORBIDDEN')
  })
})

describe('tessera indexes', () => {
  it('says how often requests would have used an index, makes it, and proposes it no more', async () => {
    expect(await command('indexes')).toContain(
      'deal  stage, day desc\n  asked 12 times in the last 30 days by stage, ordered by day desc\n',
    )
    expect(await command('indexes', '--apply')).toContain('is live with 1 more indexes')
    expect(await command('indexes')).toContain('finds its index')
  })

  it('proposes an index of the part that a view shows, which PostgreSQL then reads its list from', async () => {
    await publish(world.app, world.headers, [view])
    expect(await command('indexes')).toContain(`deal  day desc  where ${JSON.stringify(running)}\n  for view running\n`)
    expect(await command('indexes', '--sql')).toMatch(
      /where "deleted_at" is null and \(\(?.*array\['open'\].*"is_hot" is distinct from false/,
    )
    await command('indexes', '--apply')
    const { pool } = world.app.database
    await pool.query(
      `insert into ${schema}.deal (id, version, created_at, updated_at, stage, is_hot, day)
       select gen_random_uuid(), 1, now(), now(), case when n % 50 = 0 then 'open' else 'won' end, n % 100 = 0, current_date - n from generate_series(1, 5000) n`,
    )
    await pool.query(`analyze ${schema}.deal`)
    const ofView = 'query($rule: JSON) { deals(where: { rule: $rule }, orderBy: [{ day: DESC }], first: 20) { nodes { id } } }'
    const read = jest.spyOn(world.app.database, 'read')
    expect((await world.get<{ nodes: unknown[] }>(ofView, { rule: running })).nodes).toHaveLength(20)
    const [[, { text, values }] = [null, { text: '', values: [] }]] = read.mock.calls
    read.mockRestore()
    const { rows } = await pool.query(`explain ${text}`, values ?? [])
    expect(JSON.stringify(rows)).toMatch(/Index (Only )?Scan using deal_by_day\w*_index/)
    expect(JSON.stringify(rows)).not.toContain('Sort')
  })

  it('changes the condition by another index, and drops it with the definition', async () => {
    const finisher = world.app.app.get(Finisher)
    const conditions = async () => {
      await finisher.finish(schema)
      const { rows } = await world.app.database.pool.query<{ where: string }>(
        `select pg_get_expr(indpred, indrelid) as where from pg_index where indrelid = '${schema}.deal'::regclass and indexrelid::regclass::text like '%part%' and indisvalid`,
      )
      return rows.map(({ where }) => where)
    }
    const having = (where?: unknown) => ({ ...deal, indexes: [{ index: 'part', fields: [{ field: 'day' }], ...(where ? { where } : {}) }] })
    await publish(world.app, world.headers, [having({ '>=': [{ var: 'amount' }, 1000.5] })])
    expect(await conditions()).toEqual([expect.stringContaining('amount >= 1000.5')])
    await publish(world.app, world.headers, [
      having({ and: [{ '==': [{ var: 'name' }, "it's"] }, { '<': [{ var: 'day' }, '2026-01-01'] }] }),
    ])
    expect(await conditions()).toEqual([expect.stringMatching(/name = 'it''s'::text.*day < '2026-01-01'::date/)])
    await publish(world.app, world.headers, [having()])
    expect(await conditions()).toEqual(['(deleted_at IS NULL)'])
    await publish(world.app, world.headers, [deal])
    expect(await conditions()).toEqual([])
  })

  it.each([
    ['another record', { '==': [{ var: 'firm.name' }, 'x'] }],
    ['a link', { '==': [{ var: 'firm' }, '01900000-0000-7000-8000-000000000001'] }],
    ['the day', { '<': [{ var: 'day' }, { var: 'today' }] }],
    ['who asks', { '==': [{ var: 'name' }, { var: 'user.name' }] }],
    ['a computation', { '==': [{ lower: [{ var: 'name' }] }, 'x'] }],
    ['an unfit constant', { '>': [{ var: 'amount' }, 'much'] }],
    ['a field that is not there', { '==': [{ var: 'gone' }, 1] }],
  ])('refuses a condition that reads %s', async (_, where) => {
    const query = 'mutation($put: [JSON!]) { check: publish(put: $put) { version } }'
    const put = [{ ...deal, indexes: [{ index: 'part', fields: [{ field: 'day' }], where }] }]
    const { body } = await post(`${world.app.url}/platform`, query, { put }, world.headers)
    const [issue] = body.errors?.[0]?.extensions.issues ?? []
    expect(issue?.path).toMatch(/^objects\/deal\/indexes\/0\/where/)
  })
})
