import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { schemaOf } from '../../runtime/database/schema.js'
import { type RecordsWorld, recordsWorld } from '../support/records.js'
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
    return { answers, tables: await tablesOf(world) }
  } finally {
    await world.app.close()
  }
}

const size = (tables: Record<string, readonly string[]>, ...names: string[]) => names.map(name => tables[name]?.length ?? 0)

describe('the statements of a write one by one (DATABASE_FOLD=off)', () => {
  it('leave what one folded statement leaves: states, numbers, sets, ranges, files, links, jobs, imports, deletions', async () => {
    const folded = await left('folding', foldingObjects, true, foldingScript)
    const unfolded = await left('folding', foldingObjects, false, foldingScript)
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
})
