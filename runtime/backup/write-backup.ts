import { createHash } from 'node:crypto'
import { once } from 'node:events'
import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { formatVersion, type Held, headerLine, type Line, markedLine, newMark } from './backup-file.js'
import { type BackedTable, type Contents, contentsOf, copyOut, sessionSettings, tablesOf } from './contents.js'

/** Told after each table. */
export type BackupProgress = (done: number, of: number, held: Held) => void

const attempts = 5

/**
 * Writes everything that the product keeps, as it is at one moment, to a stream, and ends that: definitions, records, history, files,
 * members. People keep working meanwhile; only a publish waits. Nothing is held in memory but a chunk.
 * @param url a direct connection to the database
 * @param output takes the bytes of the file
 * @returns what was in each table
 * @throws when the database holds what a backup cannot make anew, or the output breaks
 */
export async function writeBackup(url: string, output: Writable, onTable: BackupProgress = () => undefined): Promise<Held[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'tessera backup' })
  // a connection that breaks is told by the statement that runs on it
  client.on('error', () => undefined)
  await client.connect()
  try {
    for (const setting of sessionSettings) await client.query(setting)
    const contents = await freeze(client)
    return await writeAll(client, contents, output, onTable)
  } finally {
    await client.end()
  }
}

/** Begins a transaction that sees one moment of tables that no publish changes until it ends. */
async function freeze(client: pg.Client): Promise<Contents> {
  for (let attempt = 1; ; attempt++) {
    const before = await tablesOf(client)
    if (before.length === 0) throw new Error('There is nothing to back up: the database holds no Tessera.')
    await client.query('begin isolation level repeatable read read only')
    // taken before the first look, so that the moment is later than every change that was under way
    await client.query(`lock table ${before.join(', ')} in access share mode`)
    const locked = await tablesOf(client)
    if (locked.join() === before.join()) return contentsOf(client)
    await client.query('rollback')
    if (attempt >= attempts) throw new Error('Tables are being made and removed all the time; try again when nobody publishes.')
  }
}

async function writeAll(client: pg.Client, contents: Contents, output: Writable, onTable: BackupProgress): Promise<Held[]> {
  const zip = createGzip({ level: 6 })
  // standard output is nobody's to end
  const piped = pipeline(zip, output, { end: output !== process.stdout })
  piped.catch(() => undefined)
  const write = async (bytes: string | Uint8Array) => {
    if (!zip.write(bytes)) await Promise.race([once(zip, 'drain'), piped])
  }
  try {
    const held = await writeScript(client, contents, write, onTable)
    zip.end()
    await piped
    return held
  } finally {
    zip.destroy()
  }
}

type Write = (bytes: string | Uint8Array) => Promise<void>

async function writeScript(client: pg.Client, contents: Contents, write: Write, onTable: BackupProgress): Promise<Held[]> {
  const mark = newMark()
  const told = (line: Line) => write(markedLine(mark, line))
  const statement = async (text: string) => {
    await told({ statement: true })
    await write(`${text};\n`)
  }
  await write(headerLine({ format: formatVersion, mark, ...(await origin(client, contents.tables)) }))
  for (const text of [...sessionSettings, 'begin', ...contents.before]) await statement(text)
  const all: Held[] = []
  for (const table of contents.tables) {
    const { schema, columns, order } = table
    await told({ rows: table.name, schema, columns, order })
    await write(`copy "${schema}"."${table.name}" (${columns.map(column => `"${column}"`).join(', ')}) from stdin;\n`)
    const held = await copyTable(client, table, write)
    await write('\\.\n')
    await told({ held })
    all.push(held)
    onTable(all.length, contents.tables.length, held)
  }
  for (const text of [...contents.after, 'commit']) await statement(text)
  await told({ end: { tables: all.length } })
  return all
}

/**
 * Counts a table's rows and takes their checksum, giving each chunk on.
 * @param client inside a transaction; its session has the settings of a backup
 */
export async function copyTable(client: pg.ClientBase, table: BackedTable, write: Write): Promise<Held> {
  const hash = createHash('sha256')
  const rows = client.query(copyTo(copyOut(table)))
  for await (const chunk of rows as AsyncIterable<Buffer>) {
    hash.update(chunk)
    await write(chunk)
  }
  return { table: `${table.schema}.${table.name}`, rows: rows.rowCount, sha256: hash.digest('hex') }
}

async function origin(client: pg.Client, tables: readonly BackedTable[]) {
  const { rows } = await client.query<{ now: Date; version: string }>(`select now() as now, current_setting('server_version') as version`)
  return { madeAt: rows[0]?.now.toISOString() ?? '', postgres: rows[0]?.version ?? '', migrations: await migrationsIn(client, tables) }
}

/** The names of all migrations that ran in these tables' schemas. */
async function migrationsIn(client: pg.ClientBase, tables: readonly BackedTable[]): Promise<string[]> {
  const lists = tables.filter(({ schema, name }) => name === (schema === 'tessera' ? 'migration' : '_migration'))
  const names = new Set<string>()
  for (const { schema, name } of lists) {
    const { rows } = await client.query<{ name: string }>(
      `select name from ${client.escapeIdentifier(schema)}.${client.escapeIdentifier(name)}`,
    )
    for (const row of rows) names.add(row.name)
  }
  return [...names].sort()
}
