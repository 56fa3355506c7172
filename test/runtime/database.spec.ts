import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import pg from 'pg'
import { unhurried } from '../../runtime/database/address.js'
import { alone } from '../../runtime/database/alone.js'
import { readCatalog } from '../../runtime/database/catalog.js'
import { openDatabase } from '../../runtime/database/database.js'
import { newId } from '../../runtime/database/id.js'
import { schemaOf } from '../../runtime/database/schema.js'
import { inTransaction, sqlState } from '../../runtime/database/transaction.js'
import { createWorkspace } from '../../runtime/database/workspace.js'
import { migrateWorkspace } from '../../runtime/database/workspace-migrations.js'
import { createTestWorkspace, type TestWorkspace, testConfig, workerDatabaseUrl } from '../support/database.js'

let test: TestWorkspace
beforeAll(async () => {
  test = await createTestWorkspace('database-spec')
})
afterAll(() => test.close())

describe('making a workspace', () => {
  it('makes its schema with all fixed tables', async () => {
    const names = (await readCatalog(test.database.pool, test.schema)).map(table => table.name)
    expect(names).toEqual([
      '_asked',
      '_assignment',
      '_audit',
      '_audit_head',
      '_bin',
      '_bin_record',
      '_claim',
      '_confirmation',
      '_counter',
      '_definition',
      '_draft',
      '_field_use',
      '_file',
      '_file_chunk',
      '_group',
      '_group_member',
      '_history',
      '_import',
      '_import_refused',
      '_job',
      '_member',
      '_merge',
      '_merge_move',
      '_merged',
      '_migration',
      '_outbox',
      '_package',
      '_rate',
      '_reader',
      '_relay',
      '_reveal',
      '_run',
      '_share',
      '_state',
      '_version',
      '_view',
    ])
  })

  it('uses nothing that binds a schema to one machine', async () => {
    const { rows } = await test.database.pool.query(
      `select c.relname, t.tgname from pg_class c join pg_namespace n on n.oid = c.relnamespace
         left join pg_trigger t on t.tgrelid = c.oid and not t.tgisinternal
       where n.nspname = $1 and (c.relkind in ('S', 'm') or t.oid is not null)`,
      [test.schema],
    )
    expect(rows).toEqual([])
    const constraints = (await readCatalog(test.database.pool, test.schema)).flatMap(table => table.constraints)
    expect(constraints.filter(({ definition }) => /REFERENCES (?!w_)/.test(definition))).toEqual([])
    expect(constraints.filter(({ name }) => name.length > 50)).toEqual([])
  })

  it('changes nothing when its tables are up to date', async () => {
    const before = await readCatalog(test.database.pool, test.schema)
    await inTransaction(test.database.pool, client => migrateWorkspace(client, test.schema))
    expect(await readCatalog(test.database.pool, test.schema)).toEqual(before)
  })

  it('takes the tables of an earlier release on', async () => {
    const { pool } = test.database
    const before = await readCatalog(pool, test.schema)
    await pool.query(`alter table ${test.schema}._outbox drop column channel`)
    await pool.query(`alter table ${test.schema}._run drop column stop`)
    await pool.query(`delete from ${test.schema}._migration where name = '2-channel'`)
    await inTransaction(pool, client => migrateWorkspace(client, test.schema))
    expect(await readCatalog(pool, test.schema)).toEqual(before)
  })

  it('refuses a slug that is taken, and leaves nothing behind', async () => {
    await expect(createWorkspace(test.database, 'database-spec', 'Again')).rejects.toThrow(/already exists/)
    await expect(createWorkspace(test.database, 'No Slug', 'x')).rejects.toThrow(/cannot name a workspace/)
    expect(await readCatalog(test.database.pool, schemaOf('no-slug'))).toEqual([])
  })
})

describe('the address of what may take long', () => {
  it('lifts the limits that the role is told', async () => {
    const limited = Object.assign(new URL(test.database.directUrl), { search: '?options=-c%20statement_timeout%3D1234' }).href
    const client = new pg.Client({ connectionString: unhurried(limited) })
    await client.connect()
    const { rows } = await client.query(
      "select current_setting('statement_timeout') as one, current_setting('idle_in_transaction_session_timeout') as two",
    )
    await client.end()
    expect(rows).toEqual([{ one: '0', two: '0' }])
  })
})

