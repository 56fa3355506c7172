import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { schemaOf } from '../../runtime/database/schema.js'
import { type RecordsWorld, recordsWorld } from '../support/records.js'
import { breaches, recordStatements, tableBreaches } from '../support/scale-rules.js'
import { driftsIn } from './computed-drifts.js'
import { computedObjects, type Deed, deed, perform, rates, setRates } from './computed-world.js'
import { foldingObjects, foldingScript } from './folding-script.js'

/** What is written behind the requests, whenever that comes. */
const followed = ['_audit', '_audit_head', '_reader']
/** What lives in a workspace's tables by itself: who publishes, what waits. */
const aside = new Set(['_version', '_definition', '_migration', '_job', '_file_chunk', ...followed])

/** Every table of a workspace as text: rows in the order of their ids, ids by their place, instants left out. */
async function tablesOf({ app: { database, workspace } }: RecordsWorld): Promise<Record<string, readonly string[]>> {
  const schema = schemaOf(workspace.slug)
  const { rows: tables } = await database.pool.query<{ name: string }>(
    'select table_name as name from information_schema.tables where table_schema = $1 order by 1',
    [schema],
  )
  const places = new Map<string, string>()
  const placeOf = (id: string) => places.get(id) ?? places.set(id, `#${places.size}`).get(id) ?? ''
  const plain = (row: string) =>
    row
      .replace(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, placeOf)
      .replace(/"\d{4}-\d\d-\d\dT[0-9:.]+(Z|\+00:00)"/g, '"then"')
      .replaceAll(workspace.slug, 'here')
      .replace(/"(position|seconds|work_seconds)":\d+/g, '"$1":0')
  const all: Record<string, readonly string[]> = {}
  for (const { name } of tables.filter(table => !aside.has(table.name))) {
    const { rows } = await database.pool.query<{ row: string }>(
      `select row_to_json(t)::text as row from "${schema}"."${name}" t order by to_jsonb(t)->>'id', to_jsonb(t)::text`,
    )
    all[name] = rows.map(({ row }) => plain(row))
  }
  return all
}

/** What a workspace holds after some work, served with statements folded or one by one. */
async function left<T>(slug: string, objects: readonly unknown[], folds: boolean, work: (world: RecordsWorld) => Promise<T>) {
  const world = await recordsWorld(`${slug}-${folds ? 'one' : 'all'}`, objects, [{}], { DATABASE_FOLD: folds ? 'on' : 'off' })
  try {
    expect(world.app.database.folds).toBe(folds)
    const answers = await work(world)
    expect((await driftsIn(world)).drifts).toEqual([])
    tableProblems.push(...(await tableBreaches(world.app.database.pool, schemaOf(world.app.workspace.slug))))
    return { answers, tables: await tablesOf(world) }
  } finally {
    await world.app.close()
  }
}

/** What was sent to PostgreSQL while the statements of a write ran one by one, and what was wrong with the tables. */
let statements: readonly string[] = []
const tableProblems: string[] = []

const size = (tables: Record<string, readonly string[]>, ...names: string[]) => names.map(name => tables[name]?.length ?? 0)

describe('the statements of a write one by one (DATABASE_FOLD=off)', () => {
  it('leave what one folded statement leaves: states, numbers, sets, ranges, files, links, jobs, imports, deletions', async () => {
    const folded = await left('folding', foldingObjects, true, foldingScript)
    const recorded = recordStatements()
    const unfolded = await left('folding', foldingObjects, false, foldingScript).finally(() => {
      statements = recorded.stop()
    })
    expect(unfolded.tables).toEqual(folded.tables)
    expect(JSON.stringify(unfolded.answers).replace(/[0-9a-f-]{36}|\d{4}-\d\d-\d\dT[0-9:.]+Z/g, '')).toBe(
      JSON.stringify(folded.answers).replace(/[0-9a-f-]{36}|\d{4}-\d\d-\d\dT[0-9:.]+Z/g, ''),
    )
    expect(
      Math.min(...size(folded.tables, 'permit', '_state', '_file', '_history', '_outbox', '_counter', '_confirmation')),
    ).toBeGreaterThan(0)
  })

  it('leave the same computed values, by any writes', async () => {
    const places: Deed[] = [
      { do: 'area', name: 'North' },
      { do: 'account', areaId: 0, rate: '0.1' },
      { do: 'account', areaId: null, rate: null },
    ]
    const deeds = [...places, ...places, ...fc.sample(deed, { seed: 7, numRuns: 30 })]
    const work = async (world: RecordsWorld) => {
      await setRates(world, rates)
      await perform(world, deeds, false)
    }
    const folded = await left('folds', computedObjects, true, work)
    const unfolded = await left('folds', computedObjects, false, work)
    expect(unfolded.tables).toEqual(folded.tables)
    expect(Math.min(...size(folded.tables, 'sale', 'sale_line', 'area', 'area_fans_link', '_outbox'))).toBeGreaterThan(0)
  })

  it('keep the rules of a distributed database (docs/scaling.md), and so do the tables', () => {
    const broken = statements.flatMap(statement => breaches(statement).map(rule => `${rule}: ${statement.slice(0, 400)}`))
    expect(statements.length).toBeGreaterThan(100)
    expect(broken).toEqual([])
    expect(tableProblems).toEqual([])
  })
})

describe('the rules of a distributed database', () => {
  it.each([
    ['select from "w_a"."x" a join tessera.account b on true', '1: names one schema only'],
    ['with w as (insert into "w_a"."x" (id) values ($1)) select 1', '3: no insert beside another part'],
    ['update "w_a"."x" set n = $1 where id = $2 returning json_build_object(1)', '4: returns plain columns'],
    ['update "w_a"."x" x set n = to_char(y, $1) where id = $2', '5: sets what is steady'],
    ['insert into "w_a"."x" (id) values ($1) on conflict (id) do update set at = now()', '5: sets no time of the server in a conflict'],
    ["select current_setting('TimeZone')", '6: reads nothing of the session'],
    ['select pg_advisory_xact_lock(n) from "w_a"."x"', '7: tells and locks without tables'],
    ['select xmin from "w_a"."x"', '8: no insides of PostgreSQL'],
    ['alter table "w_a"."x" add constraint a check (true), add constraint b check (true)', '12: one constraint an alteration'],
  ])('find %s', (statement, rule) => expect(breaches(statement)).toContain(rule))
})
