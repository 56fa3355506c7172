import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Database, openDatabase } from '../../runtime/database/database.js'
import { namingClient } from '../../runtime/database/naming-client.js'
import { StatementNames } from '../../runtime/database/statement-names.js'
import { testConfig, workerDatabaseUrl } from '../support/database.js'

describe('the names of statements', () => {
  it('are given to what comes again and again, the same for the same text', () => {
    const [one, other] = [new StatementNames(1000), new StatementNames(1000)]
    const ask = (names: StatementNames, text: string) => Array.from({ length: 5 }, () => names.of(text))
    const [, , , name] = ask(one, 'select a from t where id = $1')
    expect(name).toMatch(/^s[\w-]{20}$/)
    expect(ask(other, 'select a from t where id = $1')).toEqual([undefined, undefined, undefined, name, name])
    expect(one.of('select b from t where id = $1')).toBeUndefined()
  })

  it.each([
    'begin',
    'create table t (a int)',
    'select * from t where id = $1',
    'select t.*, 1 from t where id = $1',
    'insert into t values ($1) returning *',
  ])('are none for: %s', text => {
    const names = new StatementNames(1000)
    expect(Array.from({ length: 5 }, () => names.of(text))).toEqual([undefined, undefined, undefined, undefined, undefined])
  })

  it('are so few while a connection lives that it can keep them all', () => {
    let now = 0
    const names = new StatementNames(1000, () => now)
    const asked = (from: number) =>
      Array.from({ length: 400 }, (_, n) => [1, 2, 3, 4].map(() => names.of(`select ${from + n} from t where id = $1`)).at(-1)).filter(
        Boolean,
      )
    expect(asked(0)).toHaveLength(300)
    now = 1001
    expect(asked(400)).toHaveLength(300)
  })
})

describe.each([
  ['on', 1],
  ['off', 0],
])('connections with DATABASE_PREPARE=%s', (prepares, kept) => {
  let database: Database
  beforeAll(async () => {
    const log = { info: () => undefined, error: () => undefined }
    database = await openDatabase(testConfig(await workerDatabaseUrl(), { DATABASE_PREPARE: prepares }), log)
  })
  afterAll(() => database?.close())

  it(`keep ${kept} of one that comes often, and answer as ever, also after an error`, async () => {
    const client = await database.pool.connect()
    const add = (n: unknown) => client.query<{ sum: number }>('select $1::int + 1 as sum', [n]).then(({ rows }) => rows[0]?.sum)
    try {
      const sums: unknown[] = []
      for (const n of [1, 2, 3, 4, 5, 'none', 6]) sums.push(await add(n).catch((error: { code: string }) => error.code))
      expect(sums).toEqual([2, 3, 4, 5, 6, '22P02', 7])
      const { rows } = await client.query<{ n: number }>(
        `select count(*)::int as n from pg_prepared_statements where statement like 'select $1::int + 1%'`,
      )
      expect(rows[0]?.n).toBe(kept)
    } finally {
      client.release()
    }
  })
})

describe('a connection that serves very many workspaces', () => {
  it('keeps the statements that were used last, and closes the others, also while a transaction has failed', async () => {
    const client = new (namingClient(new StatementNames(1000), 3))({ connectionString: await workerDatabaseUrl() })
    await client.connect()
    const ask = async (n: number) => {
      const { rows } = await client.query<{ sum: number }>({ name: `many${n}`, text: `select $1::int + ${n} as sum`, values: [n] })
      return rows[0]?.sum
    }
    const kept = async () =>
      (await client.query<{ name: string }>("select name from pg_prepared_statements where name like 'many%' order by name")).rows.map(
        ({ name }) => name,
      )
    try {
      for (let n = 1; n <= 6; n++) expect(await ask(n)).toBe(2 * n)
      expect(await kept()).toEqual(['many4', 'many5', 'many6'])
      await client.query('begin')
      await client.query('no statement').catch(() => undefined)
      await expect(ask(7)).rejects.toThrow(/aborted/)
      await client.query('rollback')
      for (const n of [4, 7, 1, 8, 4, 9, 1]) expect(await ask(n)).toBe(2 * n)
      expect(await kept()).toEqual(['many1', 'many4', 'many9'])
    } finally {
      await client.end()
    }
  })
})

describe('a statement under a name', () => {
  it('is described each time that a connection prepares it, and no more, and answers the same', async () => {
    const client = new (namingClient(new StatementNames(1000), 1))({ connectionString: await workerDatabaseUrl() })
    let described = 0
    const { connection } = client as unknown as { readonly connection: NodeJS.EventEmitter }
    connection.on('rowDescription', () => described++)
    await client.connect()
    const numbers = {
      name: 'numbers',
      text: 'select n, null as nothing, array[n, 7] as list, n::text as text from generate_series(1, $1::int) n',
    }
    const rows = (count: number) =>
      Array.from({ length: count }, (_, at) => ({ n: at + 1, nothing: null, list: [at + 1, 7], text: String(at + 1) }))
    const asked = async (count: number) => {
      const { rows: found, fields, rowCount } = await client.query({ ...numbers, values: [count] })
      expect(fields.map(({ name }) => name)).toEqual(['n', 'nothing', 'list', 'text'])
      expect([found, rowCount]).toEqual([rows(count), count])
    }
    try {
      for (const count of [2, 0, 3]) await asked(count)
      expect(described).toBe(1)
      const told = await new Promise(resolve => client.query({ ...numbers, values: [1] }, (_, answer) => resolve(answer.rows)))
      expect([told, described]).toEqual([rows(1), 1])
      // one statement is kept, so this one takes its place
      await client.query({ name: 'other', text: 'select $1::text as text', values: ['a'] })
      await asked(2)
      expect(described).toBe(3)
    } finally {
      await client.end()
    }
  })
})
