import { createHash } from 'node:crypto'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { type Header, type Held, type Line, readHeader } from './backup-file.js'
import { ByteReader, cutOff } from './byte-reader.js'
import { type BackedTable, copyIn, sessionSettings, tablesOf } from './contents.js'
import { type BackupProgress, copyTable } from './write-backup.js'

/** What came out of a backup. */
export interface Restored {
  readonly header: Header
  readonly tables: readonly Held[]
}

/**
 * Brings a backup into an empty database, all or nothing: when the file is cut off, was changed, or what is in the tables afterwards
 * is not what was in them before, row for row, nothing is left behind.
 * @param url a direct connection to the database, whose user may make schemas in it
 * @param input the bytes of the file
 * @param known the names of all migrations that this version of the product has
 * @throws with what is wrong with the file or the database
 */
export async function restoreBackup(
  url: string,
  input: Readable,
  known: readonly string[],
  onTable: BackupProgress = () => undefined,
): Promise<Restored> {
  const client = new pg.Client({ connectionString: url, application_name: 'tessera restore' })
  // a connection that breaks is told by the statement that runs on it
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('begin')
    for (const setting of sessionSettings) await client.query(setting.replace('set ', 'set local '))
    const present = await tablesOf(client)
    if (present.length > 0) throw new Error('This database holds a Tessera already. Restore into an empty one: nothing is overwritten.')
    const restored = await restoreAll(client, new ByteReader(unzipped(input)), known, onTable)
    await client.query('commit')
    for (const { table } of restored.tables) await client.query(`analyze ${tableName(table)}`)
    return restored
  } finally {
    // without a commit, ending the connection takes everything back
    await client.end()
  }
}

function unzipped(input: Readable): AsyncIterable<Uint8Array> {
  const unzip = createGunzip()
  input.on('error', error => unzip.destroy(error))
  const explain = async function* () {
    try {
      yield* input.pipe(unzip) as AsyncIterable<Uint8Array>
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'Z_BUF_ERROR') throw cutOff()
      if (code?.startsWith('Z_')) throw new Error('This file is not a backup of Tessera, or was damaged.')
      throw error
    }
  }
  return explain()
}

async function restoreAll(client: pg.Client, reader: ByteReader, known: readonly string[], onTable: BackupProgress): Promise<Restored> {
  const header = readHeader(await reader.line())
  const unknown = header.migrations.filter(name => !known.includes(name))
  if (unknown.length > 0)
    throw new Error(`This backup was made by a newer Tessera (it has ${unknown.join(', ')}). Restore it with that version or a later one.`)
  const script = new Script(client, reader, header.mark)
  const tables = await script.run()
  const compared: Held[] = []
  for (const { table, held } of tables) {
    const now = await copyTable(client, table, async () => undefined)
    if (now.rows !== held.rows || now.sha256 !== held.sha256)
      throw new Error(
        `${held.table} does not hold what the backup says: ${now.rows} rows instead of ${held.rows}, or other values. Nothing was restored.`,
      )
    compared.push(now)
    onTable(compared.length, tables.length, now)
  }
  return { header, tables: compared }
}

interface Filled {
  readonly table: BackedTable
  readonly held: Held
}

/** Runs the script of a backup, statement by statement and table by table. */
class Script {
  private readonly tables: Filled[] = []

  constructor(
    private readonly client: pg.Client,
    private readonly reader: ByteReader,
    private readonly mark: string,
  ) {}

  async run(): Promise<readonly Filled[]> {
    let statement: string[] | null = null
    for (let text = await this.reader.line(); text !== null; text = await this.reader.line()) {
      const line = this.lineOf(text)
      if (!line) {
        if (!statement) throw new Error('The backup file has a line where none may stand; it was changed.')
        statement.push(text)
        continue
      }
      if (statement) await this.make(statement.join('\n'))
      statement = 'statement' in line ? [] : null
      if ('rows' in line) await this.fill({ schema: line.schema, name: line.rows, columns: line.columns, order: line.order })
      if ('end' in line) return this.ended(line.end.tables)
    }
    throw cutOff()
  }

  private lineOf(text: string): Line | null {
    return text.startsWith(this.mark) ? (JSON.parse(text.slice(this.mark.length)) as Line) : null
  }

  private ended(tables: number): readonly Filled[] {
    if (tables !== this.tables.length) throw cutOff()
    return this.tables
  }

  /** The script's own transaction and settings are for `psql`; here they are made already. */
  private async make(statement: string): Promise<void> {
    if (/^(set|begin|commit)\b/.test(statement)) return
    await this.client.query(statement)
  }

  private async fill(table: BackedTable): Promise<void> {
    const { client, reader } = this
    await reader.line() // the statement for `psql`
    const hash = createHash('sha256')
    const rows = client.query(copyFrom(copyIn(table)))
    const failed = new Promise<never>((_, reject) => rows.once('error', reject))
    const done = once(rows, 'finish')
    // an error is told by `failed`, whoever waits for what
    done.catch(() => undefined)
    const feed = async () => {
      for await (const chunk of reader.until('\\.')) {
        hash.update(chunk)
        if (!rows.write(chunk)) await once(rows, 'drain')
      }
      rows.end()
      await done
    }
    await Promise.race([feed(), failed])
    const line = this.lineOf((await reader.line()) ?? '')
    if (!line || !('held' in line)) throw cutOff()
    if (hash.digest('hex') !== line.held.sha256)
      throw new Error(`The rows of ${line.held.table} were changed in the backup file. Nothing was restored.`)
    this.tables.push({ table, held: line.held })
  }
}

const tableName = (name: string): string => {
  const at = name.indexOf('.')
  return [name.slice(0, at), name.slice(at + 1)].map(part => `"${part.replaceAll('"', '""')}"`).join('.')
}
