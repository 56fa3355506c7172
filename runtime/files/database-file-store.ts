import { Inject, Injectable } from '@nestjs/common'
import { sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import { Database } from '../database/database.js'
import { newId } from '../database/id.js'
import { rowsIn } from '../database/rows-in.js'
import { type ByteRange, FileStore, type NewFile, type StoredFile } from './file-store.js'

const chunkSize = 256 * 1024
/** Marks a file that has not arrived completely. */
const arriving = -1
/** What did not arrive within a day never will. */
const patience = 24 * 60 * 60 * 1000

const files = workspaceTable('_file')
const chunks = workspaceTable('_file_chunk')

interface FileRow {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly size: string
  readonly created_by: string | null
  readonly object: string | null
  readonly field: string | null
  readonly record: string | null
}

/** Files in the workspace's own tables, in chunks: each chunk is a statement of its own, so a slow upload holds no connection. */
@Injectable()
export class DatabaseFileStore extends FileStore {
  constructor(@Inject(Database) private readonly database: Database) {
    super()
  }

  async store(schema: string, { name, type, createdBy }: NewFile, bytes: AsyncIterable<Uint8Array>): Promise<StoredFile> {
    const { pool } = this.database
    const id = newId()
    const now = new Date()
    await rowsIn(pool, schema, sql`delete from ${files} where size = ${arriving} and created_at < ${new Date(now.getTime() - patience)}`)
    await rowsIn(
      pool,
      schema,
      sql`insert into ${files} (id, name, type, size, created_at, created_by) values (${id}, ${name}, ${type}, ${arriving}, ${now}, ${createdBy})`,
    )
    try {
      const size = await this.fill(schema, id, bytes)
      await rowsIn(pool, schema, sql`update ${files} set size = ${size} where id = ${id}`)
      return { id, name, type, size, createdBy, holder: null }
    } catch (error) {
      await this.remove(schema, id)
      throw error
    }
  }

  async find(schema: string, id: string): Promise<StoredFile | null> {
    const [row] = await rowsIn<FileRow>(
      this.database.pool,
      schema,
      sql`select id, name, type, size, created_by, object, field, record from ${files} where id = ${id} and size >= 0`,
    )
    if (!row) return null
    const { name, type, object, field, record } = row
    const holder = object !== null && field !== null && record !== null ? { table: object, column: field, record } : null
    return { id: row.id, name, type, size: Number(row.size), createdBy: row.created_by, holder }
  }

  async *read(schema: string, file: StoredFile, range: ByteRange = { start: 0, end: file.size - 1 }): AsyncIterable<Uint8Array> {
    for (let n = Math.floor(range.start / chunkSize); n * chunkSize <= range.end; n++) {
      const [row] = await rowsIn<{ bytes: Buffer }>(
        this.database.pool,
        schema,
        sql`select bytes from ${chunks} where file = ${file.id} and n = ${n}`,
      )
      if (!row) throw new Error(`Chunk ${n} of file ${file.id} is not there`)
      const first = n * chunkSize
      yield row.bytes.subarray(Math.max(range.start - first, 0), range.end - first + 1)
    }
  }

  async remove(schema: string, id: string): Promise<void> {
    await rowsIn(this.database.pool, schema, sql`delete from ${files} where id = ${id}`)
  }

  private async fill(schema: string, id: string, bytes: AsyncIterable<Uint8Array>): Promise<number> {
    let size = 0
    let n = 0
    for await (const chunk of chunksOf(bytes)) {
      await rowsIn(this.database.pool, schema, sql`insert into ${chunks} (file, n, bytes) values (${id}, ${n}, ${chunk})`)
      size += chunk.length
      n++
    }
    return size
  }
}

/** The same bytes in pieces of the size of a chunk; the last one may be shorter. */
async function* chunksOf(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Buffer> {
  let waiting: Uint8Array[] = []
  let length = 0
  for await (const piece of bytes) {
    waiting.push(piece)
    length += piece.length
    if (length < chunkSize) continue
    let rest = Buffer.concat(waiting)
    while (rest.length >= chunkSize) {
      yield rest.subarray(0, chunkSize)
      rest = rest.subarray(chunkSize)
    }
    waiting = [rest]
    length = rest.length
  }
  if (length > 0) yield Buffer.concat(waiting)
}
