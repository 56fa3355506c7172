import { PassThrough } from 'node:stream'
import type { Cell } from '@tessera/platform/records/export-columns.js'
import type { Table } from './table.js'

/** A sheet holds 1,048,576 rows (ECMA-376 leaves it open; it is what Excel reads); further rows go to further sheets. */
const mostRows = 1_000_000
/** A number with more digits is written as a text: a spreadsheet reckons in doubles and would change it. */
const mostDigits = 15
const dayMilliseconds = 86_400_000

const formats = {
  integer: '#,##0',
  decimal: '#,##0.##########',
  percent: '0.####%',
  money: '#,##0.00##',
  date: 'yyyy-mm-dd',
  dateTime: 'yyyy-mm-dd hh:mm:ss',
} as const

/**
 * A table as XLSX (ECMA-376), written while it is read: numbers, days and booleans as such, texts as texts and never as formulas.
 * Ends early when whoever reads it goes away.
 */
export function xlsxFile(table: Table): AsyncIterable<Uint8Array> {
  const stream = new PassThrough()
  write(table, stream).catch((error: unknown) => stream.destroy(error instanceof Error ? error : new Error(String(error))))
  return stream
}

async function write({ title, columns, rows }: Table, stream: PassThrough): Promise<void> {
  // it is large, and most servers start long before somebody asks for a workbook
  const { default: excel } = await import('exceljs')
  const book = new excel.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false })
  const addSheet = (number: number) => {
    const sheet = book.addWorksheet(sheetName(title, number), { views: [{ state: 'frozen', ySplit: 1 }] })
    sheet.columns = columns.map(column => ({ width: Math.min(40, Math.max(10, column.name.length + 4)) }))
    const head = sheet.addRow(columns.map(column => column.name))
    head.font = { bold: true }
    head.commit()
    return sheet
  }
  let sheet = addSheet(1)
  let count = 0
  for await (const cells of rows) {
    if (stream.destroyed) return
    if (count > 0 && count % mostRows === 0) {
      sheet.commit()
      sheet = addSheet(count / mostRows + 1)
    }
    const row = sheet.addRow(cells.map(spreadsheetValue))
    cells.forEach((cell, index) => {
      const format = formatOf(cell)
      if (format) row.getCell(index + 1).numFmt = format
    })
    row.commit()
    count++
    if (stream.writableNeedDrain) await new Promise(resolve => stream.once('drain', resolve).once('close', resolve))
  }
  sheet.commit()
  await book.commit()
}

/** Excel takes 31 characters and none of these signs in the name of a sheet. */
const sheetName = (title: string, number: number): string =>
  `${title.replace(/[\\/?*[\]:']/g, ' ').slice(0, 27)}${number > 1 ? ` ${number}` : ''}`.trim() || `Sheet ${number}`

const digitsOf = (text: string): number => text.replace(/[^\d]/g, '').replace(/^0+/, '').length

function spreadsheetValue(cell: Cell): string | number | boolean | Date | null {
  if (cell.kind === 'empty') return null
  if (cell.kind === 'boolean') return cell.is
  if (cell.kind === 'number') return digitsOf(cell.text) > mostDigits ? cell.text : Number(cell.text)
  if (cell.kind === 'date' || cell.kind === 'dateTime') return dateOf(cell.text)
  return cell.text
}

/** A day as a spreadsheet counts it, without a zone; before 1900 it knows none and gets the text. */
function dateOf(text: string): Date | string {
  const at = Date.parse(`${text.replace(' ', 'T')}${text.length > 10 ? 'Z' : 'T00:00:00Z'}`)
  return Number.isNaN(at) || at < Date.UTC(1900, 2, 1) - dayMilliseconds ? text : new Date(at)
}

function formatOf(cell: Cell): string | null {
  if (cell.kind === 'number') return formats[cell.form]
  return cell.kind === 'date' || cell.kind === 'dateTime' ? formats[cell.kind] : null
}
