import { pipeline, Readable } from 'node:stream'
import { cellText } from '@tessera/platform/records/export-columns.js'
import { stringify } from 'csv-stringify'
import { harmless } from '../files/harmless.js'
import type { Table } from './table.js'

/** A table as CSV (RFC 4180) in UTF-8, with a byte order mark, so that spreadsheets read it as such. No cell is taken for a formula. */
export const csvFile = (table: Table): AsyncIterable<Uint8Array> =>
  // whoever reads gets the error of the rows
  pipeline(Readable.from(lines(table)), stringify({ bom: true, record_delimiter: 'windows' }), () => undefined)

async function* lines({ columns, rows }: Table): AsyncGenerator<readonly string[]> {
  yield columns.map(column => harmless(column.name))
  for await (const cells of rows) yield cells.map(cell => (cell.kind === 'text' ? harmless(cell.text) : cellText(cell)))
}
