import { PassThrough, Readable } from 'node:stream'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import pg from 'pg'
import { walk } from '../../runtime/audit/walk.js'
import { restoreBackup } from '../../runtime/backup/restore-backup.js'
import { writeBackup } from '../../runtime/backup/write-backup.js'
import { tesseraMigrationNames } from '../../runtime/database/data-source.js'
import { inTransaction } from '../../runtime/database/transaction.js'
import { workspaceMigrationNames } from '../../runtime/database/workspace-migrations.js'
import { createApp, type RunningApp } from '../../runtime/main.js'
import { dataOf, post, signInHeaders, startTestApp, type TestApp } from '../support/app.js'
import { emptyDatabase, type OwnDatabase, testConfig } from '../support/database.js'
import { upload } from '../support/files.js'
import { publish } from '../support/publish.js'

const known = [...tesseraMigrationNames, ...workspaceMigrationNames]
const slug = 'backup'
const objects = [
  {
    object: 'purse',
    plural: 'purses',
    label: 'Purse',
    title: 'name',
    fields: {
      name: { type: 'text', label: 'Name', unique: true, search: 2 },
      number: { type: 'autonumber', label: 'Number', format: 'P-{seq:3}' },
      cents: { type: 'integer', label: 'Cents', index: true },
      note: { type: 'longText', label: 'Note' },
      paper: { type: 'file', label: 'Paper' },
      kept: { type: 'text', label: 'Kept' },
    },
  },
]
const odd = 'tab\t back\\slash \\. new\nline \\N “€” 🜂 end'

let source: OwnDatabase
let app: TestApp
let headers: Record<string, string>
let file: Buffer

const written = async (url: string): Promise<Buffer> => {
  const output = new PassThrough()
  const [chunks] = await Promise.all([output.toArray(), writeBackup(url, output)])
  return Buffer.concat(chunks)
}
const restored = (url: string, bytes: Buffer) => restoreBackup(url, Readable.from([bytes]), known)

async function rowsOf(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return client
    .query(text)
    .then(({ rows }) => rows)
    .finally(() => client.end())
}

/** Everything that tables are made of, as PostgreSQL tells it. */
const builtOf = (url: string) =>
  rowsOf(
    url,
    `select table_schema, table_name, column_name, ordinal_position::int, data_type, is_nullable, column_default from information_schema.columns where table_schema ~ '^(tessera|w_)'
     union all select schemaname, tablename, indexname, 0, indexdef, null, null from pg_indexes where schemaname ~ '^(tessera|w_)'
     union all select conrelid::regclass::text, conname, pg_get_constraintdef(oid), 0, null, null, null from pg_constraint where connamespace::regnamespace::text ~ '^(tessera|w_)'
     order by 1, 2, 3, 4`,
  )

beforeAll(async () => {
  source = await emptyDatabase()
  app = await startTestApp(slug, [{}], undefined, { DATABASE_URL: source.url })
  headers = await signInHeaders(app, `admin@${slug}.test`)
  await publish(app, headers, objects)
  const paper = await upload(app.url, headers, 'paper.csv', Buffer.alloc(600_000, 'a,b\n'))
  const make = 'mutation($data: [PurseCreate!]!) { createPurses(data: $data) { count } }'
  const data = [
    { name: 'left', cents: 5000, note: odd, paper: { id: paper } },
    { name: 'right', cents: 5000 },
  ]
  dataOf(await post(`${app.url}/graphql`, make, { data }, headers), 'createPurses')
  // what was removed waits in its column for 30 days
  const { kept: _, ...rest } = objects[0]?.fields ?? {}
  await publish(app, headers, [{ ...objects[0], fields: rest }])
})
afterAll(async () => {
  await app?.close()
  await source?.drop()
})

