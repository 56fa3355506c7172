import { pipeline, Readable } from 'node:stream'
import { issue } from '@tessera/platform/errors.js'
import { CsvError, type Options, parse } from 'csv-parse'
import { parse as parseAtOnce } from 'csv-parse/sync'
import { RequestError } from '../request-error.js'
import type { FileRow } from './file-row.js'

/** How a file is written. */
export interface CsvForm {
  readonly encoding: 'utf-8' | 'utf-16le' | 'gb18030'
  readonly delimiter: string
}

const delimiters = [',', ';', '\t', '|']
const sampleLength = 64 * 1024
const longestRow = 1024 * 1024

const options = (delimiter: string): Options => ({
  delimiter,
  bom: true,
  record_delimiter: ['\r\n', '\n', '\r'],
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: true,
  skip_records_with_empty_values: true,
  max_record_size: longestRow,
})

/** Finds out how a file is written: UTF-8 unless some byte does not fit, then GB18030; the delimiter that cuts its first lines evenly. */
export async function csvForm(bytes: AsyncIterable<Uint8Array>): Promise<CsvForm> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let first: Uint8Array = new Uint8Array()
  let encoding: CsvForm['encoding'] = 'utf-8'
  for await (const piece of bytes) {
    if (first.length === 0) first = piece.subarray(0, sampleLength)
    if (first[0] === 0xff && first[1] === 0xfe) encoding = 'utf-16le'
    if (encoding !== 'utf-8') break
    if (!fits(decoder, piece)) encoding = 'gb18030'
  }
  if (encoding === 'utf-8' && !fits(decoder)) encoding = 'gb18030'
  return { encoding, delimiter: delimiterOf(new TextDecoder(encoding).decode(first)) }
}

function fits(decoder: InstanceType<typeof TextDecoder>, piece?: Uint8Array): boolean {
  try {
    decoder.decode(piece, { stream: piece !== undefined })
    return true
  } catch {
    return false
  }
}

/** The delimiter that gives the most columns while the lines agree in their number. */
function delimiterOf(sample: string): string {
  const lines = sample.split(/\r\n|\n|\r/).slice(0, 30)
  const text = (sample.length >= sampleLength ? lines.slice(0, -1) : lines).join('\n')
  const scores = delimiters.map(delimiter => ({ delimiter, score: evenness(text, delimiter) }))
  return scores.reduce((best, next) => (next.score > best.score ? next : best)).delimiter
}

function evenness(text: string, delimiter: string): number {
  try {
    const rows = parseAtOnce(text, { ...options(delimiter), to: 20 }) as string[][]
    const width = rows[0]?.length ?? 0
    return width < 2 ? 0 : width * (rows.filter(row => row.length === width).length / rows.length)
  } catch {
    return 0
  }
}

/**
 * The rows of a file as they are read, the one with the column names first; empty ones are left out.
 * Throws `BAD_REQUEST` with the line when the file cannot be read as CSV.
 */
export async function* csvRows(bytes: AsyncIterable<Uint8Array>, form: CsvForm): AsyncGenerator<FileRow> {
  const parser = parse({ ...options(form.delimiter), info: true })
  pipeline(Readable.from(decoded(bytes, form.encoding)), parser, () => undefined)
  try {
    for await (const { info, record } of parser as AsyncIterable<{ info: { lines: number }; record: string[] }>) {
      const inner = record.reduce((count, cell) => count + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0)
      yield { line: info.lines - inner, cells: record }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new RequestError('BAD_REQUEST', [issue('FILE_NOT_CSV', 'file', { line: Number(error.lines ?? 0), reason: error.message })])
  }
}

async function* decoded(bytes: AsyncIterable<Uint8Array>, encoding: CsvForm['encoding']): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  for await (const piece of bytes) yield decoder.decode(piece, { stream: true })
  yield decoder.decode()
}
