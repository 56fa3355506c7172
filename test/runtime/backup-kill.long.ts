import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import pg from 'pg'
import { writeBackup } from '../../runtime/backup/write-backup.js'
import { schemaOf } from '../../runtime/database/schema.js'
import { signInHeaders, startTestApp } from '../support/app.js'
import { emptyDatabase, type OwnDatabase } from '../support/database.js'
import { random } from '../support/kill-rounds.js'
import { publish } from '../support/publish.js'

const slug = 'backup-kill'
const schema = schemaOf(slug)
const rows = 60_000
const rounds = 12
const seed = Date.now() % 1_000_000
process.stdout.write(`restore kill rounds: seed ${seed}\n`)
const tessera = join(import.meta.dirname, '..', '..', 'runtime', 'bin', 'tessera.js')
const folder = mkdtempSync(join(tmpdir(), 'backup-kill-'))
const file = join(folder, 'backup')
let source: OwnDatabase

const ask = async <T extends object>(url: string, text: string): Promise<T[]> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return client
    .query<T>(text)
    .then(found => found.rows)
    .finally(() => client.end())
}

beforeAll(async () => {
  source = await emptyDatabase()
  const app = await startTestApp(slug, [{}], undefined, { DATABASE_URL: source.url })
  const headers = await signInHeaders(app, `admin@${slug}.test`)
  const fields = { name: { type: 'text', label: 'Name' } }
  await publish(app, headers, [{ object: 'purse', plural: 'purses', label: 'Purse', title: 'name', fields }])
  await app.database.pool.query(
    `insert into ${schema}.purse (id, name, version, created_at, updated_at) select gen_random_uuid(), 'purse ' || n, 1, now(), now() from generate_series(1, ${rows}) n`,
  )
  await app.close()
  await writeBackup(source.url, createWriteStream(file))
})
afterAll(async () => {
  await source?.drop()
  rmSync(folder, { recursive: true })
})

/** Restores by the command line; killed after so many milliseconds unless it is done before. Gives whether it was killed, and how long it took. */
async function restore(url: string, patience: number): Promise<{ readonly isKilled: boolean; readonly took: number }> {
  const began = Date.now()
  const node = spawn(process.execPath, [tessera, 'restore', file], { env: { ...process.env, DATABASE_URL: url }, stdio: 'ignore' })
  const ended = once(node, 'exit') as Promise<[number | null, string | null]>
  const killing = new AbortController()
  void pause(patience, undefined, { signal: killing.signal }).then(
    () => node.kill('SIGKILL'),
    () => undefined,
  )
  const [code, signal] = await ended
  killing.abort()
  if (signal === null) expect(code).toBe(0)
  return { isKilled: signal !== null, took: Date.now() - began }
}

/** How many records the database has, null for an empty database; once nothing of a killed restore is at it any more. */
async function heldIn(url: string): Promise<number | null> {
  const others = `select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`
  for (let tries = 0; (await ask(url, others)).length > 0 && tries < 400; tries++) await pause(25)
  const schemas = await ask<{ name: string }>(url, `select nspname as name from pg_namespace where nspname ~ '^(tessera$|w_)' order by 1`)
  if (schemas.length === 0) return null
  expect(schemas.map(({ name }) => name)).toEqual(['tessera', schema])
  const [found] = await ask<{ count: number }>(url, `select count(*)::int as count from ${schema}.purse`)
  return found?.count ?? -1
}

describe('a restore that is killed at any moment', () => {
  it('leaves the database empty or whole, and the next one works', async () => {
    const chance = random(seed)
    const whole = await emptyDatabase()
    const { took } = await restore(whole.url, 600_000)
    expect(await heldIn(whole.url)).toBe(rows)
    await whole.drop()
    let target = await emptyDatabase()
    let kills = 0
    for (let round = 0; round < rounds; round++) {
      const { isKilled } = await restore(target.url, took * (0.1 + 0.9 * chance()))
      if (isKilled) kills++
      const held = await heldIn(target.url)
      expect([null, rows]).toContain(held)
      if (held === null) continue
      // what is there is not restored over
      await target.drop()
      target = await emptyDatabase()
    }
    expect(kills).toBeGreaterThan(0)
    if ((await heldIn(target.url)) === null) await restore(target.url, 600_000)
    expect(await heldIn(target.url)).toBe(rows)
    await target.drop()
  }, 900_000)
})