describe('a backup', () => {
  it('is of one moment while people write, and what is restored from it is the same, table for table and row for row', async () => {
    const target = await emptyDatabase()
    const stop = new AbortController()
    let begun: () => void = () => undefined
    const isMoving = new Promise<void>(resolve => {
      begun = resolve
    })
    const move = async () => {
      for (let n = 0; !stop.signal.aborted; n++) {
        const query = '{ purses { nodes { name cents } } }'
        const { nodes } = dataOf<{ nodes: { name: string; cents: number }[] }>(
          await post(`${app.url}/graphql`, query, {}, headers),
          'purses',
        )
        const data = nodes.map(({ name, cents }, index) => ({ name, cents: cents + (index === n % 2 ? 7 : -7) }))
        const write = 'mutation($data: [PurseCreate!]!) { upsertPurses(data: $data, by: ["name"]) { count } }'
        expect(dataOf(await post(`${app.url}/graphql`, write, { data }, headers), 'upsertPurses')).toEqual({ count: 2 })
        begun()
      }
    }
    const moving = move()
    await Promise.race([isMoving, moving])
    file = await written(source.url).finally(() => stop.abort())
    await moving
    const { header, tables } = await restored(target.url, file)
    expect(Date.parse(header.madeAt)).toBeLessThanOrEqual(Date.now())
    expect(tables.find(({ table }) => table.endsWith('.purse'))?.rows).toBe(2)
    expect(await rowsOf(target.url, 'select sum(cents)::int as sum from w_backup.purse')).toEqual([{ sum: 10_000 }])
    expect(await builtOf(target.url)).toEqual(await builtOf(source.url))
    // restored and written again, everything but the mark and the times of the file is the same
    const rowsIn = (bytes: Buffer) =>
      JSON.stringify(
        [
          ...gunzipSync(bytes)
            .toString()
            .matchAll(/"held":(\{.*\})\}/g),
        ].map(([, held]) => held),
      )
    expect(rowsIn(await written(target.url))).toBe(rowsIn(file))
    await target.drop()
  })

  it('serves as the first one did: members sign in, records, files and numbers go on', async () => {
    const target = await emptyDatabase()
    await restored(target.url, file)
    const second: RunningApp = await createApp(testConfig(target.url))
    try {
      const again = await signInHeaders({ ...second, workspace: app.workspace }, `admin@${slug}.test`)
      const query = '{ purses(orderBy: [{ name: ASC }]) { nodes { name number note paper { id name } } } }'
      const { nodes } = dataOf<{ nodes: { note: string; paper: { id: string } }[] }>(
        await post(`${second.url}/graphql`, query, {}, again),
        'purses',
      )
      expect(nodes).toMatchObject([{ name: 'left', number: 'P-001', note: odd, paper: { name: 'paper.csv' } }, { name: 'right' }])
      const bytes = await (await fetch(`${second.url}/files/${nodes[0]?.paper.id}`, { headers: again })).arrayBuffer()
      expect(Buffer.from(bytes).equals(Buffer.alloc(600_000, 'a,b\n'))).toBe(true)
      const made = await post(`${second.url}/graphql`, 'mutation { createPurse(data: { name: "new" }) { number } }', {}, again)
      expect(dataOf(made, 'createPurse')).toEqual({ number: 'P-003' })
      const log = await inTransaction(second.database.pool, async client => {
        await client.query('set transaction isolation level repeatable read')
        return walk(client, `w_${slug}`)
      })
      expect(log.broken).toBeNull()
    } finally {
      await second.close()
      await target.drop()
    }
  })

  it('is not made of what it could not bring back', async () => {
    await rowsOf(source.url, 'create view w_backup.mine as select 1 as a')
    await expect(written(source.url)).rejects.toThrow('the view w_backup.mine')
    await rowsOf(source.url, 'drop view w_backup.mine')
  })
})

describe('restoring leaves nothing behind', () => {
  const script = (change: (text: string) => string) => gzipSync(change(gunzipSync(file).toString()))
  const renamed = (text: string) => text.replace('"migrations":[', '"migrations":["later-than-this",')
  it.each<[string, () => Buffer, string]>([
    ['no backup', () => gzipSync('hello\n'), 'not a backup'],
    ['no gzip at all', () => Buffer.from('hello'), 'not a backup of Tessera, or was damaged'],
    ['nothing', () => Buffer.alloc(0), 'cut off'],
    ['a file that is cut off', () => file.subarray(0, file.length - 2000), 'cut off'],
    ['a script that is cut off', () => script(text => text.slice(0, -40)), 'cut off'],
    ['a changed value', () => script(text => text.replace('\tleft\t', '\tLeft\t')), 'were changed'],
    ['a row less', () => script(text => text.replace(/^.*\tleft\t.*\n/m, '')), 'were changed'],
    ['a file of a newer version', () => script(renamed), 'made by a newer Tessera (it has later-than-this)'],
    ['another format', () => script(text => text.replace('"format":1', '"format":9')), 'format 9'],
  ])('of %s', async (_, bytes, message) => {
    const target = await emptyDatabase()
    await expect(restored(target.url, bytes())).rejects.toThrow(message)
    expect(await rowsOf(target.url, `select nspname from pg_namespace where nspname ~ '^(tessera|w_)'`)).toEqual([])
    await target.drop()
  })

  it('and overwrites nothing that is there', async () => {
    await expect(restored(source.url, file)).rejects.toThrow('holds a Tessera already')
    expect(await rowsOf(source.url, 'select count(*)::int as count from w_backup.purse')).toEqual([{ count: 2 }])
  })
})
