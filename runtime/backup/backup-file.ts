import { randomBytes } from 'node:crypto'

/**
 * A backup file, before it is compressed with gzip (RFC 1952), has the form of a script for `psql`. Lines that begin with its
 * mark, a comment of random letters which no row and no statement begins a line with, say what follows:
 * a header with the mark, statements, the rows of each table as COPY writes them, what each table held, and an end.
 */
export const formatVersion = 1

/** The first line: what made the file and when. */
export interface Header {
  readonly format: number
  readonly mark: string
  /** ISO 8601, UTC: the moment that the rows are of is not before this one. */
  readonly madeAt: string
  readonly postgres: string
  /** The names of all migrations that had run. */
  readonly migrations: readonly string[]
}

/** What a table held: so many rows, and the SHA-256 of what COPY wrote. */
export interface Held {
  readonly table: string
  readonly rows: number
  readonly sha256: string
}

/** What stands on a line that begins with the mark. */
export type Line =
  | { readonly statement: true }
  | { readonly rows: string; readonly columns: readonly string[]; readonly order: readonly string[]; readonly schema: string }
  | { readonly held: Held }
  | { readonly end: { readonly tables: number } }

export const headerStart = '-- Tessera backup '

/** A mark for one file. */
export const newMark = (): string => `--${randomBytes(12).toString('hex')} `

/** The first line of a file. */
export const headerLine = (header: Header): string => `${headerStart}${JSON.stringify(header)}\n`

/** A line with the mark. */
export const markedLine = (mark: string, line: Line): string => `${mark}${JSON.stringify(line)}\n`

/** Reads the first line; throws when the file is no backup, or of a later format. */
export function readHeader(line: string | null): Header {
  if (!line?.startsWith(headerStart)) throw new Error('This file is not a backup of Tessera.')
  const header = JSON.parse(line.slice(headerStart.length)) as Header
  if (header.format !== formatVersion)
    throw new Error(
      `This backup has format ${header.format}; this Tessera reads format ${formatVersion}. Restore it with the version that made it.`,
    )
  return header
}
