import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Database, openDatabase } from '../../runtime/database/database.js'
import { homeOf } from '../../runtime/database/statement-home.js'
import { inTransaction } from '../../runtime/database/transaction.js'
import { createWorkspace, dropWorkspace } from '../../runtime/database/workspace.js'
import { testConfig, workerDatabaseUrl } from '../support/database.js'

const log = { info: () => undefined, error: () => undefined }
const slugs = ['sharded-one', 'sharded-two'] as const
const [one, two] = ['"w_sharded_one"."_member"', '"w_sharded_two"."_member"']
let database: Database

beforeAll(async () => {
  database = await openDatabase(testConfig(await workerDatabaseUrl(), { DATABASE_ISOLATE: 'on' }), log)
  for (const slug of slugs) {
    await dropWorkspace(database, slug)
    await createWorkspace(database, slug, slug)
  }
})
afterAll(async () => {
  for (const slug of slugs) await dropWorkspace(database, slug)
  await database.close()
})

const denied = expect.objectContaining({ code: '42501' })
const run = (text: string) => database.pool.query(text)

describe('as if each schema lay on a machine of its own (DATABASE_ISOLATE=on)', () => {
  it.each([one, two, 'tessera.account'])('%s is read by a statement of its own', async table => {
    expect((await run(`select count(*)::int as count from ${table}`)).rows).toHaveLength(1)
  })

  it.each([
    ['another workspace', `select from ${one} a join ${two} b using (id)`],
    ['tessera', `select from ${one} m join tessera.account a on a.id = m.account_id`],
    ['tessera below', `select id from ${two} where account_id in (select id from tessera.account where service)`],
    ['a workspace from tessera', `update tessera.account set name = 'x' where id in (select account_id from ${one})`],
    ['a key to tessera', `alter table ${one} add constraint out_of_here foreign key (account_id) references tessera.account`],
  ])('a statement that also reaches for %s is refused', async (_, text) => {
    await expect(run(text)).rejects.toEqual(denied)
  })

  it('nothing is found without its schema', async () => {
    for (const text of ['select from account', 'select from _member', 'select from tree'])
      await expect(run(text)).rejects.toMatchObject({ code: '42P01' })
  })

  it('a transaction may write here and there, statement by statement, also after one was refused and rolled back', async () => {
    await expect(
      inTransaction(database.pool, async client => {
        await client.query(`select from ${one}`)
        await client.query('select from tessera.account')
        await client.query(`select from ${one}, ${two}`)
      }),
    ).rejects.toEqual(denied)
    const { rows } = await inTransaction(database.pool, async client => {
      await client.query(`select from ${two}`)
      await client.query('savepoint before')
      await client.query('select from tessera.workspace')
      await client.query('rollback to savepoint before')
      return client.query(`select current_user::text as who from ${two} right join (values (1)) v on true limit 1`)
    })
    expect(rows).toEqual([{ who: 'w_sharded_two' }])
  })

  it('what belongs to no schema runs as anybody', () => {
    expect(
      ['begin', 'select pg_notify($1, $2)', 'create schema "w_a"', 'select 1 from "w_a"."b"', 'select from tessera.session'].map(homeOf),
    ).toEqual(['any', 'any', 'all', { role: 'w_a' }, { role: 'tessera_fixed' }])
  })
})
