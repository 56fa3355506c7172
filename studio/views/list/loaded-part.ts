/** The part of a list that is loaded: its first row, the one behind its last, and whether there is more on either side. */
export interface LoadedPart {
  readonly from: number
  readonly to: number
  readonly hasBefore: boolean
  readonly hasAfter: boolean
}

/** What to read next: more at an end, or another part that holds a row. */
export type Reading = 'after' | 'before' | { readonly row: number } | null

const ahead = 40
/** So far beyond an end one gets there page by page sooner than by a jump. */
const near = 150

/** What has to be read so that the rows from `first` to `last` are shown. */
export function readingFor({ from, to, hasBefore, hasAfter }: LoadedPart, first: number, last: number): Reading {
  // others added or took away records above: only the beginning knows where they stand
  if (first < from && !hasBefore) return { row: 0 }
  if (first < ahead && from === 0 && hasBefore) return { row: 0 }
  if (first > to + near || last < from - near) return hasAfter || first < from ? { row: first } : null
  if (last + ahead >= to && hasAfter) return 'after'
  if (first - ahead < from && hasBefore) return 'before'
  return null
}

/** How many rows a list has: as it is told, until its end was seen. */
export function rowsIn({ to, hasAfter }: LoadedPart, told: number | undefined): number {
  return hasAfter ? Math.max(told ?? 0, to + 1) : to
}
