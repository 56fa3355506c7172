import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { param, sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { Watched } from '@tessera/platform/workflows/match.js'
import type { Pool, PoolClient } from 'pg'
import { type Database } from '../../runtime/database/database.js'
import { newId } from '../../runtime/database/id.js'
import { rowsIn } from '../../runtime/database/rows-in.js'
import { nextPosition, relayEvents, watchedEvents } from '../../runtime/workflows/outbox.js'
import { createTestWorkspace, openTestDatabase, type TestWorkspace } from '../support/database.js'

let home: TestWorkspace
let other: Database

beforeAll(async () => {
  home = await createTestWorkspace('outbox')
  other = await openTestDatabase()
})
afterAll(async () => {
  await other.close()
  await home.close()
})

const write = (client: PoolClient, record: string, version: number) =>
  rowsIn(
    client,
    home.schema,
    sql`insert into ${workspaceTable('_outbox')} (id, object, record, version, event, fields, after, at, cause)
    values (${newId()}, 'thing', ${record}, ${version}, 'updated', '{}', '{}', now(), '[]')`,
  )

/** Who watches all that happens to things. */
const ofThings = [{ object: 'thing', event: 'updated', fields: [] }] as const

/** A node that relays as fast as it can, and a reader that follows the positions. */
function relaying(pool: Pool, until: () => boolean) {
  const seen: { record: string; version: number; position: number }[] = []
  const run = (async () => {
    let last = false
    for (let position = 0; !last; ) {
      last = until()
      await relayEvents(pool, home.schema)
      const next = await nextPosition(pool, home.schema, position, 1_000)
      if (next === null) continue
      seen.push(...(await watchedEvents(pool, home.schema, { from: position, to: next }, ofThings)))
      position = next
      last = false
    }
  })()
  return { seen, run }
}

/** Transactions that begin in one order and commit in the reverse one, each with the next version of a few records of its own. */
async function reverseRound(round: number, records: readonly string[][]): Promise<void> {
  const clients = await Promise.all(records.slice(0, 4).map(() => home.database.pool.connect()))
  try {
    for (const [index, client] of clients.entries()) {
      await client.query('begin')
      for (const record of records[index] ?? []) await write(client, record, round)
    }
    for (const client of clients.reverse()) await client.query('commit')
  } finally {
    for (const client of clients) client.release()
  }
}

describe('events while transactions commit in reverse order and two nodes relay', () => {
  const rounds = 60
  const records = Array.from({ length: 4 }, () => Array.from({ length: 3 }, () => newId()))

  it('are neither lost nor doubled, have positions without gaps, and keep the order of each record', async () => {
    let isDone = false
    const nodes = [relaying(home.database.pool, () => isDone), relaying(other.pool, () => isDone)]
    for (let round = 1; round <= rounds; round++) await reverseRound(round, records)
    isDone = true
    await Promise.all(nodes.map(({ run }) => run))
    const count = rounds * 12
    for (const { seen } of nodes) {
      expect(seen.map(({ position }) => position)).toEqual(Array.from({ length: count }, (_, index) => index + 1))
      for (const record of records.flat()) {
        expect(seen.filter(event => event.record === record).map(({ version }) => version)).toEqual(
          Array.from({ length: rounds }, (_, index) => index + 1),
        )
      }
    }
  })

  it('get no position before their transaction commits, and none is skipped for them', async () => {
    const client = await home.database.pool.connect()
    const [before] = await rowsIn<{ position: string }>(other.pool, home.schema, sql`select position from ${workspaceTable('_relay')}`)
    await client.query('begin')
    await write(client, newId(), 1)
    expect(await relayEvents(other.pool, home.schema)).toBe(0)
    await client.query('commit')
    client.release()
    expect(await relayEvents(other.pool, home.schema)).toBe(1)
    expect(await nextPosition(other.pool, home.schema, Number(before?.position), 10)).toBe(Number(before?.position) + 1)
  })

  it('are read by nobody who does not watch them: another object or deed, or an update of other fields', async () => {
    const pool = home.database.pool
    const last = async () =>
      Number((await rowsIn<{ position: string }>(pool, home.schema, sql`select position from ${workspaceTable('_relay')}`))[0]?.position)
    const from = await last()
    const event = (object: string, deed: string, fields: readonly string[]) =>
      rowsIn(
        pool,
        home.schema,
        sql`insert into ${workspaceTable('_outbox')} (id, object, record, version, event, fields, after, at, cause)
          values (${newId()}, ${object}, ${newId()}, 1, ${deed}, ${param(fields)}, '{}', now(), '[]')`,
      )
    await event('thing', 'updated', ['name', 'stage'])
    await event('thing', 'updated', ['name'])
    await event('thing', 'created', ['stage'])
    await event('other', 'updated', ['stage'])
    await relayEvents(pool, home.schema)
    const read = async (...watched: Watched[]) =>
      (await watchedEvents(pool, home.schema, { from, to: await last() }, watched))
        .map(({ object, event: deed, fields }) => [object, deed, ...fields].join(' '))
        .sort()
    expect(await read({ object: 'thing', event: 'updated', fields: ['stage'] })).toEqual(['thing updated name stage'])
    expect(await read({ object: 'thing', event: 'updated', fields: [] }, { object: 'other', event: 'updated', fields: ['stage'] })).toEqual(
      ['other updated stage', 'thing updated name', 'thing updated name stage'],
    )
    expect(await read()).toEqual([])
  })
})
