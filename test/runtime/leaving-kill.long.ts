import { describe, expect, it } from '@jest/globals'
import { sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import { hasComing } from '../../runtime/audit/chain.js'
import { walk } from '../../runtime/audit/walk.js'
import { rowsIn } from '../../runtime/database/rows-in.js'
import { schemaOf } from '../../runtime/database/schema.js'
import { inTransaction } from '../../runtime/database/transaction.js'
import { dataOf, post } from '../support/app.js'
import { openTestDatabase } from '../support/database.js'
import { until } from '../support/follow-up.js'
import { foundTrade, random } from '../support/kill-rounds.js'
import { serveProgram } from '../support/served.js'

const slug = 'leaving-kill'
const schema = schemaOf(slug)
const deals = 6_000
type Headers = Record<string, string>
interface Offboarding {
  readonly state: string
  readonly done: number
  readonly left: number
}

const ask = async <T>(url: string, path: string, query: string, variables: object, headers: Headers, field: string): Promise<T> =>
  dataOf<T>(await post(`${url}${path}`, query, variables as Record<string, unknown>, headers), field)

/** A member who owns all deals, and begins to leave; gives who takes them over. */
async function beginToLeave(url: string, headers: Headers): Promise<string> {
  const add = (name: string) =>
    ask<{ id: string }>(
      url,
      '/platform',
      'mutation($name: String!) { addServiceAccount(name: $name, roles: ["admin"]) { id } }',
      { name },
      headers,
      'addServiceAccount',
    )
  const [leaving, taking] = [await add('leaving'), await add('taking')]
  for (let from = 0; from < deals; from += 1_000)
    await ask(
      url,
      '/graphql',
      'mutation($data: [DealCreate!]!) { createDeals(data: $data) { count } }',
      { data: Array.from({ length: 1_000 }, (_, index) => ({ name: `Deal ${from + index}`, ownerId: leaving.id })) },
      headers,
      'createDeals',
    )
  await ask(
    url,
    '/platform',
    'mutation($member: ID!, $to: ID) { offboardMember(member: $member, to: $to) { id } }',
    { member: leaving.id, to: taking.id },
    headers,
    'offboardMember',
  )
  return taking.id
}

const readState = async (url: string, headers: Headers): Promise<Offboarding> => {
  const [job] = await ask<Offboarding[]>(url, '/platform', '{ offboardings { state done left } }', {}, headers, 'offboardings')
  return job ?? { state: 'none', done: 0, left: 0 }
}

describe('killing a program while it moves what somebody leaves', () => {
  it('moves each record exactly once, and the audit log stays unbroken', async () => {
    const headers = await foundTrade(slug)
    const chance = random(11)
    let taking: string | null = null
    let kills = 0
    for (let isDone = false; !isDone; ) {
      const { url, kill } = await serveProgram()
      try {
        taking ??= await beginToLeave(url, headers)
        const deadline = Date.now() + 200 + chance() * 900
        const patience = kills < 8 ? () => Date.now() > deadline : () => false
        const job = await until(
          () => readState(url, headers),
          ({ state }) => state === 'done' || patience(),
        )
        isDone = job.state === 'done'
        if (isDone) expect(job).toEqual({ state: 'done', done: deals, left: 0 })
        else kills++
      } finally {
        await kill()
      }
    }
    expect(kills).toBeGreaterThan(0)
    const { url, kill } = await serveProgram()
    const database = await openTestDatabase()
    try {
      const owned = await ask(
        url,
        '/graphql',
        'query($id: ID!) { deals(where: { ownerId: { eq: $id } }) { totalCount } }',
        { id: taking },
        headers,
        'deals',
      )
      expect(owned).toEqual({ totalCount: deals })
      const moves = await rowsIn<{ times: number; records: number }>(
        database.pool,
        schema,
        sql`select times, count(*)::int as records from (
          select record, count(*)::int as times from ${workspaceTable('_history')} where action = 'updated' and after->>'ownerId' = ${taking} group by record) moved group by times`,
      )
      expect(moves).toEqual([{ times: 1, records: deals }])
      await until(
        () => hasComing(database.pool, schema),
        has => !has,
      )
      const walked = await inTransaction(database.pool, async client => {
        await client.query('set transaction isolation level repeatable read')
        return walk(client, schema, null)
      })
      expect(walked).toMatchObject({ broken: null, waiting: 0 })
    } finally {
      await database.close()
      await kill()
    }
  })
})
