/** What is known of a stored file beside its bytes. */
export interface StoredFile {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly size: number
  readonly createdBy: string | null
  /** The record that holds it, with its table and column; null while none does. */
  readonly holder: { readonly table: string; readonly column: string; readonly record: string } | null
}

/** What is told of a file when it is stored. */
export interface NewFile {
  readonly name: string
  readonly type: string
  readonly createdBy: string | null
}

/** The bytes from `start` to `end`, both within. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/** Where files lie: in the workspace's own tables, or wherever another store puts them. The token of Nest. */
export abstract class FileStore {
  /** Stores bytes as they arrive; the file can be found once all are in. A source that fails leaves nothing behind, and its error is thrown on. */
  abstract store(schema: string, file: NewFile, bytes: AsyncIterable<Uint8Array>): Promise<StoredFile>

  /** A file that is completely stored, or null. */
  abstract find(schema: string, id: string): Promise<StoredFile | null>

  /** The bytes of a file in order, all or a range of them, read piece by piece as they are taken. */
  abstract read(schema: string, file: StoredFile, range?: ByteRange): AsyncIterable<Uint8Array>

  /** Removes a file; one that is not there is no error. */
  abstract remove(schema: string, id: string): Promise<void>
}
