import { Readable } from 'node:stream'
import { sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import { stringify } from 'csv-stringify'
import type { Queryable } from '../database/queryable.js'
import { rowsIn } from '../database/rows-in.js'
import { harmless } from '../files/harmless.js'

/** A problem of a refused row in the words of whoever imports. */
export interface ShownProblem {
  readonly code: string
  readonly column: string
  readonly value: string
  readonly message: string
  readonly hint: string
  /** What was probably meant. */
  readonly suggestion: string | null
  /** Of a broken validation rule: its name, and whether it is a warning, which an import may accept. */
  readonly rule?: string | null
  readonly severity?: 'warning' | null
}

/** A row that did not go in, and why. */
export interface RefusedRow {
  readonly line: number
  readonly cells: readonly string[]
  readonly problems: readonly ShownProblem[]
}

const refused = workspaceTable('_import_refused')
const pageSize = 1_000

/** Keeps refused rows until their file is written. */
export async function keepRefused(client: Queryable, schema: string, id: string, rows: readonly RefusedRow[]): Promise<void> {
  if (rows.length === 0) return
  await rowsIn(
    client,
    schema,
    sql`insert into ${refused} (import, line, cells, problems)
    select ${id}::uuid, x.line, x.cells, x.problems from json_to_recordset(${JSON.stringify(rows)}::json) as x(line integer, cells json, problems json)`,
  )
}

/** Forgets the refused rows of an import. */
export async function forgetRefused(client: Queryable, schema: string, id: string): Promise<void> {
  await rowsIn(client, schema, sql`delete from ${refused} where import = ${id}`)
}

const reasonColumns = ['_line', '_column', '_value', '_code', '_message', '_hint']

/** The refused rows as a CSV file: what stood in the original, then why. With a byte order mark, so that spreadsheets read it as UTF-8. */
export function refusedFile(client: Queryable, schema: string, id: string, columns: readonly string[]): AsyncIterable<Uint8Array> {
  const writer = stringify({ bom: true, header: false })
  return Readable.from(lines(client, schema, id, columns)).pipe(writer) as AsyncIterable<Uint8Array>
}

async function* lines(client: Queryable, schema: string, id: string, columns: readonly string[]): AsyncGenerator<string[]> {
  yield [...columns.map(harmless), ...reasonColumns]
  for (let after = 0; ; ) {
    const rows = await rowsIn<{ line: number; cells: string[]; problems: ShownProblem[] }>(
      client,
      schema,
      sql`select line, cells, problems from ${refused} where import = ${id} and line > ${after} order by line limit ${pageSize}`,
    )
    for (const { line, cells, problems } of rows) {
      const all = (key: keyof ShownProblem) => harmless([...new Set(problems.map(problem => problem[key] ?? ''))].join(' | '))
      const kept = columns.map((_, index) => harmless(cells[index] ?? ''))
      yield [...kept, String(line), all('column'), all('value'), all('code'), all('message'), all('hint')]
    }
    const last = rows.at(-1)
    if (!last || rows.length < pageSize) return
    after = last.line
  }
}
