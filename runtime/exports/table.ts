import type { Cell, ExportColumn } from '@tessera/platform/records/export-columns.js'

/** A table of cells under the names of its columns, read while it is written. */
export interface Table {
  readonly title: string
  readonly columns: readonly ExportColumn[]
  readonly rows: AsyncIterable<readonly Cell[]>
}
