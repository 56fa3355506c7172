/** A row of a file, with the line that it begins on. */
export interface FileRow {
  readonly line: number
  readonly cells: readonly string[]
}

/** The names of columns as people see them: an empty one gets its number, a second one of the same name its count. */
export function columnNames(header: readonly string[]): readonly string[] {
  const seen = new Map<string, number>()
  return header.map((cell, index) => {
    const name = cell.trim() || `Column ${index + 1}`
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    return count === 1 ? name : `${name} (${count})`
  })
}
