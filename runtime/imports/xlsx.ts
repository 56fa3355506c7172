import { Readable } from 'node:stream'
import { issue } from '@tessera/platform/errors.js'
import type excel from 'exceljs'
import { Unzip, UnzipInflate } from 'fflate'
import { RequestError } from '../request-error.js'
import type { FileRow } from './file-row.js'

/** A workbook is an archive: this much may come out of it, this many times its own size, and so many entries may be in it. */
const mostBytes = 300 * 1024 * 1024
const mostRatio = 200
/** Below this the ratio says nothing. */
const littleBytes = 20 * 1024 * 1024
const mostEntries = 2_000
/** Deflate packs at most 1,032 to 1 (RFC 1951), so one slice unpacks into 16 MB at most before the others get their turn. */
const sliceSize = 16 * 1024

/**
 * Checks that a file is an archive of a bounded size before anything reads into it: a few kilobytes can hold gigabytes of zeros.
 * Throws `BAD_REQUEST` when it is none or too large.
 */
export async function checkWorkbook(bytes: AsyncIterable<Uint8Array>): Promise<void> {
  let taken = 0
  let size = 0
  let entries = 0
  let hasBook = false
  let broken: Error | null = null
  const unzip = new Unzip(file => {
    entries++
    if (file.name === 'xl/workbook.xml') hasBook = true
    file.ondata = (error, data) => {
      if (error) broken = error
      else size += data.length
    }
    file.start()
  })
  unzip.register(UnzipInflate)
  const isTooRich = () => size > mostBytes || entries > mostEntries || (size > littleBytes && size > taken * mostRatio)
  try {
    for await (const slice of slices(bytes)) {
      taken += slice.length
      unzip.push(slice)
      if (broken || isTooRich()) break
      await new Promise(resolve => setImmediate(resolve))
    }
  } catch (error) {
    throw unreadable(error)
  }
  if (broken) throw unreadable(broken)
  if (isTooRich()) throw new RequestError('BAD_REQUEST', [issue('FILE_TOO_RICH', 'file')])
  if (!hasBook) throw unreadable(new Error('no workbook'))
}

async function* slices(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const piece of bytes)
    for (let start = 0; start < piece.length; start += sliceSize) yield piece.subarray(start, start + sliceSize)
}

/**
 * The rows of the first sheet of a workbook that has any, as texts: days as `YYYY-MM-DD`, instants as the sheet shows them, numbers exact
 * as far as the sheet has them, results of formulas; empty rows are left out.
 * Throws `BAD_REQUEST` when the file cannot be read.
 */
export async function* xlsxRows(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<FileRow> {
  const source = Readable.from(bytes, { objectMode: false })
  const options = { worksheets: 'emit', sharedStrings: 'cache', styles: 'cache', hyperlinks: 'ignore', entries: 'ignore' } as const
  // it is large, and most servers start long before somebody brings a workbook
  const { stream } = (await import('exceljs')).default
  try {
    let isFound = false
    for await (const sheet of new stream.xlsx.WorkbookReader(source, options)) {
      for await (const row of sheet) {
        const cells = isFound || Array.isArray(row.values) ? cellsOf(row) : []
        if (cells.every(cell => cell === '')) continue
        isFound = true
        yield { line: row.number, cells }
      }
      if (isFound) return
    }
  } catch (error) {
    throw error instanceof RequestError ? error : unreadable(error)
  } finally {
    source.destroy()
  }
}

const unreadable = (error: unknown): RequestError =>
  new RequestError('BAD_REQUEST', [issue('FILE_NOT_XLSX', 'file', { reason: error instanceof Error ? error.message : String(error) })])

function cellsOf(row: excel.Row): string[] {
  const cells: string[] = []
  for (let column = 1; column <= row.cellCount; column++) cells.push(textOf(row.getCell(column).value))
  return cells
}

function textOf(value: excel.CellValue): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return dateText(value)
  if (typeof value === 'number') return numberText(value)
  if (typeof value !== 'object') return String(value)
  if ('richText' in value) return value.richText.map(part => part.text).join('')
  if ('result' in value) return textOf(value.result as excel.CellValue)
  if ('text' in value) return textOf(value.text as excel.CellValue)
  return '' // an error, or a formula without a result
}

/** A spreadsheet's day or time has no zone. */
function dateText(at: Date): string {
  if (Number.isNaN(at.getTime())) return ''
  const text = new Date(Math.round(at.getTime() / 1000) * 1000).toISOString()
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 19).replace('T', ' ')
}

/** The number as a person sees it: spreadsheets keep doubles, whose last digits are noise (IEEE 754 holds 15 decimal digits). */
const numberText = (value: number): string =>
  Number.isInteger(value) && Math.abs(value) < 1e21 ? BigInt(value).toString() : decimalText(Number(value.toPrecision(15)))

/** Without an exponent, which no field reads. */
function decimalText(value: number): string {
  const text = String(value)
  if (!text.includes('e')) return text
  return value.toFixed(20).replace(/\.?0+$/, '')
}
