import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect } from '@jest/globals'
import { readCatalog } from '../../runtime/database/catalog.js'
import { lockOf } from '../../runtime/publishing/expand.js'
import { workerDatabaseUrl } from '../support/database.js'
import { type Desk, fieldsOf, openDesk } from '../support/publishing.js'

const records = 8_000

/** Two states of one object, each with columns, indexes and values that the other has not. */
const states = [
  { name: { type: 'text', index: true }, size: { type: 'integer', index: true }, parent: { type: 'hierarchy' } },
  { name: { type: 'text' }, size: { type: 'text', unique: true }, note: { type: 'text', index: true } },
]

/** When a program is killed: while it reads and decides, alters tables, has just switched, carries values over, or builds the rest. */
const moments = ['decide', 'expand', 'switch', 'carry', 'finish'] as const
type Moment = (typeof moments)[number]

/**
 * Publishes by a program of its own and kills that at a random time within each moment by turns, round after round. After each kill the
 * workspace is in the old state or in the new one, whole; what the dead program left is finished by the next one; and no value is lost.
 */
export async function killRounds(rounds: number, seed: number): Promise<{ old: number; new: number }> {
  const desk = await openDesk(`publishing-kill-${seed}`)
  const folder = mkdtempSync(join(tmpdir(), 'tessera-publish-'))
  const random = randomOf(seed)
  const outcomes = { old: 0, new: 0 }
  try {
    await desk.publish([definition(0)])
    await fill(desk)
    await desk.finisher.finish(desk.schema)
    let state = 0
    await publishAndKill(folder, 1, desk, null)
    state = await stateAfter(desk, 0)
    for (let round = 0; round < rounds; round++) {
      const moment = moments[round % moments.length] ?? 'finish'
      await publishAndKill(folder, 1 - state, desk, () => comesTo(moment, desk, random()))
      const reached = await stateAfter(desk, state)
      // what is switched stays so
      if (moment === 'switch' || moment === 'carry' || moment === 'finish')
        expect({ moment, reached }).toEqual({ moment, reached: 1 - state })
      outcomes[reached === state ? 'old' : 'new']++
      state = reached
    }
    return outcomes
  } finally {
    rmSync(folder, { recursive: true, force: true })
    await desk.close()
  }
}

const definition = (state: number) => ({ object: 'thing', plural: 'things', label: 'Thing', fields: states[state] })

const fill = (desk: Desk) =>
  desk.run(`insert into ${desk.schema}.thing (id, version, created_at, updated_at, name, size)
    select md5(i::text)::uuid, 1, now(), now(), 'thing ' || i, i from generate_series(1, ${records}) i`)

/** Waits until a program that publishes is at a moment, and then a random time of what that may take; looked at from outside, in PostgreSQL. */
async function comesTo(moment: Moment, desk: Desk, chance: number): Promise<void> {
  const { schema } = desk
  const [{ number: before } = {}] = await desk.run(`select max(number) as number from ${schema}._version`)
  const isSo = async (condition: string, values: unknown[] = []) => (await desk.run(`select ${condition} as so`, values))[0]?.so === true
  const isPublishing =
    "exists (select from pg_locks where locktype = 'advisory' and granted and ((classid::bigint << 32) | objid::bigint) = $1::bigint)"
  const isSwitched = `(select max(number) from ${schema}._version) > $1`
  const isCarrying = "exists (select from pg_stat_activity where application_name = 'tessera finish' and query ~ '^(select id,|update )')"
  const until = async (look: () => Promise<boolean>) => {
    while (!(await look())) await pause(1)
  }
  if (moment === 'decide') return void (await pause(200 + 400 * chance))
  if (moment === 'expand') {
    await until(async () => (await isSo(isPublishing, [lockOf(schema)])) || (await isSo(isSwitched, [before])))
    return void (await pause(15 * chance))
  }
  await until(() => isSo(isSwitched, [before]))
  if (moment === 'carry') await until(() => isSo(isCarrying))
  await pause({ switch: 5, carry: 300, finish: 2_500 }[moment] * chance)
}

/** Runs `tessera publish`; kills it when something has come to pass, or waits for its end. */
async function publishAndKill(folder: string, state: number, desk: Desk, comes: (() => Promise<void>) | null): Promise<void> {
  writeFileSync(join(folder, 'app.json'), '{ "app": "test", "label": "Test" }')
  writeFileSync(join(folder, 'thing.json'), JSON.stringify(definition(state)))
  const environment = { ...process.env, DATABASE_URL: await workerDatabaseUrl() }
  const losses = ['note', 'parent'].flatMap(field => ['--confirm', `objects/thing/fields/${field}`])
  const child = spawn(process.execPath, ['runtime/bin/tessera.js', 'publish', folder, '--workspace', desk.workspace.slug, ...losses], {
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const said: string[] = []
  child.stderr.on('data', chunk => said.push(String(chunk)))
  const ended = once(child, 'exit')
  if (comes === null) {
    const [code] = await ended
    if (code !== 0) throw new Error(said.join(''))
  } else {
    await Promise.race([comes(), ended])
    child.kill('SIGKILL')
    await ended
  }
}

/** Checks that everything is whole after a kill, finishes what is left, and tells which state it is. */
async function stateAfter(desk: Desk, before: number): Promise<number> {
  desk.models.doubt(desk.schema)
  const live = await desk.models.current(desk.schema)
  const present = fieldsOf(live.model, 'thing')
  const state = states.findIndex(fields => Object.keys(fields).sort().join() === Object.keys(present).sort().join())
  expect([0, 1]).toContain(state)
  const has = await tableOf(desk)
  for (const column of Object.values(present)) expect(has?.columns.map(({ name }) => name)).toContain(column)
  await desk.finisher.finish(desk.schema)
  expect(await desk.publisher.building(desk.schema)).toEqual([])
  expect((await tableOf(desk))?.indexes.every(({ valid }) => valid)).toBe(true)
  const [sum] = await desk.run(
    `select sum("${present.size}"::integer)::integer as sum, count(name)::integer as count from ${desk.schema}.thing`,
  )
  expect({ before, sum: sum?.sum, count: sum?.count }).toEqual({ before, sum: (records * (records + 1)) / 2, count: records })
  return state
}

const tableOf = async (desk: Desk) => (await readCatalog(desk.database.pool, desk.schema)).find(({ name }) => name === 'thing')

/** Numbers from 0 to 1, the same for a seed (mulberry32, T. Ettinger). */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
