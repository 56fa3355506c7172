import { expect } from '@jest/globals'
import { sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { Database } from '../../runtime/database/database.js'
import { rowsIn } from '../../runtime/database/rows-in.js'
import { schemaOf } from '../../runtime/database/schema.js'
import { dataOf, post, signInHeaders, startTestApp } from './app.js'
import { openTestDatabase } from './database.js'
import { upload } from './files.js'
import { followUp, until } from './follow-up.js'
import { type ImportJob, readImport, startImport } from './imports.js'
import { publish } from './publish.js'
import { everything } from './records.js'
import { serveProgram } from './served.js'

type Headers = Record<string, string>

/** For how many milliseconds nothing may move before work counts as stuck. */
const stillness = 30_000

/** Numbers that look like chance and are the same for the same seed (mulberry32, T. Ettinger). */
export function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** A workspace with the small trade, whose application is closed again; gives the headers of its admin, good for every process. */
export async function foundTrade(slug: string): Promise<Headers> {
  const app = await startTestApp(slug, [{}], undefined, {}, 'bare')
  try {
    const headers = await signInHeaders(app, `admin@${slug}.test`)
    await publish(app, headers, [{ role: 'admin', label: 'Admin', admin: true, grants: { '*': everything } }, ...followUp])
    return headers
  } finally {
    await app.close()
  }
}

/**
 * Wins deals and kills the program while it follows up, again and again.
 * Expects in the end exactly one task for each deal, every run done, and positions without gap.
 */
export async function killWhileFollowingUp(slug: string, rounds: number, perRound: number, chance: () => number): Promise<void> {
  const headers = await foundTrade(slug)
  for (let round = 0; round < rounds; round++) {
    const { url, kill } = await serveProgram()
    try {
      await winDeals(url, headers, round, perRound)
      await new Promise(resolve => setTimeout(resolve, chance() * 600))
    } finally {
      await kill()
    }
  }
  const { url, kill } = await serveProgram()
  const database = await openTestDatabase()
  try {
    await drained(() => openWork(database, slug))
    const expected = { tasks: rounds * perRound, deals: rounds * perRound, runs: rounds * perRound, done: rounds * perRound }
    expect(await countTasks(url, headers, database, slug)).toEqual(expected)
    const [positions] = await rowsIn<{ count: number; distinct: number; last: number }>(
      database.pool,
      schemaOf(slug),
      sql`select count(*)::int as count, count(distinct position)::int as distinct, max(position)::int as last from ${workspaceTable('_outbox')}`,
    )
    expect([positions?.distinct, positions?.last]).toEqual([positions?.count, positions?.count])
  } finally {
    await database.close()
    await kill()
  }
}

/** Waits until nothing is left to do, however long it takes; throws when nothing changes any more for a while. */
async function drained(ask: () => Promise<{ unread: number; open: number }>): Promise<void> {
  for (let left = await ask(); left.unread + left.open > 0; ) {
    const before = left
    left = await until(ask, ({ unread, open }) => unread !== before.unread || open !== before.open, stillness)
  }
}

async function winDeals(url: string, headers: Headers, round: number, count: number): Promise<void> {
  const data = Array.from({ length: count }, (_, index) => ({ name: `Deal ${round}/${index}`, party: { create: { name: 'Acme' } } }))
  dataOf(
    await post(`${url}/graphql`, 'mutation($data: [DealCreate!]!) { createDeals(data: $data) { count } }', { data }, headers),
    'createDeals',
  )
  dataOf(
    await post(
      `${url}/graphql`,
      'mutation($name: String!) { updateDeals(where: { name: { startsWith: $name } }, data: { stage: "won" }) { count } }',
      { name: `Deal ${round}/` },
      headers,
    ),
    'updateDeals',
  )
}

async function openWork(database: Database, slug: string): Promise<{ unread: number; open: number }> {
  const [row] = await rowsIn<{ unread: number; open: number }>(
    database.pool,
    schemaOf(slug),
    sql`select
    (select count(*)::int from ${workspaceTable('_outbox')} where position is null or position > (select position from ${workspaceTable('_reader')} where name = 'workflows')) as unread,
    (select count(*)::int from ${workspaceTable('_run')} where state = 'waiting') as open`,
  )
  return row ?? { unread: -1, open: -1 }
}

async function countTasks(url: string, headers: Headers, database: Database, slug: string): Promise<Record<string, number>> {
  const [tasks] = dataOf<{ count: number; countDistinct: { dealId: number } }[]>(
    await post(`${url}/graphql`, '{ tasksAggregate { count countDistinct { dealId } } }', {}, headers),
    'tasksAggregate',
  )
  const [runs] = await rowsIn<{ runs: number; done: number }>(
    database.pool,
    schemaOf(slug),
    sql`select count(*)::int as runs, count(*) filter (where state = 'done')::int as done from ${workspaceTable('_run')}`,
  )
  return { tasks: tasks?.count ?? 0, deals: tasks?.countDistinct.dealId ?? 0, runs: runs?.runs ?? 0, done: runs?.done ?? 0 }
}

/**
 * Imports a file without a match key and kills the program while it does.
 * Expects in the end every good row once and every bad one in the file of refused rows once.
 * @param most how often it is killed, unless the import is done before
 * @returns how often it was killed
 */
export async function killWhileImporting(slug: string, rows: number, most: number, chance: () => number): Promise<number> {
  const headers = await foundTrade(slug)
  const lines = Array.from({ length: rows }, (_, index) => (index % 10 === 7 ? `Row ${index},stolen` : `Row ${index},open`))
  let id: string | null = null
  for (let kills = 0; ; kills++) {
    const { url, kill } = await serveProgram()
    try {
      id ??= (await begin(url, headers, lines)).id
      const job = kills < most ? await watch(url, headers, id, 50 + chance() * 350) : await finish(url, headers, id)
      if (job.state === 'done') {
        await expectWhole(url, headers, job, lines)
        return kills
      }
    } finally {
      await kill()
    }
  }
}

/** Looks at an import for so many milliseconds, or until it is done. */
async function watch(url: string, headers: Headers, id: string, patience: number): Promise<ImportJob> {
  const deadline = Date.now() + patience
  for (;;) {
    const job = await readImport(url, headers, id)
    if (job.state === 'done' || Date.now() > deadline) return job
  }
}

/** Waits until an import is done, however long it takes; throws when no further row is done for a while. */
async function finish(url: string, headers: Headers, id: string): Promise<ImportJob> {
  let job = await readImport(url, headers, id)
  while (job.state !== 'done') {
    const before = job
    const moved = (now: ImportJob) => now.state === 'done' || now.progress.done !== before.progress.done
    job = await until(() => readImport(url, headers, id), moved, stillness)
  }
  return job
}

async function begin(url: string, headers: Headers, lines: readonly string[]): Promise<ImportJob> {
  const file = await upload(url, headers, 'deals.csv', `name,stage\n${lines.join('\n')}\n`)
  return startImport(url, headers, {
    object: 'deal',
    file,
    mapping: [
      { column: 'name', field: 'name' },
      { column: 'stage', field: 'stage' },
    ],
  })
}

async function expectWhole(url: string, headers: Headers, job: ImportJob, lines: readonly string[]): Promise<void> {
  const bad = lines.filter(line => line.endsWith('stolen')).length
  const good = lines.length - bad
  expect(job).toMatchObject({
    progress: { done: lines.length, total: lines.length },
    result: { created: good, updated: 0, unchanged: 0, refused: bad },
  })
  expect(
    dataOf(await post(`${url}/graphql`, '{ dealsAggregate { count countDistinct { name } } }', {}, headers), 'dealsAggregate'),
  ).toEqual([{ count: good, countDistinct: { name: good } }])
  const refused = (await (await fetch(`${url}/files/${job.errorsFile}`, { headers })).text()).trim().split('\n').slice(1)
  expect(new Set(refused.map(line => line.split(',')[0])).size).toBe(bad)
  expect(refused).toHaveLength(bad)
}
