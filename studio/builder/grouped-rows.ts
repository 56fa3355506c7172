import { moved } from './edit-element.js'

/** A group or one of its items as a row of one list; `at` is null for a group. */
export interface GroupedRow {
  readonly id: string
  readonly group: number
  readonly at: number | null
}

/** Groups and their items as one list, each group before its items; what has the same name as another gets a number. */
export function groupedRows(groups: readonly { readonly id: string; readonly items: readonly string[] }[]): readonly GroupedRow[] {
  const seen = new Map<string, number>()
  const idOf = (wanted: string): string => {
    const times = (seen.get(wanted) ?? 0) + 1
    seen.set(wanted, times)
    return times === 1 ? wanted : `${wanted}#${times}`
  }
  return groups.flatMap(({ id, items }, group): GroupedRow[] => [
    { id: idOf(id), group, at: null },
    ...items.map((item, at) => ({ id: idOf(item), group, at })),
  ])
}

/** A group with its items, each by where it stood before. */
export interface Arranged {
  readonly group: number
  readonly items: readonly { readonly group: number; readonly at: number }[]
}

/**
 * Where groups and items stand when one row goes to another place: an item goes below the group that then stands above it, a group takes
 * its items along.
 * @param to the place in the list of all rows
 */
export function arranged(rows: readonly GroupedRow[], id: string, to: number): readonly Arranged[] {
  const from = rows.findIndex(row => row.id === id)
  const row = rows[from]
  const isItem = row !== undefined && row.at !== null
  // nothing stands above the first group
  const ordered = isItem ? moved(rows, from, Math.max(1, to)) : rows
  const groups: { group: number; items: { group: number; at: number }[] }[] = []
  for (const { group, at } of ordered) {
    if (at === null) groups.push({ group, items: [] })
    else groups.at(-1)?.items.push({ group, at })
  }
  return row === undefined || isItem ? groups : moved(groups, row.group, rows[to]?.group ?? groups.length - 1)
}

/** The rows among which one is moved up and down by its menu: groups among groups, items among those of their group. */
export const siblingsOf = <R extends GroupedRow>(rows: readonly R[], row: R): readonly R[] =>
  rows.filter(each => (row.at === null ? each.at === null : each.at !== null && each.group === row.group))
