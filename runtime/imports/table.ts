import { issue } from '@tessera/platform/errors.js'
import { RequestError } from '../request-error.js'
import { type CsvForm, csvForm, csvRows } from './csv.js'
import type { FileRow } from './file-row.js'
import { checkWorkbook, xlsxRows } from './xlsx.js'

/** How a file holds its rows. */
export type TableForm =
  | ({ readonly format: 'csv' } & CsvForm)
  | { readonly format: 'xlsx'; readonly encoding: null; readonly delimiter: null }

/** Reads a stored file anew each time: its form, and then its rows, need it from its beginning. */
export type ReadBytes = () => AsyncIterable<Uint8Array>

/** Archives begin like this (PKWARE APPNOTE, 4.3.7), and so the workbooks of old spreadsheets ([MS-CFB], 2.2). */
const archive = [0x50, 0x4b, 0x03, 0x04]
const compound = [0xd0, 0xcf, 0x11, 0xe0]

/** Finds out how a file is written, whatever its name. Throws `BAD_REQUEST` when it is nothing that can be read. */
export async function tableForm(read: ReadBytes): Promise<TableForm> {
  const start = await beginOf(read)
  const begins = (mark: readonly number[]) => mark.every((byte, index) => start[index] === byte)
  if (begins(compound)) throw new RequestError('BAD_REQUEST', [issue('FILE_OLD_EXCEL', 'file')])
  if (!begins(archive)) return { format: 'csv', ...(await csvForm(read())) }
  await checkWorkbook(read())
  return { format: 'xlsx', encoding: null, delimiter: null }
}

/** The rows of a file, the one with the column names first. */
export const tableRows = (read: ReadBytes, form: TableForm): AsyncGenerator<FileRow> =>
  form.format === 'csv' ? csvRows(read(), form) : xlsxRows(read())

async function beginOf(read: ReadBytes): Promise<Uint8Array> {
  for await (const piece of read()) return piece.subarray(0, 8)
  return new Uint8Array()
}