describe('reading the catalog', () => {
  it('gives columns, indexes and constraints as they are', async () => {
    const { pool } = test.database
    await pool.query(
      `create table ${test.schema}.thing (id uuid constraint thing_pk primary key, amount numeric(19,4), name text not null)`,
    )
    await pool.query(`create index thing_name on ${test.schema}.thing (name) where amount is null`)
    await pool.query(`alter table ${test.schema}.thing add constraint thing_amount check (amount > 0) not valid`)
    const thing = (await readCatalog(pool, test.schema)).find(table => table.name === 'thing')
    expect(thing).toEqual({
      name: 'thing',
      columns: [
        { name: 'id', type: 'uuid', nullable: false },
        { name: 'amount', type: 'numeric(19,4)', nullable: true },
        { name: 'name', type: 'text', nullable: false },
      ],
      indexes: [
        {
          name: 'thing_name',
          definition: `CREATE INDEX thing_name ON ${test.schema}.thing USING btree (name) WHERE (amount IS NULL)`,
          valid: true,
        },
      ],
      constraints: expect.arrayContaining([
        { name: 'thing_amount', definition: 'CHECK ((amount > (0)::numeric)) NOT VALID', validated: false },
        { name: 'thing_pk', definition: 'PRIMARY KEY (id)', validated: true },
      ]),
    })
  })
})

describe('a transaction', () => {
  it('leaves nothing of work that throws', async () => {
    const { pool } = test.database
    const work = inTransaction(pool, async client => {
      await client.query(`insert into ${test.schema}._counter values ('half', 1)`)
      throw new Error('changed my mind')
    })
    await expect(work).rejects.toThrow('changed my mind')
    expect((await pool.query(`select from ${test.schema}._counter where name = 'half'`)).rowCount).toBe(0)
  })

  it('is done again after a deadlock, so that both come through', async () => {
    const { pool } = test.database
    await pool.query(`insert into ${test.schema}._counter values ('a', 0), ('b', 0)`)
    const bothHoldOne = rendezvous(2)
    const move = (first: string, second: string) =>
      inTransaction(pool, async client => {
        await client.query(`update ${test.schema}._counter set n = n + 1 where name = $1`, [first])
        await bothHoldOne()
        await client.query(`update ${test.schema}._counter set n = n + 1 where name = $1`, [second])
      })
    await Promise.all([move('a', 'b'), move('b', 'a')])
    expect((await pool.query(`select name, n from ${test.schema}._counter order by name`)).rows).toEqual([
      { name: 'a', n: '2' },
      { name: 'b', n: '2' },
    ])
  })

  it('names the state of an error', async () => {
    const error = await test.database.pool.query('select 1/0').catch((thrown: unknown) => thrown)
    expect([sqlState(error), sqlState(new Error('x')), sqlState(null)]).toEqual(['22012', '', ''])
  })
})

describe('work that one node does at a time', () => {
  it('is done beside that of many others, with one connection for all of them', async () => {
    const log = { info: () => undefined, error: () => undefined }
    const small = await openDatabase(testConfig(await workerDatabaseUrl(), { DATABASE_POOL: '1' }), log)
    const done: string[] = []
    const work = (name: string) =>
      alone(small, name, async () => {
        await inTransaction(small.pool, client => client.query('select pg_sleep(0.05)'))
        done.push(name)
      })
    const names = Array.from({ length: 8 }, (_, n) => `spec ${n}`)
    await Promise.all(names.map(work)).finally(() => small.close())
    expect(done.sort()).toEqual(names)
  })

  it('is left to whoever does it already, and free again after it, also when it fails', async () => {
    const done: string[] = []
    await alone(test.database, 'spec twice', async () => {
      await alone(test.database, 'spec twice', async () => done.push('second'))
      done.push('first')
    })
    const failing = alone(test.database, 'spec twice', () => Promise.reject(new Error('no')))
    await expect(failing).rejects.toThrow('no')
    await alone(test.database, 'spec twice', async () => done.push('third'))
    expect(done).toEqual(['first', 'third'])
  })
})

describe('a new id', () => {
  it('is a UUIDv7 that sorts by its time', () => {
    const ids = [1, 2, 1_767_225_600_000].map(newId)
    expect(ids).toEqual([...ids].sort())
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })
})

/** A gate that opens when so many have arrived, and stays open. */
function rendezvous(count: number): () => Promise<void> {
  let open = () => {}
  const opened = new Promise<void>(resolve => {
    open = resolve
  })
  let arrived = 0
  return () => {
    arrived++
    if (arrived >= count) open()
    return opened
  }
}
